"""Parameter groups in terms of the server."""

import pytest

from local_aws.errors import ServerError
from local_aws.redis.parameters import check_parameters, running_settings, start_settings

KNOWN = {"maxmemory-policy": "noeviction", "maxmemory-samples": "5", "timeout": "0"}
PUBSUB = "pubsub 33554432 8388608 60"


def test_without_parameters_the_defaults_of_elasticache_apply_as_far_as_the_server_has_them() -> None:
    assert running_settings({}, KNOWN, None) == {
        "client-output-buffer-limit": PUBSUB,
        "maxmemory": "0",
        "maxmemory-policy": "volatile-lru",
        "maxmemory-samples": "3",
    }


def test_parameters_of_the_group_win() -> None:
    settings = running_settings({"maxmemory-policy": "allkeys-lfu", "timeout": "300"}, KNOWN, None)
    assert (settings["maxmemory-policy"], settings["timeout"]) == ("allkeys-lfu", "300")


@pytest.mark.parametrize(
    "name", ["cluster-enabled", "close-on-replica-write", "databases", "commandlog-reply-larger-than"]
)
def test_what_is_recorded_only_reaches_no_running_server(name: str) -> None:
    assert running_settings({name: "1"}, KNOWN, None) == running_settings({}, KNOWN, None)


def test_a_parameter_of_newer_servers_is_set_where_it_is_known() -> None:
    known = {**KNOWN, "commandlog-reply-larger-than": "1048576"}
    settings = running_settings({"commandlog-reply-larger-than": "5"}, known, None)
    assert settings["commandlog-reply-larger-than"] == "5"


def test_databases_are_given_at_the_start() -> None:
    assert start_settings({"databases": "4", "timeout": "1"}) == {"databases": "4"}


def test_a_parameter_that_no_server_knows() -> None:
    with pytest.raises(ServerError, match="Parameter max-memory-policy is unknown to the server"):
        running_settings({"max-memory-policy": "allkeys-lru"}, KNOWN, None)


def test_the_limits_of_pubsub_clients_become_one_setting() -> None:
    parameters = {
        "client-output-buffer-limit-pubsub-hard-limit": "1000",
        "client-output-buffer-limit-pubsub-soft-seconds": "5",
    }
    assert running_settings(parameters, KNOWN, None)["client-output-buffer-limit"] == "pubsub 1000 8388608 5"


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, 750),
        ({"reserved-memory-percent": "0"}, 1000),
        ({"reserved-memory-percent": "99"}, 10),
        ({"reserved-memory": "100"}, 900),
        ({"reserved-memory": "100", "reserved-memory-percent": "50"}, 500),
    ],
)
def test_memory_that_is_held_back(parameters: dict[str, str], expected: int) -> None:
    assert running_settings(parameters, KNOWN, 1000)["maxmemory"] == str(expected)


@pytest.mark.parametrize("percent", ["100", "-1", "many", ""])
def test_memory_that_cannot_be_held_back(percent: str) -> None:
    wanted = f"Parameter reserved-memory-percent must be a whole number from 0 to 99, got: {percent}"
    with pytest.raises(ServerError, match=wanted):
        check_parameters({"reserved-memory-percent": percent})


def test_reserved_memory_leaves_something() -> None:
    assert running_settings({"reserved-memory": "999"}, KNOWN, 1000)["maxmemory"] == "1"
    with pytest.raises(ServerError, match="Parameter reserved-memory must be a whole number from 0 to 999, got: 1000"):
        running_settings({"reserved-memory": "1000"}, KNOWN, 1000)


@pytest.mark.parametrize(
    "name",
    ["maxmemory", "dir", "requirepass", "tls-port", "appendonly", "client-output-buffer-limit-normal-hard-limit"],
)
def test_what_no_parameter_group_may_change(name: str) -> None:
    with pytest.raises(ServerError, match=f"Parameter {name} cannot be changed by a parameter group"):
        check_parameters({name: "1"})


def test_a_limit_that_does_not_exist() -> None:
    with pytest.raises(ServerError, match="Parameter client-output-buffer-limit-pubsub-limit is unknown"):
        check_parameters({"client-output-buffer-limit-pubsub-limit": "1"})
