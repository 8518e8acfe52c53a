"""What a Memcached pool shall be, and what is seen of its nodes while it runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from local_aws.forwarder import Endpoint

MOST_NODES = 60


@dataclass(frozen=True)
class PoolSpec:
    """A pool of nodes that know nothing of each other."""

    id: str
    nodes: int = 1
    port: int = 11211
    tls: bool = False
    version: str = "1.6.22"
    parameters: Mapping[str, str] = field(default_factory=dict)
    # Memory of the node type, in the scale of this machine. None: what the engine takes when it is not told.
    memory_bytes: int | None = None


@dataclass(frozen=True)
class NodeState:
    """One node as seen from outside."""

    id: str
    endpoint: Endpoint
    # None before its first start; never 0, which os.kill takes for the caller's own group.
    pid: int | None
    alive: bool
