"""Finds the memcached program."""

import os
import re
import shutil
import subprocess
from functools import cache

from local_aws.errors import ServerError

PROGRAM = "memcached"
VARIABLE = "DATA_TIER_MEMCACHED_SERVER"
# The oldest whose answers can be told apart by a no-op (`mn`).
OLDEST = (1, 6)


def memcached_program() -> str:
    """The path of a memcached that knows TLS."""
    named = os.environ.get(VARIABLE)
    path = shutil.which(named or PROGRAM)
    if path is None:
        looked = f"{VARIABLE}={named} is no program" if named else f"{PROGRAM} is not on PATH"
        raise ServerError(f"No server for engine memcached: {looked}. Install it or set {VARIABLE}.")
    _check(path)
    return path


@cache
def _check(path: str) -> None:
    said = _ask(path, "-V").strip()
    match = re.match(r"memcached (\d+)\.(\d+)", said)
    if match is None:
        raise ServerError(f"{path} is no memcached, it says: {said or 'nothing'}. Set {VARIABLE}.")
    if (int(match[1]), int(match[2])) < OLDEST:
        raise ServerError(f"{path} is too old ({said}): memcached {OLDEST[0]}.{OLDEST[1]} or newer is needed.")
    if "--enable-ssl" not in _ask(path, "-h"):
        raise ServerError(f"{path} is built without TLS. Set {VARIABLE}.")


def _ask(path: str, option: str) -> str:
    return subprocess.run([path, option], capture_output=True, text=True, check=False, timeout=10).stdout
