"""Publishes what the nodes of all caches that run here are doing, under the names and dimensions of ElastiCache."""

import logging
import socket
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import redis

from local_aws.cloudwatch.metrics import Metric, MetricStore, Sample
from local_aws.errors import ServerError
from local_aws.resources.elasticache.metrics import memcached_metrics, redis_metrics
from local_aws.resources.elasticache.metrics.node_metrics import NodeMetrics
from local_aws.resources.elasticache.metrics.readings import Reading, Values
from local_aws.resources.elasticache.store import Store

log = logging.getLogger(__name__)
NAMESPACE = "AWS/ElastiCache"
ONLY_NODE = "0001"
# CloudWatch User Guide, "Supported AWS metrics" of resource tags: these exist under both dimensions together only.
WITH_NODE_ONLY = frozenset(
    {
        "ChannelAuthorizationFailures",
        "DatabaseCapacityUsagePercentage",
        "DatabaseMemoryUsageCountedForEvictPercentage",
        "ErrorCount",
        "TrafficManagementActive",
    }
)
# The same page, AWS::ElastiCache::ReplicationGroup: these exist of a whole group and of each of its shards too.
OF_GROUPS = frozenset({"DatabaseMemoryUsageCountedForEvictPercentage", "EngineCPUUtilization"})
# A server that hangs is not waited for any longer.
PATIENCE = 0.5
_AT_ONCE = 8

Connection = redis.Redis | socket.socket


class NodeId(NamedTuple):
    """A node as the dimensions name it."""

    cluster: str
    node: str = ONLY_NODE


@dataclass(frozen=True)
class _Target:
    """A node whose process runs."""

    id: NodeId
    # Its shard; Memcached has none.
    shard: tuple[str, str] | None
    replica: bool
    pid: int
    node_type: str
    # In the scale of this machine; None where it is not limited.
    memory: int | None
    connect: Callable[[], Connection]


class ElastiCachePublisher:
    """Keeps a connection to every node, so that asking does not look like load."""

    def __init__(self, store: Store, metrics: MetricStore) -> None:
        self._store = store
        self._metrics = metrics
        self._nodes: dict[NodeId, NodeMetrics] = {}
        self._connections: dict[tuple[NodeId, int], Connection] = {}
        self._pool = ThreadPoolExecutor(_AT_ONCE, "metrics")

    def publish(self, minute: float) -> None:
        """What happened in the minute that began then. A node that does not answer publishes nothing."""
        targets = [*self._redis_nodes(), *self._memcached_nodes()]
        self._forget_all_but({(target.id, target.pid) for target in targets})
        offsets: dict[tuple[str, str] | None, int] = {}
        # Primaries first: a replica that has what its primary had a moment ago does not lag.
        for replicas in (False, True):
            asked = [target for target in targets if target.replica == replicas]
            for target, reading in zip(asked, self._pool.map(self._ask, asked), strict=True):
                if reading is None:
                    continue
                if target.shard and not replicas:
                    offsets[target.shard] = redis_metrics.offset(reading)
                self._put(target, minute, self._values(target, reading, offsets.get(target.shard), minute))

    def _values(self, target: _Target, reading: Reading, primary_offset: int | None, minute: float) -> Values:
        node = self._nodes.get(target.id)
        if node is None or node.pid != target.pid:
            node = self._nodes[target.id] = NodeMetrics(target.pid, target.node_type)
        interval = node.since_last(reading)
        values = node.host(interval, minute)
        if target.shard:
            values |= redis_metrics.gauges(reading, primary_offset) | redis_metrics.memory(reading, target.memory)
            return values | redis_metrics.happened(interval) if interval else values
        values |= memcached_metrics.gauges(reading) | memcached_metrics.memory(reading, target.memory)
        return values | memcached_metrics.happened(interval) if interval else values

    def _put(self, target: _Target, minute: float, values: Values) -> None:
        for name, (value, unit) in values.items():
            sample = Sample(minute, float(value), unit)
            for dimensions in _dimensions(target, name):
                self._metrics.put(Metric.of(NAMESPACE, name, dimensions), sample)

    def _ask(self, target: _Target) -> Reading | None:
        key = (target.id, target.pid)
        try:
            if key not in self._connections:
                self._connections[key] = target.connect()
            connection = self._connections[key]
            read = redis_metrics.read if isinstance(connection, redis.Redis) else memcached_metrics.read
            return read(connection, target.pid)
        except (OSError, redis.RedisError, ServerError) as error:
            log.debug("%s publishes no metrics: %s", target.id, error)
            self._hang_up(key)
            return None

    def _redis_nodes(self) -> Iterable[_Target]:
        for group in list(self._store.replication_groups.values()):
            servers = self._store.runtime.groups.get(group.id)
            for node in servers.nodes() if servers else []:
                if node.alive and node.pid:
                    yield _Target(
                        NodeId(node.id),
                        (group.id, node.shard),
                        node.role == "replica",
                        node.pid,
                        group.properties["CacheNodeType"],
                        group.spec.maxmemory_bytes,
                        lambda servers=servers, node=node: servers.operator(node.id, PATIENCE),
                    )

    def _memcached_nodes(self) -> Iterable[_Target]:
        for cluster in list(self._store.cache_clusters.values()):
            servers = self._store.runtime.groups.get(cluster.id)
            for node in servers.nodes() if servers else []:
                if node.alive and node.pid:
                    yield _Target(
                        NodeId(cluster.id, node.id),
                        None,
                        False,
                        node.pid,
                        cluster.properties["CacheNodeType"],
                        cluster.spec.memory_bytes,
                        lambda servers=servers, node=node: servers.connect(node.id, PATIENCE),
                    )

    def _forget_all_but(self, alive: set[tuple[NodeId, int]]) -> None:
        for key in self._connections.keys() - alive:
            self._hang_up(key)
        for node in self._nodes.keys() - {node for node, _ in alive}:
            del self._nodes[node]

    def _hang_up(self, key: tuple[NodeId, int]) -> None:
        if connection := self._connections.pop(key, None):
            connection.close()


def _dimensions(target: _Target, name: str) -> Iterable[dict[str, str]]:
    """All that a value is published under. What several nodes share has a sample of each."""
    cluster = {"CacheClusterId": target.id.cluster}
    yield {**cluster, "CacheNodeId": target.id.node}
    if name not in WITH_NODE_ONLY:
        yield cluster
    if target.shard and name in OF_GROUPS:
        group, shard = target.shard
        yield {"ReplicationGroupId": group}
        yield {"ReplicationGroupId": group, "NodeGroupId": shard}
