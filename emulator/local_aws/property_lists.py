"""`python -m local_aws.property_lists`: the lists of every type as the README prints them."""

from collections.abc import Iterator

from local_aws import resources
from local_aws.cloudformation.registry import ResourceType
from local_aws.resources.ministack_types import MiniStackType

assert resources, "importing the package defines all types"


def provided_types() -> list[type[ResourceType]]:
    """The types that are ours, by name."""
    return sorted(_described(ResourceType), key=lambda kind: kind.name)


def markdown() -> str:
    """One section for each type."""
    return "\n".join(_section(kind) for kind in provided_types())


def _described(base: type[ResourceType]) -> Iterator[type[ResourceType]]:
    for kind in base.__subclasses__():
        if issubclass(kind, MiniStackType):
            continue
        if "name" in vars(kind):
            yield kind
        yield from _described(kind)


def _section(kind: type[ResourceType]) -> str:
    reasons: dict[str, list[str]] = {}
    for name, reason in sorted(kind.refused.items()):
        reasons.setdefault(reason, []).append(name)
    lines = [f"#### {kind.name}", ""]
    lines += [f"- applied: {_words(kind.applied)}"] if kind.applied else []
    lines += [f"- recorded: {_words(kind.recorded)}"] if kind.recorded else []
    lines += [f"- refused ({reason}): {_words(names)}" for reason, names in sorted(reasons.items())]
    return "\n".join([*lines, ""])


def _words(names: frozenset[str] | list[str]) -> str:
    return ", ".join(sorted(names))


if __name__ == "__main__":
    print(markdown())
