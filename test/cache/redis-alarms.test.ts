import { CacheNodeType, ClusterMode, EvictionPolicy, RedisAuth, RedisClusterProps, RedisDurability, RedisEngine } from '../../src';
import { newCluster, resourcesOf } from '../helpers';
import { alarmsOf, ReadAlarm, rulesOf } from '../monitoring/alarms';

const NODES = ['{CacheClusterId=data-cache-a610ade3-001, CacheNodeId=0001}', '{CacheClusterId=data-cache-a610ade3-002, CacheNodeId=0001}'];
const MISSING = 'notBreaching';

/** An alarm on metrics of both nodes, node by node. */
function on(names: readonly string[], reading: string, formulas: readonly string[], when: string): ReadAlarm {
  const all = NODES.flatMap(node => names.map(name => `AWS/ElastiCache ${name} ${node} ${reading}`));
  return { metrics: all.map((metric, index) => `m${index + 1}: ${metric}`), formulas, when: `${when}, ${MISSING}` };
}

/**
 * Every alarm that a cluster of two nodes can have. Names, statistics, periods and numbers: CloudWatch User Guide, "Recommended alarms" (ElastiCache);
 * ElastiCache User Guide, "Which metrics should I monitor?" (CacheMetrics.WhichShouldIMonitor), CacheMetrics.Redis and CacheMetrics.HostLevel.
 */
const CPU = on(['CPUUtilization'], 'Average of 60 s', ['MAX([m1, m2])'], '> 45, 5 of 5');
const ENGINE_CPU = on(['EngineCPUUtilization'], 'Average of 60 s', ['MAX([m1, m2])'], '> 90, 5 of 5');
const MEMORY = on(['DatabaseMemoryUsagePercentage'], 'Average of 60 s', ['MAX([m1, m2])'], '> 80, 5 of 5');
const CAPACITY = on(['DatabaseCapacityUsagePercentage'], 'Average of 60 s', ['MAX([m1, m2])'], '> 80, 5 of 5');
const REPLICATION_LAG = on(['ReplicationLag'], 'Maximum of 60 s', ['MAX([m1, m2])'], '> 1, 3 of 5');
const AUTHENTICATION = on(['AuthenticationFailures'], 'Sum of 60 s', ['MAX([m1, m2])'], '> 0, 1 of 1');
const AUTHORIZATION = on(['CommandAuthorizationFailures', 'KeyAuthorizationFailures'], 'Sum of 60 s', ['MAX([m1, m2, m3, m4])'], '> 0, 1 of 1');
const TRAFFIC = on(['TrafficManagementActive'], 'Maximum of 60 s', ['MAX([m1, m2])'], '>= 1, 3 of 5');
const EVICTIONS = on(['Evictions'], 'Sum of 300 s', ['MAX([m1, m2])'], '> 100, 2 of 3');
const DURABILITY_LAG = on(['DurabilityLag'], 'Maximum of 60 s', ['MAX([m1, m2])'], '> 5000, 3 of 5');
const FAILED_COMMANDS = on(
  ['DatabaseMemoryUsagePercentage', 'ErrorCount'], 'Maximum of 60 s', ['MAX([e1, e2])', 'e1: IF(m1 >= 95, m2, 0)', 'e2: IF(m3 >= 95, m4, 0)'], '> 0, 3 of 5',
);
const CONNECTIONS = on(['CurrConnections'], 'Average of 60 s', ['MAX([m1, m2])'], '> 36800, 10 of 10');
const CPU_CREDITS = on(
  ['CPUUtilization', 'CPUCreditBalance'], 'Average of 300 s', ['MIN([e1, e2])', 'e1: IF(m1 > 20, m2, 1000)', 'e2: IF(m3 > 20, m4, 1000)'], '< 57.6, 3 of 3',
);
const FREE_MEMORY = on(
  ['SwapUsage', 'FreeableMemory'], 'Average of 60 s', ['MIN([e1, e2])', 'e1: IF(m1 > m2, 0, m2)', 'e2: IF(m3 > m4, 0, m4)'], '< 100000000, 5 of 5',
);
const MISSING_NODES = on(
  ['CPUUtilization'], 'Average of 60 s', ['2 - SUM([e1, e2])', 'e1: m1 * 0 + 1', 'e2: m2 * 0 + 1'], '> 0, 5 of 5',
);
const NETWORK = on(
  [
    'NetworkBandwidthInAllowanceExceeded', 'NetworkBandwidthOutAllowanceExceeded', 'NetworkConntrackAllowanceExceeded',
    'NetworkPacketsPerSecondAllowanceExceeded',
  ], 'Sum of 60 s', ['MAX([m1, m2, m3, m4, m5, m6, m7, m8])'], '> 0, 3 of 5',
);
const HIT_RATE = on(
  ['CacheHits', 'CacheMisses'], 'Sum of 300 s',
  ['IF(SUM([m1, m3]) + SUM([m2, m4]) >= 100, 100 * SUM([m1, m3]) / (SUM([m1, m3]) + SUM([m2, m4])), 100)'], '< 80, 4 of 6',
);

const BURSTABLE = {
  'cpu-1': CPU,
  'memory-1': MEMORY,
  'replicationLag-1': REPLICATION_LAG,
  'authenticationFailures-1': AUTHENTICATION,
  'authorizationFailures-1': AUTHORIZATION,
  'trafficManagement-1': TRAFFIC,
  'evictions-1': EVICTIONS,
  'connections-1': CONNECTIONS,
  'freeMemory-1': FREE_MEMORY,
  'nodes-1': MISSING_NODES,
  'networkAllowances-1': NETWORK,
  'cpuCredits-1': CPU_CREDITS,
  'hitRate-1': HIT_RATE,
};
const MOST_CONNECTIONS = { ...CONNECTIONS, when: `> 52000, 10 of 10, ${MISSING}` };

/** The same alarms with other ones beside or instead; undefined is none. */
function but(other: { [name: string]: ReadAlarm | undefined }, usual: object = BURSTABLE): object {
  return Object.fromEntries(Object.entries({ ...usual, ...other }).filter(([, alarm]) => alarm !== undefined));
}

const SMALL = but({ 'cpuCredits-1': undefined, 'connections-1': MOST_CONNECTIONS });
const LARGE = but({ 'cpu-1': undefined, 'engineCpu-1': ENGINE_CPU }, SMALL);

const VALKEY: Partial<RedisClusterProps> = {
  engine: RedisEngine.VALKEY_9_0, nodeType: CacheNodeType.R7G_XLARGE, clusterMode: ClusterMode.enabled({ shards: 1 }),
};
const ROWS: [string, Partial<RedisClusterProps>, object][] = [
  ['a cluster with nothing but a VPC', {}, BURSTABLE],
  ['nodes of 2 vCPUs', { nodeType: CacheNodeType.R7G_LARGE }, SMALL],
  ['nodes of 4 vCPUs', { nodeType: CacheNodeType.R7G_XLARGE }, LARGE],
  ['data tiering', { nodeType: CacheNodeType.R6GD_XLARGE, evictionPolicy: EvictionPolicy.VOLATILE_LRU }, but({ 'memory-1': undefined, 'capacity-1': CAPACITY }, LARGE)],
  ['a full cluster that refuses writes', { evictionPolicy: EvictionPolicy.NOEVICTION }, but({ 'evictions-1': undefined, 'failedCommands-1': FAILED_COMMANDS })],
  ['a policy among the parameters', { parameters: { 'maxmemory-policy': 'noeviction' } }, but({ 'evictions-1': undefined, 'failedCommands-1': FAILED_COMMANDS })],
  ['no login', { auth: RedisAuth.none() }, but({ 'authenticationFailures-1': undefined, 'authorizationFailures-1': undefined })],
  ['a token', { auth: RedisAuth.token() }, but({ 'authorizationFailures-1': undefined })],
  ['a login by IAM', { auth: RedisAuth.iam() }, BURSTABLE],
  ['a node type that is not known', { nodeType: CacheNodeType.of('cache.x9g.huge') }, LARGE],
];

test.each(ROWS)('%s', (_name, props, expected) => expect(alarmsOf(newCluster(props))).toEqual(expected));

test.each([RedisDurability.ASYNC, RedisDurability.SYNC])('durability %s', durability => {
  const sharded = (alarm: ReadAlarm) => ({ ...alarm, metrics: alarm.metrics.map(metric => metric.replace('a610ade3-', 'a610ade3-0001-')) });
  const { 'durabilityLag-1': lag, ...others } = alarmsOf(newCluster({ ...VALKEY, durability }));
  expect(lag).toEqual(sharded(DURABILITY_LAG));
  expect(Object.keys(others).sort()).toEqual(Object.keys(LARGE).sort());
});

test('no durability, no lag', () => {
  expect(Object.keys(alarmsOf(newCluster({ ...VALKEY, durability: RedisDurability.DISABLED })))).not.toContain('durabilityLag-1');
  expect(Object.keys(alarmsOf(newCluster(VALKEY)))).not.toContain('durabilityLag-1');
});

test('a single node needs no formula to join it with others, has no replica that could lag, and nothing to miss it', () => {
  const alarms = alarmsOf(newCluster({ clusterMode: ClusterMode.disabled({ replicas: 0 }) }));
  const node = NODES[0];
  expect(alarms).toEqual({
    'cpu-1': { metrics: [`m1: AWS/ElastiCache CPUUtilization ${node} Average of 60 s`], formulas: [], when: CPU.when },
    'memory-1': { metrics: [`m1: AWS/ElastiCache DatabaseMemoryUsagePercentage ${node} Average of 60 s`], formulas: [], when: MEMORY.when },
    'authenticationFailures-1': { metrics: [`m1: AWS/ElastiCache AuthenticationFailures ${node} Sum of 60 s`], formulas: [], when: AUTHENTICATION.when },
    'authorizationFailures-1': { metrics: AUTHORIZATION.metrics.slice(0, 2), formulas: ['MAX([m1, m2])'], when: AUTHORIZATION.when },
    'trafficManagement-1': { metrics: [`m1: AWS/ElastiCache TrafficManagementActive ${node} Maximum of 60 s`], formulas: [], when: TRAFFIC.when },
    'evictions-1': { metrics: [`m1: AWS/ElastiCache Evictions ${node} Sum of 300 s`], formulas: [], when: EVICTIONS.when },
    'connections-1': { metrics: [`m1: AWS/ElastiCache CurrConnections ${node} Average of 60 s`], formulas: [], when: CONNECTIONS.when },
    'freeMemory-1': { metrics: FREE_MEMORY.metrics.slice(0, 2), formulas: ['IF(m1 > m2, 0, m2)'], when: FREE_MEMORY.when },
    'networkAllowances-1': { metrics: NETWORK.metrics.slice(0, 4), formulas: ['MAX([m1, m2, m3, m4])'], when: NETWORK.when },
    'cpuCredits-1': { metrics: CPU_CREDITS.metrics.slice(0, 2), formulas: ['IF(m1 > 20, m2, 1000)'], when: CPU_CREDITS.when },
    'hitRate-1': {
      metrics: HIT_RATE.metrics.slice(0, 2),
      formulas: ['IF(SUM([m1]) + SUM([m2]) >= 100, 100 * SUM([m1]) / (SUM([m1]) + SUM([m2])), 100)'],
      when: HIT_RATE.when,
    },
  });
});

test('a single node that refuses writes', () => {
  const alarms = alarmsOf(newCluster({ clusterMode: ClusterMode.disabled({ replicas: 0 }), evictionPolicy: EvictionPolicy.NOEVICTION }));
  expect(alarms['failedCommands-1']).toEqual({ metrics: FAILED_COMMANDS.metrics.slice(0, 2), formulas: ['IF(m1 >= 95, m2, 0)'], when: FAILED_COMMANDS.when });
});

test('nodes of shards are named by the ids of the shards, their own too', () => {
  const nodesOf = (clusterMode: ClusterMode) => alarmsOf(newCluster({ clusterMode }))['memory-1'].metrics.map(metric => /=(.*), CacheNodeId=0001\}/.exec(metric)?.[1]);
  expect(nodesOf(ClusterMode.enabled())).toEqual(['0001-001', '0001-002', '0002-001', '0002-002'].map(node => `data-cache-a610ade3-${node}`));
  expect(nodesOf(ClusterMode.enabled({ shardLayout: [{ shardId: '7', replicas: 0 }, { shardId: '1234', replicas: 1 }] })))
    .toEqual(['0007-001', '1234-001', '1234-002'].map(node => `data-cache-a610ade3-${node}`));
});

test('one composite for each severity stands for all alarms of it', () => {
  const rule = (...names: string[]) => names.map(name => `ALARM("${name}-1")`).join(' OR ');
  expect(rulesOf(newCluster())).toEqual({
    'any-warning': `(${rule(
      'memory', 'replicationLag', 'authenticationFailures', 'authorizationFailures', 'trafficManagement', 'evictions', 'connections', 'freeMemory',
      'networkAllowances', 'cpuCredits', 'hitRate',
    )})`,
    'any-critical': `(${rule('cpu', 'nodes')})`,
  });
});

test('logical ids are a contract, and so are names', () => {
  const named = Object.entries(resourcesOf(newCluster())).filter(([, { Type }]) => Type.startsWith('AWS::CloudWatch::'));
  expect(Object.fromEntries(named.map(([id, { Properties }]) => [id, Properties.AlarmName]))).toMatchObject({
    CacheAlarmsCpu1AC42ABC1: 'data-cache-alarms-019b5cac-cpu-1',
    CacheAlarmsMemory1EAAD7B36: 'data-cache-alarms-019b5cac-memory-1',
    CacheAlarmsReplicationLag107D77C3B: 'data-cache-alarms-019b5cac-replicationLag-1',
    CacheAlarmsEvictions11ABE1AEC: 'data-cache-alarms-019b5cac-evictions-1',
    CacheAlarmsNodes1D3FBB263: 'data-cache-alarms-019b5cac-nodes-1',
  });
});

test('more nodes leave the alarms that are there where they are', () => {
  const idsOf = (clusterMode: ClusterMode) => newCluster({ clusterMode }).alarms!.node.children.map(({ node }) => node.id);
  expect(idsOf(ClusterMode.disabled({ replicas: 5 }))).toEqual(expect.arrayContaining(idsOf(ClusterMode.disabled())));
  expect(idsOf(ClusterMode.enabled({ shards: 12 }))).toEqual(expect.arrayContaining(idsOf(ClusterMode.enabled())));
});

test('whoever is called reads which cache it is, what happened and what to do', () => {
  const resources = Object.values(resourcesOf(newCluster()));
  const textOf = (name: string) => resources.find(({ Properties }) => Properties.AlarmName === `data-cache-alarms-019b5cac-${name}`)?.Properties.AlarmDescription;
  expect([textOf('memory-1'), textOf('nodes-1'), textOf('any-critical')]).toEqual([
    'Data/Cache: The memory of a node is more than 80 percent full. Choose larger nodes, add shards, or let keys expire sooner. '
    + 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html',
    'Data/Cache: More than 0 nodes publish no metrics, while others do. Look at the events of the cache: a node has failed or was taken away. '
    + 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ECEvents.html',
    'Data/Cache: a critical alarm is active.',
  ]);
});
