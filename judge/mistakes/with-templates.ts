import { CfnScalableTarget } from 'aws-cdk-lib/aws-applicationautoscaling';
import { CfnCacheCluster, CfnParameterGroup, CfnReplicationGroup, CfnSubnetGroup, CfnUser, CfnUserGroup, CfnUserProps } from 'aws-cdk-lib/aws-elasticache';
import { CacheClusterProps, GroupProps, TemplateMistake } from './mistake';
import { World } from '../programs/world';

/** A replication group written by hand, as one finds it in many templates. */
export function newGroup({ data }: World, props: GroupProps = {}): CfnReplicationGroup {
  return new CfnReplicationGroup(data, 'Group', {
    replicationGroupDescription: 'Cache of the shop',
    engine: 'valkey',
    engineVersion: '8.1',
    cacheNodeType: 'cache.r7g.large',
    numCacheClusters: 2,
    automaticFailoverEnabled: true,
    multiAzEnabled: true,
    transitEncryptionEnabled: true,
    atRestEncryptionEnabled: true,
    cacheSubnetGroupName: 'private',
    userGroupIds: ['shop'],
    snapshotRetentionLimit: 7,
    ...props,
  });
}

/** A pool of Memcached written by hand. */
export const newPool = ({ data }: World, props: CacheClusterProps = {}) => new CfnCacheCluster(data, 'Pool', {
  engine: 'memcached',
  engineVersion: '1.6.22',
  cacheNodeType: 'cache.r7g.large',
  numCacheNodes: 2,
  azMode: 'cross-az',
  preferredAvailabilityZones: ['eu-west-1a', 'eu-west-1b'],
  cacheSubnetGroupName: 'private',
  transitEncryptionEnabled: true,
  ...props,
});
const newUser = ({ data }: World, id: string, props: Partial<CfnUserProps> = {}) =>
  new CfnUser(data, id, { engine: 'redis', userId: id.toLowerCase(), userName: id.toLowerCase(), accessString: 'on ~app:* +@read', noPasswordRequired: true, ...props });

const group = (name: string, validation: string, props: GroupProps): TemplateMistake =>
  ({ name, validation, resources: world => void newGroup(world, props) });
const pool = (name: string, validation: string, props: CacheClusterProps): TemplateMistake =>
  ({ name, validation, resources: world => void newPool(world, props) });
const user = (name: string, validation: string, props: Partial<CfnUserProps>): TemplateMistake =>
  ({ name, validation, resources: world => void newUser(world, 'App', props) });

const GROUPS: TemplateMistake[] = [
  group('Multi-AZ without failover', 'multi-az-needs-failover', { automaticFailoverEnabled: false }),
  group('Multi-AZ with a single node', 'multi-az-needs-replica', { numCacheClusters: 1 }),
  group('a single node that leaves failover to CloudFormation, which turns it on', 'failover-needs-replica', {
    numCacheClusters: 1, automaticFailoverEnabled: undefined, multiAzEnabled: undefined,
  }),
  group('the nodes counted in two ways', 'node-count-stated-twice', { numNodeGroups: 2, replicasPerNodeGroup: 1 }),
  group('shards with a parameter group of AWS that is for none', 'cluster-mode-parameter', {
    numCacheClusters: undefined, numNodeGroups: 3, replicasPerNodeGroup: 1, cacheParameterGroupName: 'default.valkey8',
  }),
  group('shards without failover', 'cluster-mode-failover', {
    numCacheClusters: undefined, numNodeGroups: 3, replicasPerNodeGroup: 1, automaticFailoverEnabled: false, multiAzEnabled: false,
  }),
  group('the default parameter group of the version before', 'parameter-group-family', { cacheParameterGroupName: 'default.redis7' }),
  group('shards without online resharding, whose number then replaces the group', 'online-resharding', {
    numCacheClusters: undefined, numNodeGroups: 3, replicasPerNodeGroup: 1, cacheParameterGroupName: 'default.valkey8.cluster.on',
  }),
  group('Valkey that says nothing of TLS', 'valkey-tls-explicit', { transitEncryptionEnabled: undefined, userGroupIds: undefined }),
  group('an AUTH token and users', 'auth-token-or-users', { authToken: 'a'.repeat(32) }),
  group('an AUTH token of 15 characters', 'auth-token-length', { authToken: 'a'.repeat(15), userGroupIds: undefined }),
  group('an AUTH token with an @', 'auth-token-characters', { authToken: `p@${'a'.repeat(30)}`, userGroupIds: undefined }),
  group('data at rest left unencrypted by Redis OSS, which does so unless asked', 'no-at-rest-encryption', {
    engine: 'redis', engineVersion: '7.1', atRestEncryptionEnabled: undefined,
  }),
  group('a KMS key while encryption at rest is off', 'kms-key-without-encryption', { kmsKeyId: 'alias/shop', atRestEncryptionEnabled: false }),
  group('the default subnet group of the account', 'default-subnet-group', { cacheSubnetGroupName: undefined }),
  group('data tiering on nodes without SSD', 'data-tiering-node-type', { dataTieringEnabled: true }),
  group('nodes with SSD and no data tiering', 'data-tiering-required', { cacheNodeType: 'cache.r6gd.xlarge' }),
  group('fewer preferred zones than nodes', 'preferred-zones-count', { preferredCacheClusterAZs: ['eu-west-1a'] }),
  group('a snapshot and files to restore from', 'one-restore-source', { snapshotName: 'nightly', snapshotArns: ['arn:aws:s3:::backups/a.rdb'] }),
  group('a slow log that is delivered nowhere', 'log-destination-details', {
    logDeliveryConfigurations: [{ logType: 'slow-log', logFormat: 'json', destinationType: 'kinesis-firehose', destinationDetails: { cloudWatchLogsDetails: { logGroup: 'a' } } }],
  }),
  group('a secondary of a Global Datastore with a node type of its own', 'global-secondary-node-type', { globalReplicationGroupId: 'ldgnf-shop' }),
];

const OTHERS: TemplateMistake[] = [
  {
    name: 'a user group of engine redis without a default user',
    validation: 'user-group-default-user',
    resources: world => void new CfnUserGroup(world.data, 'Users', { engine: 'redis', userGroupId: 'shop', userIds: [newUser(world, 'App').ref] }),
  },
  {
    name: 'two users of one name in a group',
    validation: 'user-group-duplicates',
    resources: world => void new CfnUserGroup(world.data, 'Users', {
      engine: 'valkey', userGroupId: 'shop', userIds: [newUser(world, 'App').ref, newUser(world, 'Other', { userName: 'app' }).ref],
    }),
  },
  {
    name: 'a user group of engine valkey for Redis OSS',
    validation: 'user-group-engine-match',
    resources: world => {
      const users = new CfnUserGroup(world.data, 'Users', { engine: 'valkey', userGroupId: 'shop', userIds: [newUser(world, 'App').ref] });
      newGroup(world, { engine: 'redis', engineVersion: '7.1', userGroupIds: [users.ref] });
    },
  },
  {
    name: 'a user without a password in a group of engine valkey',
    validation: 'user-group-no-password',
    resources: world => void new CfnUserGroup(world.data, 'Users', { engine: 'valkey', userGroupId: 'shop', userIds: [newUser(world, 'App').ref] }),
  },
  user('a password of 15 characters', 'passwords-length', { noPasswordRequired: undefined, passwords: ['a'.repeat(15)] }),
  user('three passwords', 'passwords-count', { noPasswordRequired: undefined, passwords: ['a', 'b', 'c'].map(letter => letter.repeat(20)) }),
  user('a user that anybody may log in as', 'no-password-required', {}),
  user('a user without any way to log in', 'authentication-missing', { noPasswordRequired: undefined }),
  user('a login by IAM under a name that is not the id', 'iam-user-name', { noPasswordRequired: undefined, userName: 'Somebody', authenticationMode: { Type: 'iam' } }),
  user('no access string, at which deployment ends in an internal error', 'access-string-missing', { accessString: undefined }),
  {
    name: 'a parameter of a later family',
    validation: 'parameter-search-default-timeout-ms-family',
    resources: ({ data }) => void new CfnParameterGroup(data, 'Parameters', {
      description: 'Cache of the shop', cacheParameterGroupFamily: 'redis7', properties: { 'search-default-timeout-ms': '100' },
    }),
  },
  {
    name: 'a subnet group without subnets',
    validation: 'subnet-group-empty',
    resources: ({ data }) => void new CfnSubnetGroup(data, 'Subnets', { description: 'Cache of the shop', subnetIds: [] }),
  },
  {
    name: 'replicas scaled in the namespace of another service',
    validation: 'scaling-namespace',
    resources: ({ data }) => void new CfnScalableTarget(data, 'Scaling', {
      serviceNamespace: 'ecs', scalableDimension: 'elasticache:replication-group:Replicas', resourceId: 'replication-group/shop', minCapacity: 1, maxCapacity: 3,
    }),
  },
];

const POOLS: TemplateMistake[] = [
  pool('a pool whose growth replaces it', 'memcached-growth', { preferredAvailabilityZones: undefined }),
  pool('zones for fewer nodes than there are', 'cache-cluster-zones-count', { numCacheNodes: 3 }),
  pool('several zones in the mode of one', 'az-mode-zones', { azMode: 'single-az' }),
  pool('a pool in the clear', 'memcached-no-tls', { transitEncryptionEnabled: undefined }),
  pool('backups of Memcached', 'memcached-without-backups-and-logs', { snapshotRetentionLimit: 7 }),
  pool('Redis OSS on several nodes of a cache cluster', 'cache-cluster-redis-nodes', { engine: 'redis', engineVersion: '7.1' }),
  pool('the default parameter group of another engine', 'cache-cluster-parameter-group-family', { cacheParameterGroupName: 'default.redis7' }),
];

/** Mistakes in resources that are written by hand. */
export const TEMPLATE_MISTAKES: readonly TemplateMistake[] = [...GROUPS, ...POOLS, ...OTHERS];
