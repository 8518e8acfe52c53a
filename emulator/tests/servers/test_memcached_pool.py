"""A pool of real Memcached servers, as its clients see it."""

import contextlib
import os
import signal
import socket
import time
from pathlib import Path

import pytest
from memcached_client import Members, discover, members
from pymemcache.exceptions import MemcacheServerError, MemcacheUnexpectedCloseError
from servers.pools import client, start_pool

from local_aws.addresses import beside
from local_aws.errors import ServerError
from local_aws.memcached import pool as pool_module
from local_aws.memcached.pool import MemcachedPool
from local_aws.memcached.spec import PoolSpec
from local_aws.runtime import Runtime


def put(runtime: Runtime, pool: MemcachedPool) -> None:
    """An item in every node, named after it."""
    for node in pool.nodes():
        with client(runtime, node.endpoint, pool.spec.tls) as connected:
            assert connected.set("name", node.id)


def names(runtime: Runtime, pool: MemcachedPool) -> dict[str, bytes | None]:
    """That item, by node."""
    found = {}
    for node in pool.nodes():
        with client(runtime, node.endpoint, pool.spec.tls) as connected:
            found[node.id] = connected.get("name")
    return found


@pytest.mark.parametrize("tls", [True, False])
def test_every_end_point_tells_of_all_nodes(runtime: Runtime, tls: bool) -> None:
    pool = start_pool(runtime, nodes=3, tls=tls, port=11222)
    nodes = [node.endpoint for node in pool.nodes()]
    assert [node.id for node in pool.nodes()] == ["0001", "0002", "0003"]
    for endpoint in (pool.configuration, *nodes):
        assert endpoint.port == 11222
        with client(runtime, endpoint, tls) as connected:
            assert discover(connected) == (1, nodes)
            # As clients of engines older than 1.4.14 ask.
            assert members(connected.raw_command("get AmazonElastiCache:cluster", b"\r\nEND\r\n")) == (1, nodes)


def test_nodes_know_nothing_of_each_other(runtime: Runtime) -> None:
    pool = start_pool(runtime, nodes=2)
    put(runtime, pool)
    assert names(runtime, pool) == {"0001": b"0001", "0002": b"0002"}


def test_plain_text_is_refused(runtime: Runtime) -> None:
    pool = start_pool(runtime)
    node = pool.nodes()[0].endpoint
    # Neither the end points nor the server behind them.
    for endpoint in (pool.configuration, node, (node.host, beside(node.port, 11000))):
        answer = b""
        # A reset is as good as an end.
        with socket.create_connection(endpoint, timeout=5) as plain, contextlib.suppress(ConnectionResetError):
            plain.sendall(b"version\r\n")
            while data := plain.recv(1024):
                answer += data
        assert b"VERSION" not in answer


def told(runtime: Runtime, pool: MemcachedPool) -> Members:
    """By a connection of its own: one that stands ends with the node that it leads to."""
    with client(runtime, pool.configuration) as connected:
        return discover(connected)


def test_nodes_are_added_and_removed_while_the_others_keep_their_items(runtime: Runtime) -> None:
    pool = start_pool(runtime, nodes=2)
    put(runtime, pool)
    pids = [node.pid for node in pool.nodes()]
    pool.apply(PoolSpec("pages", nodes=4, tls=True))
    assert told(runtime, pool) == (2, [node.endpoint for node in pool.nodes()])
    assert names(runtime, pool) == {"0001": b"0001", "0002": b"0002", "0003": None, "0004": None}
    assert [node.pid for node in pool.nodes()][:2] == pids
    gone = pool.nodes()[1:]
    pool.apply(PoolSpec("pages", nodes=1, tls=True))
    assert told(runtime, pool) == (3, [pool.nodes()[0].endpoint])
    assert names(runtime, pool) == {"0001": b"0001"}
    # Nothing has changed: nothing new is told.
    pool.apply(PoolSpec("pages", nodes=1, tls=True))
    assert told(runtime, pool).version == 3
    for node in gone:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(node.endpoint, timeout=1)
        assert not Path(f"/proc/{node.pid}").exists()


def test_a_node_that_dies_is_replaced_by_an_empty_one_at_its_address(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool_module, "REPLACE_SECONDS", 0.5)
    pool = start_pool(runtime, nodes=2)
    put(runtime, pool)
    first, second = pool.nodes()
    os.kill(first.pid, signal.SIGKILL)
    began = time.monotonic()
    while pool.nodes()[0].alive:
        time.sleep(0.01)
    # Meanwhile nobody serves at its address, and the configuration end point still tells.
    with client(runtime, first.endpoint) as connected, pytest.raises((MemcacheUnexpectedCloseError, ConnectionError)):
        connected.get("name")
    assert told(runtime, pool) == (1, [first.endpoint, second.endpoint])
    while pool.members().startswith("1\n"):
        assert time.monotonic() < began + 10
        time.sleep(0.02)
    assert time.monotonic() - began > 0.4
    assert names(runtime, pool) == {"0001": None, "0002": b"0002"}
    assert pool.nodes()[1].pid == second.pid
    assert [node.endpoint for node in pool.nodes()] == [first.endpoint, second.endpoint]


def test_largest_item(runtime: Runtime) -> None:
    pool = start_pool(runtime, parameters={"max_item_size": str(2 * 2**20)}, memory_bytes=2**20)
    with client(runtime, pool.nodes()[0].endpoint) as connected:
        assert connected.set("below", b"x" * (2 * 2**20 - 1000))
        assert len(connected.get("below")) == 2 * 2**20 - 1000
        with pytest.raises(MemcacheServerError, match="object too large for cache"):
            connected.set("above", b"x" * (2 * 2**20))


def test_memory_of_the_node_is_what_items_share(runtime: Runtime) -> None:
    pool = start_pool(runtime, memory_bytes=6 * 2**20)
    with client(runtime, pool.nodes()[0].endpoint) as connected:
        assert connected.stats()[b"limit_maxbytes"] == 6 * 2**20
        for number in range(1000):
            connected.set(f"key-{number}", b"x" * 10_000)
        statistics = connected.stats()
    assert statistics[b"evictions"] > 0
    assert statistics[b"bytes"] <= 7 * 2**20


def test_parameters_wait_for_the_next_start_of_a_node(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "REPLACE_SECONDS", 0.0)
    pool = start_pool(runtime, nodes=1)
    pool.apply(PoolSpec("pages", nodes=2, tls=True, parameters={"chunk_size": "100"}))

    def chunk_sizes() -> list[int]:
        sizes = []
        for node in pool.nodes():
            with client(runtime, node.endpoint) as connected:
                sizes.append(connected.stats("settings")[b"chunk_size"])
        return sizes

    assert chunk_sizes() == [48, 100]
    os.kill(pool.nodes()[0].pid, signal.SIGKILL)
    while not pool.members().startswith("3\n"):
        time.sleep(0.02)
    assert chunk_sizes() == [100, 100]


def test_another_version_starts_every_node_empty(runtime: Runtime) -> None:
    pool = start_pool(runtime, nodes=2, version="1.6.12")
    put(runtime, pool)
    pids = [node.pid for node in pool.nodes()]
    pool.apply(PoolSpec("pages", nodes=2, tls=True, version="1.6.22"))
    assert names(runtime, pool) == {"0001": None, "0002": None}
    assert not set(pids) & {node.pid for node in pool.nodes()}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"nodes": 61}, "1 to 60 nodes"),
        ({"nodes": 0}, "1 to 60 nodes"),
        ({"port": 11212}, "port of a running pool"),
        ({"tls": False}, "tls of a running pool"),
        ({"parameters": {"maxmemory-policy": "x"}}, "Parameter maxmemory-policy is unknown"),
        ({"parameters": {"max_item_size": "1000"}, "nodes": 3}, "cannot be less than 1024 bytes"),
    ],
)
def test_what_is_refused_leaves_the_pool_as_it_was(runtime: Runtime, change: dict[str, object], message: str) -> None:
    pool = start_pool(runtime)
    put(runtime, pool)
    used = runtime.addresses.in_use
    with pytest.raises(ServerError, match=message):
        pool.apply(PoolSpec(**{"id": "pages", "tls": True, **change}))
    assert (names(runtime, pool), pool.members().split("\n")[0]) == ({"0001": b"0001"}, "1")
    assert runtime.addresses.in_use == used


def test_a_failed_start_leaves_nothing(runtime: Runtime) -> None:
    with pytest.raises(ServerError, match="cannot be larger than -I"):
        start_pool(runtime, nodes=2, parameters={"max_item_size": "262144"})
    assert (runtime.groups, runtime.addresses.in_use) == ({}, 0)
    for wrong in ("Pages", "pages-", "1pages", "p" * 51):
        with pytest.raises(ServerError, match="Not the id"):
            start_pool(runtime, id=wrong)


def test_destroyed_twice(runtime: Runtime) -> None:
    pool = start_pool(runtime, nodes=2)
    pids = [node.pid for node in pool.nodes()]
    pool.destroy()
    pool.destroy()
    assert (runtime.groups, runtime.addresses.in_use) == ({}, 0)
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]
    with pytest.raises(ServerError, match="is being ended"):
        pool.apply(PoolSpec("pages", tls=True))
