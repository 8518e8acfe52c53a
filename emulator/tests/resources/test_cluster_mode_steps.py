"""The way of a running group to cluster mode enabled, and what is refused on it."""

from typing import Any

import redis
from cache_templates import PASSWORD, cache, changed
from local_aws_process import LocalAws, Outcome, Template, get_att, resource, template

KEYS = {f"sess:{number}": str(number) for number in range(100)}
PRIMARY, CONFIGURATION = ("PrimaryEndPoint", "ReaderEndPoint"), ("ConfigurationEndPoint",)
COMPATIBLE: dict[str, Any] = {"ClusterMode": "compatible", "CacheParameterGroupName": {"Ref": "ClusterParameters"}}
ENABLED: dict[str, Any] = {**COMPATIBLE, "ClusterMode": "enabled"}


def resources(group_id: str) -> Template:
    parts = cache(group_id, ClusterMode="disabled")
    parts["App"]["Properties"]["AccessString"] += " +cluster|slots +readonly +command"
    properties = {**parts["Parameters"]["Properties"], "Properties": {"cluster-enabled": "yes"}}
    parts["ClusterParameters"] = resource("ElastiCache::ParameterGroup", properties)
    parts["Cache"]["UpdatePolicy"] = {"UseOnlineResharding": True}
    return parts


def deploy(local_aws: LocalAws, parts: Template, ends: tuple[str, ...], **properties: Any) -> Outcome:
    outputs = {end: get_att("Cache", f"{end}.Address") for end in ends}
    group_id = parts["Cache"]["Properties"]["ReplicationGroupId"]
    return local_aws.deploy(group_id, template(changed(parts, "Cache", **properties), outputs))


def through_primary(local_aws: LocalAws, outcome: Outcome) -> redis.Redis:
    return local_aws.redis(outcome.outputs["PrimaryEndPoint"], 6379, "app", PASSWORD)


def through_cluster(local_aws: LocalAws, outcome: Outcome) -> redis.RedisCluster:
    return local_aws.redis_cluster(outcome.outputs["ConfigurationEndPoint"], 6379, "app", PASSWORD)


def test_from_compatible_to_enabled(local_aws: LocalAws) -> None:
    parts = resources("modes")
    compatible = deploy(local_aws, parts, PRIMARY + CONFIGURATION, **COMPATIBLE)
    assert compatible.status == "CREATE_COMPLETE", compatible.failures
    for key, value in KEYS.items():
        through_primary(local_aws, compatible).set(key, value)
    with through_cluster(local_aws, compatible) as client:
        assert {key: client.get(key) for key in KEYS} == KEYS
    described = local_aws.client("elasticache").describe_replication_groups(ReplicationGroupId="modes")
    group = described["ReplicationGroups"][0]
    assert (group["ClusterMode"], group["ClusterEnabled"]) == ("compatible", False)
    assert group["ConfigurationEndpoint"]["Address"] == compatible.outputs["ConfigurationEndPoint"]
    assert group["NodeGroups"][0]["PrimaryEndpoint"]["Address"] == compatible.outputs["PrimaryEndPoint"]

    frozen = deploy(local_aws, parts, PRIMARY + CONFIGURATION, **COMPATIBLE, SnapshotRetentionLimit=3)
    assert (
        "nothing but the mode and the parameter group can be changed, got SnapshotRetentionLimit"
        in frozen.failures["Cache"]
    )

    cut = {"NumCacheClusters": None, "NumNodeGroups": 1, "ReplicasPerNodeGroup": 1}
    enabled = deploy(local_aws, parts, CONFIGURATION, **ENABLED, **cut)
    assert enabled.status == "UPDATE_COMPLETE", enabled.failures
    assert enabled.outputs["ConfigurationEndPoint"] == compatible.outputs["ConfigurationEndPoint"]
    grown = deploy(local_aws, parts, CONFIGURATION, **ENABLED, **{**cut, "NumNodeGroups": 2})
    assert grown.status == "UPDATE_COMPLETE", grown.failures
    with through_cluster(local_aws, grown) as client:
        assert {key: client.get(key) for key in KEYS} == KEYS

    back = deploy(local_aws, parts, CONFIGURATION, **COMPATIBLE)
    assert "cannot go from enabled to compatible" in back.failures["Cache"]
    with through_cluster(local_aws, grown) as client:
        assert {key: client.get(key) for key in KEYS} == KEYS
    assert local_aws.delete("modes").status == "DELETE_COMPLETE"


def test_enabled_without_online_resharding_would_replace(local_aws: LocalAws) -> None:
    """NumNodeGroups is new in the template then, which CloudFormation takes for a change of the shards."""
    parts = resources("modes-named")
    del parts["Cache"]["UpdatePolicy"]
    compatible = deploy(local_aws, parts, PRIMARY, **COMPATIBLE)
    through_primary(local_aws, compatible).set("sess:kept", "yes")
    cut = {"NumCacheClusters": None, "NumNodeGroups": 1, "ReplicasPerNodeGroup": 1}
    refused = deploy(local_aws, parts, CONFIGURATION, **ENABLED, **cut)
    assert "Rename modes-named and update the stack again." in refused.failures["Cache"]
    assert through_primary(local_aws, compatible).get("sess:kept") == "yes"
    assert local_aws.delete("modes-named").status == "DELETE_COMPLETE"


def test_from_disabled_to_compatible_and_back(local_aws: LocalAws) -> None:
    parts = resources("modes-steps")
    disabled = deploy(local_aws, parts, PRIMARY)
    for key, value in KEYS.items():
        through_primary(local_aws, disabled).set(key, value)
    elasticache = local_aws.client("elasticache")

    mixed = deploy(local_aws, parts, PRIMARY + CONFIGURATION, **COMPATIBLE, SnapshotRetentionLimit=3)
    assert "and on the way to it, nothing but the mode" in mixed.failures["Cache"]
    by_parameters = {**COMPATIBLE, "CacheParameterGroupName": {"Ref": "Parameters"}}
    unprepared = deploy(local_aws, parts, PRIMARY + CONFIGURATION, **by_parameters)
    assert "requires a parameter group with cluster-enabled yes" in unprepared.failures["Cache"]

    compatible = deploy(local_aws, parts, PRIMARY + CONFIGURATION, **COMPATIBLE)
    assert compatible.status == "UPDATE_COMPLETE", compatible.failures
    assert {end: compatible.outputs[end] for end in PRIMARY} == disabled.outputs
    assert through_primary(local_aws, compatible).get("sess:7") == "7"
    with through_cluster(local_aws, compatible) as client:
        assert {key: client.get(key) for key in KEYS} == KEYS
    group = elasticache.describe_replication_groups(ReplicationGroupId="modes-steps")["ReplicationGroups"][0]
    assert (group["ClusterMode"], group["MemberClusters"]) == ("compatible", ["modes-steps-001", "modes-steps-002"])
    assert group["ConfigurationEndpoint"]["Address"] == compatible.outputs["ConfigurationEndPoint"]

    back = deploy(local_aws, parts, PRIMARY)
    assert (back.status, back.outputs) == ("UPDATE_COMPLETE", disabled.outputs), back.failures
    client = through_primary(local_aws, back)
    assert {key: client.get(key) for key in KEYS} == KEYS
    group = elasticache.describe_replication_groups(ReplicationGroupId="modes-steps")["ReplicationGroups"][0]
    assert group["ClusterMode"] == "disabled"
    assert "ConfigurationEndpoint" not in group
    assert local_aws.delete("modes-steps").status == "DELETE_COMPLETE"


def test_what_leads_nowhere_from_disabled(local_aws: LocalAws) -> None:
    parts = resources("modes-skip")
    disabled = deploy(local_aws, parts, PRIMARY)
    through_primary(local_aws, disabled).set("sess:kept", "yes")
    cut = {"NumCacheClusters": None, "NumNodeGroups": 1, "ReplicasPerNodeGroup": 1}
    skipped = deploy(local_aws, parts, (), **ENABLED, **cut)
    assert "cannot go from disabled to enabled" in skipped.failures["Cache"]
    by_parameters = deploy(local_aws, parts, (), **{**ENABLED, "ClusterMode": None}, **cut)
    assert "The parameter cluster-enabled has a different value" in by_parameters.failures["Cache"]
    assert through_primary(local_aws, disabled).get("sess:kept") == "yes"
    assert local_aws.delete("modes-skip").status == "DELETE_COMPLETE"
