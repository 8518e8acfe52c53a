"""One server process of a group: its files, its start and the settings it runs with."""

import re
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Literal

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from local_aws.addresses import AddressBlock, beside
from local_aws.certificates import CertificateAuthority
from local_aws.errors import ServerError
from local_aws.forwarder import Endpoint
from local_aws.iam_tokens import TokenVerifier
from local_aws.private_files import write_private
from local_aws.processes import Process, Supervisor
from local_aws.redis.access import MONITOR, OPERATOR, acl_file, acl_rules
from local_aws.redis.listening import Listening
from local_aws.redis.parameters import ELASTICACHE_DEFAULTS, running_settings, start_settings
from local_aws.redis.servers import server_program
from local_aws.redis.spec import GroupSpec, NodeState

PATIENCE = 20.0


def bus_port(port: int) -> int:
    """Where the nodes of a cluster talk among each other."""
    return beside(port, 10000)


class _SourceLost(ServerError):
    """Waiting any longer is of no use."""


@dataclass(frozen=True)
class Surroundings:
    """What every node of a group gets from the run."""

    directory: Path
    supervisor: Supervisor
    addresses: AddressBlock
    authority: CertificateAuthority
    operator_password: str = field(repr=False)
    # Addresses besides its own under which clients reach a node, at this moment.
    shared_ips: Callable[[], Iterable[str]]
    # Who says whether the token of an IAM user is good.
    tokens: TokenVerifier


class Node:
    """A server under an id, an address and a directory that outlive its process."""

    def __init__(self, node_id: str, spec: GroupSpec, surroundings: Surroundings) -> None:
        """Take an address and issue the certificate; `launch` starts the server."""
        self.id = node_id
        # Whether it has received the data since its start, and whether it receives what is written now.
        self.has_data = False
        self.in_sync = False
        self._starts_with_data = False
        self._around = surroundings
        self._tls = spec.tls
        self._process: Process | None = None
        self._client: redis.Redis | None = None
        self._clustered = spec.clustered
        # The name it has among the nodes of its cluster, which it keeps when it is started again.
        self.cluster_id = ""
        self._defaults: dict[str, str] = {}
        self._changed: set[str] = set()
        self._directory = surroundings.directory / node_id
        self.endpoint = Endpoint(surroundings.addresses.allocate(), spec.port)
        self._dump = self._directory / "dump.rdb"
        self._directory.mkdir(mode=0o700, parents=True)
        self._listening = Listening(self.endpoint, self._directory, surroundings)

    @property
    def alive(self) -> bool:
        """Whether its process runs."""
        return self._process is not None and self._process.alive

    @property
    def operator_password(self) -> str:
        """With which one server logs in to another."""
        return self._around.operator_password

    def state(self, role: Literal["primary", "replica"], shard: str) -> NodeState:
        """What is shown of it."""
        pid = self._process.pid if self._process else None
        return NodeState(self.id, role, self.endpoint, pid, self.alive, shard)

    def launch(self, spec: GroupSpec, primary: "Node | None") -> None:
        """Start the process, as replica of `primary` unless None; `prepare` completes the start."""
        self.has_data = self.in_sync = primary is None
        self._changed = set()
        self._tls, self._clustered = spec.tls, spec.clustered
        self._disconnect()
        self._write_files(spec, primary)
        if not self._starts_with_data:
            # Left by the last feeding of a replica; a server would read it as its own data of long ago.
            self._dump.unlink(missing_ok=True)
        argv = [server_program(spec.engine), str(self._directory / "server.conf")]
        self._process = self._around.supervisor.start(f"{spec.engine}-{self.id}", argv)

    def prepare(self, spec: GroupSpec) -> None:
        """Wait until the launched server answers, then bring it to the specification."""
        self.wait_for(self._answers, "an answer")
        self._starts_with_data = False
        with self.session() as client:
            self._defaults = client.config_get("*")
            if spec.clustered:
                self.cluster_id = client.execute_command("CLUSTER MYID")
        self.configure(spec)

    def configure(self, spec: GroupSpec) -> None:
        """Parameters and users of the running server; what `spec` does not name goes back to its default."""
        settings = running_settings(spec.parameters, self._defaults, spec.maxmemory_bytes)
        forgotten = {name: self._defaults[name] for name in self._changed - settings.keys()}
        self._listening.change(spec, self.execute)
        self._tls = spec.tls
        with self.session() as client:
            # One command for all: the server takes every value or none, and names the one that it refuses.
            client.execute_command("CONFIG", "SET", *chain.from_iterable((forgotten | settings).items()))
            self._changed = settings.keys() - ELASTICACHE_DEFAULTS.keys()
            self._set_users(client, spec)

    def follow(self, primary: "Node | None") -> None:
        """Become a replica of `primary`, or a primary when it is None."""
        if self._clustered and primary:
            self.meet(primary)
            self.wait_for(lambda: self.execute("CLUSTER REPLICATE", primary.cluster_id), f"place below {primary.id}")
        elif self._clustered:
            # Without a vote, which one or two shards could not hold.
            self.execute("CLUSTER FAILOVER", "TAKEOVER")
            self.wait_for(lambda: self.execute("ROLE")[0] == "master", "promotion")
        else:
            self.execute("REPLICAOF", *(primary.endpoint if primary else ("NO", "ONE")))
        self.in_sync = primary is None

    def meet(self, other: "Node") -> None:
        """Make the two know each other as nodes of one cluster."""
        self.execute("CLUSTER MEET", *other.endpoint, bus_port(other.endpoint.port))

    def execute(self, *command: object) -> Any:
        """One command as operator."""
        with self.session() as client:
            return client.execute_command(*command)

    def wait_in_sync(self, source: "Node") -> None:
        """Wait until the replica has received everything; pointless once `source` is dead."""

        def received() -> bool:
            if not source.alive:
                raise _SourceLost(f"{source.id} ended while {self.id} was reading from it.")
            return self.replication().get("master_link_status") == "up" and source.feeds(self)

        self.wait_for(received, "replication")
        self.has_data = self.in_sync = True

    def feeds(self, replica: "Node") -> bool:
        """Whether what is written here goes to the replica from now on, which begins later than its link is up."""
        followers = [entry for name, entry in self.replication().items() if re.fullmatch(r"slave\d+", name)]
        return any(entry["ip"] == replica.endpoint.host and entry["state"] == "online" for entry in followers)

    def replication(self) -> dict[str, Any]:
        """The server's own account of its replication."""
        with self.session() as client:
            return client.info("replication")

    def connect(self, timeout: float = 5) -> redis.Redis:
        """A new connection as operator."""
        tls = {"ssl": True, "ssl_ca_certs": str(self._around.authority.ca_file)} if self._tls else {}
        return redis.Redis(
            *self.endpoint,
            username=OPERATOR,
            password=self._around.operator_password,
            client_name=MONITOR,
            decode_responses=True,
            protocol=2,
            socket_timeout=timeout,
            socket_connect_timeout=timeout,
            retry=Retry(NoBackoff(), 0),
            **tls,
        )

    def wait_for(self, condition: Callable[[], bool], what: str) -> None:
        """Poll `condition`, and give up with the server's own words when it ends or takes too long."""
        deadline = time.monotonic() + PATIENCE
        failure = ""
        while time.monotonic() < deadline:
            if not self.alive:
                raise ServerError(f"{self.id} ended: {self._last_words()}")
            try:
                if condition():
                    return
            except _SourceLost:
                raise
            except ServerError as error:
                failure = str(error)
            time.sleep(0.02)
        raise ServerError(f"{self.id}: no {what} within {PATIENCE:.0f} s. {failure} {self._last_words()}")

    def leave(self, *, with_data: bool) -> None:
        """End the server and its membership in a cluster; the next `launch` starts `with_data`."""
        if with_data and self.alive:
            # A dump that is there afterwards is this one.
            self._dump.unlink(missing_ok=True)
            with self.session() as client:
                client.shutdown(save=True)
            if not self._dump.exists():
                raise ServerError(f"{self.id} ended without saving its data: {self._last_words()}")
        self._process.kill()
        self._starts_with_data = with_data
        (self._directory / "nodes.conf").unlink(missing_ok=True)
        self._listening.forget_certificate()

    def destroy(self) -> None:
        """End the server; its address and directory are given back."""
        if self._process is not None:
            # Nothing is to be saved, and asked politely a server takes a tenth of a second.
            self._process.kill()
        self._disconnect()
        self._listening.close()
        self._around.addresses.release(self.endpoint.host)
        shutil.rmtree(self._directory, ignore_errors=True)

    def _disconnect(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    def _answers(self) -> bool:
        # Not patient with somebody else who listens on the port: then the server is about to say so and end.
        with self.connect(timeout=0.5) as client, self._speaking_of_it():
            return client.ping()

    @contextmanager
    def session(self) -> Iterator[redis.Redis]:
        """The emulator's own connection, kept because a new one over TLS takes long; its failures speak of the node."""
        if self._client is None:
            self._client = self.connect()
        with self._speaking_of_it():
            yield self._client

    @contextmanager
    def _speaking_of_it(self) -> Iterator[None]:
        try:
            yield
        except redis.RedisError as error:
            raise ServerError(f"{self.id}: {error}") from error

    def _last_words(self) -> str:
        return self._process.last_words() if self._process else ""

    def _write_files(self, spec: GroupSpec, primary: "Node | None") -> None:
        settings = {
            "bind": self.endpoint.host,
            "bind-source-addr": self.endpoint.host,
            "replica-announce-ip": self.endpoint.host,
            "replica-announce-port": str(self.endpoint.port),
            "protected-mode": "no",
            "dir": str(self._directory),
            "save": '""',
            "appendonly": "no",
            "shutdown-timeout": "0",
            # Fed from memory, a replica gets no writes before its next acknowledgement, up to a second later.
            "repl-diskless-sync": "no",
            "repl-ping-replica-period": "1",
            "aclfile": str(self._directory / "users.acl"),
            "masteruser": OPERATOR,
            "masterauth": self._around.operator_password,
            **self._listening.begin(spec),
            **(self._cluster_settings() if spec.clustered else {}),
            **start_settings(spec.parameters),
        }
        if primary is not None and not spec.clustered:
            settings["replicaof"] = "{} {}".format(*primary.endpoint)
        rules = acl_rules(spec.users, self._around.operator_password, spec.auth_tokens)
        write_private(self._directory / "users.acl", acl_file(rules))
        write_private(self._directory / "server.conf", "".join(f"{name} {value}\n" for name, value in settings.items()))

    def _cluster_settings(self) -> Mapping[str, str]:
        host, port = self.endpoint
        return {
            "cluster-enabled": "yes",
            "cluster-config-file": "nodes.conf",
            "cluster-node-timeout": "2000",
            "cluster-port": str(bus_port(port)),
            "cluster-announce-ip": host,
            "cluster-announce-port": str(port),
            "cluster-announce-tls-port": str(port),
            # Who is primary is decided by those who see the processes, and nobody moves unasked.
            "cluster-replica-no-failover": "yes",
            "cluster-allow-replica-migration": "no",
            # ElastiCache User Guide, "Redis OSS 3.2.4 and newer parameter changes": its default.
            "cluster-require-full-coverage": "no",
        }

    def _set_users(self, client: redis.Redis, spec: GroupSpec) -> None:
        rules = acl_rules(spec.users, self._around.operator_password, spec.auth_tokens)
        write_private(self._directory / "users.acl", acl_file(rules))
        for name, words in rules.items():
            # One command for all words of a user: open connections never see a state in between.
            client.execute_command("ACL", "SETUSER", name, "reset", *words)
        gone = set(client.acl_users()) - rules.keys()
        if gone:
            client.acl_deluser(*gone)
