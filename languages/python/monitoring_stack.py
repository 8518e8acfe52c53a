from aws_cdk import CfnOutput, Duration, Fn, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_sns as sns
from cdk_data_tier import (
    AlarmSeverity,
    AlarmTuning,
    CacheNodeType,
    DataTierDashboard,
    EvictionPolicy,
    MemcachedAlarmOptions,
    MemcachedAlarms,
    MemcachedPool,
    RedisAlarmOptions,
    RedisAlarms,
    RedisCluster,
    SessionStore,
)
from constructs import Construct


class MonitoringStack(Stack):
    """Alarms that are told all that they can be told, those of existing caches, and dashboards of all of them."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        vpc = ec2.Vpc(self, "Vpc", max_azs=2, nat_gateways=1)
        office = actions.SnsAction(sns.Topic(self, "Office"))
        pager = actions.SnsAction(sns.Topic(self, "Pager"))
        cache = self._make_cache(vpc, office, pager)
        pages = self._make_pages(vpc, office)
        sessions = SessionStore(
            self,
            "Sessions",
            vpc=vpc,
            alarms=RedisAlarmOptions(actions=[office], traffic_management=AlarmTuning(enabled=False)),
        )
        quiet = RedisCluster(self, "Quiet", vpc=vpc, alarms=RedisAlarmOptions(enabled=False))
        assert cache.alarms
        assert pages.alarms
        assert sessions.alarms
        cache.alarms.add_action(pager)
        self._watch_imports(office)

        dashboard = DataTierDashboard(
            self, "Dashboard", dashboard_name="shop-data-tier", default_interval=Duration.hours(12)
        )
        dashboard.add(cache, pages, sessions, quiet)
        dashboard.dashboard.add_widgets(
            *cache.dashboard_headlines(), *pages.dashboard_headlines(), *sessions.dashboard_headlines()
        )
        details = DataTierDashboard(self, "Details")
        details.dashboard.add_widgets(
            *cache.dashboard_widgets(), *pages.dashboard_widgets(), *sessions.dashboard_widgets()
        )

        outputs = {
            "QuietAlarms": "some" if quiet.alarms else "none",
            "CacheCritical": _arn(cache.alarms.any_critical),
            "CacheWarning": _arn(cache.alarms.any_warning),
            "CacheMemory": cache.alarms.by_key("memory", AlarmSeverity.CRITICAL).alarm_name,
            "CacheAlarmNames": Fn.join(",", [alarm.alarm_name for alarm in cache.alarms.all]),
            "PagesCritical": _arn(pages.alarms.any_critical),
            "SessionsCritical": _arn(sessions.alarms.any_critical),
        }
        for name, value in outputs.items():
            CfnOutput(self, name, value=value)

    def _make_cache(self, vpc: ec2.Vpc, office: actions.SnsAction, pager: actions.SnsAction) -> RedisCluster:
        return RedisCluster(
            self,
            "Cache",
            vpc=vpc,
            node_type=CacheNodeType.R7_G_XLARGE,
            eviction_policy=EvictionPolicy.NOEVICTION,
            alarms=RedisAlarmOptions(
                actions=[office],
                critical_actions=[pager],
                ok_actions=[office],
                complete=True,
                memory=AlarmTuning(threshold=70.5, critical_threshold=90),
                engine_cpu=AlarmTuning(threshold=85, severity=AlarmSeverity.WARNING),
                cpu=AlarmTuning(enabled=True, description="The host is busy: ask the data team"),
                evictions=AlarmTuning(enabled=True, period=Duration.minutes(10)),
                connections=AlarmTuning(evaluation_periods=6, datapoints_to_alarm=4),
                free_memory=AlarmTuning(treat_missing_data=cloudwatch.TreatMissingData.BREACHING),
                nodes=AlarmTuning(evaluation_periods=3),
                network_allowances=AlarmTuning(threshold=10),
                cpu_credits=AlarmTuning(enabled=True, threshold=20),
                hit_rate=AlarmTuning(enabled=False),
                capacity=AlarmTuning(enabled=False),
                replication_lag=AlarmTuning(threshold=2.5),
                authentication_failures=AlarmTuning(threshold=3),
                authorization_failures=AlarmTuning(threshold=4),
                traffic_management=AlarmTuning(severity=AlarmSeverity.CRITICAL),
                durability_lag=AlarmTuning(enabled=False),
                failed_commands=AlarmTuning(threshold=5),
            ),
        )

    def _make_pages(self, vpc: ec2.Vpc, office: actions.SnsAction) -> MemcachedPool:
        return MemcachedPool(
            self,
            "Pages",
            vpc=vpc,
            alarms=MemcachedAlarmOptions(
                actions=[office],
                cpu=AlarmTuning(threshold=80, critical_threshold=95),
                hit_rate=AlarmTuning(threshold=50),
            ),
        )

    def _watch_imports(self, office: actions.SnsAction) -> None:
        orders = RedisCluster.from_redis_cluster_attributes(
            self,
            "Orders",
            replication_group_name="orders",
            primary_endpoint_address="primary.orders.example.com",
            node_ids=["orders-001", "orders-002"],
        )
        of_orders = RedisAlarms(
            self,
            "OrdersAlarms",
            cluster=orders,
            node_type=CacheNodeType.R7_G_LARGE,
            actions=[office],
            memory=AlarmTuning(threshold=75),
        )
        of_orders.add_action(office)
        legacy = MemcachedPool.from_memcached_pool_attributes(
            self,
            "Legacy",
            pool_name="legacy",
            configuration_endpoint_address="legacy.abc123.cfg.euw1.cache.amazonaws.com",
            node_ids=["0001", "0002"],
        )
        of_legacy = MemcachedAlarms(self, "LegacyAlarms", pool=legacy, node_type=CacheNodeType.T4_G_SMALL)
        of_legacy.add_action(office)

        outputs = {
            "OrdersCritical": _arn(of_orders.any_critical),
            "OrdersWarning": _arn(of_orders.any_warning),
            "OrdersMemory": of_orders.by_key("memory").alarm_name,
            "OrdersAlarmNames": Fn.join(",", [alarm.alarm_name for alarm in of_orders.all]),
            "LegacyCritical": _arn(of_legacy.any_critical),
            "LegacyWarning": _arn(of_legacy.any_warning),
            "LegacyCpu": of_legacy.by_key("cpu").alarm_name,
            "LegacyAlarmNames": Fn.join(",", [alarm.alarm_name for alarm in of_legacy.all]),
        }
        for name, value in outputs.items():
            CfnOutput(self, name, value=value)


def _arn(alarm: cloudwatch.CompositeAlarm | None) -> str:
    assert alarm
    return alarm.alarm_arn
