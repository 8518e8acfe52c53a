"""Metrics of real Redis and Valkey servers: whatever is done to one shows where ElastiCache shows it."""

import contextlib
import os
import re
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import redis
from cache_templates import PASSWORD, cache, cache_template, cluster, cluster_template
from local_aws_process import LocalAws, Template, ref, resource
from watching import Mailbox, alarm, eventually, state, together, values

VALUE = "x" * 100_000
# Under both dimensions together, not under the first alone.
NODE_ONLY = {
    "ChannelAuthorizationFailures",
    "DatabaseCapacityUsagePercentage",
    "DatabaseMemoryUsageCountedForEvictPercentage",
    "ErrorCount",
    "TrafficManagementActive",
}
BOTH = {
    "AuthenticationFailures",
    "BytesUsedForCache",
    "CPUCreditBalance",
    "CPUUtilization",
    "CacheHits",
    "CacheMisses",
    "CommandAuthorizationFailures",
    "CurrConnections",
    "CurrItems",
    "DatabaseMemoryUsagePercentage",
    "EngineCPUUtilization",
    "Evictions",
    "FreeableMemory",
    "IsMaster",
    "KeyAuthorizationFailures",
    "NetworkBandwidthInAllowanceExceeded",
    "NetworkBandwidthOutAllowanceExceeded",
    "NetworkConntrackAllowanceExceeded",
    "NetworkPacketsPerSecondAllowanceExceeded",
    "NewConnections",
    "SwapUsage",
}
# Of the group and of its shards, with the values of all nodes.
OF_GROUPS = {"DatabaseMemoryUsageCountedForEvictPercentage", "EngineCPUUtilization"}
OF_REPLICAS = {"MasterLinkHealthStatus", "ReplicationLag"}


@dataclass(frozen=True)
class Cache:
    """A primary and a replica of one engine."""

    local_aws: LocalAws
    id: str

    def client(self, password: str = PASSWORD) -> redis.Redis:
        (group,) = self.local_aws.client("elasticache").describe_replication_groups(ReplicationGroupId=self.id)[
            "ReplicationGroups"
        ]
        endpoint = group["NodeGroups"][0]["PrimaryEndpoint"]
        return self.local_aws.redis(endpoint["Address"], endpoint["Port"], "app", password)

    def values(self, name: str, node: str = "001") -> list[float]:
        return values(self.local_aws, name, CacheClusterId=f"{self.id}-{node}", CacheNodeId="0001")

    def together(self, *names: str) -> list[tuple[float, ...]]:
        return together(self.local_aws, *names, CacheClusterId=f"{self.id}-001", CacheNodeId="0001")

    def names(self, node: str, **more: str) -> set[str]:
        """The metrics of a node under exactly these dimensions."""
        return names(self.local_aws, CacheClusterId=f"{self.id}-{node}", **more)

    def pid(self, node: str) -> int | None:
        """The process that works in the directory of a node."""
        directory = Path(self.local_aws.announcement["runDir"]) / "nodes" / f"{self.id}-{node}"
        links = [link for link in Path("/proc").glob("[0-9]*/cwd") if _leads_to(link, directory)]
        return int(links[0].parent.name) if links else None


def names(local_aws: LocalAws, **dimensions: str) -> set[str]:
    """The metrics under exactly these dimensions."""
    wanted = [{"Name": name, "Value": value} for name, value in sorted(dimensions.items())]
    pages = local_aws.client("cloudwatch").get_paginator("list_metrics").paginate(Namespace="AWS/ElastiCache")
    return {metric["MetricName"] for page in pages for metric in page["Metrics"] if metric["Dimensions"] == wanted}


def _leads_to(link: Path, directory: Path) -> bool:
    try:
        return link.readlink() == directory
    except OSError:
        return False


def resources(group_id: str, engine: str, family: str, version: str) -> Template:
    """With everything allowed to one user, of keys under one prefix and one channel."""
    found = cache(
        group_id, Engine=engine, EngineVersion=version, AutomaticFailoverEnabled=False, CacheNodeType="cache.t4g.micro"
    )
    found["Parameters"]["Properties"]["CacheParameterGroupFamily"] = family
    found["Parameters"]["Properties"]["Properties"] = {"maxmemory-policy": "allkeys-lru"}
    found["App"]["Properties"]["AccessString"] = "on ~sess:* resetchannels &news +@all -flushall"
    return found


@pytest.fixture(scope="module", params=["redis", "valkey"])
def deployed(request: pytest.FixtureRequest, local_aws: LocalAws) -> Iterator[Cache]:
    engine = request.param
    family, version = {"redis": ("redis7", "7.1"), "valkey": ("valkey8", "8.0")}[engine]
    found = resources(f"metrics-{engine}", engine, family, version)
    assert local_aws.deploy(f"metrics-{engine}", cache_template(found)).status == "CREATE_COMPLETE"
    yield Cache(local_aws, f"metrics-{engine}")
    assert local_aws.delete(f"metrics-{engine}").status == "DELETE_COMPLETE"


def test_names_and_dimensions(deployed: Cache) -> None:
    eventually(lambda: len(deployed.values("CPUCreditBalance")) > 0)
    assert deployed.names("001", CacheNodeId="0001") == BOTH | NODE_ONLY
    assert deployed.names("001") == BOTH
    eventually(lambda: deployed.names("002", CacheNodeId="0001"), BOTH | NODE_ONLY | OF_REPLICAS)
    assert deployed.names("002") == BOTH | OF_REPLICAS


def test_roles_and_replication(deployed: Cache) -> None:
    eventually(lambda: deployed.values("MasterLinkHealthStatus", "002")[-1:], [1])
    assert set(deployed.values("IsMaster")) == {1}
    assert set(deployed.values("IsMaster", "002")) == {0}
    assert max(deployed.values("ReplicationLag", "002")) < 1
    assert deployed.values("ReplicationLag") == []


def test_hits_misses_items_and_connections(deployed: Cache) -> None:
    idle = deployed.values("CurrConnections")[-1]
    opened = sum(deployed.values("NewConnections"))
    clients = [deployed.client() for _ in range(7)]
    for client in clients:
        client.ping()
    eventually(lambda: deployed.values("CurrConnections")[-1] - idle, 7)
    clients[0].set("sess:1", "x")
    for key in ("sess:1", "sess:1", "sess:1", "sess:none"):
        clients[0].get(key)
    eventually(lambda: sum(deployed.values("CacheHits")), 3)
    eventually(lambda: sum(deployed.values("CacheMisses")), 1)
    assert 75 in (sum(rates := deployed.values("CacheHitRate")) / len(rates), *rates)
    eventually(lambda: deployed.values("CurrItems")[-1], 1)
    eventually(lambda: deployed.values("CurrItems", "002")[-1], 1)
    eventually(lambda: sum(deployed.values("NewConnections")) - opened >= 7)
    for client in clients:
        client.close()
    eventually(lambda: deployed.values("CurrConnections")[-1], idle)


def test_refusals(deployed: Cache) -> None:
    errors = sum(deployed.values("ErrorCount"))
    for _ in range(3):
        with pytest.raises(redis.AuthenticationError):
            deployed.client("wrong").ping()
    with deployed.client() as client:
        for command in (("GET", "other"), ("SET", "other", "x"), ("FLUSHALL",), ("PUBLISH", "olds", "x")):
            with pytest.raises(redis.exceptions.NoPermissionError):
                client.execute_command(*command)
    eventually(lambda: sum(deployed.values("AuthenticationFailures")), 3)
    eventually(lambda: sum(deployed.values("KeyAuthorizationFailures")), 2)
    eventually(lambda: sum(deployed.values("CommandAuthorizationFailures")), 1)
    eventually(lambda: sum(deployed.values("ChannelAuthorizationFailures")), 1)
    eventually(lambda: sum(deployed.values("ErrorCount")) - errors >= 7)
    assert sum(deployed.values("AuthenticationFailures", "002")) == 0


def test_memory_and_evictions(deployed: Cache) -> None:
    mib = 2**20
    assert deployed.values("DatabaseMemoryUsagePercentage")[-1] < 50
    assert sum(deployed.values("Evictions")) == 0
    with deployed.client() as client:
        for number in range(120):
            # Valkey frees what it evicts in the background, which can be a moment too late.
            with contextlib.suppress(redis.exceptions.OutOfMemoryError):
                client.set(f"sess:{number}", VALUE)
    eventually(lambda: sum(deployed.values("Evictions")) > 10)
    eventually(lambda: deployed.values("DatabaseMemoryUsagePercentage")[-1] > 95)
    # As of a node of the type, which has 512 MiB, three quarters of which are for data.
    used, free = deployed.together("BytesUsedForCache", "FreeableMemory")[-1]
    assert 0.9 * 384 * mib < used < 410 * mib
    assert used + free == 512 * mib
    share, capacity, counted = deployed.together(
        "DatabaseMemoryUsagePercentage",
        "DatabaseCapacityUsagePercentage",
        "DatabaseMemoryUsageCountedForEvictPercentage",
    )[-1]
    assert 0 < counted <= share == capacity
    assert set(deployed.values("SwapUsage")) == {0}


def test_processor(deployed: Cache) -> None:
    before = deployed.values("CPUCreditBalance")
    deadline = time.monotonic() + 1.5
    with deployed.client() as client:
        while time.monotonic() < deadline:
            client.eval("local n = 0 for i = 1, 2000000 do n = n + i end return n", 0)
    # Well above an idle node's, though other programs want the processors as well.
    eventually(lambda: max(deployed.values("EngineCPUUtilization")) > 15)
    busy, whole = max(deployed.together("EngineCPUUtilization", "CPUUtilization"))
    # One of two processors.
    assert 0.4 * busy < whole < 0.7 * busy
    assert busy <= 100
    eventually(lambda: len(deployed.values("CPUCreditBalance")) > len(before) + 1)
    # A micro node earns 12 in an hour; its first minutes are worth less than one.
    assert all(0 <= value < 0.2 * 5 * (place + 1) for place, value in enumerate(deployed.values("CPUCreditBalance")))


def test_a_dead_replica_publishes_nothing_and_its_alarm_comes_and_goes(deployed: Cache) -> None:
    name = f"lost-{deployed.id}"
    dimensions = [{"Name": "CacheClusterId", "Value": f"{deployed.id}-002"}]
    lost = alarm(
        name,
        Namespace="AWS/ElastiCache",
        MetricName="MasterLinkHealthStatus",
        Dimensions=dimensions,
        Statistic="Minimum",
        ComparisonOperator="LessThanThreshold",
        Threshold=1,
        TreatMissingData="breaching",
        AlarmActions=[ref("Topic")],
        OKActions=[ref("Topic")],
    )
    stack = {"Resources": {"Topic": resource("SNS::Topic"), "Alarm": lost}}
    assert deployed.local_aws.deploy(name, stack).status == "CREATE_COMPLETE"
    eventually(lambda: state(deployed.local_aws, name), "OK")
    mailbox = Mailbox(deployed.local_aws, deployed.local_aws.resources(name)["Topic"], name)

    # It stands still rather than dies: a dead server is replaced within a tenth of a second here.
    replica = deployed.pid("002")
    os.kill(replica, signal.SIGSTOP)
    try:
        message = mailbox.next()
        seen, others = len(deployed.values("CurrItems", "002")), len(deployed.values("CurrItems"))
        eventually(lambda: len(deployed.values("CurrItems")) > others + 1)
        assert len(deployed.values("CurrItems", "002")) == seen
    finally:
        os.kill(replica, signal.SIGCONT)
    assert (message["AlarmName"], message["NewStateValue"]) == (name, "ALARM")
    assert message["Trigger"]["Dimensions"] == [{"name": "CacheClusterId", "value": f"{deployed.id}-002"}]
    assert re.search("missing datapoint|1 out of the last 1", message["NewStateReason"])
    message = mailbox.next()
    assert (message["OldStateValue"], message["NewStateValue"]) == ("ALARM", "OK")
    assert deployed.local_aws.delete(name).status == "DELETE_COMPLETE"


def test_a_killed_replica_begins_anew(deployed: Cache) -> None:
    replica = deployed.pid("002")
    os.kill(replica, signal.SIGKILL)
    eventually(lambda: deployed.pid("002") not in (None, replica))
    before = len(deployed.values("EngineCPUUtilization", "002"))
    eventually(lambda: len(deployed.values("EngineCPUUtilization", "002")) > before)
    assert all(value >= 0 for value in deployed.values("NewConnections", "002"))
    assert set(deployed.values("IsMaster")) == {1}


def test_nodes_of_shards(local_aws: LocalAws) -> None:
    group = "metrics-shards"
    assert local_aws.deploy(group, cluster_template(cluster(group))).status == "CREATE_COMPLETE"
    roles = {"0001-001": 1, "0001-002": 0, "0002-001": 1, "0002-002": 0}
    for node, role in roles.items():
        eventually(lambda node=node: values(local_aws, "IsMaster", CacheClusterId=f"{group}-{node}")[-1:], [role])
    lags = values(local_aws, "ReplicationLag", CacheClusterId=f"{group}-0002-002", CacheNodeId="0001")
    assert max(lags) < 1
    whole = {"ReplicationGroupId": group}
    shards = [{**whole, "NodeGroupId": shard} for shard in ("0001", "0002")]
    for dimensions, nodes in [(whole, 4), *((shard, 2) for shard in shards)]:
        eventually(lambda dimensions=dimensions: names(local_aws, **dimensions), OF_GROUPS)
        for name in OF_GROUPS:
            counted = {"statistic": "SampleCount", **dimensions}
            eventually(lambda name=name, counted=counted: values(local_aws, name, **counted)[-1:], [nodes])
    assert local_aws.delete(group).status == "DELETE_COMPLETE"
