import { replicationGroupClusterModeRules } from './redis-replication-group-cluster-mode';
import { replicationGroupDurabilityRules } from './redis-replication-group-durability';
import { replicationGroupEngineRules } from './redis-replication-group-engine';
import { replicationGroupGlobalRules } from './redis-replication-group-global';
import { replicationGroupNetworkRules } from './redis-replication-group-network';
import { replicationGroupOperationsRules } from './redis-replication-group-operations';
import { replicationGroupSecurityRules } from './redis-replication-group-security';
import { replicationGroupShapeRules } from './redis-replication-group-shape';
import { replicationGroupShardRules } from './redis-replication-group-shards';
import { Rule } from './rule';

/** Everything that is asked of `AWS::ElastiCache::ReplicationGroup`. */
export const replicationGroupRules: readonly Rule[] = [
  ...replicationGroupShapeRules,
  ...replicationGroupClusterModeRules,
  ...replicationGroupShardRules,
  ...replicationGroupEngineRules,
  ...replicationGroupSecurityRules,
  ...replicationGroupOperationsRules,
  ...replicationGroupNetworkRules,
  ...replicationGroupDurabilityRules,
  ...replicationGroupGlobalRules,
];
