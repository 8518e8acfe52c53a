import { IMetric, MathExpression, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { CACHE_METRIC_NAMESPACE, CACHE_METRICS, CACHE_NODE_DIMENSIONS, CacheMetricName } from '../facts/elasticache-metrics';

/** How the nodes' values of one period become the value of the group. */
const REDUCERS: { readonly [statistic: string]: string } = { Average: 'AVG', Maximum: 'MAX', Minimum: 'MIN', Sum: 'SUM' };

/** The metric of one node. */
export function nodeMetric(nodeId: string, metricName: string, options: MetricOptions = {}): Metric {
  return new Metric({
    namespace: CACHE_METRIC_NAMESPACE,
    metricName,
    dimensionsMap: { [CACHE_NODE_DIMENSIONS.cluster]: nodeId },
    statistic: CACHE_METRICS[metricName as CacheMetricName]?.statistic ?? 'Average',
    ...options,
  });
}

/** The metric of a group: ElastiCache publishes per node only, so the nodes are put together by the statistic that was asked for. */
export function groupMetric(nodeIds: readonly string[], metricName: string, options: MetricOptions = {}): MathExpression {
  const nodes = nodeIds.map(nodeId => nodeMetric(nodeId, metricName, options));
  return expression(`${REDUCERS[nodes[0].statistic] ?? 'MAX'}(METRICS())`, numbered('m', nodes), options.label ?? metricName, options);
}

/** Hits in percent of all look-ups of a group, weighted by the traffic of each node; no value while there are none. */
export function groupHitRate(nodeIds: readonly string[], options: MetricOptions = {}): MathExpression {
  const count = (prefix: string, metricName: CacheMetricName) =>
    numbered(prefix, nodeIds.map(nodeId => nodeMetric(nodeId, metricName, { ...options, statistic: 'Sum' })));
  const hits = count('h', 'CacheHits');
  const misses = count('n', 'CacheMisses');
  const sum = (metrics: object) => `SUM([${Object.keys(metrics).join(', ')}])`;
  return expression(`100 * ${sum(hits)} / (${sum(hits)} + ${sum(misses)})`, { ...hits, ...misses }, options.label ?? 'CacheHitRate', options);
}

function numbered(prefix: string, metrics: readonly IMetric[]): Record<string, IMetric> {
  return Object.fromEntries(metrics.map((metric, index) => [`${prefix}${index + 1}`, metric]));
}

function expression(text: string, usingMetrics: Record<string, IMetric>, label: string, options: MetricOptions): MathExpression {
  const { period, color, region, account } = options;
  return new MathExpression({ expression: text, usingMetrics, label, period, color, searchRegion: region, searchAccount: account });
}
