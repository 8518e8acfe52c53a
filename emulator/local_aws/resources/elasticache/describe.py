"""The Describe actions of ElastiCache: what is deployed, in the shapes of the API, asked of the running servers."""

from typing import Any

from local_aws.redis.spec import NodeState
from local_aws.resources.elasticache.described_values import endpoint, membership, network, timestamp, window
from local_aws.resources.elasticache.memcached_description import memcached_cluster
from local_aws.resources.elasticache.store import ReplicationGroup, Store, Tags
from local_aws.resources.values import boolean, integer

Shape = dict[str, Any]

_MINIMUM_VERSIONS = {"redis": "6.0", "valkey": "7.2"}


class Described:
    """Every kind of thing that can be described, by id."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def replication_groups(self) -> dict[str, Shape]:
        """As of DescribeReplicationGroups."""
        return {group.id: self._replication_group(group) for group in self._store.replication_groups.values()}

    def cache_clusters(self, with_nodes: bool) -> dict[str, Shape]:
        """As of DescribeCacheClusters: one for each node of a group, one for each pool."""
        pools = self._store.cache_clusters.values()
        return {cluster.id: memcached_cluster(self._store, cluster, with_nodes) for cluster in pools} | {
            node.id: self._cache_cluster(group, node, zone, with_nodes)
            for group in self._store.replication_groups.values()
            for node, zone in self._nodes(group)
        }

    def users(self) -> dict[str, Shape]:
        """As of DescribeUsers."""
        return {
            user.id: {
                "UserId": user.id,
                "UserName": user.name,
                "Status": "active",
                "Engine": user.engine,
                "MinimumEngineVersion": _MINIMUM_VERSIONS[user.engine],
                "AccessString": user.access_string,
                "UserGroupIds": [group.id for group in self._store.user_groups.values() if user.id in group.user_ids],
                "Authentication": {"Type": user.authentication, "PasswordCount": len(user.passwords)},
                "ARN": self._store.arn("user", user.id),
            }
            for user in self._store.users.values()
        }

    def user_groups(self) -> dict[str, Shape]:
        """As of DescribeUserGroups."""
        return {
            group.id: {
                "UserGroupId": group.id,
                "Status": "active",
                "Engine": group.engine,
                "UserIds": list(group.user_ids),
                "MinimumEngineVersion": _MINIMUM_VERSIONS[group.engine],
                "ReplicationGroups": [user.id for user in self._store.groups_with(group.id)],
                "ARN": self._store.arn("usergroup", group.id),
            }
            for group in self._store.user_groups.values()
        }

    def subnet_groups(self) -> dict[str, Shape]:
        """As of DescribeCacheSubnetGroups."""
        return {
            group.name: {
                "CacheSubnetGroupName": group.name,
                "CacheSubnetGroupDescription": group.description,
                "VpcId": group.vpc_id,
                "Subnets": [
                    {
                        "SubnetIdentifier": subnet_id,
                        "SubnetAvailabilityZone": {"Name": zone},
                        "SupportedNetworkTypes": ["ipv4"],
                    }
                    for subnet_id, zone in group.zones.items()
                ],
                "ARN": self._store.arn("subnetgroup", group.name),
                "SupportedNetworkTypes": ["ipv4"],
            }
            for group in self._store.subnet_groups.values()
        }

    def parameter_groups(self) -> dict[str, Shape]:
        """As of DescribeCacheParameterGroups."""
        return {
            group.name: {
                "CacheParameterGroupName": group.name,
                "CacheParameterGroupFamily": group.family,
                "Description": group.description,
                "IsGlobal": False,
                "ARN": self._store.arn("parametergroup", group.name),
            }
            for group in self._store.parameter_groups.values()
        }

    def parameters(self, group_name: str) -> list[Shape]:
        """As of DescribeCacheParameters, those that the user set."""
        return [
            {
                "ParameterName": name,
                "ParameterValue": value,
                "Source": "user",
                "DataType": "string",
                "IsModifiable": True,
            }
            for name, value in sorted(self._store.parameter_groups[group_name].values.items())
        ]

    def snapshots(self) -> dict[str, Shape]:
        """As of DescribeSnapshots."""
        return {
            name: self._snapshot(name, record["group"], record["created"])
            for name, record in self._store.snapshots.items()
        }

    def tags(self) -> dict[str, Tags]:
        """The tags of everything, by ARN."""
        store = self._store
        found = {store.arn("subnetgroup", group.name): group.tags for group in store.subnet_groups.values()}
        found |= {store.arn("parametergroup", group.name): group.tags for group in store.parameter_groups.values()}
        found |= {store.arn("user", user.id): user.tags for user in store.users.values()}
        found |= {store.arn("usergroup", group.id): group.tags for group in store.user_groups.values()}
        found |= {
            store.arn("cluster", pool.id): pool.properties.get("Tags") or [] for pool in store.cache_clusters.values()
        }
        for replication_group in store.replication_groups.values():
            tags = replication_group.properties.get("Tags") or []
            found[store.arn("replicationgroup", replication_group.id)] = tags
            found |= {store.arn("cluster", node.id): tags for node, _ in self._nodes(replication_group)}
        return found

    def _nodes(self, group: ReplicationGroup) -> list[tuple[NodeState, str]]:
        """Every node with its zone."""
        left = {shard: iter(zones) for shard, zones in group.zones.items()}
        # Between a change of the servers and its record there is a moment in which a node is not recorded yet.
        return [(node, next(left.get(node.shard, iter(())), "")) for node in self._store.servers(group.id).nodes()]

    def _replication_group(self, group: ReplicationGroup) -> Shape:
        servers, nodes = self._store.servers(group.id), self._nodes(group)
        properties = group.properties
        return {
            "ReplicationGroupId": group.id,
            "Description": properties["ReplicationGroupDescription"],
            "Status": "available",
            "PendingModifiedValues": {},
            "MemberClusters": [node.id for node, _ in nodes],
            "NodeGroups": self._node_groups(group, nodes),
            "ConfigurationEndpoint": endpoint(servers.configuration),
            "SnapshottingClusterId": properties.get("SnapshottingClusterId"),
            "AutomaticFailover": "enabled" if group.spec.automatic_failover else "disabled",
            "MultiAZ": "enabled" if boolean(properties, "MultiAZEnabled", False) else "disabled",
            "ClusterEnabled": group.spec.cluster_mode == "enabled",
            "ClusterMode": group.spec.cluster_mode,
            "Durability": properties.get("Durability", "default"),
            "EffectiveDurability": group.durability,
            "CacheNodeType": properties["CacheNodeType"],
            "KmsKeyId": properties.get("KmsKeyId"),
            "ARN": self._store.arn("replicationgroup", group.id),
            "UserGroupIds": group.user_group_ids,
            "ReplicationGroupCreateTime": timestamp(group.created),
            "DataTiering": "enabled" if boolean(properties, "DataTieringEnabled", False) else "disabled",
            "Engine": group.spec.engine,
            **self._common(group),
        }

    def _node_groups(self, group: ReplicationGroup, nodes: list[tuple[NodeState, str]]) -> list[Shape]:
        """Roles and the end points of nodes and shards are told unless cluster mode is enabled, slots only then."""
        servers, enabled = self._store.servers(group.id), group.spec.cluster_mode == "enabled"
        slots = self._store.slots(group.id) if enabled else {}
        return [
            {
                "NodeGroupId": shard,
                "Status": "available",
                "PrimaryEndpoint": endpoint(servers.primary),
                "ReaderEndpoint": endpoint(servers.reader),
                "Slots": slots.get(shard),
                "NodeGroupMembers": [
                    {
                        "CacheClusterId": node.id,
                        "CacheNodeId": "0001",
                        "ReadEndpoint": None if enabled else endpoint(node.endpoint),
                        "PreferredAvailabilityZone": zone,
                        "CurrentRole": None if enabled else node.role,
                    }
                    for node, zone in nodes
                    if node.shard == shard
                ],
            }
            for shard in sorted({node.shard for node, _ in nodes})
        ]

    def _cache_cluster(self, group: ReplicationGroup, node: NodeState, zone: str, with_nodes: bool) -> Shape:
        properties, created = group.properties, timestamp(group.created)
        cluster = {
            "CacheClusterId": node.id,
            "CacheNodeType": properties["CacheNodeType"],
            "Engine": group.spec.engine,
            "EngineVersion": group.version,
            "CacheClusterStatus": "available" if node.alive else "rebooting cluster nodes",
            "NumCacheNodes": 1,
            "PreferredAvailabilityZone": zone,
            "CacheClusterCreateTime": created,
            "ReplicationGroupId": group.id,
            "ARN": self._store.arn("cluster", node.id),
            **membership(properties, "SecurityGroupIds", group.parameter_group),
            **self._common(group),
        }
        if with_nodes:
            cluster["CacheNodes"] = [
                {
                    "CacheNodeId": "0001",
                    "CacheNodeStatus": "available" if node.alive else "rebooting",
                    "CacheNodeCreateTime": created,
                    "Endpoint": endpoint(node.endpoint),
                    "ParameterGroupStatus": "in-sync",
                    "CustomerAvailabilityZone": zone,
                }
            ]
        return cluster

    def _common(self, group: ReplicationGroup) -> Shape:
        """What a replication group and its clusters both tell."""
        properties = group.properties
        return {
            "SnapshotRetentionLimit": integer(properties, "SnapshotRetentionLimit", 0),
            "SnapshotWindow": window(properties, "SnapshotWindow"),
            "AuthTokenEnabled": bool(group.spec.auth_tokens),
            "TransitEncryptionEnabled": group.spec.tls,
            "TransitEncryptionMode": group.spec.tls_mode if group.spec.tls else None,
            "AtRestEncryptionEnabled": boolean(properties, "AtRestEncryptionEnabled", group.spec.engine == "valkey"),
            "AutoMinorVersionUpgrade": boolean(properties, "AutoMinorVersionUpgrade", True),
            **network(properties),
            "LogDeliveryConfigurations": [
                {**log, "Status": "active"} for log in properties.get("LogDeliveryConfigurations") or []
            ],
        }

    def _snapshot(self, name: str, group: ReplicationGroup, created: float) -> Shape:
        properties = group.properties
        return {
            "SnapshotName": name,
            "ReplicationGroupId": group.id,
            "ReplicationGroupDescription": properties["ReplicationGroupDescription"],
            "SnapshotStatus": "available",
            "SnapshotSource": "manual",
            "CacheNodeType": properties["CacheNodeType"],
            "Engine": group.spec.engine,
            "EngineVersion": group.version,
            "Port": group.spec.port,
            "CacheParameterGroupName": group.parameter_group,
            "CacheSubnetGroupName": properties.get("CacheSubnetGroupName", "default"),
            "NumNodeGroups": len(group.spec.layout),
            "AutomaticFailover": "enabled" if group.spec.automatic_failover else "disabled",
            "NodeSnapshots": [
                {"NodeGroupId": shard.id, "SnapshotCreateTime": timestamp(created)} for shard in group.spec.layout
            ],
            "KmsKeyId": properties.get("KmsKeyId"),
            "ARN": self._store.arn("snapshot", name),
        }
