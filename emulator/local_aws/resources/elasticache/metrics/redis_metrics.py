"""Metrics of a Redis OSS or Valkey node out of INFO: ElastiCache User Guide, "Metrics for Valkey and Redis OSS"."""

from collections import Counter
from typing import Any

import redis

from local_aws.redis.access import MONITOR
from local_aws.resources.elasticache.metrics.node_metrics import bytes_of_type
from local_aws.resources.elasticache.metrics.readings import Interval, Reading, Value, Values, swapped_bytes

# Metric by the counter of INFO.
_COUNTED = {
    "CacheHits": "keyspace_hits",
    "CacheMisses": "keyspace_misses",
    "ErrorCount": "total_error_replies",
    "Evictions": "evicted_keys",
    "NewConnections": "total_connections_received",
}
# Metric by the reason in the access control log, and the counter of INFO in servers that have it (7.2 and newer).
_DENIED = {
    "AuthenticationFailures": ("auth", "acl_access_denied_auth"),
    "ChannelAuthorizationFailures": ("channel", "acl_access_denied_channel"),
    "CommandAuthorizationFailures": ("command", "acl_access_denied_cmd"),
    "KeyAuthorizationFailures": ("key", "acl_access_denied_key"),
}
_LONGEST_LOG = 10_000


def read(client: redis.Redis, pid: int) -> Reading:
    """Ask a server."""
    info = client.info("all")
    # From version 6 on the connections with which ElastiCache watches a node are not counted.
    own = sum(known["name"] == MONITOR for known in client.client_list(_type="normal"))
    info["connected_clients"] = max(0, info["connected_clients"] - own)
    counters = {counter: float(info[counter]) for counter in _COUNTED.values()}
    counters |= _denials(client, info)
    counters["main_thread"] = info["used_cpu_user_main_thread"] + info["used_cpu_sys_main_thread"]
    processor = ("used_cpu_sys", "used_cpu_user", "used_cpu_sys_children", "used_cpu_user_children")
    return Reading(pid, info, counters, sum(info[name] for name in processor), swapped_bytes(pid))


def is_primary(reading: Reading) -> bool:
    """Whether it takes writes, by its own word."""
    return reading.gauges["role"] == "master"


def offset(reading: Reading) -> int:
    """How much replication data a primary has written, or a replica has taken in."""
    name = "master_repl_offset" if is_primary(reading) else "slave_repl_offset"
    return int(reading.gauges[name])


def gauges(reading: Reading, primary_offset: int | None) -> Values:
    """What a node is like at this moment; `primary_offset` is None where its primary does not answer."""
    info = reading.gauges
    values = {
        "CurrConnections": Value(info["connected_clients"]),
        "CurrItems": Value(sum(database["keys"] for name, database in info.items() if _is_database(name, database))),
        "IsMaster": Value(is_primary(reading)),
        # Nobody slows clients down here.
        "TrafficManagementActive": Value(0, "None"),
    }
    if not is_primary(reading):
        values["MasterLinkHealthStatus"] = Value(info["master_link_status"] == "up", "None")
        values["ReplicationLag"] = Value(_lag(reading, primary_offset), "Seconds")
    return values


def memory(reading: Reading, of_type: int | None) -> Values:
    """What its memory holds; nothing for a node whose memory is not limited."""
    info = reading.gauges
    used, limit = info["used_memory"], info["maxmemory"]
    if of_type is None or not limit:
        return {}
    share = Value(100 * used / limit, "Percent")
    counted = 100 * (used - info["mem_not_counted_for_evict"]) / limit
    return {
        "BytesUsedForCache": bytes_of_type(used),
        "DatabaseCapacityUsagePercentage": share,
        "DatabaseMemoryUsageCountedForEvictPercentage": Value(counted, "Percent"),
        "DatabaseMemoryUsagePercentage": share,
        "FreeableMemory": bytes_of_type(of_type - used),
        "SwapUsage": bytes_of_type(reading.swapped_bytes),
    }


def happened(interval: Interval) -> Values:
    """What a node did in the minute."""
    grown = interval.grown
    values = {metric: Value(grown[counter]) for metric, counter in _COUNTED.items()}
    values |= {metric: Value(grown[metric]) for metric in _DENIED}
    values["EngineCPUUtilization"] = interval.share(grown["main_thread"])
    if looked_up := grown["keyspace_hits"] + grown["keyspace_misses"]:
        values["CacheHitRate"] = Value(100 * grown["keyspace_hits"] / looked_up, "Percent")
    return values


def _lag(reading: Reading, primary_offset: int | None) -> float:
    """Nothing while it has all that its primary had a moment ago, else the time since it last heard of it."""
    info = reading.gauges
    if info["master_link_status"] != "up":
        return max(0, info.get("master_link_down_since_seconds", 0))
    if primary_offset is not None and offset(reading) >= primary_offset:
        return 0
    return max(0, info["master_last_io_seconds_ago"])


def _denials(client: redis.Redis, info: dict[str, Any]) -> dict[str, float]:
    """Refusals by metric: counted by the server, or what its log and its statistics of errors come to."""
    if "acl_access_denied_auth" in info:
        return {metric: float(info[counter]) for metric, (_, counter) in _DENIED.items()}
    logged: Counter[str] = Counter()
    for entry in client.acl_log(_LONGEST_LOG):
        logged[entry["reason"]] += int(entry["count"])
    found = {metric: float(logged[reason]) for metric, (reason, _) in _DENIED.items()}
    # The log forgets its oldest entries, these statistics do not.
    found["AuthenticationFailures"] = float(info.get("errorstat_WRONGPASS", {}).get("count", 0))
    return found


def _is_database(name: str, value: Any) -> bool:
    return name.startswith("db") and name[2:].isdecimal() and isinstance(value, dict)
