"""AWS::ElastiCache::CacheCluster with engine Memcached, on real servers."""

from local_aws.cloudformation.errors import ResourceError
from local_aws.cloudformation.registry import Attributes, Owner, Properties, Provisioned, ResourceType, names, refusing
from local_aws.errors import ServerError
from local_aws.memcached.pool import MemcachedPool
from local_aws.resources.elasticache import memcached_validation as validation
from local_aws.resources.elasticache.store import Store


class CacheClusterType(ResourceType):
    """Nodes are added to the running cluster and removed from it; the others keep their items."""

    name = "AWS::ElastiCache::CacheCluster"
    applied = names(
        "CacheNodeType CacheParameterGroupName ClusterName Engine EngineVersion NumCacheNodes Port "
        "TransitEncryptionEnabled"
    )
    recorded = names(
        "AZMode AutoMinorVersionUpgrade CacheSubnetGroupName IpDiscovery NetworkType NotificationTopicArn "
        "PreferredAvailabilityZone PreferredAvailabilityZones PreferredMaintenanceWindow Tags VpcSecurityGroupIds"
    )
    refused = refusing("EC2-Classic is gone", "CacheSecurityGroupNames") | refusing(
        "Memcached has none",
        "LogDeliveryConfigurations SnapshotArns SnapshotName SnapshotRetentionLimit SnapshotWindow",
    )
    required = names("CacheNodeType Engine NumCacheNodes")
    # The schema's list without what is refused.
    create_only = names("CacheSubnetGroupName ClusterName Engine NetworkType Port")
    name_property = "ClusterName"

    def __init__(self, store: Store) -> None:
        self._store = store

    def must_replace(self, owner: Owner, old: Properties, new: Properties) -> bool:
        return super().must_replace(owner, old, new) or validation.must_replace(old, new)

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        cluster_id = (properties.get("ClusterName") or owner.physical_name(50)).lower()
        if cluster_id in self._store.cache_clusters:
            raise ResourceError(f"CacheClusterAlreadyExists: Cache cluster {cluster_id} already exists.")
        record = validation.memcached_cluster(self._store, cluster_id, properties)
        try:
            MemcachedPool.start(record.spec, self._store.runtime)
        except ServerError as error:
            raise ResourceError(str(error)) from error
        self._store.cache_clusters[cluster_id] = record
        return Provisioned(cluster_id, self._attributes(cluster_id))

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        former = self._store.cache_clusters[physical_id]
        record = validation.memcached_cluster(self._store, physical_id, new, former)
        validation.check_change(former, record)
        try:
            self._store.pool(physical_id).apply(record.spec)
        except ServerError as error:
            raise ResourceError(str(error)) from error
        self._store.cache_clusters[physical_id] = record
        return self._attributes(physical_id)

    def delete(self, physical_id: str, properties: Properties) -> None:
        if physical_id in self._store.cache_clusters:
            pool = self._store.pool(physical_id)
            # In this order: what is recorded is described, by asking the servers.
            del self._store.cache_clusters[physical_id]
            pool.destroy()

    def _attributes(self, cluster_id: str) -> Attributes:
        host, port = self._store.pool(cluster_id).configuration
        return {"ConfigurationEndpoint.Address": host, "ConfigurationEndpoint.Port": str(port)}
