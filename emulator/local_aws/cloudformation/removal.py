"""The end of a resource, the same for stack deletion, clean-up after an update, and rollback: its policy decides."""

import asyncio
import logging
from typing import Any

from local_aws.cloudformation.records import StackRecord
from local_aws.cloudformation.registry import Owner, Registry

log = logging.getLogger(__name__)


async def remove(registry: Registry, stack: StackRecord, resource: dict[str, Any], policy: str) -> bool:
    """Ends a resource as the policy says; False when it could not be deleted and still belongs to the stack."""
    logical_id, type_name, physical_id = (
        resource[key] for key in ("LogicalResourceId", "ResourceType", "PhysicalResourceId")
    )
    if policy in ("Retain", "RetainExceptOnCreate"):
        stack.event(logical_id, type_name, "DELETE_SKIPPED", physical_id)
        return True
    stack.event(logical_id, type_name, "DELETE_IN_PROGRESS", physical_id)
    try:
        if policy == "Snapshot":
            await asyncio.to_thread(registry.snapshot, type_name, physical_id)
        owner = Owner(stack.name, logical_id)
        await asyncio.to_thread(registry.delete, type_name, owner, physical_id, resource["Properties"])
    except Exception as error:
        log.exception("deletion of %s in stack %s failed", logical_id, stack.name)
        resource["ResourceStatus"] = "DELETE_FAILED"
        stack.event(logical_id, type_name, "DELETE_FAILED", physical_id, str(error))
        return False
    stack.event(logical_id, type_name, "DELETE_COMPLETE", physical_id)
    return True
