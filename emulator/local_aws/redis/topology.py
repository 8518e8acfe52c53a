"""What a node of a cluster believes about all nodes, itself included."""

from typing import Any, NamedTuple

from local_aws.redis.node import Node
from local_aws.redis.slots import Ranges

LOST = {"fail?", "fail", "handshake"}


class View(NamedTuple):
    """One node as another sees it; `primary` is empty for a primary itself."""

    id: str
    primary: str
    slots: tuple[tuple[int, int], ...]

    def all_slots(self) -> set[int]:
        """The slots one by one."""
        return {slot for first, last in self.slots for slot in range(first, last + 1)}


def topology(node: Node) -> list[View]:
    """Every node that `node` knows."""
    return [_view(known) for known in _known(node)]


def agrees(node: Node, expected: set[View]) -> bool:
    """Whether it sees exactly what is expected, with nobody lost, and serves clients."""
    known = _known(node)
    reachable = all(other["connected"] and not LOST & set(other["flags"].split(",")) for other in known)
    serves = node.execute("CLUSTER INFO")["cluster_state"] == "ok"
    return reachable and serves and {_view(other) for other in known} == expected and _shown(node) == _to_show(expected)


def _shown(node: Node) -> set[str]:
    """Whom clients hear of: a replica is left out until others know that it has the data."""
    return {entry[2] for share in node.execute("CLUSTER SLOTS") for entry in share[2:]}


def _to_show(expected: set[View]) -> set[str]:
    owners = {view.id for view in expected if view.slots}
    return {view.id for view in expected if view.id in owners or view.primary in owners}


def _known(node: Node) -> list[dict[str, Any]]:
    return list(node.execute("CLUSTER NODES").values())


def _view(known: dict[str, Any]) -> View:
    slots: Ranges = [(int(bounds[0]), int(bounds[-1])) for bounds in known["slots"]]
    return View(known["node_id"], known["master_id"].strip("-"), tuple(slots))
