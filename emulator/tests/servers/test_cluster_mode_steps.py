"""A running group on its way from cluster mode disabled to compatible, back, and on to enabled."""

import os
import signal
import socket
from dataclasses import replace
from typing import Any

import pytest
import redis
from servers.clusters import cluster_client, eventually, read, shards, write, written

from local_aws.errors import ServerError
from local_aws.redis.group import AclUser, Endpoint, GroupSpec, RedisGroup
from local_aws.redis.members import Members
from local_aws.redis.node import bus_port
from local_aws.runtime import Runtime
from tests.conftest import Connect, StartGroup

KEYS = 200
PASSWORD = "a password of the template"
APP = AclUser("app", "on ~* +@all", (PASSWORD,))
AS_APP = {"username": "app", "password": PASSWORD}
PAIR = {"replicas": 1, "automatic_failover": True}


def compatible(group: RedisGroup) -> GroupSpec:
    return replace(group.spec, cluster_mode="compatible", parameters={"maxmemory-policy": "allkeys-lru"})


def disabled(group: RedisGroup) -> GroupSpec:
    return replace(group.spec, cluster_mode="disabled", parameters={})


def addresses(group: RedisGroup) -> dict[str, Endpoint | None]:
    """Those of the nodes and of the end points that both modes have."""
    return {node.id: node.endpoint for node in group.nodes()} | {"primary": group.primary, "reader": group.reader}


def fill(client: redis.Redis) -> None:
    for number in range(KEYS):
        client.set(f"key-{number}", number)
    client.set("short-lived", "yes", ex=1000)


def has_all(client: redis.Redis) -> bool:
    return [client.get(f"key-{number}") for number in range(KEYS)] == written(KEYS) and client.ttl("short-lived") > 0


@pytest.mark.parametrize(
    ("engine", "tls"), [("redis", {"tls": True, "tls_mode": "preferred"}), ("valkey", {"tls": True})]
)
def test_there_and_back_and_on_to_enabled(
    runtime: Runtime, start_group: StartGroup, connect: Connect, engine: str, tls: dict[str, Any]
) -> None:
    group = start_group(engine=engine, users=(APP,), **tls, **PAIR)
    secure = group.spec.tls
    fill(connect(group.primary, tls=secure, **AS_APP))
    before = addresses(group)

    group.apply(compatible(group))
    assert addresses(group) == before
    assert runtime.addresses.in_use == 3 + 2
    assert has_all(connect(group.primary, tls=secure, **AS_APP))
    assert connect(group.reader, tls=secure, **AS_APP).get("key-7") == "7"
    assert read(cluster_client(runtime, group, **AS_APP), KEYS) == written(KEYS)
    with pytest.raises(redis.AuthenticationError):
        connect(group.primary, tls=secure).ping()
    with group.operator("sessions-002") as operator:
        assert operator.info("cluster")["cluster_enabled"] == 1
        assert operator.info("replication")["role"] == "slave"
        assert operator.dbsize() == KEYS + 1
        assert operator.config_get("maxmemory-policy") == {"maxmemory-policy": "allkeys-lru"}
    configuration = group.configuration

    group.apply(disabled(group))
    assert (addresses(group), group.configuration) == (before, None)
    assert runtime.addresses.in_use == 2 + 2
    assert has_all(connect(group.primary, tls=secure, **AS_APP))
    assert has_all(connect(group.reader, tls=secure, **AS_APP))
    with pytest.raises(redis.ConnectionError):
        connect(configuration, tls=secure, **AS_APP).ping()
    with group.operator() as operator:
        assert operator.info("cluster")["cluster_enabled"] == 0
        assert operator.config_get("maxmemory-policy") == {"maxmemory-policy": "volatile-lru"}

    group.apply(compatible(group))
    group.apply(replace(group.spec, cluster_mode="enabled", shards=shards(1, 1)))
    group.apply(replace(group.spec, shards=shards(2, 1)))
    assert [node.shard for node in group.nodes()] == ["0001", "0001", "0002", "0002"]
    assert read(cluster_client(runtime, group, **AS_APP), KEYS) == written(KEYS)


def test_a_replica_takes_over_on_either_side(runtime: Runtime, start_group: StartGroup, connect: Connect) -> None:
    group = start_group(**PAIR)
    fill(connect(group.primary))
    for step, heir in ((compatible, 1), (disabled, 0)):
        group.apply(step(group))
        os.kill(next(node.pid for node in group.nodes() if node.role == "primary"), signal.SIGKILL)
        eventually(lambda heir=heir: group.nodes()[heir].role == "primary" and has_all(connect(group.primary)))
        # Changed at once, with the former primary still on its way back.
        group.apply(replace(group.spec, parameters={"maxmemory-policy": "allkeys-lfu"}))
    assert has_all(connect(group.reader))


def test_an_empty_group(runtime: Runtime, start_group: StartGroup) -> None:
    group = start_group(**PAIR)
    group.apply(compatible(group))
    write(cluster_client(runtime, group), KEYS)
    assert read(cluster_client(runtime, group), KEYS) == written(KEYS)


def test_keys_outside_of_database_0(start_group: StartGroup, connect: Connect) -> None:
    group = start_group(**PAIR)
    connect(group.primary, db=3).set("key", "value")
    processes = [node.pid for node in group.nodes()]
    with pytest.raises(ServerError, match="sessions-001: a cluster has keys in database 0 only, found some in db3"):
        group.apply(compatible(group))
    assert [node.pid for node in group.nodes()] == processes
    assert connect(group.primary, db=3).get("key") == "value"
    assert (group.spec.cluster_mode, group.configuration) == ("disabled", None)


@pytest.mark.parametrize("node", [0, 1])
def test_nodes_that_cannot_become_a_cluster(
    runtime: Runtime, start_group: StartGroup, connect: Connect, node: int
) -> None:
    group = start_group(tls=True, users=(APP,), **PAIR)
    fill(connect(group.primary, tls=True, **AS_APP))
    before = addresses(group)
    host, port = group.nodes()[node].endpoint
    with socket.create_server((host, bus_port(port))), pytest.raises(ServerError, match=r"(?s)ended: .*in use"):
        group.apply(compatible(group))
    assert (addresses(group), group.configuration, group.spec.cluster_mode) == (before, None, "disabled")
    assert runtime.addresses.in_use == 2 + 2
    assert has_all(connect(group.primary, tls=True, **AS_APP))
    assert has_all(connect(group.reader, tls=True, **AS_APP))
    group.apply(compatible(group))
    assert read(cluster_client(runtime, group, **AS_APP), KEYS) == written(KEYS)


def test_a_way_back_that_fails_half_way(
    runtime: Runtime, start_group: StartGroup, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = start_group(tls=True, cluster_mode="compatible", **PAIR)
    fill(connect(group.primary, tls=True))
    configuration, relaunch = group.configuration, Members.relaunch_replicas

    def fail_out_of_the_cluster(members: Members, spec: GroupSpec) -> None:
        if not spec.clustered:
            raise ServerError("no replica starts")
        relaunch(members, spec)

    monkeypatch.setattr(Members, "relaunch_replicas", fail_out_of_the_cluster)
    with pytest.raises(ServerError, match="no replica starts"):
        group.apply(disabled(group))
    assert (group.spec.cluster_mode, group.configuration) == ("compatible", configuration)
    assert has_all(connect(group.primary, tls=True))
    assert read(cluster_client(runtime, group), KEYS) == written(KEYS)


def test_a_refused_parameter_takes_the_step_back(runtime: Runtime, start_group: StartGroup, connect: Connect) -> None:
    group = start_group(**PAIR)
    fill(connect(group.primary))
    with pytest.raises(ServerError, match="CONFIG SET failed"):
        group.apply(replace(compatible(group), parameters={"timeout": "soon"}))
    assert (group.spec.cluster_mode, group.configuration) == ("disabled", None)
    assert has_all(connect(group.primary))
    assert has_all(connect(group.reader))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"cluster_mode": "enabled", "shards": shards(1, 1)}, "goes from disabled to compatible, not to enabled"),
        ({"replicas": 2}, "nothing but the parameters can change while cluster mode goes from disabled to compatible"),
        ({"users": (APP,)}, "nothing but the parameters can change"),
        ({"automatic_failover": False}, "cluster mode compatible needs automatic failover"),
    ],
)
def test_steps_that_are_refused(
    start_group: StartGroup, connect: Connect, change: dict[str, Any], message: str
) -> None:
    group = start_group(**PAIR)
    connect(group.primary).set("key", "value")
    with pytest.raises(ServerError, match=message):
        group.apply(replace(compatible(group), **change))
    assert connect(group.primary).get("key") == "value"
