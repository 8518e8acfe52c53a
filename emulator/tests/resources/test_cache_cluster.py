"""Memcached clusters deployed, changed, rolled back and deleted, and then the servers themselves asked."""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from cache_templates import changed
from local_aws_process import LocalAws, Outcome, Template, template
from memcached_client import connected, discover
from memcached_templates import ZONES, memcached, memcached_template

from local_aws.forwarder import Endpoint

NODES = ["0001", "0002"]


@pytest.fixture(scope="module")
def resources() -> Template:
    return memcached("pool", Tags=[{"Key": "team", "Value": "a & b"}])


@pytest.fixture(scope="module")
def deployed(local_aws: LocalAws, resources: Template) -> Iterator[Outcome]:
    outcome = local_aws.deploy("pool", memcached_template(resources))
    assert outcome.status == "CREATE_COMPLETE", outcome.failures
    yield outcome
    assert local_aws.delete("pool").status == "DELETE_COMPLETE"
    clusters = local_aws.client("elasticache").describe_cache_clusters()["CacheClusters"]
    assert "pool" not in [cluster["CacheClusterId"] for cluster in clusters]


def update(local_aws: LocalAws, resources: Template) -> Outcome:
    return local_aws.deploy("pool", memcached_template(resources))


def described(local_aws: LocalAws, cluster_id: str = "pool") -> dict[str, Any]:
    elasticache = local_aws.client("elasticache")
    found = elasticache.describe_cache_clusters(CacheClusterId=cluster_id, ShowCacheNodeInfo=True)["CacheClusters"]
    return found[0]


def nodes(local_aws: LocalAws, cluster_id: str = "pool") -> dict[str, Endpoint]:
    """The end points by node."""
    return {
        node["CacheNodeId"]: Endpoint(node["Endpoint"]["Address"], node["Endpoint"]["Port"])
        for node in described(local_aws, cluster_id)["CacheNodes"]
    }


def put(local_aws: LocalAws, value: str, cluster_id: str = "pool") -> None:
    for endpoint in nodes(local_aws, cluster_id).values():
        with connected(endpoint, local_aws.announcement["caFile"]) as client:
            assert client.set("item", value)


def items(local_aws: LocalAws, cluster_id: str = "pool") -> dict[str, str | None]:
    found = {}
    for node, endpoint in nodes(local_aws, cluster_id).items():
        with connected(endpoint, local_aws.announcement["caFile"]) as client:
            value = client.get("item")
        found[node] = value.decode() if value else None
    return found


def settings(local_aws: LocalAws, cluster_id: str = "pool") -> list[dict[bytes, Any]]:
    found = []
    for endpoint in nodes(local_aws, cluster_id).values():
        with connected(endpoint, local_aws.announcement["caFile"]) as client:
            found.append(client.stats("settings"))
    return found


def test_configuration_end_point_tells_of_the_nodes_described(local_aws: LocalAws, deployed: Outcome) -> None:
    endpoint = deployed.outputs["Address"], int(deployed.outputs["Port"])
    assert endpoint[1] == 11211
    with connected(endpoint, local_aws.announcement["caFile"]) as client:
        assert discover(client).endpoints == list(nodes(local_aws).values())


def test_description(local_aws: LocalAws, deployed: Outcome, resources: Template) -> None:
    ids, found = local_aws.resources("pool"), described(local_aws)
    expected = {
        "Engine": "memcached",
        "EngineVersion": "1.6.22",
        "CacheNodeType": "cache.t4g.medium",
        "CacheClusterStatus": "available",
        "NumCacheNodes": 2,
        "PreferredAvailabilityZone": "Multiple",
        "ConfigurationEndpoint": {"Address": deployed.outputs["Address"], "Port": 11211},
        "TransitEncryptionEnabled": True,
        "TransitEncryptionMode": "required",
        "AtRestEncryptionEnabled": False,
        "AuthTokenEnabled": False,
        "NetworkType": "ipv4",
        "IpDiscovery": "ipv4",
        "CacheSubnetGroupName": ids["Subnets"],
        "SecurityGroups": [{"SecurityGroupId": ids["SecurityGroup"], "Status": "active"}],
        "ARN": "arn:aws:elasticache:us-east-1:000000000042:cluster:pool",
    }
    assert {key: found.get(key) for key in expected} == expected
    assert found["CacheParameterGroup"]["CacheParameterGroupName"] == ids["Parameters"]
    assert [(n["CacheNodeId"], n["CustomerAvailabilityZone"], n["CacheNodeStatus"]) for n in found["CacheNodes"]] == [
        ("0001", "us-east-1a", "available"),
        ("0002", "us-east-1b", "available"),
    ]
    elasticache = local_aws.client("elasticache")
    assert elasticache.list_tags_for_resource(ResourceName=found["ARN"])["TagList"][0]["Value"] == "a & b"
    without = elasticache.describe_cache_clusters(CacheClusterId="POOL")["CacheClusters"][0]
    assert without.get("CacheNodes", []) == []
    alone = elasticache.describe_cache_clusters(ShowCacheClustersNotInReplicationGroups=True)["CacheClusters"]
    assert "pool" in [cluster["CacheClusterId"] for cluster in alone]
    with pytest.raises(ClientError, match="gone not found"):
        elasticache.describe_cache_clusters(CacheClusterId="gone")


def test_parameters_and_memory_of_the_template_are_those_of_the_servers(local_aws: LocalAws, deployed: Outcome) -> None:
    # 3.09 GiB of a cache.t4g.medium, by 64.
    assert [(told[b"chunk_size"], told[b"maxbytes"] // 2**20) for told in settings(local_aws)] == [(96, 49)] * 2


def test_nodes_are_added_and_removed_with_the_items_of_the_others(
    local_aws: LocalAws, deployed: Outcome, resources: Template
) -> None:
    put(local_aws, "kept")
    properties = {"NumCacheNodes": 3, "PreferredAvailabilityZones": [*ZONES, ZONES[0]]}
    grown = update(local_aws, changed(resources, "Cache", **properties))
    assert (grown.status, grown.outputs) == ("UPDATE_COMPLETE", deployed.outputs), grown.failures
    assert items(local_aws) == {"0001": "kept", "0002": "kept", "0003": None}
    assert [node["CustomerAvailabilityZone"] for node in described(local_aws)["CacheNodes"]] == [*ZONES, ZONES[0]]
    assert update(local_aws, resources).status == "UPDATE_COMPLETE"
    assert items(local_aws) == {"0001": "kept", "0002": "kept"}


def test_parameters_reach_nodes_that_are_started_from_then_on(local_aws: LocalAws) -> None:
    resources = memcached("newer")
    assert local_aws.deploy("newer", memcached_template(resources)).status == "CREATE_COMPLETE"
    put(local_aws, "kept", "newer")
    wanted = changed(resources, "Parameters", Properties={"chunk_size": "200"})
    assert local_aws.deploy("newer", memcached_template(wanted)).status == "UPDATE_COMPLETE"
    assert [told[b"chunk_size"] for told in settings(local_aws, "newer")] == [96, 96]
    assert items(local_aws, "newer") == dict.fromkeys(NODES, "kept")
    newer = changed(wanted, "Cache", EngineVersion="1.6.23")
    assert local_aws.deploy("newer", memcached_template(newer)).status == "UPDATE_COMPLETE"
    assert [told[b"chunk_size"] for told in settings(local_aws, "newer")] == [200, 200]
    assert items(local_aws, "newer") == dict.fromkeys(NODES)
    assert described(local_aws, "newer")["EngineVersion"] == "1.6.23"
    assert local_aws.delete("newer").status == "DELETE_COMPLETE"


@pytest.mark.parametrize(
    ("logical_id", "properties", "reason"),
    [
        ("Cache", {"CacheNodeType": "cache.m7g.large"}, "The node type of a Memcached cluster cannot be changed"),
        ("Cache", {"TransitEncryptionEnabled": False}, "is decided when it is created"),
        ("Cache", {"EngineVersion": "1.6.12"}, "cannot go back to 1.6.12"),
        ("Cache", {"Port": 11222}, "Rename pool and update the stack again."),
        ("Parameters", {"Properties": {"max_item_size": "1000"}}, "Item max size cannot be less than 1024 bytes"),
    ],
)
def test_refused_change_rolls_back(
    local_aws: LocalAws,
    deployed: Outcome,
    resources: Template,
    logical_id: str,
    properties: dict[str, Any],
    reason: str,
) -> None:
    before = nodes(local_aws)
    put(local_aws, "kept")
    outcome = update(local_aws, changed(resources, logical_id, **properties))
    assert outcome.status == "UPDATE_ROLLBACK_COMPLETE"
    assert reason in outcome.failures[logical_id]
    assert (nodes(local_aws), items(local_aws)) == (before, dict.fromkeys(NODES, "kept"))


def test_unwritten_zones_replace_a_cluster_whose_number_of_nodes_changes(local_aws: LocalAws) -> None:
    resources = memcached("zones", ClusterName=None, PreferredAvailabilityZones=None)
    first = local_aws.deploy("zones", memcached_template(resources))
    assert first.status == "CREATE_COMPLETE", first.failures
    second = local_aws.deploy("zones", memcached_template(changed(resources, "Cache", NumCacheNodes=3)))
    assert second.status == "UPDATE_COMPLETE", second.failures
    assert first.outputs["Address"] != second.outputs["Address"]
    # Written from now on: in place.
    zones = {"NumCacheNodes": 2, "PreferredAvailabilityZones": ZONES}
    third = local_aws.deploy("zones", memcached_template(changed(resources, "Cache", **zones)))
    assert (third.status, third.outputs) == ("UPDATE_COMPLETE", second.outputs)
    assert local_aws.delete("zones").status == "DELETE_COMPLETE"


def test_what_a_cluster_uses_is_not_deleted(local_aws: LocalAws) -> None:
    resources = memcached("used")
    cluster = resources.pop("Cache")
    assert local_aws.deploy("used", template(resources)).status == "CREATE_COMPLETE"
    ids = local_aws.resources("used")
    cluster["Properties"] |= {
        "CacheSubnetGroupName": ids["Subnets"],
        "CacheParameterGroupName": ids["Parameters"],
        "VpcSecurityGroupIds": [ids["SecurityGroup"]],
    }
    assert local_aws.deploy("user", template({"Cache": cluster})).status == "CREATE_COMPLETE"
    outcome = local_aws.delete("used")
    assert outcome.status == "DELETE_FAILED"
    assert f"{ids['Parameters']} is in use by used" in outcome.failures["Parameters"]
    assert "currently in use by a cache cluster" in outcome.failures["Subnets"]
    assert "used" in outcome.failures["SecurityGroup"]
    assert local_aws.delete("user").status == "DELETE_COMPLETE"
    assert local_aws.delete("used").status == "DELETE_COMPLETE"


@pytest.mark.parametrize(
    ("name", "properties", "reason"),
    [
        ("mc-redis", {"Engine": "redis"}, "runs engine redis as AWS::ElastiCache::ReplicationGroup only"),
        ("mc-valkey", {"Engine": "valkey"}, "Engine must be memcached or redis, got valkey"),
        ("mc-type", {"CacheNodeType": "t4g.medium"}, "CacheNodeType t4g.medium is not valid"),
        ("mc-nodes", {"NumCacheNodes": 61}, "NumCacheNodes must be a whole number, 1 to 60, got 61"),
        ("mc-few", {"NumCacheNodes": 1}, "cross-az requires more than one cache node"),
        ("mc-zones", {"PreferredAvailabilityZones": ["us-east-1a"]}, "a zone for each of the 2 nodes, got 1"),
        ("mc-far", {"PreferredAvailabilityZones": ["us-east-1a", "us-east-1f"]}, "has no subnet in us-east-1f"),
        ("mc-one-zone", {"AZMode": "single-az"}, "require AZMode cross-az"),
        ("mc-tls", {"EngineVersion": "1.6.6"}, "Encryption in transit is not supported for Memcached 1.6.6"),
        ("mc-family", {"EngineVersion": "1.5.16"}, "family memcached1.5 but found one of family memcached1.6"),
        ("mc-ipv6", {"NetworkType": "ipv4", "IpDiscovery": "ipv6"}, "IpDiscovery ipv6 does not go with"),
        ("mc-topic", {"NotificationTopicArn": "arn:gone"}, "The topic arn:gone does not exist"),
        ("mc-backup", {"SnapshotRetentionLimit": 1}, "property SnapshotRetentionLimit is refused"),
        ("mc-long" + "g" * 50, {}, "is not valid"),
    ],
)
def test_refused(local_aws: LocalAws, name: str, properties: dict[str, Any], reason: str) -> None:
    outcome = local_aws.deploy(name, template(memcached(name, **properties)))
    assert outcome.status == "ROLLBACK_COMPLETE"
    assert reason in outcome.failures["Cache"]
    assert local_aws.resources(name) == {}


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("max_simultaneous_connections", "10", "cannot be changed by a parameter group"),
        ("maxmemory-policy", "noeviction", "Parameter maxmemory-policy is unknown"),
        ("idle_timeout", "soon", "must be a whole number, got: soon"),
    ],
)
def test_refused_parameters(local_aws: LocalAws, name: str, value: str, reason: str) -> None:
    stack = f"mcp-{name.replace('_', '-')}"
    resources = changed(memcached(stack), "Parameters", Properties={name: value})
    outcome = local_aws.deploy(stack, template(resources))
    assert outcome.status == "ROLLBACK_COMPLETE"
    assert reason in outcome.failures["Cache"]


def test_defaults(local_aws: LocalAws) -> None:
    properties = dict.fromkeys(("AZMode", "EngineVersion", "CacheParameterGroupName", "TransitEncryptionEnabled"))
    resources = memcached("plain", nodes=1, PreferredAvailabilityZones=None, **properties)
    outcome = local_aws.deploy("plain", memcached_template(resources))
    assert outcome.status == "CREATE_COMPLETE", outcome.failures
    found = described(local_aws, "plain")
    assert (found["EngineVersion"], found["TransitEncryptionEnabled"]) == ("1.6.22", False)
    assert found["CacheParameterGroup"]["CacheParameterGroupName"] == "default.memcached1.6"
    assert found["PreferredAvailabilityZone"] == "us-east-1a"
    with connected((outcome.outputs["Address"], 11211), None) as client:
        assert client.set("item", "in the clear")
        assert discover(client).version == 1
    assert local_aws.delete("plain").status == "DELETE_COMPLETE"
