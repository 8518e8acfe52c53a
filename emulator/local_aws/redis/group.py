"""A replication group in any cluster mode: stable end points before servers that come, go and change roles."""

import logging
import random
import re
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import redis

from local_aws.errors import ServerError
from local_aws.forwarder import Endpoint, Forwarder
from local_aws.redis.access import acl_rules
from local_aws.redis.cluster import Cluster
from local_aws.redis.members import Members
from local_aws.redis.node import Node, Surroundings
from local_aws.redis.parameters import AT_START, check_parameters
from local_aws.redis.servers import server_program
from local_aws.redis.slots import wanted
from local_aws.redis.spec import AclUser, GroupSpec, NodeState, ShardSpec
from local_aws.watcher import WATCH_SECONDS, Watcher

if TYPE_CHECKING:
    from local_aws.runtime import Runtime

__all__ = ["AclUser", "Endpoint", "GroupSpec", "NodeState", "RedisGroup", "ServerError", "ShardSpec"]

log = logging.getLogger(__name__)
UNCHANGEABLE = ("id", "engine", "port")
# ElastiCache User Guide, "Enabling in-transit encryption": in two steps, and never back from the second.
TLS_STEPS = {"off": ("preferred",), "preferred": ("off", "required"), "required": ()}
# ElastiCache User Guide, "Modifying cluster mode".
CLUSTER_MODE_STEPS = {"disabled": ("compatible",), "compatible": ("disabled", "enabled"), "enabled": ()}


class RedisGroup:
    """A running group; make one with `start`."""

    def __init__(self, spec: GroupSpec, runtime: "Runtime") -> None:
        """Take the addresses of the end points; nothing runs yet."""
        self.spec = spec
        self._runtime = runtime
        self._lock = threading.RLock()
        self._forwarders: list[Forwarder] = []
        self._watcher = Watcher(spec.id, self._look)
        self.primary: Endpoint | None = None
        self.reader: Endpoint | None = None
        self.configuration: Endpoint | None = None
        if spec.cluster_mode != "enabled":
            self.primary, self.reader = self._new_endpoint(), self._new_endpoint()
        if spec.cluster_mode != "disabled":
            self.configuration = self._new_endpoint()
        self._around = Surroundings(
            runtime.settings.run_dir / "nodes",
            runtime.supervisor,
            runtime.addresses,
            runtime.authority,
            runtime.operator_password,
            lambda: [endpoint.host for endpoint in self._endpoints()],
            runtime.tokens,
        )
        self._members: Members | Cluster = (
            Cluster(self._around, spec) if spec.clustered else Members(self._around, spec.id)
        )

    @classmethod
    def start(cls, spec: GroupSpec, runtime: "Runtime") -> "RedisGroup":
        """Start all servers and wait until the replicas have the data; a failure leaves nothing behind."""
        _check(spec)
        server_program(spec.engine)
        acl_rules(spec.users, runtime.operator_password, spec.auth_tokens)
        wanted(spec.layout, {})
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
        acl_rules(spec.users, self._runtime.operator_password, spec.auth_tokens)
        with self._lock:
            if self._watcher.stopped:
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
            if spec.cluster_mode == "enabled":
                self._give_up_single_primary()

    def destroy(self) -> None:
        """End the servers and give everything back; twice does no harm."""
        self.stop_watching()
        with self._lock:
            for forwarder in self._forwarders:
                forwarder.close()
            self._forwarders = []
            self._members.destroy()
            for endpoint in self._endpoints():
                self._runtime.addresses.release(endpoint.host)
        self._runtime.unregister(self)

    def nodes(self) -> list[NodeState]:
        """Every node as it is now."""
        return [
            node.state("primary" if node is shard.primary else "replica", shard.id)
            for shard, _ in self._members.shards(self.spec)
            for node in shard.nodes
        ]

    def operator(self, node_id: str | None = None, timeout: float = 5) -> redis.Redis:
        """A new operator connection to a node, by default to the primary of the first shard."""
        node = self._first_primary()
        if node_id is not None:
            node = next((known for known in self._members.nodes if known.id == node_id), None)
        if node is None:
            raise ServerError(f"{self.spec.id} has no node {node_id or 'that is primary'}.")
        return node.connect(timeout)

    def stop_watching(self) -> None:
        """Let dead servers lie: from now on they die because they shall."""
        self._watcher.stop()

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
        if spec.clustered != self.spec.clustered:
            self._switch_cluster_mode(spec)
        self.spec = spec
        self._members.configure(spec)
        self._members.grow(spec)
        self._members.shrink(spec)

    def _switch_cluster_mode(self, spec: GroupSpec) -> None:
        """Restart the nodes in place with their data, which are a cluster from now on or none any more."""
        ((shard, former),) = self._members.shards(self.spec)
        if spec.clustered:
            _check_databases(shard.primary)
        shard.primary.leave(with_data=True)
        configuration = self.configuration
        # Before the nodes start: their certificates name it.
        self.configuration = self._new_endpoint() if spec.clustered else None
        try:
            self._relaunch(shard, spec)
            self._listen()
        except BaseException:
            self._close_endpoints(self.configuration)
            self.configuration = configuration
            shard.primary.leave(with_data=True)
            self._relaunch(shard, former)
            raise
        if not spec.clustered:
            self._close_endpoints(configuration)

    def _relaunch(self, shard: Members, spec: GroupSpec) -> None:
        if spec.clustered:
            cluster = Cluster(self._around, spec)
            cluster.adopt(spec, shard)
            self._members = cluster
        else:
            shard.relaunch_primary(spec)
            shard.relaunch_replicas(spec)
            self._members = shard

    def _listen(self) -> None:
        """At every end point where nobody listens yet."""
        picks = (
            (self.primary, self._pick_primary),
            (self.reader, self._pick_reader),
            (self.configuration, self._pick_any),
        )
        served = [forwarder.endpoint for forwarder in self._forwarders]
        self._forwarders += [
            Forwarder(endpoint, pick) for endpoint, pick in picks if endpoint and endpoint not in served
        ]

    def _give_up_single_primary(self) -> None:
        """The end points of a group with one shard, which compatible mode still had."""
        gone = self.primary, self.reader
        self.primary = self.reader = None
        self._close_endpoints(*gone)

    def _close_endpoints(self, *gone: Endpoint | None) -> None:
        for forwarder in [known for known in self._forwarders if known.endpoint in gone]:
            self._forwarders.remove(forwarder)
            forwarder.close()
        for endpoint in gone:
            if endpoint:
                self._runtime.addresses.release(endpoint.host)

    def _new_endpoint(self) -> Endpoint:
        return Endpoint(self._runtime.addresses.allocate(), self.spec.port)

    def _endpoints(self) -> list[Endpoint]:
        return [endpoint for endpoint in (self.primary, self.reader, self.configuration) if endpoint]

    def _first_primary(self) -> Node | None:
        return next((shard.primary for shard, _ in self._members.shards(self.spec)), None)

    def _pick_primary(self) -> Endpoint | None:
        node = self._first_primary()
        return node.endpoint if node and node.alive and node.in_sync else None

    def _pick_reader(self) -> Endpoint | None:
        primary = self._first_primary()
        if self.spec.clustered:
            # A replica in a cluster sends whoever does not say READONLY to the primary.
            return self._pick_primary()
        return self._pick([node for node in self._members.nodes if node is not primary]) or self._pick_primary()

    def _pick_any(self) -> Endpoint | None:
        return self._pick(self._members.nodes)

    def _pick(self, nodes: list[Node]) -> Endpoint | None:
        able = [node.endpoint for node in nodes if node.alive and node.in_sync]
        return random.choice(able) if able else None

    def _look(self) -> None:
        with self._lock:
            if not self._watcher.stopped:
                self._heal()

    def _heal(self) -> None:
        shards = self._members.shards(self.spec)
        for shard, spec in shards:
            if not shard.primary.alive:
                try:
                    shard.replace_primary(spec)
                finally:
                    for forwarder in self._forwarders:
                        forwarder.drop_connections()
        for shard, spec in shards:
            shard.gather_replicas(spec)


def _check(spec: GroupSpec) -> None:
    # ElastiCache API reference, CreateReplicationGroup, ReplicationGroupId.
    if not re.fullmatch(r"(?=.{1,40}$)[a-z](-?[a-z0-9])*", spec.id):
        raise ServerError(f"Not the id of a replication group: {spec.id!r}")
    for shard in spec.layout:
        if not 0 <= shard.replicas <= 5:
            raise ServerError(f"{spec.id}: a primary has 0 to 5 replicas, got: {shard.replicas}")
    if spec.cluster_mode == "enabled":
        _check_shards(spec)
    if spec.clustered and not spec.automatic_failover:
        raise ServerError(f"{spec.id}: cluster mode {spec.cluster_mode} needs automatic failover.")
    if spec.automatic_failover and spec.cluster_mode != "enabled" and spec.replicas == 0:
        raise ServerError(f"{spec.id}: automatic failover needs a replica.")
    check_parameters(spec.parameters)


def _tls_step(spec: GroupSpec) -> str:
    return spec.tls_mode if spec.tls else "off"


def _check_shards(spec: GroupSpec) -> None:
    if not 1 <= len(spec.shards) <= 500:
        raise ServerError(f"{spec.id}: cluster mode enabled has 1 to 500 shards, got: {len(spec.shards)}")
    ids = [shard.id for shard in spec.shards]
    if len(set(ids)) < len(ids) or not all(re.fullmatch(r"\d{4}", shard_id) for shard_id in ids):
        raise ServerError(f"{spec.id}: the ids of shards are four digits and differ, got: {', '.join(ids)}")


def _check_change(former: GroupSpec, spec: GroupSpec) -> None:
    for name in UNCHANGEABLE:
        if getattr(former, name) != getattr(spec, name):
            raise ServerError(f"{former.id}: {name} of a running group cannot be changed.")
    present, asked = _tls_step(former), _tls_step(spec)
    if asked not in (present, *TLS_STEPS[present]):
        steps = " or ".join(TLS_STEPS[present]) or "nowhere"
        raise ServerError(f"{former.id}: TLS goes from {present} to {steps}, not to {asked}.")
    _check_cluster_mode_step(former, spec)
    for name, default in AT_START.items():
        if former.parameters.get(name, default) != spec.parameters.get(name, default):
            raise ServerError(f"{former.id}: parameter {name} of a running group cannot be changed.")


def _check_cluster_mode_step(former: GroupSpec, spec: GroupSpec) -> None:
    if spec.cluster_mode not in (former.cluster_mode, *CLUSTER_MODE_STEPS[former.cluster_mode]):
        steps = " or ".join(CLUSTER_MODE_STEPS[former.cluster_mode]) or "nowhere"
        raise ServerError(
            f"{former.id}: cluster mode goes from {former.cluster_mode} to {steps}, not to {spec.cluster_mode}."
        )
    as_before = replace(spec, cluster_mode=former.cluster_mode, parameters=former.parameters)
    if spec.clustered != former.clustered and as_before != former:
        raise ServerError(
            f"{former.id}: nothing but the parameters can change while cluster mode goes from {former.cluster_mode} "
            f"to {spec.cluster_mode}."
        )


def _check_databases(node: Node) -> None:
    with node.session() as client:
        others = sorted(client.info("keyspace").keys() - {"db0"})
    if others:
        raise ServerError(f"{node.id}: a cluster has keys in database 0 only, found some in {', '.join(others)}.")
