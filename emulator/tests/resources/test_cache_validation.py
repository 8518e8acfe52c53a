"""Wrong input is refused as ElastiCache refuses it, each with its reason, and leaves nothing behind."""

from typing import Any

import pytest
from cache_templates import PASSWORD, cache, network, user
from local_aws_process import LocalAws, Outcome, Template, ref, resource, template


def deploy(local_aws: LocalAws, name: str, resources: Template) -> Outcome:
    outcome = local_aws.deploy(name, template(resources))
    assert outcome.status == "ROLLBACK_COMPLETE"
    assert local_aws.resources(name) == {}
    return outcome


@pytest.mark.parametrize(
    ("name", "properties", "reason"),
    [
        ("failover", {"NumCacheClusters": 1}, "Automatic failover requires at least one replica"),
        (
            "default-failover",
            {"NumCacheClusters": 1, "AutomaticFailoverEnabled": None},
            "Automatic failover requires at least one replica",
        ),
        (
            "multi-az",
            {"AutomaticFailoverEnabled": False, "MultiAZEnabled": True},
            "Multi-AZ requires automatic failover",
        ),
        ("nodes", {"NumCacheClusters": 7}, "NumCacheClusters must be a whole number, 1 to 6, got 7"),
        ("shards", {"NumNodeGroups": 2}, "NumNodeGroups 2 is refused by the local AWS"),
        ("both", {"ReplicasPerNodeGroup": 1}, "Use NumCacheClusters or ReplicasPerNodeGroup, not both."),
        ("token", {"AuthToken": PASSWORD}, "property AuthToken is refused"),
        ("global", {"GlobalReplicationGroupId": "x"}, "property GlobalReplicationGroupId is refused"),
        ("configuration", {"NodeGroupConfiguration": []}, "property NodeGroupConfiguration is refused"),
        ("restore", {"SnapshotName": "x"}, "there are no backup files to restore from"),
        ("mode", {"ClusterMode": "enabled"}, "ClusterMode enabled is refused"),
        ("tls-mode", {"TransitEncryptionMode": "preferred"}, "TransitEncryptionMode preferred is refused"),
        ("tls", {"TransitEncryptionEnabled": False}, "User groups require encryption in transit"),
        (
            "family",
            {"EngineVersion": "6.2"},
            "Expected a parameter group of family redis6.x but found one of family redis7",
        ),
        ("cluster-on", {"CacheParameterGroupName": "default.redis7.cluster.on"}, "it turns cluster mode on"),
        ("parameters", {"CacheParameterGroupName": "gone"}, "CacheParameterGroupNotFound"),
        ("subnets", {"CacheSubnetGroupName": "gone"}, "CacheSubnetGroupNotFoundFault"),
        ("users", {"UserGroupIds": ["gone"]}, "UserGroupNotFound: User group gone not found."),
        ("security", {"SecurityGroupIds": ["sg-gone"]}, "The security group sg-gone does not exist"),
        ("key", {"KmsKeyId": "gone", "AtRestEncryptionEnabled": True}, "InvalidKMSKeyFault: The KMS key gone"),
        ("no-key", {"KmsKeyId": "gone"}, "KmsKeyId requires AtRestEncryptionEnabled"),
        ("topic", {"NotificationTopicArn": "arn:gone"}, "The topic arn:gone does not exist"),
        (
            "log",
            {"LogDeliveryConfigurations": [{"DestinationDetails": {"CloudWatchLogsDetails": {"LogGroup": "gone"}}}]},
            "The log group gone does not exist",
        ),
        ("engine", {"Engine": "memcached"}, "Engine must be redis or valkey, got memcached"),
        ("type", {"CacheNodeType": None}, "CacheNodeType (not set) is not valid"),
        ("zones", {"PreferredCacheClusterAZs": ["us-east-1a"]}, "PreferredCacheClusterAZs has 1 zones for 2 nodes"),
        ("id", {"ReplicationGroupId": "two--hyphens"}, "The replication group id two--hyphens is not valid"),
        ("retention", {"SnapshotRetentionLimit": 36}, "SnapshotRetentionLimit must be a whole number, 0 to 35, got 36"),
    ],
)
def test_replication_group(local_aws: LocalAws, name: str, properties: dict[str, Any], reason: str) -> None:
    outcome = deploy(local_aws, f"rg-{name}", cache(f"rg-{name}", **properties))
    assert reason in outcome.failures["Cache"]


def test_second_group_of_one_id(local_aws: LocalAws) -> None:
    assert local_aws.deploy("first", template(cache("twice"))).status == "CREATE_COMPLETE"
    second = {**network("10.6.0.0/16"), "Cache": cache("TWICE", UserGroupIds=None)["Cache"]}
    for name in ("CacheSubnetGroupName", "CacheParameterGroupName"):
        del second["Cache"]["Properties"][name]
    outcome = deploy(local_aws, "second", second)
    assert outcome.failures["Cache"] == "ReplicationGroupAlreadyExists: Replication group twice already exists."
    assert local_aws.delete("first").status == "DELETE_COMPLETE"


DEFAULT = user("v-default", "default", "off ~* -@all")
APP = user("v-app", "app", "on ~* +@all", PASSWORD)


def users(*members: str, engine: str = "redis", **resources: Template) -> Template:
    properties = {"UserGroupId": "v-users", "Engine": engine, "UserIds": [ref(member) for member in members]}
    return {**resources, "Users": resource("ElastiCache::UserGroup", properties)}


@pytest.mark.parametrize(
    ("name", "resources", "logical_id", "reason"),
    [
        ("no-default", users("App", App=APP), "Users", "DefaultUserRequired"),
        ("twice", users("Default", "Default", Default=DEFAULT), "Users", "names a user twice"),
        (
            "same-name",
            users("Default", "App", "Other", Default=DEFAULT, App=APP, Other=user("v-other", "app", "on", PASSWORD)),
            "Users",
            "DuplicateUserName",
        ),
        ("open", users("Default", engine="valkey", Default=DEFAULT), "Users", "has a user without password"),
        ("length", {"App": user("v-app", "app", "on", "too-short")}, "App", "passwords have 16 to 128 characters"),
        ("three", {"App": user("v-app", "app", "on", *[PASSWORD] * 3)}, "App", "one or two passwords, got 3"),
        ("reserved", {"App": user("default", "app", "on", PASSWORD)}, "App", "UserAlreadyExists: User default"),
        ("grammar", {"App": user("1-app", "app", "on", PASSWORD)}, "App", "UserId begins with a letter"),
    ],
)
def test_users(local_aws: LocalAws, name: str, resources: Template, logical_id: str, reason: str) -> None:
    outcome = deploy(local_aws, f"users-{name}", resources)
    assert reason in outcome.failures[logical_id]
    assert PASSWORD not in str(outcome)


def test_iam_user_has_one_name(local_aws: LocalAws) -> None:
    iam = resource(
        "ElastiCache::User",
        {"UserId": "v-iam", "UserName": "other", "Engine": "redis", "AuthenticationMode": {"Type": "iam"}},
    )
    assert "same user id and user name" in deploy(local_aws, "iam-name", {"Iam": iam}).failures["Iam"]


def test_what_is_in_use_is_not_deleted(local_aws: LocalAws) -> None:
    """Each part in a stack of its own: deleting it fails as long as the group above it is there."""
    parts = cache("inuse")
    exports = {"Outputs": {"Id": {"Value": ref("It")}}}

    def deploy_part(name: str, definition: Template) -> str:
        outcome = local_aws.deploy(f"inuse-{name}", {"Resources": {"It": definition}, **exports})
        assert outcome.status == "CREATE_COMPLETE", outcome.failures
        return outcome.outputs["Id"]

    base = template(network("10.5.0.0/16"), {name: ref(name) for name in ("SubnetA", "SubnetB", "SecurityGroup")})
    ids = local_aws.deploy("inuse-network", base).outputs
    subnets = {"Description": "two", "SubnetIds": [ids["SubnetA"], ids["SubnetB"]]}
    properties = {
        "CacheSubnetGroupName": deploy_part("subnets", resource("ElastiCache::SubnetGroup", subnets)),
        "CacheParameterGroupName": deploy_part("parameters", parts["Parameters"]),
        "SecurityGroupIds": [ids["SecurityGroup"]],
    }
    members = [deploy_part("default", parts["Default"]), deploy_part("app", parts["App"])]
    group = {**parts["Users"]["Properties"], "UserIds": members}
    properties["UserGroupIds"] = [deploy_part("users", resource("ElastiCache::UserGroup", group))]
    deploy_part("cache", cache("inuse", **properties)["Cache"])

    reasons = {
        "subnets": "CacheSubnetGroupInUse",
        "parameters": "InvalidCacheParameterGroupState",
        "users": "InvalidUserGroupState",
        "app": "InvalidUserState",
    }
    for name, reason in reasons.items():
        outcome = local_aws.delete(f"inuse-{name}")
        assert outcome.status == "DELETE_FAILED"
        assert reason in outcome.failures["It"]
    outcome = local_aws.delete("inuse-network")
    assert "DependencyViolation" in outcome.failures["SecurityGroup"]
    for name in ("cache", "users", "app", "default", "parameters", "subnets", "network"):
        assert local_aws.delete(f"inuse-{name}").status == "DELETE_COMPLETE", name
