"""The ways to log in and to reach a group: tokens of AUTH, IAM tokens, TLS in its steps."""

import socket
from dataclasses import replace

import pytest
import redis
from servers import signing
from servers.clusters import cluster_client, eventually, read, shards, write, written

from local_aws.errors import ServerError
from local_aws.redis import gate
from local_aws.redis.group import AclUser, GroupSpec, RedisGroup
from local_aws.runtime import Runtime
from tests.conftest import Connect, StartGroup

OLD, NEW = "the-token-until-now", "the-token-from-now-on"
PASSWORD = "a password of the template"
IAM = AclUser("app", "on ~* +@all", iam=True)
PLAIN = AclUser("reporting", "on ~* +@read +ping +acl|whoami", (PASSWORD,))
LOCKED = AclUser("default", "off ~* -@all", no_password=True)


@pytest.fixture
def signers(runtime: Runtime) -> None:
    """The access key with which the tests sign."""
    runtime.access_keys[signing.KEY] = signing.SECRET


def token_of(user: str, **how: object) -> dict[str, str]:
    return {"username": user, "password": signing.token(user, **how)}


@pytest.mark.parametrize("engine", ["redis", "valkey"])
def test_a_token_is_rotated_under_a_connected_client(start_group: StartGroup, connect: Connect, engine: str) -> None:
    group = start_group(engine=engine, tls=True, auth_tokens=(OLD,))
    connected = connect(group.primary, tls=True, password=OLD, single_connection_client=True)
    connected.set("key", "value")
    for options in ({}, {"password": NEW}):
        with pytest.raises(redis.AuthenticationError):
            connect(group.primary, tls=True, **options).ping()
    with pytest.raises(redis.exceptions.NoPermissionError):
        connected.config_get("*")
    group.apply(replace(group.spec, auth_tokens=(OLD, NEW)))
    for token in (OLD, NEW):
        assert connect(group.primary, tls=True, password=token).get("key") == "value"
    group.apply(replace(group.spec, auth_tokens=(NEW,)))
    with pytest.raises(redis.AuthenticationError):
        connect(group.primary, tls=True, password=OLD).ping()
    assert connected.get("key") == "value"
    assert OLD not in repr(group.spec)
    assert NEW not in repr(group.spec)


def test_users_and_a_token_exclude_each_other(start_group: StartGroup) -> None:
    with pytest.raises(ServerError, match="A group has users or a token, not both"):
        start_group(auth_tokens=(OLD,), users=(PLAIN,))


@pytest.mark.parametrize("engine", ["redis", "valkey"])
@pytest.mark.usefixtures("signers")
def test_an_iam_user_logs_in_with_a_good_token_only(
    start_group: StartGroup, connect: Connect, caplog: pytest.LogCaptureFixture, engine: str
) -> None:
    caplog.set_level("DEBUG")
    group = start_group(engine=engine, replicas=1, tls=True, users=(IAM, PLAIN, LOCKED))
    good = token_of("app")
    for protocol in (2, 3):
        client = connect(group.primary, tls=True, protocol=protocol, **good)
        assert client.acl_whoami() == "app"
        client.set("key", "value" * 100_000)
        assert client.get("key") == "value" * 100_000
    assert connect(group.reader, tls=True, **good).acl_whoami() == "app"
    assert connect(group.primary, tls=True, username="reporting", password=PASSWORD).acl_whoami() == "reporting"
    refused = [
        token_of("app", cache="others"),
        token_of("app", at=1_700_000_000),
        {"username": "app", "password": signing.token("reporting")},
        {"username": "app", "password": gate.iam_password("app", "guessed")},
        {"username": "app", "password": PASSWORD},
        {"username": "reporting", "password": signing.token("reporting")},
    ]
    for protocol in (2, 3):
        for options in refused:
            with pytest.raises(redis.AuthenticationError, match=r"WRONGPASS|invalid username-password"):
                connect(group.primary, tls=True, protocol=protocol, **options).ping()
    with pytest.raises(redis.AuthenticationError):
        connect(group.primary, tls=True).ping()
    with pytest.raises(redis.ConnectionError):
        connect(group.primary, **good).ping()
    assert "app is not let in: the token has expired" in caplog.text
    assert good["password"] not in caplog.text
    assert "X-Amz-Signature" not in caplog.text


@pytest.mark.usefixtures("signers")
def test_a_connection_is_renewed_by_another_token_and_ends_without(
    start_group: StartGroup, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "SESSION_SECONDS", 1.0)
    group = start_group(tls=True, users=(IAM, LOCKED))
    kept = connect(group.primary, tls=True, single_connection_client=True, **token_of("app"))
    left = connect(group.primary, tls=True, single_connection_client=True, **token_of("app"))
    identity = kept.client_id()
    assert left.ping()

    def log_in_again_while_the_other_lasts() -> None:
        while True:
            assert kept.execute_command("AUTH", "app", signing.token("app")) in (True, "OK")
            ask(left)

    with pytest.raises(redis.ConnectionError):
        log_in_again_while_the_other_lasts()
    assert kept.client_id() == identity
    with pytest.raises(redis.AuthenticationError):
        kept.execute_command("AUTH", "app", signing.token("app", cache="others"))


@pytest.mark.usefixtures("signers")
def test_the_gate_speaks_the_protocol(start_group: StartGroup) -> None:
    group = start_group(users=(IAM, LOCKED))
    with socket.create_connection(group.primary, timeout=5) as client:
        client.sendall(b"AUTH app nonsense\r\n\r\nPING\r\nAUTH app %s\r\nPING\r\n" % signing.token("app").encode())
        answers = client.makefile("rb")
        starts = [answers.readline().split()[0] for _ in range(4)]
        assert starts == [b"-WRONGPASS", b"-NOAUTH", b"+OK", b"+PONG"]
    for broken in (b"*1\r\n+PING\r\n", b"*x\r\n", b"*1\r\n$-5\r\n"):
        with socket.create_connection(group.primary, timeout=5) as client:
            client.sendall(broken)
            assert client.recv(100) == b""


@pytest.mark.usefixtures("signers")
def test_a_running_group_gets_an_iam_user(start_group: StartGroup, connect: Connect) -> None:
    group = start_group(replicas=1, tls=True, automatic_failover=True, users=(PLAIN, LOCKED))
    connected = connect(group.primary, tls=True, username="reporting", password=PASSWORD, single_connection_client=True)
    assert connected.acl_whoami() == "reporting"
    group.apply(replace(group.spec, users=(PLAIN, IAM, LOCKED)))
    assert connected.ping()
    app = connect(group.primary, tls=True, **token_of("app"))
    app.set("key", "value")
    group.apply(replace(group.spec, replicas=2))
    with group.operator() as operator:
        assert operator.wait(2, 2000) == 2
    assert connect(group.reader, tls=True, **token_of("app")).get("key") == "value"
    group.apply(replace(group.spec, users=(PLAIN, LOCKED)))
    with pytest.raises(redis.AuthenticationError):
        connect(group.primary, tls=True, **token_of("app")).ping()
    assert connect(group.primary, tls=True, username="reporting", password=PASSWORD).get("key") == "value"


@pytest.mark.parametrize("engine", ["redis", "valkey"])
@pytest.mark.usefixtures("signers")
def test_iam_in_a_cluster(runtime: Runtime, start_group: StartGroup, engine: str) -> None:
    group = start_group(
        engine=engine,
        tls=True,
        users=(IAM, LOCKED),
        cluster_mode="enabled",
        automatic_failover=True,
        shards=shards(2, 1),
    )
    client = cluster_client(runtime, group, **token_of("app"))
    write(client, 500)
    assert len(client.get_nodes()) == 4
    group.apply(replace(group.spec, shards=shards(3, 1)))
    assert read(cluster_client(runtime, group, **token_of("app")), 500) == written(500)
    with pytest.raises(redis.exceptions.RedisClusterException):
        cluster_client(runtime, group, **token_of("app", cache="others"))


def ask(client: redis.Redis) -> None:
    """On the connection that it has: no new one is made."""
    client.connection.send_command("PING")
    client.connection.read_response()


def reachable(connect: Connect, group: RedisGroup) -> tuple[bool, bool]:
    """Whether every end point and node answers in plain text, and in TLS."""
    found = []
    for tls in (False, True):
        answers = set()
        for endpoint in [end for end in (group.primary, group.reader) if end] + [n.endpoint for n in group.nodes()]:
            try:
                answers.add(connect(endpoint, tls=tls, password=OLD, socket_timeout=1).ping())
            except (redis.ConnectionError, redis.TimeoutError):
                # A server without TLS reads the handshake as a command that has not ended.
                answers.add(False)
        assert len(answers) == 1
        found.append(answers.pop())
    return found[0], found[1]


@pytest.mark.parametrize("engine", ["redis", "valkey"])
@pytest.mark.parametrize("clustered", [False, True])
def test_tls_is_switched_on_in_two_steps(
    start_group: StartGroup, connect: Connect, runtime: Runtime, engine: str, clustered: bool
) -> None:
    mode = {"cluster_mode": "enabled", "shards": shards(2, 1)} if clustered else {"replicas": 1}
    spec = {"engine": engine, "automatic_failover": True, "users": (AclUser("default", "on ~* +@all", (OLD,)),), **mode}
    group = start_group(**spec)
    node = group.nodes()[0].endpoint
    connected = connect(node, password=OLD, single_connection_client=True)
    assert connected.ping()
    assert reachable(connect, group) == (True, False)
    with pytest.raises(ServerError, match="sessions: TLS goes from off to preferred, not to required"):
        group.apply(replace(group.spec, tls=True))
    group.apply(replace(group.spec, tls=True, tls_mode="preferred"))
    assert reachable(connect, group) == (True, True)
    assert connected.ping()
    grown = {"shards": shards(3, 1)} if clustered else {"replicas": 2}
    if clustered:
        write(cluster_client(runtime, group, password=OLD), 300)
    group.apply(replace(group.spec, **grown))
    assert reachable(connect, group) == (True, True)
    group.apply(replace(group.spec, tls_mode="required"))
    assert reachable(connect, group) == (False, True)
    with pytest.raises(redis.ConnectionError):
        ask(connected)
    if clustered:
        assert read(cluster_client(runtime, group, password=OLD), 300) == written(300)
        group.apply(replace(group.spec, shards=shards(2, 1)))
        assert read(cluster_client(runtime, group, password=OLD), 300) == written(300)
    for back in ({"tls": False}, {"tls_mode": "preferred"}):
        with pytest.raises(ServerError, match="TLS goes from required to nowhere, not to"):
            group.apply(replace(group.spec, **back))
    assert all(node.alive for node in group.nodes())


def test_the_first_step_can_be_taken_back(start_group: StartGroup, connect: Connect) -> None:
    group = start_group(replicas=1, tls=True, tls_mode="preferred", users=(AclUser("default", "on ~* +@all", (OLD,)),))
    assert reachable(connect, group) == (True, True)
    group.apply(replace(group.spec, tls=False))
    assert reachable(connect, group) == (True, False)
    connect(group.primary, password=OLD).set("key", "value")
    with group.operator() as operator:
        assert operator.wait(1, 2000) == 1


def test_a_fronted_server_is_restarted_behind_its_front(start_group: StartGroup, connect: Connect) -> None:
    group = start_group(tls=True, tls_mode="preferred")
    former = group.nodes()[0].pid
    with group.operator() as operator, pytest.raises(redis.ConnectionError):
        operator.execute_command("SHUTDOWN", "NOSAVE")
    eventually(lambda: group.nodes()[0].pid != former and connect(group.primary, tls=True).ping())
    assert connect(group.primary).ping()


def test_the_default_of_a_specification_is_an_open_group() -> None:
    spec = GroupSpec("sessions")
    assert (spec.tls, spec.auth_tokens, spec.users, spec.cluster_mode) == (False, (), (), "disabled")
