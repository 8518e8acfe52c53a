"""The HTTP end point: MiniStack's application with our engine and services in it."""

import asyncio
import socket
from collections.abc import Callable

from hypercorn.asyncio import serve
from hypercorn.config import Config
from ministack import app as ministack

from local_aws.cloudformation import hooks
from local_aws.cloudformation.engine import Engine
from local_aws.errors import ServerError
from local_aws.resources import Resources
from local_aws.runtime import Runtime


class Gateway:
    """One local AWS on one port."""

    def __init__(self, runtime: Runtime) -> None:
        hooks.check()
        self._settings = runtime.settings
        self._stopping = asyncio.Event()
        resources = Resources(runtime)
        hooks.install(runtime.settings, Engine(resources.registry), resources.services, resources.monitoring.record)
        runtime.supervisor.on_exit(resources.monitoring.stop)
        resources.monitoring.start()

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
        # Bound here rather than by Hypercorn, so that a taken port fails before anybody is told of the end point.
        with self._bind() as listener:
            config.bind = [f"fd://{listener.detach()}"]
        config.keep_alive_timeout = 75
        config.graceful_timeout = 1
        config.loglevel = "WARNING"
        async with asyncio.TaskGroup() as group:
            group.create_task(serve(ministack.app, config, shutdown_trigger=self._stopping.wait))
            group.create_task(self._announce(ready))

    def _bind(self) -> socket.socket:
        address = ("127.0.0.1", self._settings.gateway_port)
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
            listener.listen()
        except OSError as error:
            listener.close()
            raise ServerError(f"the gateway cannot listen on {address[0]}:{address[1]}: {error.strerror}") from error
        return listener

    async def _announce(self, ready: Callable[[], None]) -> None:
        """Waits for the first answer; the socket accepts connections before the application has started."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._settings.gateway_port)
        writer.write(b"GET /_ministack/health HTTP/1.0\r\n\r\n")
        await reader.readline()
        writer.close()
        ready()
