from typing import Any

from aws_cdk import CfnOutput, Duration, Fn, Stack, Tokenization
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_elasticache as elasticache
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_secretsmanager as secretsmanager
from cdk_data_tier import (
    AccessString,
    CacheEndpoint,
    CacheNodeType,
    DailyWindow,
    RedisCluster,
    RedisEngine,
    WeeklyWindow,
)
from constructs import Construct

from redis_clusters_stack import RedisClustersStack


class RedisClientsStack(Stack):
    """What is done with clusters that were made elsewhere: links, grants, metrics and imports."""

    def __init__(self, scope: Construct, id: str, *, clusters: RedisClustersStack, **kwargs: Any) -> None:
        super().__init__(scope, id, **kwargs)
        self._link(clusters)
        self._grant(clusters)
        self._watch(clusters.orders)
        self._import()
        self._tell(clusters)
        self._tell_values()

    def _link(self, clusters: RedisClustersStack) -> None:
        variables = clusters.moving.environment_variables()
        fn = lambda_.Function(
            self,
            "Function",
            vpc=clusters.vpc,
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): pass"),
            environment={"MOVING_HOST": variables["REDIS_HOST"], "MOVING_TLS": variables["REDIS_TLS"]},
        )
        clusters.orders.link_function(fn, prefix="ORDERS")
        clusters.prices.link_function(fn)

        task = ecs.FargateTaskDefinition(self, "Task")
        container = task.add_container("Web", image=ecs.ContainerImage.from_registry("shop/web"))
        cluster = ecs.Cluster(self, "Cluster", vpc=clusters.vpc)
        service = ecs.FargateService(self, "Service", cluster=cluster, task_definition=task, min_healthy_percent=100)
        clusters.moving.link_container(container, service, prefix="MOVING")
        service.connections.allow_to_default_port(clusters.prices.connections)

    def _grant(self, clusters: RedisClustersStack) -> None:
        role = iam.Role(self, "Role", assumed_by=iam.AccountRootPrincipal())
        clusters.orders.grant_read_secret(role)
        clusters.prices.grant_connect(role).assert_success()

    def _watch(self, cluster: RedisCluster) -> None:
        cloudwatch.Alarm(
            self,
            "Evicting",
            metric=cluster.metric_evictions(period=Duration.minutes(1)),
            threshold=100.5,
            evaluation_periods=3,
        )
        load = cloudwatch.GraphWidget(
            title="Load",
            left=[
                cluster.metric_cpu_utilization(),
                cluster.metric_engine_cpu_utilization(statistic="Maximum"),
                cluster.metric_swap_usage(),
                cluster.metric_freeable_memory(),
                cluster.metric_database_memory_usage_percentage(),
            ],
            right=[
                cluster.metric_curr_connections(),
                cluster.metric_new_connections(),
                cluster.metric_authentication_failures(),
            ],
        )
        data = cloudwatch.GraphWidget(
            title="Data",
            left=[cluster.metric_cache_hit_rate(), cluster.metric_replication_lag(period=Duration.seconds(30))],
            right=[
                cluster.metric("BytesUsedForCache", label="bytes"),
                cluster.metric_for_node(cluster.node_ids[0], "CurrItems"),
            ],
        )
        cloudwatch.Dashboard(self, "Dashboard", widgets=[[load], [data]])

    def _import(self) -> None:
        with_password = RedisCluster.from_redis_cluster_attributes(
            self,
            "WithPassword",
            replication_group_name="legacy",
            primary_endpoint_address="primary.legacy.example.com",
            reader_endpoint_address="reader.legacy.example.com",
            port=6380,
            security_groups=[ec2.SecurityGroup.from_security_group_id(self, "LegacySecurityGroup", "sg-12345")],
            secret=secretsmanager.Secret.from_secret_name_v2(self, "LegacyLogin", "legacy/login"),
            encryption_key=kms.Key.from_key_arn(self, "LegacyKey", "arn:aws:kms:eu-west-1:111122223333:key/legacy"),
            engine=RedisEngine.VALKEY_7_2,
            tls=False,
            node_ids=["legacy-001", "legacy-002"],
        )
        with_iam = RedisCluster.from_redis_cluster_attributes(
            self,
            "WithIam",
            replication_group_name="sharded",
            configuration_endpoint_address="clustercfg.sharded.example.com",
            iam_user_id="reporter",
        )
        with_token = RedisCluster.from_redis_cluster_attributes(
            self,
            "WithToken",
            replication_group_name="old",
            primary_endpoint_address="primary.old.example.com",
            auth_token=secretsmanager.Secret.from_secret_name_v2(self, "OldToken", "old/token"),
        )
        by_hand = RedisCluster.from_cfn_replication_group(
            elasticache.CfnReplicationGroup(
                self,
                "ByHand",
                replication_group_id="by-hand",
                replication_group_description="Made with the L1",
                engine="redis",
                cache_node_type="cache.t4g.small",
                num_cache_clusters=2,
                automatic_failover_enabled=True,
                transit_encryption_enabled=True,
                at_rest_encryption_enabled=True,
            )
        )
        readers = iam.Role(self, "Readers", assumed_by=iam.AccountRootPrincipal())
        with_password.grant_read_secret(readers)
        with_token.grant_read_secret(readers)
        with_iam.grant_connect(readers)
        self._tell_endpoint("LegacyReader", with_password.reader_endpoint)
        self._tell_endpoint("Sharded", with_iam.configuration_endpoint)
        self._tell_endpoint("Old", with_token.primary_endpoint)
        self._tell_endpoint("ByHand", by_hand.endpoint)
        self._tell_endpoint("Elsewhere", CacheEndpoint("elsewhere.example.com", 6379))

    def _tell(self, clusters: RedisClustersStack) -> None:
        named = {
            "Orders": clusters.orders,
            "Prices": clusters.prices,
            "Moving": clusters.moving,
            "Scratch": clusters.scratch,
        }
        for name, cluster in named.items():
            CfnOutput(self, f"{name}Name", value=cluster.replication_group_name)
            CfnOutput(self, f"{name}Nodes", value=Fn.join(",", cluster.node_ids))
            self._tell_endpoint(name, cluster.endpoint)
        user = clusters.orders.users[0]
        CfnOutput(self, "OrdersUser", value=user.user_name)
        CfnOutput(self, "OrdersUserId", value=user.user_id)
        CfnOutput(self, "OrdersUserSecret", value=user.secret.secret_arn)
        CfnOutput(self, "OrdersSecret", value=clusters.orders.secret.secret_arn)
        CfnOutput(self, "OrdersSlowLog", value=clusters.orders.slow_log.log_group_name)
        CfnOutput(self, "MovingEngineLog", value=clusters.moving.engine_log.log_group_name)
        CfnOutput(self, "MovingParameters", value=clusters.moving.parameter_group_name)
        CfnOutput(self, "MovingSubnets", value=clusters.moving.subnet_group_name)
        CfnOutput(self, "PricesKey", value=clusters.prices.encryption_key.key_arn)
        self._tell_endpoint("OrdersPrimary", clusters.orders.primary_endpoint)
        self._tell_endpoint("OrdersReader", clusters.orders.reader_endpoint)
        self._tell_endpoint("MovingConfiguration", clusters.moving.configuration_endpoint)

    def _tell_values(self) -> None:
        """What is known at synthesis."""
        node_type = CacheNodeType.R6_GD_XLARGE
        engine = RedisEngine.VALKEY_8_0
        outputs = {
            "NodeTypeName": node_type.name,
            "NodeTypeVcpu": str(node_type.vcpu),
            "NodeTypeMemory": str(node_type.memory_gib),
            "NodeTypeDataTiering": "tiered" if node_type.data_tiering else "in memory",
            "UnknownNodeTypeMemory": "unknown" if CacheNodeType.of("cache.x9z.large").memory_gib is None else "known",
            "Engine": f"{engine.engine} {engine.version} of {engine.family}",
            "AccessOfJobs": AccessString.of("on ~jobs:* resetchannels -@all +@list +ping").value,
            "AccessToAll": AccessString.full_access().value,
            "Daily": DailyWindow.of("23:30-00:30").value,
            "Weekly": WeeklyWindow.of("sat:23:30-sun:00:30").value,
        }
        for name, value in outputs.items():
            CfnOutput(self, name, value=value)

    def _tell_endpoint(self, name: str, endpoint: CacheEndpoint) -> None:
        CfnOutput(self, f"{name}Address", value=endpoint.socket_address)
        CfnOutput(self, f"{name}Host", value=endpoint.hostname)
        CfnOutput(self, f"{name}Port", value=Tokenization.stringify_number(endpoint.port))
