"""What ElastiCache checks of a Memcached cluster; paraphrased from the API reference and the User Guide."""

import re
import time
from itertools import cycle, islice

from local_aws.cloudformation.errors import ResourceError
from local_aws.cloudformation.registry import Properties
from local_aws.memcached.spec import MOST_NODES, PoolSpec
from local_aws.resources.elasticache.node_types import maxmemory_bytes
from local_aws.resources.elasticache.store import CacheCluster, Store
from local_aws.resources.elasticache.validation import (
    NODE_TYPE,
    check_network_type,
    check_references,
    parameter_group,
)
from local_aws.resources.elasticache.versions import MEMCACHED_TLS, at_least, is_older
from local_aws.resources.values import boolean, integer

_ID = re.compile(r"[a-z](?:-?[a-z0-9])*")
_DEFAULT_VERSION = "1.6.22"


def memcached_cluster(
    store: Store, cluster_id: str, properties: Properties, former: CacheCluster | None = None
) -> CacheCluster:
    """The record that the properties ask for, in place of `former` where the cluster exists."""
    if not _ID.fullmatch(cluster_id) or len(cluster_id) > 50:
        raise ResourceError(f"InvalidParameterValue: The cache cluster id {cluster_id} is not valid.")
    _check_engine(properties)
    version = str(properties.get("EngineVersion") or _DEFAULT_VERSION)
    node_type = str(properties["CacheNodeType"])
    if not NODE_TYPE.fullmatch(node_type):
        raise ResourceError(f"InvalidParameterValue: CacheNodeType {node_type} is not valid.")
    check_references(store, properties, "VpcSecurityGroupIds")
    check_network_type("memcached", version, properties)
    group, _ = parameter_group(store, "memcached", version, properties)
    nodes = integer(properties, "NumCacheNodes", 1, 1, MOST_NODES)
    tls = boolean(properties, "TransitEncryptionEnabled", False)
    if tls and not at_least("memcached", version, MEMCACHED_TLS):
        raise ResourceError(
            f"InvalidParameterCombination: Encryption in transit is not supported for Memcached {version}."
        )
    spec = PoolSpec(
        id=cluster_id,
        nodes=nodes,
        port=integer(properties, "Port", 11211, 1, 65535),
        tls=tls,
        version=version,
        parameters=store.parameter_values(group),
        memory_bytes=maxmemory_bytes(node_type),
    )
    zones = _zones(store, properties, nodes)
    created = former.created if former else time.time()
    return CacheCluster(cluster_id, properties, spec, group, zones, created)


def must_replace(old: Properties, new: Properties) -> bool:
    """CloudFormation User Guide: the number of nodes replaces a cluster whose zones were never written."""
    written = any(name in one for one in (old, new) for name in ("PreferredAvailabilityZone", _ZONES))
    return str(old.get("NumCacheNodes")) != str(new.get("NumCacheNodes")) and not written


def check_change(former: CacheCluster, wanted: CacheCluster) -> None:
    """Refuses what ModifyCacheCluster refuses."""
    if former.properties["CacheNodeType"] != wanted.properties["CacheNodeType"]:
        raise ResourceError(
            "InvalidParameterCombination: The node type of a Memcached cluster cannot be changed: make another cluster."
        )
    if former.spec.tls != wanted.spec.tls:
        raise ResourceError(
            "InvalidParameterCombination: Encryption in transit of a Memcached cluster is decided when it is created."
        )
    if is_older(wanted.spec.version, former.spec.version):
        raise ResourceError(
            f"InvalidParameterValue: Memcached {former.spec.version} cannot go back to {wanted.spec.version}."
        )


_ZONES = "PreferredAvailabilityZones"


def _check_engine(properties: Properties) -> None:
    engine = str(properties["Engine"]).lower()
    if engine == "redis":
        raise ResourceError("The local AWS runs engine redis as AWS::ElastiCache::ReplicationGroup only.")
    if engine != "memcached":
        raise ResourceError(f"InvalidParameterValue: Engine must be memcached or redis, got {properties['Engine']}")


def _zones(store: Store, properties: Properties, nodes: int) -> tuple[str, ...]:
    """The zone of every node: those that are asked for, else those of the subnets in turn."""
    across = str(properties.get("AZMode", "single-az")).lower() == "cross-az"
    if across and nodes == 1:
        raise ResourceError("InvalidParameterCombination: AZMode cross-az requires more than one cache node.")
    wanted = properties.get(_ZONES) or []
    if wanted and len(wanted) != nodes:
        raise ResourceError(
            f"InvalidParameterCombination: {_ZONES} must name a zone for each of the {nodes} nodes, got {len(wanted)}."
        )
    if not across and len(set(wanted)) > 1:
        raise ResourceError(f"InvalidParameterCombination: Several {_ZONES} require AZMode cross-az.")
    name = properties.get("CacheSubnetGroupName")
    known = sorted(set(store.subnet_groups[name].zones.values())) if name else [f"{store.region}a"]
    for zone in wanted:
        if name and zone not in known:
            raise ResourceError(f"InvalidParameterValue: The subnet group {name} has no subnet in {zone}.")
    single = properties.get("PreferredAvailabilityZone", known[0])
    return tuple(wanted or islice(cycle(known if across else [single]), nodes))
