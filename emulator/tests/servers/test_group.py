"""A group of real servers, as its clients see it."""

import json
import socket
import stat
from pathlib import Path

import pytest
import redis

from local_aws.errors import ServerError
from local_aws.redis.access import DENIED, OPERATOR
from local_aws.redis.group import AclUser, Endpoint
from local_aws.runtime import Runtime
from tests.conftest import Connect, StartGroup

PASSWORD = "a password of the template"
APP = AclUser("app", "on ~sess:* +get +set +del +acl|whoami +config +@admin", (PASSWORD,))
LOCKED = AclUser("default", "off ~* -@all", no_password=True)
AS_APP = {"username": "app", "password": PASSWORD}


@pytest.mark.parametrize("engine", ["redis", "valkey"])
def test_a_secured_group(start_group: StartGroup, connect: Connect, engine: str) -> None:
    group = start_group(engine=engine, replicas=2, tls=True, automatic_failover=True, users=(APP, LOCKED))
    assert [(node.id, node.role, node.alive) for node in group.nodes()] == [
        ("sessions-001", "primary", True),
        ("sessions-002", "replica", True),
        ("sessions-003", "replica", True),
    ]
    app = connect(group.primary, tls=True, **AS_APP)
    app.set("sess:1", "here")
    assert app.execute_command("ACL WHOAMI") == "app"
    with group.operator() as operator:
        assert operator.wait(2, 2000) == 2
        assert operator.info("server")[f"{engine}_version"]
        assert operator.info("replication")["connected_slaves"] == 2
    reader = connect(group.reader, tls=True, **AS_APP)
    assert reader.get("sess:1") == "here"
    with pytest.raises(redis.ReadOnlyError):
        reader.set("sess:1", "there")


def test_what_the_app_may_not(start_group: StartGroup, connect: Connect) -> None:
    group = start_group(tls=True, users=(APP, LOCKED))
    app = connect(group.primary, tls=True, **AS_APP)
    for forbidden in (
        lambda: app.set("other:1", "x"),
        lambda: app.hset("sess:1", "field", "x"),
        lambda: app.config_get("*"),
        lambda: app.acl_setuser("me", enabled=True, nopass=True),
        lambda: app.replicaof("127.0.0.1", "6379"),
        lambda: app.execute_command("SHUTDOWN"),
    ):
        with pytest.raises(redis.exceptions.NoPermissionError):
            forbidden()
    with pytest.raises(redis.AuthenticationError, match=r"WRONGPASS|invalid username-password"):
        connect(group.primary, tls=True, username="app", password="another password").ping()
    with pytest.raises(redis.AuthenticationError):
        connect(group.primary, tls=True).ping()
    with pytest.raises(redis.ConnectionError):
        connect(group.primary, **AS_APP).ping()


def test_tls_is_verified_by_the_address_of_every_end_point(start_group: StartGroup, connect: Connect) -> None:
    group = start_group(tls=True, replicas=1)
    for endpoint in (group.primary, group.reader, *(node.endpoint for node in group.nodes())):
        assert connect(endpoint, tls=True).ping()
    with pytest.raises(redis.ConnectionError, match="CERTIFICATE_VERIFY_FAILED"):
        connect(group.primary, ssl=True).ping()


def test_an_open_group_keeps_the_restrictions_of_elasticache(start_group: StartGroup, connect: Connect) -> None:
    group = start_group(port=6400)
    assert (group.primary.port, group.reader.port) == (6400, 6400)
    client = connect(group.primary)
    assert client.hset("any", "field", "value") == 1
    assert connect(group.reader).hget("any", "field") == "value"
    with pytest.raises(redis.exceptions.NoPermissionError):
        client.config_get("*")


@pytest.mark.parametrize("engine", ["redis", "valkey"])
def test_every_restricted_command_is_denied(start_group: StartGroup, engine: str) -> None:
    group = start_group(engine=engine, users=(AclUser("all", "on ~* &* +@all (+@all ~*)", no_password=True),))
    with group.operator() as operator:
        user = operator.acl_getuser("all")
    # The server refuses to start with a command that it does not have, so these are real ones.
    assert set(DENIED) <= set(user["commands"])
    assert all(word in str(user["selectors"]) for word in DENIED)


def test_parameters_and_memory(start_group: StartGroup) -> None:
    parameters = {
        "maxmemory-policy": "volatile-ttl",
        "databases": "4",
        "reserved-memory-percent": "50",
        "cluster-enabled": "no",
    }
    group = start_group(parameters=parameters, replicas=1, maxmemory_bytes=64_000_000)
    for node in group.nodes():
        with group.operator(node.id) as operator:
            settings = operator.config_get("*")
        assert settings["maxmemory-policy"] == "volatile-ttl"
        assert settings["databases"] == "4"
        assert settings["maxmemory"] == "32000000"
        assert settings["cluster-enabled"] == "no"
        assert settings["latency-tracking"] == "no"


def test_two_groups_with_the_same_port(start_group: StartGroup, connect: Connect) -> None:
    first, second = start_group(id="first"), start_group(id="second")
    connect(first.primary).set("key", "first")
    assert connect(second.primary).get("key") is None
    with pytest.raises(ServerError, match="A group with the id first exists"):
        start_group(id="first")
    assert connect(first.primary).get("key") == "first"


def test_the_operator_file_tells_of_the_groups_as_they_are(runtime: Runtime, start_group: StartGroup) -> None:
    assert json.loads(runtime.operator_file.read_text())["groups"] == {}
    group = start_group(replicas=1, tls=True)
    content = json.loads(runtime.operator_file.read_text())
    assert stat.S_IMODE(runtime.operator_file.stat().st_mode) == 0o600
    assert [node["id"] for node in content["groups"]["sessions"]] == ["sessions-001", "sessions-002"]
    for node in content["groups"]["sessions"]:
        client = redis.Redis(
            node["host"],
            node["port"],
            username=content["username"],
            password=content["password"],
            ssl=node["tls"],
            ssl_ca_certs=content["caFile"],
            decode_responses=True,
        )
        with client:
            assert client.acl_whoami() == OPERATOR
    group.destroy()
    assert json.loads(runtime.operator_file.read_text())["groups"] == {}


def test_passwords_are_nowhere_but_in_private_files(runtime: Runtime, start_group: StartGroup) -> None:
    group = start_group(tls=True, users=(APP, LOCKED))
    assert stat.S_IMODE(runtime.settings.run_dir.stat().st_mode) == 0o700
    for path in runtime.settings.run_dir.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert PASSWORD.encode() not in content, path
            if runtime.operator_password.encode() in content:
                assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
                assert path.suffix in {".conf", ".json"}
    for node in group.nodes():
        assert runtime.operator_password.encode() not in Path(f"/proc/{node.pid}/cmdline").read_bytes()


def test_a_destroyed_group_gives_everything_back(runtime: Runtime, start_group: StartGroup) -> None:
    group = start_group(replicas=1)
    pids = [node.pid for node in group.nodes()]
    group.destroy()
    group.destroy()
    assert runtime.groups == {}
    assert list((runtime.settings.run_dir / "nodes").iterdir()) == []
    assert runtime.addresses.in_use == 0
    for pid in pids:
        assert not Path(f"/proc/{pid}").exists()
    with pytest.raises(ServerError, match="sessions has no node that is primary"):
        group.operator()


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({"parameters": {"databases": "none"}}, r"(?s)sessions-001 ended: .*databases none.*integer"),
        ({"parameters": {"timeout": "soon"}}, "sessions-001: CONFIG SET failed .*'timeout'.* couldn't be parsed"),
        ({"parameters": {"no-such-parameter": "1"}}, "Parameter no-such-parameter is unknown to the server"),
        ({"parameters": {"requirepass": "mine"}}, "Parameter requirepass cannot be changed by a parameter group"),
        ({"users": (AclUser("app", "on +no-such-command"),)}, r"(?s)sessions-001 ended: .*no-such-command"),
        ({"users": (AclUser("app", "on >secret"),)}, "User app: the access string must not contain passwords or reset"),
        ({"replicas": 6}, "sessions: a primary has 0 to 5 replicas, got: 6"),
        ({"replicas": -1}, "sessions: a primary has 0 to 5 replicas, got: -1"),
        ({"automatic_failover": True}, "sessions: automatic failover needs a replica"),
        ({"id": "../escape"}, r"Not the id of a replication group: '\.\./escape'"),
        ({"id": "a" * 41}, "Not the id of a replication group"),
        ({"engine": "memcached"}, "Unknown engine memcached"),
    ],
)
def test_a_group_that_cannot_start_leaves_nothing(
    runtime: Runtime, start_group: StartGroup, properties: dict[str, object], message: str
) -> None:
    with pytest.raises(ServerError, match=message):
        start_group(**{"tls": True, **properties})
    assert runtime.groups == {}
    assert runtime.addresses.in_use == 0
    nodes = runtime.settings.run_dir / "nodes"
    assert not nodes.exists() or list(nodes.iterdir()) == []


def test_a_port_that_somebody_has_is_told_in_the_words_of_the_server(runtime: Runtime, start_group: StartGroup) -> None:
    taken = socket.create_server(("0.0.0.0", 0))
    with taken, pytest.raises(ServerError, match=r"(?s)sessions-001 ended: .*Address already in use"):
        start_group(port=taken.getsockname()[1])
    assert runtime.addresses.in_use == 0


def test_an_end_point_is_a_pair(start_group: StartGroup) -> None:
    group = start_group()
    host, port = group.primary
    assert group.primary == Endpoint(host, port)
    assert host.startswith("127.")
