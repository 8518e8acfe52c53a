"""What ElastiCache knows: the records behind Describe, and the specification of every running group."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import redis

from local_aws.cloudformation.errors import ResourceError
from local_aws.errors import ServerError
from local_aws.memcached.pool import MemcachedPool
from local_aws.memcached.spec import PoolSpec
from local_aws.redis.group import RedisGroup
from local_aws.redis.spec import AclUser, GroupSpec
from local_aws.runtime import Runtime

Tags = list[dict[str, str]]


@dataclass(frozen=True)
class SubnetGroup:
    """A cache subnet group; `zones` by subnet id."""

    name: str
    description: str
    vpc_id: str
    zones: dict[str, str]
    tags: Tags


@dataclass(frozen=True)
class ParameterGroup:
    """A cache parameter group; `values` are those that the user set."""

    name: str
    family: str
    description: str
    values: dict[str, str]
    tags: Tags

    @property
    def clustered(self) -> bool:
        """Whether it turns cluster mode on."""
        return self.values.get("cluster-enabled") == "yes"


@dataclass(frozen=True)
class User:
    """An RBAC user with its passwords, which Describe never shows."""

    id: str
    name: str
    engine: str
    access_string: str
    authentication: str
    passwords: tuple[str, ...] = field(repr=False)
    tags: Tags

    def acl(self) -> AclUser:
        """The user as the servers know it."""
        kind = self.authentication
        return AclUser(self.name, self.access_string, self.passwords, kind == "no-password", kind == "iam")


# ElastiCache User Guide, Clusters.RBAC: every account has it, and nobody can change it.
BUILT_IN_USER = User("default", "default", "redis", "on ~* +@all", "no-password", (), [])


@dataclass(frozen=True)
class UserGroup:
    """A user group."""

    id: str
    engine: str
    user_ids: tuple[str, ...]
    tags: Tags


@dataclass(frozen=True)
class ReplicationGroup:
    """A replication group: the properties of its template without its token, and what its servers run by."""

    id: str
    properties: dict[str, Any]
    spec: GroupSpec
    version: str
    parameter_group: str
    # The zone of every node of a shard, in the order of the nodes.
    zones: dict[str, tuple[str, ...]]
    created: float

    @property
    def user_group_ids(self) -> list[str]:
        """The user groups that may log in."""
        return list(self.properties.get("UserGroupIds") or [])

    @property
    def tls(self) -> str:
        """Encryption in transit in one word."""
        return self.spec.tls_mode if self.spec.tls else "off"

    @property
    def durability(self) -> str:
        """What `Durability` comes to; how the service resolves `default` is not documented, so it is off here."""
        told = str(self.properties.get("Durability", "default"))
        return "disabled" if told == "default" else told


@dataclass(frozen=True)
class CacheCluster:
    """A Memcached cluster: the properties of its template, and what its servers run by."""

    id: str
    properties: dict[str, Any]
    spec: PoolSpec
    parameter_group: str
    # The zone of every node, in the order of the nodes.
    zones: tuple[str, ...]
    created: float


class Store:
    """All records of one run."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self.account = runtime.settings.account
        self.region = runtime.settings.region
        self.subnet_groups: dict[str, SubnetGroup] = {}
        self.parameter_groups: dict[str, ParameterGroup] = {}
        self.users: dict[str, User] = {BUILT_IN_USER.id: BUILT_IN_USER}
        self.user_groups: dict[str, UserGroup] = {}
        self.replication_groups: dict[str, ReplicationGroup] = {}
        self.cache_clusters: dict[str, CacheCluster] = {}
        self.snapshots: dict[str, dict[str, Any]] = {}

    def arn(self, kind: str, name: str) -> str:
        """The ARN of an ElastiCache resource."""
        return f"arn:aws:elasticache:{self.region}:{self.account}:{kind}:{name}"

    def servers(self, group_id: str) -> RedisGroup:
        """The running servers of a replication group."""
        return self.runtime.groups[group_id]

    def pool(self, cluster_id: str) -> MemcachedPool:
        """The running servers of a Memcached cluster."""
        return self.runtime.groups[cluster_id]

    def slots(self, group_id: str) -> dict[str, str]:
        """The hash slots of every shard, by the word of one node; none while that node does not answer."""
        servers = self.servers(group_id)
        shards = {f"{node.endpoint.host}:{node.endpoint.port}": node.shard for node in servers.nodes()}
        try:
            with servers.operator() as client:
                known = client.execute_command("CLUSTER NODES")
        except (redis.RedisError, ServerError):
            return {}
        return {
            shards[address]: ",".join("-".join(bounds) for bounds in node["slots"])
            for address, node in known.items()
            if node["slots"] and address in shards
        }

    def acl_users(self, user_group_ids: Iterable[str]) -> tuple[AclUser, ...]:
        """The users of user groups as the servers know them."""
        ids = [user_id for group_id in user_group_ids for user_id in self.user_groups[group_id].user_ids]
        return tuple(self.users[user_id].acl() for user_id in ids)

    def parameter_values(self, name: str) -> dict[str, str]:
        """What a parameter group sets; a default group sets nothing."""
        return self.parameter_groups[name].values if name in self.parameter_groups else {}

    def put_and_apply(
        self, records: dict[str, Any], key: str, record: Any, affected: Iterable[ReplicationGroup | CacheCluster]
    ) -> None:
        """Changes a record on which running groups depend, and the servers with it; neither when a server refuses."""
        former = records[key]
        records[key] = record
        applied = []
        try:
            for group in affected:
                self._apply(group)
                applied.append(group)
        except ServerError as error:
            records[key] = former
            for group in applied:
                self._apply(group)
            raise ResourceError(f"{key}: {error}") from error

    def groups_with(self, *user_group_ids: str) -> list[ReplicationGroup]:
        """The replication groups that have one of the user groups."""
        return [group for group in self.replication_groups.values() if set(group.user_group_ids) & set(user_group_ids)]

    def users_of_security_group(self, group_id: str) -> list[str]:
        """The replication groups and clusters in a security group."""
        caches = [(group, "SecurityGroupIds") for group in self.replication_groups.values()]
        caches += [(cluster, "VpcSecurityGroupIds") for cluster in self.cache_clusters.values()]
        return [cache.id for cache, name in caches if group_id in (cache.properties.get(name) or [])]

    def users_of_parameter_group(self, name: str) -> list[ReplicationGroup | CacheCluster]:
        """The replication groups and clusters that run with a parameter group."""
        caches = [*self.replication_groups.values(), *self.cache_clusters.values()]
        return [cache for cache in caches if cache.parameter_group == name]

    def users_of_subnet_group(self, name: str) -> list[str]:
        """The replication groups and clusters in a subnet group."""
        caches = [*self.replication_groups.values(), *self.cache_clusters.values()]
        return [cache.id for cache in caches if cache.properties.get("CacheSubnetGroupName") == name]

    def _apply(self, group: ReplicationGroup | CacheCluster) -> None:
        values = self.parameter_values(group.parameter_group)
        if isinstance(group, CacheCluster):
            cluster = replace(group, spec=replace(group.spec, parameters=values))
            self.pool(group.id).apply(cluster.spec)
            self.cache_clusters[group.id] = cluster
            return
        spec = replace(group.spec, parameters=values, users=self.acl_users(group.user_group_ids))
        self.servers(group.id).apply(spec)
        self.replication_groups[group.id] = replace(group, spec=spec)
