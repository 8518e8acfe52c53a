import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { CfnParameterGroup, CfnReplicationGroup, CfnReplicationGroupProps } from 'aws-cdk-lib/aws-elasticache';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CacheNodeType, ClusterMode, MemcachedAlarms, MemcachedPool, RedisAlarms, RedisCluster, RedisClusterAttributes } from '../../src';
import { faultsOf, layout, newCluster, newPool, resourcesOf } from '../helpers';
import { alarmsOf, watchersOf } from '../monitoring/alarms';

const newStack = () => new Stack(new App(), 'Watch');
const namesOf = (stack: Stack) => Object.keys(alarmsOf(stack)).map(name => name.replace(/-1$/, ''));

/** Those of every cluster of which nothing is known but its nodes. */
const UNKNOWN = [
  'engineCpu', 'memory', 'replicationLag', 'authenticationFailures', 'authorizationFailures', 'trafficManagement', 'evictions', 'connections', 'freeMemory',
  'nodes', 'networkAllowances', 'hitRate',
];
const without = (...names: string[]) => UNKNOWN.filter(name => !names.includes(name));

describe('a cluster by its attributes', () => {
  const imported = (stack: Stack, attributes: Partial<RedisClusterAttributes> = {}) => RedisCluster.fromRedisClusterAttributes(stack, 'Imported', {
    replicationGroupName: 'orders', primaryEndpointAddress: 'orders.example.com', nodeIds: ['orders-001', 'orders-003'], ...attributes,
  });

  test('is watched node by node, at the numbers of large nodes', () => {
    const stack = newStack();
    new RedisAlarms(stack, 'Alarms', { cluster: imported(stack, { secret: Secret.fromSecretNameV2(stack, 'Login', 'login') }) });
    expect(namesOf(stack)).toEqual(UNKNOWN);
    const alarms = alarmsOf(stack);
    expect(alarms['engineCpu-1']).toEqual({
      metrics: [
        'm1: AWS/ElastiCache EngineCPUUtilization {CacheClusterId=orders-001, CacheNodeId=0001} Average of 60 s',
        'm2: AWS/ElastiCache EngineCPUUtilization {CacheClusterId=orders-003, CacheNodeId=0001} Average of 60 s',
      ],
      formulas: ['MAX([m1, m2])'],
      when: '> 90, 5 of 5, notBreaching',
    });
    expect(alarms['connections-1'].when).toBe('> 52000, 10 of 10, notBreaching');
  });

  test('with the size of its nodes', () => {
    const stack = newStack();
    new RedisAlarms(stack, 'Alarms', { cluster: imported(stack), nodeType: CacheNodeType.T4G_SMALL });
    const alarms = alarmsOf(stack);
    expect(['cpu', 'engineCpu', 'connections', 'cpuCredits'].map(name => alarms[`${name}-1`]?.when.replace(', notBreaching', ''))).toEqual([
      '> 45, 5 of 5', undefined, '> 36800, 10 of 10', '< 57.6, 3 of 3',
    ]);
  });

  test('without a login nobody can fail to log in', () => {
    const stack = newStack();
    new RedisAlarms(stack, 'Alarms', { cluster: imported(stack) });
    expect(namesOf(stack)).toEqual(without('authenticationFailures', 'authorizationFailures'));
  });

  test('whose nodes are not known is refused', () => {
    const stack = newStack();
    const cluster = RedisCluster.fromRedisClusterAttributes(stack, 'Imported', { replicationGroupName: 'orders', primaryEndpointAddress: 'orders.example.com' });
    expect(faultsOf(() => new RedisAlarms(stack, 'Alarms', { cluster }))).toEqual([
      'Watch/Imported has 1 fault:',
      '- CloudWatch keeps metrics per node, and the nodes of an imported cluster are not known (got no `nodeIds`). Give `nodeIds`, for example '
      + "['my-cache-001', 'my-cache-002'], to `fromRedisClusterAttributes`. [cdk-data-tier::no-node-ids]",
    ]);
  });

  test('whoever is called reads the path of the import', () => {
    const stack = newStack();
    new RedisAlarms(stack, 'Alarms', { cluster: imported(stack) });
    expect(watchersOf(stack)[0][1].Properties.AlarmDescription).toMatch(/^Watch\/Imported: The engine's thread of a node is busy for more than 90 percent\./);
  });
});

describe('a cluster of an L1', () => {
  /** The names of the alarms of a group of some hand-written properties. */
  function alarmsOfL1(props: Partial<CfnReplicationGroupProps>, stack = newStack()): ReturnType<typeof alarmsOf> {
    const group = new CfnReplicationGroup(stack, 'Group', { replicationGroupDescription: 'Mine', replicationGroupId: 'mine', ...props });
    new RedisAlarms(stack, 'Alarms', { cluster: RedisCluster.fromCfnReplicationGroup(group) });
    return alarmsOf(stack);
  }
  const namesOfL1 = (props: Partial<CfnReplicationGroupProps>, stack?: Stack) => Object.keys(alarmsOfL1(props, stack)).map(name => name.replace(/-1$/, ''));
  const LOGIN = { userGroupIds: ['mine'] };

  test('has the numbers of its node type', () => {
    const alarms = alarmsOfL1({ ...LOGIN, numCacheClusters: 2, cacheNodeType: 'cache.t4g.micro' });
    expect(alarms['cpu-1']).toEqual({
      metrics: [
        'm1: AWS/ElastiCache CPUUtilization {CacheClusterId=mine-001, CacheNodeId=0001} Average of 60 s',
        'm2: AWS/ElastiCache CPUUtilization {CacheClusterId=mine-002, CacheNodeId=0001} Average of 60 s',
      ],
      formulas: ['MAX([m1, m2])'],
      when: '> 45, 5 of 5, notBreaching',
    });
    expect([alarms['connections-1'].when, alarms['cpuCredits-1'].when]).toEqual(['> 16000, 10 of 10, notBreaching', '< 28.8, 3 of 3, notBreaching']);
  });

  test('nodes are named as ElastiCache stores them, in lower case', () => {
    expect(alarmsOfL1({ replicationGroupId: 'Mine' })['memory-1'].metrics).toEqual([
      'm1: AWS/ElastiCache DatabaseMemoryUsagePercentage {CacheClusterId=mine-001, CacheNodeId=0001} Average of 60 s',
    ]);
  });

  const rows: [string, Partial<CfnReplicationGroupProps>, string[]][] = [
    ['says nothing of logins', { numCacheClusters: 2 }, without('authenticationFailures', 'authorizationFailures')],
    ['has a token', { numCacheClusters: 2, authToken: 'secret' }, without('authorizationFailures')],
    ['has users', { ...LOGIN, numCacheClusters: 2 }, UNKNOWN],
    ['is one node', { ...LOGIN, numCacheClusters: 1 }, without('replicationLag', 'nodes')],
    ['is shards without replicas', { ...LOGIN, numNodeGroups: 2, replicasPerNodeGroup: 0 }, without('replicationLag')],
    ['has data tiering', { ...LOGIN, numCacheClusters: 2, cacheNodeType: 'cache.r6gd.xlarge' }, UNKNOWN.map(name => name === 'memory' ? 'capacity' : name)],
    ['is durable', { ...LOGIN, numCacheClusters: 2, durability: 'async' }, [...UNKNOWN.slice(0, 6), 'durabilityLag', ...UNKNOWN.slice(6)]],
    ['is not durable', { ...LOGIN, numCacheClusters: 2, durability: 'disabled' }, UNKNOWN],
  ];
  test.each(rows)('that %s', (_name, props, expected) => expect(namesOfL1(props)).toEqual(expected));

  test('whose parameters refuse writes', () => {
    const stack = newStack();
    const parameters = new CfnParameterGroup(stack, 'Parameters', {
      cacheParameterGroupFamily: 'redis7', description: 'Mine', properties: { 'maxmemory-policy': 'noeviction' },
    });
    const names = namesOfL1({ ...LOGIN, numCacheClusters: 2, cacheParameterGroupName: parameters.ref }, stack);
    expect([names.includes('failedCommands'), names.includes('evictions')]).toEqual([true, false]);
    expect(namesOfL1({ ...LOGIN, numCacheClusters: 2, cacheParameterGroupName: 'default.redis7' })).toEqual(UNKNOWN);
  });

  test('whose node type only CloudFormation knows', () => {
    const stack = newStack();
    expect(namesOfL1({ ...LOGIN, numCacheClusters: 2, cacheNodeType: new CfnParameter(stack, 'Type').valueAsString }, stack)).toEqual(UNKNOWN);
  });

  test('that CloudFormation names', () => {
    const stack = newStack();
    const group = new CfnReplicationGroup(stack, 'Group', { replicationGroupDescription: 'Mine', numCacheClusters: 1 });
    new RedisAlarms(stack, 'Alarms', { cluster: RedisCluster.fromCfnReplicationGroup(group) });
    const { Properties } = watchersOf(stack).find(([, alarm]) => alarm.Properties.MetricName === 'DatabaseMemoryUsagePercentage')![1];
    expect(Properties.Dimensions).toEqual([
      { Name: 'CacheClusterId', Value: { 'Fn::Join': ['', [{ Ref: 'Group' }, '-001']] } }, { Name: 'CacheNodeId', Value: '0001' },
    ]);
  });
});

describe('a pool by its attributes', () => {
  const imported = (stack: Stack, nodeIds?: string[]) => MemcachedPool.fromMemcachedPoolAttributes(stack, 'Imported', {
    poolName: 'pages', configurationEndpointAddress: 'pages.abc123.cfg.euw1.cache.amazonaws.com', nodeIds,
  });

  test('is watched node by node', () => {
    const stack = newStack();
    new MemcachedAlarms(stack, 'Alarms', { pool: imported(stack, ['0001', '0004']) });
    expect(namesOf(stack)).toEqual(['cpu', 'evictions', 'connections', 'freeMemory', 'nodes', 'networkAllowances', 'hitRate']);
    expect(alarmsOf(stack)['evictions-1']).toEqual({
      metrics: [
        'm1: AWS/ElastiCache Evictions {CacheClusterId=pages, CacheNodeId=0001} Sum of 300 s',
        'm2: AWS/ElastiCache Evictions {CacheClusterId=pages, CacheNodeId=0004} Sum of 300 s',
      ],
      formulas: ['MAX([m1, m2])'],
      when: '> 100, 2 of 3, notBreaching',
    });
  });

  test('with the size of its nodes', () => {
    const stack = newStack();
    new MemcachedAlarms(stack, 'Alarms', { pool: imported(stack, ['0001']), nodeType: CacheNodeType.T3_MICRO });
    expect([alarmsOf(stack)['connections-1'].when, alarmsOf(stack)['cpuCredits-1'].when]).toEqual(['> 16000, 10 of 10, notBreaching', '< 28.8, 3 of 3, notBreaching']);
  });

  test('whose nodes are not known is refused', () => {
    const stack = newStack();
    expect(faultsOf(() => new MemcachedAlarms(stack, 'Alarms', { pool: imported(stack) }))).toEqual([
      'Watch/Imported has 1 fault:',
      '- metrics and end points are kept per node, and the nodes of an imported pool are not known (got no `nodeIds`). Give `nodeIds`, for example '
      + "['0001', '0002'], to `fromMemcachedPoolAttributes`. [cdk-data-tier::no-node-ids]",
    ]);
  });
});

describe('alarms in another stack than the cache', () => {
  test('know everything of a cache of this app, and import nothing', () => {
    const world = layout();
    const cluster = newCluster({ alarms: { enabled: false }, nodeType: CacheNodeType.R7G_XLARGE }, world);
    const pool = newPool({ alarms: { enabled: false } }, world);
    new RedisAlarms(world.application, 'CacheAlarms', { cluster });
    new MemcachedAlarms(world.application, 'PoolAlarms', { pool });
    expect(JSON.stringify(resourcesOf(world.application))).not.toContain('Fn::ImportValue');
    expect(watchersOf(world.data)).toEqual([]);
    const watchers = watchersOf(world.application).map(([, { Properties }]) => Properties.AlarmName.replace(/-1$/, ''));
    expect(watchers).toHaveLength(14 + 10);
    expect(watchers).toEqual(expect.arrayContaining([
      'application-cachealarms-db282579-engineCpu', expect.stringMatching(/^application-poolalarms-[0-9a-f]{8}-cpuCredits$/),
    ]));
  });

  test('stand beside those that the cache brings', () => {
    const world = layout();
    const cluster = newCluster({}, world);
    new RedisAlarms(world.data, 'Second', { cluster, memory: { threshold: 50 } });
    const names = watchersOf(world.data).map(([, { Properties }]) => Properties.AlarmName);
    expect(new Set(names).size).toBe(2 * 15);
  });

  test('act on a topic of a third, without a cycle', () => {
    const world = layout();
    const topics = new Stack(world.app, 'Topics');
    const cluster = newCluster({ clusterMode: ClusterMode.enabled({ shards: 6 }) }, world);
    const alarms = new RedisAlarms(world.application, 'Alarms', { cluster, actions: [new SnsAction(new Topic(topics, 'Pager'))] });
    cluster.alarms!.addAction(new SnsAction(new Topic(topics, 'Mail')));
    expect(alarms.all).toHaveLength(13);
    expect(() => world.app.synth()).not.toThrow();
    expect([world.data, world.application].map(stack => stack.dependencies.map(({ stackName }) => stackName))).toEqual([['Topics'], ['Topics']]);
  });

  test('of a group that CloudFormation names import the name', () => {
    const world = layout();
    const group = new CfnReplicationGroup(world.data, 'Group', { replicationGroupDescription: 'Mine', numCacheClusters: 2 });
    new RedisAlarms(world.application, 'Alarms', { cluster: RedisCluster.fromCfnReplicationGroup(group) });
    expect(() => world.app.synth()).not.toThrow();
    expect(world.application.dependencies.map(({ stackName }) => stackName)).toEqual(['Data']);
  });
});
