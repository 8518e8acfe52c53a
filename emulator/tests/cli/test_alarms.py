"""Alarms as the stock CLI deployed them, under real load: each goes off and is well again, and no other ever is."""

import contextlib
import functools
import itertools
import json
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from linked import Linked
from local_aws_process import LocalAws, running_local_aws
from memcached_client import connected, discover
from stock_cdk import Cdk
from watched_alarms import HEAD, Change, WatchedAlarms
from watching import eventually, values

from local_aws.forwarder import Endpoint

pytestmark = pytest.mark.timeout(300)
NAME = "Alarms"
# How long a minute of CloudWatch lasts, in seconds: longer than the local AWS waits for a server that hangs.
MINUTE = 1.0
SESSION = PAGE = "x" * 10_000
Processes = Callable[[str], list[int]]
Record = Callable[[str, object], None]


@pytest.fixture(scope="module")
def local_aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAws]:
    log = tmp_path_factory.mktemp("local-aws") / "log"
    with running_local_aws(log, DATA_TIER_METRIC_MINUTE=str(MINUTE)) as running:
        yield running
    assert running.process.returncode == 0
    assert "[local_aws.cloudwatch" not in log.read_text()


@pytest.fixture(scope="module")
def outputs(local_aws: LocalAws, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    cdk = Cdk(local_aws, tmp_path_factory.mktemp("alarms"), "alarms.ts")
    cdk.bootstrap(local_aws.announcement["account"])
    return cdk.deploy(NAME)[NAME]


@pytest.fixture(scope="module")
def everything(local_aws: LocalAws, outputs: dict[str, str]) -> WatchedAlarms:
    return WatchedAlarms(local_aws, outputs)


@pytest.fixture
def watched(everything: WatchedAlarms, record_property: Record) -> WatchedAlarms:
    """The alarms, of which what a test sees is printed in the end."""
    everything.tell = functools.partial(record_property, "table")
    everything.tell(HEAD)
    return everything


@pytest.fixture
def processes(local_aws: LocalAws, servers_in: Callable[[Path], list[int]]) -> Processes:
    """Those of a node."""
    return lambda node: servers_in(Path(local_aws.announcement["runDir"]) / "nodes" / node)


def linked(local_aws: LocalAws, outputs: dict[str, str], name: str) -> Linked:
    return Linked(local_aws, json.loads(outputs[f"{name}Link"]))


def nodes_of_pool(local_aws: LocalAws, outputs: dict[str, str]) -> list[Endpoint]:
    with connected((outputs["PoolHost"], 11211), local_aws.announcement["caFile"]) as client:
        return discover(client).endpoints


class Sessions:
    """Writes new sessions, as many as it is asked for, and forgets all of them."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        self._count = 0

    def log_in(self, number: int) -> None:
        with self._client.pipeline(transaction=False) as pipeline:
            for session in range(self._count, self._count + number):
                pipeline.set(f"sess:{session}", SESSION, ex=3600)
            pipeline.execute(raise_on_error=False)
        self._count += number

    def log_in_until_refused(self) -> None:
        """One by one: what a pipeline itself takes of the memory is free again behind it."""
        with pytest.raises(redis.exceptions.OutOfMemoryError):
            self._log_in_one_by_one()

    def _log_in_one_by_one(self) -> None:
        for _ in range(2000):
            self._client.set(f"sess:{self._count}", SESSION, ex=3600)
            self._count += 1

    def log_out(self) -> None:
        with self._client.pipeline(transaction=False) as pipeline:
            for session in range(self._count):
                pipeline.delete(f"sess:{session}")
            pipeline.execute()


def test_a_session_store_that_is_full(watched: WatchedAlarms, local_aws: LocalAws, outputs: dict[str, str]) -> None:
    implied = {"memory": "warning", "memoryCritical": "critical", "evictions": "critical"}
    with (
        linked(local_aws, outputs, "Sessions").client() as client,
        watched.during("sessions", "more sessions than fit", **implied) as load,
    ):
        sessions = Sessions(client)
        sessions.log_in(2000)
        load.until_alarm(lambda: sessions.log_in(10))
        sessions.log_out()


def test_a_session_store_that_refuses_writes(
    watched: WatchedAlarms, local_aws: LocalAws, outputs: dict[str, str]
) -> None:
    implied = {"memory": "warning", "memoryCritical": "critical", "failedCommands": "critical"}
    with (
        linked(local_aws, outputs, "Strict").client() as client,
        watched.during("strict", "more sessions than fit, under noeviction", **implied) as load,
    ):
        sessions = Sessions(client)
        sessions.log_in(2000)
        sessions.log_in_until_refused()
        load.until_alarm(lambda: sessions.log_in(10))
        sessions.log_out()


def test_commands_that_fail_while_there_is_room(
    watched: WatchedAlarms, local_aws: LocalAws, outputs: dict[str, str]
) -> None:
    with linked(local_aws, outputs, "Strict").client() as client, watched.during("strict", "wrong commands"):
        for _ in range(30):
            with pytest.raises(redis.ResponseError):
                client.execute_command("EXPIRE", "sess:none", "soon")
            time.sleep(0.2 * MINUTE)


def test_wrong_passwords(watched: WatchedAlarms, local_aws: LocalAws, outputs: dict[str, str]) -> None:
    store = linked(local_aws, outputs, "Sessions")
    with watched.during("sessions", "wrong passwords", authenticationFailures="warning") as load:
        for _ in range(3):
            wrong = store.connect({**store.login(), "password": "guessed"})
            with wrong as client, pytest.raises(redis.AuthenticationError):
                client.ping()
        load.until_alarm()


def test_keys_that_a_user_may_not_touch(watched: WatchedAlarms, local_aws: LocalAws, outputs: dict[str, str]) -> None:
    with (
        linked(local_aws, outputs, "Sessions").client() as client,
        watched.during("sessions", "keys that the user may not touch", authorizationFailures="warning") as load,
    ):
        for _ in range(3):
            with pytest.raises(redis.exceptions.NoPermissionError):
                client.get("cart:1")
        load.until_alarm()


def test_a_replica_that_hangs(watched: WatchedAlarms, processes: Processes, outputs: dict[str, str]) -> None:
    (replica,) = processes(f"{outputs['ClusterId']}-002")
    with watched.during("cluster", "a hung replica", nodes="critical") as load, hung(replica):
        load.until_alarm()


def test_a_primary_that_hangs(watched: WatchedAlarms, processes: Processes, outputs: dict[str, str]) -> None:
    (primary,) = processes(f"{outputs['ClusterId']}-001")
    # Its replica has heard nothing since.
    implied = {"nodes": "critical", "replicationLag": "warning"}
    with watched.during("cluster", "a hung primary", **implied) as load, hung(primary):
        load.until_alarm()


def test_a_node_of_a_pool_that_hangs(watched: WatchedAlarms, local_aws: LocalAws, outputs: dict[str, str]) -> None:
    with connected(nodes_of_pool(local_aws, outputs)[1], local_aws.announcement["caFile"]) as client:
        node = int(client.stats()[b"pid"])
    with watched.during("pool", "a hung node", nodes="critical") as load, hung(node):
        load.until_alarm()


def test_a_replica_that_is_replaced_at_once(
    watched: WatchedAlarms, processes: Processes, outputs: dict[str, str]
) -> None:
    node = f"{outputs['ClusterId']}-002"
    with watched.during("cluster", "a killed replica, replaced at once"):
        (killed,) = processes(node)
        os.kill(killed, signal.SIGKILL)
        eventually(lambda: processes(node) not in ([], [killed]))
        time.sleep(7 * MINUTE)


def test_connections(watched: WatchedAlarms, local_aws: LocalAws, outputs: dict[str, str]) -> None:
    cluster = linked(local_aws, outputs, "Cluster")
    login = cluster.login()
    with (
        contextlib.ExitStack() as clients,
        watched.during("cluster", "201 connections, where 200 are expected", connections="warning") as load,
    ):
        for _ in range(201):
            assert clients.enter_context(cluster.connect(login)).ping()
        load.until_alarm()
        clients.close()


def test_a_cluster_without_what_is_looked_for(
    watched: WatchedAlarms, local_aws: LocalAws, outputs: dict[str, str]
) -> None:
    never_written = [f"page:{number}" for number in range(30)]
    with (
        linked(local_aws, outputs, "Cluster").client() as client,
        watched.during("cluster", "look-ups of keys never written", hitRate="warning") as load,
    ):
        load.until_alarm(lambda: client.mget(never_written))


def test_a_pool_that_is_too_small(watched: WatchedAlarms, local_aws: LocalAws, outputs: dict[str, str]) -> None:
    implied = {"evictions": "warning", "hitRate": "warning"}
    with (
        connected(nodes_of_pool(local_aws, outputs)[0], local_aws.announcement["caFile"]) as client,
        watched.during("pool", "more pages than fit, the first read again", **implied) as load,
    ):
        pages = (f"page:{number}" for number in itertools.count())
        first = list(itertools.islice(pages, 30))

        def write(number: int) -> None:
            client.set_many(dict.fromkeys(itertools.islice(pages, number), PAGE))

        def step() -> None:
            write(20)
            client.get_many(first)

        write(2500)
        load.until_alarm(step)


def test_idle_caches_call_nobody(watched: WatchedAlarms, local_aws: LocalAws, outputs: dict[str, str]) -> None:
    node = {"CacheClusterId": f"{outputs['IdleClusterId']}-001", "CacheNodeId": "0001"}
    # More minutes than the slowest alarm looks at.
    eventually(lambda: len(values(local_aws, "CPUUtilization", **node)) > 40, patience=60 * MINUTE)
    # A burstable node begins without credits, which is no alarm as long as it needs none.
    assert values(local_aws, "CPUCreditBalance", **node)[0] < 10
    idle = {name for name in watched.states() if name.startswith("idle")}
    assert {name.split()[0] for name in idle} == {"idlecluster", "idlepool"}
    assert {change for change in watched.changes() if change.alarm in idle} == {Change(name, "OK") for name in idle}
    watched.tell(f"{len(idle)} alarms of caches that nobody uses: none went off")


def test_no_alarm_looks_at_a_metric_that_nobody_publishes(watched: WatchedAlarms) -> None:
    # A node that has always been primary has no lag.
    assert {metric for _, metric, _ in watched.blind()} <= {"ReplicationLag"}


def test_nothing_went_off_between_the_loads(watched: WatchedAlarms) -> None:
    went_off = Counter(change.alarm for change in watched.changes() if change.state == "ALARM")
    assert {name: times for name, times in went_off.items() if " any-" not in name} == watched.went_off


@contextlib.contextmanager
def hung(process: int) -> Iterator[None]:
    """It stands still rather than dies: a dead server is replaced within a tenth of a second here."""
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)
