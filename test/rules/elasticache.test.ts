import { elasticacheRules } from '../../src/rules/elasticache';
import { findFaults, Properties, Surroundings, UNKNOWN } from '../../src/rules/rule';

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
  ['ReplicationGroup', 'error', 'cluster-mode-word', 'ElastiCache API Reference, CreateReplicationGroup (ClusterMode)'],
  ['ReplicationGroup', 'error', 'cluster-mode-parameter', 'ElastiCache User Guide, "Modifying cluster mode" (modify-cluster-mode)'],
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
  ['ReplicationGroup', 'warning', 'data-tiering-eviction-policy', 'ElastiCache User Guide, "Data tiering" (data-tiering)'],
  ['ReplicationGroup', 'error', 'valkey-tls-explicit', 'aws-cloudformation/cfn-lint, aws_elasticache_replicationgroup/transitencryptionenabled_valkey.json'],
  ['ReplicationGroup', 'warning', 'no-tls', 'ElastiCache User Guide, "In-transit encryption" (in-transit-encryption); Security Hub ElastiCache.5'],
  ['ReplicationGroup', 'error', 'user-group-needs-tls', 'ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC)'],
  ['ReplicationGroup', 'warning', 'one-user-group', 'ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC)'],
  ['ReplicationGroup', 'error', 'user-group-engine-version', 'ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC)'],
  ['ReplicationGroup', 'error', 'user-group-engine-match', 'ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC)'],
  ['ReplicationGroup', 'error', 'auth-token-needs-tls', 'ElastiCache User Guide, "Authenticating with the AUTH command" (auth)'],
  ['ReplicationGroup', 'error', 'auth-token-or-users', 'ElastiCache User Guide, "Authenticating with the AUTH command" (auth)'],
  ['ReplicationGroup', 'error', 'auth-token-length', 'ElastiCache User Guide, "Authenticating with the AUTH command" (auth)'],
  ['ReplicationGroup', 'warning', 'auth-token-characters', 'ElastiCache User Guide, "Authenticating with the AUTH command" (auth)'],
  ['ReplicationGroup', 'warning', 'no-authentication', 'ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC)'],
  ['ReplicationGroup', 'warning', 'no-at-rest-encryption', 'ElastiCache User Guide, "At-rest encryption" (at-rest-encryption); Security Hub ElastiCache.4'],
  ['ReplicationGroup', 'error', 'kms-key-without-encryption', 'ElastiCache User Guide, "At-rest encryption" (at-rest-encryption)'],
  ['ReplicationGroup', 'warning', 'default-subnet-group', 'Security Hub ElastiCache.7'],
  ['ReplicationGroup', 'error', 'port-range', 'ElastiCache API Reference, CreateReplicationGroup (Port)'],
  ['ReplicationGroup', 'error', 'port-reserved', 'Seen to be refused at deployment'],
  ['ReplicationGroup', 'error', 'snapshot-window-form', 'ElastiCache API Reference, CreateReplicationGroup (SnapshotWindow)'],
  ['ReplicationGroup', 'error', 'snapshot-window-length', 'ElastiCache API Reference, CreateReplicationGroup (SnapshotWindow)'],
  ['ReplicationGroup', 'error', 'maintenance-window-form', 'ElastiCache API Reference, CreateReplicationGroup (PreferredMaintenanceWindow)'],
  ['ReplicationGroup', 'error', 'maintenance-window-length', 'ElastiCache API Reference, CreateReplicationGroup (PreferredMaintenanceWindow)'],
  ['ReplicationGroup', 'error', 'windows-overlap', 'ElastiCache API Reference, CreateReplicationGroup (SnapshotWindow); seen to be refused even while backups are off'],
  ['ReplicationGroup', 'error', 'snapshot-retention', 'ElastiCache API Reference, CreateReplicationGroup (SnapshotRetentionLimit)'],
  ['ReplicationGroup', 'warning', 'no-backups', 'Security Hub ElastiCache.1'],
  ['ReplicationGroup', 'warning', 'snapshot-window-unused', 'ElastiCache API Reference, CreateReplicationGroup (SnapshotWindow)'],
  ['ReplicationGroup', 'error', 'one-restore-source', 'ElastiCache API Reference, CreateReplicationGroup (SnapshotName, SnapshotArns)'],
  ['ReplicationGroup', 'error', 'snapshot-arns-form', 'ElastiCache API Reference, CreateReplicationGroup (SnapshotArns)'],
  ['ReplicationGroup', 'error', 'log-type', 'ElastiCache User Guide, "Log delivery" (Log_Delivery)'],
  ['ReplicationGroup', 'error', 'log-destination-type', 'ElastiCache User Guide, "Log delivery" (Log_Delivery)'],
  ['ReplicationGroup', 'error', 'log-format', 'ElastiCache User Guide, "Log delivery" (Log_Delivery)'],
  ['ReplicationGroup', 'error', 'log-type-once', 'ElastiCache User Guide, "Log delivery" (Log_Delivery)'],
  ['ReplicationGroup', 'error', 'slow-log-engine-version', 'ElastiCache User Guide, "Log delivery" (Log_Delivery)'],
  ['ReplicationGroup', 'error', 'engine-log-engine-version', 'ElastiCache User Guide, "Log delivery" (Log_Delivery)'],
  ['ReplicationGroup', 'warning', 'encrypted-notification-topic', 'ElastiCache User Guide, "Managing ElastiCache Amazon SNS notifications" (ECEvents.SNS)'],
  ['ReplicationGroup', 'error', 'network-type', 'ElastiCache User Guide, "Choosing a network type" (network-type)'],
  ['ReplicationGroup', 'error', 'ip-discovery', 'ElastiCache User Guide, "Choosing a network type" (network-type)'],
  ['ReplicationGroup', 'warning', 'network-type-engine-version', 'ElastiCache User Guide, "Choosing a network type" (network-type)'],
  ['ParameterGroup', 'warning', 'keyspace-events-without-channel', 'ElastiCache User Guide, "Engine specific parameters" (ParameterGroups.Engine)'],
  ['ParameterGroup', 'warning', 'memory-reserved-twice', 'ElastiCache User Guide, "Managing reserved memory" (redis-memory-management)'],
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
  ['UserGroup', 'warning', 'user-group-quota', 'ElastiCache User Guide, "Quotas" (quota-limits)'],
];

const isParameterRule = ({ id, type }: { id: string; type: string }) => type === 'AWS::ElastiCache::ParameterGroup' && id.startsWith('parameter-');

test('the catalogue of rules', () => {
  expect(elasticacheRules.filter((rule) => !isParameterRule(rule)).map(({ type, severity, id, source }) => [type, severity, id, source]))
    .toEqual(CATALOGUE.map(([type, ...rest]) => [`AWS::ElastiCache::${type}`, ...rest]));
});

test('rules of single parameters come from one page', () => {
  const sources = elasticacheRules.filter(isParameterRule).map((rule) => rule.source);
  expect(sources).toHaveLength(103);
  expect(new Set(sources)).toEqual(new Set(['ElastiCache User Guide, "Engine specific parameters" (ParameterGroups.Engine)']));
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
  findFaults(elasticacheRules, { type: `AWS::ElastiCache::${type}`, properties }, around).map(({ rule }) => `${rule.severity} ${rule.id}`);

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

test('where nothing is known, nothing is refused', () => {
  const names = [...new Set(elasticacheRules.flatMap(({ text, reads }) => [...text.matchAll(/\{([\w.-]+)/g)].map(([, name]) => name).concat(reads)))];
  const unknown = Object.fromEntries(names.map((name) => [name.replace('[]', '').split('.')[0], UNKNOWN] as const));
  ['ReplicationGroup', 'ParameterGroup', 'SubnetGroup', 'User', 'UserGroup'].forEach((type) =>
    expect(faultsOf(type, { ...unknown, AuthToken: undefined, SnapshotName: undefined })).toEqual([]));
});
