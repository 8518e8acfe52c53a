"""Corrections to MiniStack's CloudFormation actions; each is a wrapper around the action of the same name."""

import copy
from collections.abc import Callable, Mapping
from typing import Any

from ministack.core.responses import get_region
from ministack.services import cloudformation as ministack_cloudformation
from ministack.services.cloudformation import changesets, handlers, helpers, stacks

from local_aws.cloudformation.records import importers

Parameters = dict[str, Any]
Response = tuple[int, dict[str, str], bytes]
Action = Callable[[Parameters], Response]

BY_STACK_NAME = (
    "CreateChangeSet",
    "DeleteChangeSet",
    "DeleteStack",
    "DescribeChangeSet",
    "DescribeStackResource",
    "DescribeStackResources",
    "ExecuteChangeSet",
    "GetTemplateSummary",
    "ListChangeSets",
    "UpdateStack",
)
CHANGE_SETS = ("CreateChangeSet", "ExecuteChangeSet")
STARTS_STACKS = ("CreateStack", "CreateChangeSet", "ExecuteChangeSet", "UpdateStack")
_STUCK = ("DELETE_FAILED", "ROLLBACK_FAILED", "UPDATE_ROLLBACK_FAILED")


def by_name(action: Action) -> Action:
    """Accepts a stack ARN, which the cdk CLI sends, where MiniStack looks a stack up by its name only."""

    def wrapper(parameters: Parameters) -> Response:
        wanted = helpers._p(parameters, "StackName")
        for name, stack in ministack_cloudformation._stacks.items():
            if wanted and stack.get("StackId") == wanted:
                return action({**parameters, "StackName": [name]})
        return action(parameters)

    return wrapper


def in_region(action: Action, region: str) -> Action:
    """Refuses stacks elsewhere: the servers and stores behind our types belong to one region."""

    def wrapper(parameters: Parameters) -> Response:
        if get_region() != region:
            return helpers._error("ValidationError", f"The local AWS serves region {region} only, not {get_region()}")
        return action(parameters)

    return wrapper


def with_rollback(action: Action) -> Action:
    """Refuses DisableRollback: MiniStack does not read it everywhere, and would roll back all the same."""

    def wrapper(parameters: Parameters) -> Response:
        if str(helpers._p(parameters, "DisableRollback", "false")).lower() == "true":
            return helpers._error("ValidationError", "DisableRollback is not supported by the local AWS")
        return action(parameters)

    return wrapper


def counting_every_change(action: Action) -> Action:
    """A change of outputs alone can be executed too; MiniStack looks at resources only and calls it empty."""

    def wrapper(parameters: Parameters) -> Response:
        response = action(parameters)
        name, stack_name = helpers._p(parameters, "ChangeSetName"), helpers._p(parameters, "StackName")
        _, change_set = changesets._find_change_set(name, stack_name)
        if response[0] == 200 and change_set and change_set["Status"] == "FAILED":
            stack = ministack_cloudformation._stacks[stack_name]
            if _outputs(stack.get("_template"), stack.get("_resolved_params")) != _outputs(
                change_set["_template"], change_set["_resolved_params"]
            ):
                change_set.update(Status="CREATE_COMPLETE", ExecutionStatus="AVAILABLE", StatusReason="")
        return response

    return wrapper


def when_settled(action: Action) -> Action:
    """One operation at a time: MiniStack runs a change set of a stack beside an update that is still under way."""

    def wrapper(parameters: Parameters) -> Response:
        _, change_set = changesets._find_change_set(
            helpers._p(parameters, "ChangeSetName"), helpers._p(parameters, "StackName")
        )
        name = change_set["StackName"] if change_set else helpers._p(parameters, "StackName")
        stack = ministack_cloudformation._stacks.get(name, {})
        status = stack.get("StackStatus", "")
        if status in _STUCK or (status.endswith("_IN_PROGRESS") and status != "REVIEW_IN_PROGRESS"):
            return helpers._error(
                "ValidationError", f"Stack:{stack['StackId']} is in {status} state and can not be updated."
            )
        return action(parameters)

    return wrapper


def with_result(action: Action) -> Action:
    """Puts the result element into the answer to DeleteChangeSet, without which boto3 cannot read it."""

    def wrapper(parameters: Parameters) -> Response:
        response = action(parameters)
        return (
            response if response[0] != 200 else helpers._xml(200, "DeleteChangeSetResponse", "<DeleteChangeSetResult/>")
        )

    return wrapper


def delete_stack(parameters: Parameters) -> Response:
    """Starts the deletion unless another stack imports an export; MiniStack searches templates for the name."""
    done = helpers._xml(200, "DeleteStackResponse", "")
    stack = ministack_cloudformation._stacks.get(helpers._p(parameters, "StackName"))
    if stack is None or stack["StackStatus"] in ("DELETE_COMPLETE", "DELETE_IN_PROGRESS"):
        return done
    if stack["StackStatus"].endswith("_IN_PROGRESS") and stack["StackStatus"] != "REVIEW_IN_PROGRESS":
        return helpers._error("ValidationError", f"Stack [{stack['StackId']}] is in {stack['StackStatus']} state")
    for output in stack.get("Outputs", []):
        users = importers(output.get("ExportName", ""))
        if users:
            reason = f"Export {output['ExportName']} cannot be deleted as it is in use by {', '.join(users)}"
            return helpers._error("ValidationError", reason)
    retained = [helpers._p(parameters, key) for key in parameters if key.startswith("RetainResources.member.")]
    if retained and stack["StackStatus"] != "DELETE_FAILED":
        return helpers._error(
            "ValidationError",
            f"Invalid operation on stack [{stack['StackId']}]. When you delete a stack, specify which resources to "
            "retain only when the stack is in the DELETE_FAILED state.",
        )
    stack["_retained"] = retained
    change_sets = ministack_cloudformation._change_sets
    for key in [key for key, change_set in change_sets.items() if change_set["StackId"] == stack["StackId"]]:
        change_sets.pop(key)
    name, stack_id = stack["StackName"], stack["StackId"]
    stacks._create_stack_task_in_region(handlers._delete_stack_async(name, stack_id), stack, stack_id)
    return done


def comparable(
    template: Mapping[str, Any] | None, parameters: Mapping[str, Any], stack_name: str, stack_id: str
) -> dict[str, Any]:
    """A template with its parameters put in; MiniStack evaluates more, and makes all Fn::GetAtt equal."""
    return {"Resources": _with_parameters((template or {}).get("Resources") or {}, parameters)}


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The resource changes between two comparable templates, policies and metadata included."""
    before, after = old.get("Resources", {}), new.get("Resources", {})
    changes = []
    for logical_id in sorted(before.keys() | after.keys()):
        if before.get(logical_id) == after.get(logical_id):
            continue
        action = "Add" if logical_id not in before else "Modify" if logical_id in after else "Remove"
        type_name = (after.get(logical_id) or before.get(logical_id) or {}).get("Type", "")
        replacement = "Conditional" if action == "Modify" else "False"
        change = {
            "Action": action,
            "LogicalResourceId": logical_id,
            "ResourceType": type_name,
            "Replacement": replacement,
        }
        changes.append({"ResourceChange": change})
    return changes


def _outputs(template: Mapping[str, Any] | None, parameters: Mapping[str, Any] | None) -> Any:
    return _with_parameters((template or {}).get("Outputs") or {}, parameters or {})


def _with_parameters(value: Any, parameters: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_with_parameters(item, parameters) for item in value]
    if not isinstance(value, dict):
        return copy.copy(value)
    if value.keys() == {"Ref"} and value["Ref"] in parameters:
        return parameters[value["Ref"]]["Value"]
    return {key: _with_parameters(item, parameters) for key, item in value.items()}
