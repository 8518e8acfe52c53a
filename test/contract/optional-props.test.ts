import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib';
import { SecurityGroup, Subnet } from 'aws-cdk-lib/aws-ec2';
import { DeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  AccessStringOptions, AccessString, CacheIpDiscovery, CacheNetworkType, CacheNodeType, ClusterMode, ClusterModeCompatibleOptions,
  ClusterModeDisabledOptions, ClusterModeEnabledOptions, DailyWindow, Encryption, EvictionPolicy, LinkOptions, MemcachedPool,
  MemcachedPoolAttributes, MemcachedPoolProps, MemcachedVersion, RedisAuth, RedisBaseProps,
  RedisCluster, RedisClusterAttributes, RedisClusterProps, RedisDurability, RedisEngine, RedisIamOptions, RedisLogDestination, RedisLogFormat,
  RedisLogOptions, RedisSnapshotSource, RedisUsersOptions, SessionCapacity, SessionCapacityOptions, SessionStoreProps, SessionStoreWhenFull,
  ShardLayout, TransitEncryption, WeeklyWindow,
} from '../../src';
import { Layout, layout, newCluster, newFunction, newPool, newSessionStore, resourcesOf } from '../helpers';

/** The optional props of a struct: the compiler asks for every one of them. */
type Optional<T> = { [prop in keyof T as object extends Pick<T, prop> ? prop : never]-?: (world: Layout) => T[prop] };

const BASE: Optional<RedisBaseProps> = {
  vpcSubnets: ({ data }) => ({
    subnets: ['c', 'd'].map(zone => Subnet.fromSubnetAttributes(data, zone, { subnetId: `subnet-${zone}`, availabilityZone: `eu-west-1${zone}` })),
  }),
  securityGroups: ({ data }) => [SecurityGroup.fromSecurityGroupId(data, 'Mine', 'sg-1')],
  port: () => 7000,
  engine: () => RedisEngine.VALKEY_8_1,
  clusterMode: () => ClusterMode.disabled({ replicas: 2 }),
  encryption: () => Encryption.awsManaged(),
  backupRetention: () => Duration.days(1),
  backupWindow: () => DailyWindow.of('01:00-02:00'),
  maintenanceWindow: () => WeeklyWindow.of('mon:08:00-mon:09:00'),
  autoMinorVersionUpgrade: () => false,
  logs: () => ({ slowLog: false }),
  notificationTopic: ({ data }) => Topic.fromTopicArn(data, 'Topic', 'arn:aws:sns:eu-west-1:123456789012:events'),
  replicationGroupName: () => 'mine',
  description: () => 'Mine',
  removalPolicy: () => RemovalPolicy.RETAIN,
  alarms: () => ({ replicationLag: { enabled: false } }),
};

const CLUSTER: Optional<RedisClusterProps> = {
  ...BASE,
  nodeType: () => CacheNodeType.M7G_LARGE,
  auth: () => RedisAuth.users({ userName: 'shop' }),
  evictionPolicy: () => EvictionPolicy.ALLKEYS_LRU,
  parameters: () => ({ timeout: '300' }),
  restoreFrom: () => RedisSnapshotSource.snapshot('nightly'),
  networkType: () => CacheNetworkType.DUAL_STACK,
  transitEncryption: () => TransitEncryption.REQUIRED,
  ipDiscovery: () => CacheIpDiscovery.IPV4,
  durability: () => RedisDurability.DISABLED,
  snapshotNode: () => 2,
};

const SESSION_STORE: Optional<SessionStoreProps> = {
  ...BASE,
  capacity: () => SessionCapacity.of({ concurrentSessions: 1_000_000 }),
  nodeType: () => CacheNodeType.M7G_LARGE,
  idleTimeout: () => Duration.minutes(5),
  absoluteTimeout: () => Duration.hours(1),
  whenFull: () => SessionStoreWhenFull.REFUSE_WRITES,
};

const POOL: Optional<MemcachedPoolProps> = {
  vpcSubnets: BASE.vpcSubnets,
  securityGroups: BASE.securityGroups,
  maintenanceWindow: BASE.maintenanceWindow,
  notificationTopic: BASE.notificationTopic,
  nodeCount: () => 3,
  nodeType: () => CacheNodeType.M7G_LARGE,
  version: () => MemcachedVersion.V1_6_17,
  transitEncryption: () => false,
  maxItemSize: () => Size.mebibytes(2),
  chunkSize: () => Size.bytes(96),
  parameters: () => ({ idle_timeout: '300' }),
  port: () => 7000,
  networkType: () => CacheNetworkType.DUAL_STACK,
  ipDiscovery: () => CacheIpDiscovery.IPV4,
  poolName: () => 'mine',
  removalPolicy: () => RemovalPolicy.RETAIN,
  alarms: () => ({ hitRate: { enabled: false } }),
};
const POOL_ATTRIBUTES: Optional<MemcachedPoolAttributes> = {
  port: () => 7000,
  securityGroups: ({ data }) => [SecurityGroup.fromSecurityGroupId(data, 'Mine', 'sg-1')],
  tls: () => false,
  nodeIds: () => ['0001'],
};

const STREAM = 'arn:aws:firehose:eu-west-1:123456789012:deliverystream/logs';
const LOGS: Optional<RedisLogOptions> = {
  destination: ({ data }) => RedisLogDestination.firehose(DeliveryStream.fromDeliveryStreamArn(data, 'Stream', STREAM)),
  slowLog: () => false,
  engineLog: () => false,
  format: () => RedisLogFormat.TEXT,
  retention: () => RetentionDays.ONE_DAY,
};
const USERS: Optional<RedisUsersOptions> = { userName: () => 'shop', access: () => AccessString.readOnly() };
const IAM: Optional<RedisIamOptions> = { access: () => AccessString.readOnly() };
const MODE: Optional<ClusterModeDisabledOptions> = { replicas: () => 0 };
const COMPATIBLE: Optional<ClusterModeCompatibleOptions> = { replicas: () => 2 };
const ENABLED: Optional<ClusterModeEnabledOptions> = {
  shards: () => 3, replicasPerShard: () => 2, shardLayout: () => [{ shardId: '1' }, { shardId: '2' }],
};
const SHARD: Optional<ShardLayout> = {
  replicas: () => 2, slots: () => '0-16383', primaryZone: () => 'eu-west-1a', replicaZones: () => ['eu-west-1b'],
};
const KEYS: Optional<AccessStringOptions> = { keys: () => ['cart:*'] };
const CAPACITY: Optional<SessionCapacityOptions> = { averageSize: () => Size.kibibytes(8) };
const LINK: Optional<LinkOptions> = { prefix: () => 'MINE' };
const ATTRIBUTES: Optional<RedisClusterAttributes> = {
  readerEndpointAddress: () => 'reader.example.com',
  primaryEndpointAddress: () => 'other.example.com',
  configurationEndpointAddress: () => 'clustercfg.example.com',
  authToken: ({ data }) => Secret.fromSecretNameV2(data, 'Token', 'token'),
  iamUserId: () => 'reader',
  port: () => 7000,
  securityGroups: ({ data }) => [SecurityGroup.fromSecurityGroupId(data, 'Mine', 'sg-1')],
  secret: ({ data }) => Secret.fromSecretNameV2(data, 'Login', 'login'),
  encryptionKey: ({ data }) => Key.fromKeyArn(data, 'Key', 'arn:aws:kms:eu-west-1:123456789012:key/1234'),
  engine: () => RedisEngine.VALKEY_8_1,
  tls: () => false,
  nodeIds: () => ['cache-001'],
};

const cluster = (world: Layout, props: Partial<RedisClusterProps>, link?: LinkOptions) =>
  newCluster(props, world).linkFunction(newFunction(world.data, world.vpc), link);

/** How the struct of a table becomes a stack, with a client that shows the environment. */
const STRUCTS: { name: string; props: object; make: (world: Layout, props: object) => void }[] = [
  { name: 'RedisClusterProps', props: CLUSTER, make: cluster },
  {
    name: 'SessionStoreProps',
    props: SESSION_STORE,
    make: (world, props) => newSessionStore(props, world).linkFunction(newFunction(world.data, world.vpc)),
  },
  {
    name: 'MemcachedPoolProps',
    props: POOL,
    make: (world, props) => newPool(props, world).linkFunction(newFunction(world.data, world.vpc)),
  },
  {
    name: 'MemcachedPoolAttributes',
    props: POOL_ATTRIBUTES,
    make: (world, attributes) => {
      const imported = MemcachedPool.fromMemcachedPoolAttributes(world.data, 'Pool', {
        poolName: 'pool', configurationEndpointAddress: 'pool.abc123.cfg.euw1.cache.amazonaws.com', ...attributes,
      });
      imported.linkFunction(newFunction(world.data, world.vpc));
      world.data.addMetadata('nodeIds', imported.nodeIds);
    },
  },
  { name: 'RedisLogOptions', props: LOGS, make: (world, logs) => cluster(world, { logs }) },
  { name: 'RedisUsersOptions', props: USERS, make: (world, users) => cluster(world, { auth: RedisAuth.users(users) }) },
  { name: 'ClusterModeDisabledOptions', props: MODE, make: (world, mode) => cluster(world, { clusterMode: ClusterMode.disabled(mode) }) },
  { name: 'RedisIamOptions', props: IAM, make: (world, iam) => cluster(world, { auth: RedisAuth.iam(iam) }) },
  { name: 'ClusterModeCompatibleOptions', props: COMPATIBLE, make: (world, mode) => cluster(world, { clusterMode: ClusterMode.compatible(mode) }) },
  { name: 'ClusterModeEnabledOptions', props: ENABLED, make: (world, mode) => cluster(world, { clusterMode: ClusterMode.enabled(mode) }) },
  {
    name: 'ShardLayout',
    props: SHARD,
    make: (world, shard) => cluster(world, { clusterMode: ClusterMode.enabled({ shardLayout: [{ shardId: '1', ...shard }] }) }),
  },
  {
    name: 'AccessStringOptions of readOnly', props: KEYS, make: (world, keys) => cluster(world, { auth: RedisAuth.users({ access: AccessString.readOnly(keys) }) }),
  },
  {
    name: 'AccessStringOptions of readWrite', props: KEYS, make: (world, keys) => cluster(world, { auth: RedisAuth.users({ access: AccessString.readWrite(keys) }) }),
  },
  {
    name: 'SessionCapacityOptions',
    props: CAPACITY,
    make: (world, size) => void newSessionStore({ capacity: SessionCapacity.of({ concurrentSessions: 200_000, ...size }) }, world),
  },
  { name: 'LinkOptions', props: LINK, make: (world, link) => cluster(world, {}, link) },
  {
    name: 'RedisClusterAttributes',
    props: ATTRIBUTES,
    make: (world, attributes) => {
      const imported = RedisCluster.fromRedisClusterAttributes(world.data, 'Cache', {
        replicationGroupName: 'cache',
        primaryEndpointAddress: 'cache.example.com',
        ...'encryptionKey' in attributes && { secret: Secret.fromSecretNameV2(world.data, 'Login', 'login') },
        ...attributes,
      });
      imported.linkFunction(newFunction(world.data, world.vpc));
      world.data.addMetadata('nodeIds', imported.nodeIds);
    },
  },
];

function templateOf(make: (world: Layout, props: object) => void, props: (world: Layout) => object): object {
  const world = layout();
  make(world, props(world));
  return { resources: resourcesOf(world.data), metadata: world.data.templateOptions.metadata };
}

describe.each(STRUCTS)('$name', ({ props, make }) => {
  const untouched = templateOf(make, () => ({}));

  test('nothing but the props decides', () => expect(templateOf(make, () => ({}))).toEqual(untouched));

  test.each(Object.entries<(world: Layout) => unknown>({ ...props }))('%s has an effect', (prop, value) => {
    expect(templateOf(make, world => ({ [prop]: value(world) }))).not.toEqual(untouched);
  });
});
