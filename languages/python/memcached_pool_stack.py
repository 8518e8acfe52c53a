from aws_cdk import CfnOutput, Duration, Fn, RemovalPolicy, Size, Stack, Tokenization
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from cdk_data_tier import (
    CacheIpDiscovery,
    CacheNetworkType,
    CacheNodeType,
    MemcachedPool,
    MemcachedVersion,
    WeeklyWindow,
)
from constructs import Construct


class MemcachedPoolStack(Stack):
    """Pages in a pool told everything that it can be told, a pool with the defaults, and one that exists already."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        vpc = ec2.Vpc(self, "Vpc", ip_protocol=ec2.IpProtocol.DUAL_STACK, max_azs=2, nat_gateways=1)
        pages = self._make_pages(vpc)
        self._link(vpc, pages, MemcachedPool(self, "Fragments", vpc=vpc))
        self._watch(pages)
        self._import()
        self._tell(pages)

    def _make_pages(self, vpc: ec2.Vpc) -> MemcachedPool:
        return MemcachedPool(
            self,
            "Pages",
            vpc=vpc,
            vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS),
            security_groups=[ec2.SecurityGroup(self, "PagesSecurityGroup", vpc=vpc, allow_all_outbound=False)],
            port=11311,
            version=MemcachedVersion.V1_6_22,
            node_count=3,
            node_type=CacheNodeType.R7_G_LARGE,
            transit_encryption=True,
            max_item_size=Size.mebibytes(4),
            chunk_size=Size.bytes(96),
            parameters={"idle_timeout": "600", "disable_flush_all": "1"},
            network_type=CacheNetworkType.DUAL_STACK,
            ip_discovery=CacheIpDiscovery.IPV6,
            maintenance_window=WeeklyWindow.of("wed:03:30-wed:04:30"),
            notification_topic=sns.Topic(self, "PagesTopic"),
            pool_name="shop-pages",
            removal_policy=RemovalPolicy.RETAIN,
        )

    def _link(self, vpc: ec2.Vpc, pages: MemcachedPool, fragments: MemcachedPool) -> None:
        variables = fragments.environment_variables()
        fn = lambda_.Function(
            self,
            "Function",
            vpc=vpc,
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): pass"),
            environment={"FRAGMENTS_HOST": variables["MEMCACHED_HOST"], "FRAGMENTS_TLS": variables["MEMCACHED_TLS"]},
        )
        pages.link_function(fn, prefix="PAGES")
        fn.connections.allow_to_default_port(fragments.connections)

        task = ecs.FargateTaskDefinition(self, "Task")
        container = task.add_container("Web", image=ecs.ContainerImage.from_registry("shop/web"))
        cluster = ecs.Cluster(self, "Cluster", vpc=vpc)
        service = ecs.FargateService(self, "Service", cluster=cluster, task_definition=task, min_healthy_percent=100)
        pages.link_container(container, service)

    def _watch(self, pool: MemcachedPool) -> None:
        cloudwatch.Alarm(
            self,
            "Evicting",
            metric=pool.metric_evictions(period=Duration.minutes(1)),
            threshold=100.5,
            evaluation_periods=3,
        )
        load = cloudwatch.GraphWidget(
            title="Load",
            left=[pool.metric_cpu_utilization(), pool.metric_swap_usage(), pool.metric_freeable_memory()],
            right=[pool.metric_curr_connections(), pool.metric_new_connections()],
        )
        data = cloudwatch.GraphWidget(
            title="Data",
            left=[
                pool.metric_cache_hit_rate(),
                pool.metric_bytes_used_for_cache_items(),
                pool.metric_unused_memory(statistic="Average"),
            ],
            right=[
                pool.metric_curr_items(),
                pool.metric("GetHits", label="hits"),
                pool.metric_for_node(pool.node_ids[0], "CmdGet"),
            ],
        )
        cloudwatch.Dashboard(self, "Dashboard", widgets=[[load], [data]])

    def _import(self) -> None:
        legacy = MemcachedPool.from_memcached_pool_attributes(
            self,
            "Legacy",
            pool_name="legacy",
            configuration_endpoint_address="legacy.abc123.cfg.euw1.cache.amazonaws.com",
            port=11212,
            security_groups=[ec2.SecurityGroup.from_security_group_id(self, "LegacySecurityGroup", "sg-12345")],
            tls=False,
            node_ids=["0001", "0002"],
        )
        CfnOutput(self, "LegacyNode", value=legacy.node_endpoints[1].socket_address)
        CfnOutput(self, "LegacyTls", value=legacy.environment_variables("LEGACY")["LEGACY_TLS"])

    def _tell(self, pool: MemcachedPool) -> None:
        version = MemcachedVersion.of(version="1.6.30", family="memcached1.6")
        outputs = {
            "Name": pool.pool_name,
            "Nodes": Fn.join(",", pool.node_ids),
            "FirstNode": pool.node_endpoints[0].socket_address,
            "Address": pool.configuration_endpoint.hostname,
            "Port": Tokenization.stringify_number(pool.configuration_endpoint.port),
            "Parameters": pool.parameter_group_name,
            "Subnets": pool.subnet_group_name,
            "Version": f"{version.version} of {version.family}",
        }
        for name, value in outputs.items():
            CfnOutput(self, name, value=value)
