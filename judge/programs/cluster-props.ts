import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnDeliveryStream, DeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  CacheIpDiscovery, CacheNetworkType, DailyWindow, Encryption, EvictionPolicy, RedisBaseProps, RedisClusterProps, RedisDurability, RedisEngine,
  RedisLogDestination, RedisLogFormat, RedisLogOptions, RedisSnapshotSource, TransitEncryption,
} from 'cdk-data-tier';
import fc, { Arbitrary } from 'fast-check';
import { clusterAlarms } from './alarms';
import { CACHE_PROPS, nodeType, port } from './cache-props';
import { auth, clusterMode } from './choices';
import { parametersIn } from './parameters';
import { asIs, durationOf, later, number, prop, Props, propsFrom, someOf, Span, text } from './prop';
import { Later } from './world';
import { ENGINE_PARAMETERS } from '../../src/facts/elasticache-parameters';

const constant = fc.constantFrom;

const ENGINES = ['REDIS_6_2', 'REDIS_7_0', 'REDIS_7_1', 'VALKEY_7_2', 'VALKEY_8_0', 'VALKEY_8_1', 'VALKEY_8_2', 'VALKEY_9_0', 'VALKEY_9_1'] as const;
const OTHER_ENGINES = [
  { engine: 'valkey', version: '10.0', family: 'valkey10' },
  { engine: 'redis', version: '5.0.6', family: 'redis5.0' },
  { engine: 'redis', version: '7.1', family: 'valkey7' },
  { engine: 'redis', version: '7.1.2', family: 'redis7' },
  { engine: 'memcached', version: '1.6.22', family: 'memcached1.6' },
  { engine: '', version: '', family: '' },
];

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

/** The props that every construct over a cluster has, but for the VPC. */
export const BASE_PROPS: Props<Omit<RedisBaseProps, 'vpc'>> = {
  ...CACHE_PROPS,
  port,
  engine,
  clusterMode,
  encryption,
  backupRetention,
  backupWindow: dailyWindow,
  autoMinorVersionUpgrade: asIs([true, false]),
  alarms: clusterAlarms,
  logs,
  replicationGroupName: text(
    fc.oneof(constant('a', 'shop-cache', 'Shop', 'a'.repeat(40)), later('later-name')),
    constant('', '1cache', 'cache-', 'my--cache', 'my_cache', 'a'.repeat(41), 'café'),
  ),
  description: text(fc.oneof(constant('x', 'Sessions of the shop', 'x'.repeat(255)), later('Later')), constant('', 'x'.repeat(256))),
  removalPolicy: asIs(Object.values(RemovalPolicy)),
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
  parameters: parametersIn(ENGINE_PARAMETERS, ['cluster-enabled', 'maxmemory-policy']),
  restoreFrom,
  networkType: asIs(Object.values(CacheNetworkType)),
  ipDiscovery: asIs(Object.values(CacheIpDiscovery)),
  durability: asIs(Object.values(RedisDurability)),
  snapshotNode: number(constant(1, 2), fc.oneof(constant(0, 3, 7, 1.5, -1), later(1))),
};
