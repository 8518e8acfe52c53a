"""Dynamic references ({{resolve:...}}) are looked up at the last moment: no stack record holds a secret."""

import json
import re
from collections.abc import Callable
from typing import Any

from local_aws.cloudformation.errors import ResourceError

_REFERENCE = re.compile(r"\{\{resolve:([a-z-]+):([^{}]+)\}\}")


class DynamicReferences:
    """Resolves references through the services that hold the values."""

    def __init__(self, secret_string: Callable[[str, str, str], str], parameter: Callable[[str], str]) -> None:
        self._secret_string = secret_string
        self._parameter = parameter

    def resolve(self, value: Any) -> Any:
        """A copy of the value with every reference in it looked up."""
        if isinstance(value, str):
            return _REFERENCE.sub(lambda match: self._look_up(match[1], match[2]), value)
        if isinstance(value, list):
            return [self.resolve(item) for item in value]
        if isinstance(value, dict):
            return {key: self.resolve(item) for key, item in value.items()}
        return value

    def resolve_what_exists(self, value: Any) -> Any:
        """The same for the former properties of a resource, whose secret may be gone by now."""
        try:
            return self.resolve(value)
        except ResourceError:
            return value

    def _look_up(self, service: str, reference: str) -> str:
        match service:
            case "secretsmanager":
                return self._secret(reference)
            case "ssm":
                return self._parameter(reference.split(":")[0] if not reference.startswith("arn:") else reference)
        raise ResourceError(f"Dynamic reference to {service} is not supported by the local AWS")

    def _secret(self, reference: str) -> str:
        parts = reference.split(":")
        name_parts = 7 if reference.startswith("arn:") else 1
        secret_id = ":".join(parts[:name_parts])
        kind, key, stage, version = (parts[name_parts:] + [""] * 4)[:4]
        if kind not in ("", "SecretString"):
            raise ResourceError(f"Dynamic reference to {secret_id}: only SecretString is supported, got {kind}")
        text = self._secret_string(secret_id, stage, version)
        if not key:
            return text
        try:
            return str(json.loads(text)[key])
        except (ValueError, KeyError, TypeError) as error:
            raise ResourceError(
                f"Could not find a value associated with JSONKey {key} in SecretString of {secret_id}"
            ) from error
