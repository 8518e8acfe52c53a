"""Parameters as options of the server, and all of them on a real one."""

import pytest
from servers.pools import client, start_pool

from local_aws.errors import ServerError
from local_aws.memcached.parameters import check_parameters, options
from local_aws.runtime import Runtime

EVERY = {
    "binding_protocol": "ascii",
    "cas_disabled": "1",
    "chunk_size": "96",
    "chunk_size_growth_factor": "1.5",
    "disable_flush_all": "1",
    "error_on_memory_exhausted": "1",
    "expirezero_does_not_evict": "1",
    "hash_algorithm": "jenkins",
    "idle_timeout": "600",
    "inline_ascii_resp": "1",
    "lru_crawler": "0",
    "lru_maintainer": "0",
    "max_item_size": "524288",
    "maxconns_fast": "0",
    "memcached_connections_overhead": "50",
    "modern": "1",
    "slab_automove": "2",
    "slab_chunk_max": "262144",
    "slab_reassign": "0",
}


def test_a_server_runs_with_every_parameter(runtime: Runtime) -> None:
    pool = start_pool(runtime, parameters=EVERY, memory_bytes=10 * 2**20)
    with client(runtime, pool.nodes()[0].endpoint) as connected:
        settings = connected.stats("settings")
    # In the words of pymemcache, which reads numbers and switches where it knows the name.
    expected = {
        b"binding_protocol": b"ascii",
        b"cas_enabled": b"no",
        b"chunk_size": 96,
        b"evictions": b"off",
        b"flush_enabled": b"no",
        b"growth_factor": 1.5,
        b"hash_algorithm": b"jenkins",
        b"idle_timeout": 600,
        b"item_size_max": 524288,
        b"lru_crawler": b"no",
        b"lru_maintainer_thread": b"no",
        b"maxbytes": 10 * 2**20,
        b"maxconns_fast": b"no",
        b"slab_automove": True,
        b"slab_chunk_max": 256,
        b"slab_reassign": b"no",
        b"ssl_enabled": b"yes",
    }
    assert {name: settings[name] for name in expected} == expected


def test_without_parameters_only_size_is_told() -> None:
    words = options({}, 50 * 2**20)
    assert words[0] == "-c"
    assert words[2:] == ["-m", "50"]
    assert options({"no_modern": "0"}, 50 * 2**20) == words
    assert options({"no_modern": "1", "lru_crawler": "0"}, None)[2:] == ["-m", "64", "-o", "no_lru_crawler,no_modern"]


def test_memory_is_at_least_twice_the_largest_item() -> None:
    assert options({"max_item_size": str(2**27)}, 50 * 2**20)[2:] == ["-m", "257", "-I", str(2**27)]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("max_simultaneous_connections", "10", "cannot be changed by a parameter group"),
        ("num_threads", "2", "cannot be changed by a parameter group"),
        ("maxmemory-policy", "noeviction", "is unknown"),
        ("idle_timeout", "soon", "must be a whole number, got: soon"),
        ("slab_chunk_max", "-1", "must be a whole number, got: -1"),
        ("cas_disabled", "yes", "must be 0 or 1, got: yes"),
        ("lru_crawler", "2", "must be 0 or 1, got: 2"),
        ("hash_algorithm", "jenkins,ssl_key=x", "has no such value"),
        ("binding_protocol", "", "has no such value"),
    ],
)
def test_refused_parameters(name: str, value: str, message: str) -> None:
    with pytest.raises(ServerError, match=message):
        check_parameters({name: value})


@pytest.mark.parametrize(
    "parameters",
    [{"hash_algorithm": "md5"}, {"chunk_size": "0"}, {"chunk_size_growth_factor": "1.0"}, {"binding_protocol": "x"}],
)
def test_what_the_server_refuses(runtime: Runtime, parameters: dict[str, str]) -> None:
    with pytest.raises(ServerError, match="pages-0001 ended: "):
        start_pool(runtime, parameters=parameters)
