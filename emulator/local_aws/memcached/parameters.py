"""Parameter groups in terms of the server: options of its command line, what is only recorded, what is refused."""

import re
import resource
from collections.abc import Mapping

from local_aws.errors import ServerError

MIB = 2**20
DEFAULT_ITEM_SIZE = MIB
DEFAULT_MEMORY = 64 * MIB
# ElastiCache User Guide, "Memcached specific parameters": it cannot be changed.
MOST_CONNECTIONS = 65000

# Options with a value, by parameter.
VALUES = {
    "binding_protocol": "-B",
    "chunk_size": "-n",
    "chunk_size_growth_factor": "-f",
    "max_item_size": "-I",
}
# Options that are there or not.
FLAGS = {"cas_disabled": "-C", "disable_flush_all": "-F", "error_on_memory_exhausted": "-M"}
# Words of the option -o, with a value, or with `no_` before them where they are off.
EXTENDED_VALUES = frozenset({"hash_algorithm", "idle_timeout", "slab_automove", "slab_chunk_max"})
EXTENDED_FLAGS = frozenset(
    {"inline_ascii_resp", "lru_crawler", "lru_maintainer", "maxconns_fast", "modern", "no_modern", "slab_reassign"}
)

# What memcached 1.6 no longer knows, and what takes of the memory of a node without being an option of the server.
CONNECTIONS_OVERHEAD = "memcached_connections_overhead"
RECORDED = frozenset({"expirezero_does_not_evict", CONNECTIONS_OVERHEAD})

NOT_MODIFIABLE = frozenset(
    {
        "backlog_queue_limit",
        "config_max",
        "config_size_max",
        "max_cache_memory",
        "max_simultaneous_connections",
        "num_threads",
        "requests_per_event",
    }
)

# The server reads a word where a number should be as 0.
_NUMBERS = frozenset(
    {"chunk_size", "idle_timeout", "max_item_size", "slab_automove", "slab_chunk_max", CONNECTIONS_OVERHEAD}
)
_SWITCHES = EXTENDED_FLAGS | FLAGS.keys()
_KNOWN = VALUES.keys() | _SWITCHES | EXTENDED_VALUES | RECORDED


def check_parameters(parameters: Mapping[str, str]) -> None:
    """Raise ServerError for what can be refused without asking a server."""
    for name, value in parameters.items():
        if name in NOT_MODIFIABLE:
            raise ServerError(f"Parameter {name} cannot be changed by a parameter group.")
        if name not in _KNOWN:
            raise ServerError(f"Parameter {name} is unknown.")
        if name in _NUMBERS and not value.isdecimal():
            raise ServerError(f"Parameter {name} must be a whole number, got: {value}")
        if name in _SWITCHES and value not in ("0", "1"):
            raise ServerError(f"Parameter {name} must be 0 or 1, got: {value}")
        if not re.fullmatch(r"[\w.]+", value):
            raise ServerError(f"Parameter {name} has no such value: {value!r}")


def options(parameters: Mapping[str, str], memory_bytes: int | None) -> list[str]:
    """The command line of a server with these parameters and this much memory."""
    words = ["-c", str(_connections()), "-m", str(_memory(parameters, memory_bytes) // MIB)]
    for name, option in VALUES.items():
        words += [option, parameters[name]] if name in parameters else []
    words += [option for name, option in FLAGS.items() if parameters.get(name) == "1"]
    extended = [_extended(name, parameters[name]) for name in sorted(EXTENDED_VALUES & parameters.keys())]
    extended += [_switch(name, parameters[name]) for name in sorted(EXTENDED_FLAGS & parameters.keys())]
    return [*words, "-o", ",".join(filter(None, extended))] if any(extended) else words


def _extended(name: str, value: str) -> str:
    """ElastiCache counts the piece of a large item in bytes, the server in KiB."""
    return f"{name}={int(value) // 1024 if name == 'slab_chunk_max' else value}"


def _switch(name: str, value: str) -> str:
    if value == "1":
        return name
    # There is a `no_modern`, and nothing that undoes it.
    return "" if name == "no_modern" else f"no_{name}"


def _memory(parameters: Mapping[str, str], memory_bytes: int | None) -> int:
    """At least twice the largest item, without which the server does not start: a node is smaller here than on AWS."""
    memory = DEFAULT_MEMORY if memory_bytes is None else memory_bytes
    return max(memory, 2 * int(parameters.get("max_item_size", DEFAULT_ITEM_SIZE)) + MIB)


def _connections() -> int:
    """As many as ElastiCache allows, or as files may be open here."""
    return min(MOST_CONNECTIONS, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
