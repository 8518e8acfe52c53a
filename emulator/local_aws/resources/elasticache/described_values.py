"""Values as the descriptions of groups and clusters tell them."""

import time
from typing import Any

from local_aws.forwarder import Endpoint

# The API picks windows of its own where the template names none.
_WINDOWS = {"SnapshotWindow": "05:00-06:00", "PreferredMaintenanceWindow": "sun:06:30-sun:07:30"}


def timestamp(moment: float) -> str:
    """A moment as the query protocol writes it."""
    return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(moment))


def window(properties: dict[str, Any], name: str) -> str:
    """A window of the template, or that of the service."""
    return str(properties.get(name) or _WINDOWS[name])


def endpoint(told: Endpoint | None) -> dict[str, Any] | None:
    """Where something listens."""
    return {"Address": told.host, "Port": told.port} if told else None


def network(properties: dict[str, Any]) -> dict[str, str]:
    """Network type and IP discovery with their defaults."""
    kind = str(properties.get("NetworkType", "ipv4"))
    return {"NetworkType": kind, "IpDiscovery": properties.get("IpDiscovery", "ipv6" if kind == "ipv6" else "ipv4")}


def membership(properties: dict[str, Any], security_groups: str, parameter_group: str) -> dict[str, Any]:
    """What a cluster belongs to, and whom it notifies."""
    topic = properties.get("NotificationTopicArn")
    return {
        "PreferredMaintenanceWindow": window(properties, "PreferredMaintenanceWindow"),
        "NotificationConfiguration": {"TopicArn": topic, "TopicStatus": "active"} if topic else None,
        "CacheParameterGroup": {"CacheParameterGroupName": parameter_group, "ParameterApplyStatus": "in-sync"},
        "CacheSubnetGroupName": properties.get("CacheSubnetGroupName", "default"),
        "SecurityGroups": [
            {"SecurityGroupId": key, "Status": "active"} for key in properties.get(security_groups) or []
        ],
    }
