"""The samples of all metrics, and the statistics over them."""

import threading
from bisect import bisect_left, insort
from collections.abc import Callable, Mapping, Sequence
from statistics import fmean
from typing import NamedTuple

# In metric time; CloudWatch keeps 15 days.
KEPT_SECONDS = 6 * 3600

# One value for each period, oldest first; None where there is no data.
Series = list[float | None]

STATISTICS: Mapping[str, Callable[[Sequence[float]], float]] = {
    "Average": fmean,
    "Maximum": max,
    "Minimum": min,
    "SampleCount": lambda values: float(len(values)),
    "Sum": sum,
}


class Metric(NamedTuple):
    """A metric: another set of dimensions is another metric."""

    namespace: str
    name: str
    dimensions: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, namespace: str, name: str, dimensions: Mapping[str, str]) -> "Metric":
        """With dimensions in whatever order."""
        return cls(namespace, name, tuple(sorted(dimensions.items())))


class Sample(NamedTuple):
    """One value at one moment."""

    time: float
    value: float
    unit: str = "None"


class MetricStore:
    """Samples by metric, the last hours of them."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._samples: dict[Metric, list[Sample]] = {}

    def put(self, metric: Metric, sample: Sample) -> None:
        """Add a sample."""
        with self._guard:
            samples = self._samples.setdefault(metric, [])
            insort(samples, sample, key=_moment)
            oldest = samples[-1].time - KEPT_SECONDS
            if samples[0].time < oldest:
                del samples[: bisect_left(samples, oldest, key=_moment)]

    def metrics(self) -> list[Metric]:
        """Every metric that has samples."""
        with self._guard:
            return list(self._samples)

    def between(self, metric: Metric, start: float, end: float, unit: str | None = None) -> list[Sample]:
        """The samples from `start` until before `end`; with a `unit`, those in it only."""
        with self._guard:
            samples = self._samples.get(metric, [])
            low, high = (bisect_left(samples, moment, key=_moment) for moment in (start, end))
            return [sample for sample in samples[low:high] if unit in (None, sample.unit)]

    def series(
        self, metric: Metric, statistic: str, starts: Sequence[float], period: float, unit: str | None = None
    ) -> Series:
        """The statistic over each of the periods that begin at `starts`, one right after the other."""
        windows: list[list[float]] = [[] for _ in starts]
        for sample in self.between(metric, starts[0], starts[-1] + period, unit):
            windows[int((sample.time - starts[0]) // period)].append(sample.value)
        calculate = STATISTICS[statistic]
        return [calculate(window) if window else None for window in windows]


def _moment(sample: Sample) -> float:
    return sample.time
