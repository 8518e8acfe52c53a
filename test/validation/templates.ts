/** Templates as somebody writes them by hand, and for every rule what makes one of them faulty. */

export type Properties = { readonly [name: string]: unknown };

/** Resources of a template by their logical ids. */
export interface Resources {
  readonly [logicalId: string]: { readonly Type: string; readonly Properties: Properties; readonly UpdatePolicy?: Properties };
}

/** New values of properties by the logical ids of their resources; `undefined` takes a property out. */
export interface Changes { readonly [logicalId: string]: Properties }

const ref = (logicalId: string) => ({ Ref: logicalId });

const GROUP = {
  ReplicationGroupDescription: 'Cache of the shop',
  Engine: 'redis',
  EngineVersion: '7.1',
  CacheNodeType: 'cache.r7g.large',
  AutomaticFailoverEnabled: true,
  MultiAZEnabled: true,
  TransitEncryptionEnabled: true,
  AtRestEncryptionEnabled: true,
  UserGroupIds: [ref('Users')],
  CacheSubnetGroupName: ref('Subnets'),
  CacheParameterGroupName: ref('Parameters'),
  SnapshotRetentionLimit: 7,
};

const subnet = (letter: string) => ({ Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', AvailabilityZone: `eu-west-1${letter}` } });

/** One shard with a replica in another zone, behind users. */
export const SINGLE: Resources = {
  Group: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { ...GROUP, NumCacheClusters: 2 } },
  Parameters: { Type: 'AWS::ElastiCache::ParameterGroup', Properties: { CacheParameterGroupFamily: 'redis7', Description: 'Cache of the shop' } },
  Subnets: { Type: 'AWS::ElastiCache::SubnetGroup', Properties: { Description: 'Cache of the shop', SubnetIds: [ref('SubnetA'), ref('SubnetB')] } },
  SubnetA: subnet('a'),
  SubnetB: subnet('b'),
  Users: { Type: 'AWS::ElastiCache::UserGroup', Properties: { Engine: 'redis', UserGroupId: 'shop', UserIds: [ref('Default'), ref('App')] } },
  Default: {
    Type: 'AWS::ElastiCache::User',
    Properties: { Engine: 'redis', UserId: 'shop-default', UserName: 'default', AccessString: 'off ~* -@all', NoPasswordRequired: true },
  },
  App: {
    Type: 'AWS::ElastiCache::User',
    Properties: {
      Engine: 'redis', UserId: 'app', UserName: 'app', AccessString: 'on ~app:* +@read', AuthenticationMode: { Type: 'password', Passwords: ['{{resolve:secretsmanager:app}}'] },
    },
  },
  Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: 'alias/shop' } },
};

/** Two shards that are scaled, and whose replicas are. */
export const SHARDED: Resources = {
  ...SINGLE,
  Group: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { ...GROUP, NumNodeGroups: 2, ReplicasPerNodeGroup: 1 }, UpdatePolicy: { UseOnlineResharding: true } },
  Parameters: {
    Type: 'AWS::ElastiCache::ParameterGroup',
    Properties: { CacheParameterGroupFamily: 'redis7', Description: 'Cache of the shop', Properties: { 'cluster-enabled': 'yes' } },
  },
  ShardTarget: {
    Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    Properties: {
      ServiceNamespace: 'elasticache',
      ScalableDimension: 'elasticache:replication-group:NodeGroups',
      MinCapacity: 1,
      MaxCapacity: 4,
      RoleARN: 'arn:aws:iam::1:role/a',
      ResourceId: { 'Fn::Join': ['', ['replication-group/', ref('Group')]] },
    },
  },
  ReplicaTarget: {
    Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    Properties: {
      ServiceNamespace: 'elasticache',
      ScalableDimension: 'elasticache:replication-group:Replicas',
      MinCapacity: 1,
      MaxCapacity: 4,
      RoleARN: 'arn:aws:iam::1:role/a',
      ResourceId: { 'Fn::Sub': 'replication-group/${Group}' },
    },
  },
  Policy: {
    Type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
    Properties: {
      PolicyName: 'memory',
      PolicyType: 'TargetTrackingScaling',
      ScalingTargetId: ref('ShardTarget'),
      TargetTrackingScalingPolicyConfiguration: tracking('ElastiCacheDatabaseMemoryUsageCountedForEvictPercentage', 60),
    },
  },
};

function tracking(metric: string, target: number): Properties {
  return { PredefinedMetricSpecification: { PredefinedMetricType: metric }, TargetValue: target };
}

const VALKEY_9 = { Engine: 'valkey', EngineVersion: '9.0', CacheParameterGroupName: 'default.valkey9.cluster.on', Durability: 'sync' };
const SECONDARY = { GlobalReplicationGroupId: 'ldgnf-shop' };
const REDIS_5 = { EngineVersion: '5.0.6', CacheParameterGroupName: 'default.redis5.0' };
const REDIS_6 = { EngineVersion: '6.2', CacheParameterGroupName: 'default.redis6.x' };
const group = (changes: Properties) => ({ Group: changes });
const log = (changes: Properties = {}) => ({
  LogType: 'slow-log', LogFormat: 'json', DestinationType: 'cloudwatch-logs', DestinationDetails: { CloudWatchLogsDetails: { LogGroup: 'slow' } }, ...changes,
});
const logs = (...changes: Properties[]) => group({ LogDeliveryConfigurations: changes.map(log) });
const shards = (...layout: Properties[]) => group({ NumNodeGroups: undefined, NodeGroupConfiguration: layout });
const passwords = (...list: string[]) => ({ App: { AuthenticationMode: undefined, Passwords: list } });
const modePasswords = (...list: string[]) => ({ App: { AuthenticationMode: { Type: 'password', Passwords: list } } });
const parameters = (values: Properties) => ({ Parameters: { Properties: values } });

/** What breaks a rule in the template of one shard. */
export const FAULTS_OF_ONE_SHARD: { readonly [id: string]: Changes } = {
  'replication-group-id': group({ ReplicationGroupId: 'shop-' }),
  'replication-group-description': group({ ReplicationGroupDescription: undefined }),
  'shard-node-count': group({ NumCacheClusters: 7 }),
  'node-count-stated-twice': group({ ReplicasPerNodeGroup: 1 }),
  'failover-needs-replica': group({ NumCacheClusters: 1, MultiAZEnabled: false }),
  'multi-az-needs-failover': group({ AutomaticFailoverEnabled: false }),
  'multi-az-needs-replica': group({ NumCacheClusters: 1 }),
  'multi-az-needs-zones': { SubnetB: { AvailabilityZone: 'eu-west-1a' } },
  'no-replica': group({ NumCacheClusters: 1, MultiAZEnabled: false, AutomaticFailoverEnabled: false }),
  'multi-az-off': group({ MultiAZEnabled: undefined }),
  'preferred-zones-count': group({ PreferredCacheClusterAZs: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'] }),
  'preferred-zones-multi-az': group({ PreferredCacheClusterAZs: ['eu-west-1a', 'eu-west-1a'] }),
  'cluster-mode-word': group({ ClusterMode: 'on' }),
  'cluster-mode-parameter': group({ ClusterMode: 'compatible' }),
  'compatible-needs-replica': group({ ClusterMode: 'compatible', NumCacheClusters: 1 }),
  'compatible-engine-version': group({ ClusterMode: 'compatible', ...REDIS_6 }),
  'replication-group-engine': group({ Engine: 'memcached' }),
  'engine-version-form': group({ EngineVersion: '7.1.0' }),
  'redis-4-standard-support': group({ EngineVersion: '4.0.10' }),
  'redis-5-standard-support': group(REDIS_5),
  'redis-6-standard-support': group(REDIS_6),
  'parameter-group-family': { Parameters: { CacheParameterGroupFamily: 'redis6.x' } },
  'node-type-engine': group({ CacheNodeType: 'cache.m8g.large' }),
  'node-type-engine-version': group({ ...REDIS_5, EngineVersion: '3.2.6', CacheNodeType: 'cache.r7g.large' }),
  'previous-generation-node-type': group({ CacheNodeType: 'cache.m4.large' }),
  'data-tiering-required': group({ CacheNodeType: 'cache.r6gd.xlarge' }),
  'data-tiering-node-type': group({ DataTieringEnabled: true }),
  'data-tiering-engine-version': group({ DataTieringEnabled: true, CacheNodeType: 'cache.r6gd.xlarge', ...REDIS_5 }),
  'data-tiering-eviction-policy': {
    ...group({ DataTieringEnabled: true, CacheNodeType: 'cache.r6gd.xlarge' }), ...parameters({ 'maxmemory-policy': 'allkeys-lfu' }),
  },
  'valkey-tls-explicit': group({ Engine: 'valkey', EngineVersion: '8.1', TransitEncryptionEnabled: undefined }),
  'no-tls': group({ TransitEncryptionEnabled: 'false' }),
  'tls-mode-word': group({ TransitEncryptionMode: 'off' }),
  'tls-mode-without-tls': group({ TransitEncryptionEnabled: false, TransitEncryptionMode: 'required' }),
  'tls-preferred': group({ TransitEncryptionMode: 'preferred' }),
  'tls-preferred-engine-version': group({ TransitEncryptionMode: 'preferred', ...REDIS_6 }),
  'tls-preferred-with-users': group({ TransitEncryptionMode: 'preferred' }),
  'tls-preferred-with-token': group({ TransitEncryptionMode: 'preferred', AuthToken: '{{resolve:secretsmanager:token}}' }),
  'user-group-needs-tls': group({ TransitEncryptionEnabled: false }),
  'one-user-group': group({ UserGroupIds: [ref('Users'), 'other'] }),
  'user-group-engine-version': group(REDIS_5),
  'user-group-engine-match': { Users: { Engine: 'valkey' } },
  'iam-user-engine-version': { ...group(REDIS_6), App: { AuthenticationMode: { Type: 'iam' } } },
  'auth-token-needs-tls': group({ AuthToken: '{{resolve:secretsmanager:token}}', TransitEncryptionEnabled: false }),
  'auth-token-or-users': group({ AuthToken: '{{resolve:secretsmanager:token}}' }),
  'auth-token-length': group({ AuthToken: 'short' }),
  'auth-token-characters': group({ AuthToken: 'has-a-dot.in-the-middle' }),
  'no-authentication': group({ UserGroupIds: undefined }),
  'no-at-rest-encryption': group({ AtRestEncryptionEnabled: false }),
  'kms-key-without-encryption': group({ AtRestEncryptionEnabled: false, KmsKeyId: 'alias/shop' }),
  'default-subnet-group': group({ CacheSubnetGroupName: undefined }),
  'port-range': group({ Port: 65536 }),
  'port-reserved': group({ Port: '8005' }),
  'snapshot-window-form': group({ SnapshotWindow: '4-5' }),
  'snapshot-window-length': group({ SnapshotWindow: '04:00-04:30' }),
  'maintenance-window-form': group({ PreferredMaintenanceWindow: 'sun' }),
  'maintenance-window-length': group({ PreferredMaintenanceWindow: 'sun:04:00-sun:04:30' }),
  'windows-overlap': group({ SnapshotWindow: '04:00-05:00', PreferredMaintenanceWindow: 'sun:04:30-sun:05:30' }),
  'snapshot-retention': group({ SnapshotRetentionLimit: 36 }),
  'no-backups': group({ SnapshotRetentionLimit: undefined }),
  'snapshot-window-unused': group({ SnapshotRetentionLimit: 0, SnapshotWindow: '04:00-05:00' }),
  'snapshotting-member': group({ ReplicationGroupId: 'shop', SnapshottingClusterId: 'shop-003' }),
  'one-restore-source': group({ SnapshotName: 'yesterday', SnapshotArns: ['arn:aws:s3:::backups/shop.rdb'] }),
  'snapshot-arns-form': group({ SnapshotArns: ['s3://backups/shop.rdb'] }),
  'log-type': logs({ LogType: 'audit-log' }),
  'log-destination-type': logs({ DestinationType: 's3' }),
  'log-format': logs({ LogFormat: 'xml' }),
  'log-destination-details': logs({ DestinationType: 'kinesis-firehose' }),
  'log-type-once': logs({}, {}),
  'slow-log-engine-version': group({ ...REDIS_5, LogDeliveryConfigurations: [log()] }),
  'engine-log-engine-version': group({ ...REDIS_6, EngineVersion: '6.0', LogDeliveryConfigurations: [log({ LogType: 'engine-log' })] }),
  'encrypted-notification-topic': group({ NotificationTopicArn: ref('Topic') }),
  'network-type': group({ NetworkType: 'ipv5' }),
  'ip-discovery': group({ IpDiscovery: 'ipv5' }),
  'network-type-engine-version': group({ ...REDIS_5, NetworkType: 'ipv6' }),
  'network-type-node-type': group({ NetworkType: 'ipv6', CacheNodeType: 'cache.m4.large' }),
  'ip-discovery-network-type': group({ IpDiscovery: 'ipv6' }),
  'global-secondary-node-type': group(SECONDARY),
  'global-secondary-engine': group(SECONDARY),
  'global-secondary-engine-version': group(SECONDARY),
  'global-secondary-parameter-group': group(SECONDARY),
  'global-secondary-shards': group({ ...SECONDARY, NumNodeGroups: 1 }),
  'global-secondary-in-transit-encryption': group(SECONDARY),
  'global-secondary-at-rest-encryption': group(SECONDARY),
  'global-secondary-failover': group(SECONDARY),
  'global-secondary-snapshot-name': group({ ...SECONDARY, SnapshotName: 'yesterday' }),
  'global-secondary-snapshot-files': group({ ...SECONDARY, SnapshotArns: ['arn:aws:s3:::backups/shop.rdb'] }),
  'global-network-type': group({ ...SECONDARY, NetworkType: 'ipv6' }),
  'keyspace-events-without-channel': parameters({ 'notify-keyspace-events': 'x' }),
  'databases-in-cluster-mode': parameters({ 'cluster-enabled': 'yes', 'databases': 16 }),
  'memcached-parameter-of-redis': parameters({ max_item_size: 1048576 }),
  'memory-reserved-twice': parameters({ 'reserved-memory': 1000, 'reserved-memory-percent': 25 }),
  'subnet-group-name': { Subnets: { CacheSubnetGroupName: 'my_subnets' } },
  'subnet-group-empty': { Subnets: { SubnetIds: [] } },
  'subnet-group-quota': { Subnets: { SubnetIds: Array.from({ length: 21 }, (_, i) => `subnet-${i}`) } },
  'subnet-group-duplicates': { Subnets: { SubnetIds: ['subnet-1', 'subnet-1'] } },
  'user-id': { App: { UserId: '1app' } },
  'user-name': { App: { UserName: '' } },
  'user-engine': { App: { Engine: undefined } },
  'access-string-missing': { App: { AccessString: undefined } },
  'access-string-password': { App: { AccessString: 'on >secret ~* +@all' } },
  'access-string-reset': { App: { AccessString: 'on reset ~* +@all' } },
  'access-string-partial-reset': { App: { AccessString: 'on resetkeys ~app:* +@read' } },
  'access-string-word': { App: { AccessString: 'on app:* +@read' } },
  'access-string-state': { App: { AccessString: '~* +@all' } },
  'authentication-missing': { App: { AuthenticationMode: undefined } },
  'authentication-type': { App: { AuthenticationMode: { Type: 'token' } } },
  'iam-user-name': { App: { AuthenticationMode: { Type: 'iam' }, UserName: 'other' } },
  'no-password-required': { App: { AuthenticationMode: { Type: 'no-password-required' } } },
  'passwords-without-effect': { App: { AuthenticationMode: undefined, Passwords: ['{{resolve:ssm-secure:app}}'], NoPasswordRequired: true } },
  'passwords-count': passwords('a'.repeat(16), 'b'.repeat(16), 'c'.repeat(16)),
  'passwords-length': passwords('short'),
  'passwords-characters': passwords('with an @ and blanks'),
  'authentication-passwords-count': modePasswords('a'.repeat(16), 'b'.repeat(16), 'c'.repeat(16)),
  'authentication-passwords-length': modePasswords('short'),
  'authentication-passwords-characters': modePasswords('with an @ and blanks'),
  'user-group-id': { Users: { UserGroupId: 'a'.repeat(41) } },
  'user-group-engine': { Users: { Engine: undefined } },
  'user-group-default-user': { Default: { UserName: 'nobody' } },
  'user-group-duplicates': { App: { UserName: 'default' } },
  'user-group-no-password': { Users: { Engine: 'valkey' } },
  'user-group-quota': { Users: { UserIds: Array.from({ length: 101 }, (_, i) => `user${i}`) } },
};

/** What breaks a rule in the template of several shards. */
export const FAULTS_OF_SHARDS: { readonly [id: string]: Changes } = {
  'shard-replica-count': group({ ReplicasPerNodeGroup: 6 }),
  'no-replica-per-shard': group({ ReplicasPerNodeGroup: 0 }),
  'cluster-mode-failover': group({ AutomaticFailoverEnabled: false }),
  'cluster-mode-shards': group({ ClusterMode: 'disabled' }),
  'cluster-mode-preferred-zones': group({ PreferredCacheClusterAZs: ['eu-west-1a'] }),
  'shard-count': group({ NumNodeGroups: 501 }),
  'shard-layout-count': shards(...Array.from({ length: 501 }, (_, i) => ({ NodeGroupId: String(i).padStart(4, '0') }))),
  'shard-count-stated-twice': group({ NodeGroupConfiguration: [{ NodeGroupId: '1' }] }),
  'cluster-node-quota': group({ NumNodeGroups: 46 }),
  'cluster-node-limit': group({ NumNodeGroups: 251 }),
  'shard-id-form': shards({ NodeGroupId: 'one' }, { NodeGroupId: '2' }),
  'shard-id-duplicates': shards({ NodeGroupId: '1' }, { NodeGroupId: '0001' }),
  'shard-id-missing': shards({ NodeGroupId: '1' }, {}),
  'shard-layout-replicas': shards({ NodeGroupId: '1', ReplicaCount: 6 }, { NodeGroupId: '2' }),
  'no-replica-in-shard': shards({ NodeGroupId: '1', ReplicaCount: 0 }, { NodeGroupId: '2' }),
  'shard-zones-count': shards({ NodeGroupId: '1', ReplicaAvailabilityZones: ['eu-west-1a', 'eu-west-1b'] }, { NodeGroupId: '2' }),
  'shard-zones-multi-az': shards({ NodeGroupId: '1', PrimaryAvailabilityZone: 'eu-west-1a', ReplicaAvailabilityZones: ['eu-west-1a'] }, { NodeGroupId: '2' }),
  'shard-slots-form': shards({ NodeGroupId: '1', Slots: '0' }, { NodeGroupId: '2', Slots: '1-16384' }),
  'shard-slots-overlap': shards({ NodeGroupId: '1', Slots: '0-9000' }, { NodeGroupId: '2', Slots: '9000-16383' }),
  'shard-slots-cover': shards({ NodeGroupId: '1', Slots: '0-8000' }, { NodeGroupId: '2', Slots: '9000-16383' }),
  'shard-slots-partial': shards({ NodeGroupId: '1', Slots: '0-8191' }, { NodeGroupId: '2' }),
  'restored-shards-need-slots': group({ SnapshotArns: ['arn:aws:s3:::backups/shop.rdb'] }),
  'snapshotting-cluster-mode': group({ SnapshottingClusterId: 'shop-001' }),
  'durability-word': group({ Durability: 'always' }),
  'durability-engine-version': group({ Durability: 'sync' }),
  'durability-cluster-mode': group({ ...VALKEY_9, CacheParameterGroupName: 'default.valkey9', NumNodeGroups: 1 }),
  'durability-node-type': group({ ...VALKEY_9, CacheNodeType: 'cache.t4g.medium' }),
  'durability-needs-replica': group({ ...VALKEY_9, ReplicasPerNodeGroup: 0 }),
  'durability-needs-multi-az': group({ ...VALKEY_9, MultiAZEnabled: false }),
  'durability-needs-tls': group({ ...VALKEY_9, TransitEncryptionEnabled: false }),
  'durability-at-rest-encryption': group({ ...VALKEY_9, AtRestEncryptionEnabled: false }),
  'durability-data-tiering': group({ ...VALKEY_9, DataTieringEnabled: true }),
  'durability-global-datastore': group({ ...VALKEY_9, ...SECONDARY }),
  'scaling-namespace': { ShardTarget: { ServiceNamespace: 'ecs' } },
  'scaling-dimension': { ShardTarget: { ScalableDimension: 'elasticache:replication-group:Shards', ResourceId: 'replication-group/shop' } },
  'scaling-resource': { ShardTarget: { ResourceId: 'shop' } },
  'scaling-shards-range': { ShardTarget: { MinCapacity: 0 } },
  'scaling-replicas-range': { ReplicaTarget: { MaxCapacity: 6 } },
  'scaling-range-order': { ShardTarget: { MinCapacity: 5 } },
  'scaling-to-no-replica': { ReplicaTarget: { MinCapacity: 0 } },
  'scaling-first-count': { ShardTarget: { MinCapacity: 3 } },
  'scaling-cluster-mode': group({ NumNodeGroups: 1, ClusterMode: 'disabled' }),
  'scaling-engine-version': group(REDIS_5),
  'scaling-node-type': group({ CacheNodeType: 'cache.t4g.medium' }),
  'scaling-global-datastore': group(SECONDARY),
  'scaling-policy-type': { Policy: { PolicyType: 'StepScaling' } },
  'scaling-metric': { Policy: { TargetTrackingScalingPolicyConfiguration: tracking('ElastiCacheReplicaEngineCPUUtilization', 60) } },
  'scaling-metric-data-tiering': group({ CacheNodeType: 'cache.r6gd.xlarge', DataTieringEnabled: true }),
  'scaling-target-value': {
    Policy: { TargetTrackingScalingPolicyConfiguration: tracking('ElastiCacheDatabaseMemoryUsageCountedForEvictPercentage', 71) },
  },
};

/** The template with new values. */
export function changed(template: Resources, changes: Changes): Resources {
  return {
    ...template,
    ...Object.fromEntries(Object.entries(changes).map(([logicalId, properties]) => {
      const resource = template[logicalId];
      return [logicalId, { ...resource, Properties: { ...resource.Properties, ...properties } }];
    })),
  };
}
