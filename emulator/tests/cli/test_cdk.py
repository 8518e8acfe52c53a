"""The stock cdk CLI against the local AWS, from bootstrap to nothing left."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from local_aws_process import LocalAws
from redis.exceptions import NoPermissionError
from stock_cdk import Cdk

pytestmark = pytest.mark.timeout(200)


@pytest.fixture(scope="module")
def cdk(local_aws: LocalAws, tmp_path_factory: pytest.TempPathFactory) -> Cdk:
    cli = Cdk(local_aws, tmp_path_factory.mktemp("cdk"))
    cli.bootstrap(local_aws.announcement["account"])
    return cli


@pytest.fixture(scope="module")
def outputs(cdk: Cdk, local_aws: LocalAws) -> Iterator[dict[str, dict[str, str]]]:
    """Of both stacks deployed; afterwards destroyed, with nothing of them left but the final snapshot."""
    yield cdk.deploy("--all", "--concurrency", "2")
    cdk.destroy("--all")
    stacks = local_aws.client("cloudformation").describe_stacks()["Stacks"]
    assert [stack["StackName"] for stack in stacks] == ["CDKToolkit"]
    elasticache = local_aws.client("elasticache")
    assert elasticache.describe_replication_groups()["ReplicationGroups"] == []
    assert [user["UserId"] for user in elasticache.describe_users()["Users"]] == ["default"]
    assert [s["ReplicationGroupId"] for s in elasticache.describe_snapshots()["Snapshots"]] == ["cli-cache"]
    assert local_aws.client("secretsmanager").list_secrets()["SecretList"] == []
    assert local_aws.client("ec2").describe_nat_gateways()["NatGateways"] == []
    assert local_aws.client("ecs").list_clusters()["clusterArns"] == []
    assert local_aws.client("elbv2").describe_load_balancers()["LoadBalancers"] == []
    # The construct's own log group is retained, as CDK has it by default.
    groups = local_aws.client("logs").describe_log_groups()["logGroups"]
    assert [group["logGroupName"].split("-")[0] for group in groups] == ["Client"]
    nodes = Path(local_aws.announcement["runDir"]) / "nodes"
    assert list(nodes.iterdir()) == []


def session(local_aws: LocalAws, outputs: dict[str, dict[str, str]]) -> Any:
    """A client with what the deployed task definition and the deployed secret say, and nothing else."""
    definition = local_aws.client("ecs").describe_task_definition(taskDefinition=outputs["Client"]["TaskDefinition"])
    container = definition["taskDefinition"]["containerDefinitions"][0]
    environment = {entry["name"]: entry["value"] for entry in container["environment"]}
    value = local_aws.client("secretsmanager").get_secret_value(SecretId=environment["CACHE_SECRET_ARN"])
    secret = json.loads(value["SecretString"])
    return local_aws.redis(environment["CACHE_HOST"], 6379, secret["username"], secret["password"])


def test_the_application_logs_in(local_aws: LocalAws, outputs: dict[str, dict[str, str]]) -> None:
    client = session(local_aws, outputs)
    assert client.execute_command("ACL", "WHOAMI") == "app"
    client.set("sess:first", "kept")
    with pytest.raises(NoPermissionError):
        client.get("other")
    service = local_aws.client("ecs")
    cluster = service.list_clusters()["clusterArns"][0]
    services = service.describe_services(
        cluster=cluster, services=service.list_services(cluster=cluster)["serviceArns"]
    )
    assert services["services"][0]["desiredCount"] == 2


def test_update_in_place(cdk: Cdk, local_aws: LocalAws, outputs: dict[str, dict[str, str]]) -> None:
    session(local_aws, outputs).set("sess:update", "kept")
    cdk.deploy("Data", "--exclusively", nodes=3, policy="allkeys-lru")
    assert session(local_aws, outputs).get("sess:update") == "kept"
    replication = local_aws.operator("cli-cache", "cli-cache-001").info("replication")
    assert replication["connected_slaves"] == 2
    policy = local_aws.operator("cli-cache", "cli-cache-003").config_get("maxmemory-policy")
    assert policy == {"maxmemory-policy": "allkeys-lru"}


def test_failed_update_rolls_back(cdk: Cdk, local_aws: LocalAws, outputs: dict[str, dict[str, str]]) -> None:
    session(local_aws, outputs).set("sess:rollback", "kept")
    done = cdk.try_to_deploy("Data", "--exclusively", nodes=3, policy="no-such-policy")
    assert done.returncode == 1
    assert "maxmemory-policy" in done.stdout, done.stdout
    assert session(local_aws, outputs).get("sess:rollback") == "kept"
    stacks = local_aws.client("cloudformation").describe_stacks(StackName="Data")["Stacks"]
    assert stacks[0]["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
