"""One creation or update of a stack: forward in order of dependency, and back to where it was when a resource fails."""

import asyncio
import copy
import logging
from collections.abc import Callable, Mapping
from typing import Any

from local_aws.cloudformation import template as templates
from local_aws.cloudformation.errors import TemplateError
from local_aws.cloudformation.intrinsics import Evaluator
from local_aws.cloudformation.records import StackRecord, policies, resource_record
from local_aws.cloudformation.registry import Owner, Provisioned, Registry
from local_aws.cloudformation.removal import remove

log = logging.getLogger(__name__)

Resource = dict[str, Any]


class Deployment:
    """The run; `before` are the resources of the former template, `live` those that exist now."""

    def __init__(
        self,
        registry: Registry,
        stack: StackRecord,
        template: Mapping[str, Any],
        evaluator: Evaluator,
        live: dict[str, Resource],
        exports: dict[str, dict[str, str]],
        importers: Callable[[str], list[str]],
        is_update: bool,
    ) -> None:
        self._registry = registry
        self._stack = stack
        self._template = template
        self._evaluator = evaluator
        self._live = live
        self._exports = exports
        self._importers = importers
        self._before = dict(live)
        self._order = list(live)
        self._verb = "UPDATE" if is_update else "CREATE"
        self._changed: list[str] = []
        self._replaced: list[Resource] = []

    async def run(self) -> bool:
        """Whether the stack is now what the template says; else it is as before, or its status says so."""
        try:
            definitions = templates.active_definitions(self._template, self._evaluator)
            templates.check(self._template, definitions, self._before, self._registry)
            for logical_id, definition in definitions.items():
                await self._provision(logical_id, definition)
            outputs = self._outputs()
            self._keep_imported_exports(outputs)
        except Exception as error:
            if not isinstance(error, TemplateError | _ResourceFailed):
                log.exception("deployment of stack %s failed", self._stack.name)
            await self._roll_back(str(error))
            return False
        if self._verb == "UPDATE":
            await self._clean_up(definitions)
        self._order_by(definitions)
        self._publish(outputs)
        self._stack.set_status(f"{self._verb}_COMPLETE")
        return True

    async def _provision(self, logical_id: str, definition: Mapping[str, Any]) -> None:
        former = self._before.get(logical_id)
        verb = "UPDATE" if former else "CREATE"
        type_name, former_id = definition["Type"], former["PhysicalResourceId"] if former else ""
        try:
            properties = self._evaluator.properties(definition)
            if former and former["Properties"] == properties:
                self._live[logical_id] = {**former, **policies(definition)}
                return
            self._stack.event(logical_id, type_name, f"{verb}_IN_PROGRESS", former_id)
            if former and not self._registry.find(type_name).updates_or_not_at_all:
                self._remember(
                    logical_id, definition, "UPDATE_FAILED", properties, Provisioned(former_id, former["Attributes"])
                )
            wanted = {**policies(definition), "Properties": properties}
            done = await self._change(logical_id, type_name, former, wanted)
        except Exception as error:
            log.info("%s of %s in stack %s failed", verb, logical_id, self._stack.name, exc_info=True)
            self._stack.event(logical_id, type_name, f"{verb}_FAILED", former_id, str(error))
            raise _ResourceFailed(
                f"The following resource(s) failed to {verb.lower()}: [{logical_id}]. {error}"
            ) from error
        self._remember(logical_id, definition, f"{verb}_COMPLETE", properties, done)
        if former and done.physical_id != former_id:
            self._replaced.append(former)
        self._stack.event(logical_id, type_name, f"{verb}_COMPLETE", done.physical_id)

    async def _change(self, logical_id: str, type_name: str, former: Resource | None, target: Resource) -> Provisioned:
        """Hands out copies: what is recorded of a resource is not for its type to change."""
        owner = Owner(self._stack.name, logical_id, target["UpdatePolicy"])
        wanted = copy.deepcopy(target["Properties"])
        if former is None:
            return await asyncio.to_thread(self._registry.create, type_name, owner, wanted)
        former_id, old = former["PhysicalResourceId"], copy.deepcopy(former["Properties"])
        return await asyncio.to_thread(self._registry.update, type_name, owner, former_id, old, wanted)

    def _remember(
        self, logical_id: str, definition: Mapping[str, Any], status: str, properties: dict[str, Any], done: Provisioned
    ) -> None:
        """Records the resource as it is now, and that a rollback has to undo it."""
        record = resource_record(logical_id, definition, status, properties, done.physical_id, done.attributes)
        self._live[logical_id] = record
        if logical_id not in self._changed:
            self._changed.append(logical_id)

    def _outputs(self) -> list[dict[str, str]]:
        outputs = []
        for key, definition in (self._template.get("Outputs") or {}).items():
            if "Condition" in definition and not self._evaluator.condition(definition["Condition"]):
                continue
            output = {
                "OutputKey": key,
                "OutputValue": str(self._evaluator.value(definition["Value"])),
                "Description": definition.get("Description", ""),
            }
            if "Export" in definition:
                output["ExportName"] = self._export_name(str(self._evaluator.value(definition["Export"]["Name"])))
            outputs.append(output)
        return outputs

    def _export_name(self, name: str) -> str:
        if self._exports.get(name, {}).get("StackId", self._stack.id) != self._stack.id:
            raise TemplateError(
                f"Export with name {name} is already exported by stack {self._exports[name]['StackId']}"
            )
        return name

    def _keep_imported_exports(self, outputs: list[dict[str, str]]) -> None:
        values = {output.get("ExportName"): output["OutputValue"] for output in outputs}
        for output in self._stack.data.get("Outputs", []):
            name = output.get("ExportName")
            if name is None or values.get(name) == output["OutputValue"]:
                continue
            importers = self._importers(name)
            if importers:
                change = "updated" if name in values else "deleted"
                raise TemplateError(f"Export {name} cannot be {change} as it is in use by {', '.join(importers)}")

    def _publish(self, outputs: list[dict[str, str]]) -> None:
        withdraw_exports(self._stack, self._exports)
        self._stack.data.update(Outputs=outputs, _imported=self._evaluator.imported)
        for output in outputs:
            if "ExportName" in output:
                name, value = output["ExportName"], output["OutputValue"]
                self._exports[name] = {"StackId": self._stack.id, "Name": name, "Value": value}

    async def _clean_up(self, definitions: Mapping[str, Any]) -> None:
        """Deletes what the update replaced or no longer names; as on AWS, a failure here fails no update any more."""
        gone = [self._live.pop(logical_id) for logical_id in self._order if logical_id not in definitions]
        if not gone and not self._replaced:
            return
        self._stack.set_status("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")
        for resource in reversed(self._replaced):
            await remove(self._registry, self._stack, resource, resource["UpdateReplacePolicy"])
        for resource in reversed(gone):
            await remove(self._registry, self._stack, resource, resource["DeletionPolicy"])

    def _order_by(self, definitions: Mapping[str, Any]) -> None:
        """Deletion goes backwards through the resources, so they stand in the order of the template that counts."""
        ordered = {logical_id: self._live[logical_id] for logical_id in definitions}
        self._live.clear()
        self._live.update(ordered)

    async def _roll_back(self, reason: str) -> None:
        prefix = "UPDATE_ROLLBACK" if self._verb == "UPDATE" else "ROLLBACK"
        self._stack.set_status(f"{prefix}_IN_PROGRESS", reason)
        succeeded = [await self._undo(logical_id) for logical_id in reversed(self._changed)]
        self._stack.set_status(f"{prefix}_COMPLETE" if all(succeeded) else f"{prefix}_FAILED")

    async def _undo(self, logical_id: str) -> bool:
        """Puts one resource back: updated ones are updated back, only those this run created are deleted."""
        now, former = self._live[logical_id], self._before.get(logical_id)
        if former is None or former["PhysicalResourceId"] != now["PhysicalResourceId"]:
            policy = now["DeletionPolicy"] if former is None else now["UpdateReplacePolicy"]
            removed = await remove(
                self._registry, self._stack, now, "Delete" if policy == "RetainExceptOnCreate" else policy
            )
            if former is not None:
                self._live[logical_id] = former
            elif removed:
                del self._live[logical_id]
            return removed
        type_name, physical_id = now["ResourceType"], now["PhysicalResourceId"]
        self._stack.event(logical_id, type_name, "UPDATE_IN_PROGRESS", physical_id)
        try:
            done = await self._change(logical_id, type_name, now, former)
        except Exception as error:
            log.exception("rollback of %s in stack %s failed", logical_id, self._stack.name)
            self._stack.event(logical_id, type_name, "UPDATE_FAILED", physical_id, str(error))
            return False
        self._live[logical_id] = {**former, "PhysicalResourceId": done.physical_id, "Attributes": done.attributes}
        self._stack.event(logical_id, type_name, "UPDATE_COMPLETE", done.physical_id)
        return True


class _ResourceFailed(Exception):
    """A resource failed; its event has been written."""


def withdraw_exports(stack: StackRecord, exports: dict[str, dict[str, str]]) -> None:
    """Takes back what the stack exports."""
    for output in stack.data.get("Outputs", []):
        exports.pop(output.get("ExportName", ""), None)
