"""What can be deployed: one class per resource type, which says of every property whether it has an effect here."""

import re
import secrets
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from local_aws.cloudformation.dynamic_references import DynamicReferences
from local_aws.cloudformation.errors import ResourceError, TemplateError

Properties = dict[str, Any]
Attributes = dict[str, Any]

NOT_MODELLED = "it is not modelled here"


def names(text: str) -> frozenset[str]:
    """A set of property names, written as words."""
    return frozenset(text.split())


def refusing(reason: str, text: str) -> dict[str, str]:
    """Property names, written as words, that are refused for one reason."""
    return dict.fromkeys(text.split(), reason)


@dataclass(frozen=True)
class Owner:
    """The place of a resource: its stack, its logical id there, and how the template wants it updated."""

    stack_name: str
    logical_id: str
    update_policy: Mapping[str, Any] = field(default_factory=dict)

    def physical_name(self, length: int, *, lower: bool = False) -> str:
        """A name for a resource without one: letters, digits and single hyphens, as every service accepts."""
        suffix = secrets.token_hex(6).upper()
        prefix = (
            re.sub(r"[^A-Za-z0-9]+", "-", f"{self.stack_name}-{self.logical_id}")
            .strip("-")[: length - len(suffix) - 1]
            .rstrip("-")
        )
        name = f"{prefix}-{suffix}"
        return name.lower() if lower else name


@dataclass(frozen=True)
class Provisioned:
    """What a create or update hands back: the value of Ref and those of Fn::GetAtt."""

    physical_id: str
    attributes: Attributes = field(default_factory=dict)


class ResourceType(ABC):
    """A type: how it is created, changed and deleted, and where each property of its CloudFormation schema stands."""

    name: ClassVar[str]
    applied: ClassVar[frozenset[str]] = frozenset()
    recorded: ClassVar[frozenset[str]] = frozenset()
    refused: ClassVar[Mapping[str, str]] = {}
    required: ClassVar[frozenset[str]] = frozenset()
    create_only: ClassVar[frozenset[str]] = frozenset()
    name_property: ClassVar[str | None] = None
    takes_snapshots: ClassVar[bool] = False
    # Whether a failed update has changed nothing; else the rollback updates the resource back as well.
    updates_or_not_at_all: ClassVar[bool] = True

    @abstractmethod
    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        """Creates the resource; leaves nothing behind when it fails."""

    @abstractmethod
    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        """Changes the resource in place; leaves it as it was when it fails."""

    @abstractmethod
    def delete(self, physical_id: str, properties: Properties) -> None:
        """Deletes the resource; one that is gone already is no failure."""

    def snapshot(self, physical_id: str) -> None:
        """Keeps a last snapshot before deletion; only types that have snapshots."""
        raise ResourceError(f"{self.name} has no snapshots: {physical_id}")

    def check(self, properties: Properties) -> None:
        """Every property must be one that we apply or record, and the required ones must be there."""
        for key in properties:
            if key in self.refused:
                raise ResourceError(f"{self.name}: property {key} is refused by the local AWS: {self.refused[key]}")
            if key not in self.applied and key not in self.recorded:
                raise ResourceError(
                    f"Properties validation failed for {self.name}: extraneous key [{key}] is not permitted"
                )
        for key in sorted(self.required - properties.keys()):
            raise ResourceError(f"Properties validation failed for {self.name}: required key [{key}] not found")

    def must_replace(self, owner: Owner, old: Properties, new: Properties) -> bool:
        """Whether the change touches a property that CloudFormation can only give to a new resource."""
        return any(old.get(key) != new.get(key) for key in self.create_only)

    def change(self, owner: Owner, physical_id: str, old: Properties, new: Properties) -> Provisioned:
        """Updates in place, or creates a replacement: then the id differs and the former resource is still there."""
        if not self.must_replace(owner, old, new):
            return Provisioned(physical_id, self.update(physical_id, old, new))
        name = new.get(self.name_property) if self.name_property else None
        if name is not None and name == old.get(self.name_property):
            raise ResourceError(
                "CloudFormation cannot update a stack when a custom-named resource requires replacing. "
                f"Rename {name} and update the stack again."
            )
        return self.create(owner, new)

    def remove(self, owner: Owner, physical_id: str, properties: Properties) -> None:
        """Deletes; only types that must know whose resource it was override this one instead of `delete`."""
        self.delete(physical_id, properties)


class Registry:
    """All types, and the one door through which the engine reaches them: checks, dynamic references, replacement."""

    def __init__(self, references: DynamicReferences) -> None:
        self._references = references
        self._types: dict[str, ResourceType] = {}
        self._custom: ResourceType | None = None

    def add(self, *types: ResourceType) -> None:
        """Registers types by their names."""
        for kind in types:
            self._types[kind.name] = kind

    def add_custom(self, kind: ResourceType) -> None:
        """Registers the type behind every `Custom::` name."""
        self._custom = kind

    def names(self) -> list[str]:
        """The names of all registered types."""
        return sorted(self._types)

    def knows(self, name: str) -> bool:
        """Whether resources of that type can be deployed."""
        return name in self._types or (name.startswith("Custom::") and self._custom is not None)

    def find(self, name: str) -> ResourceType:
        """The type of that name."""
        if name in self._types:
            return self._types[name]
        if name.startswith("Custom::") and self._custom is not None:
            return self._custom
        raise TemplateError(f"Template format error: Unrecognized resource types: [{name}]")

    def create(self, type_name: str, owner: Owner, properties: Properties) -> Provisioned:
        """Creates a resource."""
        kind = self.find(type_name)
        resolved = self._references.resolve(properties)
        kind.check(resolved)
        return kind.create(owner, resolved)

    def update(self, type_name: str, owner: Owner, physical_id: str, old: Properties, new: Properties) -> Provisioned:
        """Changes or replaces a resource."""
        kind = self.find(type_name)
        wanted = self._references.resolve(new)
        kind.check(wanted)
        return kind.change(owner, physical_id, self._references.resolve_what_exists(old), wanted)

    def delete(self, type_name: str, owner: Owner, physical_id: str, properties: Properties) -> None:
        """Deletes a resource."""
        self.find(type_name).remove(owner, physical_id, self._references.resolve_what_exists(properties))

    def snapshot(self, type_name: str, physical_id: str) -> None:
        """Takes the last snapshot of a resource."""
        self.find(type_name).snapshot(physical_id)
