"""What one run is told from outside, read once."""

import os
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from local_aws import run_directory
from local_aws.errors import ServerError

# Also the dummy access key: a twelve-digit key is taken for the account. No real account looks like this one.
ACCOUNT = "000000000042"
REGION = "us-east-1"
# The dummy secret key that goes with the dummy access key.
SECRET_KEY = "local"


@dataclass(frozen=True)
class Settings:
    """The values of one run; `run_dir` is private to the user and removed when the run ends."""

    run_dir: Path
    gateway_port: int
    # How long a minute of CloudWatch lasts here, for publishing and for alarms alike.
    metric_minute_seconds: float = 60.0
    account: str = ACCOUNT
    region: str = REGION

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read DATA_TIER_GATEWAY_PORT, _METRIC_MINUTE and _RUN_DIR, all optional, and claim the run directory."""
        port = _port(environment.get("DATA_TIER_GATEWAY_PORT"))
        minute = _minute(environment.get("DATA_TIER_METRIC_MINUTE") or "60")
        directory = environment.get("DATA_TIER_RUN_DIR")
        return cls(run_directory.claim(Path(directory) if directory else None), port, minute)


def _port(text: str | None) -> int:
    if not text:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return probe.getsockname()[1]
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise ServerError(f"DATA_TIER_GATEWAY_PORT must be a port number, got: {text}")
    return int(text)


def _minute(text: str) -> float:
    # Faster than a fifth of a second, a minute would be over before all servers were asked.
    if not re.fullmatch(r"\d+(\.\d+)?", text) or not 0.2 <= float(text) <= 60:
        raise ServerError(f"DATA_TIER_METRIC_MINUTE must be a number of seconds from 0.2 to 60, got: {text}")
    return float(text)
