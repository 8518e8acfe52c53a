"""A Memcached pool: nodes that come and go, and one end point that tells of them all."""

import logging
import random
import re
import socket
import threading
import time
from typing import TYPE_CHECKING

from local_aws.errors import ServerError
from local_aws.forwarder import Endpoint
from local_aws.memcached.front import Front
from local_aws.memcached.node import Node
from local_aws.memcached.parameters import check_parameters
from local_aws.memcached.servers import memcached_program
from local_aws.memcached.spec import MOST_NODES, NodeState, PoolSpec
from local_aws.watcher import Watcher

if TYPE_CHECKING:
    from local_aws.runtime import Runtime

log = logging.getLogger(__name__)
# ElastiCache takes minutes. Here it is long enough for clients to notice.
REPLACE_SECONDS = 2.0
UNCHANGEABLE = ("id", "port", "tls")


class MemcachedPool:
    """A running pool; make one with `start`."""

    def __init__(self, spec: PoolSpec, runtime: "Runtime") -> None:
        """Take the address of the configuration end point; nothing runs yet."""
        self.spec = spec
        self.configuration = Endpoint(runtime.addresses.allocate(), spec.port)
        self._runtime = runtime
        self._lock = threading.RLock()
        self._watcher = Watcher(spec.id, self._look)
        self._front: Front | None = None
        # Replaced, never changed, so that readers need no lock.
        self._nodes: list[Node] = []
        # Counts the changes of what auto discovery tells.
        self._version = 1

    @classmethod
    def start(cls, spec: PoolSpec, runtime: "Runtime") -> "MemcachedPool":
        """Start all servers and wait until they answer; a failure leaves nothing behind."""
        _check(spec)
        memcached_program()
        pool = runtime.register(spec.id, lambda: cls(spec, runtime))
        try:
            with pool._lock:
                pool._nodes = pool._launched(spec, spec.nodes)
                pool._front = Front(pool.configuration, pool._pick, pool.members, pool._nodes[0].tls)
            pool._watcher.start()
        except BaseException:
            pool.destroy()
            raise
        runtime.write_operator_file()
        return pool

    def apply(self, spec: PoolSpec) -> None:
        """Bring the running pool to `spec`; a failure leaves it as it was, the nodes that stay keep their items.

        Parameters reach a node when it is started next, as the service has it; another version starts all of them.
        """
        _check(spec)
        with self._lock:
            if self._watcher.stopped:
                raise ServerError(f"{self.spec.id} is being ended.")
            former = self.spec
            _check_change(former, spec)
            if (former.parameters, former.memory_bytes) != (spec.parameters, spec.memory_bytes):
                self._try_out(spec)
            added = self._launched(spec, spec.nodes - len(self._nodes))
            surplus = self._nodes[spec.nodes :]
            self._tell([node for node in self._nodes if node not in surplus] + added)
            for node in surplus:
                node.destroy()
            self.spec = spec
            if former.version != spec.version:
                for node in self._nodes:
                    node.restart(spec)
        self._runtime.write_operator_file()

    def destroy(self) -> None:
        """End the servers and give everything back; twice does no harm."""
        self.stop_watching()
        with self._lock:
            if self._front is not None:
                self._front.close()
                self._front = None
            nodes, self._nodes = self._nodes, []
            for node in nodes:
                node.destroy()
            self._runtime.addresses.release(self.configuration.host)
        self._runtime.unregister(self)

    def nodes(self) -> list[NodeState]:
        """Every node as it is now."""
        return [node.state() for node in self._nodes]

    def connect(self, node_id: str, timeout: float) -> socket.socket:
        """A new connection to the server of a node."""
        for node in self._nodes:
            if node.id == node_id:
                return node.connect(timeout)
        raise ServerError(f"{self.spec.id} has no node {node_id}.")

    def members(self) -> str:
        """What auto discovery tells: ElastiCache User Guide, "Adding auto discovery to your client library"."""
        told = " ".join(f"{node.endpoint.host}|{node.endpoint.host}|{node.endpoint.port}" for node in self._nodes)
        return f"{self._version}\n{told}\n"

    def stop_watching(self) -> None:
        """Let dead servers lie: from now on they die because they shall."""
        self._watcher.stop()

    def _pick(self) -> Endpoint | None:
        serving = [node.server for node in self._nodes if node.server]
        return random.choice(serving) if serving else None

    def _tell(self, nodes: list[Node]) -> None:
        if nodes != self._nodes:
            self._nodes = nodes
            self._version += 1

    def _launched(self, spec: PoolSpec, number: int) -> list[Node]:
        """More nodes that serve, or none."""
        taken = {node.id for node in self._nodes}
        free = [n for n in range(1, MOST_NODES + 1) if f"{n:04d}" not in taken]
        added: list[Node] = []
        try:
            for n in free[: max(number, 0)]:
                added.append(Node(n, spec, self._runtime, self.configuration.host))
                added[-1].launch(spec)
                added[-1].listen(self.members)
        except BaseException:
            for node in added:
                node.destroy()
            raise
        return added

    def _try_out(self, spec: PoolSpec) -> None:
        """Have a server say now whether it would start with the parameters, not when a node has died."""
        node = Node(MOST_NODES + 1, spec, self._runtime, self.configuration.host)
        try:
            node.launch(spec)
        finally:
            node.destroy()

    def _look(self) -> None:
        with self._lock:
            if self._watcher.stopped:
                return
            for node in self._nodes:
                if not node.alive:
                    self._replace(node)

    def _replace(self, node: Node) -> None:
        if node.died is None:
            node.died = time.monotonic()
            log.warning("%s: node %s died, it is replaced in %.0f s", self.spec.id, node.id, REPLACE_SECONDS)
        if time.monotonic() - node.died >= REPLACE_SECONDS:
            node.launch(self.spec)
            self._version += 1


def _check(spec: PoolSpec) -> None:
    # ElastiCache API reference, CreateCacheCluster, CacheClusterId.
    if not re.fullmatch(r"(?=.{1,50}$)[a-z](-?[a-z0-9])*", spec.id):
        raise ServerError(f"Not the id of a cache cluster: {spec.id!r}")
    if not 1 <= spec.nodes <= MOST_NODES:
        raise ServerError(f"{spec.id}: a pool has 1 to {MOST_NODES} nodes here, got: {spec.nodes}")
    check_parameters(spec.parameters)


def _check_change(former: PoolSpec, spec: PoolSpec) -> None:
    for name in UNCHANGEABLE:
        if getattr(former, name) != getattr(spec, name):
            raise ServerError(f"{former.id}: {name} of a running pool cannot be changed.")
