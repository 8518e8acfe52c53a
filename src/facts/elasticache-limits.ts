/** Names, counts and ranges of ElastiCache. Quotas that AWS raises on request are marked as such. */

/** ElastiCache API Reference, CreateReplicationGroup (ReplicationGroupId). */
export const REPLICATION_GROUP_ID_MAX_LENGTH = 40;

/** ElastiCache API Reference, CreateCacheCluster (CacheClusterId). */
export const CACHE_CLUSTER_NAME_MAX_LENGTH = 50;

/**
 * Ids of users and user groups. The API Reference prints no bound; longer ids of user groups were seen to be refused at deployment
 * (github.com/aws/aws-cdk/pull/36459).
 */
export const USER_ID_MAX_LENGTH = 40;

/** ElastiCache API Reference, CreateReplicationGroup (ReplicationGroupDescription). */
export const DESCRIPTION_MAX_LENGTH = 255;

/** ElastiCache API Reference, CreateCacheSubnetGroup (CacheSubnetGroupName). */
export const SUBNET_GROUP_NAME_MAX_LENGTH = 255;

/** ElastiCache User Guide, "Quotas" (quota-limits): nodes per shard, the primary among them. Not raisable. */
export const MAX_NODES_PER_SHARD = 6;

/** ElastiCache API Reference, CreateReplicationGroup (NumNodeGroups) and ElastiCache User Guide, "Quotas" (quota-limits). Not raisable. */
export const MAX_SHARDS = 500;

/** ElastiCache User Guide, "Quotas" (quota-limits): nodes of a group in cluster mode, raisable up to the most. */
export const NODES_PER_CLUSTER = { quota: 90, most: 500, mostBefore: 250, since: '5.0.6' } as const;

/** ElastiCache User Guide, "Quotas" (quota-limits): nodes of a Memcached cluster. Raisable. */
export const NODES_PER_MEMCACHED_CLUSTER = 60;

/** ElastiCache API Reference, NodeGroupConfiguration (Slots): the keyspace is 0 to 16383. */
export const HASH_SLOTS = 16384;

/** ElastiCache User Guide, "Quotas" (quota-limits). Raisable. */
export const SUBNETS_PER_SUBNET_GROUP = 20;

/** ElastiCache User Guide, "Quotas" (quota-limits). Raisable. */
export const USERS_PER_USER_GROUP = 100;

/** ElastiCache API Reference, CreateReplicationGroup (SnapshotRetentionLimit); 0 switches backups off. */
export const SNAPSHOT_RETENTION_DAYS_MAX = 35;

/** ElastiCache API Reference, CreateReplicationGroup (SnapshotWindow, PreferredMaintenanceWindow). */
export const WINDOW_MIN_MINUTES = 60;

/** The service's own words when it refuses port 1: "Valid range is 1150-8004,8006-65535" (cdk-preflight, pf-elasticache-port). */
export const PORT = { min: 1150, max: 65535 } as const;

/** ElastiCache User Guide, "Set up ElastiCache" (set-up). */
export const DEFAULT_PORT = 6379;

/** ElastiCache User Guide, "Set up ElastiCache" (set-up). */
export const MEMCACHED_DEFAULT_PORT = 11211;

/** Left out of that range: reserved by the service. */
export const RESERVED_PORT = 8005;

/** ElastiCache User Guide, "Authenticating with the AUTH command" (auth). */
export const AUTH_TOKEN_LENGTH = { min: 16, max: 128 } as const;

/** ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC). */
export const USER_PASSWORD_LENGTH = { min: 16, max: 128 } as const;

/** ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC): two, so that one can be rotated. */
export const PASSWORDS_PER_USER = 2;

/** ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC). */
export const PASSWORD_FORBIDDEN = [',', '"', '/', '@'] as const;

/** ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC): a replication group is given one. */
export const USER_GROUPS_PER_REPLICATION_GROUP = 1;

/** ElastiCache User Guide, "Data tiering" (data-tiering): the eviction policies that it allows. */
export const DATA_TIERING_EVICTION_POLICIES = ['volatile-lru', 'allkeys-lru', 'noeviction'] as const;

/** ElastiCache User Guide, "Configuring durability" (Durability.Configuring); what `default` means is AWS's choice. */
export const DURABILITIES = ['default', 'async', 'sync', 'disabled'] as const;

/** ElastiCache User Guide, "Limitations" (Durability.Limitations). */
export const DURABILITY_FAMILIES = ['r8g', 'r7g', 'r6g', 'm8g', 'm7g', 'm6g', 'c8gn', 'c7gn'] as const;

/** ElastiCache API Reference, CreateReplicationGroup (TransitEncryptionMode). */
export const TRANSIT_ENCRYPTION_MODES = ['preferred', 'required'] as const;

/** ElastiCache API Reference, CreateReplicationGroup (ClusterMode). */
export const CLUSTER_MODES = ['enabled', 'disabled', 'compatible'] as const;

/** ElastiCache User Guide, "Log delivery" (Log_Delivery). */
export const LOG_DESTINATION_TYPES = ['cloudwatch-logs', 'kinesis-firehose'] as const;

/** ElastiCache User Guide, "Log delivery" (Log_Delivery). */
export const LOG_FORMATS = ['json', 'text'] as const;

/** ElastiCache User Guide, "Choosing a network type" (network-type). */
export const NETWORK_TYPES = ['ipv4', 'ipv6', 'dual_stack'] as const;

/** ElastiCache User Guide, "Choosing a network type" (network-type): the family that discovery answers with. */
export const IP_DISCOVERIES = ['ipv4', 'ipv6'] as const;

/** ElastiCache API Reference, CreateCacheCluster (AZMode). */
export const AZ_MODES = ['single-az', 'cross-az'] as const;

/** ElastiCache User Guide, "In-transit encryption" (in-transit-encryption): node families on which Memcached speaks no TLS. */
export const MEMCACHED_FAMILIES_WITHOUT_TLS = ['m1', 'm2', 'm3', 'r3', 't2'] as const;

/** CloudWatch User Guide, "Recommended alarms" (ElastiCache, CurrConnections): connections of a node, of any engine; burstable nodes take fewer. */
export const CONNECTIONS_PER_NODE = { most: 65000, burstable: { micro: 20000, small: 46000, medium: 46000 } } as const;

/** Amazon EC2 User Guide, "Key concepts for burstable performance instances": credits earned in an hour, and kept for a day. */
export const CPU_CREDITS_PER_HOUR: { readonly [family: string]: { readonly [size: string]: number } } = {
  t2: { micro: 6, small: 12, medium: 24 },
  t3: { micro: 12, small: 24, medium: 24 },
  t4g: { micro: 12, small: 24, medium: 24 },
};
