import { IMetric, MathExpression, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { IConstruct } from 'constructs';
import { CACHE_METRIC_NAMESPACE, CacheMetricTable } from '../facts/elasticache-metrics';
import { errorOf } from '../private/enforce';

/** How the nodes' values of one period become the value of the group. */
const REDUCERS: { readonly [statistic: string]: string } = { Average: 'AVG', Maximum: 'MAX', Minimum: 'MIN', Sum: 'SUM' };

/** CloudWatch User Guide, "CloudWatch service quotas": a metric math alarm takes ten metrics. Up to here each is named, which an alarm reads best. */
const METRICS_OF_AN_ALARM = 10;

/** CloudWatch API Reference, GetMetricData (MetricDataQueries): what a graph asks for at once. */
const METRICS_OF_A_GRAPH = 500;

/** The dimensions of one node. */
export interface MeasuredNode { readonly [dimension: string]: string }

/** The nodes that metrics of a cache are put together from. */
export interface MeasuredNodes {
  readonly owner: IConstruct;
  readonly metrics: CacheMetricTable;
  readonly nodes: readonly MeasuredNode[];
}

/** The metric of one node. */
export function nodeMetric(metrics: CacheMetricTable, node: MeasuredNode, metricName: string, options: MetricOptions = {}): Metric {
  return new Metric({
    namespace: CACHE_METRIC_NAMESPACE,
    metricName,
    dimensionsMap: node,
    statistic: metrics[metricName]?.statistic ?? 'Average',
    ...options,
  });
}

/** The metric of a group: ElastiCache publishes per node only, so the nodes are put together by the statistic that was asked for. */
export function groupMetric(nodes: MeasuredNodes, metricName: string, options: MetricOptions = {}): MathExpression {
  const metrics = byId(nodes, metricName, options);
  const { statistic } = Object.values(metrics)[0];
  return expression(nodes, `${REDUCERS[statistic] ?? 'MAX'}(${listOf(metrics)})`, metrics, options.label ?? metricName, options);
}

/** Hits in percent of all look-ups of a group, weighted by the traffic of each node; no value while there are none. */
export function groupHitRate(
  nodes: MeasuredNodes, lookUps: { readonly hits: string; readonly misses: string }, options: MetricOptions = {},
): MathExpression {
  const hits = byId(nodes, lookUps.hits, { ...options, statistic: 'Sum' });
  const misses = byId(nodes, lookUps.misses, { ...options, statistic: 'Sum' });
  const rate = `100 * SUM(${listOf(hits)}) / (SUM(${listOf(hits)}) + SUM(${listOf(misses)}))`;
  return expression(nodes, rate, { ...hits, ...misses }, options.label ?? 'CacheHitRate', options);
}

/** The nodes' metrics under ids that no other metric has, so that metrics of several kinds and clusters fit into one graph. */
function byId({ owner, metrics, nodes }: MeasuredNodes, metricName: string, options: MetricOptions): { [id: string]: Metric } {
  return Object.fromEntries(nodes.map((node, index) => {
    const metric = nodeMetric(metrics, node, metricName, options);
    const words = [metricName, metric.statistic, owner.node.addr.slice(-8), String(index + 1)].map(word => word.replace(/[^a-zA-Z0-9]/g, ''));
    return [`m_${words.join('_')}`, metric];
  }));
}

/**
 * The metrics as a list in a formula. A list of many would be longer than a formula may be: they are chosen by the beginning of their ids, because
 * `METRICS()` alone would take in every other metric of the same graph.
 */
function listOf(metrics: { [id: string]: IMetric }): string {
  const ids = Object.keys(metrics);
  return ids.length <= METRICS_OF_AN_ALARM ? `[${ids.join(', ')}]` : `METRICS("${ids[0].replace(/[^_]+$/, '')}")`;
}

function expression(
  { owner }: MeasuredNodes, text: string, usingMetrics: Record<string, IMetric>, label: string, options: MetricOptions,
): MathExpression {
  const count = Object.keys(usingMetrics).length;
  if (count > METRICS_OF_A_GRAPH) {
    throw errorOf(owner, [{
      id: 'too-many-metrics',
      text: `CloudWatch takes ${METRICS_OF_A_GRAPH} metrics in a graph, and ${label} of the whole cluster needs more (got ${count}). `
        + 'Use `metricForNode` for the nodes that matter.',
    }]);
  }
  const { period, color, region, account } = options;
  return new MathExpression({ expression: text, usingMetrics, label, period, color, searchRegion: region, searchAccount: account });
}
