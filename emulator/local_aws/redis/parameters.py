"""Parameter groups in terms of the server: what is set on it, what is only recorded, what is refused."""

from collections.abc import Mapping

from local_aws.errors import ServerError

# ElastiCache User Guide, "Engine specific parameters": where its default differs from the one the server is built with.
ELASTICACHE_DEFAULTS = {
    "acl-pubsub-default": "allchannels",
    "latency-tracking": "no",
    "maxmemory-policy": "volatile-lru",
    "maxmemory-samples": "3",
}

# Parameters of ElastiCache itself, of its modules, of its memory allocator or of cluster mode: accepted, without effect
# on the servers here.
RECORDED = frozenset(
    {
        "activedefrag",
        "close-on-replica-write",
        "close-on-slave-write",
        "cluster-allow-pubsub-shard-when-down",
        "cluster-allow-reads-when-down",
        "cluster-databases",
        "cluster-enabled",
        "cluster-preferred-endpoint-type",
        "cluster-require-full-coverage",
        "rename-commands",
        "replica-allow-chaining",
        "search-default-timeout-ms",
        "search-enable-partial-results",
        "search-fanout-target-mode",
        "slave-allow-chaining",
    }
)

# These change `maxmemory`.
RESERVED_MEMORY = frozenset({"reserved-memory", "reserved-memory-percent"})
DEFAULT_RESERVED_PERCENT = 25

# Read by the server at its start only; with their defaults.
AT_START = {"databases": "16"}

# Set on servers that have them, recorded for older ones (Valkey 8.1 and newer).
VERSION_DEPENDENT = frozenset(
    {
        "commandlog-large-reply-max-len",
        "commandlog-large-request-max-len",
        "commandlog-reply-larger-than",
        "commandlog-request-larger-than",
        "import-mode",
    }
)

# Listed in the same page as not modifiable, or no parameter of a parameter group at all but known to the server,
# which would let a template move or open it.
NOT_MODIFIABLE = frozenset(
    {
        "aclfile",
        "appenddirname",
        "appendfilename",
        "appendfsync",
        "appendonly",
        "bind",
        "bind-source-addr",
        "daemonize",
        "dbfilename",
        "dir",
        "enable-debug-command",
        "enable-module-command",
        "enable-protected-configs",
        "logfile",
        "loglevel",
        "lua-time-limit",
        "masterauth",
        "masteruser",
        "maxclients",
        "maxmemory",
        "pidfile",
        "port",
        "primaryauth",
        "primaryuser",
        "protected-mode",
        "replica-ignore-maxmemory",
        "replicaof",
        "repl-timeout",
        "requirepass",
        "save",
        "slaveof",
        "unixsocket",
        "user",
    }
)
NOT_MODIFIABLE_PREFIXES = ("tls-", "client-output-buffer-limit-normal-", "client-output-buffer-limit-replica-")

PUBSUB_LIMIT = "client-output-buffer-limit-pubsub-"
PUBSUB_PARTS = {"hard-limit": "33554432", "soft-limit": "8388608", "soft-seconds": "60"}


def check_parameters(parameters: Mapping[str, str]) -> None:
    """Raise ServerError for what can be refused without asking a server."""
    for name in parameters:
        if name in NOT_MODIFIABLE or name.startswith(NOT_MODIFIABLE_PREFIXES):
            raise ServerError(f"Parameter {name} cannot be changed by a parameter group.")
        if name.startswith(PUBSUB_LIMIT) and name.removeprefix(PUBSUB_LIMIT) not in PUBSUB_PARTS:
            raise ServerError(f"Parameter {name} is unknown.")
    _reserved_percent(parameters)


def start_settings(parameters: Mapping[str, str]) -> dict[str, str]:
    """What goes into the configuration file."""
    return {name: value for name, value in parameters.items() if name in AT_START}


def running_settings(
    parameters: Mapping[str, str], known: Mapping[str, str], maxmemory_bytes: int | None
) -> dict[str, str]:
    """All settings of a parameter group for a running server, whose own settings and defaults are `known`."""
    settings = {name: value for name, value in ELASTICACHE_DEFAULTS.items() if name in known}
    for name, value in parameters.items():
        if name in RECORDED or name in RESERVED_MEMORY or name in AT_START or name.startswith(PUBSUB_LIMIT):
            continue
        if name not in known:
            if name in VERSION_DEPENDENT:
                continue
            raise ServerError(f"Parameter {name} is unknown to the server.")
        settings[name] = value
    limits = [parameters.get(PUBSUB_LIMIT + part, default) for part, default in PUBSUB_PARTS.items()]
    settings["client-output-buffer-limit"] = f"pubsub {' '.join(limits)}"
    settings["maxmemory"] = str(_usable_memory(parameters, maxmemory_bytes))
    return settings


def _usable_memory(parameters: Mapping[str, str], maxmemory_bytes: int | None) -> int:
    if maxmemory_bytes is None:
        return 0
    if "reserved-memory" in parameters and "reserved-memory-percent" not in parameters:
        return max(maxmemory_bytes - _number("reserved-memory", parameters["reserved-memory"], maxmemory_bytes - 1), 1)
    return maxmemory_bytes * (100 - _reserved_percent(parameters)) // 100


def _reserved_percent(parameters: Mapping[str, str]) -> int:
    text = parameters.get("reserved-memory-percent")
    # 100 would leave nothing, and a server reads a maxmemory of 0 as no limit at all.
    return DEFAULT_RESERVED_PERCENT if text is None else _number("reserved-memory-percent", text, 99)


def _number(name: str, text: str, largest: int) -> int:
    if not text.isdecimal() or int(text) > largest:
        raise ServerError(f"Parameter {name} must be a whole number from 0 to {largest}, got: {text}")
    return int(text)
