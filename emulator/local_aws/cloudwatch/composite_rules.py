"""Rules of composite alarms: ALARM, OK and INSUFFICIENT_DATA of alarms, with AND, OR, NOT, TRUE and FALSE.

Grammar as of the API reference of CloudWatch, PutCompositeAlarm, AlarmRule.
"""

import re
from collections.abc import Callable, Mapping

from local_aws.cloudwatch.alarm_evaluation import State

States = Mapping[str, State]
Test = Callable[[States], bool]

LONGEST_RULE = 10240
MOST_CHILDREN = 100
# An alarm in parentheses is one token: without quotes it has no space and no parenthesis.
_TOKENS = re.compile(
    r"\s*(?:(ALARM|INSUFFICIENT_DATA|OK)\s*\(\s*(?:\"([^\"]+)\"|'([^']+)'|([^\s()\"']+))\s*\)|(AND|OR|NOT|TRUE|FALSE)\b|([()]))"
)
_ARN = re.compile(r"arn:aws[\w-]*:cloudwatch:[\w-]*:\d*:alarm:(.+)")


class RuleError(ValueError):
    """Not a rule."""


class Rule:
    """One rule, read once."""

    def __init__(self, text: str) -> None:
        if len(text) > LONGEST_RULE:
            raise RuleError(f"AlarmRule has {len(text)} characters, of which {LONGEST_RULE} are allowed")
        # Names of the alarms it speaks of, in the order in which it does.
        self.children: list[str] = []
        self._tokens = self._read(text)
        self._test = self._or()
        if self._tokens:
            raise RuleError(f"AlarmRule goes on with {self._tokens[0]} after its end")
        if len(self.children) > MOST_CHILDREN:
            raise RuleError(f"AlarmRule names {len(self.children)} alarms, of which {MOST_CHILDREN} are allowed")

    def holds(self, states: States) -> bool:
        """Whether it is true; a child without a state, which was deleted, is in none of the three."""
        return self._test(states)

    def _read(self, text: str) -> list[str | tuple[str, str]]:
        tokens: list[str | tuple[str, str]] = []
        position, text = 0, text.rstrip()
        while position < len(text):
            match = _TOKENS.match(text, position)
            if match is None:
                raise RuleError(f"AlarmRule cannot be read from here: {text[position : position + 40].strip()}")
            if match[1]:
                tokens.append((match[1], self._child(match[2] or match[3] or match[4])))
            else:
                tokens.append(match[5] or match[6])
            position = match.end()
        return tokens

    def _child(self, told: str) -> str:
        arn = _ARN.fullmatch(told)
        name = arn[1] if arn else told
        if name not in self.children:
            self.children.append(name)
        return name

    def _or(self) -> Test:
        tests = [self._and()]
        while self._tokens[:1] == ["OR"]:
            self._tokens.pop(0)
            tests.append(self._and())
        return lambda states: any(test(states) for test in tests)

    def _and(self) -> Test:
        tests = [self._single()]
        while self._tokens[:1] == ["AND"]:
            self._tokens.pop(0)
            tests.append(self._single())
        return lambda states: all(test(states) for test in tests)

    def _single(self) -> Test:
        token = self._tokens.pop(0) if self._tokens else "its end"
        if isinstance(token, tuple):
            state, name = token
            return lambda states: states.get(name) == state
        if token in ("TRUE", "FALSE"):
            return lambda states: token == "TRUE"
        if token == "NOT":
            denied = self._single()
            return lambda states: not denied(states)
        if token == "(":
            inner = self._or()
            if self._tokens[:1] != [")"]:
                raise RuleError("AlarmRule has a parenthesis that is not closed")
            self._tokens.pop(0)
            return inner
        raise RuleError(f"AlarmRule has {token} where an alarm or a parenthesis is expected")
