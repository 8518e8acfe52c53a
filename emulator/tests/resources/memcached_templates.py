"""Templates of Memcached clusters for the tests of this folder."""

from typing import Any

from cache_templates import network
from local_aws_process import Template, ref, resource, template

ZONES = ["us-east-1a", "us-east-1b"]


def memcached(cluster_id: str, nodes: int = 2, **properties: Any) -> Template:
    """A cluster with TLS over two zones with a parameter group, in a network of its own."""
    wanted = {
        "ClusterName": cluster_id,
        "Engine": "memcached",
        "EngineVersion": "1.6.22",
        "CacheNodeType": "cache.t4g.medium",
        "NumCacheNodes": nodes,
        "AZMode": "cross-az",
        "PreferredAvailabilityZones": [ZONES[node % 2] for node in range(nodes)],
        "TransitEncryptionEnabled": True,
        "CacheSubnetGroupName": ref("Subnets"),
        "CacheParameterGroupName": ref("Parameters"),
        "VpcSecurityGroupIds": [ref("SecurityGroup")],
        **properties,
    }
    subnets = {"Description": "two zones", "SubnetIds": [ref("SubnetA"), ref("SubnetB")]}
    parameters = {"CacheParameterGroupFamily": "memcached1.6", "Description": "p", "Properties": {"chunk_size": "96"}}
    return {
        **network("10.9.0.0/16"),
        "Subnets": resource("ElastiCache::SubnetGroup", subnets),
        "Parameters": resource("ElastiCache::ParameterGroup", parameters),
        "Cache": resource(
            "ElastiCache::CacheCluster", {key: value for key, value in wanted.items() if value is not None}
        ),
    }


def memcached_template(resources: Template) -> Template:
    """The template, which tells the configuration end point."""
    attributes = ("Address", "Port")
    return template(
        resources, {name: {"Fn::GetAtt": ["Cache", f"ConfigurationEndpoint.{name}"]} for name in attributes}
    )
