"""The shards of a Redis Cluster: how they come together, share the hash slots, grow, shrink and part."""

from dataclasses import replace

from local_aws.redis.members import Members
from local_aws.redis.node import Node, Surroundings
from local_aws.redis.resharding import reshard
from local_aws.redis.slots import SLOTS, Ownership, moves, ranges, wanted
from local_aws.redis.spec import GroupSpec, ShardSpec
from local_aws.redis.topology import View, agrees, topology


class Cluster:
    """Offers what `Members` offers, for several shards. Dictionaries are replaced, never changed."""

    def __init__(self, surroundings: Surroundings, spec: GroupSpec) -> None:
        """Without shards until `start`."""
        self._around = surroundings
        self._shards: dict[str, Members] = {}
        self._prefix = spec.id

    @property
    def nodes(self) -> list[Node]:
        """The nodes of all shards."""
        return [node for shard in self._shards.values() for node in shard.nodes]

    def shards(self, spec: GroupSpec) -> list[tuple[Members, GroupSpec]]:
        """Every shard with the specification of its own; shards that `spec` does not know keep their replicas."""
        known = {shard.id: shard for shard in spec.layout}
        return [
            (members, replace(spec, replicas=known[name].replicas if name in known else len(members.replicas)))
            for name, members in self._shards.items()
        ]

    def start(self, spec: GroupSpec) -> None:
        """All shards with all nodes, and every slot given to one of them."""
        self._add_shards(spec)
        for name, slots in wanted(spec.layout, {}).items():
            _give(self._shards[name].primary, slots)
        for shard, own in self.shards(spec):
            shard.grow(own)
        self._settle()

    def adopt(self, spec: GroupSpec, shard: Members) -> None:
        """Start a shard from outside of clusters as the only one here; its primary has left with its data."""
        self._shards = {shard.id: shard}
        shard.relaunch_primary(spec)
        _number(shard)
        # At its start a server claims the slots that it has keys for.
        _give(shard.primary, set(range(SLOTS)) - self._owned()[shard.id])
        shard.relaunch_replicas(spec)
        self._settle()

    def configure(self, spec: GroupSpec) -> None:
        """Parameters and users on every node."""
        for shard, own in self.shards(spec):
            shard.configure(own)

    def grow(self, spec: GroupSpec) -> None:
        """Add the shards and replicas that are missing, and bring every slot to where it belongs."""
        former = set(self._shards)
        try:
            self._add_shards(spec)
            self._settle()
            # Before the new shards have replicas, for which every change of a slot would wait.
            self._reshard(spec)
            for shard, own in self.shards(spec):
                shard.grow(own)
            self._settle()
        except BaseException:
            # What already owns slots is brought back and removed by those who put the former specification back.
            self._drop_shards(keep=former | {name for name, slots in self._owned().items() if slots})
            raise

    def shrink(self, spec: GroupSpec) -> None:
        """Remove the shards that `spec` does not have, which own nothing any more, and the replicas too many."""
        self._drop_shards(keep={shard.id for shard in spec.layout})
        for shard, own in self.shards(spec):
            shard.shrink(own)
        self._forget_strangers()
        self._settle()

    def destroy(self) -> None:
        """End all servers."""
        for shard in self._shards.values():
            shard.destroy()
        self._shards = {}

    def _add_shards(self, spec: GroupSpec) -> None:
        for shard in spec.layout:
            if shard.id not in self._shards:
                self._add_shard(spec, shard)

    def _add_shard(self, spec: GroupSpec, shard: ShardSpec) -> None:
        prefix = f"{self._prefix}-{shard.id}" if spec.cluster_mode == "enabled" else self._prefix
        members = Members(self._around, prefix, shard.id)
        known = [other.primary for other in self._shards.values()]
        self._shards = dict(sorted({**self._shards, shard.id: members}.items()))
        members.start(replace(spec, replicas=0))
        _number(members)
        if known:
            members.primary.meet(known[0])

    def _drop_shards(self, keep: set[str]) -> None:
        dropped = [shard for name, shard in self._shards.items() if name not in keep]
        self._shards = {name: shard for name, shard in self._shards.items() if name in keep}
        for shard in dropped:
            shard.destroy()
        self._forget_strangers()

    def _forget_strangers(self) -> None:
        """Make every node forget the nodes that have been removed, which it would wait for."""
        ours = {node.cluster_id for node in self.nodes}
        for node in self.nodes:
            if node.alive:
                for stranger in {known.id for known in topology(node)} - ours:
                    node.execute("CLUSTER FORGET", stranger)

    def _owned(self) -> Ownership:
        """The slots of every shard by the word of its primary."""
        owned = {}
        for name, shard in self._shards.items():
            views = topology(shard.primary) if shard.primary and shard.primary.alive else []
            owned[name] = {slot for view in views if view.id == shard.primary.cluster_id for slot in view.all_slots()}
        return owned

    def _reshard(self, spec: GroupSpec) -> None:
        present = self._owned()
        for (source, destination), slots in moves(present, wanted(spec.layout, present)).items():
            reshard(self._shards[source].primary, self._shards[destination].primary, slots)
        self._settle()

    def _settle(self) -> None:
        """Wait until all nodes tell their clients the same, and that is what it shall be."""
        owned = self._owned()
        expected = set()
        for name, shard in self._shards.items():
            expected.add(View(shard.primary.cluster_id, "", tuple(ranges(owned[name]))))
            expected |= {View(node.cluster_id, shard.primary.cluster_id, ()) for node in shard.replicas}
        for node in self.nodes:
            node.wait_for(lambda node=node: agrees(node, expected), "agreement of the cluster")


def _number(shard: Members) -> None:
    """An epoch of its own for the primary, before it knows others."""
    shard.primary.execute("CLUSTER SET-CONFIG-EPOCH", int(shard.id))


def _give(node: Node, slots: set[int]) -> None:
    node.execute("CLUSTER ADDSLOTSRANGE", *(bound for pair in ranges(slots) for bound in pair))
