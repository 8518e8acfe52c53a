"""Reads what clients send on their way to a server and replaces the token of an IAM user by a password, or by none."""

import asyncio
import hashlib
import hmac
import logging
from collections.abc import Callable
from dataclasses import dataclass

log = logging.getLogger(__name__)

# ElastiCache User Guide, "Authenticating with IAM": after twelve hours without a new token the connection is cut.
SESSION_SECONDS = 12 * 3600
LONGEST_BULK = 512 * 1024 * 1024


def iam_password(user: str, secret: str) -> str:
    """The password of an IAM user at the servers, which no client learns."""
    return hmac.digest(secret.encode(), f"iam:{user}".encode(), hashlib.sha256).hex()


@dataclass(frozen=True)
class Gate:
    """Who is an IAM user, and who says whether a token is good."""

    users: frozenset[str]
    # Why a token does not let its user in, or None.
    verify: Callable[[str, str], str | None]
    secret: str

    async def pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on every command until they end; the connection does not outlive the right to it."""
        end: asyncio.TimerHandle | None = None
        try:
            while (command := await _read_command(reader)) is not None:
                accepted, command = self._checked(command)
                if accepted:
                    if end:
                        end.cancel()
                    end = asyncio.get_running_loop().call_later(SESSION_SECONDS, writer.transport.abort)
                writer.write(_written(command))
                await writer.drain()
        except (asyncio.IncompleteReadError, ValueError) as error:
            log.debug("A client left or does not speak the protocol: %s", type(error).__name__)
        finally:
            if end:
                end.cancel()

    def _checked(self, command: list[bytes]) -> tuple[bool, list[bytes]]:
        """Whether a token was accepted, and what the server gets to see."""
        place = _place_of_login(command)
        if place is None:
            return False, command
        user = command[place - 1].decode(errors="replace") if len(command) > 2 else "default"
        if user not in self.users:
            return False, command
        reason = self.verify(user, command[place].decode(errors="replace"))
        if reason:
            log.info("%s is not let in: %s", user, reason)
        # The server itself refuses whom the gate refuses, in its own words and its turn.
        password = "" if reason else iam_password(user, self.secret)
        return reason is None, [*command[:place], password.encode(), *command[place + 1 :]]


def _place_of_login(command: list[bytes]) -> int | None:
    """Where the password stands in AUTH or in HELLO."""
    name = command[0].upper() if command else b""
    if name == b"AUTH" and len(command) in (2, 3):
        return len(command) - 1
    if name == b"HELLO":
        words = [word.upper() for word in command]
        place = words.index(b"AUTH") + 2 if b"AUTH" in words else len(command)
        return place if place < len(command) else None
    return None


async def _read_command(reader: asyncio.StreamReader) -> list[bytes] | None:
    """The words of the next command, None at the end."""
    line = await reader.readline()
    if not line:
        return None
    if not line.startswith(b"*"):
        # As typed into a terminal.
        return line.split()
    words = []
    for _ in range(int(line[1:])):
        head = await reader.readline()
        if not head.startswith(b"$") or not 0 <= int(head[1:]) <= LONGEST_BULK:
            raise ValueError("no bulk string")
        words.append((await reader.readexactly(int(head[1:]) + 2))[:-2])
    return words


def _written(command: list[bytes]) -> bytes:
    return b"".join((b"*%d\r\n" % len(command), *(b"$%d\r\n%s\r\n" % (len(word), word) for word in command)))
