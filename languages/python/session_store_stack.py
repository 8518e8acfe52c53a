from aws_cdk import CfnOutput, Duration, RemovalPolicy, Size, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_ecs_patterns as ecs_patterns
from aws_cdk import aws_lambda as lambda_
from cdk_data_tier import CacheNodeType, RedisEngine, SessionCapacity, SessionStore, SessionStoreWhenFull
from constructs import Construct


class SessionStoreStack(Stack):
    """A web application whose users stay logged in whichever task answers, and a small one beside it."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

        vpc = ec2.Vpc(self, "Vpc", max_azs=2, nat_gateways=1)

        capacity = SessionCapacity.of(concurrent_sessions=50_000, average_size=Size.kibibytes(2))
        sessions = SessionStore(
            self,
            "Sessions",
            vpc=vpc,
            capacity=capacity,
            idle_timeout=Duration.minutes(20),
            absolute_timeout=Duration.hours(8),
            when_full=SessionStoreWhenFull.REFUSE_WRITES,
        )

        web = ecs_patterns.ApplicationLoadBalancedFargateService(
            self,
            "Web",
            vpc=vpc,
            desired_count=2,
            min_healthy_percent=100,
            task_image_options=ecs_patterns.ApplicationLoadBalancedTaskImageOptions(
                image=ecs.ContainerImage.from_registry("shop/web"), container_port=8080
            ),
        )
        container = web.task_definition.default_container
        assert container is not None
        sessions.link_container(container, web.service)

        small = SessionStore(
            self,
            "Small",
            vpc=vpc,
            node_type=CacheNodeType.T4_G_MICRO,
            engine=RedisEngine.VALKEY_8_1,
            removal_policy=RemovalPolicy.DESTROY,
            when_full=SessionStoreWhenFull.EVICT_SOONEST_TO_EXPIRE,
        )
        variables = sessions.environment_variables("OTHER")
        fn = lambda_.Function(
            self,
            "Function",
            vpc=vpc,
            runtime=lambda_.Runtime.NODEJS_24_X,
            handler="index.handler",
            code=lambda_.Code.from_inline("exports.handler = async () => {};"),
            environment={"WEB_SESSIONS_HOST": variables["OTHER_HOST"], "WEB_SESSIONS_PORT": variables["OTHER_PORT"]},
        )
        small.link_function(fn, prefix="SESSIONS")
        if sessions.secret:
            sessions.secret.grant_read(fn)
        fn.connections.allow_to_default_port(sessions.connections)

        outputs = {
            "ReplicationGroupId": sessions.cluster.replication_group_name,
            "KeyPrefix": sessions.key_prefix,
            "IdleTimeout": sessions.idle_timeout.to_iso_string(),
            "AbsoluteTimeout": sessions.absolute_timeout.to_iso_string(),
            "NodeType": capacity.node_type.to_string(),
            "Bytes": str(int(capacity.bytes)),
        }
        for name, value in outputs.items():
            CfnOutput(self, name, value=value)
