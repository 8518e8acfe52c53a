"""Which changes ElastiCache makes to a running replication group; the others replace it or are refused."""

from local_aws.cloudformation.errors import ResourceError
from local_aws.cloudformation.registry import Properties
from local_aws.resources.elasticache.store import ReplicationGroup
from local_aws.resources.elasticache.versions import TLS_STEPS, at_least

_MODE_STEPS = {("disabled", "compatible"), ("compatible", "disabled"), ("compatible", "enabled")}
# ElastiCache User Guide, modify-cluster-mode: nothing else changes then. The counts are compared as such.
_FREE_IN_COMPATIBLE = {
    "CacheParameterGroupName",
    "ClusterMode",
    "NodeGroupConfiguration",
    "NumCacheClusters",
    "NumNodeGroups",
    "ReplicasPerNodeGroup",
    "ReplicationGroupDescription",
    "Tags",
}


def must_replace(old: Properties, new: Properties, online_resharding: bool) -> bool:
    """CloudFormation User Guide: shards replace without UseOnlineResharding, a token when it comes or goes."""
    cut = any(old.get(name) != new.get(name) for name in ("NodeGroupConfiguration", "NumNodeGroups"))
    return (cut and not online_resharding) or ("AuthToken" in old) != ("AuthToken" in new)


def check(former: ReplicationGroup, wanted: ReplicationGroup) -> None:
    """Refuses what ModifyReplicationGroup refuses."""
    _check_cluster_mode(former, wanted)
    _check_shards(former, wanted)
    _check_transit_encryption(former, wanted)
    _check_durability(former, wanted)


def _check_cluster_mode(former: ReplicationGroup, wanted: ReplicationGroup) -> None:
    step = former.spec.cluster_mode, wanted.spec.cluster_mode
    if step[0] != step[1] and step not in _MODE_STEPS:
        if "ClusterMode" not in wanted.properties:
            raise ResourceError(
                "InvalidParameterCombination: The parameter cluster-enabled has a different value in the requested "
                "parameter group than the current parameter group. This parameter value cannot be changed for a "
                "cache cluster."
            )
        raise ResourceError(
            f"InvalidParameterCombination: The cluster mode of {former.id} cannot go from {step[0]} to {step[1]}: "
            "it goes from disabled to compatible and from there to enabled, or back to disabled."
        )
    if "compatible" not in step:
        return
    names = (former.properties.keys() | wanted.properties.keys()) - _FREE_IN_COMPATIBLE
    changed = sorted(name for name in names if former.properties.get(name) != wanted.properties.get(name))
    counts = [[shard.replicas for shard in group.spec.layout] for group in (former, wanted)]
    changed += ["the number of nodes"] if counts[0] != counts[1] else []
    changed += ["AuthToken"] if former.spec.auth_tokens != wanted.spec.auth_tokens else []
    if changed:
        raise ResourceError(
            f"InvalidReplicationGroupState: In cluster mode compatible, and on the way to it, nothing but the mode "
            f"and the parameter group can be changed, got {', '.join(changed)}."
        )


def _check_shards(former: ReplicationGroup, wanted: ReplicationGroup) -> None:
    layout = wanted.properties.get("NodeGroupConfiguration") or []
    if layout == (former.properties.get("NodeGroupConfiguration") or []):
        return
    if not all("NodeGroupId" in entry for entry in layout):
        raise ResourceError("InvalidParameterValue: A change of node groups requires the NodeGroupId of every one.")
    known = {shard.id: shard.slots for shard in former.spec.shards}
    for shard in wanted.spec.shards:
        if shard.slots is not None and known.get(shard.id) != shard.slots:
            raise ResourceError(
                f"InvalidParameterValue: Slots of node group {shard.id} cannot be given in a change: "
                "leave them out, resharding spreads them evenly."
            )


def _check_transit_encryption(former: ReplicationGroup, wanted: ReplicationGroup) -> None:
    before, after = former.tls, wanted.tls
    if before == after:
        return
    if former.user_group_ids or former.spec.auth_tokens:
        raise ResourceError(
            "InvalidParameterCombination: Modification of transit encryption is not supported for access control "
            "enabled clusters."
        )
    if before == "required":
        raise ResourceError(
            f"InvalidParameterCombination: Encryption in transit of {former.id} is required, which cannot be undone."
        )
    if before == "off" and after == "required":
        raise ResourceError(
            "InvalidParameterCombination: To enable encryption in transit, set TransitEncryptionMode to preferred "
            "first, and to required in a second update."
        )
    if not at_least(former.spec.engine, former.version, TLS_STEPS):
        raise ResourceError(
            f"InvalidParameterCombination: Encryption in transit cannot be changed for {former.spec.engine} "
            f"{former.version}."
        )


def _check_durability(former: ReplicationGroup, wanted: ReplicationGroup) -> None:
    if (former.durability == "disabled") != (wanted.durability == "disabled"):
        raise ResourceError(
            f"InvalidParameterCombination: Durability is turned on or off at creation only: {former.id} has "
            f"{former.durability}."
        )
