"""What passes between clients and servers, byte by byte, with a question to the pool in between."""

import socket
import ssl
from collections.abc import Iterator

import pytest
from servers.pools import start_pool

from local_aws.runtime import Runtime


@pytest.fixture
def connection(runtime: Runtime) -> Iterator[socket.socket]:
    """To the node of a pool of one."""
    endpoint = start_pool(runtime).nodes()[0].endpoint
    context = ssl.create_default_context(cafile=str(runtime.authority.ca_file))
    with socket.create_connection(endpoint, timeout=5) as plain:
        yield context.wrap_socket(plain, server_hostname=endpoint.host)


def say(connection: socket.socket, words: bytes, expected: bytes) -> None:
    """Send at once, and compare all that comes back."""
    connection.sendall(words)
    answer = b""
    while len(answer) < len(expected):
        data = connection.recv(65536)
        assert data, answer
        answer += data
    assert answer == expected


def told(connection: socket.socket) -> bytes:
    """The answer of auto discovery."""
    connection.sendall(b"config get cluster\r\n")
    answer = b""
    while not answer.endswith(b"END\r\n"):
        answer += connection.recv(65536)
    return answer


def test_answers_come_in_the_order_of_the_questions(connection: socket.socket) -> None:
    config = told(connection)
    words = [b"set a 0 0 2\r\n12\r\n", b"config get cluster\r\n", b"get a\r\n", b"mn\r\n", b"config get cluster\r\n"]
    answers = [b"STORED\r\n", config, b"VALUE a 0 2\r\n12\r\nEND\r\n", b"MN\r\n", config]
    say(connection, b"".join(words), b"".join(answers))


def test_values_are_not_taken_for_words(connection: socket.socket) -> None:
    config = told(connection)
    value = b"config get cluster\r\nMN\r\nEND\r\nVALUE a 0 9"
    words = [
        b"set a 7 0 %d\r\n%s\r\n" % (len(value), value),
        b"config get cluster\r\n",
        b"ms b %d\r\n%s\r\n" % (len(value), value),
        b"get a b\r\n",
        b"mg b v\r\n",
    ]
    answers = [
        b"STORED\r\n",
        config,
        b"HD\r\n",
        b"VALUE a 7 %d\r\n%s\r\nVALUE b 0 %d\r\n%s\r\nEND\r\n" % (len(value), value, len(value), value),
        b"VA %d\r\n%s\r\n" % (len(value), value),
    ]
    say(connection, b"".join(words), b"".join(answers))


def test_unknown_and_wrong_words_are_for_the_server(connection: socket.socket) -> None:
    say(connection, b"config set cluster\r\n", b"ERROR\r\n")
    say(connection, b"\r\n", b"ERROR\r\n")
    say(connection, b"get AmazonElastiCache:other\r\n", b"END\r\n")
    assert told(connection).startswith(b"CONFIG cluster 0 ")


def test_the_binary_protocol_passes(connection: socket.socket) -> None:
    no_operation = bytes([0x80, 0x0A]) + bytes(22)
    answer = bytes([0x81, 0x0A]) + bytes(22)
    say(connection, no_operation * 3, answer * 3)


def test_a_large_item_passes_unchanged(connection: socket.socket) -> None:
    value = bytes(range(256)) * 4000
    say(connection, b"set big 0 0 %d\r\n%s\r\n" % (len(value), value), b"STORED\r\n")
    say(connection, b"get big\r\n", b"VALUE big 0 %d\r\n%s\r\nEND\r\n" % (len(value), value))
