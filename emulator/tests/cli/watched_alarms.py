"""The alarms of the stack of `app/alarms.ts`: what a load sets off, by the word of CloudWatch and of the topics."""

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from local_aws_process import LocalAws
from watching import ALARM_TYPES, Mailbox, eventually

# The longest of all, the hit rate, takes four periods of five minutes to go off, and as many to be well again.
_PATIENCE = 60.0
_PAUSE = 0.2
_TOPICS = {"warning": "Warnings", "critical": "Criticals"}
_RECOVERIES = "Recoveries"
# Of a symptom, none of which needs more than one alarm here, or of all those of a severity.
_NAME = re.compile(r"alarms-(?P<cache>[a-z]+)-(cluster-)?alarms-[0-9a-f]{8}-((?P<key>[A-Za-z]+)-1|(?P<any>any-[a-z]+))")
_ROW = "{:<32} {:<9} {:<46} {:>9} {:>9}"
HEAD = _ROW.format("alarm", "severity", "load", "to ALARM", "back")


class Change(NamedTuple):
    """An alarm that changed, as `cache symptom`, and to which state."""

    alarm: str
    state: str


class Load:
    """Something that happens to a cache, and what the topics have said of it up to now."""

    def __init__(self, mailboxes: Mapping[str, Mailbox], implied: Mapping[str, str]) -> None:
        self.began = time.monotonic()
        self.ended = self.began
        self.implied = implied
        # When each was heard, by topic.
        self.heard: dict[tuple[str, Change], list[float]] = {}
        self._mailboxes = mailboxes

    def until_alarm(self, step: Callable[[], object] = lambda: None) -> None:
        """Keep it up until every alarm that it implies has gone off."""
        self._listen({(_TOPICS[severity], Change(name, "ALARM")) for name, severity in self.implied.items()}, step)

    def until_well(self) -> None:
        """It is over: wait until every alarm has said so."""
        self.ended = time.monotonic()
        self._listen({(_RECOVERIES, Change(name, "OK")) for name in self.implied}, lambda: None)

    def hear(self) -> None:
        """Take in what the topics have said by now."""
        for topic, mailbox in self._mailboxes.items():
            for message in mailbox.all():
                said = (topic, Change(_short(message["AlarmName"]), message["NewStateValue"]))
                self.heard.setdefault(said, []).append(time.monotonic())

    def line(self, name: str, severity: str, what: str) -> str:
        """What is told of an alarm: how long it took to go off, and to be well again."""
        alarm = self.heard[_TOPICS[severity], Change(name, "ALARM")][0] - self.began
        well = max(0.0, self.heard[_RECOVERIES, Change(name, "OK")][-1] - self.ended)
        return _ROW.format(name, severity, what, f"{alarm:.1f} s", f"{well:.1f} s")

    def _listen(self, expected: set[tuple[str, Change]], step: Callable[[], object]) -> None:
        deadline = time.monotonic() + _PATIENCE
        while True:
            step()
            self.hear()
            if expected <= self.heard.keys():
                return
            assert time.monotonic() < deadline, f"{expected - self.heard.keys()} never came, but {self.heard.keys()}"
            time.sleep(_PAUSE)


class WatchedAlarms:
    """Deployed, and all of them well."""

    def __init__(self, local_aws: LocalAws, outputs: Mapping[str, str]) -> None:
        self._cloudwatch = local_aws.client("cloudwatch")
        eventually(self.unwell, {}, patience=_PATIENCE)
        topics = (*_TOPICS.values(), _RECOVERIES)
        self._mailboxes = {topic: Mailbox(local_aws, outputs[f"{topic}Topic"], topic) for topic in topics}
        # What is to be told of every load, line by line.
        self.tell: Callable[[str], object] = print
        self.went_off: Counter[str] = Counter()

    def unwell(self) -> dict[str, str]:
        """Every alarm that is not OK, composite ones included."""
        return {name: state for name, state in self.states().items() if state != "OK"}

    def states(self) -> dict[str, str]:
        """Of every alarm."""
        return {_short(alarm["AlarmName"]): alarm["StateValue"] for alarm in self._described()}

    def blind(self) -> set[tuple[str, str, str]]:
        """Every alarm, metric and node of which there is no data."""
        pages = self._cloudwatch.get_paginator("list_metrics").paginate()
        known = [_identity(metric) for page in pages for metric in page["Metrics"]]
        watched = [
            (_short(alarm["AlarmName"]), metric)
            for alarm in self._described()
            if "AlarmRule" not in alarm
            for metric in _metrics_of(alarm)
        ]
        return {
            (name, metric["MetricName"], metric["Dimensions"][0]["Value"])
            for name, metric in watched
            if _identity(metric) not in known
        }

    def _described(self) -> list[dict[str, Any]]:
        pages = self._cloudwatch.get_paginator("describe_alarms").paginate(AlarmTypes=ALARM_TYPES)
        return [alarm for page in pages for kind in ("MetricAlarms", "CompositeAlarms") for alarm in page[kind]]

    def changes(self) -> list[Change]:
        """All changes of all alarms since they exist, oldest first."""
        pages = self._cloudwatch.get_paginator("describe_alarm_history").paginate(
            HistoryItemType="StateUpdate", AlarmTypes=ALARM_TYPES, ScanBy="TimestampAscending"
        )
        items: list[dict[str, Any]] = [item for page in pages for item in page["AlarmHistoryItems"]]
        return [
            Change(_short(item["AlarmName"]), json.loads(item["HistoryData"])["newState"]["stateValue"])
            for item in items
        ]

    @contextmanager
    def during(self, cache: str, what: str, **symptoms: str) -> Iterator[Load]:
        """Alarms of a cache go off, each tells the topic of its severity, and all are well again; no other goes off."""
        implied = {f"{cache} {symptom}": severity for symptom, severity in symptoms.items()}
        before = len(self.changes())
        load = Load(self._mailboxes, implied)
        yield load
        load.until_well()
        eventually(self.unwell, {})
        load.hear()
        changes = self.changes()[before:]
        alarms = [change for change in changes if not _is_composite(change)]
        assert {change.alarm for change in alarms} == set(implied)
        topics = [_TOPICS[implied[change.alarm]] if change.state == "ALARM" else _RECOVERIES for change in alarms]
        assert {said: len(times) for said, times in load.heard.items()} == Counter(zip(topics, alarms, strict=True))
        assert [change for change in changes if _is_composite(change)] == _followed(changes, implied)
        self.went_off.update(change.alarm for change in alarms if change.state == "ALARM")
        for name, severity in implied.items():
            self.tell(load.line(name, severity, what))
        if not implied:
            self.tell(_ROW.format(f"{cache}: none", "", what, "", "").rstrip())


def _followed(changes: list[Change], severities: Mapping[str, str]) -> list[Change]:
    """What composite alarms have to do when others change: each is in ALARM while one of its severity is."""
    active: dict[str, set[str]] = {}
    expected = []
    for name, state in changes:
        if name not in severities:
            continue
        composite = f"{name.split()[0]} any-{severities[name]}"
        others = active.setdefault(composite, set()) - {name}
        if not others:
            expected.append(Change(composite, state))
        active[composite] = others | ({name} if state == "ALARM" else set())
    return expected


def _metrics_of(alarm: dict[str, Any]) -> list[dict[str, Any]]:
    if "Metrics" not in alarm:
        return [alarm]
    return [query["MetricStat"]["Metric"] for query in alarm["Metrics"] if "MetricStat" in query]


def _identity(metric: dict[str, Any]) -> tuple[str, str, frozenset[tuple[str, str]]]:
    dimensions = frozenset((dimension["Name"], dimension["Value"]) for dimension in metric["Dimensions"])
    return metric["Namespace"], metric["MetricName"], dimensions


def _is_composite(change: Change) -> bool:
    return " any-" in change.alarm


def _short(name: str) -> str:
    found = _NAME.fullmatch(name)
    assert found, f"{name} is the name of no alarm that this test knows"
    return f"{found['cache']} {found['key'] or found['any']}"
