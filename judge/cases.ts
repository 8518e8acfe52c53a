import { App, CfnParameter, Duration, NestedStack, RemovalPolicy, Size, Stack, Stage } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { IVpc, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { DeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  AccessString, CacheIpDiscovery, CacheNetworkType, CacheNodeType, ClusterMode, DailyWindow, Encryption, EvictionPolicy, MemcachedPool,
  MemcachedPoolProps, MemcachedVersion, RedisAuth, RedisCluster, RedisClusterProps, RedisDurability, RedisEngine, RedisLogDestination, RedisLogFormat,
  RedisSnapshotSource, SessionCapacity, SessionStore, SessionStoreProps, SessionStoreWhenFull, TransitEncryption, WeeklyWindow,
} from 'cdk-data-tier';
import { Construct } from 'constructs';
import { ALARM_CASES } from './alarm-cases';
import { ACCOUNT, existingVpc, inStack, newFunction, newService, newStack } from './surroundings';
import { MemcachedPoolExample } from '../examples/memcached-pool/memcached-pool-example';
import { RedisIamExample } from '../examples/redis-iam/redis-iam-example';
import { SessionStoreExample } from '../examples/session-store/session-store-example';

/** An app to judge. */
export interface Case {
  readonly name: string;
  readonly build: (app: App) => void;
}

type Variants<Props> = { readonly [id: string]: Omit<Props, 'vpc'> | ((scope: Construct, vpc: IVpc) => Omit<Props, 'vpc'>) };

const MODES = { Disabled: ClusterMode.disabled(), Compatible: ClusterMode.compatible(), Enabled: ClusterMode.enabled() };
const LOGINS = { Users: RedisAuth.users(), Iam: RedisAuth.iam(), Token: RedisAuth.token(), None: RedisAuth.none() };
const NEWEST_SHARDED = { engine: RedisEngine.VALKEY_9_0, clusterMode: ClusterMode.enabled(), nodeType: CacheNodeType.R7G_LARGE };
/** A stack takes 500 resources; alarms have cases of their own. */
const NO_ALARMS = { enabled: false };
/** The Region of the variants, where zones can be named. */
const HOME = 'eu-west-1';
const ZONES = ['a', 'b'].map(letter => `${HOME}${letter}`);

const UUID = '11111111-2222-3333-4444-555555555555';
const arnOf = (service: string, resource: string) => `arn:aws:${service}:${HOME}:${ACCOUNT}:${resource}`;

const REDIS: { readonly [group: string]: Variants<RedisClusterProps> } = {
  'defaults': { Cache: {} },
  'modes and logins': Object.fromEntries(Object.entries(MODES).flatMap(([mode, clusterMode]) =>
    Object.entries(LOGINS).map(([login, auth]) => [mode + login, { clusterMode, auth, alarms: NO_ALARMS }]))),
  'encryption at rest': {
    AwsManaged: { encryption: Encryption.awsManaged() },
    Given: scope => ({ encryption: Encryption.customerManaged(new Key(scope, 'GivenKey', { enableKeyRotation: true })) }),
    Imported: scope => ({ encryption: Encryption.customerManaged(Key.fromKeyArn(scope, 'ImportedKey', arnOf('kms', `key/${UUID}`))) }),
  },
  'engines': Object.fromEntries([
    RedisEngine.REDIS_6_2, RedisEngine.REDIS_7_0, RedisEngine.REDIS_7_1, RedisEngine.VALKEY_7_2, RedisEngine.VALKEY_8_0, RedisEngine.VALKEY_8_1,
    RedisEngine.VALKEY_8_2, RedisEngine.VALKEY_9_0, RedisEngine.VALKEY_9_1,
  ].flatMap(engine => Object.entries({ Whole: ClusterMode.disabled(), Sharded: ClusterMode.enabled() }).map(([mode, clusterMode]) =>
    [`${engine.engine}-${engine.version}-${mode}`, { engine, clusterMode, encryption: Encryption.awsManaged(), alarms: NO_ALARMS }]))),
  'shapes': {
    Single: { clusterMode: ClusterMode.disabled({ replicas: 0 }) },
    MostReplicas: { clusterMode: ClusterMode.disabled({ replicas: 5 }) },
    OneShard: { clusterMode: ClusterMode.enabled({ shards: 1 }) },
    NoReplicas: { clusterMode: ClusterMode.enabled({ shards: 3, replicasPerShard: 0 }) },
    Many: { clusterMode: ClusterMode.enabled({ shards: 30, replicasPerShard: 2 }), alarms: NO_ALARMS },
    Layout: {
      clusterMode: ClusterMode.enabled({
        shardLayout: [
          { shardId: '0001', slots: '0-8191', primaryZone: ZONES[0], replicaZones: [ZONES[1]] },
          { shardId: '0002', slots: '8192-16383', primaryZone: ZONES[1], replicaZones: [ZONES[0], ZONES[1]] },
        ],
      }),
    },
    Tiered: { clusterMode: ClusterMode.enabled(), nodeType: CacheNodeType.R6GD_XLARGE },
    Named: { replicationGroupName: 'Shop-Cache', description: 'The cache of the shop', port: 7000, snapshotNode: 2 },
  },
  'encryption in transit': {
    Preferred: { transitEncryption: TransitEncryption.PREFERRED, auth: RedisAuth.none() },
    Disabled: { transitEncryption: TransitEncryption.DISABLED, auth: RedisAuth.none() },
  },
  'logs': {
    Firehose: scope => ({
      logs: { destination: RedisLogDestination.firehose(DeliveryStream.fromDeliveryStreamAttributes(scope, 'Stream', { deliveryStreamName: 'logs' })) },
    }),
    Off: { logs: { slowLog: false, engineLog: false } },
    Text: { logs: { format: RedisLogFormat.TEXT, retention: RetentionDays.TEN_YEARS } },
  },
  'network': {
    Ipv6: { networkType: CacheNetworkType.IPV6, engine: RedisEngine.VALKEY_8_1, nodeType: CacheNodeType.M7G_LARGE },
    DualStack: {
      networkType: CacheNetworkType.DUAL_STACK, ipDiscovery: CacheIpDiscovery.IPV6, engine: RedisEngine.VALKEY_8_1, nodeType: CacheNodeType.M7G_LARGE,
    },
    GivenGroup: (scope, vpc) => ({ securityGroups: [new SecurityGroup(scope, 'Given', { vpc, allowAllOutbound: false })] }),
  },
  'data': {
    DurableSync: { ...NEWEST_SHARDED, durability: RedisDurability.SYNC },
    DurableAsync: { ...NEWEST_SHARDED, durability: RedisDurability.ASYNC },
    FromSnapshot: { restoreFrom: RedisSnapshotSource.snapshot('shop-cache-2026-11-01') },
    FromFile: scope => ({ restoreFrom: RedisSnapshotSource.rdbFile(Bucket.fromBucketName(scope, 'Bucket', 'shop-seed'), 'cache/shop.rdb') }),
    NoBackups: { backupRetention: Duration.days(0), removalPolicy: RemovalPolicy.DESTROY },
    Retained: { removalPolicy: RemovalPolicy.RETAIN },
    Parameters: { evictionPolicy: EvictionPolicy.ALLKEYS_LFU, parameters: { 'notify-keyspace-events': 'Ex', 'timeout': '300' } },
    Windows: { backupWindow: DailyWindow.of('22:00-23:30'), maintenanceWindow: WeeklyWindow.of('mon:01:00-mon:03:00'), autoMinorVersionUpgrade: false },
    Notified: scope => ({ notificationTopic: Topic.fromTopicArn(scope, 'Topic', arnOf('sns', 'events')) }),
  },
};

const SESSIONS: Variants<SessionStoreProps> = {
  Defaults: {},
  Capacity: { capacity: SessionCapacity.of({ concurrentSessions: 2_000_000, averageSize: Size.kibibytes(4) }) },
  Sharded: { clusterMode: ClusterMode.enabled({ shards: 3 }), engine: RedisEngine.VALKEY_8_1 },
  Refusing: { whenFull: SessionStoreWhenFull.REFUSE_WRITES, encryption: Encryption.awsManaged(), nodeType: CacheNodeType.M7G_LARGE },
};

const POOLS: Variants<MemcachedPoolProps> = {
  Defaults: {},
  Single: { nodeCount: 1 },
  Many: { nodeCount: 20, nodeType: CacheNodeType.R7G_LARGE },
  Plain: { version: MemcachedVersion.V1_5_16, transitEncryption: false },
  Oldest: { version: MemcachedVersion.V1_6_12 },
  Items: { maxItemSize: Size.mebibytes(4), chunkSize: Size.bytes(96), parameters: { idle_timeout: '600' } },
  DualStack: { networkType: CacheNetworkType.DUAL_STACK, ipDiscovery: CacheIpDiscovery.IPV6, nodeType: CacheNodeType.M7G_LARGE },
  Retained: { removalPolicy: RemovalPolicy.RETAIN, poolName: 'Shop-Pages', port: 11311 },
  GivenGroup: (scope, vpc) => ({ securityGroups: [new SecurityGroup(scope, 'GivenPoolGroup', { vpc, allowAllOutbound: false })] }),
  Notified: scope => ({
    notificationTopic: Topic.fromTopicArn(scope, 'PoolTopic', arnOf('sns', 'events')), maintenanceWindow: WeeklyWindow.of('mon:01:00-mon:03:00'),
  }),
};

export const CASES: readonly Case[] = [
  { name: 'example session-store', build: app => new SessionStoreExample(app, 'SessionStoreExample', { clusterMode: ClusterMode.disabled() }) },
  {
    name: 'example session-store in shards',
    build: app => new SessionStoreExample(app, 'SessionStoreExample', {
      clusterMode: ClusterMode.enabled(), certificateArn: arnOf('acm', `certificate/${UUID}`),
    }),
  },
  { name: 'example memcached-pool', build: app => new MemcachedPoolExample(app, 'MemcachedPoolExample', { nodeCount: 3 }) },
  { name: 'example redis-iam', build: app => new RedisIamExample(app, 'RedisIamExample', { mode: 'disabled' }) },
  { name: 'example redis-iam in shards', build: app => new RedisIamExample(app, 'RedisIamExample', { mode: 'enabled' }) },
  ...casesOf('RedisCluster', REDIS, (stack, id, props) => new RedisCluster(stack, id, props)),
  { name: 'RedisCluster: scaling', build: inStack((stack, vpc) => scaled(stack, id => new RedisCluster(stack, id, { vpc, ...NEWEST_SHARDED }))) },
  ...casesOf('SessionStore', { variants: SESSIONS }, (stack, id, props) => new SessionStore(stack, id, props)),
  ...casesOf('MemcachedPool', { variants: POOLS }, (stack, id, props) => new MemcachedPool(stack, id, props)),
  ...ALARM_CASES,
  { name: 'imported clusters', build: inStack(importedClusters) },
  { name: 'stage and nested stack', build: stageAndNestedStack },
  { name: 'values that only CloudFormation knows', build: inStack(unknownValues) },
  { name: 'several stacks', build: app => severalStacks(app) },
  ...['cn-north-1', 'us-gov-west-1'].map(region => ({ name: `several stacks in ${region}`, build: (app: App) => severalStacks(app, region) })),
];

/** One app for each group, with all its variants in one stack: an engine takes longer to start than to judge. */
function casesOf<Props extends { readonly vpc: IVpc }>(
  construct: string, groups: { readonly [group: string]: Variants<Props> }, make: (stack: Stack, id: string, props: Props) => void,
): Case[] {
  return Object.entries(groups).map(([group, variants]) => ({
    name: `${construct}: ${group}`,
    build: inStack((stack, vpc) => Object.entries(variants).forEach(([id, variant]) => {
      const props = typeof variant === 'function' ? variant(stack, vpc) : variant;
      make(stack, id, { ...props, vpc } as Props);
    }), HOME),
  }));
}

function importedClusters(stack: Stack, vpc: IVpc): void {
  const { container, service } = newService(stack, vpc);
  const fn = newFunction(stack, vpc);
  const securityGroups = [SecurityGroup.fromSecurityGroupId(stack, 'Nodes', 'sg-0a1b2c3d4e5f60718')];
  const withSecret = RedisCluster.fromRedisClusterAttributes(stack, 'WithSecret', {
    replicationGroupName: 'shop-cache',
    primaryEndpointAddress: 'shop.example.com',
    securityGroups,
    secret: Secret.fromSecretNameV2(stack, 'Login', 'shop/cache'),
    nodeIds: ['shop-cache-001'],
  });
  withSecret.linkFunction(fn);
  withSecret.linkContainer(container, service);
  withSecret.metricDatabaseMemoryUsagePercentage().createAlarm(stack, 'Memory', { threshold: 80, evaluationPeriods: 3 });
  RedisCluster.fromRedisClusterAttributes(stack, 'WithIam', {
    replicationGroupName: 'shop-counters', configurationEndpointAddress: 'counters.example.com', securityGroups, iamUserId: 'shop',
  }).linkFunction(fn, { prefix: 'COUNTERS' });
  const plain = new CfnReplicationGroup(stack, 'Plain', {
    replicationGroupDescription: 'made with the L1',
    replicationGroupId: 'plain',
    engine: 'valkey',
    cacheNodeType: 'cache.m7g.large',
    cacheSubnetGroupName: 'shop',
    numCacheClusters: 2,
    automaticFailoverEnabled: true,
    multiAzEnabled: true,
    port: 7000,
    transitEncryptionEnabled: true,
    atRestEncryptionEnabled: true,
  });
  plain.applyRemovalPolicy(RemovalPolicy.SNAPSHOT);
  RedisCluster.fromCfnReplicationGroup(plain).linkFunction(fn, { prefix: 'PLAIN' });
}

function stageAndNestedStack(app: App): void {
  const stage = new Stage(app, 'Prod');
  const data = newStack(stage, 'Data');
  new SessionStore(data, 'Sessions', { vpc: existingVpc(data) });
  const nested = new NestedStack(newStack(stage, 'Parent'), 'Nested');
  new RedisCluster(nested, 'Cache', { vpc: existingVpc(nested) });
}

function unknownValues(stack: Stack, vpc: IVpc): void {
  const parameter = (id: string, type: string) => new CfnParameter(stack, id, { type });
  new RedisCluster(stack, 'Cache', {
    vpc,
    port: parameter('Port', 'Number').valueAsNumber,
    description: parameter('Description', 'String').valueAsString,
    replicationGroupName: parameter('Name', 'String').valueAsString,
  });
}

function scaled(scope: Construct, newCluster: (id: string) => RedisCluster): void {
  const cpu = newCluster('Cpu');
  cpu.autoScaleShards({ minCapacity: 2, maxCapacity: 8 }).scaleOnEngineCpuUtilization('Cpu', { targetUtilizationPercent: 60 });
  const replicas = cpu.autoScaleReplicas({ minCapacity: 1, maxCapacity: 5 });
  replicas.scaleOnEngineCpuUtilization('ReplicaCpu', { targetUtilizationPercent: 60 });
  replicas.scaleOnSchedule('Morning', { schedule: Schedule.cron({ hour: '7', minute: '0' }), minCapacity: 2 });
  const memory = newCluster('Memory');
  memory.autoScaleShards({ maxCapacity: 4 }).scaleOnMemoryUsage('Memory', { targetUtilizationPercent: 50 });
  memory.metricEngineCpuUtilization().createAlarm(scope, 'Busy', { threshold: 90, evaluationPeriods: 5 });
}

/** The layout everybody has: each login of a cluster in shards, and a session store, with clients in another stack. */
function severalStacks(app: App, region?: string): void {
  const [network, keys, data, application] = ['Network', 'Keys', 'Data', 'Application'].map(id => newStack(app, id, region));
  const vpc = new Vpc(network, 'Vpc', { maxAzs: 2, natGateways: 1 });
  const encryption = Encryption.customerManaged(new Key(keys, 'Key', { enableKeyRotation: true }));
  const fn = newFunction(application, vpc);
  const { container, service } = newService(application, vpc);
  for (const [login, auth] of Object.entries(LOGINS)) {
    const cache = new RedisCluster(data, login, { vpc, auth, encryption, clusterMode: ClusterMode.enabled() });
    cache.linkFunction(fn, { prefix: login.toUpperCase() });
    cache.linkContainer(container, service, { prefix: login.toUpperCase() });
  }
  const sessions = new SessionStore(data, 'Sessions', { vpc });
  sessions.linkFunction(fn);
  sessions.linkContainer(container, service);
  const pages = new MemcachedPool(data, 'Pages', { vpc });
  pages.linkFunction(fn);
  pages.linkContainer(container, service);
  scaled(data, id => new RedisCluster(data, id, {
    vpc,
    clusterMode: ClusterMode.enabled(),
    nodeType: CacheNodeType.M5_LARGE,
    auth: RedisAuth.iam({
      access: AccessString.of('on ~shop:* -@all +@read +@write'),
    }),
  }));
}
