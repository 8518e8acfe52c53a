"""A node holds what its type and its parameters leave it, and then evicts or refuses."""

import contextlib

import pytest
import redis
from cache_templates import cache, cache_template, changed
from local_aws_process import LocalAws, Template

from local_aws.resources.elasticache.node_types import GIB, SCALE, maxmemory_bytes

VALUE = "x" * 100_000


def test_memory_is_that_of_the_type_scaled_down() -> None:
    assert SCALE == 64
    assert maxmemory_bytes("cache.t4g.micro") == 8 * 2**20
    assert maxmemory_bytes("cache.r6g.large") == int(13.07 * 2**30 / 64)
    assert maxmemory_bytes("cache.r6gd.large") is None
    assert maxmemory_bytes("cache.r99.large") is None
    assert sum(len(sizes) for sizes in GIB.values()) == 94


def test_a_full_node_refuses_evicts_and_grows_with_its_type(local_aws: LocalAws) -> None:
    resources = cache("memory", CacheNodeType="cache.t4g.micro", NumCacheClusters=1, AutomaticFailoverEnabled=False)
    resources = with_parameters(resources, "noeviction")
    assert local_aws.deploy("memory", cache_template(resources)).status == "CREATE_COMPLETE"
    with local_aws.operator("memory", "memory-001") as operator:
        assert limit(operator) == 8 * 2**20 * 75 // 100
        kept = fill(operator)
        assert 30 < kept < 63
        with pytest.raises(redis.exceptions.OutOfMemoryError):
            operator.set("one more", VALUE)

        resources = changed(resources, "Cache", CacheNodeType="cache.t4g.small")
        assert local_aws.deploy("memory", cache_template(resources)).status == "UPDATE_COMPLETE"
        assert operator.dbsize() == kept
        assert fill(operator) > 2 * kept

        resources = with_parameters(resources, "allkeys-lru", "50")
        assert local_aws.deploy("memory", cache_template(resources)).status == "UPDATE_COMPLETE"
        assert limit(operator) == maxmemory_bytes("cache.t4g.small") // 2
        assert operator.set("one more", VALUE)
        assert operator.info("stats")["evicted_keys"] > 0
    assert local_aws.delete("memory").status == "DELETE_COMPLETE"


def with_parameters(resources: Template, policy: str, reserved: str = "25") -> Template:
    values = {"maxmemory-policy": policy, "reserved-memory-percent": reserved}
    return changed(resources, "Parameters", Properties=values)


def limit(operator: redis.Redis) -> int:
    return int(operator.config_get("maxmemory")["maxmemory"])


def fill(operator: redis.Redis) -> int:
    """Write until no more fits, and tell how many keys there are."""
    with contextlib.suppress(redis.exceptions.OutOfMemoryError):
        for number in range(1000):
            operator.set(f"key:{number}", VALUE)
    written: int = operator.dbsize()
    assert written < 1000
    return written
