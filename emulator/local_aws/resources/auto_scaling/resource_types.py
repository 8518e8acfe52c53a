"""AWS::ApplicationAutoScaling types: recorded and described. No alarm watches a metric here, so nothing ever scales."""

import time
import uuid
from typing import Any

from local_aws.cloudformation.errors import ResourceError
from local_aws.cloudformation.registry import Attributes, Owner, Properties, Provisioned, ResourceType, names
from local_aws.resources.auto_scaling.store import Scaling
from local_aws.resources.values import integer

NODE_GROUPS, REPLICAS = "elasticache:replication-group:NodeGroups", "elasticache:replication-group:Replicas"
# ElastiCache User Guide, AutoScaling: what can scale, and between which bounds.
_BOUNDS = {NODE_GROUPS: (1, 500), REPLICAS: (1, 5)}
_FAMILIES = names("r7g r6g r6gd r5 m7g m6g m5 c7gn")
_SIZES = names("large xlarge 2xlarge")
_DIMENSIONS = {
    "ElastiCacheDatabaseCapacityUsageCountedForEvictPercentage": NODE_GROUPS,
    "ElastiCacheDatabaseMemoryUsageCountedForEvictPercentage": NODE_GROUPS,
    "ElastiCachePrimaryEngineCPUUtilization": NODE_GROUPS,
    "ElastiCacheReplicaEngineCPUUtilization": REPLICAS,
}
_IDENTITY = ("ResourceId", "ScalableDimension", "ServiceNamespace")


class ScalableTargetType(ResourceType):
    """A capacity that may scale between two bounds, with its schedules."""

    name = "AWS::ApplicationAutoScaling::ScalableTarget"
    applied = names("ResourceId ScalableDimension ServiceNamespace")
    recorded = names("MaxCapacity MinCapacity RoleARN ScheduledActions SuspendedState Tags")
    required = names("MaxCapacity MinCapacity ResourceId ScalableDimension ServiceNamespace")
    create_only = names("ResourceId ScalableDimension ServiceNamespace")

    def __init__(self, scaling: Scaling) -> None:
        self._scaling = scaling

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        target_id = "|".join(str(properties[name]) for name in _IDENTITY)
        self._check(properties)
        if target_id in self._scaling.targets:
            raise ResourceError(f"AlreadyExists: The scalable target {target_id} already exists.")
        now, arn = time.time(), self._scaling.target_arn(uuid.uuid4().hex)
        self._scaling.targets[target_id] = {**properties, "CreationTime": now, "ScalableTargetARN": arn}
        return Provisioned(target_id, {"Id": target_id})

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        self._check(new)
        former = self._scaling.targets[physical_id]
        kept = {key: former[key] for key in ("CreationTime", "ScalableTargetARN")}
        self._scaling.targets[physical_id] = {**new, **kept}
        return {"Id": physical_id}

    def delete(self, physical_id: str, properties: Properties) -> None:
        """Its policies end with it, as with DeregisterScalableTarget."""
        self._scaling.targets.pop(physical_id, None)
        for arn in [arn for arn, policy in self._scaling.policies.items() if policy["target"] == physical_id]:
            del self._scaling.policies[arn]

    def _check(self, properties: Properties) -> None:
        dimension = properties["ScalableDimension"]
        if not str(dimension).startswith(f"{properties['ServiceNamespace']}:"):
            raise ResourceError(
                f"ValidationException: {dimension} is no dimension of namespace {properties['ServiceNamespace']}."
            )
        smallest, largest = _BOUNDS.get(dimension, (0, None))
        low = integer(properties, "MinCapacity", 0, smallest, largest)
        high = integer(properties, "MaxCapacity", 0, smallest, largest)
        if low > high:
            raise ResourceError("ValidationException: Maximum capacity cannot be less than minimum capacity")
        actions = [action["ScheduledActionName"] for action in properties.get("ScheduledActions") or []]
        if len(set(actions)) < len(actions):
            raise ResourceError(
                f"ValidationException: Two scheduled actions have the same name: {', '.join(sorted(actions))}."
            )
        if dimension in _BOUNDS:
            self._check_replication_group(str(properties["ResourceId"]))

    def _check_replication_group(self, resource_id: str) -> None:
        kind, _, group_id = resource_id.partition("/")
        group = self._scaling.store.replication_groups.get(group_id)
        if kind != "replication-group" or group is None:
            raise ResourceError(f"ValidationException: The resource {resource_id} does not exist.")
        if group.spec.cluster_mode != "enabled":
            raise ResourceError(
                f"ValidationException: {resource_id} cannot scale: auto scaling requires cluster mode enabled."
            )
        _, family, size = group.properties["CacheNodeType"].split(".")
        if family not in _FAMILIES or size not in _SIZES:
            raise ResourceError(
                f"ValidationException: {resource_id} cannot scale: cache.{family}.{size} does not support auto scaling."
            )


class ScalingPolicyType(ResourceType):
    """A policy of a target that exists."""

    name = "AWS::ApplicationAutoScaling::ScalingPolicy"
    applied = names("PolicyName PolicyType ResourceId ScalableDimension ScalingTargetId ServiceNamespace")
    recorded = names(
        "PredictiveScalingPolicyConfiguration StepScalingPolicyConfiguration TargetTrackingScalingPolicyConfiguration"
    )
    required = names("PolicyName PolicyType")
    create_only = names("PolicyName ResourceId ScalableDimension ScalingTargetId ServiceNamespace")
    name_property = "PolicyName"

    def __init__(self, scaling: Scaling) -> None:
        self._scaling = scaling

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        policy, name = self._policy(properties), properties["PolicyName"]
        same = [
            p for p in self._scaling.policies.values() if (p["target"], p["PolicyName"]) == (policy["target"], name)
        ]
        if same:
            raise ResourceError(f"AlreadyExists: {policy['target']} already has a policy {name}.")
        place = f"resource/{policy['ServiceNamespace']}/{policy['ResourceId']}:policyName/{name}"
        arn = self._scaling.arn("scalingPolicy", f"{uuid.uuid4()}:{place}")
        self._scaling.policies[arn] = {**policy, "CreationTime": time.time(), "PolicyARN": arn}
        return Provisioned(arn, {"Arn": arn})

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        former = self._scaling.policies[physical_id]
        kept = {key: former[key] for key in ("CreationTime", "PolicyARN")}
        self._scaling.policies[physical_id] = {**self._policy(new), **kept}
        return {"Arn": physical_id}

    def delete(self, physical_id: str, properties: Properties) -> None:
        self._scaling.policies.pop(physical_id, None)

    def _policy(self, properties: Properties) -> dict[str, Any]:
        """The policy with the identity of its target, which a template gives as one id or in three parts."""
        target_id = properties.get("ScalingTargetId") or "|".join(str(properties.get(name)) for name in _IDENTITY)
        target = self._scaling.targets.get(target_id)
        if target is None:
            raise ResourceError(f"ObjectNotFoundException: No scalable target registered for {target_id}.")
        if target["ScalableDimension"] in _BOUNDS:
            _check_elasticache_policy(target["ScalableDimension"], properties)
        kept = {key: value for key, value in properties.items() if key != "ScalingTargetId"}
        return {**kept, **{name: target[name] for name in _IDENTITY}, "target": target_id}


def _check_elasticache_policy(dimension: str, properties: Properties) -> None:
    if properties["PolicyType"] != "TargetTrackingScaling":
        raise ResourceError(f"ValidationException: {properties['PolicyType']} is not supported for {dimension}.")
    tracking = properties.get("TargetTrackingScalingPolicyConfiguration") or {}
    metric = (tracking.get("PredefinedMetricSpecification") or {}).get("PredefinedMetricType")
    if metric and _DIMENSIONS.get(metric) != dimension:
        raise ResourceError(f"ValidationException: The metric {metric} is not supported for {dimension}.")
    if not metric and "CustomizedMetricSpecification" not in tracking:
        raise ResourceError("ValidationException: A target tracking policy needs a metric.")
