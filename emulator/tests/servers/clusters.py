"""What the tests of clusters share: shards by number, cluster clients and data."""

import time
from collections.abc import Callable

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from local_aws.errors import ServerError
from local_aws.redis.group import RedisGroup, ShardSpec
from local_aws.runtime import Runtime


def shards(number: int, replicas: int = 0) -> tuple[ShardSpec, ...]:
    return tuple(ShardSpec(f"{n:04d}", replicas) for n in range(1, number + 1))


def cluster_client(runtime: Runtime, group: RedisGroup, **options: object) -> redis.RedisCluster:
    """A client that knows the configuration end point only, and finds the nodes by it."""
    if group.spec.tls:
        options = {"ssl": True, "ssl_ca_certs": str(runtime.authority.ca_file), **options}
    return redis.RedisCluster(*group.configuration, decode_responses=True, retry=Retry(NoBackoff(), 3), **options)


def write(client: redis.RedisCluster, number: int) -> None:
    pipeline = client.pipeline()
    for n in range(number):
        pipeline.set(f"key-{n}", n)
    pipeline.execute()


def read(client: redis.RedisCluster, number: int) -> list[str]:
    pipeline = client.pipeline()
    for n in range(number):
        pipeline.get(f"key-{n}")
    return pipeline.execute()


def written(number: int) -> list[str]:
    return [str(n) for n in range(number)]


def sizes(group: RedisGroup) -> dict[str, tuple[int, int]]:
    """Keys and replicas of every shard by what its primary says."""
    found = {}
    for node in group.nodes():
        if node.role == "primary":
            with group.operator(node.id) as operator:
                found[node.shard] = (operator.dbsize(), operator.info("replication")["connected_slaves"])
    return found


def eventually(condition: Callable[[], bool], seconds: float = 15) -> float:
    """Wait for a condition, and say how long it took."""
    begin = time.monotonic()
    while True:
        try:
            if condition():
                return time.monotonic() - begin
        except (redis.RedisError, redis.exceptions.RedisClusterException, ServerError):
            pass
        assert time.monotonic() < begin + seconds
        time.sleep(0.02)
