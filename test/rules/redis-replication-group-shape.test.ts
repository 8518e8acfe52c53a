import { say, testRules } from './cases';
import { replicationGroupShapeRules } from '../../src/rules/redis-replication-group-shape';
import { UNKNOWN } from '../../src/rules/rule';

const NAME = 'A replication group id has 1 to 40 letters, digits and hyphens, begins with a letter, does not end with a hyphen and has no two in a row: '
  + '`ReplicationGroupId` (got "%"). Change `ReplicationGroupId`.';
const DESCRIPTION = 'A replication group needs a description of 1 to 255 characters: `ReplicationGroupDescription` (%). '
  + 'Write one to `ReplicationGroupDescription` that fits.';
const NODES = 'A shard has one primary and 0 to 5 replicas: `NumCacheClusters` (got %). Set `NumCacheClusters` so that there are 0 to 5 replicas.';
const REPLICAS = 'A shard has one primary and 0 to 5 replicas: `ReplicasPerNodeGroup` (got %). Set `ReplicasPerNodeGroup` so that there are 0 to 5 replicas.';
const TWICE = 'Nodes are counted either for one shard or for several, not both: %. '
  + 'Keep `NumCacheClusters` for one shard, or `NumNodeGroups` and `ReplicasPerNodeGroup` for several.';
const FAILOVER = 'Automatic failover, which CloudFormation turns on unless told otherwise, needs at least one replica: '
  + '`AutomaticFailoverEnabled` (%), `NumCacheClusters` (got 1). Ask for a replica by `NumCacheClusters`, or set `AutomaticFailoverEnabled` to false.';
const NO_REPLICA = 'Multi-AZ needs a replica in every shard: `MultiAZEnabled` (got true), and a shard has none. '
  + 'Ask for at least one replica, or set `MultiAZEnabled` to false.';
const ZONES = 'Multi-AZ needs subnets in at least two zones: `MultiAZEnabled` (got true), and the subnets of `CacheSubnetGroupName` are all in one. '
  + 'Choose subnets in at least two zones by `CacheSubnetGroupName`, or do without Multi-AZ, which `MultiAZEnabled` asks for.';
const ONE_ZONE = 'Without Multi-AZ a replica may share the zone of its primary and be lost with it: `MultiAZEnabled` (%). Set `MultiAZEnabled` to true.';
const PREFERRED = 'A new group needs one preferred zone for each node, the first for the primary: '
  + '`PreferredCacheClusterAZs` (got %), `NumCacheClusters` (%). List as many zones in `PreferredCacheClusterAZs` as there are nodes.';

testRules(replicationGroupShapeRules, {
  'replication-group-id': {
    severity: 'error',
    legal: [
      [{}],
      [{ ReplicationGroupId: 'a' }],
      [{ ReplicationGroupId: 'a1' }],
      [{ ReplicationGroupId: 'My-Group-1' }],
      [{ ReplicationGroupId: 'a'.repeat(40) }],
    ],
    faults: ['', 'a'.repeat(41), '1a', '-a', 'a-', 'a--b', 'a_b', ' a', 'a ', '$$a$$', 'a.b'].map((id) => [say(NAME, id), { ReplicationGroupId: id }]),
  },
  'replication-group-description': {
    severity: 'error',
    legal: [[{ ReplicationGroupDescription: 'x' }], [{ ReplicationGroupDescription: 'x'.repeat(255) }]],
    faults: [
      [say(DESCRIPTION, 'not set'), {}],
      [say(DESCRIPTION, 'got ""'), { ReplicationGroupDescription: '' }],
      [say(DESCRIPTION, `got "${'x'.repeat(119)}…`), { ReplicationGroupDescription: 'x'.repeat(256) }],
    ],
  },
  'shard-node-count': {
    severity: 'error',
    legal: [[{}], [{ NumCacheClusters: 1 }], [{ NumCacheClusters: 6 }], [{ NumCacheClusters: '2' }]],
    faults: [
      [say(NODES, '0'), { NumCacheClusters: 0 }],
      [say(NODES, '7'), { NumCacheClusters: 7 }],
      [say(NODES, '2.5'), { NumCacheClusters: 2.5 }],
      [say(NODES, '"two"'), { NumCacheClusters: 'two' }],
      [say(NODES, '" "'), { NumCacheClusters: ' ' }],
    ],
  },
  'shard-replica-count': {
    severity: 'error',
    legal: [[{}], [{ ReplicasPerNodeGroup: 0 }], [{ ReplicasPerNodeGroup: 5 }]],
    faults: [
      [say(REPLICAS, '-1'), { ReplicasPerNodeGroup: -1 }],
      [say(REPLICAS, '6'), { ReplicasPerNodeGroup: 6 }],
      [say(REPLICAS, '0.5'), { ReplicasPerNodeGroup: 0.5 }],
    ],
  },
  'node-count-stated-twice': {
    severity: 'error',
    legal: [
      [{ NumCacheClusters: 2 }],
      [{ NumCacheClusters: 2, NumNodeGroups: 1 }],
      [{ NumCacheClusters: 2, NodeGroupConfiguration: [{}] }],
      [{ NumNodeGroups: 2, ReplicasPerNodeGroup: 1 }],
      [{ NumNodeGroups: 2, NodeGroupConfiguration: [{}, {}] }],
    ],
    faults: [
      [
        say(TWICE, '`NumCacheClusters` (got 2), `NumNodeGroups` (got 2), `ReplicasPerNodeGroup` (not set), `NodeGroupConfiguration` (not set)'),
        { NumCacheClusters: 2, NumNodeGroups: 2 },
      ],
      [
        say(TWICE, '`NumCacheClusters` (got 2), `NumNodeGroups` (not set), `ReplicasPerNodeGroup` (got 0), `NodeGroupConfiguration` (not set)'),
        { NumCacheClusters: 2, ReplicasPerNodeGroup: 0 },
      ],
      [
        say(TWICE, '`NumCacheClusters` (got 2), `NumNodeGroups` (not set), `ReplicasPerNodeGroup` (not set), `NodeGroupConfiguration` (got [{},{}])'),
        { NumCacheClusters: 2, NodeGroupConfiguration: [{}, {}] },
      ],
    ],
  },
  'failover-needs-replica': {
    severity: 'error',
    indifferentTo: ['GlobalReplicationGroupId'],
    legal: [
      [{}],
      [{ NumCacheClusters: 2 }],
      [{ NumCacheClusters: 2, AutomaticFailoverEnabled: true }],
      [{ NumCacheClusters: 1, AutomaticFailoverEnabled: false }],
      [{ NumCacheClusters: 1, AutomaticFailoverEnabled: 'false' }],
      [{ NumCacheClusters: 1, GlobalReplicationGroupId: UNKNOWN }],
      [{ NumNodeGroups: 1, ReplicasPerNodeGroup: 0, AutomaticFailoverEnabled: true }],
    ],
    faults: [
      [say(FAILOVER, 'not set'), { NumCacheClusters: 1 }],
      [say(FAILOVER, 'got true'), { NumCacheClusters: 1, AutomaticFailoverEnabled: true, GlobalReplicationGroupId: UNKNOWN }],
    ],
  },
  'multi-az-needs-failover': {
    severity: 'error',
    legal: [
      [{ MultiAZEnabled: true }],
      [{ MultiAZEnabled: true, AutomaticFailoverEnabled: true }],
      [{ MultiAZEnabled: false, AutomaticFailoverEnabled: false }],
      [{ AutomaticFailoverEnabled: false }],
    ],
    faults: [[
      'Multi-AZ needs automatic failover: `MultiAZEnabled` (got true), `AutomaticFailoverEnabled` (got false). '
        + 'Set `AutomaticFailoverEnabled` to true, or `MultiAZEnabled` to false.',
      { MultiAZEnabled: true, AutomaticFailoverEnabled: false },
    ]],
  },
  'multi-az-needs-replica': {
    severity: 'error',
    legal: [
      [{ MultiAZEnabled: true }],
      [{ MultiAZEnabled: true, NumCacheClusters: 2 }],
      [{ MultiAZEnabled: true, ReplicasPerNodeGroup: 1 }],
      [{ MultiAZEnabled: false, NumCacheClusters: 1 }],
      [{ MultiAZEnabled: true, NodeGroupConfiguration: [{ ReplicaCount: 1 }, { ReplicaCount: UNKNOWN }, {}] }],
    ],
    faults: [
      [NO_REPLICA, { MultiAZEnabled: true, NumCacheClusters: 1 }],
      [NO_REPLICA, { MultiAZEnabled: true, ReplicasPerNodeGroup: 0 }],
      [NO_REPLICA, { MultiAZEnabled: true, NodeGroupConfiguration: [{ ReplicaCount: 1 }, { ReplicaCount: 0 }] }],
      [NO_REPLICA, { MultiAZEnabled: true, ReplicasPerNodeGroup: 0, NodeGroupConfiguration: [{ ReplicaCount: 1 }, {}] }],
      [say(NO_REPLICA.replace('got true', 'got "true"')), { MultiAZEnabled: 'true', NumCacheClusters: '1' }],
    ],
  },
  'multi-az-needs-zones': {
    severity: 'error',
    legal: [
      [{ MultiAZEnabled: true }],
      [{ MultiAZEnabled: true }, { maxZones: 2 }],
      [{ MultiAZEnabled: false }, { maxZones: 1 }],
      [{}, { maxZones: 1 }],
    ],
    faults: [[ZONES, { MultiAZEnabled: true }, { maxZones: 1 }]],
  },
  'no-replica': {
    severity: 'warning',
    legal: [[{}], [{ NumCacheClusters: 2 }]],
    faults: [[
      'Without a replica the loss of one node loses the data and stops every client: `NumCacheClusters` (got 1). '
        + 'Ask for at least one replica by `NumCacheClusters`.',
      { NumCacheClusters: 1 },
    ]],
  },
  'no-replica-per-shard': {
    severity: 'warning',
    legal: [[{}], [{ ReplicasPerNodeGroup: 1 }], [{ ReplicasPerNodeGroup: 0, NodeGroupConfiguration: [{ ReplicaCount: 1 }] }]],
    faults: [[
      'Without replicas the loss of one node loses the data of its shard, and later updates may fail for want of a replica: '
        + '`ReplicasPerNodeGroup` (got 0). Ask for at least one replica by `ReplicasPerNodeGroup`.',
      { ReplicasPerNodeGroup: 0 },
    ]],
  },
  'multi-az-off': {
    severity: 'warning',
    legal: [
      [{}],
      [{ NumCacheClusters: 1 }],
      [{ NumCacheClusters: 2, MultiAZEnabled: true }],
      [{ ReplicasPerNodeGroup: 0, MultiAZEnabled: false }],
    ],
    faults: [
      [say(ONE_ZONE, 'not set'), { NumCacheClusters: 2 }],
      [say(ONE_ZONE, 'got false'), { NumCacheClusters: 2, MultiAZEnabled: false }],
      [say(ONE_ZONE, 'got false'), { ReplicasPerNodeGroup: 1, MultiAZEnabled: false }],
      [say(ONE_ZONE, 'not set'), { NodeGroupConfiguration: [{ ReplicaCount: 0 }, { ReplicaCount: 1 }] }],
    ],
  },
  'preferred-zones-count': {
    severity: 'warning',
    legal: [
      [{ NumCacheClusters: 2 }],
      [{ PreferredCacheClusterAZs: [], NumCacheClusters: 2 }],
      [{ PreferredCacheClusterAZs: ['a', 'a'], NumCacheClusters: 2 }],
      [{ PreferredCacheClusterAZs: [UNKNOWN, UNKNOWN], NumCacheClusters: 2 }],
    ],
    faults: [
      [say(PREFERRED, '["a"]', 'got 2'), { PreferredCacheClusterAZs: ['a'], NumCacheClusters: 2 }],
      [say(PREFERRED, '["a","b","c"]', 'got 2'), { PreferredCacheClusterAZs: ['a', 'b', 'c'], NumCacheClusters: 2 }],
      [say(PREFERRED, '["(known after deployment)"]', 'not set'), { PreferredCacheClusterAZs: [UNKNOWN] }],
    ],
  },
  'preferred-zones-multi-az': {
    severity: 'error',
    legal: [
      [{ MultiAZEnabled: true }],
      [{ MultiAZEnabled: true, PreferredCacheClusterAZs: ['a'] }],
      [{ MultiAZEnabled: true, PreferredCacheClusterAZs: ['a', 'b'] }],
      [{ MultiAZEnabled: true, PreferredCacheClusterAZs: ['a', 'a', 'b'] }],
      [{ MultiAZEnabled: false, PreferredCacheClusterAZs: ['a', 'a'] }],
      [{ MultiAZEnabled: true, PreferredCacheClusterAZs: ['a', 'a', UNKNOWN] }],
    ],
    faults: [[
      'Multi-AZ keeps the nodes in at least two zones: `MultiAZEnabled` (got true), `PreferredCacheClusterAZs` (got ["a","a"]). '
        + 'List a second zone in `PreferredCacheClusterAZs`, or set `MultiAZEnabled` to false.',
      { MultiAZEnabled: true, PreferredCacheClusterAZs: ['a', 'a'] },
    ]],
  },
});
