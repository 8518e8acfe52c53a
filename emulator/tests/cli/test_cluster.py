"""The stock cdk CLI and a cache with cluster mode enabled: resharded, rolled back, not deletable, snapshot and kept."""

import json
from collections.abc import Callable, Iterator

import pytest
from local_aws_process import LocalAws, resource, template
from stock_cdk import Cdk

pytestmark = pytest.mark.timeout(300)
KEYS = {f"key:{number}": str(number) for number in range(300)}
Data = Callable[[], dict[str, str]]


@pytest.fixture(scope="module")
def cdk(local_aws: LocalAws, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cdk]:
    cli = Cdk(local_aws, tmp_path_factory.mktemp("cluster"), "cluster.js")
    stacks = local_aws.client("cloudformation").describe_stacks()["Stacks"]
    if "CDKToolkit" not in [stack["StackName"] for stack in stacks]:
        cli.bootstrap(local_aws.announcement["account"])
    yield cli
    assert status(local_aws) == ""


def deploy(cdk: Cdk, *context: str) -> dict[str, str]:
    """Deploys with the variations, and hands back the outputs."""
    done = cdk.deploy("Cluster", "--outputs-file", str(cdk.outputs_file), *variations(*context))
    assert done.returncode == 0, done.stdout
    outputs: dict[str, str] = json.loads(cdk.outputs_file.read_text())["Cluster"]
    return outputs


def variations(*context: str) -> list[str]:
    return [word for variation in context for word in ("-c", variation)]


def status(local_aws: LocalAws) -> str:
    stacks = local_aws.client("cloudformation").describe_stacks()["Stacks"]
    return next((stack["StackStatus"] for stack in stacks if stack["StackName"] == "Cluster"), "")


def shards(local_aws: LocalAws) -> int:
    found = local_aws.client("elasticache").describe_replication_groups(ReplicationGroupId="cli-cluster")
    return len(found["ReplicationGroups"][0]["NodeGroups"])


def data(local_aws: LocalAws, outputs: dict[str, str]) -> dict[str, str]:
    with local_aws.redis_cluster(outputs["Configuration"], 6379) as client:
        return {key: client.get(key) for key in KEYS}


def fill(local_aws: LocalAws, outputs: dict[str, str]) -> None:
    with local_aws.redis_cluster(outputs["Configuration"], 6379) as client:
        for key, value in KEYS.items():
            client.set(key, value)


def test_resharded_rolled_back_and_deleted_at_the_second_attempt(cdk: Cdk, local_aws: LocalAws) -> None:
    outputs = deploy(cdk)
    fill(local_aws, outputs)
    for wanted in (3, 2):
        assert deploy(cdk, f"shards={wanted}") == outputs
        assert (shards(local_aws), data(local_aws, outputs)) == (wanted, KEYS)

    failed = cdk.deploy("Cluster", *variations("shards=3", "broken=yes"))
    assert failed.returncode == 1
    assert "no-such-family" in failed.stdout
    assert status(local_aws) == "UPDATE_ROLLBACK_COMPLETE"
    assert (shards(local_aws), data(local_aws, outputs)) == (2, KEYS)

    # Somebody else's subnet holds the network, so that the stack cannot be deleted as a whole.
    subnet = resource("EC2::Subnet", {"VpcId": outputs["VpcId"], "CidrBlock": "10.0.250.0/24"})
    assert local_aws.deploy("tenant", template({"Subnet": subnet})).status == "CREATE_COMPLETE"
    stuck = cdk.run("destroy", "Cluster", "--force", "--app", str(cdk.out))
    assert stuck.returncode == 1
    assert "DELETE_FAILED" in stuck.stdout
    assert status(local_aws) == "DELETE_FAILED"
    assert local_aws.delete("tenant").status == "DELETE_COMPLETE"
    cdk.succeed("destroy", "Cluster", "--force", "--app", str(cdk.out))

    snapshots = local_aws.client("elasticache").describe_snapshots(ReplicationGroupId="cli-cluster")["Snapshots"]
    assert [(snapshot["NumNodeGroups"], len(snapshot["NodeSnapshots"])) for snapshot in snapshots] == [(2, 2)]


def test_kept_when_the_stack_is_destroyed(cdk: Cdk, local_aws: LocalAws) -> None:
    outputs = deploy(cdk, "removal=retain", "shards=1")
    fill(local_aws, outputs)
    cdk.succeed("destroy", "Cluster", "--force", "--app", str(cdk.out))
    assert status(local_aws) == ""
    assert data(local_aws, outputs) == KEYS
