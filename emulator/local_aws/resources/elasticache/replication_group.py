"""AWS::ElastiCache::ReplicationGroup in every cluster mode, on real servers."""

import time

from local_aws.cloudformation.errors import ResourceError
from local_aws.cloudformation.registry import Attributes, Owner, Properties, Provisioned, ResourceType, names, refusing
from local_aws.errors import ServerError
from local_aws.forwarder import Endpoint
from local_aws.redis.group import RedisGroup
from local_aws.resources.elasticache import changes, validation
from local_aws.resources.elasticache.store import Store
from local_aws.resources.values import boolean


class ReplicationGroupType(ResourceType):
    """Changes reach the running servers and keep their data; what servers cannot change replaces or is refused."""

    name = "AWS::ElastiCache::ReplicationGroup"
    applied = names(
        "AuthToken AutomaticFailoverEnabled CacheNodeType CacheParameterGroupName ClusterMode Engine "
        "NodeGroupConfiguration NumCacheClusters NumNodeGroups Port ReplicasPerNodeGroup ReplicationGroupId "
        "TransitEncryptionEnabled TransitEncryptionMode UserGroupIds"
    )
    recorded = names(
        "AtRestEncryptionEnabled AutoMinorVersionUpgrade CacheSubnetGroupName DataTieringEnabled "
        "Durability EngineVersion IpDiscovery KmsKeyId LogDeliveryConfigurations MultiAZEnabled NetworkType "
        "NotificationTopicArn PreferredCacheClusterAZs PreferredMaintenanceWindow ReplicationGroupDescription "
        "SecurityGroupIds SnapshotRetentionLimit SnapshotWindow SnapshottingClusterId Tags"
    )
    refused = (
        refusing("EC2-Classic is gone", "CacheSecurityGroupNames")
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

    def must_replace(self, owner: Owner, old: Properties, new: Properties) -> bool:
        online = boolean(dict(owner.update_policy), "UseOnlineResharding", False)
        return super().must_replace(owner, old, new) or changes.must_replace(old, new, online)

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        group_id = (properties.get("ReplicationGroupId") or owner.physical_name(40)).lower()
        if group_id in self._store.replication_groups:
            raise ResourceError(f"ReplicationGroupAlreadyExists: Replication group {group_id} already exists.")
        record = validation.replication_group(self._store, group_id, properties)
        try:
            RedisGroup.start(record.spec, self._store.runtime)
        except ServerError as error:
            raise ResourceError(str(error)) from error
        self._store.replication_groups[group_id] = record
        return Provisioned(group_id, self._attributes(group_id))

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        former = self._store.replication_groups[physical_id]
        record = validation.replication_group(self._store, physical_id, new, former)
        changes.check(former, record)
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

    def _attributes(self, group_id: str) -> Attributes:
        """Those of the cluster mode only: asking for an end point that the mode does not have fails, as on AWS."""
        group, servers = self._store.replication_groups[group_id], self._store.servers(group_id)
        named = {
            "ConfigurationEndPoint": servers.configuration,
            "PrimaryEndPoint": servers.primary,
            "ReaderEndPoint": servers.reader,
        }
        attributes: Attributes = {"EffectiveDurability": group.durability}
        for name, endpoint in named.items():
            if endpoint is not None:
                attributes |= {f"{name}.Address": endpoint.host, f"{name}.Port": str(endpoint.port)}
        if servers.primary is not None:
            attributes |= _read_endpoints([node.endpoint for node in servers.nodes()])
        return attributes


def _read_endpoints(endpoints: list[Endpoint]) -> Attributes:
    hosts, ports = [endpoint.host for endpoint in endpoints], [str(endpoint.port) for endpoint in endpoints]
    return {
        "ReadEndPoint.Addresses": f"[{', '.join(hosts)}]",
        "ReadEndPoint.AddressesList": hosts,
        "ReadEndPoint.Ports": f"[{', '.join(ports)}]",
        "ReadEndPoint.PortsList": ports,
    }
