"""A replication group, cluster mode disabled: stable end points before servers that come, go and change roles."""

import logging
import random
import re
import threading
import time
from typing import TYPE_CHECKING

import redis

from local_aws.errors import ServerError
from local_aws.forwarder import Endpoint, Forwarder
from local_aws.redis.access import acl_rules
from local_aws.redis.members import Members
from local_aws.redis.node import Surroundings
from local_aws.redis.parameters import AT_START, check_parameters
from local_aws.redis.servers import server_program
from local_aws.redis.spec import AclUser, GroupSpec, NodeState

if TYPE_CHECKING:
    from local_aws.runtime import Runtime

__all__ = ["AclUser", "Endpoint", "GroupSpec", "NodeState", "RedisGroup", "ServerError"]

log = logging.getLogger(__name__)
WATCH_SECONDS = 0.1
RETRY_SECONDS = 1.0
UNCHANGEABLE = ("id", "engine", "port", "tls")


class RedisGroup:
    """A running group; make one with `start`."""

    def __init__(self, spec: GroupSpec, runtime: "Runtime") -> None:
        """Take the addresses of the end points; nothing runs yet."""
        self.spec = spec
        self._runtime = runtime
        self._lock = threading.RLock()
        self._stopping = threading.Event()
        self._forwarders: list[Forwarder] = []
        self._watcher = threading.Thread(target=self._watch, name=f"watcher-{spec.id}", daemon=True)
        self.primary = Endpoint(runtime.addresses.allocate(), spec.port)
        self.reader = Endpoint(runtime.addresses.allocate(), spec.port)
        self._members = Members(
            Surroundings(
                runtime.settings.run_dir / "nodes",
                runtime.supervisor,
                runtime.addresses,
                runtime.authority,
                runtime.operator_password,
                (self.primary.host, self.reader.host),
            )
        )

    @classmethod
    def start(cls, spec: GroupSpec, runtime: "Runtime") -> "RedisGroup":
        """Start all servers and wait until the replicas have the data; a failure leaves nothing behind."""
        _check(spec)
        server_program(spec.engine)
        acl_rules(spec.users, runtime.operator_password)
        group = runtime.register(spec.id, lambda: cls(spec, runtime))
        try:
            with group._lock:
                group._members.start(spec)
                group._listen()
            group._watcher.start()
        except BaseException:
            group.destroy()
            raise
        runtime.write_operator_file()
        return group

    def apply(self, spec: GroupSpec) -> None:
        """Bring the running servers to `spec` with their data; a failure puts the former specification back."""
        _check(spec)
        acl_rules(spec.users, self._runtime.operator_password)
        with self._lock:
            if self._stopping.is_set():
                raise ServerError(f"{self.spec.id} is being ended.")
            former = self.spec
            _check_change(former, spec)
            self._heal()
            try:
                self._converge(spec)
            except Exception as failure:
                try:
                    self._converge(former)
                except ServerError as second:
                    raise ServerError(f"{failure} Putting the former state back failed as well: {second}") from failure
                raise
            finally:
                self._runtime.write_operator_file()

    def destroy(self) -> None:
        """End the servers and give everything back; twice does no harm."""
        self.stop_watching()
        with self._lock:
            for forwarder in self._forwarders:
                forwarder.close()
            self._forwarders = []
            self._members.destroy()
            for endpoint in (self.primary, self.reader):
                self._runtime.addresses.release(endpoint.host)
        self._runtime.unregister(self)

    def nodes(self) -> list[NodeState]:
        """Every node as it is now."""
        primary = self._members.primary
        return [node.state("primary" if node is primary else "replica") for node in self._members.nodes]

    def operator(self, node_id: str | None = None) -> redis.Redis:
        """A new operator connection to a node, by default to the primary."""
        node = self._members.primary
        if node_id is not None:
            node = next((known for known in self._members.nodes if known.id == node_id), None)
        if node is None:
            raise ServerError(f"{self.spec.id} has no node {node_id or 'that is primary'}.")
        return node.connect()

    def stop_watching(self) -> None:
        """Let dead servers lie: from now on they die because they shall."""
        self._stopping.set()
        if self._watcher.is_alive():
            self._watcher.join()

    def _converge(self, spec: GroupSpec) -> None:
        try:
            self._change_servers(spec)
        except ServerError:
            # Connections of a dying process break a moment before it can be seen as dead.
            time.sleep(WATCH_SECONDS)
            if all(node.alive for node in self._members.nodes):
                raise
            self._heal()
            self._change_servers(spec)

    def _change_servers(self, spec: GroupSpec) -> None:
        # What may be refused comes first, what cannot be taken back comes last.
        self.spec = spec
        self._members.configure(spec)
        self._members.grow(spec)
        self._members.shrink(spec)

    def _listen(self) -> None:
        self._forwarders.append(Forwarder(self.primary, self._pick_primary))
        self._forwarders.append(Forwarder(self.reader, self._pick_reader))

    def _pick_primary(self) -> Endpoint | None:
        node = self._members.primary
        return node.endpoint if node and node.alive and node.in_sync else None

    def _pick_reader(self) -> Endpoint | None:
        replicas = [node.endpoint for node in self._members.replicas if node.alive and node.in_sync]
        return random.choice(replicas) if replicas else self._pick_primary()

    def _watch(self) -> None:
        pause = WATCH_SECONDS
        while not self._stopping.wait(pause):
            pause = WATCH_SECONDS
            try:
                with self._lock:
                    if not self._stopping.is_set():
                        self._heal()
            except Exception as error:  # whatever it was, the next death must be seen
                log.warning("%s: %s", self.spec.id, error, exc_info=not isinstance(error, ServerError))
                pause = RETRY_SECONDS

    def _heal(self) -> None:
        if not self._members.primary.alive:
            try:
                self._members.replace_primary(self.spec)
            finally:
                for forwarder in self._forwarders:
                    forwarder.drop_connections()
        self._members.gather_replicas(self.spec)


def _check(spec: GroupSpec) -> None:
    # ElastiCache API reference, CreateReplicationGroup, ReplicationGroupId.
    if not re.fullmatch(r"(?=.{1,40}$)[a-z](-?[a-z0-9])*", spec.id):
        raise ServerError(f"Not the id of a replication group: {spec.id!r}")
    if not 0 <= spec.replicas <= 5:
        raise ServerError(f"{spec.id}: a primary has 0 to 5 replicas, got: {spec.replicas}")
    if spec.automatic_failover and spec.replicas == 0:
        raise ServerError(f"{spec.id}: automatic failover needs a replica.")
    check_parameters(spec.parameters)


def _check_change(former: GroupSpec, spec: GroupSpec) -> None:
    for name in UNCHANGEABLE:
        if getattr(former, name) != getattr(spec, name):
            raise ServerError(f"{former.id}: {name} of a running group cannot be changed.")
    for name, default in AT_START.items():
        if former.parameters.get(name, default) != spec.parameters.get(name, default):
            raise ServerError(f"{former.id}: parameter {name} of a running group cannot be changed.")
