"""The Application Auto Scaling API over HTTP: the Describe actions; what would register something is refused."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from local_aws.resources.auto_scaling.store import Scaling

Request = dict[str, Any]
Shape = dict[str, Any]
Response = tuple[int, dict[str, str], bytes]

_IDENTITY = ("ResourceId", "ScalableDimension", "ServiceNamespace")
_TARGET = (*_IDENTITY, "CreationTime", "MaxCapacity", "MinCapacity", "RoleARN", "ScalableTargetARN", "SuspendedState")
_POLICY = (
    *_IDENTITY,
    "CreationTime",
    "PolicyARN",
    "PolicyName",
    "PolicyType",
    "PredictiveScalingPolicyConfiguration",
    "StepScalingPolicyConfiguration",
    "TargetTrackingScalingPolicyConfiguration",
)
_ACTION = ("EndTime", "ScalableTargetAction", "Schedule", "ScheduledActionName", "StartTime", "Timezone")


class Api:
    """Answers requests about the targets and policies of one run."""

    def __init__(self, scaling: Scaling) -> None:
        self._scaling = scaling
        self._actions: dict[str, Callable[[Request], Shape]] = {
            "DescribeScalableTargets": self._scalable_targets,
            "DescribeScalingPolicies": self._scaling_policies,
            "DescribeScheduledActions": self._scheduled_actions,
        }

    async def handle(
        self, method: str, path: str, headers: dict[str, str], body: bytes, query: dict[str, Any]
    ) -> Response:
        """A request in the shape in which MiniStack hands it to a service."""
        action = headers.get("x-amz-target", "").removeprefix("AnyScaleFrontendService.")
        if action not in self._actions:
            reason = f"{action} is not offered by the local AWS: deploy scalable targets with CloudFormation"
            return _answer(400, {"__type": "ValidationException", "message": reason})
        return _answer(200, self._actions[action](json.loads(body)))

    def _scalable_targets(self, request: Request) -> Shape:
        found = self._scaling.targets.values()
        wanted = request.get("ResourceIds")
        targets = [t for t in found if _matches(t, request) and (not wanted or t["ResourceId"] in wanted)]
        return {"ScalableTargets": [self._target(target) for target in targets]}

    def _scaling_policies(self, request: Request) -> Shape:
        found = self._scaling.policies.values()
        wanted = request.get("PolicyNames")
        policies = [p for p in found if _matches(p, request) and (not wanted or p["PolicyName"] in wanted)]
        return {"ScalingPolicies": [{**_chosen(policy, _POLICY), "Alarms": []} for policy in policies]}

    def _scheduled_actions(self, request: Request) -> Shape:
        targets = [target for target in self._scaling.targets.values() if _matches(target, request)]
        actions = [action for target in targets for action in self._actions_of(target)]
        wanted = request.get("ScheduledActionNames")
        return {"ScheduledActions": [a for a in actions if not wanted or a["ScheduledActionName"] in wanted]}

    def _target(self, target: Shape) -> Shape:
        namespace, account = target["ServiceNamespace"], self._scaling.store.account
        # The role that the service makes for itself where the template names none.
        linked = f"arn:aws:iam::{account}:role/aws-service-role/{namespace}.application-autoscaling.amazonaws.com/"
        described = {"RoleARN": f"{linked}AWSServiceRoleForApplicationAutoScaling", **_chosen(target, _TARGET)}
        return {**described, "MinCapacity": int(target["MinCapacity"]), "MaxCapacity": int(target["MaxCapacity"])}

    def _actions_of(self, target: Shape) -> Iterator[Shape]:
        for action in target.get("ScheduledActions") or []:
            place = f"resource/{target['ServiceNamespace']}/{target['ResourceId']}"
            arn = self._scaling.arn("scheduledAction", f"{place}:scheduledActionName/{action['ScheduledActionName']}")
            common = {**_chosen(target, _IDENTITY), "CreationTime": target["CreationTime"], "ScheduledActionARN": arn}
            yield {**_chosen(action, _ACTION), **common}


def _matches(found: Shape, request: Request) -> bool:
    return all(request.get(name, found[name]) == found[name] for name in _IDENTITY)


def _chosen(found: Shape, fields: tuple[str, ...]) -> Shape:
    return {name: found[name] for name in fields if name in found}


def _answer(status: int, shape: Shape) -> Response:
    return status, {"Content-Type": "application/x-amz-json-1.1"}, json.dumps(shape).encode()
