"""Metrics and expressions that refer to each other by id: what an alarm watches, and what GetMetricData asks for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from local_aws.cloudwatch.metric_clock import MINUTE
from local_aws.cloudwatch.metric_math import Expression, MathError
from local_aws.cloudwatch.metrics import STATISTICS, Metric, MetricStore, Series

Shape = dict[str, Any]
_KEYS = {"Expression", "Id", "Label", "MetricStat", "Period", "ReturnData"}


class QueryError(ValueError):
    """A query that CloudWatch or this local AWS does not take; the message goes on after a subject."""


@dataclass(frozen=True)
class MetricStat:
    """One statistic of one metric."""

    metric: Metric
    statistic: str
    period: int
    unit: str | None = None

    @classmethod
    def of(cls, shape: Mapping[str, Any]) -> "MetricStat":
        """From the shape of the API: MetricStat, and likewise the properties of a simple alarm."""
        metric = shape["Metric"]
        return cls(dimensioned(metric), statistic(shape["Stat"]), period(shape["Period"]), shape.get("Unit"))


def dimensioned(shape: Mapping[str, Any]) -> Metric:
    """The metric that a shape names."""
    dimensions = {str(each["Name"]): str(each["Value"]) for each in shape.get("Dimensions") or []}
    return Metric.of(shape["Namespace"], shape["MetricName"], dimensions)


def statistic(name: str) -> str:
    """One of the five that are calculated."""
    if name not in STATISTICS:
        raise QueryError(f"uses the statistic {name}, which this local AWS does not calculate")
    return name


def period(value: Any) -> int:
    """A period in whole minutes."""
    text = str(value)
    if not text.isdecimal() or int(text) == 0 or int(text) % MINUTE:
        raise QueryError(f"has a period of {text} seconds: metrics have one value a minute here")
    return int(text)


class Queries:
    """Checked when they are made; then they always come to one series each."""

    def __init__(self, entries: Sequence[Shape]) -> None:
        self._stats: dict[str, MetricStat] = {}
        self._expressions: dict[str, Expression] = {}
        self._declared: list[int] = []
        for entry in entries:
            self._add(entry)
        self._order = self._sorted()
        self.evaluate_each({query_id: [None] for query_id in self._stats})

    @property
    def stats(self) -> Mapping[str, MetricStat]:
        """The metrics by id."""
        return self._stats

    @property
    def expressions(self) -> Mapping[str, Expression]:
        """The expressions by id."""
        return self._expressions

    def period(self) -> int:
        """The one that all have."""
        periods = {stat.period for stat in self._stats.values()} | set(self._declared)
        if len(periods) != 1:
            raise QueryError("has metrics of different periods")
        return periods.pop()

    def series(self, store: MetricStore, starts: Sequence[float]) -> dict[str, Series]:
        """The values of all in the periods that begin at `starts`."""
        known = {
            query_id: store.series(stat.metric, stat.statistic, starts, stat.period, stat.unit)
            for query_id, stat in self._stats.items()
        }
        return self.evaluate_each(known)

    def evaluate_each(self, known: Mapping[str, Series]) -> dict[str, Series]:
        """The expressions besides the metrics whose values are `known`."""
        values = dict(known)
        for query_id in self._order:
            try:
                values[query_id] = self._expressions[query_id].evaluate(values, list(self._stats))
            except MathError as error:
                raise QueryError(str(error)) from error
        return values

    def _add(self, entry: Shape) -> None:
        query_id = str(entry.get("Id", ""))
        if not re.fullmatch(r"[a-z]\w*", query_id):
            raise QueryError(f"has the id {query_id!r}: an id begins with a lower-case letter")
        if query_id in self._stats or query_id in self._expressions:
            raise QueryError(f"has the id {query_id} twice")
        if "AccountId" in entry:
            raise QueryError(f"has {query_id}, a metric of account {entry['AccountId']}: there is one account here")
        if surplus := entry.keys() - _KEYS:
            raise QueryError(f"has {', '.join(sorted(surplus))} in a query, which nobody knows")
        if ("Expression" in entry) == ("MetricStat" in entry):
            raise QueryError(f"has {query_id}, which must have either Expression or MetricStat")
        if "MetricStat" in entry:
            self._stats[query_id] = MetricStat.of(entry["MetricStat"])
            return
        try:
            self._expressions[query_id] = Expression(entry["Expression"])
        except MathError as error:
            raise QueryError(str(error)) from error
        if "Period" in entry:
            self._declared.append(period(entry["Period"]))

    def _sorted(self) -> list[str]:
        """The expressions, each after those it refers to."""
        order: list[str] = []
        while len(order) < len(self._expressions):
            waiting = self._expressions.keys() - order
            ready = [
                name for name in self._expressions if name in waiting and not self._expressions[name].ids & waiting
            ]
            if not ready:
                raise QueryError(f"has {', '.join(sorted(waiting))}, which refer to each other in a circle")
            order += ready
        return order
