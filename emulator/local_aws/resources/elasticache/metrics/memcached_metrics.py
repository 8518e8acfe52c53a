"""Metrics of a Memcached node out of `stats`: ElastiCache User Guide, "Metrics for Memcached"."""

import socket

from local_aws.resources.elasticache.metrics.node_metrics import bytes_of_type
from local_aws.resources.elasticache.metrics.readings import Interval, Reading, Value, Values, swapped_bytes

# Metric by the counter of `stats`.
_COUNTED = {
    "CmdGet": "cmd_get",
    "CmdSet": "cmd_set",
    "EvictedUnfetched": "evicted_unfetched",
    "Evictions": "evictions",
    "GetHits": "get_hits",
    "GetMisses": "get_misses",
    "NewConnections": "total_connections",
    "Reclaimed": "reclaimed",
}
_END = b"\r\nEND\r\n"


def read(connection: socket.socket, pid: int) -> Reading:
    """Ask a server."""
    stats = _stats(connection)
    counters = {counter: float(stats[counter]) for counter in _COUNTED.values()}
    processor = float(stats["rusage_user"]) + float(stats["rusage_system"])
    return Reading(pid, stats, counters, processor, swapped_bytes(pid))


def gauges(reading: Reading) -> Values:
    """What a node is like at this moment."""
    stats = reading.gauges
    return {
        # Without the one that asks.
        "CurrConnections": Value(int(stats["curr_connections"]) - 1),
        "CurrItems": Value(int(stats["curr_items"])),
    }


def memory(reading: Reading, of_type: int | None) -> Values:
    """What its memory holds; nothing for a node whose memory is not limited."""
    if of_type is None:
        return {}
    held, limit = int(reading.gauges["bytes"]), int(reading.gauges["limit_maxbytes"])
    return {
        "BytesUsedForCacheItems": bytes_of_type(held),
        "FreeableMemory": bytes_of_type(of_type - held),
        "SwapUsage": bytes_of_type(reading.swapped_bytes),
        "UnusedMemory": bytes_of_type(limit - held),
    }


def happened(interval: Interval) -> Values:
    """What a node did in the minute."""
    return {metric: Value(interval.grown[counter]) for metric, counter in _COUNTED.items()}


def _stats(connection: socket.socket) -> dict[str, str]:
    connection.sendall(b"stats\r\n")
    answer = b""
    while not answer.endswith(_END):
        if not (received := connection.recv(65536)):
            raise ConnectionError("the server hung up")
        answer += received
    lines = (line.split(" ", 2) for line in answer.decode().split("\r\n") if line.startswith("STAT "))
    return {name: value for _, name, value in lines}
