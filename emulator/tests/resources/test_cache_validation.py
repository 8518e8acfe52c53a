"""Wrong input is refused as ElastiCache refuses it, each with its reason, and leaves nothing behind."""

from typing import Any

import pytest
from cache_templates import PASSWORD, cache, network, user
from local_aws_process import LocalAws, Outcome, Template, ref, resource, template


def log(destination: str, **details: Any) -> Template:
    return {
        "DestinationDetails": details,
        "DestinationType": destination,
        "LogFormat": "json",
        "LogType": "slow-log",
    }


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
        ("shards", {"NumNodeGroups": 1}, "Use NumCacheClusters or NumNodeGroups, not both."),
        ("both", {"ReplicasPerNodeGroup": 1}, "Use NumCacheClusters or ReplicasPerNodeGroup, not both."),
        ("global", {"GlobalReplicationGroupId": "x"}, "property GlobalReplicationGroupId is refused"),
        ("layout", {"NodeGroupConfiguration": [{}]}, "Use NumCacheClusters or NodeGroupConfiguration, not both."),
        ("restore", {"SnapshotName": "x"}, "there are no backup files to restore from"),
        (
            "mode",
            {"ClusterMode": "enabled"},
            "Cluster mode enabled requires a parameter group with cluster-enabled yes",
        ),
        ("any-mode", {"ClusterMode": "on"}, "ClusterMode must be one of disabled, compatible, enabled, got on"),
        ("tls", {"TransitEncryptionEnabled": False}, "User groups require encryption in transit"),
        (
            "family",
            {"EngineVersion": "6.2"},
            "Expected a parameter group of family redis6.x but found one of family redis7",
        ),
        (
            "cluster-on",
            {"CacheParameterGroupName": "default.redis7.cluster.on", "ClusterMode": "disabled"},
            "Cluster mode disabled requires a parameter group with cluster-enabled no",
        ),
        ("parameters", {"CacheParameterGroupName": "gone"}, "CacheParameterGroupNotFound"),
        ("subnets", {"CacheSubnetGroupName": "gone"}, "CacheSubnetGroupNotFoundFault"),
        ("users", {"UserGroupIds": ["gone"]}, "UserGroupNotFound: User group gone not found."),
        ("security", {"SecurityGroupIds": ["sg-gone"]}, "The security group sg-gone does not exist"),
        ("key", {"KmsKeyId": "gone", "AtRestEncryptionEnabled": True}, "InvalidKMSKeyFault: The KMS key gone"),
        ("no-key", {"KmsKeyId": "gone"}, "KmsKeyId requires AtRestEncryptionEnabled"),
        ("topic", {"NotificationTopicArn": "arn:gone"}, "The topic arn:gone does not exist"),
        (
            "log",
            {"LogDeliveryConfigurations": [log("cloudwatch-logs", CloudWatchLogsDetails={"LogGroup": "gone"})]},
            "The log group gone does not exist",
        ),
        (
            "stream",
            {"LogDeliveryConfigurations": [log("kinesis-firehose", KinesisFirehoseDetails={"DeliveryStream": "gone"})]},
            "The delivery stream gone does not exist",
        ),
        ("destination", {"LogDeliveryConfigurations": [log("s3")]}, "not to s3"),
        ("discovery", {"IpDiscovery": "ipv6"}, "IpDiscovery ipv6 does not go with network type ipv4"),
        ("network", {"NetworkType": "ipv6", "IpDiscovery": "ipv4"}, "IpDiscovery ipv4 does not go with network type"),
        ("snapshot", {"SnapshottingClusterId": "rg-snapshot-003"}, "rg-snapshot-003 is no node of rg-snapshot"),
        ("durability", {"Durability": "always"}, "Durability is default, async, sync or disabled, got always"),
        ("durable", {"Durability": "sync"}, "Durability sync needs Valkey 9.0 or newer; cluster mode enabled"),
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


CLUSTER: dict[str, Any] = {
    "NumCacheClusters": None,
    "NumNodeGroups": 2,
    "ReplicasPerNodeGroup": 1,
    "CacheParameterGroupName": "default.redis7.cluster.on",
}


@pytest.mark.parametrize(
    ("name", "properties", "reason"),
    [
        ("group", {"CacheParameterGroupName": "default.redis7"}, "2 node groups require cluster mode enabled"),
        ("failover", {"AutomaticFailoverEnabled": False}, "cannot be created with auto failover turned off"),
        ("replicas", {"ReplicasPerNodeGroup": 6}, "ReplicasPerNodeGroup must be a whole number, 0 to 5, got 6"),
        ("shards", {"NumNodeGroups": 501}, "NumNodeGroups must be a whole number, 1 to 500, got 501"),
        ("quota", {"NumNodeGroups": 46}, "allowed number of cache nodes in a single cluster: 92 of 90"),
        ("multi-az", {"ReplicasPerNodeGroup": 0, "MultiAZEnabled": True}, "Multi-AZ requires at least one replica"),
        ("zones", {"PreferredCacheClusterAZs": ["us-east-1a"] * 2}, "is for cluster mode disabled"),
        ("snapshot", {"SnapshottingClusterId": "x"}, "Cannot set snapshotting cluster for cluster mode enabled"),
        ("count", {"NodeGroupConfiguration": [{}]}, "NodeGroupConfiguration has 1 entries for 2 node groups"),
        ("id", {"NodeGroupConfiguration": [{"NodeGroupId": "00001"}, {}]}, "NodeGroupId has one to four digits"),
        ("twice", {"NodeGroupConfiguration": [{"NodeGroupId": "2"}, {}]}, "has an id twice: 0002, 0002"),
        ("slots", {"NodeGroupConfiguration": [{"Slots": "0-16383"}, {}]}, "has Slots or none"),
        ("gap", {"NodeGroupConfiguration": [{"Slots": "0-9"}, {"Slots": "11-16383"}]}, "must be all from 0 to 16383"),
        ("own-count", {"NodeGroupConfiguration": [{"ReplicaCount": 2}, {}]}, "is not ReplicasPerNodeGroup 1"),
        (
            "own-zones",
            {"NodeGroupConfiguration": [{"ReplicaAvailabilityZones": ["us-east-1a"] * 2}, {}]},
            "has 2 replica zones for 1 replicas",
        ),
        (
            "foreign",
            {"NodeGroupConfiguration": [{"PrimaryAvailabilityZone": "us-east-1f"}, {}]},
            "us-east-1f is no availability zone of the subnet group: us-east-1a, us-east-1b",
        ),
        (
            "old",
            {
                "EngineVersion": "6.2",
                "CacheParameterGroupName": "default.redis6.x.cluster.on",
                "ClusterMode": "enabled",
            },
            "ClusterMode enabled is not supported for redis 6.2",
        ),
    ],
)
def test_cluster_mode(local_aws: LocalAws, name: str, properties: dict[str, Any], reason: str) -> None:
    outcome = deploy(local_aws, f"cme-{name}", cache(f"cme-{name}", **{**CLUSTER, **properties}))
    assert reason in outcome.failures["Cache"]


@pytest.mark.parametrize(
    ("name", "properties", "reason"),
    [
        ("users", {"AuthToken": PASSWORD, "UserGroupIds": [ref("Users")]}, "AuthToken and UserGroupIds exclude each"),
        ("plain", {"AuthToken": PASSWORD, "TransitEncryptionEnabled": False}, "AuthToken requires encryption"),
        ("short", {"AuthToken": "too-short"}, "Invalid AuthToken provided."),
        ("letters", {"AuthToken": "percent%-not-at-creation"}, "Invalid AuthToken provided."),
        (
            "no-tls",
            {"TransitEncryptionEnabled": False, "TransitEncryptionMode": "preferred"},
            "To modify transit encryption mode, set encryption-in-transit as enabled.",
        ),
        (
            "preferred",
            {"AuthToken": PASSWORD, "TransitEncryptionMode": "preferred"},
            "Transit encryption preferred is not supported with redis access control.",
        ),
        (
            "preferred-users",
            {"UserGroupIds": [ref("Users")], "TransitEncryptionMode": "preferred"},
            "Transit encryption preferred is not supported with redis access control.",
        ),
        ("mode", {"TransitEncryptionMode": "always"}, "TransitEncryptionMode is preferred or required, got always"),
    ],
)
def test_login_and_encryption(local_aws: LocalAws, name: str, properties: dict[str, Any], reason: str) -> None:
    outcome = deploy(local_aws, f"login-{name}", cache(f"login-{name}", **{"UserGroupIds": None, **properties}))
    assert reason in outcome.failures["Cache"]
    assert PASSWORD not in str(outcome)


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
