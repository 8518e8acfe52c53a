"""Templates of replication groups for the tests of this folder."""

import copy
from typing import Any

from local_aws_process import Template, ref, resource, template

PASSWORD = "first-password-0123456789"


def network(cidr: str = "10.7.0.0/16") -> Template:
    """A VPC with two subnets in two zones and a security group."""
    prefix = cidr.rsplit(".", 2)[0]
    subnets = {
        f"Subnet{zone}": resource(
            "EC2::Subnet",
            {
                "VpcId": ref("Vpc"),
                "CidrBlock": f"{prefix}.{number}.0/24",
                "AvailabilityZone": f"us-east-1{zone.lower()}",
            },
        )
        for number, zone in enumerate("AB")
    }
    group = resource("EC2::SecurityGroup", {"GroupDescription": "cache", "VpcId": ref("Vpc")})
    return {"Vpc": resource("EC2::VPC", {"CidrBlock": cidr}), "SecurityGroup": group, **subnets}


def user(user_id: str, name: str, access: str, *passwords: str) -> Template:
    authentication = (
        {"Type": "password", "Passwords": list(passwords)} if passwords else {"Type": "no-password-required"}
    )
    properties = {"UserId": user_id, "UserName": name, "Engine": "redis", "AccessString": access}
    return resource("ElastiCache::User", {**properties, "AuthenticationMode": authentication})


def cache(group_id: str, **properties: Any) -> Template:
    """A primary and a replica with TLS, one user and a parameter group, in a network of their own."""
    wanted = {
        "ReplicationGroupId": group_id,
        "ReplicationGroupDescription": "a test & its <group>",
        "CacheNodeType": "cache.t4g.small",
        "Engine": "redis",
        "EngineVersion": "7.1",
        "NumCacheClusters": 2,
        "AutomaticFailoverEnabled": True,
        "TransitEncryptionEnabled": True,
        "CacheSubnetGroupName": ref("Subnets"),
        "CacheParameterGroupName": ref("Parameters"),
        "SecurityGroupIds": [ref("SecurityGroup")],
        "UserGroupIds": [ref("Users")],
        **properties,
    }
    kept = {key: value for key, value in wanted.items() if value is not None}
    subnets = {"Description": "two zones", "SubnetIds": [ref("SubnetA"), ref("SubnetB")]}
    parameters = {
        "CacheParameterGroupFamily": "redis7",
        "Description": "policy",
        "Properties": {"maxmemory-policy": "volatile-ttl"},
    }
    users = {"UserGroupId": f"{group_id}-users", "Engine": "redis", "UserIds": [ref("Default"), ref("App")]}
    return {
        **network(),
        "Subnets": resource("ElastiCache::SubnetGroup", subnets),
        "Parameters": resource("ElastiCache::ParameterGroup", parameters),
        "Default": user(f"{group_id}-default", "default", "off ~* -@all"),
        "App": user(f"{group_id}-app", "app", "on ~sess:* +get +set +ping +acl|whoami", PASSWORD),
        "Users": resource("ElastiCache::UserGroup", users),
        "Cache": resource("ElastiCache::ReplicationGroup", kept),
    }


def cluster(group_id: str, **properties: Any) -> Template:
    """The same with cluster mode enabled, two shards of two nodes, and shards that change in place."""
    cut = {"NumCacheClusters": None, "NumNodeGroups": 2, "ReplicasPerNodeGroup": 1, "ClusterMode": "enabled"}
    resources = cache(group_id, **{**cut, **properties})
    resources["Parameters"]["Properties"]["Properties"]["cluster-enabled"] = "yes"
    # A client that finds its way among the shards asks for their slots.
    resources["App"]["Properties"]["AccessString"] += " +cluster|slots +readonly +command"
    resources["Cache"]["UpdatePolicy"] = {"UseOnlineResharding": True}
    return resources


def changed(resources: Template, logical_id: str, **properties: Any) -> Template:
    """The resources with other properties of one; None takes a property out."""
    copied = copy.deepcopy(resources)
    merged = {**copied[logical_id]["Properties"], **properties}
    copied[logical_id]["Properties"] = {key: value for key, value in merged.items() if value is not None}
    return copied


def cluster_template(resources: Template) -> Template:
    """The template, which tells the configuration end point."""
    return template(
        resources,
        {
            f"Configuration{part}": {"Fn::GetAtt": ["Cache", f"ConfigurationEndPoint.{part}"]}
            for part in ("Address", "Port")
        },
    )


def cache_template(resources: Template) -> Template:
    """The template, which tells the end points."""
    attributes = ("PrimaryEndPoint.Address", "PrimaryEndPoint.Port", "ReaderEndPoint.Address", "ReaderEndPoint.Port")
    outputs = {name.replace("EndPoint.", ""): {"Fn::GetAtt": ["Cache", name]} for name in attributes}
    return template(resources, outputs)
