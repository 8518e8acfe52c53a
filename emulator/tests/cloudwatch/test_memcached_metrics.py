"""Metrics of real Memcached servers."""

from collections.abc import Iterator

import pytest
from local_aws_process import LocalAws
from memcached_client import connected
from memcached_templates import memcached, memcached_template
from watching import eventually, together, values

MIB = 2**20
NAMES = {
    "BytesUsedForCacheItems",
    "CPUCreditBalance",
    "CPUUtilization",
    "CmdGet",
    "CmdSet",
    "CurrConnections",
    "CurrItems",
    "EvictedUnfetched",
    "Evictions",
    "FreeableMemory",
    "GetHits",
    "GetMisses",
    "NetworkBandwidthInAllowanceExceeded",
    "NetworkBandwidthOutAllowanceExceeded",
    "NetworkConntrackAllowanceExceeded",
    "NetworkPacketsPerSecondAllowanceExceeded",
    "NewConnections",
    "Reclaimed",
    "SwapUsage",
    "UnusedMemory",
}


class Pool:
    """Two nodes with TLS."""

    id = "metrics-pool"

    def __init__(self, local_aws: LocalAws) -> None:
        self.local_aws = local_aws
        (cluster,) = local_aws.client("elasticache").describe_cache_clusters(
            CacheClusterId=self.id, ShowCacheNodeInfo=True
        )["CacheClusters"]
        self.endpoints = [(node["Endpoint"]["Address"], node["Endpoint"]["Port"]) for node in cluster["CacheNodes"]]
        self.ca_file: str = local_aws.announcement["caFile"]

    def values(self, name: str, node: str = "0001") -> list[float]:
        return values(self.local_aws, name, CacheClusterId=self.id, CacheNodeId=node)

    def together(self, *names: str) -> list[tuple[float, ...]]:
        return together(self.local_aws, *names, CacheClusterId=self.id, CacheNodeId="0002")


@pytest.fixture(scope="module")
def pool(local_aws: LocalAws) -> Iterator[Pool]:
    found = memcached(Pool.id, CacheNodeType="cache.t4g.small")
    assert local_aws.deploy(Pool.id, memcached_template(found)).status == "CREATE_COMPLETE"
    yield Pool(local_aws)
    assert local_aws.delete(Pool.id).status == "DELETE_COMPLETE"


def test_names_and_dimensions(pool: Pool) -> None:
    eventually(lambda: len(pool.values("CPUCreditBalance", "0002")) > 0)
    pages = (
        pool.local_aws.client("cloudwatch")
        .get_paginator("list_metrics")
        .paginate(Dimensions=[{"Name": "CacheClusterId", "Value": pool.id}])
    )
    found: dict[str, set[str]] = {}
    for metric in [metric for page in pages for metric in page["Metrics"]]:
        dimensions = {dimension["Name"]: dimension["Value"] for dimension in metric["Dimensions"]}
        found.setdefault(dimensions.get("CacheNodeId", "none"), set()).add(metric["MetricName"])
    assert found == {"none": NAMES, "0001": NAMES, "0002": NAMES}


def test_values_of_all_nodes_are_together_under_the_cluster(pool: Pool) -> None:
    eventually(lambda: values(pool.local_aws, "CurrItems", statistic="SampleCount", CacheClusterId=pool.id)[-1], 2)


def test_traffic(pool: Pool) -> None:
    idle = pool.values("CurrConnections")[-1]
    with connected(pool.endpoints[0], pool.ca_file) as client:
        client.set("key", b"x" * 1000)
        for key in ("key", "key", "none"):
            client.get(key)
        eventually(lambda: pool.values("CurrConnections")[-1] - idle, 1)
        eventually(lambda: sum(pool.values("CmdSet")), 1)
        eventually(lambda: sum(pool.values("CmdGet")), 3)
        eventually(lambda: sum(pool.values("GetHits")), 2)
        eventually(lambda: sum(pool.values("GetMisses")), 1)
        eventually(lambda: pool.values("CurrItems")[-1], 1)
        assert sum(pool.values("NewConnections")) == 1
    eventually(lambda: pool.values("CurrConnections")[-1], idle)
    assert sum(pool.values("CmdSet", "0002")) == 0


def test_memory_and_evictions(pool: Pool) -> None:
    assert sum(pool.values("Evictions", "0002")) == 0
    with connected(pool.endpoints[1], pool.ca_file) as client:
        for number in range(300):
            client.set(f"key{number}", b"x" * 100_000)
    eventually(lambda: sum(pool.values("Evictions", "0002")) > 20)
    evicted = pool.together("Evictions", "EvictedUnfetched")
    assert all(unfetched == every for every, unfetched in evicted)
    assert sum(pool.values("Evictions", "0001")) == 0
    held, free = pool.together("BytesUsedForCacheItems", "FreeableMemory")[-1]
    # As of a node of the type, which has 1.37 GiB.
    assert held > 0.6 * 1.37 * 1024 * MIB
    assert held + free == pytest.approx(1.37 * 1024 * MIB, rel=0.001)
    assert pool.values("UnusedMemory", "0002")[-1] < pool.values("UnusedMemory", "0001")[-1] / 2
