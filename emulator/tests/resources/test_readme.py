"""The README names every type with its lists, as the code has them."""

from local_aws_process import EMULATOR

from local_aws.property_lists import markdown, provided_types
from local_aws.resources.ministack_types import NAMES

README = (EMULATOR / "README.md").read_text()


def test_lists_are_current() -> None:
    assert len(provided_types()) >= 25
    assert markdown().strip() in README, "run `python -m local_aws.property_lists` and put its output into README.md"


def test_types_of_ministack_are_named() -> None:
    assert [name for name in NAMES if f"`{name}`" not in README] == []
