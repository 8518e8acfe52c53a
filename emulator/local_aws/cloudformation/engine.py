"""The two coroutines that MiniStack runs for a stack, ours in place of its own: deploy and delete."""

import logging
from collections.abc import Mapping
from typing import Any

from ministack.core.responses import get_account_id, get_region, now_iso
from ministack.services import cloudformation as ministack_cloudformation

from local_aws.cloudformation.deployment import Deployment, withdraw_exports
from local_aws.cloudformation.intrinsics import Evaluator
from local_aws.cloudformation.records import StackRecord, importers
from local_aws.cloudformation.registry import Registry
from local_aws.cloudformation.removal import remove

log = logging.getLogger(__name__)


class Engine:
    """Deploys and deletes stacks with the types of a registry."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    async def deploy(
        self,
        stack_name: str,
        stack_id: str,
        template: dict[str, Any],
        parameters: Mapping[str, Any],
        disable_rollback: bool,
        tags: list[Any],
        is_update: bool = False,
        previous_stack: Mapping[str, Any] | None = None,
    ) -> None:
        """Creates or updates a stack; the signature is MiniStack's."""
        stack = StackRecord(ministack_cloudformation._stacks[stack_name])
        live = stack.resources
        evaluator = self._evaluator(stack, template, parameters, live)
        exports = ministack_cloudformation._exports
        deployment = Deployment(self._registry, stack, template, evaluator, live, exports, importers, is_update)
        if await deployment.run():
            stack.data.update(_template=template, _resolved_params=parameters)
        elif previous_stack is not None:
            stack.data.update({key: previous_stack[key] for key in ("_template", "_template_body", "_resolved_params")})

    async def delete(self, stack_name: str, stack_id: str) -> None:
        """Deletes a stack; the signature is MiniStack's."""
        stack = StackRecord(ministack_cloudformation._stacks[stack_name])
        stack.set_status("DELETE_IN_PROGRESS")
        failed = []
        for logical_id, resource in reversed(list(stack.resources.items())):
            policy = "Retain" if logical_id in stack.data["_retained"] else resource["DeletionPolicy"]
            if await remove(self._registry, stack, resource, policy):
                del stack.resources[logical_id]
            else:
                failed.append(logical_id)
        if failed:
            stack.set_status("DELETE_FAILED", f"The following resource(s) failed to delete: [{', '.join(failed)}].")
            return
        withdraw_exports(stack, ministack_cloudformation._exports)
        stack.data.update(DeletionTime=now_iso(), _imported=set())
        stack.set_status("DELETE_COMPLETE")

    def _evaluator(
        self, stack: StackRecord, template: dict[str, Any], parameters: Mapping[str, Any], live: dict[str, Any]
    ) -> Evaluator:
        region = get_region()
        pseudo = {
            "AWS::AccountId": get_account_id(),
            "AWS::NotificationARNs": [],
            "AWS::Partition": "aws",
            "AWS::Region": region,
            "AWS::StackId": stack.id,
            "AWS::StackName": stack.name,
            "AWS::URLSuffix": "amazonaws.com",
        }
        zones = [region + letter for letter in "abc"]
        return Evaluator(template, parameters, live, pseudo, ministack_cloudformation._exports, zones)
