"""The hooks stop before anything runs on a MiniStack that they do not know."""

import pytest

from local_aws.cloudformation import hooks


def test_pinned_version_has_every_name() -> None:
    hooks.check()


def test_another_version_is_refused() -> None:
    with pytest.raises(hooks.HooksBroken, match=r"^ministack 1\.4\.21 is needed, found 1\.4\.22$"):
        hooks.check("1.4.22")


def test_missing_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("ministack.services.cloudformation.stacks._add_event")
    with pytest.raises(hooks.HooksBroken, match=r"lacks .*: ministack\.services\.cloudformation\.stacks\._add_event$"):
        hooks.check()
