"""The alarms of one run: their states, what changes them, and the history of that."""

import json
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from local_aws.cloudwatch.alarm_evaluation import Condition, State
from local_aws.cloudwatch.composite_rules import Rule
from local_aws.cloudwatch.metric_clock import MetricClock
from local_aws.cloudwatch.metrics import MetricStore
from local_aws.cloudwatch.moments import with_offset
from local_aws.cloudwatch.queries import Queries

Shape = dict[str, Any]
ACTIONS = {"ALARM": "AlarmActions", "INSUFFICIENT_DATA": "InsufficientDataActions", "OK": "OKActions"}
_KEPT_HISTORY = 10_000


@dataclass(frozen=True)
class Watch:
    """What a metric alarm looks at."""

    queries: Queries
    result: str
    period: int
    condition: Condition

    def points(self, store: MetricStore, end: float) -> list[float | None]:
        """The data points of the periods up to `end`, oldest first."""
        starts = [end - self.period * (back + 1) for back in reversed(range(self.condition.range))]
        return self.queries.series(store, starts)[self.result]


@dataclass
class Alarm:
    """An alarm; `told` is what its template says, in the shape of the API."""

    name: str
    arn: str
    told: Shape
    decides: Watch | Rule
    configured: float
    tags: list[dict[str, str]] = field(default_factory=list)
    actions_enabled: bool = True
    state: State = "INSUFFICIENT_DATA"
    reason: str = "Unchecked: Initial alarm creation"
    reason_data: str | None = None
    updated: float = 0.0

    @property
    def kind(self) -> str:
        """As the API calls it."""
        return "CompositeAlarm" if isinstance(self.decides, Rule) else "MetricAlarm"


class Messenger(Protocol):
    """Performs the actions of an alarm."""

    def send(self, alarm: Alarm, former: State, moment: float, children: Iterable[Alarm], topic: str) -> str | None:
        """Why it failed, or None."""


class Alarms:
    """All alarms by name."""

    def __init__(self, store: MetricStore, clock: MetricClock, messenger: Messenger) -> None:
        self._store = store
        self._clock = clock
        self._messenger = messenger
        # One thread evaluates while others deploy and describe.
        self._guard = threading.RLock()
        self._alarms: dict[str, Alarm] = {}
        self._history: list[Shape] = []

    def all(self) -> list[Alarm]:
        """Every alarm."""
        with self._guard:
            return list(self._alarms.values())

    def find(self, name: str) -> Alarm | None:
        """The alarm of that name."""
        return self._alarms.get(name)

    def history(self) -> list[Shape]:
        """What happened, oldest first."""
        with self._guard:
            return list(self._history)

    def put(self, alarm: Alarm) -> None:
        """Create it, or give its configuration to the alarm of that name, which keeps its state."""
        with self._guard:
            former = self._alarms.get(alarm.name)
            if former is None:
                alarm.updated = alarm.configured
            else:
                alarm.state, alarm.reason, alarm.reason_data = former.state, former.reason, former.reason_data
                alarm.updated = former.updated
            self._alarms[alarm.name] = alarm
            done = "updated" if former else "created"
            self._record(alarm, "ConfigurationUpdate", f'Alarm "{alarm.name}" {done}', {"type": done})
            if isinstance(alarm.decides, Rule):
                self._judge(alarm)

    def remove(self, name: str) -> None:
        """Delete it; one that is gone already is no failure."""
        with self._guard:
            alarm = self._alarms.pop(name, None)
            if alarm is not None:
                self._record(alarm, "ConfigurationUpdate", f'Alarm "{name}" deleted', {"type": "deleted"})
                self._judge_parents(name)

    def minute_over(self, end: float) -> None:
        """Look at every metric alarm; composite alarms follow from what changes."""
        for alarm in self.all():
            if isinstance(watch := alarm.decides, Rule):
                continue
            points = watch.points(self._store, end)
            state = watch.condition.state(points)
            with self._guard:
                # It may have been changed or deleted meanwhile.
                if state not in (None, alarm.state) and self._alarms.get(alarm.name) is alarm:
                    self._change(alarm, state, watch.condition.reason(state, points), _evidence(watch, points, end))

    def set_state(self, alarm: Alarm, state: State, reason: str, data: str | None) -> None:
        """Until the next evaluation says otherwise."""
        with self._guard:
            self._change(alarm, state, reason, data)

    def reaches(self, rule: Rule, name: str) -> bool:
        """Whether a rule depends on the alarm of that name, by way of other composite alarms as well."""
        children = [self._alarms[child] for child in rule.children if child in self._alarms]
        rules = [child.decides for child in children if isinstance(child.decides, Rule)]
        return name in rule.children or any(self.reaches(inner, name) for inner in rules)

    def _change(self, alarm: Alarm, state: State, reason: str, data: str | None) -> None:
        former, alarm.state, alarm.reason, alarm.reason_data = alarm.state, state, reason, data
        if former == state:
            return
        alarm.updated = self._clock.now()
        told = {
            "oldState": {"stateValue": former},
            "newState": {"stateValue": state, "stateReason": reason, "stateReasonData": json.loads(data or "{}")},
        }
        self._record(alarm, "StateUpdate", f"Alarm updated from {former} to {state}", told)
        self._act(alarm, former)
        self._judge_parents(alarm.name)

    def _act(self, alarm: Alarm, former: State) -> None:
        for topic in alarm.told.get(ACTIONS[alarm.state], []) if alarm.actions_enabled else []:
            failure = self._messenger.send(alarm, former, alarm.updated, self._children(alarm), topic)
            outcome = f"Failed to execute action {topic}. Received error: {failure}" if failure else None
            summary = outcome or f"Successfully executed action {topic}"
            told = {
                "actionState": "Failed" if failure else "Succeeded",
                "notificationResource": topic,
                "error": failure,
            }
            self._record(alarm, "Action", summary, told)

    def _judge_parents(self, name: str) -> None:
        for alarm in self.all():
            if isinstance(alarm.decides, Rule) and name in alarm.decides.children:
                self._judge(alarm)

    def _judge(self, alarm: Alarm) -> None:
        states = {name: known.state for name, known in self._alarms.items()}
        state: State = "ALARM" if alarm.decides.holds(states) else "OK"
        if state == alarm.state:
            return
        children = [child for child in self._children(alarm) if child.state == state] or self._children(alarm)
        latest = max(children, key=lambda child: child.updated, default=None)
        reason = f"{latest.arn} transitioned to {latest.state}" if latest else f"The rule is {state == 'ALARM'}"
        self._change(alarm, state, reason, json.dumps({"triggeringAlarms": [_triggering(child) for child in children]}))

    def _children(self, alarm: Alarm) -> list[Alarm]:
        names = alarm.decides.children if isinstance(alarm.decides, Rule) else []
        return [self._alarms[name] for name in names if name in self._alarms]

    def _record(self, alarm: Alarm, kind: str, summary: str, data: Shape) -> None:
        item = {
            "AlarmName": alarm.name,
            "AlarmType": alarm.kind,
            "Timestamp": self._clock.now(),
            "HistoryItemType": kind,
            "HistorySummary": summary,
            "HistoryData": json.dumps({"version": "1.0", **data}),
        }
        self._history = [*self._history[1 - _KEPT_HISTORY :], item]


def _triggering(child: Alarm) -> Shape:
    return {"arn": child.arn, "state": {"value": child.state, "timestamp": with_offset(child.updated)}}


def _evidence(watch: Watch, points: list[float | None], end: float) -> str:
    """What StateReasonData says."""
    condition = watch.condition
    start = end - watch.period * condition.evaluation_periods
    return json.dumps(
        {
            "version": "1.0",
            "queryDate": with_offset(end),
            "startDate": with_offset(start),
            "period": watch.period,
            "recentDatapoints": condition.real(points),
            "threshold": condition.threshold,
        }
    )
