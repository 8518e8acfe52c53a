"""Cluster mode compatible: one shard that clients of both kinds reach, on the way to cluster mode enabled."""

import os
import signal
from dataclasses import replace

import pytest
import redis
from servers.clusters import cluster_client, eventually, read, shards, write, written

from local_aws.errors import ServerError
from local_aws.redis.group import AclUser
from local_aws.runtime import Runtime
from tests.conftest import Connect, StartGroup

PASSWORD = "a password of the template"
APP = AclUser("app", "on ~* +@all", (PASSWORD,))
AS_APP = {"username": "app", "password": PASSWORD}
COMPATIBLE = {"cluster_mode": "compatible", "replicas": 1, "automatic_failover": True}


@pytest.mark.parametrize("engine", ["redis", "valkey"])
def test_both_kinds_of_clients_and_then_shards(
    runtime: Runtime, start_group: StartGroup, connect: Connect, engine: str
) -> None:
    group = start_group(engine=engine, tls=True, users=(APP,), **COMPATIBLE)
    assert [node.id for node in group.nodes()] == ["sessions-001", "sessions-002"]
    single = connect(group.primary, tls=True, **AS_APP)
    for number in range(200):
        single.set(f"key-{number}", number)
    assert connect(group.reader, tls=True, **AS_APP).get("key-7") == "7"
    assert read(cluster_client(runtime, group, **AS_APP), 200) == written(200)
    group.apply(replace(group.spec, replicas=2))
    assert single.get("key-7") == "7"
    former = group.primary
    group.apply(replace(group.spec, cluster_mode="enabled", shards=shards(2, 1)))
    assert (group.primary, group.reader) == (None, None)
    assert [(node.id, node.shard) for node in group.nodes()] == [
        ("sessions-001", "0001"),
        ("sessions-002", "0001"),
        ("sessions-0002-001", "0002"),
        ("sessions-0002-002", "0002"),
    ]
    assert read(cluster_client(runtime, group, **AS_APP), 200) == written(200)
    with pytest.raises(redis.ConnectionError):
        connect(former, tls=True, **AS_APP).ping()
    assert runtime.addresses.in_use == 1 + 4
    with pytest.raises(ServerError, match="cluster mode goes from enabled to nowhere, not to compatible"):
        group.apply(replace(group.spec, cluster_mode="compatible"))


def test_a_replica_takes_over(runtime: Runtime, start_group: StartGroup, connect: Connect) -> None:
    group = start_group(**COMPATIBLE)
    write(cluster_client(runtime, group), 200)
    with group.operator() as operator:
        assert operator.wait(1, 2000) == 1
    os.kill(group.nodes()[0].pid, signal.SIGKILL)
    eventually(lambda: connect(group.primary).get("key-7") == "7" and group.nodes()[1].role == "primary")
    eventually(lambda: read(cluster_client(runtime, group), 200) == written(200))


def test_compatible_needs_failover(start_group: StartGroup) -> None:
    with pytest.raises(ServerError, match="others: cluster mode compatible needs automatic failover"):
        start_group(id="others", **{**COMPATIBLE, "automatic_failover": False})
