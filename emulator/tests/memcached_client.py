"""Connections to Memcached nodes, and the answers of auto discovery."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from pymemcache.client.base import Client

from local_aws.forwarder import Endpoint


class Members(NamedTuple):
    """What auto discovery tells."""

    version: int
    endpoints: list[Endpoint]


@contextmanager
def connected(endpoint: tuple[str, int], ca_file: str | None) -> Iterator[Client]:
    """A connection to one end point, by TLS where there is an authority to trust."""
    context = ssl.create_default_context(cafile=ca_file) if ca_file else None
    client = Client(tuple(endpoint), tls_context=context, timeout=5, connect_timeout=5, default_noreply=False)
    try:
        yield client
    finally:
        client.close()


def discover(client: Client) -> Members:
    return members(client.raw_command("config get cluster", b"\r\nEND\r\n"))


def members(answer: bytes) -> Members:
    head, payload = answer.split(b"\r\n", 1)
    # `CONFIG cluster 0 <length>`, or `VALUE <key> 0 <length>`.
    assert int(head.split()[-1]) == len(payload)
    version, told, end = payload.decode().split("\n")
    assert end == ""
    endpoints = []
    for entry in told.split(" "):
        name, ip, port = entry.split("|")
        assert name == ip
        endpoints.append(Endpoint(ip, int(port)))
    return Members(int(version), endpoints)
