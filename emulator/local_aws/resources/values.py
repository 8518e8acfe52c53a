"""Property values as templates write them: numbers and booleans also come as text."""

from typing import Any

from local_aws.cloudformation.errors import ResourceError


def boolean(properties: dict[str, Any], name: str, default: bool) -> bool:
    """A boolean property."""
    value = properties.get(name, default)
    text = str(value).lower()
    if text not in ("true", "false"):
        raise ResourceError(f"Properties validation failed: {name} must be true or false, got {value}")
    return text == "true"


def integer(properties: dict[str, Any], name: str, default: int, smallest: int = 0, largest: int | None = None) -> int:
    """A whole number within bounds."""
    value = properties.get(name, default)
    text = str(value)
    if not text.removeprefix("-").isdecimal() or int(text) < smallest or (largest is not None and int(text) > largest):
        bounds = f"at least {smallest}" if largest is None else f"{smallest} to {largest}"
        raise ResourceError(f"Properties validation failed: {name} must be a whole number, {bounds}, got {value}")
    return int(text)


def tags(properties: dict[str, Any]) -> list[dict[str, str]]:
    """The Tags property."""
    return [{"Key": tag["Key"], "Value": str(tag["Value"])} for tag in properties.get("Tags") or []]
