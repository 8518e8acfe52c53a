"""What of a template is wrong before any resource is touched."""

from collections.abc import Mapping
from typing import Any

from ministack.services.cloudformation import engine as ministack_engine

from local_aws.cloudformation.errors import TemplateError
from local_aws.cloudformation.intrinsics import Evaluator
from local_aws.cloudformation.registry import Registry

_POLICIES = {
    "DeletionPolicy": ("Delete", "Retain", "RetainExceptOnCreate", "Snapshot"),
    "UpdateReplacePolicy": ("Delete", "Retain", "Snapshot"),
}
_MEMBERS = {"DependsOn", "Condition", "Type", "Properties", "Metadata", "UpdatePolicy", *_POLICIES}


def active_definitions(template: Mapping[str, Any], evaluator: Evaluator) -> dict[str, dict[str, Any]]:
    """The resources whose condition holds, each after those it depends on."""
    definitions: dict[str, dict[str, Any]] = template.get("Resources") or {}
    conditions = {d["Condition"]: evaluator.condition(d["Condition"]) for d in definitions.values() if "Condition" in d}
    try:
        order = ministack_engine._topological_sort(definitions, conditions)
    except ValueError as error:
        raise TemplateError(str(error)) from error
    return {logical_id: definitions[logical_id] for logical_id in order}


def check(
    template: Mapping[str, Any],
    definitions: Mapping[str, Mapping[str, Any]],
    before: Mapping[str, Any],
    registry: Registry,
) -> None:
    """Refuses what the local AWS would otherwise have to ignore."""
    if template.get("Transform"):
        raise TemplateError(f"Transform {template['Transform']} is not supported by the local AWS")
    unknown = sorted({d.get("Type", "") for d in definitions.values() if not registry.knows(d.get("Type", ""))})
    if unknown:
        raise TemplateError(f"Template format error: Unrecognized resource types: [{', '.join(unknown)}]")
    for logical_id, definition in definitions.items():
        _check_definition(logical_id, definition, registry)
        former = before.get(logical_id)
        if former and former["ResourceType"] != definition["Type"]:
            raise TemplateError(
                "Update of resource type is not permitted. "
                f"The new template modifies resource type of the following resources: [{logical_id}]"
            )


def _check_definition(logical_id: str, definition: Mapping[str, Any], registry: Registry) -> None:
    unsupported = sorted(definition.keys() - _MEMBERS)
    if unsupported:
        raise TemplateError(f"Resource {logical_id}: {', '.join(unsupported)} is not supported by the local AWS")
    for attribute, allowed in _POLICIES.items():
        policy = definition.get(attribute, "Delete")
        if policy not in allowed:
            raise TemplateError(
                f"Template error: {attribute} of {logical_id} must be one of {', '.join(allowed)}, got {policy}"
            )
        if policy == "Snapshot" and not registry.find(definition["Type"]).takes_snapshots:
            raise TemplateError(
                f"Template error: {attribute} Snapshot is not supported for {logical_id} of type {definition['Type']}"
            )
