"""The memory of node types, scaled down so that a test can fill it, and their processors."""

from dataclasses import dataclass

# What a node has on AWS is divided by it: 1 GiB there are 16 MiB here.
SCALE = 64

# ElastiCache User Guide, CacheNodes.SupportedTypes: GiB, before reserved-memory-percent is taken off.
_M6G = {
    "large": 6.38,
    "xlarge": 12.93,
    "2xlarge": 26.04,
    "4xlarge": 52.26,
    "8xlarge": 103.68,
    "12xlarge": 157.12,
    "16xlarge": 209.55,
}
_R6G = {
    "large": 13.07,
    "xlarge": 26.32,
    "2xlarge": 52.82,
    "4xlarge": 105.81,
    "8xlarge": 209.55,
    "12xlarge": 317.77,
    "16xlarge": 419.09,
}
_M8G = {
    "large": 6.79,
    "xlarge": 14.18,
    "2xlarge": 29.68,
    "4xlarge": 61.33,
    "8xlarge": 124.65,
    "12xlarge": 187.96,
    "16xlarge": 251.27,
}
_R8G = {
    "large": 14.18,
    "xlarge": 29.68,
    "2xlarge": 61.33,
    "4xlarge": 124.65,
    "8xlarge": 251.27,
    "12xlarge": 377.9,
    "16xlarge": 504.52,
}
_C7GN = {
    "large": 3.09,
    "xlarge": 6.38,
    "2xlarge": 12.94,
    "4xlarge": 26.05,
    "8xlarge": 52.26,
    "12xlarge": 78.56,
    "16xlarge": 105.81,
}
_C8GN = {
    "large": 3.1,
    "xlarge": 6.79,
    "2xlarge": 14.18,
    "4xlarge": 29.68,
    "8xlarge": 61.33,
    "12xlarge": 92.99,
    "16xlarge": 124.65,
}
_T4G = {"micro": 0.5, "small": 1.37, "medium": 3.09}
GIB = {
    "c7gn": _C7GN,
    "c8gn": _C8GN,
    "m4": {"large": 6.42, "xlarge": 14.28, "2xlarge": 29.7, "4xlarge": 60.78, "10xlarge": 154.64},
    "m5": {
        "large": 6.38,
        "xlarge": 12.93,
        "2xlarge": 26.04,
        "4xlarge": 52.26,
        "12xlarge": 157.12,
        "24xlarge": 314.32,
    },
    "m6g": _M6G,
    "m7g": _M6G,
    "m8g": _M8G,
    "r4": {
        "large": 12.3,
        "xlarge": 25.05,
        "2xlarge": 50.47,
        "4xlarge": 101.38,
        "8xlarge": 203.26,
        "16xlarge": 407.0,
    },
    "r5": {
        "large": 13.07,
        "xlarge": 26.32,
        "2xlarge": 52.82,
        "4xlarge": 105.81,
        "12xlarge": 317.77,
        "24xlarge": 635.61,
    },
    "r6g": _R6G,
    "r6gd": {size: memory for size, memory in _R6G.items() if size != "large"},
    "r7g": _R6G,
    "r8g": _R8G,
    "t2": {"micro": 0.555, "small": 1.55, "medium": 3.22},
    "t3": _T4G,
    "t4g": _T4G,
}


def maxmemory_bytes(node_type: str) -> int | None:
    """What a node of that type has here; None for a type that is not known, whose memory is not limited."""
    _, family, size = node_type.split(".")
    memory = GIB.get(family, {}).get(size)
    return None if memory is None else int(memory * 2**30 / SCALE)


# Previous generation.
_VCPUS_OF_T2 = {"micro": 1, "small": 1, "medium": 2}
_BURSTABLE = ("t2", "t3", "t4g")


@dataclass(frozen=True)
class CpuCredits:
    """A minute of one vCPU at full load costs one; a new node begins with `at_launch`."""

    per_hour: int
    at_launch: int

    @property
    def most(self) -> int:
        """What accrues in a day; more is not kept."""
        return 24 * self.per_hour


def vcpus(node_type: str) -> int | None:
    """The processors of a node of that type; None for a type that is not known."""
    _, family, size = node_type.split(".")
    if size not in GIB.get(family, {}):
        return None
    if family == "t2":
        return _VCPUS_OF_T2[size]
    times, xlarge, _ = size.partition("xlarge")
    return 4 * int(times or 1) if xlarge else 2


def cpu_credits(node_type: str) -> CpuCredits | None:
    """EC2 User Guide, "CPU credits and baseline utilization": what a burstable node earns; None for all others."""
    _, family, size = node_type.split(".")
    if family not in _BURSTABLE or vcpus(node_type) is None:
        return None
    per_hour = {"micro": 6, "small": 12, "medium": 24} if family == "t2" else {"micro": 12, "small": 24, "medium": 24}
    # Only T2 has launch credits: 30 for each vCPU.
    return CpuCredits(per_hour[size], 30 * _VCPUS_OF_T2[size] if family == "t2" else 0)
