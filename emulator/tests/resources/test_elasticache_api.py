"""The Describe actions as boto3 reads them."""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from cache_templates import cache, cache_template
from local_aws_process import LocalAws, Outcome


@pytest.fixture(scope="module")
def deployed(local_aws: LocalAws) -> Iterator[Outcome]:
    tags = [{"Key": "team", "Value": "a & b"}]
    properties = {"SnapshotRetentionLimit": 7, "SnapshotWindow": "04:00-05:00", "MultiAZEnabled": True, "Tags": tags}
    outcome = local_aws.deploy("api", cache_template(cache("api", **properties)))
    assert outcome.status == "CREATE_COMPLETE", outcome.failures
    yield outcome
    assert local_aws.delete("api").status == "DELETE_COMPLETE"


@pytest.fixture
def elasticache(local_aws: LocalAws, deployed: Outcome) -> Any:
    return local_aws.client("elasticache")


def test_replication_group(elasticache: Any, deployed: Outcome) -> None:
    group = elasticache.describe_replication_groups(ReplicationGroupId="API")["ReplicationGroups"][0]
    assert group["Description"] == "a test & its <group>"
    expected = {
        "Status": "available",
        "MemberClusters": ["api-001", "api-002"],
        "AutomaticFailover": "enabled",
        "MultiAZ": "enabled",
        "ClusterEnabled": False,
        "ClusterMode": "disabled",
        "TransitEncryptionEnabled": True,
        "TransitEncryptionMode": "required",
        "AtRestEncryptionEnabled": False,
        "AuthTokenEnabled": False,
        "SnapshotRetentionLimit": 7,
        "SnapshotWindow": "04:00-05:00",
        "CacheNodeType": "cache.t4g.small",
        "UserGroupIds": ["api-users"],
        "Engine": "redis",
        "ARN": "arn:aws:elasticache:us-east-1:000000000042:replicationgroup:api",
    }
    assert {key: group[key] for key in expected} == expected
    shard = group["NodeGroups"][0]
    assert shard["PrimaryEndpoint"]["Address"] == deployed.outputs["PrimaryAddress"]
    assert shard["ReaderEndpoint"] == {"Address": deployed.outputs["ReaderAddress"], "Port": 6379}
    assert [member["CurrentRole"] for member in shard["NodeGroupMembers"]] == ["primary", "replica"]
    assert [member["PreferredAvailabilityZone"] for member in shard["NodeGroupMembers"]] == ["us-east-1a", "us-east-1b"]


def test_cache_clusters(elasticache: Any, local_aws: LocalAws) -> None:
    clusters = elasticache.describe_cache_clusters(CacheClusterId="api-002", ShowCacheNodeInfo=True)["CacheClusters"]
    assert clusters[0]["ReplicationGroupId"] == "api"
    assert clusters[0]["EngineVersion"] == "7.1"
    assert clusters[0]["SecurityGroups"][0]["Status"] == "active"
    endpoint = clusters[0]["CacheNodes"][0]["Endpoint"]
    assert local_aws.operator("api", "api-002").connection_pool.connection_kwargs["host"] == endpoint["Address"]
    without = elasticache.describe_cache_clusters(CacheClusterId="api-001")["CacheClusters"]
    assert without[0].get("CacheNodes", []) == []
    alone = elasticache.describe_cache_clusters(ShowCacheClustersNotInReplicationGroups=True)
    assert alone["CacheClusters"] == []


def test_users_and_groups(elasticache: Any) -> None:
    user = elasticache.describe_users(UserId="api-app")["Users"][0]
    assert user["UserName"] == "app"
    assert user["AccessString"] == "on ~sess:* +get +set +ping +acl|whoami"
    assert user["Authentication"] == {"Type": "password", "PasswordCount": 1}
    assert user["UserGroupIds"] == ["api-users"]
    default = elasticache.describe_users(UserId="api-default")["Users"][0]
    assert default["Authentication"] == {"Type": "no-password", "PasswordCount": 0}
    assert user["UserId"] in [listed["UserId"] for listed in elasticache.describe_users()["Users"]]
    built_in = elasticache.describe_users(UserId="default")["Users"][0]
    assert (built_in["UserName"], built_in["Engine"], built_in["UserGroupIds"]) == ("default", "redis", [])
    assert (built_in["AccessString"], built_in["Authentication"]["Type"]) == ("on ~* +@all", "no-password")
    group = elasticache.describe_user_groups(UserGroupId="api-users")["UserGroups"][0]
    assert group["UserIds"] == ["api-default", "api-app"]
    assert group["ReplicationGroups"] == ["api"]


def test_groups_of_parameters_and_subnets(elasticache: Any, local_aws: LocalAws) -> None:
    ids = local_aws.resources("api")
    name = ids["Parameters"]
    parameters = elasticache.describe_cache_parameters(CacheParameterGroupName=name, Source="user")["Parameters"]
    assert [(p["ParameterName"], p["ParameterValue"]) for p in parameters] == [("maxmemory-policy", "volatile-ttl")]
    groups = elasticache.describe_cache_parameter_groups(CacheParameterGroupName=name)["CacheParameterGroups"]
    assert groups[0]["CacheParameterGroupFamily"] == "redis7"
    subnets = elasticache.describe_cache_subnet_groups(CacheSubnetGroupName=ids["Subnets"])["CacheSubnetGroups"][0]
    assert subnets["VpcId"] == ids["Vpc"]
    assert [s["SubnetIdentifier"] for s in subnets["Subnets"]] == [ids["SubnetA"], ids["SubnetB"]]


def test_tags(elasticache: Any) -> None:
    for arn in ("replicationgroup:api", "cluster:api-001"):
        found = elasticache.list_tags_for_resource(ResourceName=f"arn:aws:elasticache:us-east-1:000000000042:{arn}")
        assert found["TagList"] == [{"Key": "team", "Value": "a & b"}]


@pytest.mark.parametrize(
    ("action", "parameters", "code"),
    [
        ("describe_replication_groups", {"ReplicationGroupId": "gone"}, "ReplicationGroupNotFoundFault"),
        ("describe_cache_clusters", {"CacheClusterId": "gone"}, "CacheClusterNotFound"),
        ("describe_users", {"UserId": "gone"}, "UserNotFound"),
        ("describe_user_groups", {"UserGroupId": "gone"}, "UserGroupNotFound"),
        ("describe_cache_parameters", {"CacheParameterGroupName": "gone"}, "CacheParameterGroupNotFound"),
        ("describe_cache_subnet_groups", {"CacheSubnetGroupName": "gone"}, "CacheSubnetGroupNotFoundFault"),
        ("describe_snapshots", {"SnapshotName": "gone"}, "SnapshotNotFoundFault"),
        ("list_tags_for_resource", {"ResourceName": "arn:gone"}, "InvalidARN"),
    ],
)
def test_what_is_not_there(elasticache: Any, action: str, parameters: dict[str, str], code: str) -> None:
    with pytest.raises(ClientError) as failure:
        getattr(elasticache, action)(**parameters)
    assert failure.value.response["Error"]["Code"] == code


def test_what_would_create_a_dead_host_is_refused(elasticache: Any) -> None:
    with pytest.raises(ClientError, match="deploy ElastiCache resources with CloudFormation"):
        elasticache.create_replication_group(ReplicationGroupId="sdk", ReplicationGroupDescription="x")
    with pytest.raises(ClientError, match="deploy ElastiCache resources with CloudFormation"):
        elasticache.create_cache_cluster(CacheClusterId="sdk")
