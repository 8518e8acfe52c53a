"""Which program runs an engine."""

import logging
from pathlib import Path

import pytest

from local_aws.errors import ServerError
from local_aws.redis.servers import server_program


def script(path: Path, said: str) -> Path:
    path.write_text(f"#!/bin/sh\necho '{said}'\n")
    path.chmod(0o755)
    return path


def test_each_engine_has_its_own_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for engine, said in (("redis", "Redis server v=7.2.4 sha=0"), ("valkey", "Valkey server v=8.0.1 sha=0")):
        monkeypatch.delenv(f"DATA_TIER_{engine.upper()}_SERVER", raising=False)
        script(tmp_path / f"{engine}-server", said)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert server_program("redis") == str(tmp_path / "redis-server")
    assert server_program("valkey") == str(tmp_path / "valkey-server")


def test_the_variable_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = script(tmp_path / "mine", "Redis server v=8.0.0 sha=0")
    monkeypatch.setenv("DATA_TIER_REDIS_SERVER", str(named))
    assert server_program("redis") == str(named)


def test_a_missing_server_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATA_TIER_VALKEY_SERVER", raising=False)
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(ServerError, match="valkey-server is not on PATH"):
        server_program("valkey")
    monkeypatch.setenv("DATA_TIER_VALKEY_SERVER", "/nonexistent/valkey-server")
    with pytest.raises(ServerError, match="DATA_TIER_VALKEY_SERVER=/nonexistent/valkey-server is no program"):
        server_program("valkey")


def test_one_is_never_taken_for_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disguised = script(tmp_path / "redis-server", "Valkey server v=8.0.1 sha=0")
    monkeypatch.setenv("DATA_TIER_REDIS_SERVER", str(disguised))
    with pytest.raises(ServerError, match=r"redis-server is no redis server, it says: Valkey server v=8.0.1"):
        server_program("redis")


def test_redis_runs_in_place_of_valkey_only_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("DATA_TIER_REDIS_SERVER", str(script(tmp_path / "redis-server", "Redis server v=7.2.4 sha=0")))
    monkeypatch.setenv("DATA_TIER_VALKEY_FALLBACK", "redis")
    with caplog.at_level(logging.WARNING):
        assert server_program("valkey") == str(tmp_path / "redis-server")
    assert "Redis runs in place of Valkey" in caplog.text


@pytest.mark.parametrize(("version", "accepted"), [("6.2.14", False), ("7.0.0", True)])
def test_the_oldest_redis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, accepted: bool) -> None:
    program = script(tmp_path / f"redis-{version}", f"Redis server v={version} sha=0")
    monkeypatch.setenv("DATA_TIER_REDIS_SERVER", str(program))
    if accepted:
        assert server_program("redis") == str(program)
    else:
        with pytest.raises(ServerError, match=r"is too old .*: Redis 7.0 or newer is needed"):
            server_program("redis")


def test_an_unknown_engine() -> None:
    with pytest.raises(ServerError, match="Unknown engine memcached: the local AWS runs redis and valkey"):
        server_program("memcached")
