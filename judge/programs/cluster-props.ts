import { RemovalPolicy } from 'aws-cdk-lib';
import { InstanceType, ISecurityGroup, SecurityGroup, Subnet, SubnetSelection, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { CfnDeliveryStream, DeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  CacheIpDiscovery, CacheNetworkType, CacheNodeType, DailyWindow, Encryption, EvictionPolicy, RedisBaseProps, RedisClusterProps, RedisDurability,
  RedisEngine, RedisLogDestination, RedisLogFormat, RedisLogOptions, RedisSnapshotSource, TransitEncryption, WeeklyWindow,
} from 'cdk-data-tier';
import fc, { Arbitrary } from 'fast-check';
import { alarms } from './alarms';
import { auth, clusterMode } from './choices';
import { parameters } from './parameters';
import { asIs, durationOf, later, prop, Props, propsFrom, someOf, Span } from './prop';
import { Later, World } from './world';

const constant = fc.constantFrom;

const REMOVAL_POLICIES = Object.values(RemovalPolicy);
const ENGINES = ['REDIS_6_2', 'REDIS_7_0', 'REDIS_7_1', 'VALKEY_7_2', 'VALKEY_8_0', 'VALKEY_8_1', 'VALKEY_8_2', 'VALKEY_9_0', 'VALKEY_9_1'] as const;
const OTHER_ENGINES = [
  { engine: 'valkey', version: '10.0', family: 'valkey10' },
  { engine: 'redis', version: '5.0.6', family: 'redis5.0' },
  { engine: 'redis', version: '7.1', family: 'valkey7' },
  { engine: 'redis', version: '7.1.2', family: 'redis7' },
  { engine: 'memcached', version: '1.6.22', family: 'memcached1.6' },
  { engine: '', version: '', family: '' },
];

const NODE_TYPES = [
  'cache.t4g.micro', 'cache.t4g.medium', 'cache.t3.small', 'cache.m6g.large', 'cache.m7g.xlarge', 'cache.m5.2xlarge', 'cache.r7g.large', 'cache.r6g.xlarge',
  'cache.r8g.large', 'cache.m8g.large', 'cache.c7gn.large', 'cache.c8gn.xlarge', 'cache.r6gd.xlarge', 'cache.r5.24xlarge', 'cache.r7g.16xlarge',
];
const OTHER_NODE_TYPES = ['cache.z9.huge', 'cache.t2.micro', 'cache.m4.large', 'm5.large', 'cache.', '', 'cache.R7G.LARGE'];

type Selection =
  | { readonly type: keyof typeof SubnetType; readonly onePerAz?: boolean }
  | { readonly group: string }
  | { readonly zones: readonly (string | undefined)[] };

/** Named subnets, one for each zone; undefined stands for a zone that the import does not know. */
function subnetsIn(world: World, zones: readonly (string | undefined)[]): SubnetSelection {
  return {
    subnets: zones.map((zone, index) => Subnet.fromSubnetAttributes(world.data, world.id('Subnet'), {
      subnetId: `subnet-0123456789abcdef${index}`, availabilityZone: zone ?? undefined,
    })),
  };
}

const vpcSubnets = prop<Selection, SubnetSelection>(
  constant<Selection>({ type: 'PRIVATE_ISOLATED' }, { type: 'PRIVATE_WITH_EGRESS' }, { zones: ['eu-west-1a', 'eu-west-1b'] }),
  constant<Selection>({ type: 'PUBLIC' }, { type: 'PRIVATE_WITH_EGRESS', onePerAz: true }, { group: 'none' }, { zones: [] }, { zones: ['eu-west-1a'] },
    { zones: ['eu-west-1a', 'eu-west-1a'] }),
  (world, selection) => {
    if ('zones' in selection) return subnetsIn(world, selection.zones);
    return 'group' in selection ? { subnetGroupName: selection.group } : { subnetType: SubnetType[selection.type], onePerAz: selection.onePerAz };
  },
);

const securityGroups = prop<readonly ('owned' | 'imported' | 'elsewhere')[], ISecurityGroup[]>(
  constant(['owned'], ['imported'], ['owned', 'imported']), constant([], ['elsewhere']),
(world, kinds) => kinds.map(kind => kind === 'imported'
  ? SecurityGroup.fromSecurityGroupId(world.data, world.id('Group'), 'sg-0123456789abcdef0')
  : new SecurityGroup(kind === 'owned' ? world.data : world.keys, world.id('Group'), { vpc: world.vpc })),
);

type Engine =
  | typeof ENGINES[number]
  | { readonly engine: string | Later<string>; readonly version: string | Later<string>; readonly family: string | Later<string> };

const engine = prop<Engine, RedisEngine>(
  constant(...ENGINES),
  fc.oneof(constant<Engine>(...OTHER_ENGINES), fc.record({ engine: later(), version: later(), family: later() })),
  (world, plain) => typeof plain === 'string' ? RedisEngine[plain] : RedisEngine.of({
    engine: world.text(plain.engine), version: world.text(plain.version), family: world.text(plain.family),
  }),
);

const nodeType = prop<string | Later<string>, CacheNodeType>(
  fc.oneof(constant(...NODE_TYPES), later('cache.r7g.large')), constant(...OTHER_NODE_TYPES),
  (world, plain) => typeof plain === 'string' && plain.startsWith('cache.m5')
    ? CacheNodeType.fromInstanceType(new InstanceType(plain.slice('cache.'.length)))
    : CacheNodeType.of(world.text(plain)),
);

const encryption = prop<'own' | 'aws' | 'here' | 'elsewhere' | 'imported', Encryption>(
  constant('own', 'aws', 'here', 'elsewhere', 'imported'), constant('aws', 'imported'),
  (world, whose) => {
    switch (whose) {
      case 'aws': return Encryption.awsManaged();
      case 'own': return Encryption.customerManaged();
      case 'imported': return Encryption.customerManaged(Key.fromKeyArn(world.data, world.id('Key'), world.keyArn));
      default: return Encryption.customerManaged(new Key(whose === 'here' ? world.data : world.keys, world.id('Key'), { enableKeyRotation: true }));
    }
  },
);

const DAYS: Arbitrary<Span> = fc.oneof(constant<Span>({ days: 0 }, { days: 1 }, { days: 35 }, { hours: 48 }), later(7).map(days => ({ days })));
const OTHER_DAYS: Arbitrary<Span> = fc.oneof(
  constant<Span>({ days: 36 }, { days: 1.5 }, { hours: 36 }, { minutes: 30 }, { millis: 1 }), later(48).map(hours => ({ hours })),
);
const backupRetention = prop(DAYS, OTHER_DAYS, durationOf);

const dailyWindow = prop<string | Later<string>, DailyWindow>(
  fc.oneof(constant('01:00-02:00', '23:30-00:30', '04:00-05:00', '10:00-22:00'), later()),
  constant('04:00-04:59', '04:00-04:00', '5-6', '24:00-25:00', '', '05:00-06:30'),
  (world, plain) => DailyWindow.of(world.text(plain)),
);
const weeklyWindow = prop<string | Later<string>, WeeklyWindow>(
  fc.oneof(constant('sun:05:30-sun:06:30', 'mon:08:00-mon:09:00', 'SUN:23:00-MON:00:30', 'tue:02:00-tue:03:30'), later()),
  constant('sun:05:30-sun:06:29', 'sun:04:30-sun:06:30', 'mon:00:00-sun:23:59', 'sunday:01:00-sunday:02:00', 'sun:05:30', ''),
  (world, plain) => WeeklyWindow.of(world.text(plain)),
);

const LOG_PROPS: Props<RedisLogOptions> = {
  slowLog: asIs([true, false]),
  engineLog: asIs([true, false]),
  destination: prop(constant('groups', 'imported stream'), constant('own stream'), (world, kind) => {
    if (kind === 'groups') return RedisLogDestination.cloudWatch();
    const arn = kind === 'imported stream' ? world.arn('firehose', 'deliverystream/logs') : new CfnDeliveryStream(world.data, world.id('Stream'), {
      deliveryStreamType: 'DirectPut',
      s3DestinationConfiguration: { bucketArn: 'arn:aws:s3:::logs', roleArn: 'arn:aws:iam::123456789012:role/logs' },
    }).attrArn;
    return RedisLogDestination.firehose(DeliveryStream.fromDeliveryStreamArn(world.data, world.id('Stream'), arn));
  }),
  format: asIs([RedisLogFormat.JSON, RedisLogFormat.TEXT]),
  retention: asIs([RetentionDays.ONE_DAY, RetentionDays.ONE_MONTH, RetentionDays.INFINITE]),
};
const logs = prop(someOf(LOG_PROPS, true), someOf(LOG_PROPS, false), (world, plain) => propsFrom(LOG_PROPS, world, plain));

const notificationTopic = prop(constant('imported', 'plain'), constant('encrypted', 'elsewhere'), (world, kind) => {
  if (kind === 'imported') return Topic.fromTopicArn(world.data, world.id('Topic'), world.arn('sns', 'events'));
  const stack = kind === 'elsewhere' ? world.keys : world.data;
  return new Topic(stack, world.id('Topic'), kind === 'encrypted' ? { masterKey: new Key(stack, world.id('Key')) } : {});
});

const text = (legal: Arbitrary<string | Later<string>>, odd: Arbitrary<string | Later<string>>) =>
  prop(legal, odd, (world, plain: string | Later<string>) => world.text(plain));
const number = (legal: Arbitrary<number | Later<number>>, odd: Arbitrary<number | Later<number>>) =>
  prop(legal, odd, (world, plain: number | Later<number>) => world.number(plain));

/** The props that every construct over a cluster has, but for the VPC. */
export const BASE_PROPS: Props<Omit<RedisBaseProps, 'vpc'>> = {
  vpcSubnets,
  securityGroups,
  port: number(fc.oneof(constant(1150, 6379, 8004, 8006, 65535), later(7000)), constant(1149, 8005, 65536, -1, 6379.5)),
  engine,
  clusterMode,
  encryption,
  backupRetention,
  backupWindow: dailyWindow,
  maintenanceWindow: weeklyWindow,
  autoMinorVersionUpgrade: asIs([true, false]),
  alarms,
  logs,
  notificationTopic,
  replicationGroupName: text(
    fc.oneof(constant('a', 'shop-cache', 'Shop', 'a'.repeat(40)), later('later-name')),
    constant('', '1cache', 'cache-', 'my--cache', 'my_cache', 'a'.repeat(41), 'café'),
  ),
  description: text(fc.oneof(constant('x', 'Sessions of the shop', 'x'.repeat(255)), later('Later')), constant('', 'x'.repeat(256))),
  removalPolicy: prop(constant(...REMOVAL_POLICIES), constant(...REMOVAL_POLICIES), (_world, policy) => policy),
};

const restoreFrom = prop<{ readonly snapshot: string | Later<string> } | { readonly file: string | Later<string> }, RedisSnapshotSource>(
  fc.oneof(constant({ snapshot: 'nightly' }, { file: 'backup.rdb' }), later('nightly').map(snapshot => ({ snapshot })), later('b.rdb').map(file => ({ file }))),
  constant({ file: 'a,b.rdb' }, { file: '' }, { snapshot: '' }),
  (world, plain) => 'snapshot' in plain
    ? RedisSnapshotSource.snapshot(world.text(plain.snapshot))
    : RedisSnapshotSource.rdbFile(Bucket.fromBucketName(world.data, world.id('Bucket'), 'backups'), world.text(plain.file)),
);

/** The props of a `RedisCluster`, but for the VPC. */
export const CLUSTER_PROPS: Props<Omit<RedisClusterProps, 'vpc'>> = {
  ...BASE_PROPS,
  nodeType,
  auth,
  transitEncryption: asIs([TransitEncryption.REQUIRED, TransitEncryption.PREFERRED, TransitEncryption.DISABLED]),
  evictionPolicy: asIs(Object.values(EvictionPolicy)),
  parameters,
  restoreFrom,
  networkType: asIs(Object.values(CacheNetworkType)),
  ipDiscovery: asIs(Object.values(CacheIpDiscovery)),
  durability: asIs(Object.values(RedisDurability)),
  snapshotNode: number(constant(1, 2), fc.oneof(constant(0, 3, 7, 1.5, -1), later(1))),
};

export { nodeType };
