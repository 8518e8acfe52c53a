"""The nodes of one shard and their roles: who is primary, who follows, and who takes over."""

import logging

from local_aws.errors import ServerError
from local_aws.redis.node import Node, Surroundings
from local_aws.redis.spec import ONLY_SHARD, GroupSpec

log = logging.getLogger(__name__)


class Members:
    """A primary and its replicas. Lists are replaced, never changed, so that readers need no lock."""

    def __init__(self, surroundings: Surroundings, prefix: str, shard: str = ONLY_SHARD) -> None:
        """Without nodes until `start`; their ids begin with `prefix`."""
        self._around = surroundings
        self._prefix = prefix
        self.id = shard
        self.nodes: list[Node] = []
        self.primary: Node | None = None
        # The replication id of the present primary: a replica shows it once it has received the data.
        self._lineage = ""

    @property
    def replicas(self) -> list[Node]:
        """All nodes but the primary."""
        return [node for node in self.nodes if node is not self.primary]

    def shards(self, spec: GroupSpec) -> list[tuple["Members", GroupSpec]]:
        """Itself, as the only shard of a group with cluster mode disabled."""
        return [(self, spec)]

    def start(self, spec: GroupSpec) -> None:
        """The primary, then all replicas at once."""
        self.primary = self._new_node(spec)
        self.relaunch_primary(spec)
        self.grow(spec)

    def relaunch_primary(self, spec: GroupSpec) -> None:
        """Start the primary, which has left with its data, as `spec` says."""
        self.primary.launch(spec, None)
        self.primary.prepare(spec)
        self._lineage = self.primary.replication()["master_replid"]

    def relaunch_replicas(self, spec: GroupSpec) -> None:
        """Start all replicas again, to be filled by the present primary."""
        for node in self.replicas:
            node.leave(with_data=False)
        self._bring_up(spec, self.replicas)

    def grow(self, spec: GroupSpec) -> None:
        """Add the replicas that are missing, all or none."""
        former = self.nodes
        try:
            added = [self._new_node(spec) for _ in range(spec.replicas - len(self.replicas))]
            self._bring_up(spec, added)
        except BaseException:
            self._reduce_to(former)
            raise

    def shrink(self, spec: GroupSpec) -> None:
        """Remove the replicas that are too many, the youngest first."""
        surplus = self.replicas[spec.replicas :]
        self._reduce_to([node for node in self.nodes if node not in surplus])

    def configure(self, spec: GroupSpec) -> None:
        """Parameters and users on every node."""
        for node in self.nodes:
            node.configure(spec)

    def replace_primary(self, spec: GroupSpec) -> None:
        """After the death of the primary: find or make another one that has its data, if any replica has."""
        dead = self.primary
        heir = self._most_advanced()
        if heir is None:
            log.warning("%s died and no replica has its data: it starts empty", dead.id)
            self._restart_primary(spec, None)
        elif spec.automatic_failover:
            log.warning("%s died: %s becomes primary", dead.id, heir.id)
            heir.follow(None)
            self.primary = heir
        else:
            log.warning("%s died and automatic failover is off: it is refilled from %s", dead.id, heir.id)
            # A replica without its primary hands no data on, so it leads until the primary has caught up.
            heir.follow(None)
            self._restart_primary(spec, heir)
        for node in self.replicas:
            node.in_sync = False
        self._lineage = self.primary.replication()["master_replid"]

    def gather_replicas(self, spec: GroupSpec) -> None:
        """Make every replica that is dead or has lost its primary follow the present one."""
        lost = [node for node in self.replicas if not (node.alive and node.in_sync)]
        for node in lost:
            if node.alive:
                node.follow(self.primary)
        self._bring_up(spec, [node for node in lost if not node.alive])
        for node in lost:
            node.wait_in_sync(self.primary)

    def destroy(self) -> None:
        """End all servers."""
        self.primary = None
        self._reduce_to([])

    def _reduce_to(self, kept: list[Node]) -> None:
        surplus = [node for node in self.nodes if node not in kept]
        self.nodes = kept
        for node in surplus:
            node.destroy()

    def _new_node(self, spec: GroupSpec) -> Node:
        taken = {node.id for node in self.nodes}
        number = next(n for n in range(1, len(taken) + 2) if f"{self._prefix}-{n:03d}" not in taken)
        node = Node(f"{self._prefix}-{number:03d}", spec, self._around)
        self.nodes = sorted([*self.nodes, node], key=lambda known: known.id)
        return node

    def _bring_up(self, spec: GroupSpec, replicas: list[Node]) -> None:
        for node in replicas:
            node.launch(spec, self.primary)
        for node in replicas:
            node.prepare(spec)
            if spec.clustered:
                # No setting of a server at its start says whom it follows in a cluster.
                node.follow(self.primary)
        for node in replicas:
            node.wait_in_sync(self.primary)

    def _restart_primary(self, spec: GroupSpec, source: Node | None) -> None:
        self.primary.launch(spec, source)
        self.primary.prepare(spec)
        if source:
            self.primary.wait_in_sync(source)
            self.primary.follow(None)

    def _most_advanced(self) -> Node | None:
        """The replica with the least lag, as ElastiCache chooses (User Guide, "Minimizing downtime with Multi-AZ")."""
        progress = {node: self._progress(node) for node in self.replicas if node.alive}
        return max((node for node in progress if progress[node] >= 0), key=progress.__getitem__, default=None)

    def _progress(self, node: Node) -> int:
        """How far a replica has read the stream of its primary; less than zero without the data that came before it."""
        try:
            replication = node.replication()
        except ServerError:
            return -1
        # It may have received the data a moment ago, unknown to us.
        has_data = node.has_data or replication["master_replid"] == self._lineage
        return replication["master_repl_offset"] if has_data else -1
