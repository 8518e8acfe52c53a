"""The hooks stop before anything runs on a MiniStack that they do not know."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from local_aws.cloudformation import hooks

PACKAGE = Path(hooks.__file__).parents[1]


def test_pinned_version_has_every_name() -> None:
    hooks.check()


def test_another_version_is_refused() -> None:
    with pytest.raises(hooks.HooksBroken, match=r"^ministack 1\.4\.21 is needed, found 1\.4\.22$"):
        hooks.check("1.4.22")


def test_missing_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("ministack.services.cloudformation.stacks._add_event")
    with pytest.raises(hooks.HooksBroken, match=r"lacks .*: ministack\.services\.cloudformation\.stacks\._add_event$"):
        hooks.check()


def private_names(source: ast.Module) -> Iterator[str]:
    """What a module of ours takes from MiniStack: underscored attributes, and names that it imports."""
    modules = {}
    for node in ast.walk(source):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "ministack":
            for alias in node.names:
                modules[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    attributes = [node for node in ast.walk(source) if isinstance(node, ast.Attribute) and node.attr.startswith("_")]
    for node in attributes:
        if isinstance(node.value, ast.Name) and node.value.id in modules:
            yield f"{modules[node.value.id]}.{node.attr}"


def test_every_private_name_in_use_is_checked() -> None:
    used = {name for file in PACKAGE.rglob("*.py") for name in private_names(ast.parse(file.read_text()))}
    assert len(used) > 40
    checked = {f"{module}.{name}" for module, names in hooks.NAMES.items() for name in names}
    assert used - checked == set()
