"""Loopback addresses of one run: each end point gets an address of its own and so keeps the port of its template."""

import socket
import threading
from collections import deque

from local_aws.errors import ServerError

# Below the range from which the kernel takes ports for outgoing connections.
LOCK_PORT = 17001
FIRST_OCTETS = "127.42"


def beside(port: int, distance: int) -> int:
    """A port above another, or below it at the upper end; every server has an address of its own."""
    return port + distance if port + distance <= 65535 else port - distance


class AddressBlock:
    """A block 127.x.y.0/24 that no other run uses: it belongs to whoever listens on its lock port."""

    def __init__(self) -> None:
        """Take the first free block."""
        self._guard = threading.Lock()
        self.prefix, self._lock = _claim_block()
        # First in, first out: a client that still knows a released address should not meet another group there at once.
        self._free = deque(f"{self.prefix}.{host}" for host in range(2, 255))
        self._used: set[str] = set()

    def allocate(self) -> str:
        """An address that nothing else of this run uses."""
        with self._guard:
            if not self._free:
                raise ServerError(f"All addresses of the block {self.prefix}.0/24 are in use.")
            ip = self._free.popleft()
            self._used.add(ip)
            return ip

    def release(self, ip: str) -> None:
        """Give an address back; twice does no harm."""
        with self._guard:
            if ip in self._used:
                self._used.remove(ip)
                self._free.append(ip)

    @property
    def in_use(self) -> int:
        """How many addresses are given out."""
        return len(self._used)

    def close(self) -> None:
        """Give the block to the next run."""
        self._lock.close()


def _claim_block() -> tuple[str, socket.socket]:
    failure: OSError | None = None
    for third in range(256):
        prefix = f"{FIRST_OCTETS}.{third}"
        lock = socket.socket()
        try:
            # Without SO_REUSEADDR, which would let two processes bind before either listens.
            lock.bind((f"{prefix}.1", LOCK_PORT))
            lock.listen(1)
            return prefix, lock
        except OSError as error:
            lock.close()
            failure = error
    raise ServerError(f"No free block of addresses in {FIRST_OCTETS}.0.0/16 (port {LOCK_PORT}): {failure}")
