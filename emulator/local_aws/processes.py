"""Server processes: started so that nothing outlives the emulator, however it ends."""

import contextlib
import os
import pwd
import queue
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from local_aws.errors import ServerError

# The kernel kills the server when its parent dies; one that died before that request shows as another parent id.
DIE_WITH_PARENT = ("setpriv", "--pdeathsig", "KILL", "--", "sh", "-c", '[ "$PPID" = "$0" ] && exec "$@"')
LOG_TAIL = 1200


class Process:
    """One running server and its log file."""

    def __init__(self, name: str, popen: subprocess.Popen[bytes], log_file: Path) -> None:
        """Wrap a process that has been started."""
        self.name = name
        self.log_file = log_file
        self._popen = popen

    @property
    def pid(self) -> int:
        """The id of the server itself: wrappers have replaced themselves by it."""
        return self._popen.pid

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._popen.poll() is None

    def stop(self, timeout: float = 5) -> None:
        """Ask it to end, and insist after `timeout` seconds."""
        self.terminate()
        try:
            self._popen.wait(timeout)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it at once and wait until it is gone."""
        self._popen.kill()
        self._popen.wait()

    def terminate(self) -> None:
        """Ask it to end without waiting."""
        self._popen.terminate()

    def last_words(self) -> str:
        """The end of its log, for messages."""
        return self.log_file.read_text(errors="replace")[-LOG_TAIL:].strip()


class Supervisor:
    """Starts processes and ends them all, in one place."""

    def __init__(self, log_dir: Path) -> None:
        """Keep the logs of all processes in `log_dir`."""
        log_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.log_dir = log_dir
        self._guard = threading.Lock()
        self._processes: list[Process] = []
        self._callbacks: list[Callable[[], None]] = []
        self._stopped = False

    def start(
        self, name: str, argv: Sequence[str], *, env: Mapping[str, str] | None = None, user: str | None = None
    ) -> Process:
        """Start `argv`; its output is appended to the log named after it."""
        log_file = self.log_dir / f"{name}.log"
        identity = _identity(user) if user else {}
        with self._guard:
            if self._stopped:
                raise ServerError(f"{name} is not started: the local AWS is stopping.")
            with log_file.open("ab") as log:
                popen = _spawner.call(
                    lambda: subprocess.Popen(
                        [*DIE_WITH_PARENT, str(os.getpid()), *argv],
                        stdin=subprocess.DEVNULL,
                        stdout=log,
                        stderr=log,
                        cwd="/",
                        env={**os.environ, **(env or {})},
                        start_new_session=True,
                        **identity,
                    )
                )
            process = Process(name, popen, log_file)
            self._processes = [known for known in self._processes if known.alive] + [process]
        return process

    def on_exit(self, callback: Callable[[], None]) -> None:
        """Call `callback` before the processes are stopped; the last one given is called first."""
        self._callbacks.append(callback)

    def stop_all(self) -> None:
        """Run the callbacks, then end every process; afterwards nothing can be started."""
        with contextlib.ExitStack() as stack:
            stack.callback(self._stop_processes)
            for callback in self._callbacks:
                stack.callback(callback)
            self._callbacks = []

    def _stop_processes(self) -> None:
        with self._guard:
            self._stopped = True
            processes, self._processes = self._processes, []
        for process in processes:
            process.terminate()
        for process in processes:
            process.stop()


def _identity(user: str) -> dict[str, Any]:
    account = pwd.getpwnam(user)
    if account.pw_uid == os.getuid():
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


class _Spawner:
    """One thread that never ends does every fork: the kernel's death signal goes by the thread that forked."""

    def __init__(self) -> None:
        self._orders: queue.SimpleQueue[tuple[Callable[[], subprocess.Popen[bytes]], Future]] = queue.SimpleQueue()
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None

    def call(self, function: Callable[[], subprocess.Popen[bytes]]) -> subprocess.Popen[bytes]:
        with self._guard:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="spawner", daemon=True)
                self._thread.start()
        future: Future[subprocess.Popen[bytes]] = Future()
        self._orders.put((function, future))
        return future.result()

    def _run(self) -> None:
        while True:
            function, future = self._orders.get()
            try:
                future.set_result(function())
            except BaseException as error:  # the caller gets it; the thread must live on
                future.set_exception(error)


_spawner = _Spawner()
