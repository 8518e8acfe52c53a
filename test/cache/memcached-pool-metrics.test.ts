import { Duration } from 'aws-cdk-lib';
import { Alarm, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { IMemcachedPool } from '../../src';
import { layout, newPool, resourceOf } from '../helpers';

const pool = newPool();
const nodesOf = (expression: MathExpression) => Object.values(expression.usingMetrics) as Metric[];
const DIMENSIONS = ['0001', '0002'].map(CacheNodeId => ({ CacheClusterId: 'data-pool-625e7eb2', CacheNodeId }));

/** Names and statistics as the pages "Metrics for Memcached" and "Host-Level Metrics" of AWS have them. */
const POOL_METRICS: [string, (of: IMemcachedPool) => MathExpression, string, string][] = [
  ['metricCpuUtilization', of => of.metricCpuUtilization(), 'CPUUtilization', 'Average'],
  ['metricFreeableMemory', of => of.metricFreeableMemory(), 'FreeableMemory', 'Minimum'],
  ['metricSwapUsage', of => of.metricSwapUsage(), 'SwapUsage', 'Maximum'],
  ['metricEvictions', of => of.metricEvictions(), 'Evictions', 'Sum'],
  ['metricCurrConnections', of => of.metricCurrConnections(), 'CurrConnections', 'Average'],
  ['metricNewConnections', of => of.metricNewConnections(), 'NewConnections', 'Sum'],
  ['metricCurrItems', of => of.metricCurrItems(), 'CurrItems', 'Average'],
  ['metricBytesUsedForCacheItems', of => of.metricBytesUsedForCacheItems(), 'BytesUsedForCacheItems', 'Average'],
  ['metricUnusedMemory', of => of.metricUnusedMemory(), 'UnusedMemory', 'Minimum'],
  ['metric', of => of.metric('Reclaimed'), 'Reclaimed', 'Sum'],
  ['metric of an unknown name', of => of.metric('SlabsMoved'), 'SlabsMoved', 'Average'],
];
const REDUCERS: { [statistic: string]: string } = { Average: 'AVG', Minimum: 'MIN', Maximum: 'MAX', Sum: 'SUM' };

test.each(POOL_METRICS)('%s', (_name, metricOf, metricName, statistic) => {
  const expression = metricOf(pool);
  expect(nodesOf(expression).map(({ dimensions }) => dimensions)).toEqual(DIMENSIONS);
  for (const node of nodesOf(expression)) expect(node).toMatchObject({ namespace: 'AWS/ElastiCache', metricName, statistic, period: Duration.minutes(5) });
  expect(expression.expression).toBe(`${REDUCERS[statistic]}([${Object.keys(expression.usingMetrics).join(', ')}])`);
  expect(expression.label).toBe(metricName);
});

test('the hit rate is weighted by the traffic of each node', () => {
  const expression = pool.metricCacheHitRate({ period: Duration.minutes(1) });
  const [hit1, hit2, miss1, miss2] = Object.keys(expression.usingMetrics);
  expect(expression.expression).toBe(`100 * SUM([${hit1}, ${hit2}]) / (SUM([${hit1}, ${hit2}]) + SUM([${miss1}, ${miss2}]))`);
  expect(nodesOf(expression).map(({ metricName, statistic, dimensions }) => [metricName, statistic, dimensions])).toEqual([
    ['GetHits', 'Sum', DIMENSIONS[0]],
    ['GetHits', 'Sum', DIMENSIONS[1]],
    ['GetMisses', 'Sum', DIMENSIONS[0]],
    ['GetMisses', 'Sum', DIMENSIONS[1]],
  ]);
});

test('a metric of one node', () => {
  expect(pool.metricForNode('0002', 'Evictions', { period: Duration.minutes(1) })).toMatchObject({
    namespace: 'AWS/ElastiCache', metricName: 'Evictions', statistic: 'Sum', period: Duration.minutes(1), dimensions: DIMENSIONS[1],
  });
});

test('an alarm on the pool measures every node', () => {
  const { data } = layout();
  new Alarm(data, 'Alarm', { metric: pool.metricEvictions(), threshold: 1, evaluationPeriods: 1 });
  const { Metrics } = resourceOf(data, 'AWS::CloudWatch::Alarm').Properties;
  expect(Metrics.map(({ MetricStat, Expression }: { MetricStat?: object; Expression?: string }) => MetricStat ?? Expression)).toEqual([
    expect.stringMatching(/^SUM\(\[m_Evictions_Sum_[0-9a-f]{8}_1, m_Evictions_Sum_[0-9a-f]{8}_2\]\)$/),
    ...DIMENSIONS.map(({ CacheClusterId, CacheNodeId }) => ({
      Metric: {
        Namespace: 'AWS/ElastiCache',
        MetricName: 'Evictions',
        Dimensions: [{ Name: 'CacheClusterId', Value: CacheClusterId }, { Name: 'CacheNodeId', Value: CacheNodeId }],
      },
      Period: 300,
      Stat: 'Sum',
    })),
  ]);
});
