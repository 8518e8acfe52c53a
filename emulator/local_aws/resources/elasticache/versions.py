"""Engine versions: which parameter group family one belongs to, and what only newer ones can do."""

# ElastiCache User Guide: the first version of each engine that has the ability.
Minimum = dict[str, str]
CLUSTER_MODE_STEPS: Minimum = {"redis": "7.0", "valkey": "7.2"}
TLS_STEPS: Minimum = {"redis": "7.0", "valkey": "7.2"}
IAM_USERS: Minimum = {"redis": "7.0", "valkey": "7.2"}
IPV6: Minimum = {"memcached": "1.6.6", "redis": "6.2", "valkey": "7.2"}
MEMCACHED_TLS: Minimum = {"memcached": "1.6.12"}
DURABILITY: Minimum = {"valkey": "9.0"}


def at_least(engine: str, version: str, minimum: Minimum) -> bool:
    """Whether that version of the engine has the ability."""
    return engine in minimum and _numbers(version) >= _numbers(minimum[engine])


def is_older(version: str, other: str) -> bool:
    """Whether a version comes before another."""
    return _numbers(version) < _numbers(other)


def family(engine: str, version: str) -> str:
    """The parameter group family of a version."""
    major = version.split(".")[0]
    if engine == "redis" and major == "6":
        return "redis6.x"
    if engine == "memcached" or (engine == "redis" and int(major) < 6):
        return engine + ".".join(version.split(".")[:2])
    return engine + major


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())
