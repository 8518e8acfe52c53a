import { scalableTargetRules, scalingPolicyRules } from './cache-scaling';
import { cacheUserRules } from './cache-user';
import { parameterGroupRules } from './parameter-group';
import { replicationGroupRules } from './redis-replication-group';
import { Rule } from './rule';
import { subnetGroupRules } from './subnet-group';
import { userGroupRules } from './user-group';

/** Every rule about node-based Redis OSS and Valkey. */
export const elasticacheRules: readonly Rule[] = [
  ...replicationGroupRules,
  ...parameterGroupRules,
  ...subnetGroupRules,
  ...cacheUserRules,
  ...userGroupRules,
  ...scalableTargetRules,
  ...scalingPolicyRules,
];
