"""What the metrics of a node are derived from: its type, two readings, and its primary."""

import os
from typing import Any

import pytest

from local_aws.resources.elasticache.metrics import redis_metrics
from local_aws.resources.elasticache.metrics.node_metrics import NodeMetrics
from local_aws.resources.elasticache.metrics.readings import Reading, swapped_bytes
from local_aws.resources.elasticache.node_types import GIB, CpuCredits, cpu_credits, vcpus

REPLICA = {"role": "slave", "connected_clients": 0, "slave_repl_offset": 100, "master_last_io_seconds_ago": 7}


def reading(taken: float, cpu_seconds: float = 0.0, gauges: dict[str, Any] | None = None, **counters: float) -> Reading:
    return Reading(1, gauges or {}, counters, cpu_seconds, 0, taken)


@pytest.mark.parametrize(
    ("node_type", "processors"),
    [
        ("cache.t2.micro", 1),
        ("cache.t2.medium", 2),
        ("cache.t3.micro", 2),
        ("cache.t4g.medium", 2),
        ("cache.r7g.large", 2),
        ("cache.m5.xlarge", 4),
        ("cache.m4.10xlarge", 40),
        ("cache.r5.24xlarge", 96),
        ("cache.r6gd.large", None),
        ("cache.x9.large", None),
    ],
)
def test_processors_of_types(node_type: str, processors: int | None) -> None:
    assert vcpus(node_type) == processors
    assert all(vcpus(f"cache.{family}.{size}") for family, sizes in GIB.items() for size in sizes)


def test_credits_of_types() -> None:
    assert cpu_credits("cache.t4g.micro") == CpuCredits(12, 0)
    assert cpu_credits("cache.t3.medium") == CpuCredits(24, 0)
    assert cpu_credits("cache.t2.small") == CpuCredits(12, 30)
    assert cpu_credits("cache.t2.medium") == CpuCredits(24, 60)
    assert cpu_credits("cache.r7g.large") is None
    assert CpuCredits(12, 0).most == 288


def test_credits_are_earned_spent_and_limited() -> None:
    node = NodeMetrics(1, "cache.t2.small")
    assert node.since_last(reading(0)) is None
    # In the first minute there is nothing to compare with.
    assert "CPUUtilization" not in node.host(None, 0)
    idle = node.since_last(reading(60))
    assert idle is not None
    told = [node.host(idle, minute * 60).get("CPUCreditBalance") for minute in range(10)]
    assert [value and round(value.value, 3) for value in told] == [None] * 4 + [31.0] + [None] * 4 + [32.0]
    busy = node.since_last(reading(120, 60.0))
    assert busy is not None
    assert node.host(busy, 0)["CPUUtilization"].value == 100
    assert [node.host(busy, 240)["CPUCreditBalance"].value for _ in range(50)][-1] == 0
    assert [node.host(idle, 240)["CPUCreditBalance"].value for _ in range(2000)][-1] == 288


def test_counters_never_fall() -> None:
    interval = reading(60, 1.5, hits=3, other=7).since(reading(0, 0.5, hits=5))
    assert (interval.seconds, interval.cpu_seconds) == (60, 1)
    assert interval.grown == {"hits": 0, "other": 7}
    assert interval.share(30).value == 50
    assert interval.share(30, 4).value == 12.5
    assert interval.share(90).value == 100


@pytest.mark.parametrize(
    ("link", "primary_offset", "lag", "health"),
    [
        ({"master_link_status": "up"}, 100, 0, 1),
        ({"master_link_status": "up"}, 101, 7, 1),
        ({"master_link_status": "up"}, None, 7, 1),
        ({"master_link_status": "down", "master_link_down_since_seconds": 42}, 100, 42, 0),
        ({"master_link_status": "down", "master_link_down_since_seconds": -1}, None, 0, 0),
    ],
)
def test_lag_of_a_replica(link: dict[str, Any], primary_offset: int | None, lag: float, health: int) -> None:
    values = redis_metrics.gauges(reading(0, gauges={**REPLICA, **link}), primary_offset)
    assert values["ReplicationLag"] == (lag, "Seconds")
    assert values["MasterLinkHealthStatus"].value == health
    assert values["IsMaster"].value == 0


def test_swap_of_a_process() -> None:
    assert swapped_bytes(os.getpid()) >= 0
    with pytest.raises(OSError, match="No such file"):
        swapped_bytes(2**22 + 1)
