"""What a replication group shall be, and what is seen of it while it runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from local_aws.forwarder import Endpoint


@dataclass(frozen=True)
class AclUser:
    """One user as CloudFormation describes it: `access_string` without passwords."""

    name: str
    access_string: str
    passwords: tuple[str, ...] = field(default=(), repr=False)
    no_password: bool = False


@dataclass(frozen=True)
class GroupSpec:
    """A replication group; without `users` everybody is the all-powerful default user, as on ElastiCache."""

    id: str
    engine: Literal["redis", "valkey"] = "redis"
    replicas: int = 0
    port: int = 6379
    tls: bool = False
    automatic_failover: bool = False
    parameters: Mapping[str, str] = field(default_factory=dict)
    users: tuple[AclUser, ...] = ()
    # Memory of the node type; the parameters say how much of it is held back. None: as much as the machine has.
    maxmemory_bytes: int | None = None


@dataclass(frozen=True)
class NodeState:
    """One node as seen from outside."""

    id: str
    role: Literal["primary", "replica"]
    endpoint: Endpoint
    # None before its first start; never 0, which os.kill takes for the caller's own group.
    pid: int | None
    alive: bool
