"""Engine versions: which parameter group family one belongs to, and what only newer ones can do."""

# ElastiCache User Guide: the first version of each engine that has the ability.
Minimum = dict[str, str]
CLUSTER_MODE_STEPS: Minimum = {"redis": "7.0", "valkey": "7.2"}
TLS_STEPS: Minimum = {"redis": "7.0", "valkey": "7.2"}
IAM_USERS: Minimum = {"redis": "7.0", "valkey": "7.2"}
IPV6: Minimum = {"redis": "6.2", "valkey": "7.2"}
DURABILITY: Minimum = {"valkey": "9.0"}


def at_least(engine: str, version: str, minimum: Minimum) -> bool:
    """Whether that version of the engine has the ability."""
    return engine in minimum and _numbers(version) >= _numbers(minimum[engine])


def family(engine: str, version: str) -> str:
    """The parameter group family of a version."""
    major = version.split(".")[0]
    if engine == "redis" and major == "6":
        return "redis6.x"
    if engine == "redis" and int(major) < 6:
        return "redis" + ".".join(version.split(".")[:2])
    return engine + major


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())
