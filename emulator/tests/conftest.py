"""A run of the server side for each test, and proof after each that nothing of it is left."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from local_aws.redis.group import GroupSpec, RedisGroup
from local_aws.runtime import Runtime
from local_aws.settings import Settings

REPOSITORY = Path(__file__).parents[2]
UNPACKED_VALKEY = REPOSITORY / ".cache/valkey/usr/bin/valkey-server"

Connect = Callable[..., redis.Redis]
StartGroup = Callable[..., RedisGroup]


@pytest.fixture(scope="session", autouse=True)
def valkey() -> None:
    """Where a Valkey was unpacked beside the system's own programs, use it."""
    if UNPACKED_VALKEY.exists():
        os.environ.setdefault("DATA_TIER_VALKEY_SERVER", str(UNPACKED_VALKEY))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the lines that tests recorded for a table, those of a file together."""
    passed = sorted(terminalreporter.getreports("passed"), key=lambda report: report.location[0])
    lines = [value for report in passed for name, value in report.user_properties if name == "table"]
    for line in dict.fromkeys(lines):
        terminalreporter.write_line(line)


@pytest.fixture
def runtime(tmp_path: Path) -> Iterator[Runtime]:
    settings = Settings.from_environment({"DATA_TIER_RUN_DIR": str(tmp_path / "run")})
    with Runtime(settings) as running:
        yield running
    assert not settings.run_dir.exists()
    assert servers_in(settings.run_dir) == []


@pytest.fixture
def start_group(runtime: Runtime) -> StartGroup:
    """Start a group of this run, called `sessions` unless said otherwise."""

    def start(**properties: Any) -> RedisGroup:
        return RedisGroup.start(GroupSpec(**{"id": "sessions", **properties}), runtime)

    return start


@pytest.fixture
def connect(runtime: Runtime) -> Iterator[Connect]:
    """Connect to an end point as a client would, without retries that would hide what happened."""
    clients: list[redis.Redis] = []

    def open_client(endpoint: tuple[str, int], tls: bool = False, **options: Any) -> redis.Redis:
        if tls:
            options = {"ssl": True, "ssl_ca_certs": str(runtime.authority.ca_file), **options}
        options = {"socket_timeout": 5, **options}
        client = redis.Redis(*endpoint, decode_responses=True, retry=Retry(NoBackoff(), 0), **options)
        clients.append(client)
        return client

    yield open_client
    for client in clients:
        client.close()


@pytest.fixture(name="servers_in")
def servers_in_fixture() -> Callable[[Path], list[int]]:
    """The processes that work in a directory."""
    return servers_in


def servers_in(directory: Path) -> list[int]:
    found = []
    for link in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if link.readlink().is_relative_to(directory):
                found.append(int(link.parent.name))
        except OSError:
            # Ended while we looked, or not ours to look at.
            continue
    return found
