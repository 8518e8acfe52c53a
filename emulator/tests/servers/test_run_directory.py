"""The run directory and the settings that name it."""

import os
import socket
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from local_aws import run_directory
from local_aws.errors import ServerError
from local_aws.settings import ACCOUNT, Settings


@pytest.fixture(autouse=True)
def temporary_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_a_claimed_directory_is_private_and_its_own() -> None:
    first, second = run_directory.claim(), run_directory.claim()
    assert first != second
    assert stat.S_IMODE(first.stat().st_mode) == 0o700
    for directory in (first, second):
        run_directory.remove(directory)
        assert not directory.exists()
    assert list(first.parent.iterdir()) == []


def test_what_a_killed_run_left_is_removed_and_what_is_in_use_is_kept(tmp_path: Path) -> None:
    alive = run_directory.claim()
    script = (
        "import os; from local_aws import run_directory as r; print(r.claim(), flush=True); os.kill(os.getpid(), 9)"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    killed = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    dead = Path(killed.stdout.strip())
    (dead / "left.txt").write_text("left")
    assert dead.parent == alive.parent
    fresh = run_directory.claim()
    assert not dead.exists()
    assert alive.exists()
    run_directory.remove(alive)
    run_directory.remove(fresh)


def test_a_named_directory_in_use_is_refused(tmp_path: Path) -> None:
    named = run_directory.claim(tmp_path / "named")
    with pytest.raises(ServerError, match=f"The run directory {named} is in use by another local AWS."):
        run_directory.claim(named)
    run_directory.remove(named)
    assert run_directory.claim(named) == named
    run_directory.remove(named)


def test_a_directory_with_files_of_others_is_refused_and_left_alone(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "thesis.txt").write_text("years of work")
    with pytest.raises(ServerError, match="exists and is not ours"):
        run_directory.claim(foreign)
    assert (foreign / "thesis.txt").read_text() == "years of work"


def test_settings_from_an_empty_environment() -> None:
    settings = Settings.from_environment({})
    assert (settings.account, settings.region) == (ACCOUNT, "us-east-1")
    with socket.socket() as free:
        free.bind(("127.0.0.1", settings.gateway_port))
    run_directory.remove(settings.run_dir)


def test_settings_from_the_environment(tmp_path: Path) -> None:
    environment = {"DATA_TIER_GATEWAY_PORT": "4566", "DATA_TIER_RUN_DIR": str(tmp_path / "here")}
    settings = Settings.from_environment(environment)
    assert settings == Settings(tmp_path / "here", 4566)
    run_directory.remove(settings.run_dir)


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
def test_a_gateway_port_that_is_none(port: str) -> None:
    with pytest.raises(ServerError, match=f"DATA_TIER_GATEWAY_PORT must be a port number, got: {port}"):
        Settings.from_environment({"DATA_TIER_GATEWAY_PORT": port})
