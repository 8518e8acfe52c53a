import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { InstanceClass, InstanceSize, InstanceType, IpAddresses, IpProtocol, Port, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { DeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import {
  AccessString, CacheIpDiscovery, CacheNetworkType, CacheNodeType, ClusterMode, DailyWindow, Encryption, EvictionPolicy, RedisAuth, RedisCluster,
  RedisDurability, RedisEngine, RedisLogDestination, RedisLogFormat, RedisSnapshotSource, TransitEncryption, WeeklyWindow,
} from 'cdk-data-tier';

/** A cluster for every mode and every login, which together are told everything that a cluster can be told. */
export class RedisClustersStack extends Stack {
  public readonly vpc: Vpc;
  public readonly orders: RedisCluster;
  public readonly prices: RedisCluster;
  public readonly moving: RedisCluster;
  public readonly scratch: RedisCluster;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr('10.20.0.0/16'),
      ipProtocol: IpProtocol.DUAL_STACK,
      maxAzs: 2,
      natGateways: 1,
    });
    this.orders = this.makeOrders();
    this.prices = this.makePrices();
    this.moving = this.makeMoving();
    this.scratch = this.makeScratch();
  }

  /** Cluster mode disabled, with a password, restored from a snapshot. */
  private makeOrders(): RedisCluster {
    const securityGroup = new SecurityGroup(this, 'OrdersSecurityGroup', { vpc: this.vpc, allowAllOutbound: false });
    securityGroup.connections.allowInternally(Port.tcp(7000));
    return new RedisCluster(this, 'Orders', {
      vpc: this.vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      securityGroups: [securityGroup],
      port: 7000,
      engine: RedisEngine.REDIS_7_1,
      nodeType: CacheNodeType.R7G_2XLARGE,
      clusterMode: ClusterMode.disabled({ replicas: 2 }),
      auth: RedisAuth.users({ userName: 'orders', access: AccessString.readWrite({ keys: ['order:*', 'cart:*'] }) }),
      transitEncryption: TransitEncryption.REQUIRED,
      encryption: Encryption.awsManaged(),
      evictionPolicy: EvictionPolicy.ALLKEYS_LFU,
      parameters: { 'slowlog-log-slower-than': '20000', 'notify-keyspace-events': 'Ex' },
      restoreFrom: RedisSnapshotSource.snapshot('orders-before-the-sale'),
      backupRetention: Duration.days(14),
      backupWindow: DailyWindow.of('02:00-03:00'),
      maintenanceWindow: WeeklyWindow.of('tue:03:30-tue:04:30'),
      snapshotNode: 2,
      autoMinorVersionUpgrade: false,
      logs: {
        destination: RedisLogDestination.cloudWatch(),
        format: RedisLogFormat.JSON,
        retention: RetentionDays.THREE_MONTHS,
        slowLog: true,
        engineLog: false,
      },
      notificationTopic: new Topic(this, 'OrdersTopic'),
      replicationGroupName: 'Shop-Orders',
      description: 'Orders, "open" and paid: naïve ✓',
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** Cluster mode enabled, with IAM, and scaled. */
  private makePrices(): RedisCluster {
    const prices = new RedisCluster(this, 'Prices', {
      vpc: this.vpc,
      engine: RedisEngine.VALKEY_9_0,
      nodeType: CacheNodeType.fromInstanceType(InstanceType.of(InstanceClass.R7G, InstanceSize.XLARGE)),
      clusterMode: ClusterMode.enabled({
        shards: 2,
        replicasPerShard: 1,
        shardLayout: [
          { shardId: '0001', slots: '0-8191' },
          { shardId: '0002', slots: '8192-16383', replicas: 1, primaryZone: this.availabilityZones[0], replicaZones: [this.availabilityZones[1]] },
        ],
      }),
      auth: RedisAuth.iam({ access: AccessString.readOnly({ keys: ['price:*'] }) }),
      encryption: Encryption.customerManaged(new Key(this, 'PricesKey', { enableKeyRotation: true })),
      durability: RedisDurability.SYNC,
      networkType: CacheNetworkType.DUAL_STACK,
      ipDiscovery: CacheIpDiscovery.IPV6,
      evictionPolicy: EvictionPolicy.NOEVICTION,
      logs: {
        destination: RedisLogDestination.firehose(DeliveryStream.fromDeliveryStreamAttributes(this, 'Stream', { deliveryStreamName: 'aws-logs-prices' })),
        format: RedisLogFormat.TEXT,
      },
    });
    const shards = prices.autoScaleShards({ minCapacity: 2, maxCapacity: 10 });
    shards.scaleOnMemoryUsage('Memory', { targetUtilizationPercent: 60, scaleInCooldown: Duration.minutes(10) });
    shards.scaleOnSchedule('Sale', { schedule: Schedule.cron({ weekDay: 'FRI', hour: '6', minute: '0' }), minCapacity: 4 });
    const replicas = prices.autoScaleReplicas({ minCapacity: 1, maxCapacity: 5 });
    replicas.scaleOnEngineCpuUtilization('Cpu', { targetUtilizationPercent: 45.5, disableScaleIn: true });
    replicas.scaleOnSchedule('Night', { schedule: Schedule.rate(Duration.days(1)), maxCapacity: 3 });
    return prices;
  }

  /** On its way to cluster mode enabled, with a token, restored from a file. */
  private makeMoving(): RedisCluster {
    return new RedisCluster(this, 'Moving', {
      vpc: this.vpc,
      engine: RedisEngine.of({ engine: 'valkey', version: '8.2', family: 'valkey8' }),
      nodeType: CacheNodeType.of('cache.m7g.large'),
      clusterMode: ClusterMode.compatible({ replicas: 1 }),
      auth: RedisAuth.token(),
      restoreFrom: RedisSnapshotSource.rdbFile(Bucket.fromBucketName(this, 'Seeds', 'shop-seeds'), 'moving/dump.rdb'),
    });
  }

  /** Sharded, without login, for tests: everything that costs is off. */
  private makeScratch(): RedisCluster {
    const scratch = new RedisCluster(this, 'Scratch', {
      vpc: this.vpc,
      nodeType: CacheNodeType.M6G_LARGE,
      clusterMode: ClusterMode.enabled({ shards: 3, replicasPerShard: 0 }),
      auth: RedisAuth.none(),
      transitEncryption: TransitEncryption.DISABLED,
      encryption: Encryption.customerManaged(),
      backupRetention: Duration.days(0),
      logs: { slowLog: false, engineLog: false },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    scratch.autoScaleShards({ minCapacity: 1, maxCapacity: 4 }).scaleOnEngineCpuUtilization('Cpu', { targetUtilizationPercent: 50 });
    return scratch;
  }
}
