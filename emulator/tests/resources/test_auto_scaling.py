"""Scalable targets and policies: recorded, described, and refused where the service refuses them."""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from cache_templates import changed, cluster
from local_aws_process import LocalAws, Outcome, Template, get_att, ref, resource, template

SHARDS, REPLICAS = "elasticache:replication-group:NodeGroups", "elasticache:replication-group:Replicas"
PRIMARY_CPU = "ElastiCachePrimaryEngineCPUUtilization"


def target(dimension: str = SHARDS, **properties: Any) -> Template:
    wanted = {
        "ServiceNamespace": "elasticache",
        "ScalableDimension": dimension,
        "ResourceId": {"Fn::Join": ["/", ["replication-group", ref("Cache")]]},
        "MinCapacity": 1,
        "MaxCapacity": 4,
        **properties,
    }
    return resource("ApplicationAutoScaling::ScalableTarget", wanted)


def policy(metric: str = PRIMARY_CPU, **properties: Any) -> Template:
    tracking = {"PredefinedMetricSpecification": {"PredefinedMetricType": metric}, "TargetValue": 60}
    wanted = {
        "PolicyName": "cpu",
        "PolicyType": "TargetTrackingScaling",
        "ScalingTargetId": ref("Target"),
        "TargetTrackingScalingPolicyConfiguration": tracking,
        **properties,
    }
    return resource("ApplicationAutoScaling::ScalingPolicy", wanted)


def scaling(group_id: str, **resources: Template) -> Template:
    cache = cluster(group_id, NumNodeGroups=1, ReplicasPerNodeGroup=0, CacheNodeType="cache.r7g.large")
    return {**cache, "Target": target(), "Policy": policy(), **resources}


@pytest.fixture(scope="module")
def deployed(local_aws: LocalAws) -> Iterator[Outcome]:
    night = {
        "ScheduledActionName": "night",
        "Schedule": "cron(0 22 * * ? *)",
        "ScalableTargetAction": {"MinCapacity": 1},
    }
    resources = scaling("scaling", Target=target(ScheduledActions=[night]))
    outputs = {"Target": ref("Target"), "Policy": get_att("Policy", "Arn")}
    outcome = local_aws.deploy("scaling", template(resources, outputs))
    assert outcome.status == "CREATE_COMPLETE", outcome.failures
    yield outcome
    assert local_aws.delete("scaling").status == "DELETE_COMPLETE"
    assert described(local_aws) == []
    api = local_aws.client("application-autoscaling")
    assert api.describe_scaling_policies(ServiceNamespace="elasticache")["ScalingPolicies"] == []


def described(local_aws: LocalAws, **request: Any) -> list[dict[str, Any]]:
    api = local_aws.client("application-autoscaling")
    found: list[dict[str, Any]] = api.describe_scalable_targets(ServiceNamespace="elasticache", **request)[
        "ScalableTargets"
    ]
    return found


def test_described(local_aws: LocalAws, deployed: Outcome) -> None:
    assert deployed.outputs["Target"] == f"replication-group/scaling|{SHARDS}|elasticache"
    found = described(local_aws, ResourceIds=["replication-group/scaling"], ScalableDimension=SHARDS)
    assert [(t["MinCapacity"], t["MaxCapacity"], t["ResourceId"]) for t in found] == [
        (1, 4, "replication-group/scaling")
    ]
    assert described(local_aws, ScalableDimension=REPLICAS) == []

    api = local_aws.client("application-autoscaling")
    policies = api.describe_scaling_policies(ServiceNamespace="elasticache", PolicyNames=["cpu"])["ScalingPolicies"]
    assert [p["PolicyARN"] for p in policies] == [deployed.outputs["Policy"]]
    tracking = policies[0]["TargetTrackingScalingPolicyConfiguration"]
    assert tracking["PredefinedMetricSpecification"] == {"PredefinedMetricType": PRIMARY_CPU}
    assert tracking["TargetValue"] == 60

    actions = api.describe_scheduled_actions(ServiceNamespace="elasticache")["ScheduledActions"]
    assert [(a["ScheduledActionName"], a["ScalableTargetAction"]) for a in actions] == [("night", {"MinCapacity": 1})]


def test_registering_is_left_to_cloudformation(local_aws: LocalAws) -> None:
    with pytest.raises(ClientError, match="RegisterScalableTarget is not offered by the local AWS"):
        local_aws.client("application-autoscaling").register_scalable_target(
            ServiceNamespace="elasticache", ResourceId="replication-group/x", ScalableDimension=SHARDS
        )


def test_bounds_change_in_place_and_fail_together(local_aws: LocalAws, deployed: Outcome) -> None:
    resources = scaling("scaling")
    before = described(local_aws)[0]["ScalableTargetARN"]
    assert (
        local_aws.deploy("scaling", template(changed(resources, "Target", MaxCapacity=6))).status == "UPDATE_COMPLETE"
    )
    found = described(local_aws)[0]
    assert (found["MaxCapacity"], found["ScalableTargetARN"]) == (6, before)

    refused = local_aws.deploy("scaling", template(changed(resources, "Target", MinCapacity=9)))
    assert refused.status == "UPDATE_ROLLBACK_COMPLETE"
    assert "Maximum capacity cannot be less than minimum capacity" in refused.failures["Target"]
    assert described(local_aws)[0]["MaxCapacity"] == 6


@pytest.mark.parametrize(
    ("name", "resources", "logical_id", "reason"),
    [
        ("bound", {"Target": target(MaxCapacity=501)}, "Target", "MaxCapacity must be a whole number, 1 to 500"),
        (
            "replicas",
            {"Target": target(REPLICAS, MaxCapacity=6)},
            "Target",
            "MaxCapacity must be a whole number, 1 to 5",
        ),
        (
            "gone",
            {"Target": target(ResourceId="replication-group/gone")},
            "Target",
            "replication-group/gone does not exist",
        ),
        ("namespace", {"Target": target(ServiceNamespace="ecs")}, "Target", "is no dimension of namespace ecs"),
        (
            "metric",
            {"Policy": policy("ElastiCacheReplicaEngineCPUUtilization")},
            "Policy",
            f"not supported for {SHARDS}",
        ),
        ("step", {"Policy": policy(PolicyType="StepScaling")}, "Policy", f"StepScaling is not supported for {SHARDS}"),
        ("target", {"Policy": policy(ScalingTargetId="a|b|c")}, "Policy", "No scalable target registered for a|b|c"),
    ],
)
def test_refused(local_aws: LocalAws, name: str, resources: Template, logical_id: str, reason: str) -> None:
    outcome = local_aws.deploy(f"scale-{name}", template(scaling(f"scale-{name}", **resources)))
    assert outcome.status == "ROLLBACK_COMPLETE"
    assert reason in outcome.failures[logical_id]


@pytest.mark.parametrize(
    ("name", "properties", "reason"),
    [
        ("small", {"CacheNodeType": "cache.t4g.medium"}, "cache.t4g.medium does not support auto scaling"),
        (
            "disabled",
            {"ClusterMode": None, "CacheParameterGroupName": None, "AutomaticFailoverEnabled": False},
            "auto scaling requires cluster mode enabled",
        ),
    ],
)
def test_groups_that_cannot_scale(local_aws: LocalAws, name: str, properties: dict[str, Any], reason: str) -> None:
    resources = changed(scaling(f"fixed-{name}"), "Cache", **properties)
    outcome = local_aws.deploy(f"fixed-{name}", template(resources))
    assert outcome.status == "ROLLBACK_COMPLETE"
    assert reason in outcome.failures["Target"]
