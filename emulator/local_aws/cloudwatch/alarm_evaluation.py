"""What data points and missing ones mean for the state of a metric alarm.

CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data": its two tables are the tests of this.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from local_aws.cloudwatch.metrics import Series

State = Literal["ALARM", "INSUFFICIENT_DATA", "OK"]
MissingData = Literal["breaching", "ignore", "missing", "notBreaching"]
MISSING_DATA: tuple[MissingData, ...] = ("breaching", "ignore", "missing", "notBreaching")

COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "GreaterThanOrEqualToThreshold": operator.ge,
    "GreaterThanThreshold": operator.gt,
    "LessThanOrEqualToThreshold": operator.le,
    "LessThanThreshold": operator.lt,
}
_WORDS = {
    "GreaterThanOrEqualToThreshold": "greater than or equal to",
    "GreaterThanThreshold": "greater than",
    "LessThanOrEqualToThreshold": "less than or equal to",
    "LessThanThreshold": "less than",
}
# The page retrieves five data points for three evaluation periods, and gives no other example.
_LOOK_BACK = 2


@dataclass(frozen=True)
class Condition:
    """M of N data points beyond a threshold."""

    comparison: str
    threshold: float
    evaluation_periods: int
    datapoints_to_alarm: int
    missing: MissingData = "missing"

    @property
    def range(self) -> int:
        """How many of the latest data points are looked at; more than are evaluated, in case some are missing."""
        return self.evaluation_periods + _LOOK_BACK

    def state(self, points: Series) -> State | None:
        """The state by the latest data points, oldest first; None: it stays what it is."""
        real = self.real(points)
        breaching = sum(map(self._breaches, real))
        if len(real) == self.evaluation_periods or self.missing == "notBreaching":
            return self._enough(breaching)
        if self.missing == "breaching":
            return self._enough(breaching + self.evaluation_periods - len(real))
        if breaching >= self.datapoints_to_alarm:
            return "ALARM"
        if not real:
            return "INSUFFICIENT_DATA" if self.missing == "missing" else None
        if breaching < len(real):
            return "OK"
        # All that is there breaches: an alarm, unless the next ones could still show that it was not.
        oldest = len(points) - next(place for place, value in enumerate(points) if value is not None)
        return "ALARM" if self.missing == "missing" and oldest >= self.datapoints_to_alarm else None

    def real(self, points: Series) -> list[float]:
        """The latest that are there, as many as are evaluated."""
        return [value for value in points if value is not None][-self.evaluation_periods :]

    def reason(self, state: State, points: Series) -> str:
        """As CloudWatch words it."""
        real = self.real(points)
        if state == "INSUFFICIENT_DATA":
            return f"Insufficient Data: {len(points)} datapoints were unknown."
        filled = f"{self.evaluation_periods - len(real)} missing datapoint(s) were treated as"
        treated = f"{filled} [{'Breaching' if self.missing == 'breaching' else 'NonBreaching'}]"
        if not real:
            return f"Threshold Crossed: no datapoints were received for {len(points)} periods and {treated}."
        counted = [value for value in reversed(real) if self._breaches(value) == (state == "ALARM")] or real[::-1]
        said = ", ".join(str(float(value)) for value in counted)
        were = "was" if len(counted) == 1 else "were"
        words = f"{were} {'' if self._breaches(counted[0]) else 'not '}{_WORDS[self.comparison]}"
        noun = "datapoint" if len(counted) == 1 else "datapoints"
        text = f"Threshold Crossed: {len(counted)} out of the last {len(real)} {noun} [{said}] {words} the threshold"
        gaps = self.missing in ("breaching", "notBreaching") and len(real) < self.evaluation_periods
        more = f" and {treated}" if gaps else ""
        needed = self.datapoints_to_alarm
        noun = "datapoint" if needed == 1 else "datapoints"
        change = "OK -> ALARM" if state == "ALARM" else "ALARM -> OK"
        needed = needed if state == "ALARM" else self.evaluation_periods - needed + 1
        return f"{text} ({self.threshold}){more} (minimum {needed} {noun} for {change} transition)."

    def _enough(self, breaching: int) -> State:
        return "ALARM" if breaching >= self.datapoints_to_alarm else "OK"

    def _breaches(self, value: float) -> bool:
        return COMPARISONS[self.comparison](value, self.threshold)
