"""Metrics that nodes of every engine have: ElastiCache User Guide, "Host-Level Metrics"."""

from local_aws.cloudwatch.metric_clock import MINUTE
from local_aws.resources.elasticache.metrics.readings import Interval, Reading, Value, Values
from local_aws.resources.elasticache.node_types import SCALE, cpu_credits, vcpus

# CloudWatch gets the credits every five minutes only.
_CREDIT_MINUTES = 5
# Nothing is limited here, so nothing ever exceeds its allowance.
NEVER_EXCEEDED: Values = {
    f"Network{what}AllowanceExceeded": Value(0)
    for what in ("BandwidthIn", "BandwidthOut", "Conntrack", "PacketsPerSecond")
}


def bytes_of_type(number: float) -> Value:
    """Bytes as a node of the type would have them: a node here is smaller by a factor, and so is what fills it."""
    return Value(max(0, number) * SCALE, "Bytes")


class NodeMetrics:
    """One process of one node, from its first minute to its last."""

    def __init__(self, pid: int, node_type: str) -> None:
        self.pid = pid
        self._processors = vcpus(node_type)
        self._credits = cpu_credits(node_type)
        self._balance = float(self._credits.at_launch) if self._credits else 0.0
        self._former: Reading | None = None

    def since_last(self, reading: Reading) -> Interval | None:
        """The time since the last reading, None at the first."""
        interval = reading.since(self._former) if self._former else None
        self._former = reading
        return interval

    def host(self, interval: Interval | None, minute: float) -> Values:
        """Processor and network; nothing of the processors in the first minute, or of a type that is not known."""
        if self._processors is None or interval is None:
            return dict(NEVER_EXCEEDED)
        used = interval.share(interval.cpu_seconds, self._processors)
        return {**NEVER_EXCEEDED, "CPUUtilization": used, **self._credit(used, minute)}

    def _credit(self, used: Value, minute: float) -> Values:
        if self._credits is None:
            return {}
        spent = used.value / 100 * self._processors
        earned = self._credits.per_hour * MINUTE / 3600
        self._balance = min(float(self._credits.most), max(0.0, self._balance + earned - spent))
        due = (minute // MINUTE + 1) % _CREDIT_MINUTES == 0
        return {"CPUCreditBalance": Value(self._balance)} if due else {}
