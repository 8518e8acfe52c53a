"""The stock cdk CLI and a cache with cluster mode enabled: resharded, rolled back, not deletable, snapshot and kept."""

from collections.abc import Iterator

import pytest
from cluster_stack import GROUP, NAME, ClusterStack, data, fill, read
from local_aws_process import LocalAws, resource, template

pytestmark = pytest.mark.timeout(400)
KEYS = data(10_000)


@pytest.fixture(autouse=True)
def _gone_in_the_end(stack: ClusterStack) -> Iterator[None]:
    yield
    assert stack.status == ""


def test_resharded_rolled_back_and_deleted_at_the_second_attempt(stack: ClusterStack, local_aws: LocalAws) -> None:
    outputs = stack.deploy(shards=2, replicas=1)
    linked = stack.linked(outputs)
    fill(linked.client(), KEYS)
    for shards, replicas in ((4, 1), (3, 1), (3, 2), (3, 1)):
        assert stack.deploy(shards=shards, replicas=replicas) == outputs
        assert stack.layout() == [1 + replicas] * shards
        assert read(linked.client(), KEYS) == KEYS

    assert "no-such-family" in stack.refused(shards=2, replicas=1, broken="yes")
    assert stack.status == "UPDATE_ROLLBACK_COMPLETE"
    assert (stack.layout(), read(linked.client(), KEYS)) == ([2, 2, 2], KEYS)

    # Somebody else's subnet holds the network, so that the stack cannot be deleted as a whole.
    subnet = resource("EC2::Subnet", {"VpcId": outputs["VpcId"], "CidrBlock": "10.0.250.0/24"})
    assert local_aws.deploy("tenant", template({"Subnet": subnet})).status == "CREATE_COMPLETE"
    stuck = stack.cdk.run("destroy", NAME, "--force", "--app", str(stack.cdk.out))
    assert stuck.returncode == 1
    assert "DELETE_FAILED" in stuck.stdout
    assert stack.status == "DELETE_FAILED"
    assert local_aws.delete("tenant").status == "DELETE_COMPLETE"
    stack.cdk.destroy(NAME)

    snapshots = local_aws.client("elasticache").describe_snapshots(ReplicationGroupId=GROUP)["Snapshots"]
    assert [(snapshot["NumNodeGroups"], len(snapshot["NodeSnapshots"])) for snapshot in snapshots] == [(3, 3)]


def test_kept_when_the_stack_is_destroyed(stack: ClusterStack) -> None:
    linked = stack.linked(stack.deploy(removal="retain", shards=1, replicas=0))
    keys = data(300)
    fill(linked.client(), keys)
    stack.cdk.destroy(NAME)
    assert stack.status == ""
    assert read(linked.client(), keys) == keys
