from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk import aws_applicationautoscaling as appscaling
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_kinesisfirehose as firehose
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from cdk_data_tier import (
    AccessString,
    CacheIpDiscovery,
    CacheNetworkType,
    CacheNodeType,
    ClusterMode,
    DailyWindow,
    Encryption,
    EvictionPolicy,
    RedisAuth,
    RedisCluster,
    RedisDurability,
    RedisEngine,
    RedisLogDestination,
    RedisLogFormat,
    RedisLogOptions,
    RedisSnapshotSource,
    ShardLayout,
    TransitEncryption,
    WeeklyWindow,
)
from constructs import Construct


class RedisClustersStack(Stack):
    """A cluster for every mode and every login, which together are told everything that a cluster can be told."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        self.vpc = ec2.Vpc(
            self,
            "Vpc",
            ip_addresses=ec2.IpAddresses.cidr("10.20.0.0/16"),
            ip_protocol=ec2.IpProtocol.DUAL_STACK,
            max_azs=2,
            nat_gateways=1,
        )
        self.orders = self._make_orders()
        self.prices = self._make_prices()
        self.moving = self._make_moving()
        self.scratch = self._make_scratch()

    def _make_orders(self) -> RedisCluster:
        """Cluster mode disabled, with a password, restored from a snapshot."""
        security_group = ec2.SecurityGroup(self, "OrdersSecurityGroup", vpc=self.vpc, allow_all_outbound=False)
        security_group.connections.allow_internally(ec2.Port.tcp(7000))
        return RedisCluster(
            self,
            "Orders",
            vpc=self.vpc,
            vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS),
            security_groups=[security_group],
            port=7000,
            engine=RedisEngine.REDIS_7_1,
            node_type=CacheNodeType.R7_G_2_XLARGE,
            cluster_mode=ClusterMode.disabled(replicas=2),
            auth=RedisAuth.users(user_name="orders", access=AccessString.read_write(keys=["order:*", "cart:*"])),
            transit_encryption=TransitEncryption.REQUIRED,
            encryption=Encryption.aws_managed(),
            eviction_policy=EvictionPolicy.ALLKEYS_LFU,
            parameters={"slowlog-log-slower-than": "20000", "notify-keyspace-events": "Ex"},
            restore_from=RedisSnapshotSource.snapshot("orders-before-the-sale"),
            backup_retention=Duration.days(14),
            backup_window=DailyWindow.of("02:00-03:00"),
            maintenance_window=WeeklyWindow.of("tue:03:30-tue:04:30"),
            snapshot_node=2,
            auto_minor_version_upgrade=False,
            logs=RedisLogOptions(
                destination=RedisLogDestination.cloud_watch(),
                format=RedisLogFormat.JSON,
                retention=logs.RetentionDays.THREE_MONTHS,
                slow_log=True,
                engine_log=False,
            ),
            notification_topic=sns.Topic(self, "OrdersTopic"),
            replication_group_name="Shop-Orders",
            description='Orders, "open" and paid: naïve ✓',
            removal_policy=RemovalPolicy.RETAIN,
        )

    def _make_prices(self) -> RedisCluster:
        """Cluster mode enabled, with IAM, and scaled."""
        zones = self.availability_zones
        prices = RedisCluster(
            self,
            "Prices",
            vpc=self.vpc,
            engine=RedisEngine.VALKEY_9_0,
            node_type=CacheNodeType.from_instance_type(
                ec2.InstanceType.of(ec2.InstanceClass.R7G, ec2.InstanceSize.XLARGE)
            ),
            cluster_mode=ClusterMode.enabled(
                shards=2,
                replicas_per_shard=1,
                shard_layout=[
                    ShardLayout(shard_id="0001", slots="0-8191"),
                    ShardLayout(
                        shard_id="0002",
                        slots="8192-16383",
                        replicas=1,
                        primary_zone=zones[0],
                        replica_zones=[zones[1]],
                    ),
                ],
            ),
            auth=RedisAuth.iam(access=AccessString.read_only(keys=["price:*"])),
            encryption=Encryption.customer_managed(kms.Key(self, "PricesKey", enable_key_rotation=True)),
            durability=RedisDurability.SYNC,
            network_type=CacheNetworkType.DUAL_STACK,
            ip_discovery=CacheIpDiscovery.IPV6,
            eviction_policy=EvictionPolicy.NOEVICTION,
            logs=RedisLogOptions(
                destination=RedisLogDestination.firehose(
                    firehose.DeliveryStream.from_delivery_stream_attributes(
                        self, "Stream", delivery_stream_name="aws-logs-prices"
                    )
                ),
                format=RedisLogFormat.TEXT,
            ),
        )
        shards = prices.auto_scale_shards(min_capacity=2, max_capacity=10)
        shards.scale_on_memory_usage("Memory", target_utilization_percent=60, scale_in_cooldown=Duration.minutes(10))
        shards.scale_on_schedule(
            "Sale", schedule=appscaling.Schedule.cron(week_day="FRI", hour="6", minute="0"), min_capacity=4
        )
        replicas = prices.auto_scale_replicas(min_capacity=1, max_capacity=5)
        replicas.scale_on_engine_cpu_utilization("Cpu", target_utilization_percent=45.5, disable_scale_in=True)
        replicas.scale_on_schedule("Night", schedule=appscaling.Schedule.rate(Duration.days(1)), max_capacity=3)
        return prices

    def _make_moving(self) -> RedisCluster:
        """On its way to cluster mode enabled, with a token, restored from a file."""
        return RedisCluster(
            self,
            "Moving",
            vpc=self.vpc,
            engine=RedisEngine.of(engine="valkey", version="8.2", family="valkey8"),
            node_type=CacheNodeType.of("cache.m7g.large"),
            cluster_mode=ClusterMode.compatible(replicas=1),
            auth=RedisAuth.token(),
            restore_from=RedisSnapshotSource.rdb_file(
                s3.Bucket.from_bucket_name(self, "Seeds", "shop-seeds"), "moving/dump.rdb"
            ),
        )

    def _make_scratch(self) -> RedisCluster:
        """Sharded, without login, for tests: everything that costs is off."""
        scratch = RedisCluster(
            self,
            "Scratch",
            vpc=self.vpc,
            node_type=CacheNodeType.M6_G_LARGE,
            cluster_mode=ClusterMode.enabled(shards=3, replicas_per_shard=0),
            auth=RedisAuth.none(),
            transit_encryption=TransitEncryption.DISABLED,
            encryption=Encryption.customer_managed(),
            backup_retention=Duration.days(0),
            logs=RedisLogOptions(slow_log=False, engine_log=False),
            removal_policy=RemovalPolicy.DESTROY,
        )
        shards = scratch.auto_scale_shards(min_capacity=1, max_capacity=4)
        shards.scale_on_engine_cpu_utilization("Cpu", target_utilization_percent=50)
        return scratch
