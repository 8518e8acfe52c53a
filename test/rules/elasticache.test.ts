import { elasticacheRules } from '../../src/rules/elasticache';
import { Description, findFaults, Properties, Surroundings, UNKNOWN } from '../../src/rules/rule';

/** Type, severity, id and source of every rule; those of the single parameters follow from one table. */
const CATALOGUE = [
  ['ReplicationGroup', 'error', 'replication-group-id', 'ElastiCache API Reference, CreateReplicationGroup (ReplicationGroupId)'],
  ['ReplicationGroup', 'error', 'replication-group-description', 'ElastiCache API Reference, CreateReplicationGroup (ReplicationGroupDescription)'],
  ['ReplicationGroup', 'error', 'shard-node-count', 'ElastiCache User Guide, "Quotas" (quota-limits)'],
  ['ReplicationGroup', 'error', 'shard-replica-count', 'ElastiCache User Guide, "Quotas" (quota-limits)'],
  ['ReplicationGroup', 'error', 'node-count-stated-twice', 'ElastiCache API Reference, CreateReplicationGroup (NumCacheClusters)'],
  ['ReplicationGroup', 'error', 'failover-needs-replica', 'ElastiCache API Reference, CreateReplicationGroup (AutomaticFailoverEnabled)'],
  ['ReplicationGroup', 'error', 'multi-az-needs-failover', 'ElastiCache User Guide, "Minimizing downtime with Multi-AZ" (AutoFailover)'],
  ['ReplicationGroup', 'error', 'multi-az-needs-replica', 'ElastiCache User Guide, "Minimizing downtime with Multi-AZ" (AutoFailover)'],
  ['ReplicationGroup', 'error', 'multi-az-needs-zones', 'ElastiCache User Guide, "Minimizing downtime with Multi-AZ" (AutoFailover)'],
  ['ReplicationGroup', 'warning', 'no-replica', 'ElastiCache User Guide, "Minimizing downtime with Multi-AZ" (AutoFailover)'],
  ['ReplicationGroup', 'warning', 'no-replica-per-shard', 'aws-cloudformation/cloudformation-coverage-roadmap 1275: later updates of such a group fail for want of a replica'],
  ['ReplicationGroup', 'warning', 'multi-az-off', 'ElastiCache User Guide, "Minimizing downtime with Multi-AZ" (AutoFailover)'],
  ['ReplicationGroup', 'warning', 'preferred-zones-count', 'ElastiCache API Reference, CreateReplicationGroup (PreferredCacheClusterAZs)'],
  ['ReplicationGroup', 'error', 'preferred-zones-multi-az', 'ElastiCache User Guide, "Minimizing downtime with Multi-AZ" (AutoFailover)'],
  ['ReplicationGroup', 'error', 'cluster-mode-word', 'ElastiCache API Reference, CreateReplicationGroup (ClusterMode)'],
  ['ReplicationGroup', 'error', 'cluster-mode-parameter', 'ElastiCache User Guide, "Modifying cluster mode" (modify-cluster-mode)'],
  ['ReplicationGroup', 'error', 'cluster-mode-failover', 'ElastiCache API Reference, CreateReplicationGroup (AutomaticFailoverEnabled)'],
  ['ReplicationGroup', 'error', 'cluster-mode-shards', 'ElastiCache API Reference, CreateReplicationGroup (NumNodeGroups)'],
  ['ReplicationGroup', 'error', 'compatible-needs-replica', 'ElastiCache User Guide, "Modifying cluster mode" (modify-cluster-mode)'],
  ['ReplicationGroup', 'error', 'compatible-engine-version', 'ElastiCache User Guide, "Modifying cluster mode" (modify-cluster-mode)'],
  ['ReplicationGroup', 'warning', 'cluster-mode-preferred-zones', 'ElastiCache API Reference, CreateReplicationGroup (PreferredCacheClusterAZs)'],
  ['ReplicationGroup', 'error', 'shard-count', 'ElastiCache User Guide, "Quotas" (quota-limits)'],
  ['ReplicationGroup', 'error', 'shard-layout-count', 'ElastiCache User Guide, "Quotas" (quota-limits)'],
  ['ReplicationGroup', 'error', 'shard-count-stated-twice', 'ElastiCache API Reference, NodeGroupConfiguration; CreateReplicationGroup (NumNodeGroups)'],
  ['ReplicationGroup', 'warning', 'cluster-node-quota', 'ElastiCache User Guide, "Quotas" (quota-limits)'],
  ['ReplicationGroup', 'error', 'cluster-node-limit', 'ElastiCache User Guide, "Quotas" (quota-limits)'],
  ['ReplicationGroup', 'error', 'shard-id-form', 'ElastiCache API Reference, NodeGroupConfiguration (NodeGroupId)'],
  ['ReplicationGroup', 'error', 'shard-id-duplicates', 'ElastiCache API Reference, NodeGroupConfiguration (NodeGroupId)'],
  ['ReplicationGroup', 'warning', 'shard-id-missing', 'CloudFormation User Guide, "UpdatePolicy attribute" (UseOnlineResharding)'],
  ['ReplicationGroup', 'warning', 'online-resharding', 'CloudFormation User Guide, "UpdatePolicy attribute" (UseOnlineResharding)'],
  ['ReplicationGroup', 'error', 'shard-layout-replicas', 'ElastiCache User Guide, "Quotas" (quota-limits)'],
  ['ReplicationGroup', 'warning', 'no-replica-in-shard', 'aws-cloudformation/cloudformation-coverage-roadmap 1275: later updates of such a group fail for want of a replica'],
  ['ReplicationGroup', 'error', 'shard-zones-count', 'ElastiCache API Reference, NodeGroupConfiguration (ReplicaAvailabilityZones)'],
  ['ReplicationGroup', 'error', 'shard-zones-multi-az', 'ElastiCache User Guide, "Minimizing downtime with Multi-AZ" (AutoFailover)'],
  ['ReplicationGroup', 'error', 'shard-slots-form', 'ElastiCache API Reference, NodeGroupConfiguration (Slots)'],
  ['ReplicationGroup', 'error', 'shard-slots-overlap', 'ElastiCache API Reference, NodeGroupConfiguration (Slots)'],
  ['ReplicationGroup', 'error', 'shard-slots-cover', 'ElastiCache API Reference, NodeGroupConfiguration (Slots)'],
  ['ReplicationGroup', 'warning', 'shard-slots-partial', 'ElastiCache API Reference, NodeGroupConfiguration (Slots)'],
  ['ReplicationGroup', 'warning', 'restored-shards-need-slots', 'ElastiCache API Reference, CreateReplicationGroup (NodeGroupConfiguration)'],
  ['ReplicationGroup', 'error', 'replication-group-engine', 'ElastiCache API Reference, CreateReplicationGroup (Engine)'],
  ['ReplicationGroup', 'error', 'engine-version-form', 'ElastiCache User Guide, "Engine versions and upgrading" (engine-versions)'],
  ['ReplicationGroup', 'warning', 'redis-4-standard-support', 'ElastiCache User Guide, "Extended support" (extended-support)'],
  ['ReplicationGroup', 'warning', 'redis-5-standard-support', 'ElastiCache User Guide, "Extended support" (extended-support)'],
  ['ReplicationGroup', 'warning', 'redis-6-standard-support', 'ElastiCache User Guide, "Extended support" (extended-support)'],
  ['ReplicationGroup', 'error', 'parameter-group-family', 'ElastiCache User Guide, "Engine specific parameters" (ParameterGroups.Engine)'],
  ['ReplicationGroup', 'warning', 'node-type-engine', 'ElastiCache User Guide, "Supported node types" (CacheNodes.SupportedTypes)'],
  ['ReplicationGroup', 'warning', 'node-type-engine-version', 'ElastiCache User Guide, "Supported node types" (CacheNodes.SupportedTypes)'],
  ['ReplicationGroup', 'warning', 'previous-generation-node-type', 'ElastiCache User Guide, "Supported node types" (CacheNodes.SupportedTypes)'],
  ['ReplicationGroup', 'error', 'data-tiering-required', 'ElastiCache User Guide, "Data tiering" (data-tiering)'],
  ['ReplicationGroup', 'error', 'data-tiering-node-type', 'ElastiCache User Guide, "Data tiering" (data-tiering)'],
  ['ReplicationGroup', 'error', 'data-tiering-engine-version', 'ElastiCache User Guide, "Data tiering" (data-tiering)'],
  ['ReplicationGroup', 'warning', 'data-tiering-eviction-policy', 'ElastiCache User Guide, "Data tiering" (data-tiering)'],
  ['ReplicationGroup', 'error', 'valkey-tls-explicit', 'aws-cloudformation/cfn-lint, aws_elasticache_replicationgroup/transitencryptionenabled_valkey.json'],
  ['ReplicationGroup', 'warning', 'no-tls', 'ElastiCache User Guide, "In-transit encryption" (in-transit-encryption); Security Hub ElastiCache.5'],
  ['ReplicationGroup', 'error', 'tls-mode-word', 'ElastiCache API Reference, CreateReplicationGroup (TransitEncryptionMode)'],
  ['ReplicationGroup', 'warning', 'tls-mode-without-tls', 'ElastiCache User Guide, "Enabling in-transit encryption" (in-transit-encryption-enable)'],
  ['ReplicationGroup', 'warning', 'tls-preferred', 'ElastiCache User Guide, "Enabling in-transit encryption" (in-transit-encryption-enable)'],
  ['ReplicationGroup', 'error', 'tls-preferred-engine-version', 'ElastiCache User Guide, "Enabling in-transit encryption" (in-transit-encryption-enable)'],
  ['ReplicationGroup', 'error', 'tls-preferred-with-users',
    'Seen to be refused at deployment (github.com/cloudposse/terraform-aws-elasticache-redis/issues/239)'],
  ['ReplicationGroup', 'error', 'tls-preferred-with-token',
    'Seen to be refused at deployment (github.com/cloudposse/terraform-aws-elasticache-redis/issues/239)'],
  ['ReplicationGroup', 'error', 'user-group-needs-tls', 'ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC)'],
  ['ReplicationGroup', 'warning', 'one-user-group', 'ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC)'],
  ['ReplicationGroup', 'error', 'user-group-engine-version', 'ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC)'],
  ['ReplicationGroup', 'error', 'user-group-engine-match', 'ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC)'],
  ['ReplicationGroup', 'error', 'iam-user-engine-version', 'ElastiCache User Guide, "Authenticating with IAM" (auth-iam)'],
  ['ReplicationGroup', 'error', 'auth-token-needs-tls', 'ElastiCache User Guide, "Authenticating with the AUTH command" (auth)'],
  ['ReplicationGroup', 'error', 'auth-token-or-users', 'ElastiCache User Guide, "Authenticating with the AUTH command" (auth)'],
  ['ReplicationGroup', 'error', 'auth-token-length', 'ElastiCache User Guide, "Authenticating with the AUTH command" (auth)'],
  ['ReplicationGroup', 'warning', 'auth-token-characters', 'ElastiCache User Guide, "Authenticating with the AUTH command" (auth)'],
  ['ReplicationGroup', 'warning', 'no-authentication', 'ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC)'],
  ['ReplicationGroup', 'warning', 'no-at-rest-encryption', 'ElastiCache User Guide, "At-rest encryption" (at-rest-encryption); Security Hub ElastiCache.4'],
  ['ReplicationGroup', 'error', 'kms-key-without-encryption', 'ElastiCache User Guide, "At-rest encryption" (at-rest-encryption)'],
  ['ReplicationGroup', 'warning', 'default-subnet-group', 'Security Hub ElastiCache.7'],
  ['ReplicationGroup', 'error', 'port-range', 'Seen to be refused at deployment (cdk-preflight, pf-elasticache-port)'],
  ['ReplicationGroup', 'error', 'port-reserved', 'Seen to be refused at deployment (cdk-preflight, pf-elasticache-port)'],
  ['ReplicationGroup', 'error', 'snapshot-window-form', 'ElastiCache API Reference, CreateReplicationGroup (SnapshotWindow)'],
  ['ReplicationGroup', 'error', 'snapshot-window-length', 'ElastiCache API Reference, CreateReplicationGroup (SnapshotWindow)'],
  ['ReplicationGroup', 'error', 'maintenance-window-form', 'ElastiCache API Reference, CreateReplicationGroup (PreferredMaintenanceWindow)'],
  ['ReplicationGroup', 'error', 'maintenance-window-length', 'ElastiCache API Reference, CreateReplicationGroup (PreferredMaintenanceWindow)'],
  ['ReplicationGroup', 'error', 'windows-overlap', 'ElastiCache API Reference, CreateReplicationGroup (SnapshotWindow); seen to be refused even while backups are off'],
  ['ReplicationGroup', 'error', 'snapshot-retention', 'ElastiCache API Reference, CreateReplicationGroup (SnapshotRetentionLimit)'],
  ['ReplicationGroup', 'warning', 'no-backups', 'Security Hub ElastiCache.1'],
  ['ReplicationGroup', 'warning', 'snapshot-window-unused', 'ElastiCache API Reference, CreateReplicationGroup (SnapshotWindow)'],
  ['ReplicationGroup', 'error', 'snapshotting-cluster-mode', 'ElastiCache API Reference, CreateReplicationGroup (SnapshottingClusterId)'],
  ['ReplicationGroup', 'warning', 'snapshotting-member', 'ElastiCache User Guide, "Finding connection endpoints" (Endpoints)'],
  ['ReplicationGroup', 'error', 'one-restore-source', 'ElastiCache API Reference, CreateReplicationGroup (SnapshotName, SnapshotArns)'],
  ['ReplicationGroup', 'error', 'snapshot-arns-form', 'ElastiCache API Reference, CreateReplicationGroup (SnapshotArns)'],
  ['ReplicationGroup', 'error', 'log-type', 'ElastiCache User Guide, "Log delivery" (Log_Delivery)'],
  ['ReplicationGroup', 'error', 'log-destination-type', 'ElastiCache User Guide, "Log delivery" (Log_Delivery)'],
  ['ReplicationGroup', 'error', 'log-format', 'ElastiCache User Guide, "Log delivery" (Log_Delivery)'],
  ['ReplicationGroup', 'error', 'log-destination-details', 'ElastiCache User Guide, "Log delivery" (Log_Delivery)'],
  ['ReplicationGroup', 'error', 'log-type-once', 'ElastiCache User Guide, "Log delivery" (Log_Delivery)'],
  ['ReplicationGroup', 'error', 'slow-log-engine-version', 'ElastiCache User Guide, "Log delivery" (Log_Delivery)'],
  ['ReplicationGroup', 'error', 'engine-log-engine-version', 'ElastiCache User Guide, "Log delivery" (Log_Delivery)'],
  ['ReplicationGroup', 'warning', 'encrypted-notification-topic', 'ElastiCache User Guide, "Managing ElastiCache Amazon SNS notifications" (ECEvents.SNS)'],
  ['ReplicationGroup', 'error', 'network-type', 'ElastiCache User Guide, "Choosing a network type" (network-type)'],
  ['ReplicationGroup', 'error', 'ip-discovery', 'ElastiCache User Guide, "Choosing a network type" (network-type)'],
  ['ReplicationGroup', 'warning', 'network-type-engine-version', 'ElastiCache User Guide, "Choosing a network type" (network-type)'],
  ['ReplicationGroup', 'warning', 'network-type-node-type', 'ElastiCache User Guide, "Choosing a network type" (network-type)'],
  ['ReplicationGroup', 'error', 'ip-discovery-network-type', 'ElastiCache User Guide, "Choosing a network type" (network-type)'],
  ['ReplicationGroup', 'error', 'durability-word', 'ElastiCache User Guide, "Configuring durability" (Durability.Configuring)'],
  ['ReplicationGroup', 'error', 'durability-engine-version', 'ElastiCache User Guide, "Limitations" (Durability.Limitations)'],
  ['ReplicationGroup', 'error', 'durability-cluster-mode', 'ElastiCache User Guide, "Limitations" (Durability.Limitations)'],
  ['ReplicationGroup', 'warning', 'durability-node-type', 'ElastiCache User Guide, "Limitations" (Durability.Limitations)'],
  ['ReplicationGroup', 'error', 'durability-needs-replica', 'ElastiCache User Guide, "Limitations" (Durability.Limitations)'],
  ['ReplicationGroup', 'error', 'durability-needs-multi-az', 'ElastiCache User Guide, "Limitations" (Durability.Limitations)'],
  ['ReplicationGroup', 'error', 'durability-needs-tls', 'ElastiCache User Guide, "Limitations" (Durability.Limitations)'],
  ['ReplicationGroup', 'warning', 'durability-at-rest-encryption', 'ElastiCache User Guide, "Limitations" (Durability.Limitations)'],
  ['ReplicationGroup', 'error', 'durability-data-tiering', 'ElastiCache User Guide, "Limitations" (Durability.Limitations)'],
  ['ReplicationGroup', 'error', 'durability-global-datastore', 'ElastiCache User Guide, "Limitations" (Durability.Limitations)'],
  ['ReplicationGroup', 'warning', 'global-secondary-node-type', 'ElastiCache User Guide, "Replication across AWS Regions using global datastores" (Redis-Global-Datastores)'],
  ['ReplicationGroup', 'warning', 'global-secondary-engine', 'ElastiCache User Guide, "Replication across AWS Regions using global datastores" (Redis-Global-Datastores)'],
  ['ReplicationGroup', 'warning', 'global-secondary-engine-version', 'ElastiCache User Guide, "Replication across AWS Regions using global datastores" (Redis-Global-Datastores)'],
  ['ReplicationGroup', 'warning', 'global-secondary-parameter-group', 'ElastiCache User Guide, "Replication across AWS Regions using global datastores" (Redis-Global-Datastores)'],
  ['ReplicationGroup', 'warning', 'global-secondary-shards', 'ElastiCache User Guide, "Replication across AWS Regions using global datastores" (Redis-Global-Datastores)'],
  ['ReplicationGroup', 'warning', 'global-secondary-in-transit-encryption', 'ElastiCache User Guide, "Replication across AWS Regions using global datastores" (Redis-Global-Datastores)'],
  ['ReplicationGroup', 'warning', 'global-secondary-at-rest-encryption', 'ElastiCache User Guide, "Replication across AWS Regions using global datastores" (Redis-Global-Datastores)'],
  ['ReplicationGroup', 'warning', 'global-secondary-failover', 'ElastiCache User Guide, "Replication across AWS Regions using global datastores" (Redis-Global-Datastores)'],
  ['ReplicationGroup', 'warning', 'global-secondary-snapshot-name', 'ElastiCache User Guide, "Replication across AWS Regions using global datastores" (Redis-Global-Datastores)'],
  ['ReplicationGroup', 'warning', 'global-secondary-snapshot-files', 'ElastiCache User Guide, "Replication across AWS Regions using global datastores" (Redis-Global-Datastores)'],
  ['ReplicationGroup', 'error', 'global-network-type', 'ElastiCache User Guide, "Replication across AWS Regions using global datastores" (Redis-Global-Datastores)'],
  ['CacheCluster', 'error', 'cache-cluster-name', 'ElastiCache API Reference, CreateCacheCluster (CacheClusterId)'],
  ['CacheCluster', 'error', 'cache-cluster-node-count', 'ElastiCache API Reference, CreateCacheCluster (NumCacheNodes)'],
  ['CacheCluster', 'warning', 'memcached-node-quota', 'ElastiCache User Guide, "Quotas" (quota-limits)'],
  ['CacheCluster', 'error', 'cache-cluster-redis-nodes', 'ElastiCache API Reference, CreateCacheCluster (NumCacheNodes)'],
  ['CacheCluster', 'warning', 'memcached-single-node', 'ElastiCache User Guide, "Mitigating failures when running Memcached" (FaultTolerance)'],
  ['CacheCluster', 'warning', 'memcached-one-zone', 'ElastiCache User Guide, "Mitigating failures when running Memcached" (FaultTolerance)'],
  ['CacheCluster', 'error', 'az-mode-word', 'ElastiCache API Reference, CreateCacheCluster (AZMode)'],
  ['CacheCluster', 'error', 'az-mode-needs-nodes', 'ElastiCache API Reference, CreateCacheCluster (AZMode)'],
  ['CacheCluster', 'error', 'az-mode-zones', 'CloudFormation User Guide, AWS::ElastiCache::CacheCluster (AZMode, PreferredAvailabilityZones)'],
  ['CacheCluster', 'error', 'cache-cluster-zones-count', 'Seen to be refused at deployment (github.com/hashicorp/terraform/issues/7850)'],
  ['CacheCluster', 'warning', 'cache-cluster-zones-once', 'CloudFormation User Guide, AWS::ElastiCache::CacheCluster (PreferredAvailabilityZone)'],
  ['CacheCluster', 'warning', 'memcached-growth', 'CloudFormation User Guide, AWS::ElastiCache::CacheCluster (NumCacheNodes)'],
  ['CacheCluster', 'error', 'cache-cluster-engine', 'ElastiCache API Reference, CreateCacheCluster (Engine)'],
  ['CacheCluster', 'error', 'cache-cluster-parameter-group-family', 'ElastiCache User Guide, "Memcached specific parameters" (ParameterGroups.Memcached)'],
  ['CacheCluster', 'warning', 'cache-cluster-node-type-engine', 'ElastiCache User Guide, "Supported node types" (CacheNodes.SupportedTypes)'],
  ['CacheCluster', 'warning', 'cache-cluster-node-type-engine-version', 'ElastiCache User Guide, "Supported node types" (CacheNodes.SupportedTypes)'],
  ['CacheCluster', 'warning', 'cache-cluster-previous-generation-node-type', 'ElastiCache User Guide, "Supported node types" (CacheNodes.SupportedTypes)'],
  ['CacheCluster', 'warning', 'memcached-no-tls', 'ElastiCache User Guide, "In-transit encryption" (in-transit-encryption)'],
  ['CacheCluster', 'error', 'memcached-tls-engine-version', 'ElastiCache User Guide, "In-transit encryption" (in-transit-encryption)'],
  ['CacheCluster', 'warning', 'memcached-tls-node-type', 'ElastiCache User Guide, "In-transit encryption" (in-transit-encryption)'],
  ['CacheCluster', 'warning', 'memcached-without-backups-and-logs', 'ElastiCache API Reference, CreateCacheCluster (SnapshotRetentionLimit, SnapshotName, SnapshotArns, SnapshotWindow, LogDeliveryConfigurations)'],
  ['CacheCluster', 'warning', 'cache-cluster-default-subnet-group', 'Security Hub ElastiCache.7'],
  ['CacheCluster', 'error', 'cache-cluster-port-range', 'Seen to be refused at deployment (cdk-preflight, pf-elasticache-port)'],
  ['CacheCluster', 'error', 'cache-cluster-port-reserved', 'Seen to be refused at deployment (cdk-preflight, pf-elasticache-port)'],
  ['CacheCluster', 'error', 'cache-cluster-network-type', 'ElastiCache User Guide, "Choosing a network type" (network-type)'],
  ['CacheCluster', 'error', 'cache-cluster-ip-discovery', 'ElastiCache User Guide, "Choosing a network type" (network-type)'],
  ['CacheCluster', 'warning', 'cache-cluster-network-type-engine-version', 'ElastiCache User Guide, "Choosing a network type" (network-type)'],
  ['CacheCluster', 'warning', 'cache-cluster-network-type-node-type', 'ElastiCache User Guide, "Choosing a network type" (network-type)'],
  ['CacheCluster', 'error', 'cache-cluster-ip-discovery-network-type', 'ElastiCache User Guide, "Choosing a network type" (network-type)'],
  ['CacheCluster', 'error', 'cache-cluster-maintenance-window-form', 'ElastiCache API Reference, CreateCacheCluster (PreferredMaintenanceWindow)'],
  ['CacheCluster', 'error', 'cache-cluster-maintenance-window-length', 'ElastiCache API Reference, CreateCacheCluster (PreferredMaintenanceWindow)'],
  ['CacheCluster', 'warning', 'cache-cluster-encrypted-notification-topic', 'ElastiCache User Guide, "Managing ElastiCache Amazon SNS notifications" (ECEvents.SNS)'],
  ['ParameterGroup', 'warning', 'keyspace-events-without-channel', 'ElastiCache User Guide, "Engine specific parameters" (ParameterGroups.Engine)'],
  ['ParameterGroup', 'warning', 'databases-in-cluster-mode', 'ElastiCache User Guide, "Modifying cluster mode" (modify-cluster-mode): all keys are in database 0'],
  ['ParameterGroup', 'warning', 'memory-reserved-twice', 'ElastiCache User Guide, "Managing reserved memory" (redis-memory-management)'],
  ['ParameterGroup', 'error', 'memcached-parameter-of-redis', 'ElastiCache User Guide, "Engine specific parameters" (ParameterGroups.Engine)'],
  ['ParameterGroup', 'error', 'redis-parameter-of-memcached', 'ElastiCache User Guide, "Memcached specific parameters" (ParameterGroups.Memcached)'],
  ['ParameterGroup', 'warning', 'memcached-item-size-chunks', 'github.com/memcached/memcached, memcached.c: "must be evenly divisible by slab_chunk_max"'],
  ['SubnetGroup', 'error', 'subnet-group-name', 'ElastiCache API Reference, CreateCacheSubnetGroup (CacheSubnetGroupName)'],
  ['SubnetGroup', 'error', 'subnet-group-empty', 'ElastiCache API Reference, CreateCacheSubnetGroup (SubnetIds)'],
  ['SubnetGroup', 'warning', 'subnet-group-quota', 'ElastiCache User Guide, "Quotas" (quota-limits)'],
  ['SubnetGroup', 'warning', 'subnet-group-duplicates', 'ElastiCache API Reference, CreateCacheSubnetGroup (SubnetIds)'],
  ['User', 'error', 'user-id', 'ElastiCache API Reference, CreateUser (UserId)'],
  ['User', 'error', 'user-name', 'ElastiCache API Reference, CreateUser (UserName)'],
  ['User', 'error', 'user-engine', 'ElastiCache API Reference, CreateUser (Engine)'],
  ['User', 'error', 'access-string-missing', 'awsdocs/aws-cloudformation-user-guide 929: deployment ends in an internal error without it'],
  ['User', 'error', 'access-string-password', 'ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC)'],
  ['User', 'error', 'access-string-reset', 'ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC)'],
  ['User', 'warning', 'access-string-partial-reset', 'cdk-preflight 0.0.143, pf-elasticache-user-access-string: refused by CreateUser on 2026-09-06'],
  ['User', 'error', 'access-string-word', 'Seen to be refused by CreateUser: "The access-string is invalid." (cdk-preflight, pf-elasticache-user-access-string)'],
  ['User', 'warning', 'access-string-state', 'ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC)'],
  ['User', 'error', 'authentication-missing', 'ElastiCache API Reference, CreateUser; refused as "No password was provided"'],
  ['User', 'error', 'authentication-type', 'ElastiCache API Reference, CreateUser (AuthenticationMode)'],
  ['User', 'error', 'iam-user-name', 'ElastiCache User Guide, "Authenticating with IAM" (auth-iam)'],
  ['User', 'warning', 'no-password-required', 'ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC)'],
  ['User', 'warning', 'passwords-without-effect', 'ElastiCache API Reference, CreateUser (Passwords, AuthenticationMode)'],
  ['User', 'error', 'passwords-count', 'ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC)'],
  ['User', 'error', 'passwords-length', 'ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC)'],
  ['User', 'warning', 'passwords-characters', 'ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC)'],
  ['User', 'error', 'authentication-passwords-count', 'ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC)'],
  ['User', 'error', 'authentication-passwords-length', 'ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC)'],
  ['User', 'warning', 'authentication-passwords-characters', 'ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC)'],
  ['UserGroup', 'error', 'user-group-id', 'ElastiCache API Reference, CreateUserGroup (UserGroupId); longer ids were seen to be refused (github.com/aws/aws-cdk/pull/36459)'],
  ['UserGroup', 'error', 'user-group-engine', 'ElastiCache API Reference, CreateUserGroup (Engine)'],
  ['UserGroup', 'error', 'user-group-default-user', 'ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC); refused as DefaultUserRequired'],
  ['UserGroup', 'error', 'user-group-duplicates', 'ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC)'],
  ['UserGroup', 'warning', 'user-group-no-password', 'ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC)'],
  ['UserGroup', 'warning', 'user-group-quota', 'ElastiCache User Guide, "Quotas" (quota-limits)'],
  ['ScalableTarget', 'error', 'scaling-namespace', 'Application Auto Scaling API Reference, RegisterScalableTarget (ServiceNamespace)'],
  ['ScalableTarget', 'error', 'scaling-dimension', 'Application Auto Scaling API Reference, RegisterScalableTarget (ScalableDimension)'],
  ['ScalableTarget', 'error', 'scaling-resource', 'Application Auto Scaling API Reference, RegisterScalableTarget (ResourceId)'],
  ['ScalableTarget', 'error', 'scaling-shards-range', 'ElastiCache User Guide, "Quotas" (quota-limits)'],
  ['ScalableTarget', 'error', 'scaling-replicas-range', 'ElastiCache User Guide, "Quotas" (quota-limits)'],
  ['ScalableTarget', 'error', 'scaling-range-order', 'Application Auto Scaling API Reference, RegisterScalableTarget (MinCapacity, MaxCapacity)'],
  ['ScalableTarget', 'warning', 'scaling-to-no-replica', 'ElastiCache User Guide, "Minimizing downtime with Multi-AZ" (AutoFailover)'],
  ['ScalableTarget', 'warning', 'scaling-first-count', 'ElastiCache User Guide, "Auto Scaling policies" (AutoScaling-Policies)'],
  ['ScalableTarget', 'error', 'scaling-cluster-mode', 'ElastiCache User Guide, "Auto Scaling" (AutoScaling)'],
  ['ScalableTarget', 'error', 'scaling-engine-version', 'ElastiCache User Guide, "Auto Scaling" (AutoScaling)'],
  ['ScalableTarget', 'warning', 'scaling-node-type', 'ElastiCache User Guide, "Auto Scaling" (AutoScaling)'],
  ['ScalableTarget', 'warning', 'scaling-global-datastore', 'ElastiCache User Guide, "Auto Scaling" (AutoScaling)'],
  ['ScalingPolicy', 'error', 'scaling-policy-type', 'Application Auto Scaling API Reference, PutScalingPolicy (PolicyType)'],
  ['ScalingPolicy', 'warning', 'scaling-metric', 'ElastiCache User Guide, "Target tracking scaling policies" (AutoScaling-Scaling-Policies-Target); for replicas (AutoScaling-Scaling-Policies-Replicas-Replicas)'],
  ['ScalingPolicy', 'warning', 'scaling-metric-data-tiering', 'ElastiCache User Guide, "Target tracking scaling policies" (AutoScaling-Scaling-Policies-Target)'],
  ['ScalingPolicy', 'warning', 'scaling-target-value', 'ElastiCache User Guide, "Target tracking scaling policies" (AutoScaling-Scaling-Policies-Target)'],
  ['Alarm', 'warning', 'alarm-dimensions', 'ElastiCache User Guide, "Monitoring use with CloudWatch Metrics" (CacheMetrics)'],
  ['Alarm', 'warning', 'alarm-replication-group-id', 'ElastiCache User Guide, "Finding connection endpoints" (Endpoints)'],
  ['Alarm', 'warning', 'alarm-member', 'ElastiCache User Guide, "Finding connection endpoints" (Endpoints)'],
  ['Alarm', 'warning', 'alarm-member-node-id', 'ElastiCache User Guide, "Monitoring use with CloudWatch Metrics" (CacheMetrics)'],
  ['Alarm', 'warning', 'alarm-memcached-node', 'ElastiCache User Guide, "Finding connection endpoints" (Endpoints)'],
  ['Alarm', 'warning', 'alarm-metric-engine', 'ElastiCache User Guide, "Metrics for Valkey and Redis OSS" (CacheMetrics.Redis) and "Metrics for Memcached" (CacheMetrics.Memcached)'],
  ['Alarm', 'warning', 'alarm-unit', 'CloudWatch API Reference, PutMetricAlarm (Unit)'],
  ['Alarm', 'error', 'alarm-period', 'CloudWatch API Reference, MetricStat (Period)'],
  ['Alarm', 'warning', 'alarm-high-resolution', 'CloudWatch API Reference, PutMetricAlarm (Period); ElastiCache User Guide, "Monitoring use with CloudWatch Metrics" (CacheMetrics)'],
  ['Alarm', 'error', 'alarm-evaluation-range', 'CloudWatch API Reference, PutMetricAlarm (Period)'],
  ['Alarm', 'error', 'alarm-datapoints', 'Seen to be refused: "DatapointsToAlarm must be less than or equal to EvaluationPeriods" (github.com/hashicorp/terraform/issues/24070)'],
  ['Alarm', 'warning', 'alarm-threshold-out-of-reach', 'ElastiCache User Guide, "Monitoring use with CloudWatch Metrics" (CacheMetrics): units, and one measurement of a node in 60 seconds'],
  ['Alarm', 'error', 'alarm-math-metrics', 'CloudWatch User Guide, "Limits" (alarm-limits)'],
  ['Alarm', 'error', 'alarm-math-search', 'Seen to be refused: "SEARCH is not supported on Metric Alarms" (github.com/RoboFinSystems/robosystems/pull/1131)'],
  ['Alarm', 'error', 'alarm-math-return-data', 'Seen to be refused: "Exactly one element of the metrics list should return data" (github.com/hashicorp/terraform-provider-aws/issues/29894)'],
  ['Alarm', 'warning', 'alarm-math-periods', 'CloudWatch User Guide, alarm-data-queries'],
  ['Alarm', 'error', 'alarm-name', 'CloudWatch API Reference, PutMetricAlarm (AlarmName)'],
  ['Alarm', 'error', 'alarm-actions', 'CloudWatch API Reference, PutMetricAlarm (AlarmActions, OKActions, InsufficientDataActions)'],
  ['Alarm', 'warning', 'alarm-topic-managed-key', 'AWS Knowledge Center, cloudwatch-configure-alarm-sns'],
  ['Alarm', 'warning', 'alarm-topic-key-policy', 'AWS Knowledge Center, cloudwatch-configure-alarm-sns'],
  ['Alarm', 'warning', 'alarm-topic-policy', 'AWS Knowledge Center, cloudwatch-receive-sns-for-alarm-trigger'],
  ['CompositeAlarm', 'error', 'composite-alarm-rule-length', 'CloudWatch API Reference, PutCompositeAlarm (AlarmRule)'],
  ['CompositeAlarm', 'warning', 'composite-alarm-count', 'CloudWatch API Reference, PutCompositeAlarm'],
  ['CompositeAlarm', 'error', 'composite-alarm-name', 'CloudWatch API Reference, PutCompositeAlarm (AlarmName)'],
  ['CompositeAlarm', 'error', 'composite-alarm-actions', 'CloudWatch API Reference, PutCompositeAlarm (AlarmActions, OKActions, InsufficientDataActions)'],
  ['CompositeAlarm', 'warning', 'composite-alarm-topic-managed-key', 'AWS Knowledge Center, cloudwatch-configure-alarm-sns'],
  ['CompositeAlarm', 'warning', 'composite-alarm-topic-key-policy', 'AWS Knowledge Center, cloudwatch-configure-alarm-sns'],
  ['CompositeAlarm', 'warning', 'composite-alarm-topic-policy', 'AWS Knowledge Center, cloudwatch-receive-sns-for-alarm-trigger'],
];

/** The CloudFormation type by the last part of its name. */
const typeNamed = (name: string) => `AWS::${name.startsWith('Scal') ? 'ApplicationAutoScaling' : name.endsWith('Alarm') ? 'CloudWatch' : 'ElastiCache'}::${name}`;

const isParameterRule = ({ id, type }: { id: string; type: string }) => type === 'AWS::ElastiCache::ParameterGroup' && id.startsWith('parameter-');

test('the catalogue of rules', () => {
  expect(elasticacheRules.filter((rule) => !isParameterRule(rule)).map(({ type, severity, id, source }) => [type, severity, id, source]))
    .toEqual(CATALOGUE.map(([type, ...rest]) => [typeNamed(type), ...rest]));
});

test('rules of single parameters come from one page of each engine', () => {
  const sources = elasticacheRules.filter(isParameterRule).map((rule) => rule.source);
  const from = (page: string) => sources.filter((source) => source === `ElastiCache User Guide, ${page}`).length;
  expect(from('"Engine specific parameters" (ParameterGroups.Engine)')).toBe(103);
  expect(from('"Memcached specific parameters" (ParameterGroups.Memcached)')).toBe(29);
  expect(sources).toHaveLength(103 + 29);
});

test('ids are unique and in kebab-case', () => {
  const ids = elasticacheRules.map((rule) => rule.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
});

test('no message shows a secret', () => {
  expect(elasticacheRules.filter(({ text }) => /\{(AuthToken|AccessString|AuthenticationMode|([\w.]+\.)?Passwords)\}/.test(text))).toEqual([]);
});

test('texts and remedies are sentences', () => {
  expect(elasticacheRules.filter(({ text, remedy }) => ![text, remedy].every((sentence) => /^[A-Z].*\.$/.test(sentence)))).toEqual([]);
});

const faultsOf = (type: string, properties: Properties, around: Surroundings = {}) =>
  findFaults(elasticacheRules, { type: typeNamed(type), properties }, around).map(({ rule }) => `${rule.severity} ${rule.id}`);

const GROUP: Properties = {
  ReplicationGroupId: 'shop-cache',
  ReplicationGroupDescription: 'Cache of the shop',
  Engine: 'redis',
  EngineVersion: '7.1',
  CacheNodeType: 'cache.t4g.medium',
  NumCacheClusters: 2,
  AutomaticFailoverEnabled: true,
  MultiAZEnabled: true,
  CacheSubnetGroupName: UNKNOWN,
  SecurityGroupIds: [UNKNOWN],
  CacheParameterGroupName: UNKNOWN,
  Port: 6379,
  TransitEncryptionEnabled: true,
  AtRestEncryptionEnabled: true,
  KmsKeyId: UNKNOWN,
  UserGroupIds: [UNKNOWN],
  SnapshotRetentionLimit: 7,
  SnapshotWindow: '04:00-05:00',
  PreferredMaintenanceWindow: 'sun:05:30-sun:06:30',
  LogDeliveryConfigurations: ['slow-log', 'engine-log'].map((LogType) => ({
    LogType, LogFormat: 'json', DestinationType: 'cloudwatch-logs', DestinationDetails: { CloudWatchLogsDetails: { LogGroup: UNKNOWN } },
  })),
};

const PARAMETERS = {
  type: 'AWS::ElastiCache::ParameterGroup',
  properties: { CacheParameterGroupFamily: 'redis7', Properties: { 'maxmemory-policy': 'volatile-ttl', 'cluster-enabled': 'no' } },
};

test('what an experienced operator would sign has no fault', () => {
  const around = { maxZones: 2, behind: (property: string) => property === 'CacheParameterGroupName' ? [PARAMETERS] : [] };
  expect(faultsOf('ReplicationGroup', GROUP, around)).toEqual([]);
  expect(faultsOf('ReplicationGroup', { ...GROUP, Engine: 'valkey', EngineVersion: '8.1' })).toEqual([]);
  expect(faultsOf('ParameterGroup', PARAMETERS.properties)).toEqual([]);
  expect(faultsOf('SubnetGroup', { Description: 'Private', SubnetIds: [UNKNOWN, UNKNOWN] })).toEqual([]);
  expect(faultsOf('User', {
    UserId: 'shop-app', UserName: 'app', Engine: 'redis', AccessString: 'on ~* +@all', AuthenticationMode: { Type: 'password', Passwords: [UNKNOWN] },
  })).toEqual([]);
  expect(faultsOf('User', {
    UserId: 'shop-default', UserName: 'default', Engine: 'redis', AccessString: 'off ~* -@all', AuthenticationMode: { Type: 'no-password-required' },
  })).toEqual([]);
  expect(faultsOf('UserGroup', { UserGroupId: 'shop', Engine: 'redis', UserIds: [UNKNOWN, UNKNOWN] })).toEqual([]);
});

const POOL: Properties = {
  ClusterName: 'shop-pool',
  Engine: 'memcached',
  EngineVersion: '1.6.22',
  CacheNodeType: 'cache.t4g.medium',
  NumCacheNodes: 3,
  AZMode: 'cross-az',
  PreferredAvailabilityZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1a'],
  CacheSubnetGroupName: UNKNOWN,
  VpcSecurityGroupIds: [UNKNOWN],
  CacheParameterGroupName: UNKNOWN,
  Port: 11211,
  TransitEncryptionEnabled: true,
  PreferredMaintenanceWindow: 'sun:05:30-sun:06:30',
};

test('nor has such a pool of Memcached', () => {
  expect(faultsOf('CacheCluster', POOL, { maxZones: 2 })).toEqual([]);
  expect(faultsOf('ParameterGroup', { CacheParameterGroupFamily: 'memcached1.6', Properties: { max_item_size: '2097152' } })).toEqual([]);
});

test('the shortest pool that deploys is warned of, not refused', () => {
  expect(faultsOf('CacheCluster', { Engine: 'memcached', NumCacheNodes: 1, CacheNodeType: 'cache.t2.micro' })).toEqual([
    'warning memcached-single-node',
    'warning memcached-growth',
    'warning cache-cluster-previous-generation-node-type',
    'warning memcached-no-tls',
    'warning cache-cluster-default-subnet-group',
  ]);
});

const SHARDS: Properties = {
  ...GROUP,
  NumCacheClusters: undefined,
  NumNodeGroups: 2,
  ReplicasPerNodeGroup: 1,
  NodeGroupConfiguration: ['0001', '0002'].map((NodeGroupId) => ({
    NodeGroupId, ReplicaCount: 1, PrimaryAvailabilityZone: 'a', ReplicaAvailabilityZones: ['b'],
  })),
  ClusterMode: 'enabled',
  TransitEncryptionMode: 'required',
  NetworkType: 'dual_stack',
  IpDiscovery: 'ipv6',
};

const clustered = (CacheParameterGroupFamily: string) => ({
  maxZones: 2,
  behind: (property: string) => property !== 'CacheParameterGroupName' ? [] : [
    { ...PARAMETERS, properties: { CacheParameterGroupFamily, Properties: { 'cluster-enabled': 'yes' } } },
  ],
});

test('in cluster mode there is no fault either, with either engine', () => {
  expect(faultsOf('ReplicationGroup', SHARDS, clustered('redis7'))).toEqual([]);
  expect(faultsOf('ReplicationGroup', { ...SHARDS, Engine: 'valkey', EngineVersion: '8.1' }, clustered('valkey8'))).toEqual([]);
  expect(faultsOf('ReplicationGroup', {
    ...SHARDS, Engine: 'valkey', EngineVersion: '9.0', CacheNodeType: 'cache.r7g.large', Durability: 'sync',
  }, clustered('valkey9'))).toEqual([]);
  expect(faultsOf('ReplicationGroup', { ...GROUP, ClusterMode: 'compatible' }, clustered('redis7'))).toEqual([]);
});

test('scaling of shards and replicas has no fault', () => {
  const group = { type: 'AWS::ElastiCache::ReplicationGroup', properties: { ...SHARDS, CacheNodeType: 'cache.r7g.large' } };
  const target = (dimension: string, MaxCapacity: number) => ({
    ServiceNamespace: 'elasticache',
    ResourceId: 'replication-group/a',
    ScalableDimension: `elasticache:replication-group:${dimension}`,
    MinCapacity: 1,
    MaxCapacity,
  });
  const policy = (PredefinedMetricType: string) => ({
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingScalingPolicyConfiguration: { PredefinedMetricSpecification: { PredefinedMetricType }, TargetValue: 60 },
  });
  const behind = (...resources: Description[]) => ({ behind: () => resources });
  ([['NodeGroups', 10, 'ElastiCachePrimaryEngineCPUUtilization'], ['Replicas', 5, 'ElastiCacheReplicaEngineCPUUtilization']] as const)
    .forEach(([dimension, most, metric]) => {
      const properties = target(dimension, most);
      expect(faultsOf('ScalableTarget', properties, behind(group))).toEqual([]);
      expect(faultsOf('ScalingPolicy', policy(metric), behind({ type: typeNamed('ScalableTarget'), properties }, group))).toEqual([]);
    });
});

test('the shortest group that deploys is warned of, not refused', () => {
  expect(faultsOf('ReplicationGroup', {
    ReplicationGroupDescription: 'x', NumCacheClusters: 1, AutomaticFailoverEnabled: false, CacheNodeType: 'cache.t2.micro',
  })).toEqual([
    'warning no-replica',
    'warning previous-generation-node-type',
    'warning no-tls',
    'warning no-authentication',
    'warning no-at-rest-encryption',
    'warning default-subnet-group',
    'warning no-backups',
  ]);
});

test('all faults of a group are found at once', () => {
  expect(faultsOf('ReplicationGroup', { ...GROUP, NumCacheClusters: 7, Port: 0, TransitEncryptionEnabled: false, SnapshotRetentionLimit: 36 })).toEqual([
    'error shard-node-count',
    'warning no-tls',
    'error user-group-needs-tls',
    'error port-range',
    'error snapshot-retention',
  ]);
});

/** What some rule asks to leave out, be its value known or not. */
const FORBIDDEN_TOGETHER = ['AuthToken', 'PreferredAvailabilityZone', 'SnapshotName', 'SnapshottingClusterId', 'GlobalReplicationGroupId'];

test('where nothing is known, nothing is refused', () => {
  const names = [...new Set(elasticacheRules.flatMap(({ text, reads }) => [...text.matchAll(/\{([\w.-]+)/g)].map(([, name]) => name).concat(reads)))];
  const unknown = Object.fromEntries(names.map((name) => [name.replace('[]', '').split('.')[0], UNKNOWN] as const));
  ['ReplicationGroup', 'CacheCluster', 'ParameterGroup', 'SubnetGroup', 'User', 'UserGroup', 'ScalableTarget', 'ScalingPolicy', 'Alarm', 'CompositeAlarm'].forEach((type) =>
    expect(faultsOf(type, { ...unknown, ...Object.fromEntries(FORBIDDEN_TOGETHER.map((name) => [name, undefined])) })).toEqual([]));
});
