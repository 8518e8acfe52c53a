"""What is asked of a server at the end of a metric minute, and what two such answers say of the time between them."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

# What the operating system tells of memory that is swapped out.
_SWAP = "VmSwap:"


class Value(NamedTuple):
    """A value and its unit, as CloudWatch names it."""

    value: float
    unit: str = "Count"


Values = dict[str, Value]


@dataclass(frozen=True)
class Reading:
    """The account that a server gave of itself; `counters` only ever grow while its process lives."""

    pid: int
    gauges: dict[str, Any]
    counters: dict[str, float]
    # Processor seconds of the whole process.
    cpu_seconds: float
    swapped_bytes: int
    taken: float = field(default_factory=time.monotonic)

    def since(self, former: "Reading") -> "Interval":
        """What happened between the two."""
        grown = {name: max(0.0, value - former.counters.get(name, 0.0)) for name, value in self.counters.items()}
        return Interval(self.taken - former.taken, grown, self.cpu_seconds - former.cpu_seconds)


@dataclass(frozen=True)
class Interval:
    """The time between two readings of one process."""

    seconds: float
    grown: dict[str, float]
    cpu_seconds: float

    def share(self, cpu_seconds: float, processors: int = 1) -> Value:
        """Processor time as a percentage of what there was."""
        return Value(min(100.0, 100 * cpu_seconds / (self.seconds * processors)), "Percent")


def swapped_bytes(pid: int) -> int:
    """How much of a process is swapped out; raises OSError when it is gone."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(_SWAP):
            return int(line.split()[1]) * 1024
    raise ProcessLookupError(f"process {pid} has ended")
