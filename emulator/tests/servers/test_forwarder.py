"""Stable end points."""

import socket
import threading
from collections.abc import Iterator

import pytest

from local_aws.errors import ServerError
from local_aws.forwarder import Endpoint, Forwarder


class Echo:
    """A server that answers each message with its name before it."""

    def __init__(self, name: bytes) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._name = name
        self.endpoint = Endpoint(*self._listener.getsockname())
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            while data := connection.recv(65536):
                connection.sendall(self._name + data)


def free_endpoint() -> Endpoint:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return Endpoint(*probe.getsockname())


@pytest.fixture
def servers() -> Iterator[list[Echo]]:
    echoes = [Echo(b"a:"), Echo(b"b:")]
    yield echoes
    for echo in echoes:
        echo.close()


def ask(connection: socket.socket) -> bytes:
    connection.sendall(b"hello")
    return connection.recv(100)


def test_connections_go_where_the_role_is_now(servers: list[Echo]) -> None:
    target = servers[0].endpoint
    forwarder = Forwarder(free_endpoint(), lambda: target)
    with socket.create_connection(forwarder.endpoint) as old:
        assert ask(old) == b"a:hello"
        target = servers[1].endpoint
        assert ask(old) == b"a:hello"
        forwarder.drop_connections()
        assert old.recv(1) == b""
    with socket.create_connection(forwarder.endpoint) as new:
        assert ask(new) == b"b:hello"
    forwarder.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(forwarder.endpoint)


def test_much_data_passes_in_both_directions(servers: list[Echo]) -> None:
    forwarder = Forwarder(free_endpoint(), lambda: servers[0].endpoint)
    payload = bytes(range(256)) * 20_000
    received = bytearray()
    with socket.create_connection(forwarder.endpoint) as connection:
        sender = threading.Thread(target=lambda: (connection.sendall(payload), connection.shutdown(socket.SHUT_WR)))
        sender.start()
        while data := connection.recv(65536):
            received += data
        sender.join()
    assert received.replace(b"a:", b"") == payload.replace(b"a:", b"")
    forwarder.close()


@pytest.mark.parametrize("target", [None, "nobody"])
def test_without_a_server_the_client_is_told_at_once(target: str | None) -> None:
    nobody = free_endpoint()
    forwarder = Forwarder(free_endpoint(), lambda: nobody if target else None)
    with socket.create_connection(forwarder.endpoint, timeout=2) as connection:
        assert connection.recv(1) == b""
    forwarder.close()


def test_an_address_in_use_is_named(servers: list[Echo]) -> None:
    taken = servers[0].endpoint
    with pytest.raises(ServerError, match=f"Cannot listen on 127.0.0.1:{taken.port}: .*in use"):
        Forwarder(taken, lambda: None)
