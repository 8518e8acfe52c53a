"""The death of servers: who takes over, and what is kept."""

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import redis

from local_aws.errors import ServerError
from local_aws.redis.group import RedisGroup
from tests.conftest import Connect, StartGroup


def kill(group: RedisGroup, *node_ids: str) -> None:
    """Kill nodes, and wait until they answer nobody any more."""
    pids = [node.pid for node in group.nodes() if node.id in node_ids]
    for pid in pids:
        # One that has just died by itself is as good.
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    eventually(lambda: not any(runs(pid) for pid in pids))


def runs(pid: int) -> bool:
    try:
        # The name in parentheses may hold anything; the state follows it.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        # The second when it ends between the opening of its file and the reading.
        return False


def eventually(condition: Callable[[], bool], seconds: float = 10) -> float:
    """Wait for a condition, and say how long it took."""
    begin = time.monotonic()
    while True:
        try:
            if condition():
                return time.monotonic() - begin
        except (redis.RedisError, ServerError):
            pass
        assert time.monotonic() < begin + seconds
        time.sleep(0.01)


def whole(group: RedisGroup) -> bool:
    """Whether all nodes run and the primary sees all replicas."""
    if not all(node.alive for node in group.nodes()):
        return False
    with group.operator() as operator:
        replication = operator.info("replication")
    replicas = [replication[f"slave{n}"] for n in range(replication["connected_slaves"])]
    return len(replicas) == group.spec.replicas and all(replica["state"] == "online" for replica in replicas)


def call_until_it_fails(function: Callable[[], object]) -> None:
    while True:
        function()


def roles(group: RedisGroup) -> dict[str, str]:
    return {node.id: node.role for node in group.nodes()}


@pytest.mark.parametrize("engine", ["redis", "valkey"])
def test_a_replica_takes_over_with_the_data(start_group: StartGroup, connect: Connect, engine: str) -> None:
    group = start_group(engine=engine, replicas=2, tls=True, automatic_failover=True)
    client = connect(group.primary, tls=True)
    client.set("key", "value")
    with group.operator() as operator:
        assert operator.wait(2, 2000) == 2
    end_points, former = (group.primary, group.reader), group.nodes()[0]
    kill(group, "sessions-001")
    assert eventually(lambda: client.set("after", "failover")) < 2
    assert client.get("key") == "value"
    eventually(lambda: whole(group))
    assert (group.primary, group.reader) == end_points
    assert roles(group)["sessions-001"] == "replica"
    assert sorted(roles(group).values()) == ["primary", "replica", "replica"]
    rejoined = group.nodes()[0]
    assert (rejoined.endpoint, rejoined.pid == former.pid) == (former.endpoint, False)
    with group.operator("sessions-001") as operator:
        eventually(lambda: operator.get("after") == "failover")
        assert operator.get("key") == "value"
    assert connect(group.reader, tls=True).get("key") == "value"


def test_a_connected_client_is_cut_off_and_finds_the_new_primary(start_group: StartGroup, connect: Connect) -> None:
    group = start_group(replicas=1, automatic_failover=True)
    connected = connect(group.primary, single_connection_client=True)
    connected.set("key", "value")
    kill(group, "sessions-001")
    with pytest.raises(redis.ConnectionError):
        call_until_it_fails(connected.ping)
    eventually(lambda: connected.set("key", "again"))
    eventually(lambda: whole(group))


def test_a_connected_reader_does_not_stay_with_a_replica_that_becomes_primary(
    start_group: StartGroup, connect: Connect
) -> None:
    group = start_group(replicas=1, automatic_failover=True)
    reading = connect(group.reader, single_connection_client=True)
    assert reading.ping()
    kill(group, "sessions-001")
    with pytest.raises(redis.ConnectionError):
        call_until_it_fails(reading.ping)
    eventually(lambda: connect(group.reader).role()[0] == "slave")


def test_a_replica_that_was_fed_and_then_heard_nothing_more_takes_over(
    start_group: StartGroup, connect: Connect
) -> None:
    group = start_group()
    connect(group.primary).set("key", "value")
    group.apply(replace(group.spec, replicas=1, automatic_failover=True))
    kill(group, "sessions-001")
    eventually(lambda: connect(group.primary).get("key") == "value")
    eventually(lambda: whole(group))
    assert roles(group) == {"sessions-001": "replica", "sessions-002": "primary"}


def test_one_failover_after_the_other(start_group: StartGroup, connect: Connect) -> None:
    group = start_group(replicas=1, automatic_failover=True)
    client = connect(group.primary)
    for round_ in range(4):
        primary = next(node.id for node in group.nodes() if node.role == "primary")
        client.set(f"key-{round_}", "value")
        with group.operator() as operator:
            assert operator.wait(1, 2000) == 1
        kill(group, primary)
        eventually(lambda: client.ping() and whole(group))
        assert roles(group)[primary] == "replica"
    assert len(client.keys()) == 4


def test_a_dead_replica_comes_back(start_group: StartGroup, connect: Connect) -> None:
    group = start_group(replicas=2, automatic_failover=True, parameters={"maxmemory-policy": "allkeys-lru"})
    connect(group.primary).set("key", "value")
    kill(group, "sessions-002")
    assert eventually(lambda: connect(group.reader).get("key") == "value") < 2
    eventually(lambda: whole(group))
    assert roles(group)["sessions-001"] == "primary"
    with group.operator("sessions-002") as operator:
        assert operator.get("key") == "value"
        eventually(lambda: operator.config_get("maxmemory-policy")["maxmemory-policy"] == "allkeys-lru")


def test_a_lone_primary_starts_empty(start_group: StartGroup, connect: Connect) -> None:
    group = start_group()
    client = connect(group.primary)
    client.set("key", "value")
    kill(group, "sessions-001")
    eventually(client.ping)
    assert client.get("key") is None
    assert client.set("key", "new")


def test_without_automatic_failover_the_primary_is_refilled(start_group: StartGroup, connect: Connect) -> None:
    group = start_group(replicas=2)
    client = connect(group.primary)
    client.set("key", "value")
    with group.operator() as operator:
        assert operator.wait(2, 2000) == 2
    kill(group, "sessions-001")
    eventually(lambda: whole(group) and client.set("after", "x"))
    assert roles(group) == {"sessions-001": "primary", "sessions-002": "replica", "sessions-003": "replica"}
    assert client.get("key") == "value"
    eventually(lambda: connect(group.reader).role()[0] == "slave")


def test_primary_and_replica_die_together(start_group: StartGroup, connect: Connect) -> None:
    group = start_group(replicas=2, automatic_failover=True)
    client = connect(group.primary)
    client.set("key", "value")
    with group.operator() as operator:
        assert operator.wait(2, 2000) == 2
    kill(group, "sessions-001", "sessions-002")
    assert eventually(lambda: client.get("key") == "value") < 3
    eventually(lambda: whole(group))
    assert roles(group)["sessions-003"] == "primary"


def test_the_primary_dies_while_a_replica_is_coming_back(start_group: StartGroup, connect: Connect) -> None:
    group = start_group(replicas=2, automatic_failover=True)
    client = connect(group.primary)
    client.set("key", "value")
    with group.operator() as operator:
        assert operator.wait(2, 2000) == 2
    first = group.nodes()[1].pid
    kill(group, "sessions-002")
    eventually(lambda: group.nodes()[1].pid != first)
    kill(group, "sessions-001")
    assert eventually(lambda: client.get("key") == "value") < 5
    eventually(lambda: whole(group))


def test_all_die(start_group: StartGroup, connect: Connect) -> None:
    group = start_group(replicas=1, automatic_failover=True)
    connect(group.primary).set("old", "value")
    # Feeding a new replica writes the data to a file, which must not come back to life.
    group.apply(replace(group.spec, replicas=2))
    kill(group, "sessions-001", "sessions-002", "sessions-003")
    eventually(lambda: connect(group.primary).set("key", "value") and whole(group))
    assert connect(group.primary).keys() == ["key"]


def test_a_group_that_has_failed_over_can_be_changed(start_group: StartGroup, connect: Connect) -> None:
    group = start_group(replicas=2, automatic_failover=True)
    connect(group.primary).set("key", "value")
    with group.operator() as operator:
        assert operator.wait(2, 2000) == 2
    kill(group, "sessions-001")
    # At once: the change itself finds the dead primary when it comes before the watcher.
    group.apply(replace(group.spec, replicas=1, parameters={"timeout": "10"}))
    assert len(group.nodes()) == 2
    assert connect(group.primary).get("key") == "value"
    group.apply(replace(group.spec, replicas=0, automatic_failover=False))
    assert list(roles(group).values()) == ["primary"]
    assert connect(group.reader).get("key") == "value"


def test_changes_and_deaths_at_the_same_time(start_group: StartGroup, connect: Connect) -> None:
    group = start_group(replicas=2, automatic_failover=True)
    stop = threading.Event()

    def change() -> None:
        seconds = 0
        while not stop.is_set():
            seconds += 1
            try:
                group.apply(replace(group.spec, parameters={"timeout": str(seconds)}))
            except ServerError:
                # The server that was to be changed has just died.
                continue

    changing = threading.Thread(target=change)
    changing.start()
    try:
        for _ in range(3):
            kill(group, next(node.id for node in group.nodes() if node.role == "primary"))
            time.sleep(0.5)
    finally:
        stop.set()
        changing.join()
    eventually(lambda: connect(group.primary).set("key", "value") and whole(group))
    group.apply(replace(group.spec, parameters={"timeout": "77"}))
    for node in group.nodes():
        with group.operator(node.id) as operator:
            assert operator.config_get("timeout") == {"timeout": "77"}


def test_the_dead_stay_dead_once_the_group_is_to_end(start_group: StartGroup) -> None:
    group = start_group(replicas=1, automatic_failover=True)
    group.stop_watching()
    kill(group, "sessions-001", "sessions-002")
    time.sleep(0.5)
    assert [node.alive for node in group.nodes()] == [False, False]
