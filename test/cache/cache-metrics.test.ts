import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, Dashboard, GraphWidget, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { ClusterMode, IRedisCluster, RedisCluster } from '../../src';
import { faultsOf, layout, newCluster, resourceOf } from '../helpers';

const cluster = newCluster();
const nodesOf = (expression: MathExpression) => Object.values(expression.usingMetrics) as Metric[];

/** Names and statistics as the pages "Metrics for Valkey and Redis OSS" and "Recommended alarms" of AWS have them. */
const GROUP_METRICS: [string, (of: IRedisCluster) => MathExpression, string, string][] = [
  ['metricCpuUtilization', of => of.metricCpuUtilization(), 'CPUUtilization', 'Average'],
  ['metricEngineCpuUtilization', of => of.metricEngineCpuUtilization(), 'EngineCPUUtilization', 'Average'],
  ['metricDatabaseMemoryUsagePercentage', of => of.metricDatabaseMemoryUsagePercentage(), 'DatabaseMemoryUsagePercentage', 'Average'],
  ['metricFreeableMemory', of => of.metricFreeableMemory(), 'FreeableMemory', 'Minimum'],
  ['metricSwapUsage', of => of.metricSwapUsage(), 'SwapUsage', 'Maximum'],
  ['metricEvictions', of => of.metricEvictions(), 'Evictions', 'Sum'],
  ['metricCurrConnections', of => of.metricCurrConnections(), 'CurrConnections', 'Average'],
  ['metricNewConnections', of => of.metricNewConnections(), 'NewConnections', 'Sum'],
  ['metricReplicationLag', of => of.metricReplicationLag(), 'ReplicationLag', 'Average'],
  ['metricAuthenticationFailures', of => of.metricAuthenticationFailures(), 'AuthenticationFailures', 'Sum'],
  ['metric', of => of.metric('KeyAuthorizationFailures'), 'KeyAuthorizationFailures', 'Sum'],
  ['metric of an unknown name', of => of.metric('Unheard'), 'Unheard', 'Average'],
];
const REDUCERS: { [statistic: string]: string } = { Average: 'AVG', Minimum: 'MIN', Maximum: 'MAX', Sum: 'SUM' };

test.each(GROUP_METRICS)('%s', (_name, metricOf, metricName, statistic) => {
  const expression = metricOf(cluster);
  const nodes = nodesOf(expression);
  expect(nodes.map(({ dimensions }) => dimensions)).toEqual(['001', '002'].map(node =>
    ({ CacheClusterId: `data-cache-a610ade3-${node}`, CacheNodeId: '0001' })));
  for (const node of nodes) expect(node).toMatchObject({ namespace: 'AWS/ElastiCache', metricName, statistic, period: Duration.minutes(5) });
  expect(expression.expression).toBe(`${REDUCERS[statistic]}([${Object.keys(expression.usingMetrics).join(', ')}])`);
  expect(expression.label).toBe(metricName);
});

test('the hit rate is weighted by the traffic of each node', () => {
  const expression = cluster.metricCacheHitRate({ period: Duration.minutes(1), statistic: 'Average' });
  const [hit1, hit2, miss1, miss2] = Object.keys(expression.usingMetrics);
  expect(expression.expression).toBe(`100 * SUM([${hit1}, ${hit2}]) / (SUM([${hit1}, ${hit2}]) + SUM([${miss1}, ${miss2}]))`);
  expect(expression.label).toBe('CacheHitRate');
  expect(nodesOf(expression).map(({ metricName, statistic, dimensions }) => [metricName, statistic, dimensions?.CacheClusterId])).toEqual([
    ['CacheHits', 'Sum', 'data-cache-a610ade3-001'],
    ['CacheHits', 'Sum', 'data-cache-a610ade3-002'],
    ['CacheMisses', 'Sum', 'data-cache-a610ade3-001'],
    ['CacheMisses', 'Sum', 'data-cache-a610ade3-002'],
  ]);
});

test('a metric of one node', () => {
  expect(cluster.metricForNode(cluster.nodeIds[1], 'Evictions', { period: Duration.minutes(1) })).toMatchObject({
    namespace: 'AWS/ElastiCache',
    metricName: 'Evictions',
    statistic: 'Sum',
    period: Duration.minutes(1),
    dimensions: { CacheClusterId: 'data-cache-a610ade3-002', CacheNodeId: '0001' },
  });
});

test('options win over the statistic and period of the metric', () => {
  const expression = cluster.metricCpuUtilization({ statistic: 'Maximum', period: Duration.minutes(1), label: 'CPU', color: '#ff0000' });
  expect(expression).toMatchObject({ expression: expect.stringMatching(/^MAX\(/), label: 'CPU', color: '#ff0000', period: Duration.minutes(1) });
  expect(nodesOf(expression)).toMatchObject([{ statistic: 'Maximum' }, { statistic: 'Maximum' }]);
  expect(cluster.metricCpuUtilization({ statistic: 'p99' }).expression).toMatch(/^MAX\(\[m_/);
});

test('an alarm on the cluster measures every node', () => {
  const { data } = layout();
  new Alarm(data, 'Alarm', { metric: newCluster({ clusterMode: ClusterMode.disabled({ replicas: 2 }) }).metricEvictions(), threshold: 1, evaluationPeriods: 1 });
  const { Metrics } = resourceOf(data, 'AWS::CloudWatch::Alarm').Properties;
  expect(Metrics.map(({ MetricStat, Expression }: { MetricStat?: object; Expression?: string }) => MetricStat ?? Expression)).toEqual([
    expect.stringMatching(/^SUM\(\[m_Evictions_Sum_[0-9a-f]{8}_1, m_Evictions_Sum_[0-9a-f]{8}_2, m_Evictions_Sum_[0-9a-f]{8}_3\]\)$/),
    ...['001', '002', '003'].map(node => ({
      Metric: {
        Namespace: 'AWS/ElastiCache',
        MetricName: 'Evictions',
        Dimensions: [{ Name: 'CacheClusterId', Value: `data-cache-a610ade3-${node}` }, { Name: 'CacheNodeId', Value: '0001' }],
      },
      Period: 300,
      Stat: 'Sum',
    })),
  ]);
});

test('shards are measured node by node', () => {
  const sharded = newCluster({ clusterMode: ClusterMode.enabled({ shards: 2, replicasPerShard: 0 }) });
  expect(nodesOf(sharded.metricEvictions()).map(({ dimensions }) => dimensions?.CacheClusterId)).toEqual(['data-cache-a610ade3-0001-001', 'data-cache-a610ade3-0002-001']);
});

test('more nodes than an alarm takes are chosen by their ids, so that the formula stays short', () => {
  const shards = (count: number) => newCluster({ clusterMode: ClusterMode.enabled({ shards: count, replicasPerShard: 1 }) });
  expect(shards(5).metricEvictions().expression).toMatch(/^SUM\(\[m_Evictions_Sum_[0-9a-f]{8}_1, .*_10\]\)$/);
  const many = shards(45).metricEvictions();
  expect(many.expression).toMatch(/^SUM\(METRICS\("m_Evictions_Sum_[0-9a-f]{8}_"\)\)$/);
  expect(Object.keys(many.usingMetrics)).toHaveLength(90);
  expect(Object.keys(many.usingMetrics).every(id => id.startsWith(many.expression.slice(13, -3)))).toBe(true);
  expect(many.warningsV2).toBeUndefined();
  const hits = shards(45).metricCacheHitRate();
  expect(hits.expression).toMatch(/^100 \* SUM\(METRICS\("m_CacheHits_Sum_[0-9a-f]{8}_"\)\) \/ /);
});

test('more nodes than a graph takes are refused', () => {
  const nodeIds = Array.from({ length: 251 }, (_, index) => `cache-${index}`);
  const imported = RedisCluster.fromRedisClusterAttributes(new Stack(), 'Cache', { replicationGroupName: 'cache', primaryEndpointAddress: 'cache.example.com', nodeIds });
  expect(() => imported.metricEvictions()).not.toThrow();
  expect(faultsOf(() => imported.metricCacheHitRate())).toEqual([
    'Default/Cache has 1 fault:',
    '- CloudWatch takes 500 metrics in a graph, and CacheHitRate of the whole cluster needs more (got 502). '
    + 'Use `metricForNode` for the nodes that matter. [cdk-data-tier::too-many-metrics]',
  ]);
});

test('metrics of several kinds and clusters fit into one graph', () => {
  const world = layout();
  const both = [newCluster({}, world), new RedisCluster(world.data, 'Other', { vpc: world.vpc })];
  new Dashboard(world.application, 'Dashboard', {
    widgets: [[new GraphWidget({
      left: both.flatMap(each => [each.metricEvictions(), each.metricCpuUtilization(), each.metricCpuUtilization({ statistic: 'Maximum' }), each.metricCacheHitRate()]),
    })]],
  });
  const text = JSON.stringify(resourceOf(world.application, 'AWS::CloudWatch::Dashboard').Properties.DashboardBody);
  expect(text.match(/\\"expression\\"/g)).toHaveLength(8);
});

test('a cluster whose nodes are not known has no metrics', () => {
  const imported = RedisCluster.fromRedisClusterAttributes(new Stack(), 'Cache', { replicationGroupName: 'cache', primaryEndpointAddress: 'cache.example.com' });
  const refusal = [
    'Default/Cache has 1 fault:',
    '- CloudWatch keeps metrics per node, and the nodes of an imported cluster are not known (got no `nodeIds`). '
    + "Give `nodeIds`, for example ['my-cache-001', 'my-cache-002'], to `fromRedisClusterAttributes`. [cdk-data-tier::no-node-ids]",
  ];
  expect(faultsOf(() => imported.metricEvictions())).toEqual(refusal);
  expect(faultsOf(() => imported.metricCacheHitRate())).toEqual(refusal);
});
