"""Changes of a running group: its data, its end points and its clients stay."""

import time
from dataclasses import replace

import pytest
import redis

from local_aws.errors import ServerError
from local_aws.redis.group import AclUser, RedisGroup
from local_aws.runtime import Runtime
from tests.conftest import Connect, StartGroup

OLD, NEW = "the password until now", "the password from now on"


def app_user(*passwords: str, access: str = "on ~* +@all") -> AclUser:
    return AclUser("app", access, passwords)


def setting(group: RedisGroup, name: str) -> set[str]:
    """The values of a setting on all nodes."""
    values = set()
    for node in group.nodes():
        with group.operator(node.id) as operator:
            values.add(operator.config_get(name)[name])
    return values


def test_replicas_come_and_go_and_the_data_stays(runtime: Runtime, start_group: StartGroup, connect: Connect) -> None:
    group = start_group(replicas=1, tls=True)
    end_points, client = (group.primary, group.reader), connect(group.primary, tls=True)
    client.set("key", "value")
    for replicas in (2, 0, 1):
        group.apply(replace(group.spec, replicas=replicas))
        assert [node.id for node in group.nodes()] == [f"sessions-00{n}" for n in range(1, replicas + 2)]
        assert (group.primary, group.reader) == end_points
        assert runtime.addresses.in_use == 2 + 1 + replicas
        assert client.get("key") == "value"
        assert connect(group.reader, tls=True).get("key") == "value"
        with group.operator() as operator:
            assert operator.info("replication")["connected_slaves"] == replicas
    with group.operator("sessions-002") as replica:
        assert replica.role()[0] == "slave"


def test_the_reader_end_point_is_the_primary_while_there_are_no_replicas(
    start_group: StartGroup, connect: Connect
) -> None:
    group = start_group()
    assert connect(group.reader).set("key", "value")
    group.apply(replace(group.spec, replicas=1))
    with pytest.raises(redis.ReadOnlyError):
        connect(group.reader).set("key", "value")


def test_parameters_change_on_every_node_and_return_to_their_defaults(start_group: StartGroup) -> None:
    group = start_group(replicas=1, parameters={"timeout": "300"})
    group.apply(replace(group.spec, parameters={"maxmemory-policy": "allkeys-lru"}))
    assert setting(group, "timeout") == {"0"}
    assert setting(group, "maxmemory-policy") == {"allkeys-lru"}
    group.apply(replace(group.spec, parameters={}, maxmemory_bytes=10_000_000))
    assert setting(group, "maxmemory-policy") == {"volatile-lru"}
    assert setting(group, "maxmemory") == {"7500000"}


def test_a_refused_parameter_leaves_everything_as_it_was(start_group: StartGroup, connect: Connect) -> None:
    group = start_group(replicas=1, parameters={"maxmemory-policy": "allkeys-lru"}, users=(app_user(OLD),))
    former = group.spec
    client = connect(group.primary, username="app", password=OLD)
    client.set("key", "value")
    wrong = {"timeout": "300", "maxmemory-policy": "sometimes"}
    with pytest.raises(ServerError, match=r"maxmemory-policy.*must be one of the following"):
        group.apply(replace(former, parameters=wrong, replicas=2, users=(app_user(NEW),)))
    assert group.spec == former
    assert setting(group, "maxmemory-policy") == {"allkeys-lru"}
    assert setting(group, "timeout") == {"0"}
    assert len(group.nodes()) == 2
    assert connect(group.primary, username="app", password=OLD).get("key") == "value"


def test_a_failure_half_way_puts_the_former_state_back(start_group: StartGroup, connect: Connect) -> None:
    """Parameters are set before the users, of whom the second is refused."""
    group = start_group(replicas=1, parameters={"timeout": "100"}, users=(app_user(OLD),))
    wrong = (app_user(NEW), AclUser("other", "on +no-such-command", no_password=True))
    with pytest.raises(ServerError, match=r"Error in ACL SETUSER modifier '\+no-such-command'"):
        group.apply(replace(group.spec, parameters={"timeout": "200"}, users=wrong))
    assert setting(group, "timeout") == {"100"}
    for endpoint in (group.primary, group.reader):
        assert connect(endpoint, username="app", password=OLD).ping()
        with pytest.raises(redis.AuthenticationError):
            connect(endpoint, username="app", password=NEW).ping()


def test_replicas_that_cannot_start_put_the_former_state_back(
    runtime: Runtime, start_group: StartGroup, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = start_group(replicas=1, parameters={"timeout": "100"})
    connect(group.primary).set("key", "value")
    in_use = runtime.addresses.in_use
    with monkeypatch.context() as missing:
        missing.setenv("DATA_TIER_REDIS_SERVER", "/nonexistent")
        with pytest.raises(ServerError, match=r"DATA_TIER_REDIS_SERVER=/nonexistent is no program"):
            group.apply(replace(group.spec, replicas=3, parameters={"timeout": "200"}))
    assert setting(group, "timeout") == {"100"}
    assert [node.alive for node in group.nodes()] == [True, True]
    assert runtime.addresses.in_use == in_use
    group.apply(replace(group.spec, replicas=2))
    assert connect(group.reader).get("key") == "value"


def test_a_password_is_replaced_under_a_connected_client(start_group: StartGroup, connect: Connect) -> None:
    group = start_group(replicas=1, tls=True, users=(app_user(OLD),))
    connected = connect(group.primary, tls=True, username="app", password=OLD, single_connection_client=True)
    connected.set("key", "value")
    identity = connected.client_id()
    group.apply(replace(group.spec, users=(app_user(OLD, NEW),)))
    for password in (OLD, NEW):
        assert connect(group.primary, tls=True, username="app", password=password).ping()
    group.apply(replace(group.spec, users=(app_user(NEW),)))
    assert connected.client_id() == identity
    assert connected.get("key") == "value"
    for endpoint in (group.primary, group.reader):
        assert connect(endpoint, tls=True, username="app", password=NEW).get("key") == "value"
        with pytest.raises(redis.AuthenticationError):
            connect(endpoint, tls=True, username="app", password=OLD).ping()


def test_rights_of_a_connected_client_change_at_once(start_group: StartGroup, connect: Connect) -> None:
    group = start_group(users=(app_user(OLD),))
    connected = connect(group.primary, username="app", password=OLD, single_connection_client=True)
    assert connected.set("other:1", "x")
    group.apply(replace(group.spec, users=(app_user(OLD, access="on ~sess:* +get +set"),)))
    assert connected.set("sess:1", "x")
    with pytest.raises(redis.exceptions.NoPermissionError):
        connected.get("other:1")


def test_a_removed_user_is_gone_with_its_connections(start_group: StartGroup, connect: Connect) -> None:
    other = AclUser("other", "on ~* +@all", (NEW,))
    group = start_group(users=(app_user(OLD), other))
    connected = connect(group.primary, username="other", password=NEW, single_connection_client=True)
    group.apply(replace(group.spec, users=(app_user(OLD),)))
    with pytest.raises(redis.ConnectionError):
        connected.ping()
    with group.operator() as operator:
        assert "other" not in operator.acl_users()


def test_users_survive_the_restart_of_a_server(start_group: StartGroup, connect: Connect) -> None:
    group = start_group(users=(app_user(OLD),), parameters={"timeout": "100"})
    group.apply(replace(group.spec, users=(app_user(NEW),), parameters={"timeout": "200"}))
    with group.operator() as operator, pytest.raises(redis.ConnectionError):
        operator.execute_command("SHUTDOWN", "NOSAVE")
    deadline = time.monotonic() + 5
    while not group.nodes()[0].alive:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    client = connect(group.primary, username="app", password=NEW)
    while True:
        try:
            assert client.ping()
            break
        except redis.ConnectionError:
            assert time.monotonic() < deadline
            time.sleep(0.02)
    group.apply(group.spec)
    assert setting(group, "timeout") == {"200"}


def test_a_parameter_of_the_start_may_be_written_with_the_value_that_it_has(start_group: StartGroup) -> None:
    group = start_group()
    group.apply(replace(group.spec, parameters={"databases": "16"}))
    assert setting(group, "databases") == {"16"}


def test_a_group_that_has_ended_is_not_changed(start_group: StartGroup) -> None:
    group = start_group()
    group.destroy()
    with pytest.raises(ServerError, match="sessions is being ended"):
        group.apply(group.spec)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": "others"}, "sessions: id of a running group cannot be changed"),
        ({"port": 6380}, "sessions: port of a running group cannot be changed"),
        ({"tls": True}, "sessions: TLS goes from off to preferred, not to required"),
        ({"engine": "valkey"}, "sessions: engine of a running group cannot be changed"),
        ({"parameters": {"databases": "4"}}, "sessions: parameter databases of a running group cannot be changed"),
        ({"parameters": {"no-such": "1"}}, "Parameter no-such is unknown to the server"),
        ({"parameters": {"dir": "/"}}, "Parameter dir cannot be changed by a parameter group"),
        ({"automatic_failover": True}, "sessions: automatic failover needs a replica"),
    ],
)
def test_what_cannot_change_is_refused(
    start_group: StartGroup, connect: Connect, change: dict[str, object], message: str
) -> None:
    group = start_group()
    former = group.spec
    connect(group.primary).set("key", "value")
    with pytest.raises(ServerError, match=message):
        group.apply(replace(former, **change))
    assert group.spec == former
    assert connect(group.primary).get("key") == "value"
