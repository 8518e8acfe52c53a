"""Metric time, how samples are kept by it, and how the length of its minute is told."""

import itertools
import threading
import time
from pathlib import Path

import pytest

from local_aws.cloudwatch.metric_clock import MetricClock
from local_aws.cloudwatch.metrics import KEPT_SECONDS, Metric, MetricStore, Sample
from local_aws.errors import ServerError
from local_aws.settings import Settings

METRIC = Metric.of("Test", "m", {"b": "2", "a": "1"})


def test_without_a_setting_it_is_the_time_of_the_wall_clock() -> None:
    assert MetricClock().now() == pytest.approx(time.time(), abs=0.05)


def test_a_short_minute_is_a_fast_clock() -> None:
    clock = MetricClock(0.1)
    ends: list[float] = []
    fourth = threading.Event()

    def minute_over(end: float) -> None:
        assert end <= clock.now()
        ends.append(end)
        if len(ends) == 2:
            # Too slow for two minutes, which are passed over.
            time.sleep(0.25)
            raise RuntimeError("and a failure besides")
        if len(ends) == 4:
            fourth.set()

    clock.start(minute_over)
    assert fourth.wait(5)
    clock.stop()
    clock.stop()
    stopped = len(ends)
    assert all(end % 60 == 0 for end in ends)
    gaps = [after - before for before, after in itertools.pairwise(ends)]
    assert gaps[0] == 60
    assert gaps[1] >= 120
    time.sleep(0.25)
    assert len(ends) == stopped


def test_samples_fall_into_periods_by_unit() -> None:
    store = MetricStore()
    for moment, value, unit in ((65, 4, "Bytes"), (60, 2, "Bytes"), (119, 9, "Seconds"), (180, 1, "Bytes")):
        store.put(METRIC, Sample(moment, value, unit))
    starts = [60, 120, 180]
    assert store.series(METRIC, "Sum", starts, 60) == [15, None, 1]
    assert store.series(METRIC, "Average", starts, 60, "Bytes") == [3, None, 1]
    assert store.series(METRIC, "SampleCount", starts, 60, "Bits") == [None, None, None]
    assert store.series(Metric.of("Test", "m", {"a": "1"}), "Sum", starts, 60) == [None, None, None]
    assert store.metrics() == [Metric("Test", "m", (("a", "1"), ("b", "2")))]


def test_old_samples_are_forgotten() -> None:
    store = MetricStore()
    for moment in (0, 60, KEPT_SECONDS, KEPT_SECONDS + 60):
        store.put(METRIC, Sample(moment, 1))
    assert [sample.time for sample in store.between(METRIC, 0, 2 * KEPT_SECONDS)] == [
        60,
        KEPT_SECONDS,
        KEPT_SECONDS + 60,
    ]


def test_setting(tmp_path: Path) -> None:
    def settings(**environment: str) -> Settings:
        return Settings.from_environment({"DATA_TIER_RUN_DIR": str(tmp_path / "run"), **environment})

    assert settings(DATA_TIER_METRIC_MINUTE="0.5").metric_minute_seconds == 0.5
    for wrong in ("0", "0.1", "61", "soon", "-1", "1e1"):
        with pytest.raises(ServerError, match=r"DATA_TIER_METRIC_MINUTE must be a number of seconds from 0\.2 to 60"):
            settings(DATA_TIER_METRIC_MINUTE=wrong)
