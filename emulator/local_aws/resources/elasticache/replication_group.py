"""AWS::ElastiCache::ReplicationGroup with cluster mode disabled, on real servers."""

import time

from local_aws.cloudformation.errors import ResourceError
from local_aws.cloudformation.registry import Attributes, Owner, Properties, Provisioned, ResourceType, names, refusing
from local_aws.errors import ServerError
from local_aws.redis.group import RedisGroup
from local_aws.resources.elasticache import validation
from local_aws.resources.elasticache.store import ReplicationGroup, Store
from local_aws.resources.elasticache.validation import node_zones, parameter_group_name


class ReplicationGroupType(ResourceType):
    """Changes reach the running servers and keep their data; what servers cannot change replaces or is refused."""

    name = "AWS::ElastiCache::ReplicationGroup"
    applied = names(
        "AutomaticFailoverEnabled CacheParameterGroupName Engine NumCacheClusters NumNodeGroups Port "
        "ReplicasPerNodeGroup ReplicationGroupId TransitEncryptionEnabled TransitEncryptionMode UserGroupIds"
    )
    recorded = names(
        "AtRestEncryptionEnabled AutoMinorVersionUpgrade CacheNodeType CacheSubnetGroupName ClusterMode "
        "DataTieringEnabled EngineVersion IpDiscovery KmsKeyId LogDeliveryConfigurations MultiAZEnabled "
        "NetworkType NotificationTopicArn PreferredCacheClusterAZs PreferredMaintenanceWindow "
        "ReplicationGroupDescription SecurityGroupIds SnapshotRetentionLimit SnapshotWindow "
        "SnapshottingClusterId Tags"
    )
    refused = (
        refusing("users authenticate by user groups only", "AuthToken")
        | refusing("EC2-Classic is gone", "CacheSecurityGroupNames")
        | refusing("groups have cluster mode disabled and one shard", "Durability NodeGroupConfiguration")
        | refusing("there is one region", "GlobalReplicationGroupId")
        | refusing("no group is made out of an existing cluster", "PrimaryClusterId")
        | refusing("there are no backup files to restore from", "SnapshotArns SnapshotName")
    )
    required = names("ReplicationGroupDescription")
    # The schema's list without what is refused.
    create_only = names(
        "AtRestEncryptionEnabled CacheSubnetGroupName DataTieringEnabled KmsKeyId NetworkType Port "
        "PreferredCacheClusterAZs ReplicationGroupId"
    )
    name_property = "ReplicationGroupId"
    takes_snapshots = True

    def __init__(self, store: Store) -> None:
        self._store = store

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        group_id = (properties.get("ReplicationGroupId") or owner.physical_name(40)).lower()
        if group_id in self._store.replication_groups:
            raise ResourceError(f"ReplicationGroupAlreadyExists: Replication group {group_id} already exists.")
        record = self._record(group_id, properties)
        try:
            RedisGroup.start(record.spec, self._store.runtime)
        except ServerError as error:
            raise ResourceError(str(error)) from error
        self._store.replication_groups[group_id] = record
        return Provisioned(group_id, self._attributes(group_id))

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        former = self._store.replication_groups[physical_id]
        record = self._record(physical_id, new, former.created)
        try:
            self._store.servers(physical_id).apply(record.spec)
        except ServerError as error:
            raise ResourceError(str(error)) from error
        self._store.replication_groups[physical_id] = record
        return self._attributes(physical_id)

    def delete(self, physical_id: str, properties: Properties) -> None:
        if physical_id in self._store.replication_groups:
            self._store.servers(physical_id).destroy()
            del self._store.replication_groups[physical_id]

    def snapshot(self, physical_id: str) -> None:
        """Records a final snapshot as DescribeSnapshots tells of one; its data is gone with the servers."""
        group = self._store.replication_groups[physical_id]
        name = f"{physical_id}-final-{time.strftime('%Y%m%d%H%M%S', time.gmtime())}"
        self._store.snapshots[name] = {"group": group, "created": time.time()}

    def _record(self, group_id: str, properties: Properties, created: float | None = None) -> ReplicationGroup:
        spec, version = validation.specification(self._store, group_id, properties)
        zones = node_zones(self._store, properties, spec.replicas + 1)
        name = parameter_group_name(properties, spec.engine, version)
        return ReplicationGroup(group_id, properties, spec, version, name, zones, created or time.time())

    def _attributes(self, group_id: str) -> Attributes:
        """ConfigurationEndPoint is not among them: asking for it in cluster mode disabled fails, as on AWS."""
        servers = self._store.servers(group_id)
        hosts = [node.endpoint.host for node in servers.nodes()]
        ports = [str(node.endpoint.port) for node in servers.nodes()]
        return {
            "PrimaryEndPoint.Address": servers.primary.host,
            "PrimaryEndPoint.Port": str(servers.primary.port),
            "ReaderEndPoint.Address": servers.reader.host,
            "ReaderEndPoint.Port": str(servers.reader.port),
            "ReadEndPoint.Addresses": f"[{', '.join(hosts)}]",
            "ReadEndPoint.AddressesList": hosts,
            "ReadEndPoint.Ports": f"[{', '.join(ports)}]",
            "ReadEndPoint.PortsList": ports,
        }
