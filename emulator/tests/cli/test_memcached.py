"""A Memcached pool by the stock CLI: grown, rolled back, not changeable, kept and gone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from local_aws_process import LocalAws
from memcached_client import connected, discover
from stock_cdk import Cdk

from local_aws.forwarder import Endpoint

pytestmark = pytest.mark.timeout(400)
NAME = "Pool"


@pytest.fixture(scope="module")
def cdk(local_aws: LocalAws, tmp_path_factory: pytest.TempPathFactory) -> Cdk:
    cli = Cdk(local_aws, tmp_path_factory.mktemp("pool"), "memcached.ts")
    cli.bootstrap(local_aws.announcement["account"])
    return cli


@pytest.fixture(autouse=True)
def _gone_in_the_end(local_aws: LocalAws) -> Iterator[None]:
    yield
    assert status(local_aws) == ""


def status(local_aws: LocalAws) -> str:
    stacks = local_aws.client("cloudformation").describe_stacks()["Stacks"]
    return next((stack["StackStatus"] for stack in stacks if stack["StackName"] == NAME), "")


def put(local_aws: LocalAws, host: str) -> None:
    """An item in every node, named after its address."""
    for endpoint in members(local_aws, host):
        with connected(endpoint, local_aws.announcement["caFile"]) as client:
            assert client.set("address", endpoint.host)


def items(local_aws: LocalAws, host: str) -> list[bool]:
    """Whether each node still has it."""
    found = []
    for endpoint in members(local_aws, host):
        with connected(endpoint, local_aws.announcement["caFile"]) as client:
            found.append(client.get("address") == endpoint.host.encode())
    return found


def members(local_aws: LocalAws, host: str) -> list[Endpoint]:
    with connected((host, 11211), local_aws.announcement["caFile"]) as client:
        return discover(client).endpoints


def test_grown_rolled_back_and_destroyed(cdk: Cdk, local_aws: LocalAws) -> None:
    host = cdk.deploy(NAME)[NAME]["Host"]
    put(local_aws, host)
    assert cdk.deploy(NAME, nodes=4) == {NAME: {"Host": host}}
    assert items(local_aws, host) == [True, True, False, False]
    cdk.deploy(NAME, nodes=3)
    assert items(local_aws, host) == [True, True, False]

    for reason, variation in {
        "no-such-family": {"broken": "yes", "nodes": 5},
        "is decided when it is created": {"tls": "no", "nodes": 3},
    }.items():
        failed = cdk.try_to_deploy(NAME, **variation)
        assert failed.returncode == 1
        assert reason in failed.stdout
        assert status(local_aws) == "UPDATE_ROLLBACK_COMPLETE"
        assert items(local_aws, host) == [True, True, False]

    cdk.destroy(NAME)
    assert local_aws.client("elasticache").describe_cache_clusters()["CacheClusters"] == []
    assert list((Path(local_aws.announcement["runDir"]) / "nodes").iterdir()) == []


def test_kept_when_the_stack_is_destroyed(cdk: Cdk, local_aws: LocalAws) -> None:
    host = cdk.deploy(NAME, removal="retain", nodes=1)[NAME]["Host"]
    put(local_aws, host)
    cdk.destroy(NAME)
    assert items(local_aws, host) == [True]
    elasticache = local_aws.client("elasticache")
    found = elasticache.describe_cache_clusters()["CacheClusters"]
    assert [cluster["CacheClusterId"] for cluster in found] == ["cli-pool"]
