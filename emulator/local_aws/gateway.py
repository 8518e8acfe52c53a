"""The HTTP end point: MiniStack's application with our engine and services in it."""

import asyncio
import logging
from collections.abc import Callable

from hypercorn.asyncio import serve
from hypercorn.config import Config
from ministack import app as ministack

from local_aws.cloudformation import hooks
from local_aws.cloudformation.engine import Engine
from local_aws.resources import Resources
from local_aws.runtime import Runtime

log = logging.getLogger(__name__)


class Gateway:
    """One local AWS on one port."""

    def __init__(self, runtime: Runtime) -> None:
        hooks.check()
        self._settings = runtime.settings
        self._stopping = asyncio.Event()
        resources = Resources(runtime)
        hooks.install(runtime.settings, Engine(resources.registry), resources.services)

    @property
    def endpoint(self) -> str:
        """The end point URL for AWS clients."""
        return f"http://127.0.0.1:{self._settings.gateway_port}"

    def stop(self) -> None:
        """Lets `serve` return."""
        self._stopping.set()

    async def serve(self, ready: Callable[[], None]) -> None:
        """Answers until `stop`; calls `ready` once it does."""
        config = Config()
        config.bind = [f"127.0.0.1:{self._settings.gateway_port}"]
        config.keep_alive_timeout = 75
        config.graceful_timeout = 1
        config.loglevel = "WARNING"
        async with asyncio.TaskGroup() as group:
            group.create_task(serve(ministack.app, config, shutdown_trigger=self._stopping.wait))
            group.create_task(self._announce(ready))

    async def _announce(self, ready: Callable[[], None]) -> None:
        while not self._stopping.is_set():
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self._settings.gateway_port)
            except OSError:
                await asyncio.sleep(0.02)
                continue
            writer.close()
            ready()
            return
