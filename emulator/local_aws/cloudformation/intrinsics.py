"""Evaluates intrinsic functions strictly: MiniStack puts an empty text or a name for what it does not find."""

import base64
import ipaddress
import re
from collections.abc import Callable, Mapping
from typing import Any

from local_aws.cloudformation.errors import TemplateError

NO_VALUE = object()
_PLACEHOLDER = re.compile(r"\$\{(!?)([^}]+)\}")
_CONDITION_FUNCTIONS = ("Fn::And", "Fn::Or", "Fn::Not", "Fn::Equals", "Condition")


class Evaluator:
    """The values of one stack: parameters, mappings, conditions, exports, and its resources so far."""

    def __init__(
        self,
        template: Mapping[str, Any],
        parameters: Mapping[str, Any],
        resources: Mapping[str, Mapping[str, Any]],
        pseudo: Mapping[str, Any],
        exports: Mapping[str, Mapping[str, Any]],
        zones: list[str],
    ) -> None:
        self._template = template
        self._parameters = parameters
        self._resources = resources
        self._pseudo = {**pseudo, "AWS::NoValue": NO_VALUE}
        self._exports = exports
        self._zones = zones
        self.imported: set[str] = set()
        self._decided: dict[str, bool] = {}
        self._functions: dict[str, Callable[[Any], Any]] = {
            "Ref": self._ref,
            "Fn::GetAtt": self._get_att,
            "Fn::Join": self._join,
            "Fn::Sub": self._sub,
            "Fn::Select": self._select,
            "Fn::Split": self._split,
            "Fn::If": self._if,
            "Fn::Base64": lambda text: base64.b64encode(str(self.value(text)).encode()).decode(),
            "Fn::FindInMap": self._find_in_map,
            "Fn::ImportValue": self._import_value,
            "Fn::GetAZs": lambda region: list(self._zones),
            "Fn::Cidr": self._cidr,
        }

    def value(self, expression: Any) -> Any:
        """The expression with every function replaced by its value."""
        if isinstance(expression, list):
            return [item for item in map(self.value, expression) if item is not NO_VALUE]
        if not isinstance(expression, dict):
            return expression
        if len(expression) == 1:
            name, argument = next(iter(expression.items()))
            if name in self._functions:
                return self._functions[name](argument)
            if name in _CONDITION_FUNCTIONS[:-1]:
                return self.holds(expression)
            if name.startswith("Fn::"):
                raise TemplateError(f"Template error: {name} is not supported by the local AWS")
        evaluated = {key: self.value(item) for key, item in expression.items()}
        return {key: item for key, item in evaluated.items() if item is not NO_VALUE}

    def properties(self, definition: Mapping[str, Any]) -> dict[str, Any]:
        """The evaluated Properties of a resource definition."""
        evaluated = self.value(definition.get("Properties") or {})
        if not isinstance(evaluated, dict):
            raise TemplateError("Template format error: Properties must be an object")
        return evaluated

    def holds(self, condition: Any) -> bool:
        """Whether a condition expression is true."""
        if not (isinstance(condition, dict) and len(condition) == 1):
            raise TemplateError(f"Template error: {condition!r} is not a condition")
        name, argument = next(iter(condition.items()))
        match name:
            case "Condition":
                return self.condition(argument)
            case "Fn::Equals":
                left, right = map(self.value, argument)
                return str(left) == str(right)
            case "Fn::And":
                return all(map(self.holds, argument))
            case "Fn::Or":
                return any(map(self.holds, argument))
            case "Fn::Not":
                return not self.holds(argument[0])
        raise TemplateError(f"Template error: {name} is not a condition function")

    def condition(self, name: str) -> bool:
        """The value of a named condition of the template."""
        if name not in self._decided:
            conditions = self._template.get("Conditions") or {}
            if name not in conditions:
                raise TemplateError(
                    f"Template error: unresolved condition dependency {name} in the Conditions block of the template"
                )
            self._decided[name] = self.holds(conditions[name])
        return self._decided[name]

    def _ref(self, name: str) -> Any:
        if name in self._pseudo:
            return self._pseudo[name]
        if name in self._parameters:
            value = self._parameters[name]["Value"]
            kind = ((self._template.get("Parameters") or {}).get(name) or {}).get("Type", "String")
            is_list = kind == "CommaDelimitedList" or "List<" in kind
            return [item.strip() for item in value.split(",")] if is_list and isinstance(value, str) else value
        if name in self._resources:
            return self._resources[name]["PhysicalResourceId"]
        raise TemplateError(
            f"Template format error: Unresolved resource dependencies [{name}] in the Resources block of the template"
        )

    def _get_att(self, argument: Any) -> Any:
        logical_id, attribute = (
            argument.split(".", 1) if isinstance(argument, str) else (argument[0], str(self.value(argument[1])))
        )
        resource = self._resources.get(logical_id)
        if resource is None:
            raise TemplateError(f"Template error: instance of Fn::GetAtt references undefined resource {logical_id}")
        if attribute not in resource["Attributes"]:
            known = ", ".join(sorted(resource["Attributes"])) or "none"
            raise TemplateError(
                f"Template error: resource {logical_id} ({resource['ResourceType']}) "
                f"does not support attribute {attribute} in Fn::GetAtt; it has: {known}"
            )
        return resource["Attributes"][attribute]

    def _join(self, argument: list[Any]) -> str:
        return str(argument[0]).join(str(item) for item in self.value(argument[1]))

    def _sub(self, argument: Any) -> str:
        text, names = (argument, {}) if isinstance(argument, str) else (argument[0], argument[1])
        own = {key: self.value(item) for key, item in names.items()}

        def replace(match: re.Match[str]) -> str:
            literal, name = match.groups()
            if literal:
                return "${" + name + "}"
            name = name.strip()
            if name in own:
                return str(own[name])
            is_attribute = "." in name and name not in self._resources
            return str(self._get_att(name) if is_attribute else self._ref(name))

        return _PLACEHOLDER.sub(replace, text)

    def _select(self, argument: list[Any]) -> Any:
        index, items = int(self.value(argument[0])), self.value(argument[1])
        if not isinstance(items, list) or not 0 <= index < len(items):
            raise TemplateError(f"Template error: Fn::Select cannot select nonexistent value at index {index}")
        return items[index]

    def _split(self, argument: list[Any]) -> list[str]:
        return str(self.value(argument[1])).split(argument[0])

    def _if(self, argument: list[Any]) -> Any:
        return self.value(argument[1] if self.condition(argument[0]) else argument[2])

    def _find_in_map(self, argument: list[Any]) -> Any:
        keys = [str(self.value(key)) for key in argument[:3]]
        found: Any = self._template.get("Mappings") or {}
        for key in keys:
            if not isinstance(found, Mapping) or key not in found:
                raise TemplateError(f"Template error: Unable to get mapping for {'::'.join(keys)}")
            found = found[key]
        return found

    def _import_value(self, argument: Any) -> Any:
        name = str(self.value(argument))
        if name not in self._exports:
            raise TemplateError(f"No export named {name} found")
        self.imported.add(name)
        return self._exports[name]["Value"]

    def _cidr(self, argument: list[Any]) -> list[str]:
        block, count, bits = (self.value(item) for item in argument)
        network = ipaddress.ip_network(block)
        subnets = network.subnets(new_prefix=network.max_prefixlen - int(bits))
        return [str(subnet) for subnet, _ in zip(subnets, range(int(count)), strict=False)]
