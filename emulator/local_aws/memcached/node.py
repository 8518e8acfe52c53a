"""One node of a pool: an address that stays, and the server behind it, which begins empty each time."""

import os
import pwd
import shutil
import socket
import ssl
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from local_aws.addresses import beside
from local_aws.errors import ServerError
from local_aws.forwarder import Endpoint
from local_aws.memcached.front import Front
from local_aws.memcached.parameters import options
from local_aws.memcached.servers import memcached_program
from local_aws.memcached.spec import NodeState, PoolSpec
from local_aws.processes import Process

if TYPE_CHECKING:
    from local_aws.runtime import Runtime

PATIENCE = 20.0


class Node:
    """A server under an id and an address that outlive its process."""

    def __init__(self, number: int, spec: PoolSpec, runtime: "Runtime", shared_ip: str) -> None:
        """Take an address and a certificate that is good for `shared_ip` as well; `launch` starts the server."""
        self.id = f"{number:04d}"
        self.endpoint = Endpoint(runtime.addresses.allocate(), spec.port)
        # Where the server itself listens, by TLS where the pool has it: nothing is said in the clear behind the front.
        self._server = Endpoint(self.endpoint.host, beside(spec.port, 11000))
        self._name = f"{spec.id}-{self.id}"
        self._runtime = runtime
        self._directory: Path = runtime.settings.run_dir / "nodes" / self._name
        self._directory.mkdir(mode=0o700, parents=True)
        self._process: Process | None = None
        self._front: Front | None = None
        self._certificate = (
            runtime.authority.issue(self._directory, [self.endpoint.host, shared_ip]) if spec.tls else None
        )
        self.died: float | None = None

    @property
    def alive(self) -> bool:
        """Whether its process runs."""
        return self._process is not None and self._process.alive

    @property
    def server(self) -> Endpoint | None:
        """Where its server takes connections, if it does."""
        return self._server if self.alive else None

    @property
    def tls(self) -> tuple[ssl.SSLContext, ssl.SSLContext] | None:
        """How to meet clients in its name, and how to meet its server; None in plain text."""
        if self._certificate is None:
            return None
        to_clients = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        to_clients.load_cert_chain(*self._certificate)
        return to_clients, ssl.create_default_context(cafile=str(self._runtime.authority.ca_file))

    def state(self) -> NodeState:
        """What is shown of it."""
        return NodeState(self.id, self.endpoint, self._process.pid if self._process else None, self.alive)

    def launch(self, spec: PoolSpec) -> None:
        """Start the server, empty, and wait until it answers."""
        words = [memcached_program(), "-l", self._server.host, "-p", str(self._server.port), "-U", "0"]
        # It refuses to run as root unless it is told to.
        words += ["-u", pwd.getpwuid(os.getuid()).pw_name, *options(spec.parameters, spec.memory_bytes)]
        if self._certificate is not None:
            certificate, key = self._certificate
            words += ["-Z", "-o", f"ssl_chain_cert={certificate},ssl_key={key}"]
        self.died = None
        self._process = self._runtime.supervisor.start(f"memcached-{self._name}", words)
        self._wait_until_it_answers()

    def listen(self, members: Callable[[], str]) -> None:
        """Take connections for the server, whichever process it is."""
        self._front = Front(self.endpoint, lambda: self.server, members, self.tls)

    def restart(self, spec: PoolSpec) -> None:
        """Another server in place of the present one."""
        if self._process is not None:
            self._process.kill()
        self.launch(spec)

    def destroy(self) -> None:
        """End the server; its address and directory are given back."""
        if self._front is not None:
            self._front.close()
        if self._process is not None:
            self._process.kill()
        self._runtime.addresses.release(self.endpoint.host)
        shutil.rmtree(self._directory, ignore_errors=True)

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if not self.alive:
                raise ServerError(f"{self._name} ended: {self._process.last_words()}")
            if time.monotonic() > deadline:
                raise ServerError(f"{self._name}: no answer within {PATIENCE:.0f} s. {self._process.last_words()}")
            time.sleep(0.02)

    def connect(self, timeout: float) -> socket.socket:
        """A new connection to the server, past the front."""
        plain = socket.create_connection(self._server, timeout)
        if not self.tls:
            return plain
        try:
            return self.tls[1].wrap_socket(plain, server_hostname=self._server.host)
        except BaseException:
            plain.close()
            raise

    def _answers(self) -> bool:
        try:
            with self.connect(2) as stream:
                stream.sendall(b"version\r\n")
                return stream.recv(64).startswith(b"VERSION ")
        except OSError:
            return False
