package shop;

import io.github.cdkdatatier.AccessStringOptions;
import io.github.cdkdatatier.AccessString;
import io.github.cdkdatatier.CacheIpDiscovery;
import io.github.cdkdatatier.CacheNetworkType;
import io.github.cdkdatatier.CacheNodeType;
import io.github.cdkdatatier.ClusterMode;
import io.github.cdkdatatier.ClusterModeCompatibleOptions;
import io.github.cdkdatatier.ClusterModeDisabledOptions;
import io.github.cdkdatatier.ClusterModeEnabledOptions;
import io.github.cdkdatatier.DailyWindow;
import io.github.cdkdatatier.Encryption;
import io.github.cdkdatatier.EvictionPolicy;
import io.github.cdkdatatier.RedisAuth;
import io.github.cdkdatatier.RedisCluster;
import io.github.cdkdatatier.RedisDurability;
import io.github.cdkdatatier.RedisEngine;
import io.github.cdkdatatier.RedisEngineOptions;
import io.github.cdkdatatier.RedisIamOptions;
import io.github.cdkdatatier.RedisLogDestination;
import io.github.cdkdatatier.RedisLogFormat;
import io.github.cdkdatatier.RedisLogOptions;
import io.github.cdkdatatier.RedisScalingProps;
import io.github.cdkdatatier.RedisSnapshotSource;
import io.github.cdkdatatier.RedisUsersOptions;
import io.github.cdkdatatier.ScalableReplicaCount;
import io.github.cdkdatatier.ScalableShardCount;
import io.github.cdkdatatier.ShardLayout;
import io.github.cdkdatatier.TransitEncryption;
import io.github.cdkdatatier.WeeklyWindow;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.applicationautoscaling.CronOptions;
import software.amazon.awscdk.services.applicationautoscaling.EnableScalingProps;
import software.amazon.awscdk.services.applicationautoscaling.ScalingSchedule;
import software.amazon.awscdk.services.applicationautoscaling.Schedule;
import software.amazon.awscdk.services.ec2.InstanceClass;
import software.amazon.awscdk.services.ec2.InstanceSize;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.ec2.IpAddresses;
import software.amazon.awscdk.services.ec2.IpProtocol;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.kinesisfirehose.DeliveryStream;
import software.amazon.awscdk.services.kinesisfirehose.DeliveryStreamAttributes;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** A cluster for every mode and every login, which together are told everything that a cluster can be told. */
public final class RedisClustersStack extends Stack {
    private final Vpc vpc;
    private final RedisCluster orders;
    private final RedisCluster prices;
    private final RedisCluster moving;
    private final RedisCluster scratch;

    public RedisClustersStack(final Construct scope, final String id) {
        super(scope, id);
        vpc = Vpc.Builder.create(this, "Vpc")
            .ipAddresses(IpAddresses.cidr("10.20.0.0/16"))
            .ipProtocol(IpProtocol.DUAL_STACK)
            .maxAzs(2)
            .natGateways(1)
            .build();
        orders = makeOrders();
        prices = makePrices();
        moving = makeMoving();
        scratch = makeScratch();
    }

    public Vpc getVpc() {
        return vpc;
    }

    public RedisCluster getOrders() {
        return orders;
    }

    public RedisCluster getPrices() {
        return prices;
    }

    public RedisCluster getMoving() {
        return moving;
    }

    public RedisCluster getScratch() {
        return scratch;
    }

    /** Cluster mode disabled, with a password, restored from a snapshot. */
    private RedisCluster makeOrders() {
        SecurityGroup securityGroup = SecurityGroup.Builder.create(this, "OrdersSecurityGroup")
            .vpc(vpc)
            .allowAllOutbound(false)
            .build();
        securityGroup.getConnections().allowInternally(Port.tcp(7000));
        return RedisCluster.Builder.create(this, "Orders")
            .vpc(vpc)
            .vpcSubnets(SubnetSelection.builder().subnetType(SubnetType.PRIVATE_WITH_EGRESS).build())
            .securityGroups(List.of(securityGroup))
            .port(7000)
            .engine(RedisEngine.REDIS_7_1)
            .nodeType(CacheNodeType.R7_G_2_XLARGE)
            .clusterMode(ClusterMode.disabled(ClusterModeDisabledOptions.builder().replicas(2).build()))
            .auth(RedisAuth.users(RedisUsersOptions.builder()
                .userName("orders")
                .access(AccessString.readWrite(AccessStringOptions.builder().keys(List.of("order:*", "cart:*")).build()))
                .build()))
            .transitEncryption(TransitEncryption.REQUIRED)
            .encryption(Encryption.awsManaged())
            .evictionPolicy(EvictionPolicy.ALLKEYS_LFU)
            .parameters(Map.of("slowlog-log-slower-than", "20000", "notify-keyspace-events", "Ex"))
            .restoreFrom(RedisSnapshotSource.snapshot("orders-before-the-sale"))
            .backupRetention(Duration.days(14))
            .backupWindow(DailyWindow.of("02:00-03:00"))
            .maintenanceWindow(WeeklyWindow.of("tue:03:30-tue:04:30"))
            .snapshotNode(2)
            .autoMinorVersionUpgrade(false)
            .logs(RedisLogOptions.builder()
                .destination(RedisLogDestination.cloudWatch())
                .format(RedisLogFormat.JSON)
                .retention(RetentionDays.THREE_MONTHS)
                .slowLog(true)
                .engineLog(false)
                .build())
            .notificationTopic(new Topic(this, "OrdersTopic"))
            .replicationGroupName("Shop-Orders")
            .description("Orders, \"open\" and paid: naïve ✓")
            .removalPolicy(RemovalPolicy.RETAIN)
            .build();
    }

    /** Cluster mode enabled, with IAM, and scaled. */
    private RedisCluster makePrices() {
        List<String> zones = getAvailabilityZones();
        RedisCluster cluster = RedisCluster.Builder.create(this, "Prices")
            .vpc(vpc)
            .engine(RedisEngine.VALKEY_9_0)
            .nodeType(CacheNodeType.fromInstanceType(InstanceType.of(InstanceClass.R7G, InstanceSize.XLARGE)))
            .clusterMode(ClusterMode.enabled(ClusterModeEnabledOptions.builder()
                .shards(2)
                .replicasPerShard(1)
                .shardLayout(List.of(
                    ShardLayout.builder().shardId("0001").slots("0-8191").build(),
                    ShardLayout.builder()
                        .shardId("0002")
                        .slots("8192-16383")
                        .replicas(1)
                        .primaryZone(zones.get(0))
                        .replicaZones(List.of(zones.get(1)))
                        .build()))
                .build()))
            .auth(RedisAuth.iam(RedisIamOptions.builder()
                .access(AccessString.readOnly(AccessStringOptions.builder().keys(List.of("price:*")).build()))
                .build()))
            .encryption(Encryption.customerManaged(Key.Builder.create(this, "PricesKey").enableKeyRotation(true).build()))
            .durability(RedisDurability.SYNC)
            .networkType(CacheNetworkType.DUAL_STACK)
            .ipDiscovery(CacheIpDiscovery.IPV6)
            .evictionPolicy(EvictionPolicy.NOEVICTION)
            .logs(RedisLogOptions.builder()
                .destination(RedisLogDestination.firehose(DeliveryStream.fromDeliveryStreamAttributes(this, "Stream",
                    DeliveryStreamAttributes.builder().deliveryStreamName("aws-logs-prices").build())))
                .format(RedisLogFormat.TEXT)
                .build())
            .build();

        ScalableShardCount shards = cluster.autoScaleShards(EnableScalingProps.builder().minCapacity(2).maxCapacity(10).build());
        shards.scaleOnMemoryUsage("Memory", RedisScalingProps.builder()
            .targetUtilizationPercent(60)
            .scaleInCooldown(Duration.minutes(10))
            .build());
        shards.scaleOnSchedule("Sale", ScalingSchedule.builder()
            .schedule(Schedule.cron(CronOptions.builder().weekDay("FRI").hour("6").minute("0").build()))
            .minCapacity(4)
            .build());
        ScalableReplicaCount replicas = cluster.autoScaleReplicas(EnableScalingProps.builder().minCapacity(1).maxCapacity(5).build());
        replicas.scaleOnEngineCpuUtilization("Cpu", RedisScalingProps.builder()
            .targetUtilizationPercent(45.5)
            .disableScaleIn(true)
            .build());
        replicas.scaleOnSchedule("Night", ScalingSchedule.builder()
            .schedule(Schedule.rate(Duration.days(1)))
            .maxCapacity(3)
            .build());
        return cluster;
    }

    /** On its way to cluster mode enabled, with a token, restored from a file. */
    private RedisCluster makeMoving() {
        return RedisCluster.Builder.create(this, "Moving")
            .vpc(vpc)
            .engine(RedisEngine.of(RedisEngineOptions.builder().engine("valkey").version("8.2").family("valkey8").build()))
            .nodeType(CacheNodeType.of("cache.m7g.large"))
            .clusterMode(ClusterMode.compatible(ClusterModeCompatibleOptions.builder().replicas(1).build()))
            .auth(RedisAuth.token())
            .restoreFrom(RedisSnapshotSource.rdbFile(Bucket.fromBucketName(this, "Seeds", "shop-seeds"), "moving/dump.rdb"))
            .build();
    }

    /** Sharded, without login, for tests: everything that costs is off. */
    private RedisCluster makeScratch() {
        RedisCluster cluster = RedisCluster.Builder.create(this, "Scratch")
            .vpc(vpc)
            .nodeType(CacheNodeType.M6_G_LARGE)
            .clusterMode(ClusterMode.enabled(ClusterModeEnabledOptions.builder().shards(3).replicasPerShard(0).build()))
            .auth(RedisAuth.none())
            .transitEncryption(TransitEncryption.DISABLED)
            .encryption(Encryption.customerManaged())
            .backupRetention(Duration.days(0))
            .logs(RedisLogOptions.builder().slowLog(false).engineLog(false).build())
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
        cluster.autoScaleShards(EnableScalingProps.builder().minCapacity(1).maxCapacity(4).build())
            .scaleOnEngineCpuUtilization("Cpu", RedisScalingProps.builder().targetUtilizationPercent(50).build());
        return cluster;
    }
}
