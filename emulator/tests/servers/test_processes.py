"""Supervision of processes."""

import getpass
import os
import pwd
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from local_aws.errors import ServerError
from local_aws.processes import Supervisor

IGNORES_TERM = ["sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.05; done"]


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[Supervisor]:
    supervising = Supervisor(tmp_path / "logs")
    yield supervising
    supervising.stop_all()


def wait_for_log(path: Path, text: str) -> None:
    deadline = time.monotonic() + 5
    while text not in path.read_text():
        assert time.monotonic() < deadline, path.read_text()
        time.sleep(0.01)


def test_the_process_is_the_program_itself(supervisor: Supervisor) -> None:
    process = supervisor.start("sleeper", ["sleep", "60"])
    wait_until = time.monotonic() + 5
    while (command := Path(f"/proc/{process.pid}/cmdline").read_bytes()) != b"sleep\x0060\x00":
        assert time.monotonic() < wait_until, command
    assert process.alive
    process.stop()
    assert not process.alive


def test_environment_and_log(supervisor: Supervisor) -> None:
    process = supervisor.start("talker", ["sh", "-c", "echo $WORD; echo wrong >&2"], env={"WORD": "hello"})
    wait_for_log(process.log_file, "wrong")
    assert process.last_words() == "hello\nwrong"


def test_stop_insists(supervisor: Supervisor) -> None:
    process = supervisor.start("stubborn", IGNORES_TERM)
    wait_for_log(process.log_file, "ready")
    process.stop(timeout=0.2)
    assert not process.alive


def test_stop_all_runs_the_callbacks_in_reverse_and_ends_everything(supervisor: Supervisor) -> None:
    processes = [supervisor.start(f"sleeper-{number}", ["sleep", "60"]) for number in range(3)]
    seen: list[tuple[str, bool]] = []
    supervisor.on_exit(lambda: seen.append(("first", processes[0].alive)))
    supervisor.on_exit(lambda: seen.append(("second", processes[0].alive)))
    supervisor.stop_all()
    assert seen == [("second", True), ("first", True)]
    assert [process.alive for process in processes] == [False, False, False]
    with pytest.raises(ServerError, match="late is not started: the local AWS is stopping"):
        supervisor.start("late", ["sleep", "60"])


def test_a_failing_callback_does_not_save_the_processes(supervisor: Supervisor) -> None:
    process = supervisor.start("sleeper", ["sleep", "60"])
    supervisor.on_exit(lambda: [][0])
    with pytest.raises(IndexError):
        supervisor.stop_all()
    assert not process.alive


def test_a_process_can_run_as_another_user(supervisor: Supervisor) -> None:
    user = "nobody" if os.getuid() == 0 else getpass.getuser()
    process = supervisor.start("other", ["sleep", "60"], user=user)
    assert Path(f"/proc/{process.pid}").stat().st_uid == pwd.getpwnam(user).pw_uid


def test_death_of_a_process_is_seen(supervisor: Supervisor) -> None:
    process = supervisor.start("sleeper", ["sleep", "60"])
    os.kill(process.pid, signal.SIGKILL)
    deadline = time.monotonic() + 5
    while process.alive:
        assert time.monotonic() < deadline
