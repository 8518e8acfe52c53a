"""Passes the text protocol on and answers for the server what only ElastiCache knows: the members of the pool."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable

from local_aws.forwarder import pipe

CHUNK = 65536
# The first byte of every request and of every answer in the binary protocol, which is passed on unread.
BINARY = (b"\x80", b"\x81")
# Commands that a block of data follows, and which of their words says how long it is.
BLOCKS = dict.fromkeys((b"set", b"add", b"replace", b"append", b"prepend", b"cas"), 4) | {b"ms": 2}
ANSWERED_BLOCKS = {b"VALUE": 3, b"VA": 1}
# ElastiCache User Guide, "Auto Discovery": the command, and the key that stood for it before 1.4.14.
QUESTIONS = {
    (b"config", b"get", b"cluster"): b"CONFIG cluster 0 %d\r\n%s\r\nEND\r\n",
    (b"get", b"AmazonElastiCache:cluster"): b"VALUE AmazonElastiCache:cluster 0 %d\r\n%s\r\nEND\r\n",
}
# A command that does nothing, and its answer: it takes the place of ours among the answers of the server.
NO_OPERATION, DONE = b"mn\r\n", b"MN\r\n"


class Relay:
    """The two directions of one connection."""

    def __init__(self, members: Callable[[], str]) -> None:
        """`members` tells them in the form of auto discovery."""
        self._members = members
        # For every no-op under way the answer that shall replace that of the server, or None where a client sent it.
        self._turns: deque[bytes | None] = deque()

    async def commands(self, reader: asyncio.StreamReader, server: asyncio.StreamWriter) -> None:
        """What the client says, until it ends."""
        async for line in _lines(reader, server):
            words = tuple(line.split())
            if words in QUESTIONS:
                told = self._members().encode()
                self._turns.append(QUESTIONS[words] % (len(told), told))
                server.write(NO_OPERATION)
            else:
                if line == NO_OPERATION:
                    self._turns.append(None)
                server.write(line)
                await _pass_block(reader, server, _length(words, BLOCKS))
            await server.drain()

    async def answers(self, reader: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        """What the server says, until it ends."""
        async for line in _lines(reader, client):
            own = self._turns.popleft() if line == DONE and self._turns else None
            client.write(own or line)
            await _pass_block(reader, client, _length(tuple(line.split()), ANSWERED_BLOCKS))
            await client.drain()


async def _lines(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> AsyncIterator[bytes]:
    """The lines of a stream; all of it goes to `writer` unread where it is binary."""
    line = await reader.read(1)
    if line in BINARY:
        writer.write(line)
        await pipe(reader, writer)
        return
    if line != b"\n":
        line += await reader.readline()
    while line:
        yield line
        line = await reader.readline()


def _length(words: tuple[bytes, ...], blocks: dict[bytes, int]) -> int:
    """How many bytes follow the line, which the server sees in the same way."""
    place = blocks.get(words[0]) if words else None
    if place is None or len(words) <= place or not words[place].isdigit():
        return 0
    return int(words[place]) + 2


async def _pass_block(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, length: int) -> None:
    """Pass on a block that may be larger than memory should hold."""
    while length > 0:
        data = await reader.read(min(length, CHUNK))
        if not data:
            return
        length -= len(data)
        writer.write(data)
        await writer.drain()
