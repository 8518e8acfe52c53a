"""Groups with cluster mode enabled: real clusters, read and written through cluster clients."""

import os
import signal
import threading
from dataclasses import replace
from pathlib import Path

import pytest
import redis
from servers.clusters import cluster_client, eventually, read, shards, sizes, write, written

from local_aws.errors import ServerError
from local_aws.redis import cluster
from local_aws.redis.group import AclUser, RedisGroup, ShardSpec
from local_aws.runtime import Runtime
from tests.conftest import Connect, StartGroup

KEYS = 2000
ENABLED = {"cluster_mode": "enabled", "automatic_failover": True}
PASSWORD = "a password of the template"
APP = AclUser("app", "on ~key-* +@all", (PASSWORD,))


def node_ids(group: RedisGroup) -> dict[str, str]:
    return {node.id: node.role for node in group.nodes()}


def kill(group: RedisGroup, node_id: str) -> int:
    pid = next(node.pid for node in group.nodes() if node.id == node_id)
    os.kill(pid, signal.SIGKILL)
    eventually(lambda: not Path(f"/proc/{pid}/exe").exists())
    return pid


@pytest.mark.parametrize("engine", ["redis", "valkey"])
def test_a_secured_cluster(runtime: Runtime, start_group: StartGroup, connect: Connect, engine: str) -> None:
    group = start_group(engine=engine, tls=True, users=(APP,), shards=shards(2, 1), **ENABLED)
    assert node_ids(group) == {
        "sessions-0001-001": "primary",
        "sessions-0001-002": "replica",
        "sessions-0002-001": "primary",
        "sessions-0002-002": "replica",
    }
    assert (group.primary, group.reader) == (None, None)
    client = cluster_client(runtime, group, username="app", password=PASSWORD)
    write(client, KEYS)
    assert read(client, KEYS) == written(KEYS)
    assert sum(keys for keys, _ in sizes(group).values()) == KEYS
    assert all(keys > 0 and replicas == 1 for keys, replicas in sizes(group).values())
    addresses = {(node.host, node.port) for node in client.get_nodes()}
    assert addresses == {tuple(node.endpoint) for node in group.nodes()}
    with pytest.raises(redis.exceptions.NoPermissionError):
        client.set("other", "x")
    for options in ({}, {"username": "app", "password": "another password"}):
        with pytest.raises(redis.exceptions.RedisClusterException):
            cluster_client(runtime, group, **options)
    for node in group.nodes():
        with pytest.raises(redis.ConnectionError):
            connect(node.endpoint, username="app", password=PASSWORD).ping()


@pytest.mark.parametrize("engine", ["redis", "valkey"])
def test_shards_and_replicas_come_and_go_and_the_data_stays(
    runtime: Runtime, start_group: StartGroup, engine: str
) -> None:
    group = start_group(engine=engine, tls=True, shards=shards(2, 1), **ENABLED)
    configuration = group.configuration
    write(cluster_client(runtime, group), KEYS)
    for number, replicas in ((4, 1), (3, 1), (3, 2), (3, 1)):
        group.apply(replace(group.spec, shards=shards(number, replicas)))
        assert read(cluster_client(runtime, group), KEYS) == written(KEYS)
        assert list(sizes(group)) == [f"000{n}" for n in range(1, number + 1)]
        assert all(keys > 0 and copies == replicas for keys, copies in sizes(group).values())
        assert sum(keys for keys, _ in sizes(group).values()) == KEYS
        assert runtime.addresses.in_use == 1 + number * (1 + replicas)
    assert group.configuration == configuration


def test_a_client_reads_and_writes_while_slots_move(runtime: Runtime, start_group: StartGroup) -> None:
    """Between nodes that the client knows: redis-py follows no ASK to one that came after it."""
    group = start_group(shards=shards(3), **ENABLED)
    client = cluster_client(runtime, group)
    write(client, KEYS)
    stop, seen, failures = threading.Event(), [], []

    def count() -> None:
        number = 0
        while not stop.is_set():
            try:
                assert client.get(f"key-{number % KEYS}") == str(number % KEYS)
                client.set(f"new-{number}", number)
                seen.append(number)
            except Exception as error:
                failures.append(error)
            number += 1

    counting = threading.Thread(target=count)
    counting.start()
    try:
        group.apply(replace(group.spec, shards=shards(2)))
        uneven = (ShardSpec("0001", slots="0-1999"), ShardSpec("0002", slots="2000-16383"))
        group.apply(replace(group.spec, shards=uneven))
    finally:
        stop.set()
        counting.join()
    assert failures == []
    assert len(seen) > 100
    assert [client.get(f"new-{number}") for number in seen] == [str(number) for number in seen]


def test_a_layout_of_its_own(runtime: Runtime, start_group: StartGroup) -> None:
    layout = (ShardSpec("0007", 1, "0-99"), ShardSpec("0012", 0, "100-16383"))
    group = start_group(shards=layout, **ENABLED)
    assert list(node_ids(group)) == ["sessions-0007-001", "sessions-0007-002", "sessions-0012-001"]
    write(cluster_client(runtime, group), KEYS)
    half = (replace(layout[0], slots="0-8191"), replace(layout[1], slots="8192-16383"))
    group.apply(replace(group.spec, shards=half))
    with group.operator("sessions-0012-001") as operator:
        first = operator.execute_command("CLUSTER NODES")
    assert sorted(node["slots"] for node in first.values() if node["slots"]) == [[["0", "8191"]], [["8192", "16383"]]]
    assert read(cluster_client(runtime, group), KEYS) == written(KEYS)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_replica_takes_over_its_shard(runtime: Runtime, start_group: StartGroup, number: int) -> None:
    group = start_group(engine="valkey", shards=shards(number, 1), **ENABLED)
    write(cluster_client(runtime, group), KEYS)
    for node in group.nodes():
        if node.role == "primary":
            with group.operator(node.id) as operator:
                assert operator.wait(1, 2000) == 1
    kill(group, "sessions-0001-001")
    assert eventually(lambda: node_ids(group)["sessions-0001-002"] == "primary") < 2
    eventually(lambda: read(cluster_client(runtime, group), KEYS) == written(KEYS))
    eventually(lambda: all(copies == 1 for _, copies in sizes(group).values()))
    assert node_ids(group)["sessions-0001-001"] == "replica"
    # Changed at once, and the former primary becomes primary again by a second failover.
    group.apply(replace(group.spec, parameters={"maxmemory-policy": "allkeys-lru"}))
    kill(group, "sessions-0001-002")
    eventually(lambda: node_ids(group)["sessions-0001-001"] == "primary")
    eventually(lambda: read(cluster_client(runtime, group), KEYS) == written(KEYS))
    with group.operator() as operator:
        assert operator.config_get("maxmemory-policy") == {"maxmemory-policy": "allkeys-lru"}


def test_a_shard_without_replica_starts_empty_under_its_name(runtime: Runtime, start_group: StartGroup) -> None:
    group = start_group(shards=shards(2), **ENABLED)
    write(cluster_client(runtime, group), KEYS)
    kept = sizes(group)["0002"][0]
    kill(group, "sessions-0001-001")
    eventually(lambda: cluster_client(runtime, group).set("key-1", "again") and sizes(group)["0001"][0] <= 1)
    values = read(cluster_client(runtime, group), KEYS)
    assert sum(value is not None for value in values) in (kept, kept + 1)


def test_a_failure_half_way_brings_slots_and_keys_back(
    runtime: Runtime, start_group: StartGroup, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = start_group(shards=shards(2, 1), **ENABLED)
    former, reshard, moved = group.spec, cluster.reshard, []
    write(cluster_client(runtime, group), KEYS)

    def fail_after_the_first(*move: object) -> None:
        if len(moved) == 1:
            moved.append(move)
            raise ServerError("the move is broken")
        moved.append(move)
        reshard(*move)

    monkeypatch.setattr(cluster, "reshard", fail_after_the_first)
    with pytest.raises(ServerError, match="the move is broken"):
        group.apply(replace(former, shards=shards(4, 1)))
    assert len(moved) > 1
    assert group.spec == former
    assert len(group.nodes()) == 4
    assert read(cluster_client(runtime, group), KEYS) == written(KEYS)
    assert runtime.addresses.in_use == 5


def test_shards_that_cannot_start_leave_the_cluster_as_it_was(
    runtime: Runtime, start_group: StartGroup, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = start_group(shards=shards(2), **ENABLED)
    write(cluster_client(runtime, group), KEYS)
    with monkeypatch.context() as missing:
        missing.setenv("DATA_TIER_REDIS_SERVER", "/nonexistent")
        with pytest.raises(ServerError, match="DATA_TIER_REDIS_SERVER=/nonexistent is no program"):
            group.apply(replace(group.spec, shards=shards(3)))
    assert list(sizes(group)) == ["0001", "0002"]
    assert runtime.addresses.in_use == 3
    group.apply(replace(group.spec, shards=shards(3)))
    assert read(cluster_client(runtime, group), KEYS) == written(KEYS)


def test_a_destroyed_cluster_gives_everything_back(runtime: Runtime, start_group: StartGroup) -> None:
    group = start_group(shards=shards(2, 1), **ENABLED)
    group.destroy()
    assert runtime.addresses.in_use == 0
    assert list((runtime.settings.run_dir / "nodes").iterdir()) == []


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({"shards": ()}, "sessions: cluster mode enabled has 1 to 500 shards, got: 0"),
        ({"shards": (ShardSpec("1"),)}, "sessions: the ids of shards are four digits and differ, got: 1"),
        ({"shards": (ShardSpec("0001"), ShardSpec("0001"))}, "four digits and differ, got: 0001, 0001"),
        ({"shards": shards(2, 6)}, "sessions: a primary has 0 to 5 replicas, got: 6"),
        ({"shards": shards(2), "automatic_failover": False}, "cluster mode enabled needs automatic failover"),
        ({"shards": (ShardSpec("0001", slots="0-5"),)}, "must be all from 0 to 16383, each once"),
        ({"shards": shards(1), "parameters": {"timeout": "soon"}}, "sessions-0001-001: CONFIG SET failed"),
    ],
)
def test_a_cluster_that_cannot_start_leaves_nothing(
    runtime: Runtime, start_group: StartGroup, properties: dict[str, object], message: str
) -> None:
    with pytest.raises(ServerError, match=message):
        start_group(**{**ENABLED, **properties})
    assert runtime.groups == {}
    assert runtime.addresses.in_use == 0
