"""Metric time: that of the wall clock, or a faster one. A metric minute has sixty seconds of it in either case."""

import logging
import threading
import time
from collections.abc import Callable

log = logging.getLogger(__name__)
MINUTE = 60


class MetricClock:
    """Begins at the time of the wall clock, and says when a metric minute is over."""

    def __init__(self, minute_seconds: float = MINUTE) -> None:
        """`minute_seconds`: how long a metric minute lasts."""
        self._speed = MINUTE / minute_seconds
        self._began = time.time()
        self._origin = time.monotonic()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def now(self) -> float:
        """Metric time in seconds since the epoch."""
        return self._began + (time.monotonic() - self._origin) * self._speed

    def start(self, minute_over: Callable[[float], None]) -> None:
        """From now on, call `minute_over` with the end of every metric minute that has just passed."""
        self._thread = threading.Thread(target=self._run, args=(minute_over,), name="metric-clock", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Wait for the minute that is being looked at, and take no other; twice does no harm."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self, minute_over: Callable[[float], None]) -> None:
        end = _last_full_minute(self.now()) + MINUTE
        while not self._stopping.wait(max(0.0, (end - self.now()) / self._speed)):
            try:
                minute_over(end)
            except Exception:  # the next minute must be seen
                log.exception("The metric minute that ended at %s", end)
            # A minute that passed meanwhile has no data, as one in which nobody could look.
            end = max(end + MINUTE, _last_full_minute(self.now()))


def _last_full_minute(moment: float) -> float:
    return moment // MINUTE * MINUTE
