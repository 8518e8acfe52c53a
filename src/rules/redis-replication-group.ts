import { replicationGroupEngineRules } from './redis-replication-group-engine';
import { replicationGroupOperationsRules } from './redis-replication-group-operations';
import { replicationGroupSecurityRules } from './redis-replication-group-security';
import { replicationGroupShapeRules } from './redis-replication-group-shape';
import { Rule } from './rule';

/** Everything that is asked of `AWS::ElastiCache::ReplicationGroup`. */
export const replicationGroupRules: readonly Rule[] = [
  ...replicationGroupShapeRules,
  ...replicationGroupEngineRules,
  ...replicationGroupSecurityRules,
  ...replicationGroupOperationsRules,
];
