"""What ElastiCache checks of a replication group; paraphrased from the API reference and the User Guide."""

import re

from ministack.services import cloudwatch_logs, ec2, kms, sns

from local_aws.cloudformation.errors import ResourceError
from local_aws.cloudformation.registry import Properties
from local_aws.redis.spec import GroupSpec
from local_aws.resources.elasticache.store import Store
from local_aws.resources.values import boolean, integer

_GROUP_ID = re.compile(r"[a-z](?:-?[a-z0-9])*")
_NODE_TYPE = re.compile(r"cache\.[a-z0-9-]+\.[a-z0-9]+")
_DEFAULT_VERSIONS = {"redis": "7.1", "valkey": "8.1"}
_MODES = {
    "ClusterMode": ("disabled", "cluster mode enabled and compatible are not supported by the local AWS"),
    "TransitEncryptionMode": ("required", "the servers of the local AWS take TLS connections only"),
}


def specification(store: Store, group_id: str, properties: Properties) -> tuple[GroupSpec, str]:
    """The servers that the properties ask for, and the engine version that Describe names."""
    if not _GROUP_ID.fullmatch(group_id) or len(group_id) > 40:
        raise ResourceError(f"InvalidParameterValue: The replication group id {group_id} is not valid.")
    engine = str(properties.get("Engine", "redis")).lower()
    if engine not in _DEFAULT_VERSIONS:
        raise ResourceError(f"InvalidParameterValue: Engine must be redis or valkey, got {properties['Engine']}")
    version = str(properties.get("EngineVersion") or _DEFAULT_VERSIONS[engine])
    node_type = str(properties.get("CacheNodeType", ""))
    if not _NODE_TYPE.fullmatch(node_type):
        raise ResourceError(f"InvalidParameterValue: CacheNodeType {node_type or '(not set)'} is not valid.")
    for name, (only, why) in _MODES.items():
        if properties.get(name, only) != only:
            raise ResourceError(f"{name} {properties[name]} is refused by the local AWS: {why}")
    _check_references(store, properties)
    count = replicas(properties)
    failover = _failover(properties, count)
    _check_encryption(engine, properties)
    _check_user_groups(store, engine, properties)
    parameter_group = _check_parameter_group(store, engine, version, properties)
    spec = GroupSpec(
        id=group_id,
        engine=engine,
        replicas=count,
        port=integer(properties, "Port", 6379, 1, 65535),
        tls=boolean(properties, "TransitEncryptionEnabled", False),
        automatic_failover=failover,
        parameters=store.parameter_values(parameter_group),
        users=store.acl_users(properties.get("UserGroupIds") or []),
    )
    return spec, version


def replicas(properties: Properties) -> int:
    """The number of replicas, which CloudFormation can be told in two ways."""
    if integer(properties, "NumNodeGroups", 1, 1) != 1:
        raise ResourceError(f"NumNodeGroups {properties['NumNodeGroups']} is refused by the local AWS: one shard only")
    if "NumCacheClusters" in properties and "ReplicasPerNodeGroup" in properties:
        raise ResourceError("InvalidParameterCombination: Use NumCacheClusters or ReplicasPerNodeGroup, not both.")
    if "ReplicasPerNodeGroup" in properties:
        return integer(properties, "ReplicasPerNodeGroup", 0, 0, 5)
    return integer(properties, "NumCacheClusters", 1, 1, 6) - 1


def parameter_group_name(properties: Properties, engine: str, version: str) -> str:
    """The parameter group that a replication group uses."""
    return properties.get("CacheParameterGroupName") or f"default.{_family(engine, version)}"


def node_zones(store: Store, properties: Properties, count: int) -> tuple[str, ...]:
    """The zone of each node: as preferred, else in turn over those of the subnet group."""
    preferred = properties.get("PreferredCacheClusterAZs")
    if preferred:
        if len(preferred) != count:
            raise ResourceError(
                f"InvalidParameterValue: PreferredCacheClusterAZs has {len(preferred)} zones for {count} nodes."
            )
        return tuple(preferred)
    group = store.subnet_groups.get(properties.get("CacheSubnetGroupName", ""))
    zones = sorted(set(group.zones.values())) if group else [f"{store.region}a"]
    if boolean(properties, "MultiAZEnabled", False) and len(zones) < 2:
        raise ResourceError("InvalidParameterCombination: Multi-AZ needs subnets in two availability zones.")
    return tuple(zones[index % len(zones)] for index in range(count))


def _failover(properties: Properties, count: int) -> bool:
    """CloudFormation turns failover on unless told otherwise."""
    failover = boolean(properties, "AutomaticFailoverEnabled", True)
    if failover and count < 1:
        raise ResourceError(
            "InvalidParameterCombination: Automatic failover requires at least one replica (NumCacheClusters 2)."
        )
    if boolean(properties, "MultiAZEnabled", False) and not failover:
        raise ResourceError("InvalidParameterCombination: Multi-AZ requires automatic failover.")
    return failover


def _check_encryption(engine: str, properties: Properties) -> None:
    if engine == "valkey" and "TransitEncryptionEnabled" not in properties:
        raise ResourceError("InvalidParameterCombination: TransitEncryptionEnabled must be given for engine valkey.")
    key = properties.get("KmsKeyId")
    if key is None:
        return
    if not boolean(properties, "AtRestEncryptionEnabled", engine == "valkey"):
        raise ResourceError("InvalidParameterCombination: KmsKeyId requires AtRestEncryptionEnabled.")
    if not kms._resolve_key(key):
        raise ResourceError(f"InvalidKMSKeyFault: The KMS key {key} does not exist.")


def _check_user_groups(store: Store, engine: str, properties: Properties) -> None:
    ids = properties.get("UserGroupIds") or []
    if ids and not boolean(properties, "TransitEncryptionEnabled", False):
        raise ResourceError("InvalidParameterCombination: User groups require encryption in transit.")
    if len(ids) > 1:
        raise ResourceError(f"InvalidParameterValue: A replication group has one user group, got {', '.join(ids)}.")
    for group_id in ids:
        if group_id not in store.user_groups:
            raise ResourceError(f"UserGroupNotFound: User group {group_id} not found.")
        if store.user_groups[group_id].engine == "valkey" and engine == "redis":
            raise ResourceError(
                f"InvalidParameterCombination: Valkey user group {group_id} does not attach to engine redis."
            )


def _check_parameter_group(store: Store, engine: str, version: str, properties: Properties) -> str:
    name, wanted = parameter_group_name(properties, engine, version), _family(engine, version)
    if name.endswith(".cluster.on") or store.parameter_values(name).get("cluster-enabled") == "yes":
        raise ResourceError(f"CacheParameterGroupName {name} is refused by the local AWS: it turns cluster mode on")
    if name in store.parameter_groups:
        found = store.parameter_groups[name].family
    elif name.startswith("default."):
        found = name.removeprefix("default.")
    else:
        raise ResourceError(f"CacheParameterGroupNotFound: CacheParameterGroup {name} not found.")
    if found != wanted:
        raise ResourceError(
            "InvalidParameterCombination: "
            f"Expected a parameter group of family {wanted} but found one of family {found}"
        )
    return name


def _family(engine: str, version: str) -> str:
    major = version.split(".")[0]
    if engine == "redis" and major == "6":
        return "redis6.x"
    if engine == "redis" and int(major) < 6:
        return "redis" + ".".join(version.split(".")[:2])
    return engine + major


def _check_references(store: Store, properties: Properties) -> None:
    name = properties.get("CacheSubnetGroupName")
    if name is not None and name not in store.subnet_groups:
        raise ResourceError(f"CacheSubnetGroupNotFoundFault: Cache Subnet Group {name} does not exist.")
    for group_id in properties.get("SecurityGroupIds") or []:
        if group_id not in ec2._security_groups:
            raise ResourceError(f"InvalidParameterValue: The security group {group_id} does not exist.")
    topic = properties.get("NotificationTopicArn")
    if topic is not None and topic not in sns._topics:
        raise ResourceError(f"InvalidParameterValue: The topic {topic} does not exist.")
    for log in properties.get("LogDeliveryConfigurations") or []:
        details = (log.get("DestinationDetails") or {}).get("CloudWatchLogsDetails")
        if details and details.get("LogGroup") not in cloudwatch_logs._log_groups:
            raise ResourceError(f"InvalidParameterValue: The log group {details.get('LogGroup')} does not exist.")
    integer(properties, "SnapshotRetentionLimit", 0, 0, 35)
