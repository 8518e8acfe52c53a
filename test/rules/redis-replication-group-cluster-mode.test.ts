import { say, testRules } from './cases';
import { replicationGroupClusterModeRules } from '../../src/rules/redis-replication-group-cluster-mode';
import { Description, PropertyValue, Surroundings, UNKNOWN } from '../../src/rules/rule';

const group = (parameters: PropertyValue): Surroundings => ({
  behind: (property): Description[] => property !== 'CacheParameterGroupName' ? [] : [
    { type: 'AWS::SSM::Parameter', properties: {} },
    { type: 'AWS::ElastiCache::ParameterGroup', properties: { CacheParameterGroupFamily: 'redis7', Properties: parameters } },
  ],
});
const CLUSTERED = group({ 'cluster-enabled': 'yes' });
const UNCLUSTERED = group({ 'cluster-enabled': 'no' });

const MODE = 'Cluster mode enabled or compatible, and more than one shard, need cluster-enabled yes in the parameter group `CacheParameterGroupName`, '
  + 'and cluster mode disabled needs no: `ClusterMode` (%), `NumNodeGroups` (%). Set cluster-enabled in `CacheParameterGroupName` to what the cluster mode needs.';
const FAILOVER = 'Cluster mode enabled or compatible needs automatic failover: `AutomaticFailoverEnabled` (got false). Set `AutomaticFailoverEnabled` to true.';
const ONE_SHARD = 'A group has one shard until cluster mode is enabled: `ClusterMode` (got "%"), `NumNodeGroups` (%), `NodeGroupConfiguration` (%). '
  + 'Set `ClusterMode` to enabled, or ask for one shard.';
const NO_REPLICA = 'Cluster mode compatible needs at least one replica: `ClusterMode` (got "compatible"), and there is none. '
  + 'Ask for at least one replica before `ClusterMode` is changed.';
const VERSION = 'Cluster mode compatible needs Redis OSS 7.0 or later, or Valkey: `ClusterMode` (got "compatible"), `EngineVersion` (got "%"). '
  + 'Raise `EngineVersion`, or leave `ClusterMode` out.';
const PREFERRED = 'Preferred zones are for a group of one shard: `PreferredCacheClusterAZs` (got ["a","b"]). '
  + 'Leave `PreferredCacheClusterAZs` out, and give each shard its zones in `NodeGroupConfiguration`.';

testRules(replicationGroupClusterModeRules, {
  'cluster-mode-word': {
    severity: 'error',
    legal: [[{}], [{ ClusterMode: 'enabled' }], [{ ClusterMode: 'disabled' }], [{ ClusterMode: 'compatible' }]],
    faults: [['Cluster mode is enabled, disabled or compatible: `ClusterMode` (got "on"). Set `ClusterMode` to one of the three.', { ClusterMode: 'on' }]],
  },
  'cluster-mode-parameter': {
    severity: 'error',
    legal: [
      [{ ClusterMode: 'enabled' }],
      [{ ClusterMode: 'enabled', CacheParameterGroupName: UNKNOWN }],
      [{ ClusterMode: 'enabled', CacheParameterGroupName: 'mine' }, { behind: () => [] }],
      [{ ClusterMode: 'enabled', CacheParameterGroupName: 'default.redis7.cluster.on' }],
      [{ ClusterMode: 'enabled' }, CLUSTERED],
      [{ ClusterMode: 'compatible' }, CLUSTERED],
      [{ NumNodeGroups: 2 }, CLUSTERED],
      [{ NumNodeGroups: 1 }, CLUSTERED],
      [{ NumNodeGroups: 1 }, UNCLUSTERED],
      [{}, CLUSTERED],
      [{}, UNCLUSTERED],
      [{ ClusterMode: 'disabled' }, UNCLUSTERED],
      [{ ClusterMode: 'disabled' }, group({})],
      [{ ClusterMode: 'disabled' }, group(UNKNOWN)],
      [{ ClusterMode: 'enabled' }, group(UNKNOWN)],
      [{ ClusterMode: 'enabled' }, group({ 'cluster-enabled': UNKNOWN })],
    ],
    faults: [
      [say(MODE, 'got "enabled"', 'not set'), { ClusterMode: 'enabled' }, UNCLUSTERED],
      [say(MODE, 'got "enabled"', 'not set'), { ClusterMode: 'enabled' }, group({})],
      [say(MODE, 'got "compatible"', 'got 1'), { ClusterMode: 'compatible', NumNodeGroups: 1 }, UNCLUSTERED],
      [say(MODE, 'not set', 'got 2'), { NumNodeGroups: 2 }, UNCLUSTERED],
      [say(MODE, 'not set', 'not set'), { NodeGroupConfiguration: [{}, {}] }, UNCLUSTERED],
      [say(MODE, 'not set', 'got 2'), { NumNodeGroups: 2, CacheParameterGroupName: 'default.redis7' }],
      [say(MODE, 'got "disabled"', 'not set'), { ClusterMode: 'disabled' }, CLUSTERED],
      [say(MODE, 'got "disabled"', 'not set'), { ClusterMode: 'disabled', CacheParameterGroupName: 'default.redis7.cluster.on' }],
    ],
  },
  'cluster-mode-failover': {
    severity: 'error',
    legal: [
      [{ NumNodeGroups: 2 }],
      [{ NumNodeGroups: 2, AutomaticFailoverEnabled: true }],
      [{ ClusterMode: 'enabled', AutomaticFailoverEnabled: true }, CLUSTERED],
      [{ ClusterMode: 'disabled', AutomaticFailoverEnabled: false }, UNCLUSTERED],
      [{ AutomaticFailoverEnabled: false }],
      [{ AutomaticFailoverEnabled: false }, UNCLUSTERED],
      [{ AutomaticFailoverEnabled: false }, group({ 'cluster-enabled': UNKNOWN })],
      [{ NodeGroupConfiguration: [{}], AutomaticFailoverEnabled: false }],
    ],
    faults: [
      [FAILOVER, { NumNodeGroups: 2, AutomaticFailoverEnabled: false }],
      [FAILOVER, { NodeGroupConfiguration: [{}, {}], AutomaticFailoverEnabled: false }],
      [FAILOVER, { ClusterMode: 'enabled', AutomaticFailoverEnabled: false }],
      [FAILOVER, { ClusterMode: 'compatible', AutomaticFailoverEnabled: false }],
      [FAILOVER, { AutomaticFailoverEnabled: false }, CLUSTERED],
      [FAILOVER, { AutomaticFailoverEnabled: false, CacheParameterGroupName: 'default.valkey8.cluster.on' }],
    ],
  },
  'cluster-mode-shards': {
    severity: 'error',
    legal: [
      [{ NumNodeGroups: 2 }],
      [{ ClusterMode: 'enabled', NumNodeGroups: 2 }],
      [{ ClusterMode: 'disabled' }],
      [{ ClusterMode: 'disabled', NumNodeGroups: 1 }],
      [{ ClusterMode: 'compatible', NodeGroupConfiguration: [{}] }],
    ],
    faults: [
      [say(ONE_SHARD, 'disabled', 'got 2', 'not set'), { ClusterMode: 'disabled', NumNodeGroups: 2 }],
      [say(ONE_SHARD, 'compatible', 'got 2', 'not set'), { ClusterMode: 'compatible', NumNodeGroups: 2 }],
      [say(ONE_SHARD, 'compatible', 'not set', 'got [{},{}]'), { ClusterMode: 'compatible', NodeGroupConfiguration: [{}, {}] }],
    ],
  },
  'compatible-needs-replica': {
    severity: 'error',
    legal: [
      [{ ClusterMode: 'compatible' }],
      [{ ClusterMode: 'compatible', NumCacheClusters: 2 }],
      [{ ClusterMode: 'compatible', ReplicasPerNodeGroup: 1 }],
      [{ ClusterMode: 'enabled', ReplicasPerNodeGroup: 0 }],
      [{ ClusterMode: 'disabled', NumCacheClusters: 1 }],
    ],
    faults: [
      [NO_REPLICA, { ClusterMode: 'compatible', NumCacheClusters: 1 }],
      [NO_REPLICA, { ClusterMode: 'compatible', ReplicasPerNodeGroup: 0 }],
      [NO_REPLICA, { ClusterMode: 'compatible', NodeGroupConfiguration: [{ ReplicaCount: 0 }] }],
    ],
  },
  'compatible-engine-version': {
    severity: 'error',
    legal: [
      [{ ClusterMode: 'compatible', Engine: 'redis', EngineVersion: '7.0' }],
      [{ ClusterMode: 'compatible', Engine: 'valkey', EngineVersion: '7.2' }],
      [{ ClusterMode: 'compatible', Engine: 'valkey', EngineVersion: '99.0' }],
      [{ ClusterMode: 'compatible' }],
      [{ ClusterMode: 'enabled', Engine: 'redis', EngineVersion: '6.2' }],
      [{ Engine: 'redis', EngineVersion: '5.0.6' }],
    ],
    faults: [
      [say(VERSION, '6.2'), { ClusterMode: 'compatible', Engine: 'redis', EngineVersion: '6.2' }],
      [say(VERSION, '5.0.6'), { ClusterMode: 'compatible', Engine: 'redis', EngineVersion: '5.0.6' }],
    ],
  },
  'cluster-mode-preferred-zones': {
    severity: 'warning',
    legal: [
      [{ NumNodeGroups: 2 }],
      [{ PreferredCacheClusterAZs: [], NumNodeGroups: 2 }],
      [{ PreferredCacheClusterAZs: ['a', 'b'], NumNodeGroups: 1 }],
      [{ PreferredCacheClusterAZs: ['a', 'b'] }],
    ],
    faults: [
      [PREFERRED, { PreferredCacheClusterAZs: ['a', 'b'], NumNodeGroups: 2 }],
      [PREFERRED, { PreferredCacheClusterAZs: ['a', 'b'], NodeGroupConfiguration: [{}, {}] }],
    ],
  },
});
