"""Every property of every type stands in one list, measured against the schemas in the pinned cfn-lint."""

import json
from importlib.resources import files
from typing import Any

import pytest

from local_aws.cloudformation.registry import ResourceType
from local_aws.resources import Resources
from local_aws.resources.ministack_types import NAMES
from local_aws.runtime import Runtime

SCHEMAS = files("cfnlint") / "data" / "schemas"
# The service says replacement although the schema does not: CloudFormation User Guide, "Update requires".
ALSO_CREATE_ONLY = {
    "AWS::ElastiCache::User": {"Engine"},
    "AWS::ElastiCache::UserGroup": {"Engine"},
    "AWS::EC2::SecurityGroupIngress": {"SourceSecurityGroupOwnerId"},
}


def schema(type_name: str) -> dict[str, Any]:
    index = json.loads((SCHEMAS / "providers" / "us-east-1.json").read_text())
    found: dict[str, Any] = json.loads((SCHEMAS / "resources" / f"{index[type_name]}.json").read_text())
    return found


def pointed(document: dict[str, Any], key: str) -> set[str]:
    """Top-level properties under a list of JSON pointers."""
    pointers = [pointer.removeprefix("/properties/") for pointer in document.get(key, [])]
    return {pointer for pointer in pointers if "/" not in pointer}


@pytest.fixture
def types(runtime: Runtime) -> list[ResourceType]:
    registry = Resources(runtime).registry
    return [registry.find(name) for name in registry.names() if name not in NAMES]


def test_every_property_is_in_exactly_one_list(types: list[ResourceType]) -> None:
    assert len(types) >= 25
    faults = []
    for kind in types:
        document = schema(kind.name)
        writable = set(document["properties"]) - pointed(document, "readOnlyProperties")
        lists = [*kind.applied, *kind.recorded, *kind.refused]
        faults += [f"{kind.name}: {name} is in no list" for name in sorted(writable - set(lists))]
        faults += [f"{kind.name}: {name} does not exist" for name in sorted(set(lists) - writable)]
        faults += [f"{kind.name}: {name} is in two lists" for name in sorted(set(lists)) if lists.count(name) > 1]
    assert faults == []


def test_required_properties_are_those_of_the_schema(types: list[ResourceType]) -> None:
    assert {kind.name: set(kind.required) for kind in types} == {
        kind.name: set(schema(kind.name).get("required", [])) for kind in types
    }


def test_replacement_is_that_of_the_schema(types: list[ResourceType]) -> None:
    faults = []
    for kind in types:
        document = schema(kind.name)
        always = pointed(document, "createOnlyProperties") | ALSO_CREATE_ONLY.get(kind.name, set())
        sometimes = pointed(document, "conditionalCreateOnlyProperties")
        accepted = kind.applied | kind.recorded
        faults += [f"{kind.name}: {name} must replace" for name in sorted((always & accepted) - kind.create_only)]
        faults += [f"{kind.name}: {name} need not replace" for name in sorted(kind.create_only - always - sometimes)]
        faults += [f"{kind.name}: {name} replaces but is not accepted" for name in sorted(kind.create_only - accepted)]
    assert faults == []


def test_every_refusal_has_a_reason(types: list[ResourceType]) -> None:
    assert all(reason for kind in types for reason in kind.refused.values())
