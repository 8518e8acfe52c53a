"""The stock cdk CLI and a cache whose cluster mode changes, or whose update is refused, with all its keys."""

from collections.abc import Iterator

import pytest
from cluster_stack import NAME, ClusterStack, data, fill, read

pytestmark = pytest.mark.timeout(400)
KEYS = data(1_000)


@pytest.fixture(scope="module")
def outputs(stack: ClusterStack) -> Iterator[dict[str, str]]:
    """Of the stack in cluster mode disabled, with its keys."""
    outputs = stack.deploy(mode="disabled")
    fill(stack.linked(outputs).client(), KEYS)
    yield outputs
    stack.cdk.destroy(NAME)
    assert stack.status == ""


@pytest.mark.parametrize(
    ("context", "reason"),
    [
        # From one engine to the other: the emulator's servers cannot, and what CloudFormation does is not proved.
        ({"engine": "valkey"}, "engine of a running group cannot be changed"),
        # Each of these would replace the group.
        ({"port": 6380}, "cannot update a stack when a custom-named resource requires replacing"),
        ({"network": "ipv6"}, "cannot update a stack when a custom-named resource requires replacing"),
        # Not without compatible in between.
        ({"mode": "enabled", "shards": 1}, "cannot go from disabled to enabled"),
    ],
    ids=["engine", "port", "network", "mode"],
)
def test_a_refused_update_leaves_the_stack_and_every_key(
    stack: ClusterStack, outputs: dict[str, str], context: dict[str, object], reason: str
) -> None:
    before, template = stack.group(), stack.template()
    assert reason in stack.refused(**{"mode": "disabled", **context})
    assert stack.status == "UPDATE_ROLLBACK_COMPLETE"
    assert (stack.group(), stack.template()) == (before, template)
    assert read(stack.linked(outputs).client(), KEYS) == KEYS


def test_compatible_serves_clients_of_both_kinds_on_the_way_to_shards(
    stack: ClusterStack, outputs: dict[str, str]
) -> None:
    before = stack.linked(outputs)
    compatible = stack.deploy(mode="compatible")
    assert (stack.group()["ClusterMode"], stack.layout()) == ("compatible", [2])
    linked = stack.linked(compatible)
    for client in (before.client(), linked.client(), linked.reader()):
        assert read(client, KEYS) == KEYS
    by_shards = {"host": compatible["Configuration"], "clustered": True}
    assert read(linked.client(**by_shards), KEYS) == KEYS
    more = {"written by": "a plain client", "written too": "a cluster client"}
    fill(linked.client(), {"written by": more["written by"]})
    fill(linked.client(**by_shards), {"written too": more["written too"]})
    for client in (linked.client(), linked.client(**by_shards)):
        assert read(client, KEYS | more) == KEYS | more

    enabled = stack.linked(stack.deploy(mode="enabled", shards=1))
    assert (stack.group()["ClusterMode"], stack.layout()) == ("enabled", [2])
    assert read(enabled.client(), KEYS | more) == KEYS | more
