"""Replication groups with cluster mode enabled: real clusters, resharded by updates of the stack with the data kept."""

from collections.abc import Iterator
from typing import Any

import pytest
import redis
from cache_templates import PASSWORD, changed, cluster, cluster_template
from local_aws_process import LocalAws, Outcome, Template, get_att, resource, template

from local_aws.redis.slots import parse

KEYS = {f"sess:{number}": str(number) for number in range(500)}


@pytest.fixture(scope="module")
def resources() -> Template:
    return cluster("shards")


@pytest.fixture(scope="module")
def deployed(local_aws: LocalAws, resources: Template) -> Iterator[Outcome]:
    outcome = local_aws.deploy("shards", cluster_template(resources))
    assert outcome.status == "CREATE_COMPLETE", outcome.failures
    with client(local_aws, outcome) as application:
        for key, value in KEYS.items():
            application.set(key, value)
    yield outcome
    assert local_aws.delete("shards").status == "DELETE_COMPLETE"


def client(local_aws: LocalAws, outcome: Outcome) -> redis.RedisCluster:
    outputs = outcome.outputs
    return local_aws.redis_cluster(outputs["ConfigurationAddress"], outputs["ConfigurationPort"], "app", PASSWORD)


def update(local_aws: LocalAws, resources: Template) -> Outcome:
    return local_aws.deploy("shards", cluster_template(resources))


def group(local_aws: LocalAws, group_id: str = "shards") -> dict[str, Any]:
    found = local_aws.client("elasticache").describe_replication_groups(ReplicationGroupId=group_id)
    described: dict[str, Any] = found["ReplicationGroups"][0]
    return described


def data(local_aws: LocalAws, outcome: Outcome) -> dict[str, str]:
    with client(local_aws, outcome) as application:
        return {key: application.get(key) for key in KEYS}


def test_described_as_a_cluster(local_aws: LocalAws, deployed: Outcome) -> None:
    described = group(local_aws)
    assert described["ClusterEnabled"] is True
    assert described["ClusterMode"] == "enabled"
    assert described["ConfigurationEndpoint"] == {"Address": deployed.outputs["ConfigurationAddress"], "Port": 6379}
    assert described["MemberClusters"] == [
        f"shards-{shard}-{node}" for shard in ("0001", "0002") for node in ("001", "002")
    ]
    assert [shard["NodeGroupId"] for shard in described["NodeGroups"]] == ["0001", "0002"]
    assert [shard["Slots"] for shard in described["NodeGroups"]] == ["0-8191", "8192-16383"]
    for shard, zones in zip(
        described["NodeGroups"], (["us-east-1a", "us-east-1b"], ["us-east-1b", "us-east-1a"]), strict=True
    ):
        assert "PrimaryEndpoint" not in shard
        assert [member["PreferredAvailabilityZone"] for member in shard["NodeGroupMembers"]] == zones
        assert not [member for member in shard["NodeGroupMembers"] if "CurrentRole" in member]
    assert data(local_aws, deployed) == KEYS


def test_shards_and_replicas_up_and_down(local_aws: LocalAws, deployed: Outcome, resources: Template) -> None:
    for shards, replicas in ((3, 1), (3, 2), (2, 1)):
        outcome = update(local_aws, changed(resources, "Cache", NumNodeGroups=shards, ReplicasPerNodeGroup=replicas))
        assert outcome.status == "UPDATE_COMPLETE", outcome.failures
        assert outcome.outputs == deployed.outputs
        node_groups = group(local_aws)["NodeGroups"]
        assert [len(shard["NodeGroupMembers"]) for shard in node_groups] == [replicas + 1] * shards
        slots = [parse(shard["Slots"]) for shard in node_groups]
        assert sum(map(len, slots)) == len(set().union(*slots)) == 16384
        assert data(local_aws, outcome) == KEYS


def test_without_online_resharding_a_named_group_keeps_its_shards(
    local_aws: LocalAws, deployed: Outcome, resources: Template
) -> None:
    wanted = changed(resources, "Cache", NumNodeGroups=3)
    del wanted["Cache"]["UpdatePolicy"]
    outcome = update(local_aws, wanted)
    assert outcome.status == "UPDATE_ROLLBACK_COMPLETE"
    assert "Rename shards and update the stack again." in outcome.failures["Cache"]
    assert data(local_aws, deployed) == KEYS


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        ({"ClusterMode": "compatible", "NumNodeGroups": 1}, "cannot go from enabled to compatible"),
        ({"AutomaticFailoverEnabled": False}, "auto failover turned off"),
        ({"ReplicasPerNodeGroup": 6}, "0 to 5, got 6"),
        ({"NodeGroupConfiguration": [{}, {}]}, "requires the NodeGroupId of every one"),
        (
            {
                "NodeGroupConfiguration": [
                    {"NodeGroupId": "1", "Slots": "0-99"},
                    {"NodeGroupId": "2", "Slots": "100-16383"},
                ]
            },
            "Slots of node group 0001 cannot be given in a change",
        ),
    ],
)
def test_refused_changes(
    local_aws: LocalAws, deployed: Outcome, resources: Template, properties: dict[str, Any], reason: str
) -> None:
    outcome = update(local_aws, changed(resources, "Cache", **properties))
    assert outcome.status == "UPDATE_ROLLBACK_COMPLETE"
    assert reason in outcome.failures["Cache"]
    assert data(local_aws, deployed) == KEYS


def test_cluster_enabled_of_a_parameter_group_is_fixed(
    local_aws: LocalAws, deployed: Outcome, resources: Template
) -> None:
    outcome = update(local_aws, changed(resources, "Parameters", Properties={"cluster-enabled": "no"}))
    assert outcome.status == "UPDATE_ROLLBACK_COMPLETE"
    assert outcome.failures["Parameters"] == "InvalidParameterValue: The parameter cluster-enabled cannot be modified."


def test_layout_of_shards(local_aws: LocalAws) -> None:
    """Ids, slots, counts and zones of each shard; then one shard less, named by what is left out; then a number."""
    layout = [
        {"NodeGroupId": "10", "ReplicaCount": 0, "Slots": "0-999", "PrimaryAvailabilityZone": "us-east-1b"},
        {"NodeGroupId": "20", "ReplicaCount": 1, "Slots": "1000-16383", "ReplicaAvailabilityZones": ["us-east-1b"]},
    ]
    cut = {"NumNodeGroups": None, "ReplicasPerNodeGroup": None, "NodeGroupConfiguration": layout}
    resources = cluster("layout", **cut)
    outcome = local_aws.deploy("layout", cluster_template(resources))
    assert outcome.status == "CREATE_COMPLETE", outcome.failures
    described = group(local_aws, "layout")
    assert described["MemberClusters"] == ["layout-0010-001", "layout-0020-001", "layout-0020-002"]
    assert [shard["Slots"] for shard in described["NodeGroups"]] == ["0-999", "1000-16383"]
    assert described["NodeGroups"][0]["NodeGroupMembers"][0]["PreferredAvailabilityZone"] == "us-east-1b"
    with client(local_aws, outcome) as application:
        for key, value in KEYS.items():
            application.set(key, value)

    rest = [{"NodeGroupId": "20", "ReplicaCount": 1}]
    shrunk = local_aws.deploy("layout", cluster_template(changed(resources, "Cache", NodeGroupConfiguration=rest)))
    assert shrunk.status == "UPDATE_COMPLETE", shrunk.failures
    assert group(local_aws, "layout")["MemberClusters"] == ["layout-0020-001", "layout-0020-002"]
    assert data(local_aws, shrunk) == KEYS

    # A mere number keeps the shards that are there.
    counted = changed(resources, "Cache", NodeGroupConfiguration=None, NumNodeGroups=2, ReplicasPerNodeGroup=0)
    grown = local_aws.deploy("layout", cluster_template(counted))
    assert grown.status == "UPDATE_COMPLETE", grown.failures
    assert group(local_aws, "layout")["MemberClusters"] == ["layout-0001-001", "layout-0020-001"]
    assert data(local_aws, grown) == KEYS
    assert local_aws.delete("layout").status == "DELETE_COMPLETE"


def test_primary_end_point_does_not_exist(local_aws: LocalAws) -> None:
    resources = cluster("noprimary", NumNodeGroups=1, ReplicasPerNodeGroup=0)
    topic = resource("SNS::Topic", {"DisplayName": get_att("Cache", "PrimaryEndPoint.Address")})
    outcome = local_aws.deploy("noprimary", template({**resources, "Topic": topic}))
    assert outcome.status == "ROLLBACK_COMPLETE"
    assert "does not support attribute PrimaryEndPoint.Address" in outcome.failures["Topic"]
