"""What one run is told from outside, read once."""

import os
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
    account: str = ACCOUNT
    region: str = REGION

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read DATA_TIER_GATEWAY_PORT and DATA_TIER_RUN_DIR, both optional, and claim the run directory."""
        port = _port(environment.get("DATA_TIER_GATEWAY_PORT"))
        directory = environment.get("DATA_TIER_RUN_DIR")
        return cls(run_directory.claim(Path(directory) if directory else None), port)


def _port(text: str | None) -> int:
    if not text:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return probe.getsockname()[1]
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise ServerError(f"DATA_TIER_GATEWAY_PORT must be a port number, got: {text}")
    return int(text)
