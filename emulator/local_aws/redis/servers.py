"""Finds the server program of an engine, and never takes the one for the other unasked."""

import logging
import os
import re
import shutil
import subprocess
from functools import cache

from local_aws.errors import ServerError

log = logging.getLogger(__name__)

PROGRAMS = {"redis": "redis-server", "valkey": "valkey-server"}
VARIABLES = {"redis": "DATA_TIER_REDIS_SERVER", "valkey": "DATA_TIER_VALKEY_SERVER"}
FALLBACK_VARIABLE = "DATA_TIER_VALKEY_FALLBACK"
# Older ones cannot deny a sub-command (-acl|setuser) nor set several parameters as one.
OLDEST_REDIS = (7, 0)


def server_program(engine: str) -> str:
    """The path of the program that runs `engine`."""
    if engine not in PROGRAMS:
        raise ServerError(f"Unknown engine {engine}: the local AWS runs {' and '.join(PROGRAMS)}.")
    if engine == "valkey" and os.environ.get(FALLBACK_VARIABLE) == "redis":
        log.warning("%s=redis: Redis runs in place of Valkey", FALLBACK_VARIABLE)
        engine = "redis"
    named = os.environ.get(VARIABLES[engine])
    path = shutil.which(named or PROGRAMS[engine])
    if path is None:
        looked = f"{VARIABLES[engine]}={named} is no program" if named else f"{PROGRAMS[engine]} is not on PATH"
        raise ServerError(f"No server for engine {engine}: {looked}. Install it or set {VARIABLES[engine]}.")
    _check(path, engine)
    return path


@cache
def _check(path: str, engine: str) -> None:
    """Distributions ship Valkey under the name redis-server: the program itself must say what it is."""
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False, timeout=10).stdout.strip()
    match = re.match(r"(Redis|Valkey) server v=(\d+)\.(\d+)", said)
    if match is None or match[1].lower() != engine:
        raise ServerError(f"{path} is no {engine} server, it says: {said or 'nothing'}. Set {VARIABLES[engine]}.")
    if engine == "redis" and (int(match[2]), int(match[3])) < OLDEST_REDIS:
        raise ServerError(f"{path} is too old ({said}): Redis {OLDEST_REDIS[0]}.{OLDEST_REDIS[1]} or newer is needed.")
