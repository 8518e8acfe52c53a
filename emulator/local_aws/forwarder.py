"""Stable end points: a TCP listener that passes every connection on to whichever server has the role at that moment."""

import asyncio
import logging
from collections.abc import Callable
from typing import NamedTuple

from local_aws import event_loop
from local_aws.errors import ServerError

log = logging.getLogger(__name__)


class Endpoint(NamedTuple):
    """Where something listens."""

    host: str
    port: int


class Forwarder:
    """Listens on `endpoint` and connects to what `pick` returns; bytes, and so TLS, pass through untouched."""

    def __init__(self, endpoint: Endpoint, pick: Callable[[], Endpoint | None]) -> None:
        """Start to listen; `pick` returns None while nothing can serve."""
        self.endpoint = endpoint
        self._pick = pick
        self._connections: set[asyncio.StreamWriter] = set()
        try:
            self._server = event_loop.run(asyncio.start_server(self._serve, endpoint.host, endpoint.port))
        except OSError as error:
            raise ServerError(f"Cannot listen on {endpoint.host}:{endpoint.port}: {error.strerror}") from error

    def drop_connections(self) -> None:
        """Cut what is open, as a failover does: clients reconnect and reach the new server."""
        event_loop.run(self._drop())

    def close(self) -> None:
        """Stop to listen and cut what is open."""
        event_loop.run(self._close())

    async def _drop(self) -> None:
        for writer in list(self._connections):
            writer.transport.abort()

    async def _close(self) -> None:
        self._server.close()
        await self._drop()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections.add(writer)
        upstream: asyncio.StreamWriter | None = None
        try:
            target = self._pick()
            if target is None:
                return
            upstream_reader, upstream = await asyncio.open_connection(*target)
            self._connections.add(upstream)
            await asyncio.gather(pipe(reader, upstream), pipe(upstream_reader, writer))
        except OSError as error:
            log.debug("%s:%s: %s", *self.endpoint, error)
        finally:
            for end in (writer, upstream):
                if end is not None:
                    self._connections.discard(end)
                    end.transport.abort()


async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass on what comes until it ends."""
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    if writer.can_write_eof():
        writer.write_eof()
