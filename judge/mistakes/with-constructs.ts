import { CfnParameter, Duration, RemovalPolicy, Size } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Subnet, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { DeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  AccessString, AlarmSeverity, CacheIpDiscovery, CacheNetworkType, CacheNodeType, ClusterMode, DailyWindow, DataTierDashboard, Encryption,
  EvictionPolicy, IRedisCluster, MemcachedPool, MemcachedVersion, RedisAlarmOptions, RedisAlarms, RedisAuth, RedisCluster, RedisDurability,
  RedisEngine, RedisLogDestination, RedisSnapshotSource, SessionCapacity, SessionStore, TransitEncryption, WeeklyWindow,
} from 'cdk-data-tier';
import { ClusterProps, ConstructMistake, PoolProps, StoreProps } from './mistake';
import { World } from '../programs/world';

const newCluster = (world: World, props: ClusterProps = {}, id = 'Cache') => new RedisCluster(world.data, id, { vpc: world.vpc, ...props });
const newStore = (world: World, props: StoreProps = {}) => new SessionStore(world.data, 'Sessions', { vpc: world.vpc, ...props });
const newFunction = (world: World, id = 'Function') => new LambdaFunction(world.application, id, {
  runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => {};'), vpc: world.vpc,
});
const importedCluster = (world: World): IRedisCluster =>
  RedisCluster.fromRedisClusterAttributes(world.data, 'Cache', { replicationGroupName: 'cache', primaryEndpointAddress: 'cache.example.com' });

/** A wrong prop, or several that do not go together. */
const cluster = (name: string, rule: string, props: ClusterProps | ((world: World) => ClusterProps)): ConstructMistake =>
  ({ name, rule, make: world => void newCluster(world, typeof props === 'function' ? props(world) : props) });
const store = (name: string, rule: string, props: StoreProps): ConstructMistake => ({ name, rule, make: world => void newStore(world, props) });
const pool = (name: string, rule: string, props: PoolProps | ((world: World) => PoolProps)): ConstructMistake => ({
  name,
  rule,
  make: world => void new MemcachedPool(world.data, 'Pages', { vpc: world.vpc, ...typeof props === 'function' ? props(world) : props }),
});
/** A wrong call on a cluster. */
const call = (name: string, rule: string, use: (made: RedisCluster, world: World) => void, props: ClusterProps = {}): ConstructMistake =>
  ({ name, rule, make: world => use(newCluster(world, props), world) });

const SHARDED: ClusterProps = { clusterMode: ClusterMode.enabled(), nodeType: CacheNodeType.R7G_LARGE };
const later = (world: World) => new CfnParameter(world.data, 'Later', { type: 'Number' }).valueAsNumber;

const NETWORK: ConstructMistake[] = [
  cluster('a VPC that has public subnets only', 'public-subnets', world => ({
    vpc: new Vpc(world.keys, 'Open', { subnetConfiguration: [{ name: 'open', subnetType: SubnetType.PUBLIC }] }),
  })),
  cluster('public subnets chosen for a cache that should be reached from outside', 'public-subnets', world => ({
    vpc: new Vpc(world.keys, 'Mixed'), vpcSubnets: { subnetType: SubnetType.PUBLIC },
  })),
  cluster('a kind of subnet that the VPC has not', 'subnets-of-vpc', { vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED } }),
  cluster('an empty list of subnets', 'subnet-group-empty', { vpcSubnets: { subnets: [] } }),
  cluster('a replica, and all subnets in one zone', 'multi-az-needs-zones', world => ({
    vpcSubnets: { subnets: [Subnet.fromSubnetAttributes(world.data, 'Only', { subnetId: 'subnet-0123456789abcdef0', availabilityZone: 'eu-west-1a' })] },
  })),
  cluster('an empty list of security groups', 'no-security-group', { securityGroups: [] }),
  cluster('the port that ElastiCache keeps for itself', 'port-reserved', { port: 8005 }),
  cluster('a port of the system', 'port-range', { port: 443 }),
  cluster('a port beyond 65535', 'port-range', { port: 65536 }),
  cluster('discovery by IPv6 in a network of IPv4', 'ip-discovery-network-type', { ipDiscovery: CacheIpDiscovery.IPV6 }),
  cluster('IPv6 on nodes of a previous generation', 'network-type-node-type', {
    networkType: CacheNetworkType.DUAL_STACK, nodeType: CacheNodeType.of('cache.t2.micro'),
  }),
];

const SHAPE: ConstructMistake[] = [
  cluster('six replicas', 'shard-node-count', { clusterMode: ClusterMode.disabled({ replicas: 6 }) }),
  cluster('no replica in production', 'no-replica', { clusterMode: ClusterMode.disabled({ replicas: 0 }) }),
  cluster('shards without replicas, which later updates fail on', 'no-replica-per-shard', { clusterMode: ClusterMode.enabled({ replicasPerShard: 0 }) }),
  cluster('more shards than the quota of a new account', 'cluster-node-quota', { clusterMode: ClusterMode.enabled({ shards: 46 }) }),
  cluster('the step to cluster mode enabled without a replica', 'compatible-needs-replica', { clusterMode: ClusterMode.compatible({ replicas: 0 }) }),
  cluster('the step to cluster mode enabled on Redis 6.2', 'compatible-engine-version', {
    clusterMode: ClusterMode.compatible(), engine: RedisEngine.REDIS_6_2,
  }),
  cluster('two shards with one id, written in two ways', 'shard-id-duplicates', {
    clusterMode: ClusterMode.enabled({ shardLayout: [{ shardId: '1' }, { shardId: '0001' }] }),
  }),
  cluster('slots that leave a gap', 'shard-slots-cover', {
    clusterMode: ClusterMode.enabled({ shardLayout: [{ shardId: '1', slots: '0-8190' }, { shardId: '2', slots: '8192-16383' }] }),
  }),
  cluster('slots that two shards claim', 'shard-slots-overlap', {
    clusterMode: ClusterMode.enabled({ shardLayout: [{ shardId: '1', slots: '0-8192' }, { shardId: '2', slots: '8192-16383' }] }),
  }),
  cluster('a shard whose nodes are all in one zone', 'shard-zones-multi-az', {
    clusterMode: ClusterMode.enabled({ shardLayout: [{ shardId: '1', primaryZone: 'eu-west-1a', replicaZones: ['eu-west-1a'] }] }),
  }),
  cluster('fewer zones than replicas in a shard', 'shard-zones-count', {
    clusterMode: ClusterMode.enabled({ shardLayout: [{ shardId: '1', replicas: 2, replicaZones: ['eu-west-1a'] }] }),
  }),
  {
    name: 'a layout of two shards beside `shards: 3`',
    rule: 'ClusterMode.enabled',
    make: () =>
      void ClusterMode.enabled({ shards: 3, shardLayout: [{ shardId: '1' }, { shardId: '2' }] }),
  },
  { name: 'a number of shards that only CloudFormation knows', rule: 'ClusterMode.enabled', make: world => void ClusterMode.enabled({ shards: later(world) }) },
];

const ENGINE: ConstructMistake[] = [
  cluster('a node type of Valkey for Redis OSS', 'node-type-engine', { nodeType: CacheNodeType.R8G_LARGE }),
  cluster('a family of nodes that the version is too old for', 'node-type-engine-version', {
    nodeType: CacheNodeType.R7G_LARGE, engine: RedisEngine.of({ engine: 'redis', version: '6.0', family: 'redis6.x' }),
  }),
  cluster('a node type of a previous generation', 'previous-generation-node-type', { nodeType: CacheNodeType.of('cache.m4.large') }),
  { name: 'an EC2 instance type as node type', rule: 'CacheNodeType.of', make: () => void CacheNodeType.of('r7g.large') },
  cluster('the parameter family of another engine', 'parameter-group-family', {
    engine: RedisEngine.of({ engine: 'valkey', version: '8.1', family: 'valkey7' }),
  }),
  cluster('a patch version, which AWS chooses itself', 'engine-version-form', { engine: RedisEngine.of({ engine: 'redis', version: '7.1.0', family: 'redis7' }) }),
  cluster('Memcached in a replication group', 'replication-group-engine', {
    engine: RedisEngine.of({ engine: 'memcached', version: '1.6.22', family: 'memcached1.6' }),
  }),
  cluster('a version whose support ends', 'redis-6-standard-support', { engine: RedisEngine.REDIS_6_2 }),
  cluster('data tiering on an engine that is too old', 'data-tiering-engine-version', {
    nodeType: CacheNodeType.R6GD_XLARGE, engine: RedisEngine.of({ engine: 'redis', version: '6.0', family: 'redis6.x' }),
  }),
  cluster('an eviction policy that data tiering lacks', 'data-tiering-eviction-policy', {
    nodeType: CacheNodeType.R6GD_XLARGE, evictionPolicy: EvictionPolicy.VOLATILE_TTL,
  }),
  cluster('durable writes without shards', 'durability-cluster-mode', { durability: RedisDurability.SYNC, engine: RedisEngine.VALKEY_9_0 }),
  cluster('durable writes on Redis OSS', 'durability-engine-version', { ...SHARDED, durability: RedisDurability.ASYNC }),
  cluster('durable writes on burstable nodes', 'durability-node-type', {
    clusterMode: ClusterMode.enabled(), engine: RedisEngine.VALKEY_9_0, durability: RedisDurability.SYNC, nodeType: CacheNodeType.T4G_MEDIUM,
  }),
  cluster('a parameter that its family has dropped', 'parameter-lazyfree-lazy-eviction-family', {
    engine: RedisEngine.VALKEY_8_1, parameters: { 'lazyfree-lazy-eviction': 'yes' },
  }),
  cluster('a parameter that AWS sets itself', 'parameter-maxclients', { parameters: { maxclients: '100000' } }),
  cluster('a time-out of 10 seconds, where AWS begins at 20', 'parameter-timeout', { parameters: { timeout: '10' } }),
  cluster('append-only files, which ElastiCache no longer has', 'parameter-appendonly', { parameters: { appendonly: 'yes' } }),
  cluster('keyspace events without K or E', 'keyspace-events-without-channel', { parameters: { 'notify-keyspace-events': 'x' } }),
  cluster('the eviction policy in two places', 'eviction-policy-once', {
    evictionPolicy: EvictionPolicy.NOEVICTION, parameters: { 'maxmemory-policy': 'allkeys-lru' },
  }),
  cluster('cluster mode turned on by the parameter', 'cluster-mode-once', { parameters: { 'cluster-enabled': 'yes' } }),
];

const SECURITY: ConstructMistake[] = [
  cluster('TLS off and users on', 'user-group-needs-tls', { transitEncryption: TransitEncryption.DISABLED }),
  cluster('an AUTH token over plain connections', 'auth-token-needs-tls', { transitEncryption: TransitEncryption.DISABLED, auth: RedisAuth.token() }),
  cluster('plain connections beside TLS while there are users', 'tls-preferred-with-users', { transitEncryption: TransitEncryption.PREFERRED }),
  cluster('plain connections beside TLS while there is a token', 'tls-preferred-with-token', { transitEncryption: TransitEncryption.PREFERRED, auth: RedisAuth.token() }),
  cluster('the step to TLS that is left half-way', 'tls-preferred', { transitEncryption: TransitEncryption.PREFERRED, auth: RedisAuth.none() }),
  cluster('no login at all', 'no-authentication', { auth: RedisAuth.none() }),
  cluster('no TLS at all', 'no-tls', { auth: RedisAuth.none(), transitEncryption: TransitEncryption.DISABLED }),
  cluster('a login by IAM on Redis 6.2', 'iam-user-engine-version', { auth: RedisAuth.iam(), engine: RedisEngine.REDIS_6_2 }),
  cluster('an application user that is called default', 'user-group-duplicates', { auth: RedisAuth.users({ userName: 'default' }) }),
  cluster('a password in the access string', 'access-string-password', { auth: RedisAuth.users({ access: AccessString.of('on >secret ~* +@all') }) }),
  cluster('an access string that forgets to say on', 'access-string-state', { auth: RedisAuth.users({ access: AccessString.of('~app:* +@read') }) }),
  cluster('an access string with reset', 'access-string-reset', { auth: RedisAuth.users({ access: AccessString.of('reset on ~* +@all') }) }),
  cluster('an imported key whose policy does not admit the logs', 'key-admits-logs', world => ({
    encryption: Encryption.customerManaged(Key.fromKeyArn(world.data, 'Theirs', 'arn:aws:kms:eu-west-1:123456789012:key/1234')),
  })),
];

const OPERATIONS: ConstructMistake[] = [
  cluster('a backup in the maintenance window', 'windows-overlap', { maintenanceWindow: WeeklyWindow.of('sun:04:30-sun:05:30') }),
  cluster('a backup over midnight that meets the maintenance of the next day', 'windows-overlap', {
    backupWindow: DailyWindow.of('23:30-00:30'), maintenanceWindow: WeeklyWindow.of('mon:00:00-mon:01:00'),
  }),
  cluster('a backup window of half an hour', 'snapshot-window-length', { backupWindow: DailyWindow.of('04:00-04:30') }),
  { name: 'a window in words of another format', rule: 'WeeklyWindow.of', make: () => void WeeklyWindow.of('Sunday 05:30-06:30') },
  cluster('backups for longer than AWS keeps them', 'snapshot-retention', { backupRetention: Duration.days(36) }),
  cluster('backups for a day and a half', 'snapshot-retention', { backupRetention: Duration.hours(36) }),
  cluster('backups for a number of hours that only CloudFormation knows', 'duration-unit', world => ({ backupRetention: Duration.hours(later(world)) })),
  cluster('no backups', 'no-backups', { backupRetention: Duration.days(0) }),
  cluster('a backup window, and no backups', 'snapshot-window-unused', { backupRetention: Duration.days(0), backupWindow: DailyWindow.of('01:00-02:00') }),
  cluster('backups of a node that there is not', 'snapshotting-member', { snapshotNode: 3 }),
  cluster('one node to back up a cluster with shards', 'snapshotting-cluster-mode', { ...SHARDED, snapshotNode: 1 }),
  cluster('a backup file whose key has a comma', 'RedisSnapshotSource.rdbFile', world => ({
    restoreFrom: RedisSnapshotSource.rdbFile(Bucket.fromBucketName(world.data, 'Backups', 'backups'), 'a,b.rdb'),
  })),
  cluster('events to a topic that is encrypted', 'encrypted-notification-topic', world => ({
    notificationTopic: new Topic(world.data, 'Events', { masterKey: new Key(world.data, 'TopicKey') }),
  })),
  cluster('a slow log of Redis 5', 'slow-log-engine-version', {
    engine: RedisEngine.of({ engine: 'redis', version: '5.0.6', family: 'redis5.0' }), auth: RedisAuth.none(), logs: { slowLog: true },
  }),
  cluster('a retention for logs that go to a stream', 'log-retention-of-stream', world => ({
    logs: {
      destination: RedisLogDestination.firehose(DeliveryStream.fromDeliveryStreamArn(world.data, 'Stream', 'arn:aws:firehose:eu-west-1:123456789012:deliverystream/a')),
      retention: RetentionDays.ONE_MONTH,
    },
  })),
  cluster('a name with an underscore', 'replication-group-id', { replicationGroupName: 'shop_cache' }),
  cluster('a name of 41 characters', 'replication-group-id', { replicationGroupName: 'a'.repeat(41) }),
];

const LINKS: ConstructMistake[] = [
  call('a link to a function that is in no VPC', 'link-needs-vpc', (made, world) => made.linkFunction(new LambdaFunction(world.application, 'Outside', {
    runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => {};'),
  }))),
  call('two caches linked to one function under one prefix', 'link-prefix-taken', (made, world) => {
    const fn = newFunction(world);
    made.linkFunction(fn);
    newCluster(world, {}, 'Other').linkFunction(fn);
  }),
  call('prefixes that differ and make one variable twice', 'link-prefix-taken', (made, world) => {
    const fn = newFunction(world);
    made.linkFunction(fn, { prefix: 'REDIS' });
    newCluster(world, {}, 'Other').linkFunction(fn, { prefix: 'REDIS_READER' });
  }),
  call('a prefix in lower case', 'prefix-form', (made, world) => made.linkFunction(newFunction(world), { prefix: 'cache' })),
  call('the primary end point of a cluster with shards', 'endpoint-of-other-mode', made => void made.primaryEndpoint, SHARDED),
  call('the configuration end point of a cluster without shards', 'endpoint-of-other-mode', made => void made.configurationEndpoint),
  call('a grant of IAM login to a cluster with passwords', 'no-iam-user', (made, world) =>
    void made.grantConnect(new Role(world.application, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }))),
  call('a grant of a secret that there is not', 'no-secret', (made, world) =>
    void made.grantReadSecret(new Role(world.application, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') })), { auth: RedisAuth.iam() }),
  { name: 'a metric of an import whose nodes are not known', rule: 'no-node-ids', make: world => void importedCluster(world).metricEvictions() },
  { name: 'the reader end point of an import that was not told of one', rule: 'no-reader-endpoint', make: world => void importedCluster(world).readerEndpoint },
  {
    name: 'an import without any end point',
    rule: 'RedisCluster.fromRedisClusterAttributes',
    make: world =>
      void RedisCluster.fromRedisClusterAttributes(world.data, 'Cache', { replicationGroupName: 'cache' }),
  },
  {
    name: 'an import with two logins',
    rule: 'RedisCluster.fromRedisClusterAttributes',
    make: world =>
      void RedisCluster.fromRedisClusterAttributes(world.data, 'Cache', {
        replicationGroupName: 'cache', primaryEndpointAddress: 'cache.example.com', iamUserId: 'app', secret: newCluster(world, {}, 'Other').secret,
      }),
  },
];

const SCALING: ConstructMistake[] = [
  call('scaling without shards', 'scaling-cluster-mode', made => void made.autoScaleReplicas({ maxCapacity: 3 }), { nodeType: CacheNodeType.R7G_LARGE }),
  call('scaling of burstable nodes', 'scaling-node-type', made => void made.autoScaleShards({ maxCapacity: 3 }), { clusterMode: ClusterMode.enabled() }),
  call('more replicas than a shard may have', 'scaling-replicas-range', made => void made.autoScaleReplicas({ maxCapacity: 6 }), SHARDED),
  call('a range the wrong way round', 'scaling-range-order', made => void made.autoScaleShards({ minCapacity: 5, maxCapacity: 2 }), SHARDED),
  call('scaling that may take the last replica', 'scaling-to-no-replica', made => void made.autoScaleReplicas({ minCapacity: 0, maxCapacity: 2 }), SHARDED),
  call('an aim of 90 percent', 'scaling-target-value', made =>
    made.autoScaleShards({ maxCapacity: 4 }).scaleOnEngineCpuUtilization('Cpu', { targetUtilizationPercent: 90 }), SHARDED),
  call('two policies for one number', 'scaling-one-policy', made => {
    const shards = made.autoScaleShards({ maxCapacity: 4 });
    shards.scaleOnEngineCpuUtilization('Cpu', { targetUtilizationPercent: 60 });
    shards.scaleOnMemoryUsage('Memory', { targetUtilizationPercent: 60 });
  }, SHARDED),
  call('a schedule for more replicas than there can be', 'scaling-replicas-range', made =>
    made.autoScaleReplicas({ maxCapacity: 5 }).scaleOnSchedule('Sale', { schedule: Schedule.cron({ hour: '6', minute: '0' }), minCapacity: 6 }), SHARDED),
];

const SESSIONS: ConstructMistake[] = [
  store('a session store without a replica', 'session-store-replica', { clusterMode: ClusterMode.disabled({ replicas: 0 }) }),
  store('a capacity and a node type', 'capacity-or-node-type', {
    capacity: SessionCapacity.of({ concurrentSessions: 1000 }), nodeType: CacheNodeType.R7G_LARGE,
  }),
  store('sessions that live unused for longer than they live', 'idle-within-absolute', { idleTimeout: Duration.days(1) }),
  store('a time-out of half a second', 'session-timeout', { idleTimeout: Duration.millis(500) }),
  { name: 'more sessions than the largest node holds', rule: 'SessionCapacity.of', make: () => void SessionCapacity.of({ concurrentSessions: 1e9 }) },
];

/** Mistakes with the constructs of this library. */
const POOLS: ConstructMistake[] = [
  pool('a pool without nodes', 'cache-cluster-node-count', { nodeCount: 0 }),
  pool('a pool of one node, whose loss loses everything', 'memcached-single-node', { nodeCount: 1 }),
  pool('61 nodes', 'memcached-node-quota', { nodeCount: 61 }),
  pool('a number of nodes that CloudFormation is asked for', 'node-count-known', world => ({ nodeCount: later(world) })),
  pool('TLS on a version that has none', 'memcached-tls-engine-version', { version: MemcachedVersion.V1_5_16 }),
  pool('a pool without TLS', 'memcached-no-tls', { transitEncryption: false }),
  pool('the parameter of another engine', 'redis-parameter-of-memcached', { parameters: { 'maxmemory-policy': 'allkeys-lru' } }),
  pool('a parameter that the service sets', 'parameter-num-threads', { parameters: { num_threads: '8' } }),
  pool('items that nodes do not start with', 'memcached-item-size-chunks', { maxItemSize: Size.kibibytes(600) }),
  pool('the largest item said twice', 'max-item-size-once', { maxItemSize: Size.mebibytes(2), parameters: { max_item_size: '1048576' } }),
  pool('a last snapshot of what makes none', 'memcached-no-snapshot', { removalPolicy: RemovalPolicy.SNAPSHOT }),
  pool('a pool on the port that ElastiCache keeps for itself', 'cache-cluster-port-reserved', { port: 8005 }),
  pool('a pool on a port of the system', 'cache-cluster-port-range', { port: 443 }),
];

const alarms = (name: string, rule: string, options: RedisAlarmOptions) => cluster(name, rule, { alarms: options });

const ALARMS: ConstructMistake[] = [
  alarms('a critical threshold below that of the warning', 'alarm-tuning-critical-threshold', { memory: { threshold: 90, criticalThreshold: 80 } }),
  alarms('a critical threshold of free memory above that of the warning', 'alarm-tuning-critical-threshold', { freeMemory: { criticalThreshold: 1e9 } }),
  alarms('a critical alarm beside a critical threshold', 'alarm-tuning-severity', { memory: { severity: AlarmSeverity.CRITICAL, criticalThreshold: 90 } }),
  alarms('more data points than periods', 'alarm-tuning-datapoints-to-alarm', { evictions: { evaluationPeriods: 2, datapointsToAlarm: 3 } }),
  alarms('an alarm every half minute', 'alarm-tuning-period', { memory: { period: Duration.seconds(30) } }),
  alarms('an alarm that looks back for two days', 'alarm-tuning-evaluation-periods', { memory: { period: Duration.minutes(5), evaluationPeriods: 576 } }),
  cluster('credits of nodes that have none, without a threshold', 'alarm-tuning-threshold', {
    nodeType: CacheNodeType.R7G_LARGE, alarms: { cpuCredits: { enabled: true } },
  }),
  call('the alarm of a symptom that there is not', 'alarm-by-key', made => void made.alarms?.byKey('latency')),
  call('one alarm where there are two severities', 'alarm-by-key', made => void made.alarms?.byKey('memory'), { alarms: { memory: { criticalThreshold: 90 } } }),
  call('scaling after alarms were handed out', 'alarms-before-scaling', made => {
    made.alarms?.byKey('engineCpu');
    made.autoScaleShards({ maxCapacity: 4 });
  }, { ...SHARDED, nodeType: CacheNodeType.R7G_XLARGE }),
  {
    name: 'alarms of an import whose nodes are not known',
    rule: 'no-node-ids',
    make: world => void new RedisAlarms(world.data, 'Alarms', { cluster: importedCluster(world) }),
  },
  {
    name: 'a dashboard of an import whose nodes are not known',
    rule: 'no-node-ids',
    make: world => new DataTierDashboard(world.data, 'Dashboard').add(importedCluster(world)),
  },
  call('one section twice', 'dashboard-section-twice', (made, world) => new DataTierDashboard(world.data, 'Dashboard').add(made, made)),
];

export const CONSTRUCT_MISTAKES: readonly ConstructMistake[] = [
  ...NETWORK, ...SHAPE, ...ENGINE, ...SECURITY, ...OPERATIONS, ...LINKS, ...SCALING, ...SESSIONS, ...POOLS, ...ALARMS,
];
