"""What ElastiCache checks of a replication group; paraphrased from the API reference and the User Guide."""

import re
import time

from ministack.services import cloudwatch_logs, ec2, firehose, kms, sns

from local_aws.cloudformation.errors import ResourceError
from local_aws.cloudformation.registry import Properties
from local_aws.redis.spec import GroupSpec
from local_aws.resources.elasticache import security
from local_aws.resources.elasticache.node_types import maxmemory_bytes
from local_aws.resources.elasticache.shape import Shape, failover, shape
from local_aws.resources.elasticache.store import ReplicationGroup, Store
from local_aws.resources.elasticache.versions import DURABILITY, IPV6, at_least, family
from local_aws.resources.values import boolean, integer

_GROUP_ID = re.compile(r"[a-z](?:-?[a-z0-9])*")
NODE_TYPE = re.compile(r"cache\.[a-z0-9-]+\.[a-z0-9]+")
_DEFAULT_VERSIONS = {"redis": "7.1", "valkey": "8.1"}
# ElastiCache User Guide, durability.
_DURABLE_FAMILIES = ("r7g", "r6g", "m7g", "m6g", "c7gn")


def replication_group(
    store: Store, group_id: str, properties: Properties, former: ReplicationGroup | None = None
) -> ReplicationGroup:
    """The record that the properties ask for, in place of `former` where the group exists."""
    if not _GROUP_ID.fullmatch(group_id) or len(group_id) > 40:
        raise ResourceError(f"InvalidParameterValue: The replication group id {group_id} is not valid.")
    engine = str(properties.get("Engine", "redis")).lower()
    if engine not in _DEFAULT_VERSIONS:
        raise ResourceError(f"InvalidParameterValue: Engine must be redis or valkey, got {properties['Engine']}")
    version = str(properties.get("EngineVersion") or _DEFAULT_VERSIONS[engine])
    node_type = str(properties.get("CacheNodeType", ""))
    if not NODE_TYPE.fullmatch(node_type):
        raise ResourceError(f"InvalidParameterValue: CacheNodeType {node_type or '(not set)'} is not valid.")
    check_references(store, properties, "SecurityGroupIds")
    _check_logs(properties)
    check_network_type(engine, version, properties)
    group, clustered = parameter_group(store, engine, version, properties)
    known = [shard.id for shard in former.spec.layout] if former else []
    cut = shape(store, properties, engine, version, clustered, known)
    automatic_failover = failover(properties, cut)
    _check_at_rest(engine, properties)
    tls, tls_mode = security.transit_encryption(engine, properties)
    security.check_user_groups(store, engine, version, properties)
    tokens = security.tokens(properties, former.spec.auth_tokens if former else ())
    _check_snapshotting_node(group_id, properties, cut)
    _check_durability(engine, version, properties, cut)
    spec = GroupSpec(
        id=group_id,
        engine=engine,
        replicas=cut.shards[0].replicas if cut.mode != "enabled" else 0,
        port=integer(properties, "Port", 6379, 1, 65535),
        tls=tls,
        tls_mode=tls_mode,
        automatic_failover=automatic_failover,
        parameters=store.parameter_values(group),
        users=store.acl_users(properties.get("UserGroupIds") or []),
        auth_tokens=tokens,
        cluster_mode=cut.mode,
        shards=cut.shards if cut.mode == "enabled" else (),
        maxmemory_bytes=maxmemory_bytes(node_type),
    )
    # The token itself goes to the servers only: what is recorded is described.
    recorded = {key: value for key, value in properties.items() if key != "AuthToken"}
    created = former.created if former else time.time()
    return ReplicationGroup(group_id, recorded, spec, version, group, cut.zones, created)


def parameter_group(store: Store, engine: str, version: str, properties: Properties) -> tuple[str, bool]:
    """The parameter group in use, and whether it turns cluster mode on."""
    wanted = family(engine, version)
    name = properties.get("CacheParameterGroupName") or f"default.{wanted}"
    if name in store.parameter_groups:
        found, clustered = store.parameter_groups[name].family, store.parameter_groups[name].clustered
    elif name.startswith("default."):
        found, clustered = name.removeprefix("default.").removesuffix(".cluster.on"), name.endswith(".cluster.on")
    else:
        raise ResourceError(f"CacheParameterGroupNotFound: CacheParameterGroup {name} not found.")
    if found != wanted:
        raise ResourceError(
            "InvalidParameterCombination: "
            f"Expected a parameter group of family {wanted} but found one of family {found}"
        )
    return name, clustered


def _check_at_rest(engine: str, properties: Properties) -> None:
    key = properties.get("KmsKeyId")
    if key is None:
        return
    if not boolean(properties, "AtRestEncryptionEnabled", engine == "valkey"):
        raise ResourceError("InvalidParameterCombination: KmsKeyId requires AtRestEncryptionEnabled.")
    if not kms._resolve_key(key):
        raise ResourceError(f"InvalidKMSKeyFault: The KMS key {key} does not exist.")


def check_references(store: Store, properties: Properties, security_groups: str) -> None:
    """Whatever the properties name must exist; `security_groups` is the name of the property with those."""
    name = properties.get("CacheSubnetGroupName")
    if name is not None and name not in store.subnet_groups:
        raise ResourceError(f"CacheSubnetGroupNotFoundFault: Cache Subnet Group {name} does not exist.")
    for group_id in properties.get(security_groups) or []:
        if group_id not in ec2._security_groups:
            raise ResourceError(f"InvalidParameterValue: The security group {group_id} does not exist.")
    topic = properties.get("NotificationTopicArn")
    if topic is not None and topic not in sns._topics:
        raise ResourceError(f"InvalidParameterValue: The topic {topic} does not exist.")
    integer(properties, "SnapshotRetentionLimit", 0, 0, 35)


def _check_logs(properties: Properties) -> None:
    types = []
    for log in properties.get("LogDeliveryConfigurations") or []:
        details, kind = log.get("DestinationDetails") or {}, log.get("DestinationType")
        if kind == "cloudwatch-logs":
            name = (details.get("CloudWatchLogsDetails") or {}).get("LogGroup")
            if name not in cloudwatch_logs._log_groups:
                raise ResourceError(f"InvalidParameterValue: The log group {name} does not exist.")
        elif kind == "kinesis-firehose":
            name = (details.get("KinesisFirehoseDetails") or {}).get("DeliveryStream")
            if name not in firehose._streams:
                raise ResourceError(f"InvalidParameterValue: The delivery stream {name} does not exist.")
        else:
            raise ResourceError(f"InvalidParameterValue: A log is delivered to logs or a stream, not to {kind}.")
        if log.get("LogFormat") not in ("json", "text"):
            raise ResourceError(f"InvalidParameterValue: LogFormat is json or text, got {log.get('LogFormat')}.")
        if log.get("LogType") not in ("slow-log", "engine-log") or log["LogType"] in types:
            raise ResourceError(
                f"InvalidParameterValue: LogType is slow-log or engine-log, each once, got {log.get('LogType')}."
            )
        types.append(log["LogType"])


def check_network_type(engine: str, version: str, properties: Properties) -> None:
    """Network type and IP discovery must go together, and with the engine."""
    kinds = {"ipv4": ("ipv4",), "ipv6": ("ipv6",), "dual_stack": ("ipv4", "ipv6")}
    kind = properties.get("NetworkType", "ipv4")
    discovery = properties.get("IpDiscovery", "ipv6" if kind == "ipv6" else "ipv4")
    if discovery not in kinds.get(kind, ()):
        raise ResourceError(
            f"InvalidParameterCombination: IpDiscovery {discovery} does not go with network type {kind}."
        )
    if kind != "ipv4" and not at_least(engine, version, IPV6):
        raise ResourceError(f"InvalidParameterCombination: Network type {kind} needs a newer engine than {version}.")


def _check_snapshotting_node(group_id: str, properties: Properties, cut: Shape) -> None:
    node = properties.get("SnapshottingClusterId")
    if node is None:
        return
    if cut.mode == "enabled":
        raise ResourceError(
            "InvalidParameterCombination: Cannot set snapshotting cluster for cluster mode enabled replication group"
        )
    if node not in [f"{group_id}-{number:03d}" for number in range(1, cut.shards[0].replicas + 2)]:
        raise ResourceError(f"CacheClusterNotFound: {node} is no node of {group_id}.")


def _check_durability(engine: str, version: str, properties: Properties, cut: Shape) -> None:
    wanted = properties.get("Durability", "default")
    if wanted not in ("default", "async", "sync", "disabled"):
        raise ResourceError(f"InvalidParameterValue: Durability is default, async, sync or disabled, got {wanted}.")
    if wanted in ("default", "disabled"):
        return
    needs = {
        "Valkey 9.0 or newer": at_least(engine, version, DURABILITY),
        "cluster mode enabled": cut.mode == "enabled",
        f"a node type of {', '.join(_DURABLE_FAMILIES)}": properties["CacheNodeType"].split(".")[1]
        in _DURABLE_FAMILIES,
        "a replica in every node group": all(shard.replicas for shard in cut.shards),
        "Multi-AZ": boolean(properties, "MultiAZEnabled", False),
        "encryption in transit": boolean(properties, "TransitEncryptionEnabled", False),
        "encryption at rest": boolean(properties, "AtRestEncryptionEnabled", True),
        "no data tiering": not boolean(properties, "DataTieringEnabled", False),
    }
    missing = [need for need, met in needs.items() if not met]
    if missing:
        raise ResourceError(f"InvalidParameterCombination: Durability {wanted} needs {'; '.join(missing)}.")
