import { CACHE_CLUSTER_NAME_MAX_LENGTH, REPLICATION_GROUP_ID_MAX_LENGTH, SUBNET_GROUP_NAME_MAX_LENGTH, USER_ID_MAX_LENGTH } from '../facts/elasticache-limits';

/** The grammars of ElastiCache's names. AWS stores each in lower case, so capitals are legal. */

/** ElastiCache API Reference, CreateReplicationGroup: begins with a letter, no hyphen at the end, no two in a row. */
export function isReplicationGroupId(text: string): boolean {
  return text.length <= REPLICATION_GROUP_ID_MAX_LENGTH && isHyphenated(text);
}

/** ElastiCache API Reference, CreateCacheCluster: the same grammar. */
export function isCacheClusterName(text: string): boolean {
  return text.length <= CACHE_CLUSTER_NAME_MAX_LENGTH && isHyphenated(text);
}

/** ElastiCache API Reference, CreateUserGroup. */
export function isUserGroupId(text: string): boolean {
  return text.length <= USER_ID_MAX_LENGTH && isUserId(text);
}

/** ElastiCache API Reference, CreateUser: the page prints no bound. */
export function isUserId(text: string): boolean {
  return /^[a-z][a-z0-9-]*$/i.test(text);
}

/** ElastiCache API Reference, CreateCacheSubnetGroup: letters, digits and hyphens. */
export function isSubnetGroupName(text: string): boolean {
  return text.length <= SUBNET_GROUP_NAME_MAX_LENGTH && /^[a-z0-9-]+$/i.test(text);
}

function isHyphenated(text: string): boolean {
  return /^[a-z](-?[a-z0-9])*$/i.test(text);
}
