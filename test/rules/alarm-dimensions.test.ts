import { alarmOn, among, formula, group, pool, query, ref, written } from './alarms';
import { say, testRules } from './cases';
import { alarmDimensionRules } from '../../src/rules/alarm-dimensions';
import { Description, Properties, PropertyValue, Surroundings, UNDECIDED, UNKNOWN } from '../../src/rules/rule';

type Dimensions = { readonly [name: string]: PropertyValue };

const WITHOUT_DATA = 'ElastiCache publishes by CacheClusterId and CacheNodeId, most metrics by CacheClusterId alone too, EngineCPUUtilization, '
  + 'DatabaseMemoryUsageCountedForEvictPercentage, DatabaseCapacityUsageCountedForEvictPercentage by ReplicationGroupId too, and by clusterId where a cache '
  + 'is serverless; with other dimensions an alarm never has data: `Dimensions`, `Metrics`. Found: %. '
  + 'Name a node by CacheClusterId and CacheNodeId in `Dimensions` or `Metrics`, and a serverless cache by clusterId.';
const GROUP_ID = 'CacheClusterId is the id of one node; by that of its replication group an alarm never has data: `Dimensions`, `Metrics`. Found: %. '
  + 'Append the number of the node in `Dimensions` or `Metrics`: -001, or -0001-001 with that of its shard in cluster mode.';
const MEMBER = 'The replication group begins with no node of that id: `Dimensions`, `Metrics`. Found: CPUUtilization of CacheClusterId % every 60 s. '
  + 'Name a node that there is in `Dimensions` or `Metrics`: its number has three digits, and behind that of its shard in cluster mode.';
const MEMBER_NODE = 'Whatever runs Redis OSS or Valkey has one node to a CacheClusterId, and its CacheNodeId is 0001: `Dimensions`, `Metrics`. Found: %. '
  + 'Set CacheNodeId to 0001 in `Dimensions` or `Metrics`.';
const POOL_NODE = 'The Memcached cluster begins with no node of that id: `Dimensions`, `Metrics`. Found: %. '
  + 'Set CacheNodeId in `Dimensions` or `Metrics` to one from 0001 to the number of nodes, in four digits.';
const ENGINE = 'The engine of the cache does not publish this metric: `MetricName`, `Metrics`. Found: %. Choose a metric of that engine in `MetricName` or `Metrics`.';

const cpu = (dimensions: Dimensions, more: Properties = {}) => alarmOn('CPUUtilization', dimensions, more);
const member = (CacheClusterId: PropertyValue) => cpu({ CacheClusterId });
const node = (CacheClusterId: PropertyValue, CacheNodeId: PropertyValue) => cpu({ CacheClusterId, CacheNodeId });

/** A group without shards, with one replica. */
const SHOP = group({ ReplicationGroupId: 'Shop', NumCacheClusters: 2, ClusterMode: 'disabled' });
const shards = (properties: Properties) => group({ ReplicationGroupId: 'shop', ClusterMode: 'enabled', ...properties });
/** Two shards with one replica each. */
const SHARDS = shards({ NumNodeGroups: 2, ReplicasPerNodeGroup: 1 });
const OWN_SHARDS = shards({ ReplicasPerNodeGroup: 1, NodeGroupConfiguration: [{ NodeGroupId: '7', ReplicaCount: 0 }, { NodeGroupId: '0012', ReplicaCount: 2 }] });
const POOL = pool({ ClusterName: 'Pages', NumCacheNodes: 3 });
const target = (ResourceId: PropertyValue, surroundings?: Surroundings): Description =>
  ({ type: 'AWS::ApplicationAutoScaling::ScalableTarget', properties: { ResourceId }, surroundings });

/** Id of the cluster in pieces, as a flat alarm has it. */
const piecesOf = (...pieces: ReturnType<NonNullable<Surroundings['textAt']>>) => written({ 'Dimensions.0.Value': pieces });

/** What no alarm on a metric depends on. */
const IRRELEVANT = ['ComparisonOperator', 'EvaluationPeriods', 'MetricName', 'Period', 'Statistic', 'Threshold'];
const REST = IRRELEVANT.filter((name) => name !== 'MetricName');

/** CloudWatch User Guide, "Supported metrics": what a replication group has as a whole, and what a node has under both dimensions only. */
const OF_WHOLE = ['EngineCPUUtilization', 'DatabaseMemoryUsageCountedForEvictPercentage', 'DatabaseCapacityUsageCountedForEvictPercentage'];
const OF_NODE_ONLY = [
  'ChannelAuthorizationFailures', 'DatabaseCapacityUsageCountedForEvictPercentage', 'DatabaseCapacityUsagePercentage',
  'DatabaseMemoryUsageCountedForEvictPercentage', 'DurabilityBufferExceededErrorCount', 'DurabilityLag', 'ErrorCount', 'IamAuthenticationExpirations',
  'IamAuthenticationThrottling', 'SuccessfulReadRequestLatency', 'SuccessfulWriteRequestLatency', 'TrafficManagementActive',
];

/** What makes that group one whose nodes the template does not number: imported, a secondary, of counts that are not known, of two modes. */
const OPEN: Properties[] = [
  { PrimaryClusterId: 'old' },
  { PrimaryClusterId: UNDECIDED },
  { GlobalReplicationGroupId: 'ldgnf-shop' },
  { NumCacheClusters: UNKNOWN },
  { ReplicasPerNodeGroup: UNKNOWN },
  { NumNodeGroups: UNKNOWN },
  { NodeGroupConfiguration: UNKNOWN },
  { ClusterMode: 'compatible' },
  { ClusterMode: undefined },
];

testRules(alarmDimensionRules, {
  'alarm-dimensions': {
    severity: 'warning',
    indifferentTo: IRRELEVANT,
    legal: [
      ...OF_WHOLE.map((name): [Properties] => [alarmOn(name, { ReplicationGroupId: 'shop' })]),
      [cpu({ ReplicationGroupId: 'shop' }, { MetricName: UNKNOWN })],
      ...OF_NODE_ONLY.map((name): [Properties] => [alarmOn(name, { CacheClusterId: 'shop-001', CacheNodeId: '0001' })]),
      ...['EngineCPUUtilization', 'DatabaseMemoryUsagePercentage', 'AuthenticationFailures'].map((name): [Properties] =>
        [alarmOn(name, { CacheClusterId: 'shop-001' })]),
      [cpu({ CacheClusterId: 'shop-001' }, { MetricName: UNKNOWN })],
      [alarmOn('ErrorCount', { clusterId: 'shop' })],
      [member('shop-001')],
      [node('shop-001', '0001')],
      [cpu({ clusterId: 'shop' })],
      [cpu({ CacheClusterId: 'shop-001', Tier: 'Memory' })],
      [cpu({ ReplicationGroupId: 'shop', Role: 'PRIMARY' })],
      [cpu({})],
      [cpu({ ReplicationGroupId: 'shop' }, { Namespace: 'Shop' })],
      [cpu({}, { Dimensions: [{ Name: UNKNOWN, Value: 'a' }, { Name: 'ReplicationGroupId', Value: 'shop' }] })],
      [formula('MAX([a])', query('a', 'CPUUtilization', { CacheClusterId: 'shop-001' }))],
    ],
    faults: [
      ...([
        [{ ReplicationGroupId: 'shop' }, 'ReplicationGroupId shop'],
        [{ ReplicationGroupId: UNKNOWN }, 'ReplicationGroupId (known after deployment)'],
        [{ CacheClusterId: 'shop-001', ReplicationGroupId: 'shop' }, 'CacheClusterId shop-001, ReplicationGroupId shop'],
        [{ ServerlessCacheName: 'shop' }, 'ServerlessCacheName shop'],
        [{ cacheClusterId: 'shop-001' }, 'cacheClusterId shop-001'],
        [{ CacheClusterId: 'shop-001', CacheNodeID: '0001' }, 'CacheClusterId shop-001, CacheNodeID 0001'],
        [{ ClusterId: 'shop' }, 'ClusterId shop'],
        [{ CacheNodeId: '0001' }, 'CacheNodeId 0001'],
        [{ clusterId: 'shop', CacheClusterId: 'shop-001' }, 'clusterId shop, CacheClusterId shop-001'],
      ] as [Dimensions, string][]).map(([dimensions, of]): [string, Properties] => [say(WITHOUT_DATA, `CPUUtilization of ${of} every 60 s`), cpu(dimensions)]),
      ...['DatabaseMemoryUsagePercentage', 'DatabaseCapacityUsagePercentage', 'ErrorCount', 'CPUUtilization'].map((name): [string, Properties] =>
        [say(WITHOUT_DATA, `${name} of ReplicationGroupId shop every 60 s`), alarmOn(name, { ReplicationGroupId: 'shop' })]),
      [
        say(WITHOUT_DATA, 'EngineCPUUtilization of CacheClusterId shop-001, CacheNodeId 0001, ReplicationGroupId shop every 60 s'),
        alarmOn('EngineCPUUtilization', { CacheClusterId: 'shop-001', CacheNodeId: '0001', ReplicationGroupId: 'shop' }),
      ],
      ...OF_NODE_ONLY.map((name): [string, Properties] =>
        [say(WITHOUT_DATA, `${name} of CacheClusterId shop-001 every 60 s`), alarmOn(name, { CacheClusterId: 'shop-001' })]),
      [
        say(WITHOUT_DATA, 'b: ErrorCount of CacheClusterId shop-001 every 60 s'),
        formula('MAX([a, b])', query('a', 'Evictions', { CacheClusterId: 'shop-001' }), query('b', 'ErrorCount', { CacheClusterId: 'shop-001' })),
      ],
      [
        say(WITHOUT_DATA, 'b: Evictions of ReplicationGroupId shop every 60 s; c: (known after deployment) of ServerlessCacheName shop every 60 s'),
        formula('MAX([a, b, c])', ...([['a', 'CPUUtilization', 'CacheClusterId'], ['b', 'Evictions', 'ReplicationGroupId'], ['c', UNKNOWN, 'ServerlessCacheName']] as const)
          .map(([id, name, dimension]) => query(id, name as string, { [dimension]: 'shop' }))),
      ],
    ],
  },
  'alarm-replication-group-id': {
    severity: 'warning',
    indifferentTo: IRRELEVANT,
    legal: [
      [member('shop')],
      [member('shop'), among(group({ ReplicationGroupId: 'other' }), group({}), POOL)],
      [member('shop'), among(SHOP, pool({ ClusterName: 'shop' }))],
      [member('shop-001'), among(SHOP)],
      [member(UNKNOWN), piecesOf(ref(SHOP), '-001')],
      [member(UNKNOWN), piecesOf(ref(SHOP, 'PrimaryEndPoint.Address'))],
      [member(UNKNOWN), piecesOf(ref(POOL))],
      [member(UNKNOWN), piecesOf(UNKNOWN)],
      [member(UNKNOWN)],
      [cpu({ clusterId: 'shop' }), among(SHOP)],
    ],
    faults: [
      [say(GROUP_ID, 'CPUUtilization of CacheClusterId shop every 60 s'), member('shop'), among(SHOP)],
      [
        say(GROUP_ID, 'a: CPUUtilization of CacheClusterId (known after deployment), CacheNodeId 0001 every 60 s'),
        formula('a', query('a', 'CPUUtilization', { CacheClusterId: UNKNOWN, CacheNodeId: '0001' })),
        written({ 'Metrics.1.MetricStat.Metric.Dimensions.0.Value': [ref(SHOP)] }),
      ],
    ],
  },
  'alarm-member': {
    severity: 'warning',
    indifferentTo: IRRELEVANT,
    legal: [
      [member('shop-002'), among(SHOP)],
      [member('SHOP-001'), among(SHOP)],
      [member('shop-003')],
      [member('shopping-003'), among(SHOP)],
      [member('shop-a-003'), among(SHOP)],
      [member('shop-3'), among(SHOP)],
      [member(UNKNOWN), piecesOf(ref(SHOP), '-002')],
      [member(UNKNOWN), piecesOf(ref(SHOP), UNKNOWN)],
      [member(UNKNOWN), piecesOf(ref(SHOP), '-00', UNKNOWN)],
      [member(UNKNOWN), piecesOf('shop-', UNKNOWN)],
      [member(UNKNOWN), piecesOf(ref(POOL), '-003')],
      [member('shop-0002-002'), among(SHARDS)],
      [member('shop-0002-002'), among(shards({ NumNodeGroups: 2 }))],
      [member('shop-0012-003'), among(OWN_SHARDS)],
      [member('shop-0007-001'), among(OWN_SHARDS)],
      [member('shop-0002-001'), among(shards({ NodeGroupConfiguration: [{}, {}] }))],
      [member('shop-0009-009'), among(shards({ NodeGroupConfiguration: [{ NodeGroupId: UNKNOWN }, { NodeGroupId: '8' }] }))],
      [member('shop-0008-009'), among(shards({
        NodeGroupConfiguration: [{ NodeGroupId: '7', ReplicaCount: 1 }, { NodeGroupId: '8', ReplicaCount: UNKNOWN }, { NodeGroupId: '9', ReplicaCount: 1 }],
      }))],
      [member('shop-0001-001'), among(SHARDS, group({ ReplicationGroupId: 'shop-0001', NumCacheClusters: 1, ClusterMode: 'disabled' }))],
      [member('shop-0001-003'), among(SHARDS, group({ ReplicationGroupId: 'shop-0001', NumCacheClusters: 1, ClusterMode: 'disabled' }))],
      [member('shop-003'), among(SHOP, target('replication-group/shop'))],
      [member('shop-003'), among(SHOP, target(UNKNOWN, { behind: () => [SHOP] }))],
      ...OPEN.map((properties): [Properties, Surroundings] => [member('shop-003'), among(group({ ...SHOP.properties, ...properties }))]),
    ],
    faults: [
      [say(MEMBER, 'shop-003'), member('shop-003'), among(SHOP)],
      [say(MEMBER, 'shop-000'), member('shop-000'), among(SHOP)],
      [say(MEMBER, 'shop-0001-001'), member('shop-0001-001'), among(SHOP)],
      [say(MEMBER, '(known after deployment)'), member(UNKNOWN), piecesOf(ref(SHOP), '-003')],
      [say(MEMBER, '(known after deployment)'), member(UNKNOWN), piecesOf(ref(SHOP), '-3')],
      [say(MEMBER, 'shop-003'), member('shop-003'), among(SHOP, target('replication-group/shop-2'), target(UNKNOWN, { behind: () => [SHARDS] }), target(UNKNOWN))],
      [say(MEMBER, 'shop-001'), member('shop-001'), among(SHARDS)],
      [say(MEMBER, 'shop-0003-001'), member('shop-0003-001'), among(SHARDS)],
      [say(MEMBER, 'shop-0000-001'), member('shop-0000-001'), among(SHARDS)],
      [say(MEMBER, 'shop-0002-003'), member('shop-0002-003'), among(SHARDS)],
      [say(MEMBER, 'shop-0003-001'), member('shop-0003-001'), among(shards({ NumNodeGroups: 2 }))],
      [say(MEMBER, 'shop-0007-002'), member('shop-0007-002'), among(OWN_SHARDS)],
      [say(MEMBER, 'shop-0012-004'), member('shop-0012-004'), among(OWN_SHARDS)],
      [say(MEMBER, 'shop-0001-001'), member('shop-0001-001'), among(OWN_SHARDS)],
      [say(MEMBER, 'shop-0003-001'), member('shop-0003-001'), among(shards({ NodeGroupConfiguration: [{}, {}] }))],
      [
        say(MEMBER, 'shop-003'), member('shop-003'),
        among(group({ ReplicationGroupId: 'shop', NumCacheClusters: 1, CacheParameterGroupName: 'default.redis7' })),
      ],
    ],
  },
  'alarm-member-node-id': {
    severity: 'warning',
    indifferentTo: IRRELEVANT,
    legal: [
      [node('shop-001', '0001'), among(SHOP)],
      [member('shop-001'), among(SHOP)],
      [node('shop-001', '0002')],
      [node('shop-001', UNKNOWN), among(SHOP)],
      [node('pages', '0002'), among(POOL)],
      [node('pages', '0002'), among(pool({ ClusterName: 'pages', Engine: UNKNOWN }))],
    ],
    faults: [
      [say(MEMBER_NODE, 'CPUUtilization of CacheClusterId shop-001, CacheNodeId 0002 every 60 s'), node('shop-001', '0002'), among(SHOP)],
      [say(MEMBER_NODE, 'CPUUtilization of CacheClusterId shop-001, CacheNodeId 1 every 60 s'), node('shop-001', '1'), among(SHOP)],
      ...['redis', 'valkey'].map((Engine): [string, Properties, Surroundings] =>
        [say(MEMBER_NODE, 'CPUUtilization of CacheClusterId pages, CacheNodeId 0002 every 60 s'), node('pages', '0002'), among(pool({ ClusterName: 'pages', Engine }))]),
    ],
  },
  'alarm-memcached-node': {
    severity: 'warning',
    indifferentTo: IRRELEVANT,
    legal: [
      [node('pages', '0001'), among(POOL)],
      [node('pages', '0003'), among(POOL)],
      [member('pages'), among(POOL)],
      [node('pages', UNKNOWN), among(POOL)],
      [node('pages', '0004')],
      [node('pages', '0004'), among(pool({ ClusterName: 'pages', NumCacheNodes: UNKNOWN }))],
      [node('pages', '0004'), among(POOL, target('cache-cluster/pages'))],
      [node('shop-001', '0004'), among(SHOP)],
    ],
    faults: ['0000', '0004', '3'].map((id) => [
      say(POOL_NODE, `CPUUtilization of CacheClusterId pages, CacheNodeId ${id} every 60 s`), node('pages', id), among(POOL),
    ]),
  },
  'alarm-metric-engine': {
    severity: 'warning',
    indifferentTo: REST,
    legal: [
      [alarmOn('EngineCPUUtilization', { CacheClusterId: 'shop-001' }), among(SHOP)],
      [alarmOn('GetHits', { CacheClusterId: 'pages' }), among(POOL)],
      ...['CPUUtilization', 'CurrItems', 'Reclaimed', 'NetworkBytesIn', 'SomethingNew'].flatMap((name): [Properties, Surroundings][] => [
        [alarmOn(name, { CacheClusterId: 'shop-001' }), among(SHOP)],
        [alarmOn(name, { CacheClusterId: 'pages' }), among(POOL)],
      ]),
      [alarmOn('GetHits', { CacheClusterId: 'shop-001' })],
      [alarmOn('GetHits', { CacheClusterId: 'pages' }), among(pool({ ClusterName: 'pages', Engine: UNKNOWN }))],
    ],
    faults: [
      ...['EngineCPUUtilization', 'CacheHitRate', 'DatabaseMemoryUsagePercentage', 'BytesUsedForCache'].map((name): [string, Properties, Surroundings] =>
        [say(ENGINE, `${name} of CacheClusterId pages every 60 s`), alarmOn(name, { CacheClusterId: 'pages' }), among(POOL)]),
      ...['GetHits', 'UnusedMemory', 'BytesUsedForCacheItems'].map((name): [string, Properties, Surroundings] =>
        [say(ENGINE, `${name} of CacheClusterId shop-001 every 60 s`), alarmOn(name, { CacheClusterId: 'shop-001' }), among(SHOP)]),
      [
        say(ENGINE, 'a: CacheHits of CacheClusterId (known after deployment) every 60 s'),
        formula('a', query('a', 'CacheHits', { CacheClusterId: UNKNOWN })),
        written({ 'Metrics.1.MetricStat.Metric.Dimensions.0.Value': [ref(POOL)] }),
      ],
    ],
  },
});
