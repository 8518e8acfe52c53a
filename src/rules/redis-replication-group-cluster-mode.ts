import { offers, parameterGroupOf } from './engine';
import { REPLICATION_GROUP } from './resource-types';
import { isUnknown, rulesOf } from './rule';
import { asksForClusterMode, isClustered, replicaCounts, shardCount } from './shards';
import { asWord, isFalse, isGiven, isOneOf } from './values';
import { CLUSTER_MODES } from '../facts/elasticache-limits';

const CREATE = 'ElastiCache API Reference, CreateReplicationGroup';
const MODIFY = 'ElastiCache User Guide, "Modifying cluster mode" (modify-cluster-mode)';
const ASKED = ['ClusterMode', 'NumNodeGroups', 'NodeGroupConfiguration[]'];

/** Cluster mode of a replication group, and what it takes. */
export const replicationGroupClusterModeRules = rulesOf(REPLICATION_GROUP, [
  {
    id: 'cluster-mode-word',
    severity: 'error',
    source: `${CREATE} (ClusterMode)`,
    reads: ['ClusterMode'],
    text: 'Cluster mode is enabled, disabled or compatible: {ClusterMode}.',
    remedy: 'Set {ClusterMode} to one of the three.',
    holds: (p) => isOneOf(p.ClusterMode, CLUSTER_MODES),
  },
  {
    id: 'cluster-mode-parameter',
    severity: 'error',
    source: MODIFY,
    reads: ASKED,
    text: 'Cluster mode enabled or compatible, and more than one shard, need cluster-enabled yes in the parameter group {CacheParameterGroupName:name}, '
      + 'and cluster mode disabled needs no: {ClusterMode}, {NumNodeGroups}.',
    remedy: 'Set cluster-enabled in {CacheParameterGroupName} to what the cluster mode needs.',
    holds: (p, around) => {
      const group = parameterGroupOf(p, around);
      const value = group?.valueOf('cluster-enabled');
      if (group === undefined || isUnknown(value)) {
        return true;
      }
      const enabled = asWord(value) === 'yes';
      return asksForClusterMode(p) ? enabled : !(enabled && asWord(p.ClusterMode) === 'disabled');
    },
  },
  {
    id: 'cluster-mode-failover',
    severity: 'error',
    source: `${CREATE} (AutomaticFailoverEnabled)`,
    reads: [...ASKED, 'AutomaticFailoverEnabled'],
    text: 'Cluster mode enabled or compatible needs automatic failover: {AutomaticFailoverEnabled}.',
    remedy: 'Set {AutomaticFailoverEnabled} to true.',
    holds: (p, around) => !isFalse(p.AutomaticFailoverEnabled) || isClustered(p, around) !== true,
  },
  {
    id: 'cluster-mode-shards',
    severity: 'error',
    source: `${CREATE} (NumNodeGroups)`,
    reads: ASKED,
    text: 'A group has one shard until cluster mode is enabled: {ClusterMode}, {NumNodeGroups}, {NodeGroupConfiguration}.',
    remedy: 'Set {ClusterMode} to enabled, or ask for one shard.',
    holds: (p) => !['disabled', 'compatible'].includes(asWord(p.ClusterMode) ?? '') || shardCount(p) <= 1,
  },
  {
    id: 'compatible-needs-replica',
    severity: 'error',
    source: MODIFY,
    reads: ['ClusterMode', 'NumCacheClusters', 'ReplicasPerNodeGroup', 'NodeGroupConfiguration[]'],
    text: 'Cluster mode compatible needs at least one replica: {ClusterMode}, and there is none.',
    remedy: 'Ask for at least one replica before {ClusterMode} is changed.',
    holds: (p) => asWord(p.ClusterMode) !== 'compatible' || !replicaCounts(p).includes(0),
  },
  {
    id: 'compatible-engine-version',
    severity: 'error',
    source: MODIFY,
    reads: ['ClusterMode', 'Engine', 'EngineVersion'],
    text: 'Cluster mode compatible needs Redis OSS 7.0 or later, or Valkey: {ClusterMode}, {EngineVersion}.',
    remedy: 'Raise {EngineVersion}, or leave {ClusterMode} out.',
    holds: (p) => asWord(p.ClusterMode) !== 'compatible' || offers(p, 'clusterModeMigration'),
  },
  {
    id: 'cluster-mode-preferred-zones',
    severity: 'warning',
    source: `${CREATE} (PreferredCacheClusterAZs)`,
    reads: ['PreferredCacheClusterAZs[]', 'NumNodeGroups', 'NodeGroupConfiguration[]'],
    text: 'Preferred zones are for a group of one shard: {PreferredCacheClusterAZs}.',
    remedy: 'Leave {PreferredCacheClusterAZs} out, and give each shard its zones in {NodeGroupConfiguration}.',
    holds: (p) => !isGiven(p.PreferredCacheClusterAZs) || shardCount(p) <= 1,
  },
]);
