"""Which program runs Memcached."""

from pathlib import Path

import pytest

from local_aws.errors import ServerError
from local_aws.memcached.servers import memcached_program

HELP = "-Z, --enable-ssl  enable TLS/SSL"


def program(path: Path, version: str, help_text: str = HELP) -> Path:
    path.write_text(f"#!/bin/sh\ncase $1 in -V) echo '{version}' ;; *) echo '{help_text}' ;; esac\n")
    path.chmod(0o755)
    return path


def test_it_is_that_on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATA_TIER_MEMCACHED_SERVER", raising=False)
    program(tmp_path / "memcached", "memcached 1.6.38")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert memcached_program() == str(tmp_path / "memcached")


def test_the_variable_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_TIER_MEMCACHED_SERVER", str(program(tmp_path / "mine", "memcached 1.6.18")))
    assert memcached_program() == str(tmp_path / "mine")


def test_a_missing_server_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATA_TIER_MEMCACHED_SERVER", raising=False)
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(ServerError, match=r"memcached is not on PATH\. Install it or set DATA_TIER_MEMCACHED_SERVER"):
        memcached_program()
    monkeypatch.setenv("DATA_TIER_MEMCACHED_SERVER", "/nonexistent/memcached")
    with pytest.raises(ServerError, match="DATA_TIER_MEMCACHED_SERVER=/nonexistent/memcached is no program"):
        memcached_program()


@pytest.mark.parametrize(
    ("version", "help_text", "message"),
    [
        ("memcached 1.5.22", HELP, r"is too old \(memcached 1.5.22\): memcached 1.6 or newer is needed"),
        ("memcached 1.6.18", "-p, --port", "is built without TLS"),
        ("Redis server v=7.0.15", HELP, "is no memcached, it says: Redis server"),
    ],
)
def test_what_will_not_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, help_text: str, message: str
) -> None:
    named = program(tmp_path / version.replace(" ", "-"), version, help_text)
    monkeypatch.setenv("DATA_TIER_MEMCACHED_SERVER", str(named))
    with pytest.raises(ServerError, match=message):
        memcached_program()
