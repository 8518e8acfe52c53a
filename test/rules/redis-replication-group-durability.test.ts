import { say, testRules } from './cases';
import { replicationGroupDurabilityRules } from '../../src/rules/redis-replication-group-durability';
import { Properties, PropertyValue, UNDECIDED, UNKNOWN } from '../../src/rules/rule';

const sync = (properties: { [name: string]: PropertyValue }): Properties => ({ Durability: 'sync', ...properties });
const OFF = { Durability: 'disabled' };

const WORD = 'Durability is default, async, sync, disabled: `Durability` (got "%"). Set `Durability` to one of them.';
const VERSION = 'Durability needs Valkey 9.0 or later: `Durability` (got "sync"), `Engine` (got "%"), `EngineVersion` (%). '
  + 'Set `Engine` to valkey and `EngineVersion` to 9.0 or later, or set `Durability` to disabled.';
const MODE = 'Durability needs cluster mode enabled: `Durability` (got "sync"). Enable cluster mode by `ClusterMode`, or set `Durability` to disabled.';
const FAMILY = 'AWS lists durability for the families r8g, r7g, r6g, m8g, m7g, m6g, c8gn, c7gn only: `Durability` (got "%"), `CacheNodeType` (got "%"). '
  + 'Choose a type of one of them for `CacheNodeType`, or set `Durability` to disabled.';
const REPLICA = 'Durability needs a replica in every shard: `Durability` (got "%"), and a shard has none. '
  + 'Ask for at least one replica, or set `Durability` to disabled.';
const ZONES = 'Durability needs Multi-AZ: `Durability` (got "sync"), `MultiAZEnabled` (%). Set `MultiAZEnabled` to true, or `Durability` to disabled.';
const TLS = 'Durability needs in-transit encryption: `Durability` (got "sync"), `TransitEncryptionEnabled` (%). '
  + 'Turn `TransitEncryptionEnabled` on, or set `Durability` to disabled.';

testRules(replicationGroupDurabilityRules, {
  'durability-word': {
    severity: 'error',
    legal: [[{}], ...['default', 'async', 'sync', 'disabled'].map((word): [Properties] => [{ Durability: word }])],
    faults: ['on', 'true', ''].map((word) => [say(WORD, word), { Durability: word }]),
  },
  'durability-engine-version': {
    severity: 'error',
    legal: [
      [sync({ Engine: 'valkey', EngineVersion: '9.0' })],
      [sync({ Engine: 'valkey', EngineVersion: '99.0' })],
      [sync({ Engine: 'valkey' })],
      [{ Engine: 'redis', EngineVersion: '7.1' }],
      [{ ...OFF, Engine: 'redis', EngineVersion: '7.1' }],
      [{ Durability: 'default', Engine: 'valkey', EngineVersion: '8.2' }],
    ],
    faults: [
      [say(VERSION, 'valkey', 'got "8.2"'), sync({ Engine: 'valkey', EngineVersion: '8.2' })],
      [say(VERSION, 'redis', 'got "7.1"'), sync({ Engine: 'redis', EngineVersion: '7.1' })],
      [say(VERSION, 'redis', 'not set'), sync({ Engine: 'redis' })],
    ],
  },
  'durability-cluster-mode': {
    severity: 'error',
    legal: [
      [sync({ ClusterMode: 'enabled' })],
      [sync({ NumNodeGroups: 2 })],
      [sync({ NumNodeGroups: 1 })],
      [sync({ CacheParameterGroupName: 'default.valkey9.cluster.on' })],
      [{ ...OFF, ClusterMode: 'disabled' }],
      [{ CacheParameterGroupName: 'default.valkey9' }],
    ],
    faults: [
      [MODE, sync({ ClusterMode: 'disabled' })],
      [MODE, sync({ ClusterMode: 'compatible' })],
      [MODE, sync({ CacheParameterGroupName: 'default.valkey9' })],
    ],
  },
  'durability-node-type': {
    severity: 'warning',
    legal: [
      [sync({ CacheNodeType: 'cache.r7g.large' })],
      [sync({ CacheNodeType: 'cache.r8g.large' })],
      [sync({ CacheNodeType: 'cache.c7gn.large' })],
      [sync({ CacheNodeType: 'cache.z9.huge' })],
      [{ ...OFF, CacheNodeType: 'cache.t4g.medium' }],
    ],
    faults: [
      [say(FAMILY, 'sync', 'cache.t4g.medium'), sync({ CacheNodeType: 'cache.t4g.medium' })],
      [say(FAMILY, 'async', 'cache.r6gd.xlarge'), { Durability: 'async', CacheNodeType: 'cache.r6gd.xlarge' }],
    ],
  },
  'durability-needs-replica': {
    severity: 'error',
    legal: [
      [sync({})],
      [sync({ ReplicasPerNodeGroup: 1 })],
      [sync({ NodeGroupConfiguration: [{ ReplicaCount: 1 }, { ReplicaCount: UNKNOWN }] })],
      [{ ...OFF, ReplicasPerNodeGroup: 0 }],
    ],
    faults: [
      [say(REPLICA, 'sync'), sync({ ReplicasPerNodeGroup: 0 })],
      [say(REPLICA, 'ASYNC'), { Durability: 'ASYNC', NodeGroupConfiguration: [{ ReplicaCount: 1 }, { ReplicaCount: 0 }] }],
      [say(REPLICA, 'sync'), sync({ NumCacheClusters: 1 })],
    ],
  },
  'durability-needs-multi-az': {
    severity: 'error',
    legal: [[sync({ MultiAZEnabled: true })], [OFF], [{ ...OFF, MultiAZEnabled: false }]],
    faults: [[say(ZONES, 'not set'), sync({})], [say(ZONES, 'got false'), sync({ MultiAZEnabled: false })]],
  },
  'durability-needs-tls': {
    severity: 'error',
    legal: [[sync({ TransitEncryptionEnabled: true })], [OFF], [{ ...OFF, TransitEncryptionEnabled: false }]],
    faults: [[say(TLS, 'not set'), sync({})], [say(TLS, 'got false'), sync({ TransitEncryptionEnabled: false })]],
  },
  'durability-at-rest-encryption': {
    severity: 'warning',
    legal: [[sync({})], [sync({ AtRestEncryptionEnabled: true })], [{ ...OFF, AtRestEncryptionEnabled: false }]],
    faults: [[
      'Durability encrypts at rest, whatever is asked for: `Durability` (got "sync"), `AtRestEncryptionEnabled` (got false). '
        + 'Turn `AtRestEncryptionEnabled` on.',
      sync({ AtRestEncryptionEnabled: false }),
    ]],
  },
  'durability-data-tiering': {
    severity: 'error',
    legal: [[sync({})], [sync({ DataTieringEnabled: false })], [{ ...OFF, DataTieringEnabled: true }]],
    faults: [[
      'Durability and data tiering exclude each other: `Durability` (got "sync"), `DataTieringEnabled` (got true). '
        + 'Set `DataTieringEnabled` to false and choose another node type, or set `Durability` to disabled.',
      sync({ DataTieringEnabled: true }),
    ]],
  },
  'durability-global-datastore': {
    severity: 'error',
    indifferentTo: ['GlobalReplicationGroupId'],
    legal: [[sync({})], [sync({ GlobalReplicationGroupId: UNDECIDED })], [{ ...OFF, GlobalReplicationGroupId: UNKNOWN }]],
    faults: [[
      'Durability is not offered in a Global Datastore: `Durability` (got "sync"), and `GlobalReplicationGroupId` is set. '
        + 'Set `Durability` to disabled, or leave `GlobalReplicationGroupId` out.',
      sync({ GlobalReplicationGroupId: UNKNOWN }),
    ]],
  },
});
