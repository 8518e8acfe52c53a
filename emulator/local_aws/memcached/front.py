"""Stands on the address of a node, or of all nodes, and answers auto discovery there."""

import asyncio
import logging
import ssl
from collections.abc import Callable

from local_aws import event_loop
from local_aws.errors import ServerError
from local_aws.forwarder import Endpoint
from local_aws.memcached.relay import Relay

log = logging.getLogger(__name__)
# Of a line: a look-up of many keys is one.
LONGEST_LINE = 2**20


class Front:
    """Takes connections at `endpoint` and passes what they say on to the server that `pick` names."""

    def __init__(
        self,
        endpoint: Endpoint,
        pick: Callable[[], Endpoint | None],
        members: Callable[[], str],
        tls: tuple[ssl.SSLContext, ssl.SSLContext] | None,
    ) -> None:
        """Start to listen; `tls`: how to meet clients and servers. `pick` returns None while none serves."""
        self.endpoint = endpoint
        self._pick = pick
        self._members = members
        self._to_clients, self._to_servers = tls or (None, None)
        self._connections: set[asyncio.StreamWriter] = set()
        start = asyncio.start_server(self._serve, *endpoint, ssl=self._to_clients, limit=LONGEST_LINE)
        try:
            self._listener = event_loop.run(start)
        except OSError as error:
            raise ServerError(f"Cannot listen on {endpoint.host}:{endpoint.port}: {error.strerror}") from error

    def close(self) -> None:
        """Stop to listen and cut what is open."""
        event_loop.run(self._close())

    async def _close(self) -> None:
        self._listener.close()
        for writer in list(self._connections):
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers = [writer]
        self._connections.add(writer)
        try:
            if (target := self._pick()) is None:
                return
            answers, server = await asyncio.open_connection(*target, ssl=self._to_servers, limit=LONGEST_LINE)
            writers.append(server)
            self._connections.add(server)
            relay = Relay(self._members)
            ways = [
                asyncio.ensure_future(relay.commands(reader, server)),
                asyncio.ensure_future(relay.answers(answers, writer)),
            ]
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for way in ways:
                    way.cancel()
                await asyncio.gather(*ways, return_exceptions=True)
        except OSError as error:
            log.debug("%s:%s: %s", *self.endpoint, error)
        finally:
            for end in writers:
                self._connections.discard(end)
                end.close()
