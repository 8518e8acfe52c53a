import { graphOf, graphsOf, headlinesOf, metricsIn, seen, thresholdsOf, Widget, widgetsOf } from './dashboards';
import { CacheNodeType, ClusterMode, DataTierDashboard, RedisAlarmOptions } from '../../src';
import { layout, newCluster, newPool, warningsOf } from '../helpers';

/** CloudWatch User Guide, "CloudWatch service quotas", and CloudWatch API Reference, MetricDataQuery (Expression). */
const WIDGETS = 500;
const METRICS_OF_A_WIDGET = 500;
const METRICS = 2500;
const FORMULA_LENGTH = 2048;

/** A dashboard of a cluster `Data/Cache` in shards with one replica each. */
function dashboardOf(nodes: number, alarms?: RedisAlarmOptions): DataTierDashboard {
  const world = layout({ '@aws-cdk/core:stackResourceLimit': 0 });
  const clusterMode = ClusterMode.enabled({ shards: Math.floor(nodes / 2), replicasPerShard: 1 });
  const cluster = newCluster({ clusterMode, nodeType: CacheNodeType.R7G_XLARGE, replicationGroupName: 'cache', alarms }, world);
  const dashboard = new DataTierDashboard(world.application, 'Dashboard');
  dashboard.add(cluster);
  return dashboard;
}

function formulasIn(widgets: readonly Widget[]): string[] {
  return widgets.flatMap(({ properties }) => properties.metrics ?? []).flatMap(line => {
    const last = line.at(-1);
    return typeof last === 'object' && last.expression ? [last.expression] : [];
  });
}

test('ten nodes have a line each, eleven have the worst and the average', () => {
  const poolOf = (nodeCount: number) => {
    const world = layout();
    const dashboard = new DataTierDashboard(world.application, 'Dashboard');
    dashboard.add(newPool({ nodeCount, poolName: 'pool', nodeType: CacheNodeType.R7G_LARGE }, world));
    return dashboard;
  };
  const ten = poolOf(10);
  expect(seen(graphOf(ten, 'CPU'))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(node => String(node).padStart(4, '0')).map(id => `${id}: CPUUtilization of pool/${id}`));
  const eleven = poolOf(11);
  expect(graphsOf(widgetsOf(eleven)).map(graph => [graph.properties.title, ...seen(graph)])).toEqual([
    ['CPU', 'worst node: MAX(METRICS())', 'average: AVG(METRICS())'],
    ['Evictions', 'worst node: MAX(METRICS())', 'average: AVG(METRICS())'],
    ['Connections', 'worst node: MAX(METRICS())', 'average: AVG(METRICS())'],
    ['Free memory', 'worst node: MIN([e1, e2, e3, e4, e5, e6, e7, e8, e9, e10, e11])'],
    ['Nodes', 'nodes without metrics: 11 - SUM([e1, e2, e3, e4, e5, e6, e7, e8, e9, e10, e11])'],
    ['Network allowances', 'worst node: MAX(METRICS())', 'average: AVG(METRICS())'],
    ['Hit rate', 'all nodes: IF(SUM(METRICS("m1_")) + SUM(METRICS("m2_")) >= 100, '
      + '100 * SUM(METRICS("m1_")) / (SUM(METRICS("m1_")) + SUM(METRICS("m2_"))), 100)'],
  ]);
  expect(graphOf(eleven, 'CPU').properties.metrics?.filter(([first]) => first === 'AWS/ElastiCache').map(line => line.at(-1))).toEqual(
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map(node => ({ id: `m1_${node}`, visible: false, period: 60 })),
  );
});

test('the worst node is the lowest where low is bad', () => {
  const world = layout();
  const dashboard = new DataTierDashboard(world.application, 'Dashboard');
  dashboard.add(newPool({ nodeCount: 11, nodeType: CacheNodeType.T4G_SMALL }, world));
  expect(seen(graphOf(dashboard, 'CPU credits'))).toEqual(['worst node: MIN([e1, e2, e3, e4, e5, e6, e7, e8, e9, e10, e11])']);
  const [first] = formulasIn([graphOf(dashboard, 'CPU credits')]).filter(text => text.startsWith('IF('));
  expect(first).toBe('IF(m1_1 > 20, m2_1, 1000)');
});

test('90 nodes are within what CloudWatch takes', () => {
  const dashboard = dashboardOf(90);
  const widgets = widgetsOf(dashboard);
  expect(headlinesOf(widgets)).toEqual(['Hit rate', 'Memory', 'Engine CPU', 'Connections', 'Evictions']);
  expect(graphsOf(widgets)).toHaveLength(11);
  expect(widgets).toHaveLength(30);
  expect(widgets.length).toBeLessThanOrEqual(WIDGETS);
  expect(metricsIn(...widgets)).toBe(90 * 22);
  expect(metricsIn(...widgets)).toBeLessThanOrEqual(METRICS);
  expect(Math.max(...widgets.map(widget => metricsIn(widget)))).toBe(4 * 90);
  expect(Math.max(...formulasIn(widgets).map(({ length }) => length))).toBeLessThanOrEqual(FORMULA_LENGTH);
  expect(graphsOf(widgets).map(thresholdsOf).filter(({ length }) => length !== 1)).toEqual([]);
  expect(warningsOf(dashboard)).toEqual([]);
});

test('500 nodes have what is essential, without headlines', () => {
  const dashboard = dashboardOf(500);
  const widgets = widgetsOf(dashboard);
  expect(headlinesOf(widgets)).toEqual([]);
  expect(graphsOf(widgets).map(({ properties }) => properties.title)).toEqual(['Engine CPU', 'Memory', 'Replication lag', 'Evictions', 'Connections']);
  expect(Math.max(...widgets.map(widget => metricsIn(widget)))).toBe(METRICS_OF_A_WIDGET);
  expect(metricsIn(...widgets)).toBe(METRICS);
  expect(warningsOf(dashboard)).toEqual([]);
});

test('what no graph takes is said, and what no dashboard takes is warned of', () => {
  const dashboard = dashboardOf(250, { complete: true });
  const widgets = widgetsOf(dashboard);
  expect(graphsOf(widgets)).toHaveLength(10);
  expect(Math.max(...widgets.map(widget => metricsIn(widget)))).toBe(METRICS_OF_A_WIDGET);
  expect(Math.max(...formulasIn(widgets).map(({ length }) => length))).toBeLessThanOrEqual(FORMULA_LENGTH);
  const texts = widgets.flatMap(({ properties: { markdown = '' } }) => markdown.includes('than the 500') ? [markdown] : []);
  expect(texts).toEqual([
    '**Free memory**: 750 metrics and formulas are more than the 500 that a graph takes. '
    + 'A host has less than 100000000 bytes of free memory, or more swap in use than memory free. Reserve more memory or choose larger nodes. '
    + '[More](https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html)',
    '**Network allowances**: 1000 metrics and formulas are more than the 500 that a graph takes. '
    + 'The network allowance of a node is used up: more than 0 packets a minute were queued or dropped. '
    + 'Choose a node type with more bandwidth, spread reads over replicas, or make values smaller. '
    + '[More](https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.HostLevel.html)',
  ]);
  expect(warningsOf(dashboard)).toEqual([
    'CloudWatch takes 2500 metrics in a dashboard (got 3000). Give the larger sections a dashboard each. [ack: cdk-data-tier::dashboard-metrics]',
  ]);
});
