"""What a replication group shall be, and what is seen of it while it runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from local_aws.forwarder import Endpoint

ClusterMode = Literal["disabled", "compatible", "enabled"]
# How ElastiCache calls the shard of a group that has only one.
ONLY_SHARD = "0001"


@dataclass(frozen=True)
class AclUser:
    """One user as CloudFormation describes it: `access_string` without passwords."""

    name: str
    access_string: str
    passwords: tuple[str, ...] = field(default=(), repr=False)
    no_password: bool = False
    # Logs in with tokens signed by AWS credentials instead of passwords.
    iam: bool = False


@dataclass(frozen=True)
class ShardSpec:
    """A shard by its four digits; without `slots` ("0-8191", several by comma) it gets an equal share."""

    id: str
    replicas: int = 0
    slots: str | None = None


@dataclass(frozen=True)
class GroupSpec:
    """A replication group; without `users` and `auth_tokens` everybody is the all-powerful default user.

    `replicas` counts with cluster mode disabled or compatible, `shards` with cluster mode enabled.
    """

    id: str
    engine: Literal["redis", "valkey"] = "redis"
    replicas: int = 0
    port: int = 6379
    tls: bool = False
    # Preferred takes plain text as well; without `tls` it says nothing.
    tls_mode: Literal["required", "preferred"] = "required"
    automatic_failover: bool = False
    parameters: Mapping[str, str] = field(default_factory=dict)
    users: tuple[AclUser, ...] = ()
    # Passwords of the default user; two while one is being rotated.
    auth_tokens: tuple[str, ...] = field(default=(), repr=False)
    cluster_mode: ClusterMode = "disabled"
    shards: tuple[ShardSpec, ...] = ()
    # Memory of the node type; the parameters say how much of it is held back. None: as much as the machine has.
    maxmemory_bytes: int | None = None

    @property
    def clustered(self) -> bool:
        """Whether the servers run as a Redis Cluster."""
        return self.cluster_mode != "disabled"

    @property
    def layout(self) -> tuple[ShardSpec, ...]:
        """The shards; one unless cluster mode is enabled."""
        return self.shards if self.cluster_mode == "enabled" else (ShardSpec(ONLY_SHARD, self.replicas),)


@dataclass(frozen=True)
class NodeState:
    """One node as seen from outside."""

    id: str
    role: Literal["primary", "replica"]
    endpoint: Endpoint
    # None before its first start; never 0, which os.kill takes for the caller's own group.
    pid: int | None
    alive: bool
    shard: str
