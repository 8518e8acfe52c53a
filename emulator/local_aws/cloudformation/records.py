"""What MiniStack's Describe actions read: the state of a stack, of its resources, and the events of both."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from ministack.core.responses import now_iso
from ministack.services import cloudformation as ministack_cloudformation
from ministack.services.cloudformation import stacks as ministack_stacks

STACK_TYPE = "AWS::CloudFormation::Stack"


def moment() -> str:
    """The present as a timestamp that puts events in their order; MiniStack's own, in milliseconds, leaves ties."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class StackRecord:
    """One stack of MiniStack's store."""

    def __init__(self, stack: dict[str, Any]) -> None:
        self.data = stack
        self.name: str = stack["StackName"]
        self.id: str = stack["StackId"]

    @property
    def resources(self) -> dict[str, dict[str, Any]]:
        """The resources that exist, by logical id."""
        resources: dict[str, dict[str, Any]] = self.data.setdefault("_resources", {})
        return resources

    def set_status(self, status: str, reason: str = "") -> None:
        """Moves the stack on and tells so in an event."""
        self.data.update(StackStatus=status, StackStatusReason=reason, LastUpdatedTime=now_iso())
        self.event(self.name, STACK_TYPE, status, self.id, reason)

    def event(self, logical_id: str, type_name: str, status: str, physical_id: str = "", reason: str = "") -> None:
        """Adds an event."""
        ministack_stacks._add_event(self.id, self.name, logical_id, type_name, status, reason, physical_id)


def resource_record(
    logical_id: str,
    definition: Mapping[str, Any],
    status: str,
    properties: dict[str, Any],
    physical_id: str,
    attributes: dict[str, Any],
) -> dict[str, Any]:
    """A resource as MiniStack keeps it, with the policies that decide about its end."""
    return {
        "LogicalResourceId": logical_id,
        "PhysicalResourceId": physical_id,
        "ResourceType": definition["Type"],
        "ResourceStatus": status,
        "Properties": properties,
        "Attributes": attributes,
        "Timestamp": now_iso(),
        **policies(definition),
    }


def importers(export_name: str) -> list[str]:
    """The stacks that import an export, as their last successful deployment left it."""
    stacks = ministack_cloudformation._stacks.items()
    return [name for name, stack in stacks if export_name in stack.get("_imported", ())]


def policies(definition: Mapping[str, Any]) -> dict[str, Any]:
    """The policies of a definition, with CloudFormation's defaults."""
    ends = {key: definition.get(key, "Delete") for key in ("DeletionPolicy", "UpdateReplacePolicy")}
    return {**ends, "UpdatePolicy": definition.get("UpdatePolicy") or {}}
