import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnDashboard, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { bodyOf, graphOf, graphsOf, headlinesOf, seen, textBelow, thresholdsOf, widgetsOf } from './dashboards';
import {
  AlarmSeverity, AlarmTuning, CacheNodeType, ClusterMode, DataTierDashboard, DataTierDashboardProps, IDashboardSection, MemcachedPool, RedisCluster,
} from '../../src';
import { faultsOf, Layout, layout, newCluster, newPool, newSessionStore, resourceOf, resourcesOf } from '../helpers';

const GUIDE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg';
const ONE_NODE = ClusterMode.disabled({ replicas: 0 });

/** A dashboard `Application/Dashboard` of what is made in the stack `Data`. */
function newDashboard(make: (world: Layout) => IDashboardSection[], props?: DataTierDashboardProps): DataTierDashboard {
  const world = layout();
  const dashboard = new DataTierDashboard(world.application, 'Dashboard', props);
  dashboard.add(...make(world));
  return dashboard;
}

test('the body for a pool of one node, to the letter', () => {
  const dashboard = newDashboard(world => [newPool({ nodeCount: 1, nodeType: CacheNodeType.R7G_LARGE }, world)]);
  expect(bodyOf(dashboard)).toEqual(JSON.parse(readFileSync(join(__dirname, 'dashboard-pool.json'), 'utf8')));
});

test('a cluster of one node has a line for it in every graph', () => {
  const dashboard = newDashboard(world => [newCluster({ nodeType: CacheNodeType.R7G_XLARGE, clusterMode: ONE_NODE, replicationGroupName: 'cache' }, world)]);
  const widgets = widgetsOf(dashboard);
  expect(headlinesOf(widgets)).toEqual(['Hit rate', 'Memory', 'Engine CPU', 'Connections', 'Evictions']);
  expect(graphsOf(widgets).map(graph => [graph.properties.title, ...seen(graph), ...thresholdsOf(graph)])).toEqual([
    ['Engine CPU', 'cache-001: EngineCPUUtilization of cache-001/0001', '90 #d62728 critical > 90'],
    ['Memory', 'cache-001: DatabaseMemoryUsagePercentage of cache-001/0001', '80 #ff7f0e warning > 80'],
    ['Authentication failures', 'cache-001: AuthenticationFailures of cache-001/0001', '0 #ff7f0e warning > 0'],
    ['Authorization failures', 'cache-001: MAX([m1_1, m2_1])', '0 #ff7f0e warning > 0'],
    ['Traffic management', 'cache-001: TrafficManagementActive of cache-001/0001', '1 #ff7f0e warning >= 1'],
    ['Evictions', 'cache-001: Evictions of cache-001/0001', '100 #ff7f0e warning > 100'],
    ['Connections', 'cache-001: CurrConnections of cache-001/0001', '52000 #ff7f0e warning > 52000'],
    ['Free memory', 'cache-001: IF(m1_1 > m2_1, 0, m2_1)', '100000000 #ff7f0e warning < 100000000'],
    ['Network allowances', 'cache-001: MAX([m1_1, m2_1, m3_1, m4_1])', '0 #ff7f0e warning > 0'],
    ['Hit rate', 'cache-001: IF(SUM([m1_1]) + SUM([m2_1]) >= 100, 100 * SUM([m1_1]) / (SUM([m1_1]) + SUM([m2_1])), 100)', '80 #ff7f0e warning < 80'],
  ]);
  expect(widgets[6].properties.markdown).toBe('## Data/Cache\nRedis OSS or Valkey cluster cache: 1 node of cache.r7g.xlarge');
  expect(widgets[7].properties.alarms).toHaveLength(10);
});

test('a session store shows both thresholds of its memory, and says what an eviction means', () => {
  const dashboard = newDashboard(world => [newSessionStore({ replicationGroupName: 'logins' }, world)]);
  const memory = graphOf(dashboard, 'Memory');
  expect(thresholdsOf(memory)).toEqual(['60 #ff7f0e warning > 60', '75 #d62728 critical > 75']);
  expect(textBelow(dashboard, memory)).toBe('The memory of a node is more than 60 or 75 percent full. '
    + `Choose larger nodes, add shards, or let keys expire sooner. [More](${GUIDE}/CacheMetrics.WhichShouldIMonitor.html)`);
  const evictions = graphOf(dashboard, 'Evictions');
  expect(evictions.properties.metrics).toEqual(['logins-001', 'logins-002'].map(node =>
    ['AWS/ElastiCache', 'Evictions', 'CacheClusterId', node, 'CacheNodeId', '0001', { label: node, period: 60, stat: 'Sum' }]));
  expect(thresholdsOf(evictions)).toEqual(['0 #d62728 critical > 0']);
  expect(textBelow(dashboard, evictions)).toBe('Data/Sessions: Sessions were dropped because memory is full, and their users are logged out. '
    + `Choose larger nodes. [More](${GUIDE}/CacheMetrics.WhichShouldIMonitor.html)`);
  expect(seen(graphOf(dashboard, 'Nodes'))).toEqual(['nodes without metrics: 2 - SUM([e1, e2])']);
  const texts = widgetsOf(dashboard).map(({ properties }) => properties.markdown);
  expect(texts).toContain('## Data/Sessions\nSession store on the cluster logins: 2 nodes of cache.t4g.small');
});

test('headlines stand before all sections, and sections in the order in which they were added', () => {
  const dashboard = newDashboard(world => [newPool({}, world), newCluster({}, world), newSessionStore({}, world)]);
  const texts = widgetsOf(dashboard).flatMap(({ properties: { markdown } }) => markdown === undefined || markdown.includes('[More]') ? [] : [markdown.split('\n')[0]]);
  expect(texts).toEqual(['**Data/Pool**', '**Data/Cache**', '**Data/Sessions**', '## Data/Pool', '## Data/Cache', '## Data/Sessions']);
});

test('no two widgets overlap, and none leaves the grid', () => {
  const widgets = widgetsOf(newDashboard(world => [newPool({}, world), newCluster({}, world)]));
  const cells = widgets.flatMap(({ x, y, width, height }) =>
    Array.from({ length: width * height }, (_, cell) => `${x + cell % width},${y + Math.floor(cell / width)}`));
  expect(new Set(cells).size).toBe(cells.length);
  expect(Math.max(...widgets.map(({ x, width }) => x + width))).toBe(24);
});

describe('without alarms', () => {
  const props = { replicationGroupName: 'cache' };
  const linesIn = (dashboard: DataTierDashboard) => graphsOf(widgetsOf(dashboard)).map(({ properties: { title, metrics } }) => ({ title, metrics }));

  test('a cluster has the same graphs, without lines, and the sentence of what to do', () => {
    const alarmed = newDashboard(world => [newCluster(props, world)]);
    const quiet = newDashboard(world => [newCluster({ ...props, alarms: { enabled: false } }, world)]);
    expect(linesIn(quiet)).toEqual(linesIn(alarmed));
    expect(graphsOf(widgetsOf(quiet)).flatMap(thresholdsOf)).toEqual([]);
    expect(widgetsOf(quiet).filter(({ type }) => type === 'alarm')).toEqual([]);
    expect(textBelow(quiet, graphOf(quiet, 'Memory'))).toBe('Choose larger nodes, add shards, or let keys expire sooner. '
      + `[More](${GUIDE}/CacheMetrics.WhichShouldIMonitor.html)`);
  });

  test('one alarm that is switched off leaves its graph', () => {
    const dashboard = newDashboard(world => [newCluster({ alarms: { memory: { enabled: false } } }, world)]);
    expect(thresholdsOf(graphOf(dashboard, 'Memory'))).toEqual([]);
    expect(thresholdsOf(graphOf(dashboard, 'CPU'))).toEqual(['45 #d62728 critical > 45']);
  });

  test('one alarm that is asked for brings a graph', () => {
    const dashboardOf = (failedCommands: AlarmTuning) => newDashboard(world => [newCluster({ alarms: { failedCommands } }, world)]);
    const tuning = { threshold: 7, severity: AlarmSeverity.WARNING, period: Duration.minutes(3) };
    expect(graphsOf(widgetsOf(dashboardOf(tuning))).some(({ properties }) => properties.title === 'Failed commands')).toBe(false);
    const graph = graphOf(dashboardOf({ ...tuning, enabled: true }), 'Failed commands');
    expect(thresholdsOf(graph)).toEqual(['7 #ff7f0e warning > 7']);
    const [formula, ...metrics] = graph.properties.metrics ?? [];
    expect(formula.at(-1)).toMatchObject({ period: 180, expression: 'IF(m1_1 >= 95, m2_1, 0)' });
    expect(metrics.filter(([first]) => first === 'AWS/ElastiCache').map(line => [line[1], line.at(-1)])).toEqual(
      ['001', '002'].flatMap(() => ['DatabaseMemoryUsagePercentage', 'ErrorCount']).map(name => [name, expect.objectContaining({ period: 180, stat: 'Maximum' })]),
    );
  });
});

describe('imports', () => {
  test('a cluster by attributes', () => {
    const dashboard = newDashboard(({ data }) => [RedisCluster.fromRedisClusterAttributes(data, 'Imported', {
      replicationGroupName: 'old', primaryEndpointAddress: 'old.example', securityGroups: [], nodeIds: ['old-001', 'old-002'],
    })]);
    expect(seen(graphOf(dashboard, 'Engine CPU'))).toEqual(['old-001', 'old-002'].map(node => `${node}: EngineCPUUtilization of ${node}/0001`));
    expect(graphsOf(widgetsOf(dashboard)).flatMap(thresholdsOf)).toEqual([]);
    expect(widgetsOf(dashboard).map(({ properties }) => properties.markdown)).toContain('## Data/Imported\nRedis OSS or Valkey cluster old: 2 nodes');
  });

  test('a cluster of the L1', () => {
    const dashboard = newDashboard(({ data }) => [RedisCluster.fromCfnReplicationGroup(new CfnReplicationGroup(data, 'Group', {
      replicationGroupDescription: 'by hand', replicationGroupId: 'by-hand', numCacheClusters: 1, cacheNodeType: 'cache.m7g.large',
    }))]);
    expect(seen(graphOf(dashboard, 'CPU'))).toEqual(['by-hand-001: CPUUtilization of by-hand-001/0001']);
  });

  test('a pool', () => {
    const dashboard = newDashboard(({ data }) => [MemcachedPool.fromMemcachedPoolAttributes(data, 'Imported', {
      poolName: 'old', configurationEndpointAddress: 'old.cfg.example', securityGroups: [], nodeIds: ['0001'],
    })]);
    expect(graphOf(dashboard, 'CPU').properties.metrics).toEqual([
      ['AWS/ElastiCache', 'CPUUtilization', 'CacheClusterId', 'old', 'CacheNodeId', '0001', { label: '0001', period: 60 }],
    ]);
  });

  test('one whose nodes are not known is refused when it is added', () => {
    const { data, application } = layout();
    const imported = MemcachedPool.fromMemcachedPoolAttributes(data, 'Imported', {
      poolName: 'old', configurationEndpointAddress: 'old.cfg.example', securityGroups: [],
    });
    expect(faultsOf(() => new DataTierDashboard(application, 'Dashboard').add(imported))).toEqual([
      'Data/Imported has 1 fault:',
      '- metrics and end points are kept per node, and the nodes of an imported pool are not known (got no `nodeIds`). '
        + "Give `nodeIds`, for example ['0001', '0002'], to `fromMemcachedPoolAttributes`. [cdk-data-tier::no-node-ids]",
    ]);
  });
});

describe('in another stack', () => {
  test('than the cluster it imports nothing, so that every alarm can be switched off later', () => {
    const world = layout();
    const cluster = newCluster({}, world);
    new DataTierDashboard(world.application, 'Dashboard').add(cluster, newPool({}, world));
    expect(JSON.stringify(Template.fromStack(world.application).toJSON())).not.toContain('Fn::ImportValue');
    expect(Template.fromStack(world.data).toJSON().Outputs).toBeUndefined();
  });

  test('its alarms are those of the cluster, by name', () => {
    const world = layout();
    const cluster = newCluster({}, world);
    const dashboard = new DataTierDashboard(world.application, 'Dashboard');
    dashboard.add(cluster);
    const shown = widgetsOf(dashboard).flatMap(({ properties }) => properties.alarms ?? []).map(arn => arn.split(':alarm:')[1]);
    const made = Object.values(resourcesOf(cluster)).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties.AlarmName);
    expect(shown).toEqual(made);
    expect(shown).toHaveLength(13);
  });

  test('of another region it says where the metrics and alarms are', () => {
    const app = new App();
    const data = new Stack(app, 'Data', { env: { region: 'eu-west-1', account: '111111111111' } });
    const vpc = Vpc.fromVpcAttributes(data, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a', 'eu-west-1b'], privateSubnetIds: ['a', 'b'] });
    const dashboard = new DataTierDashboard(new Stack(app, 'Watch', { env: { region: 'us-east-1', account: '111111111111' } }), 'Dashboard');
    dashboard.add(newPool({ nodeCount: 1 }, { data, vpc }));
    expect(graphOf(dashboard, 'CPU').properties.metrics?.[0].at(-1)).toEqual({ label: '0001', period: 60, region: 'eu-west-1' });
    const [alarm] = widgetsOf(dashboard).flatMap(({ properties }) => properties.alarms ?? []);
    expect(alarm).toMatch(/^arn:\$\{AWS::Partition\}:cloudwatch:eu-west-1:111111111111:alarm:data-pool-alarms-[0-9a-f]{8}-cpu-1$/);
    const metrics = widgetsOf(dashboard).flatMap(({ properties }) => properties.metrics ?? []).filter(([first]) => first === 'AWS/ElastiCache');
    expect(metrics.map(line => line.at(-1))).toEqual(metrics.map(() => expect.objectContaining({ region: 'eu-west-1' })));
    expect(metrics).toHaveLength(18);
  });
});

test('what is set up after `add` is shown, and nothing is taken for handed out', () => {
  const world = layout();
  const cluster = newCluster({ clusterMode: ClusterMode.enabled({ shards: 2, replicasPerShard: 1 }), nodeType: CacheNodeType.R7G_LARGE, replicationGroupName: 'cache' }, world);
  const dashboard = new DataTierDashboard(world.application, 'Dashboard');
  dashboard.add(cluster);
  world.application.resolve((dashboard.node.defaultChild as CfnDashboard).dashboardBody);
  cluster.autoScaleShards({ minCapacity: 2, maxCapacity: 3 });
  expect(seen(graphOf(dashboard, 'Memory'))).toEqual(['0001-001', '0001-002', '0002-001', '0002-002', '0003-001', '0003-002'].map(node =>
    `cache-${node}: DatabaseMemoryUsagePercentage of cache-${node}/0001`));
});

test('a section that is there already is refused', () => {
  const world = layout();
  const pool = newPool({}, world);
  const dashboard = new DataTierDashboard(world.application, 'Dashboard');
  dashboard.add(pool);
  const twice = [
    'Application/Dashboard has 1 fault:',
    '- `add` must be given a section once (got Data/Pool again). Remove one of the two. [cdk-data-tier::dashboard-section-twice]',
  ];
  expect(faultsOf(() => dashboard.add(newCluster({}, world), pool))).toEqual(twice);
});

describe('the dashboard itself', () => {
  test('shows the last three hours, each graph with the period of its alarm', () => {
    const { start, periodOverride, widgets } = bodyOf(newDashboard(() => []));
    expect({ start, periodOverride, widgets }).toEqual({ start: '-PT3H', periodOverride: 'inherit', widgets: [] });
  });

  test('has the name and the interval that were asked for', () => {
    const dashboard = newDashboard(world => [newPool({}, world)], { dashboardName: 'caches', defaultInterval: Duration.days(2) });
    expect(bodyOf(dashboard).start).toBe('-P2D');
    expect(resourceOf(dashboard, 'AWS::CloudWatch::Dashboard').Properties.DashboardName).toBe('caches');
  });

  test('is the default child, under a name that stays', () => {
    const dashboard = newDashboard(world => [newPool({}, world)]);
    expect(dashboard.node.defaultChild).toBeInstanceOf(CfnDashboard);
    expect(Object.keys(resourcesOf(dashboard))).toEqual(['Dashboard7A06DACF']);
  });

  test('takes other widgets, below the sections', () => {
    const dashboard = newDashboard(world => [newPool({}, world)]);
    dashboard.dashboard.addWidgets(new TextWidget({ markdown: 'ours' }));
    const widgets = widgetsOf(dashboard);
    const last = widgets.at(-1);
    expect(last?.properties.markdown).toBe('ours');
    expect(last?.y).toBe(Math.max(...widgets.slice(0, -1).map(({ y, height }) => y + height)));
  });
});
