import { alarmRules } from './alarm';
import { compositeAlarmRules } from './alarm-composite';
import { cacheClusterRules } from './cache-cluster';
import { scalableTargetRules, scalingPolicyRules } from './cache-scaling';
import { cacheUserRules } from './cache-user';
import { parameterGroupRules } from './parameter-group';
import { memcachedParameterGroupRules } from './parameter-group-memcached';
import { replicationGroupRules } from './redis-replication-group';
import { Rule } from './rule';
import { subnetGroupRules } from './subnet-group';
import { userGroupRules } from './user-group';

/** Every rule about node-based Redis OSS, Valkey and Memcached, and about the alarms on them. */
export const elasticacheRules: readonly Rule[] = [
  ...replicationGroupRules,
  ...cacheClusterRules,
  ...parameterGroupRules,
  ...memcachedParameterGroupRules,
  ...subnetGroupRules,
  ...cacheUserRules,
  ...userGroupRules,
  ...scalableTargetRules,
  ...scalingPolicyRules,
  ...alarmRules,
  ...compositeAlarmRules,
];
