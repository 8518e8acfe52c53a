"""Stands on the address of a server where one port must serve both TLS and plain text, or tokens must be verified."""

import asyncio
import logging
import socket
import ssl
from collections.abc import Coroutine
from typing import Any

from local_aws import event_loop
from local_aws.errors import ServerError
from local_aws.forwarder import Endpoint, pipe
from local_aws.redis.gate import Gate

log = logging.getLogger(__name__)
# The type of the first record of a TLS connection; no command begins with it.
HANDSHAKE = b"\x16"
BACKLOG = 128


class Front:
    """Takes connections at `endpoint`, ends their TLS and passes their commands on to `server` in plain text."""

    def __init__(self, endpoint: Endpoint, server: Endpoint) -> None:
        """Start to listen; nobody is served before `configure`."""
        self.endpoint = endpoint
        self._server = server
        self._tls: ssl.SSLContext | None = None
        self.plain_text = False
        self._gate: Gate | None = None
        self._plain_connections: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        try:
            self._listener = socket.create_server(endpoint, backlog=BACKLOG)
        except OSError as error:
            raise ServerError(f"Cannot listen on {endpoint.host}:{endpoint.port}: {error.strerror}") from error
        self._listener.setblocking(False)
        event_loop.run(self._start())

    def configure(self, tls: ssl.SSLContext | None, plain_text: bool, gate: Gate | None) -> None:
        """How new connections are served; open ones in plain text end when there shall be none."""
        event_loop.run(self._configure(tls, plain_text, gate))

    def close(self) -> None:
        """Stop to listen and cut what is open."""
        event_loop.run(self._close())

    async def _start(self) -> None:
        self._watch(self._accept())

    async def _configure(self, tls: ssl.SSLContext | None, plain_text: bool, gate: Gate | None) -> None:
        self._tls, self.plain_text, self._gate = tls, plain_text, gate
        if not plain_text:
            for writer in self._plain_connections:
                writer.transport.abort()

    async def _close(self) -> None:
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._listener.close()

    def _watch(self, coroutine: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _accept(self) -> None:
        while True:
            client, _ = await asyncio.get_running_loop().sock_accept(self._listener)
            self._watch(self._serve(client))

    async def _serve(self, client: socket.socket) -> None:
        writers: list[asyncio.StreamWriter] = []
        try:
            secure = await _first_byte(client) == HANDSHAKE
        except BaseException:
            client.close()
            raise
        if not (self._tls if secure else self.plain_text):
            log.debug("%s:%s: no %s here", *self.endpoint, "TLS" if secure else "plain text")
            client.close()
            return
        try:
            # From here on its transport closes it.
            reader, writer = await _streams(client, self._tls if secure else None)
            writers.append(writer)
            if not secure:
                self._plain_connections.add(writer)
            answers, server = await asyncio.open_connection(*self._server)
            writers.append(server)
            commands = self._gate.pass_on(reader, server) if self._gate else pipe(reader, server)
            ways = [asyncio.ensure_future(commands), asyncio.ensure_future(pipe(answers, writer))]
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for way in ways:
                    way.cancel()
                await asyncio.gather(*ways, return_exceptions=True)
        except OSError as error:
            log.debug("%s:%s: %s", *self.endpoint, error)
        finally:
            for writer in writers:
                self._plain_connections.discard(writer)
                writer.close()


async def _first_byte(client: socket.socket) -> bytes:
    """What the client begins with; it stays to be read."""
    loop, arrived = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(client, arrived.set)
    try:
        await arrived.wait()
        return client.recv(1, socket.MSG_PEEK)
    except OSError:
        return b""
    finally:
        loop.remove_reader(client)


async def _streams(
    client: socket.socket, tls: ssl.SSLContext | None
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=2**20)
    protocol = asyncio.StreamReaderProtocol(reader)
    transport, _ = await loop.connect_accepted_socket(lambda: protocol, client, ssl=tls)
    return reader, asyncio.StreamWriter(transport, protocol, reader, loop)
