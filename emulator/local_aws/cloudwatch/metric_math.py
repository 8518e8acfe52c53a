"""Metric math: numbers, ids, `+ - * /`, comparisons, AND and OR, IF, and MAX, MIN, SUM and AVG over arrays of metrics.

Grammar and meaning as of "Using metric math" in the CloudWatch User Guide; whatever else it has is refused by name.
"""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from statistics import fmean
from typing import NamedTuple

from local_aws.cloudwatch.metrics import Series

Value = float | Series | list[Series]


class MathError(ValueError):
    """Not metric math, or not of the kind that is evaluated here; the message goes on after a subject."""


class Call(NamedTuple):
    """A function of arguments, or an operator of operands."""

    name: str
    arguments: tuple["Node", ...]


class Id(NamedTuple):
    """A metric or another expression."""

    name: str


class Filter(NamedTuple):
    """The string in METRICS("...")."""

    text: str


Node = Call | Id | Filter | float

_TOKENS = re.compile(r"\s*(?:(\d+\.?\d*|\.\d+)|([A-Za-z_]\w*)|(\"[^\"]*\"|'[^']*')|(&&|\|\||[<>=!]=|[-+*/<>()\[\],]))")
_SAME = {"&&": "AND", "||": "OR"}
# From loose to tight.
_LEVELS = (("OR",), ("AND",), ("<", "<=", ">", ">=", "==", "!="), ("+", "-"), ("*", "/"))
_OPERATORS: Mapping[str, Callable[[float, float], float]] = {
    "!=": operator.ne,
    "*": operator.mul,
    "+": operator.add,
    "-": operator.sub,
    "/": operator.truediv,
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
    "AND": lambda left, right: bool(left) and bool(right),
    "OR": lambda left, right: bool(left) or bool(right),
}
_OVER_ARRAYS: Mapping[str, Callable[[Sequence[float]], float]] = {"AVG": fmean, "MAX": max, "MIN": min, "SUM": sum}


class Expression:
    """One expression, read once and evaluated as often as there are data."""

    def __init__(self, text: str) -> None:
        parser = _Parser(text)
        self._tree = parser.whole()
        # What it refers to by id.
        self.ids = frozenset(_ids(self._tree))

    def evaluate(self, known: Mapping[str, Series], metrics: Sequence[str]) -> Series:
        """The one series it comes to; `known` by id, and `metrics` the ids that METRICS() stands for."""
        value = _Evaluation(known, metrics).value(self._tree)
        if not _is_series(value):
            raise MathError("does not come to one time series")
        return value


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens: list[tuple[str, str]] = []
        position, text = 0, text.rstrip()
        while position < len(text):
            match = _TOKENS.match(text, position)
            if match is None:
                raise MathError(f"uses {text[position:].strip()[0]}, which this local AWS does not evaluate")
            kind = ("number", "word", "text", "sign")[match.lastindex - 1]
            token = match[match.lastindex]
            is_sign = kind == "sign" or token in ("AND", "OR")
            self._tokens.append(("sign" if is_sign and kind != "text" else kind, _SAME.get(token, token)))
            position = match.end()
        self._tokens.append(("end", "the end"))

    def whole(self) -> Node:
        tree = self._level(0)
        if self._tokens[0][0] != "end":
            raise MathError(f"goes on with {self._tokens[0][1]} where its end is expected")
        return tree

    def _level(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self._single()
        left = self._level(level + 1)
        while self._tokens[0][0] == "sign" and self._tokens[0][1] in _LEVELS[level]:
            sign = self._tokens.pop(0)[1]
            left = Call(sign, (left, self._level(level + 1)))
        return left

    def _single(self) -> Node:
        kind, token = self._tokens.pop(0)
        if kind == "number":
            return float(token)
        if kind == "text":
            return Filter(token[1:-1])
        if (kind, token) == ("sign", "-"):
            return Call("-", (0.0, self._single()))
        if (kind, token) == ("sign", "("):
            inner = self._level(0)
            self._take(")")
            return inner
        if (kind, token) == ("sign", "["):
            return Call("[]", self._list("]"))
        if kind != "word":
            raise MathError(f"has {token} where a value is expected")
        if self._tokens[0] != ("sign", "("):
            return Id(token)
        if token not in {"IF", "METRICS", *_OVER_ARRAYS}:
            raise MathError(f"uses {token}, which this local AWS does not evaluate")
        self._tokens.pop(0)
        return Call(token, self._list(")"))

    def _list(self, closing: str) -> tuple[Node, ...]:
        found: list[Node] = []
        while self._tokens[0] != ("sign", closing):
            if found:
                self._take(",")
            found.append(self._level(0))
        self._take(closing)
        return tuple(found)

    def _take(self, sign: str) -> None:
        token = self._tokens.pop(0)
        if token != ("sign", sign):
            raise MathError(f"has {token[1]} where {sign} is expected")


class _Evaluation:
    def __init__(self, known: Mapping[str, Series], metrics: Sequence[str]) -> None:
        self._known = known
        self._metrics = metrics

    def value(self, node: Node) -> Value:
        match node:
            case float():
                return node
            case Id(name):
                if name not in self._known:
                    raise MathError(f"refers to {name}, which is the id of no metric or expression")
                return self._known[name]
            case Filter():
                raise MathError("has a string outside METRICS()")
            case Call("METRICS", arguments):
                return self._array(arguments)
            case Call("[]", arguments):
                return [self._one(argument) for argument in arguments]
            case Call("IF", arguments) if len(arguments) in (2, 3):
                return _pointwise(_choose, [self._operand(argument) for argument in arguments])
            case Call(name, arguments) if name in _OPERATORS:
                calculate = _OPERATORS[name]
                return _pointwise(lambda *values: _known(calculate, values), [self._operand(a) for a in arguments])
            case Call(name, (argument,)) if name in _OVER_ARRAYS:
                return _over(_OVER_ARRAYS[name], name, self.value(argument))
        raise MathError(f"gives {node.name} {len(node.arguments)} arguments")

    def _operand(self, node: Node) -> float | Series:
        value = self.value(node)
        if isinstance(value, list) and not _is_series(value):
            raise MathError("uses an array outside MAX, MIN, SUM and AVG, which this local AWS does not evaluate")
        return value

    def _one(self, node: Node) -> Series:
        value = self.value(node)
        if not _is_series(value):
            raise MathError("has an array of other things than metrics and expressions")
        return value

    def _array(self, arguments: tuple[Node, ...]) -> list[Series]:
        match arguments:
            case ():
                wanted = ""
            case (Filter(text),):
                wanted = text
            case _:
                raise MathError("gives METRICS something else than one string")
        found = [self._known[name] for name in self._metrics if wanted in name]
        if not found:
            raise MathError(f'has METRICS("{wanted}"), which stands for no metric')
        return found


def _over(calculate: Callable[[Sequence[float]], float], name: str, array: Value) -> Series:
    """At each moment over those that have data then."""
    if not isinstance(array, list) or _is_series(array):
        raise MathError(f"uses {name} of one time series, which this local AWS does not evaluate")
    moments = ([value for value in values if value is not None] for values in zip(*array, strict=True))
    return [float(calculate(values)) if values else None for values in moments]


def _pointwise(calculate: Callable[..., float | None], operands: Sequence[float | Series]) -> float | Series:
    """A number stands for itself at every moment."""
    lengths = [len(operand) for operand in operands if isinstance(operand, list)]
    if not lengths:
        if (value := calculate(*operands)) is None:
            raise MathError("divides by zero")
        return value
    wide = [operand if isinstance(operand, list) else [operand] * lengths[0] for operand in operands]
    return [calculate(*values) for values in zip(*wide, strict=True)]


def _known(calculate: Callable[[float, float], float], values: tuple[float | None, ...]) -> float | None:
    if None in values or (calculate is operator.truediv and values[1] == 0):
        return None
    return float(calculate(*values))


def _choose(condition: float | None, true: float | None, false: float | None = None) -> float | None:
    if condition is None:
        return None
    return true if condition else false


def _is_series(value: Value) -> bool:
    return isinstance(value, list) and not (value and isinstance(value[0], list))


def _ids(node: Node) -> list[str]:
    if isinstance(node, Id):
        return [node.name]
    return [name for argument in node.arguments for name in _ids(argument)] if isinstance(node, Call) else []
