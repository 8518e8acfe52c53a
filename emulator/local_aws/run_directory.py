"""The directory of one run: claimed with a lock, which tells what a killed run left behind from what is in use."""

import atexit
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

from local_aws.errors import ServerError

LOCK_NAME = "owner.lock"

# The kernel drops the lock with the process, however it dies, and no process id can be mistaken for another.
_locks: dict[Path, int] = {}


def claim(path: Path | None = None) -> Path:
    """A run directory (mode 0700) that belongs to this process until it ends or calls `remove`."""
    temporary = Path(tempfile.gettempdir())
    prefix = f"cdk-data-tier-{os.getuid()}-"
    for candidate in temporary.glob(f"{prefix}*"):
        _remove_if_stale(candidate)
    if path is None:
        hidden = Path(tempfile.mkdtemp(prefix=".", dir=temporary))
        run_dir = temporary / (prefix + hidden.name.removeprefix("."))
        _lock(hidden, run_dir)
        # It appears under its name with the lock on it: another run that is cleaning up cannot find it abandoned.
        hidden.rename(run_dir)
    else:
        run_dir = path.absolute()
        _make_room(run_dir)
        run_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        run_dir.chmod(0o700)
        _lock(run_dir, run_dir)
    atexit.register(remove, run_dir)
    return run_dir


def remove(run_dir: Path) -> None:
    """Delete the directory and give up the claim."""
    descriptor = _locks.pop(run_dir, None)
    if descriptor is not None:
        shutil.rmtree(run_dir, ignore_errors=True)
        os.close(descriptor)


def _lock(directory: Path, run_dir: Path) -> None:
    descriptor = _try_lock(directory, os.O_CREAT)
    if descriptor is None:
        raise ServerError(f"The run directory {run_dir} is in use by another local AWS.")
    _locks[run_dir] = descriptor


def _make_room(run_dir: Path) -> None:
    """A named directory may hold a dead run of ours, never files of somebody else."""
    if not run_dir.exists():
        return
    _remove_if_stale(run_dir)
    if run_dir.exists() and not (run_dir / LOCK_NAME).exists() and any(run_dir.iterdir()):
        raise ServerError(f"The run directory {run_dir} exists and is not ours; name an empty or a new one.")


def _remove_if_stale(directory: Path) -> None:
    if directory.is_symlink() or directory.stat().st_uid != os.getuid():
        return
    descriptor = _try_lock(directory, 0)
    if descriptor is not None:
        shutil.rmtree(directory, ignore_errors=True)
        os.close(descriptor)


def _try_lock(directory: Path, flags: int) -> int | None:
    """The locked descriptor, or None when there is no lock file or another process holds it."""
    try:
        descriptor = os.open(directory / LOCK_NAME, os.O_RDWR | os.O_NOFOLLOW | flags, 0o600)
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor
