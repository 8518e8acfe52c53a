"""How a replication group is cut: its cluster mode, its shards, and the availability zone of every node."""

import re
from dataclasses import dataclass, replace
from typing import Any

from local_aws.cloudformation.errors import ResourceError
from local_aws.cloudformation.registry import Properties
from local_aws.redis.spec import ONLY_SHARD, ClusterMode, ShardSpec
from local_aws.resources.elasticache.store import Store
from local_aws.resources.elasticache.versions import CLUSTER_MODE_STEPS, at_least
from local_aws.resources.values import boolean, integer

# ElastiCache User Guide, quota-limits: nodes of one cluster, unless AWS has raised it.
NODE_QUOTA = 90
MODES: tuple[ClusterMode, ...] = ("disabled", "compatible", "enabled")
_SHARD_ID = re.compile(r"\d{1,4}")


@dataclass(frozen=True)
class Shape:
    """The shards of a group, one unless cluster mode is enabled; `zones` by shard, the first primary first."""

    mode: ClusterMode
    shards: tuple[ShardSpec, ...]
    zones: dict[str, tuple[str, ...]]


def shape(store: Store, properties: Properties, engine: str, version: str, clustered: bool, known: list[str]) -> Shape:
    """What the properties ask for; `clustered` says the parameter group, `known` are the shards that exist."""
    mode = _mode(properties, engine, version, clustered)
    shards = _shards(properties, known)
    if mode != "enabled" and len(shards) > 1:
        raise ResourceError(
            f"InvalidParameterCombination: {len(shards)} node groups require cluster mode enabled, "
            f"the cluster mode is {mode}."
        )
    if mode != "enabled":
        shards = (replace(shards[0], id=ONLY_SHARD),)
    nodes = sum(1 + shard.replicas for shard in shards)
    if nodes > NODE_QUOTA:
        raise ResourceError(
            "NodeQuotaForClusterExceeded: The request cannot be processed because it would exceed the allowed "
            f"number of cache nodes in a single cluster: {nodes} of {NODE_QUOTA}."
        )
    return Shape(mode, shards, _zones(store, properties, mode, shards))


def failover(properties: Properties, wanted: Shape) -> bool:
    """CloudFormation turns failover on unless told otherwise."""
    on, multi_az = boolean(properties, "AutomaticFailoverEnabled", True), boolean(properties, "MultiAZEnabled", False)
    if wanted.mode == "enabled" and not on:
        raise ResourceError(
            "InvalidParameterValue: Redis with cluster mode enabled cannot be created with auto failover turned off."
        )
    fewest = min(shard.replicas for shard in wanted.shards)
    if wanted.mode != "enabled" and on and fewest < 1:
        raise ResourceError(
            "InvalidParameterCombination: Automatic failover requires at least one replica (NumCacheClusters 2)."
        )
    if wanted.mode == "compatible" and not on:
        raise ResourceError("InvalidParameterCombination: Cluster mode compatible requires automatic failover.")
    if multi_az and not on:
        raise ResourceError("InvalidParameterCombination: Multi-AZ requires automatic failover.")
    if multi_az and fewest < 1:
        raise ResourceError("InvalidParameterCombination: Multi-AZ requires at least one replica in every node group.")
    return on


def _mode(properties: Properties, engine: str, version: str, clustered: bool) -> ClusterMode:
    told = properties.get("ClusterMode")
    if told is None:
        return "enabled" if clustered else "disabled"
    mode = next((mode for mode in MODES if mode == str(told).lower()), None)
    if mode is None:
        raise ResourceError(f"InvalidParameterValue: ClusterMode must be one of {', '.join(MODES)}, got {told}.")
    if mode != "disabled" and not at_least(engine, version, CLUSTER_MODE_STEPS):
        raise ResourceError(f"InvalidParameterCombination: ClusterMode {mode} is not supported for {engine} {version}.")
    if clustered != (mode != "disabled"):
        needed = "no" if mode == "disabled" else "yes"
        raise ResourceError(
            f"InvalidParameterCombination: Cluster mode {mode} requires a parameter group with "
            f"cluster-enabled {needed}."
        )
    return mode


def _shards(properties: Properties, known: list[str]) -> tuple[ShardSpec, ...]:
    layout = properties.get("NodeGroupConfiguration")
    several = [
        name for name in ("NumNodeGroups", "ReplicasPerNodeGroup", "NodeGroupConfiguration") if name in properties
    ]
    if several and "NumCacheClusters" in properties:
        raise ResourceError(f"InvalidParameterCombination: Use NumCacheClusters or {several[0]}, not both.")
    if "NumCacheClusters" in properties:
        return (ShardSpec(ONLY_SHARD, integer(properties, "NumCacheClusters", 1, 1, 6) - 1),)
    count = integer(properties, "NumNodeGroups", len(layout) if layout else 1, 1, 500)
    replicas = integer(properties, "ReplicasPerNodeGroup", 0, 0, 5)
    if not layout:
        fresh = [shard_id for shard_id in (f"{number:04d}" for number in range(1, 9999)) if shard_id not in known]
        return tuple(ShardSpec(shard_id, replicas) for shard_id in sorted([*known, *fresh][:count]))
    if len(layout) != count:
        raise ResourceError(
            f"InvalidParameterCombination: NodeGroupConfiguration has {len(layout)} entries for {count} node groups."
        )
    shards = tuple(_shard(entry, number, properties) for number, entry in enumerate(layout, 1))
    ids = [shard.id for shard in shards]
    if len(set(ids)) < len(ids):
        raise ResourceError(f"InvalidParameterValue: NodeGroupConfiguration has an id twice: {', '.join(ids)}.")
    if 0 < sum(shard.slots is not None for shard in shards) < count:
        raise ResourceError("InvalidParameterValue: Either every entry of NodeGroupConfiguration has Slots or none.")
    return shards


def _shard(entry: dict[str, Any], number: int, properties: Properties) -> ShardSpec:
    shard_id = str(entry.get("NodeGroupId", number))
    if not _SHARD_ID.fullmatch(shard_id) or int(shard_id) == 0:
        raise ResourceError(f"InvalidParameterValue: NodeGroupId has one to four digits, got {shard_id}.")
    replicas = integer(entry, "ReplicaCount", integer(properties, "ReplicasPerNodeGroup", 0, 0, 5), 0, 5)
    if replicas != integer(properties, "ReplicasPerNodeGroup", replicas, 0, 5):
        raise ResourceError(
            f"InvalidParameterCombination: ReplicaCount {replicas} of node group {shard_id} is not "
            f"ReplicasPerNodeGroup {properties['ReplicasPerNodeGroup']}."
        )
    zones = entry.get("ReplicaAvailabilityZones")
    if zones is not None and len(zones) != replicas:
        raise ResourceError(
            f"InvalidParameterCombination: Node group {shard_id} has {len(zones)} replica zones for "
            f"{replicas} replicas."
        )
    return ShardSpec(shard_id.zfill(4), replicas, entry.get("Slots"))


def _zones(
    store: Store, properties: Properties, mode: ClusterMode, shards: tuple[ShardSpec, ...]
) -> dict[str, tuple[str, ...]]:
    """The zone of each node: as preferred, else in turn over those of the subnet group."""
    group = store.subnet_groups.get(properties.get("CacheSubnetGroupName", ""))
    known = sorted(set(group.zones.values())) if group else [f"{store.region}a"]
    if boolean(properties, "MultiAZEnabled", False) and len(known) < 2:
        raise ResourceError("InvalidParameterCombination: Multi-AZ needs subnets in two availability zones.")
    preferred = _preferred(properties, mode, shards)
    foreign = sorted({zone for zones in preferred.values() for zone in zones if zone} - set(known)) if group else []
    if foreign:
        raise ResourceError(
            f"InvalidParameterValue: {', '.join(foreign)} is no availability zone of the subnet group: "
            f"{', '.join(known)}."
        )
    return {
        shard.id: tuple(zone or known[(place + index) % len(known)] for index, zone in enumerate(preferred[shard.id]))
        for place, shard in enumerate(shards)
    }


def _preferred(properties: Properties, mode: ClusterMode, shards: tuple[ShardSpec, ...]) -> dict[str, list[str | None]]:
    """The zones that the template names, None for every node whose zone it leaves open."""
    whole = properties.get("PreferredCacheClusterAZs")
    if whole:
        if mode == "enabled":
            raise ResourceError(
                "InvalidParameterCombination: PreferredCacheClusterAZs is for cluster mode disabled: "
                "use NodeGroupConfiguration."
            )
        count = 1 + shards[0].replicas
        if len(whole) != count:
            raise ResourceError(
                f"InvalidParameterValue: PreferredCacheClusterAZs has {len(whole)} zones for {count} nodes."
            )
        return {shards[0].id: list(whole)}
    layout = properties.get("NodeGroupConfiguration") or [{} for _ in shards]
    return {
        shard.id: [
            entry.get("PrimaryAvailabilityZone"),
            *(entry.get("ReplicaAvailabilityZones") or [None] * shard.replicas),
        ]
        for shard, entry in zip(shards, layout, strict=True)
    }
