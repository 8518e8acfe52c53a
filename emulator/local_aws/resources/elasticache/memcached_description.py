"""A Memcached cluster in the shape of DescribeCacheClusters."""

from typing import Any

from local_aws.resources.elasticache.described_values import endpoint, membership, network, timestamp
from local_aws.resources.elasticache.store import CacheCluster, Store


def memcached_cluster(store: Store, cluster: CacheCluster, with_nodes: bool) -> dict[str, Any]:
    """The cluster, and its nodes where they are asked for."""
    pool, created = store.pool(cluster.id), timestamp(cluster.created)
    nodes = pool.nodes()
    told = {
        "CacheClusterId": cluster.id,
        "ConfigurationEndpoint": endpoint(pool.configuration),
        "CacheNodeType": cluster.properties["CacheNodeType"],
        "Engine": "memcached",
        "EngineVersion": cluster.spec.version,
        "CacheClusterStatus": "available" if all(node.alive for node in nodes) else "rebooting cluster nodes",
        "NumCacheNodes": len(nodes),
        "PreferredAvailabilityZone": cluster.zones[0] if len(set(cluster.zones)) == 1 else "Multiple",
        "CacheClusterCreateTime": created,
        # ElastiCache API reference: it is true and has no effect on Memcached.
        "AutoMinorVersionUpgrade": True,
        "TransitEncryptionEnabled": cluster.spec.tls,
        "TransitEncryptionMode": "required" if cluster.spec.tls else None,
        "AuthTokenEnabled": False,
        "AtRestEncryptionEnabled": False,
        "ARN": store.arn("cluster", cluster.id),
        **membership(cluster.properties, "VpcSecurityGroupIds", cluster.parameter_group),
        **network(cluster.properties),
    }
    if with_nodes:
        told["CacheNodes"] = [
            {
                "CacheNodeId": node.id,
                "CacheNodeStatus": "available" if node.alive else "rebooting",
                "CacheNodeCreateTime": created,
                "Endpoint": endpoint(node.endpoint),
                "ParameterGroupStatus": "in-sync",
                "CustomerAvailabilityZone": zone,
            }
            # Between a change of the servers and its record there is a moment in which a node is not recorded yet.
            for node, zone in zip(nodes, [*cluster.zones, *[""] * len(nodes)], strict=False)
        ]
    return told
