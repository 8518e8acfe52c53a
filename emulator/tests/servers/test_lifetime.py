"""However a run ends, nothing of it is left; as root and as an ordinary user."""

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("run_until_told.py")
# On Python before 3.11.3; the development requirements name it for all.
NEEDED_BY_REDIS = ("async_timeout",)
ServersIn = Callable[[Path], list[int]]


@dataclass
class Run:
    """The program under test, once its group runs."""

    process: subprocess.Popen[str]
    directory: Path


StartRun = Callable[[str], Run]


@pytest.fixture(params=["self", "ordinary user"])
def start_run(request: pytest.FixtureRequest) -> Iterator[StartRun]:
    """Start the program, from a copy that an ordinary user can read and with a temporary folder that he can write."""
    place = Path(tempfile.mkdtemp(prefix="lifetime-"))
    place.chmod(0o755)
    temporary = place / "tmp"
    temporary.mkdir()
    temporary.chmod(0o777)
    for name in ("local_aws", "redis", *NEEDED_BY_REDIS):
        if specification := importlib.util.find_spec(name):
            source = Path(specification.origin).parent
            shutil.copytree(source, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROGRAM, place)
    become: list[str] = []
    if request.param == "ordinary user" and os.getuid() == 0:
        become = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all", "--"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(place), "TMPDIR": str(temporary)}
    started: list[subprocess.Popen[str]] = []

    def start(ending: str) -> Run:
        command = [*become, interpreter(become), str(place / PROGRAM.name), ending]
        process = subprocess.Popen(
            command, env=environment, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        started.append(process)
        line = process.stdout.readline()
        assert line, process.communicate()[1]
        state = json.loads(line)
        assert state["alive"] == [True, True]
        return Run(process, Path(state["runDir"]))

    yield start
    for process in started:
        process.kill()
        process.communicate()
    shutil.rmtree(place)


def interpreter(become: list[str]) -> str:
    """The one that runs the tests, or the system's where only root can use that one."""
    own = str(Path(sys.executable).resolve())
    asked = subprocess.run(
        [*become, own, "-c", "import sys; print(sys.version)"], capture_output=True, text=True, check=False
    )
    return own if asked.stdout.strip() == sys.version else "/usr/bin/python3"


def wait_until_gone(directory: Path, servers_in: ServersIn) -> None:
    deadline = time.monotonic() + 5
    while servers_in(directory):
        assert time.monotonic() < deadline, servers_in(directory)
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 0)], ids=["terminated", "interrupted"]
)
def test_a_signal_ends_in_order(start_run: StartRun, servers_in: ServersIn, number: int, status: int) -> None:
    run = start_run("wait")
    assert len(servers_in(run.directory)) == 2
    run.process.send_signal(number)
    assert run.process.wait(10) == status
    assert servers_in(run.directory) == []
    assert not run.directory.exists()


def test_a_failed_assertion(start_run: StartRun, servers_in: ServersIn) -> None:
    run = start_run("raise")
    assert run.process.wait(10) == 1
    assert "a failed assertion" in run.process.communicate()[1]
    assert servers_in(run.directory) == []
    assert not run.directory.exists()


def test_a_killed_run_takes_its_servers_along_and_the_next_one_cleans_up(
    start_run: StartRun, servers_in: ServersIn
) -> None:
    killed, other = start_run("wait"), start_run("wait")
    assert len(servers_in(killed.directory)) == 2
    killed.process.kill()
    killed.process.wait(10)
    wait_until_gone(killed.directory, servers_in)
    assert killed.directory.exists()
    following = start_run("wait")
    assert not killed.directory.exists()
    for run in (other, following):
        assert len(servers_in(run.directory)) == 2
        run.process.terminate()
        assert run.process.wait(10) == 0
        assert not run.directory.exists()
