"""A look that is taken again and again: how dead servers are seen."""

import logging
import threading
from collections.abc import Callable

from local_aws.errors import ServerError

log = logging.getLogger(__name__)
WATCH_SECONDS = 0.1
RETRY_SECONDS = 1.0


class Watcher:
    """Calls `look` in a thread of its own, from `start` until `stop`."""

    def __init__(self, name: str, look: Callable[[], None]) -> None:
        """Nothing is watched yet."""
        self._name = name
        self._look = look
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, name=f"watcher-{name}", daemon=True)

    @property
    def stopped(self) -> bool:
        """Whether servers may die from now on."""
        return self._stopping.is_set()

    def start(self) -> None:
        """Look for the first time."""
        self._thread.start()

    def stop(self) -> None:
        """Wait for the look that is being taken, and take no other; twice does no harm."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _watch(self) -> None:
        pause = WATCH_SECONDS
        while not self._stopping.wait(pause):
            pause = WATCH_SECONDS
            try:
                self._look()
            except Exception as error:  # whatever it was, the next death must be seen
                log.warning("%s: %s", self._name, error, exc_info=not isinstance(error, ServerError))
                pause = RETRY_SECONDS
