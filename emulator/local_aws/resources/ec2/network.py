"""VPC, subnets, route tables and internet gateways, kept in MiniStack's EC2, whose API answers for them."""

import secrets
from typing import Any

from ministack.services import ec2
from ministack.services.cloudformation import provisioners

from local_aws.cloudformation.errors import ResourceError
from local_aws.cloudformation.registry import (
    NOT_MODELLED,
    Attributes,
    Owner,
    Properties,
    Provisioned,
    ResourceType,
    names,
    refusing,
)
from local_aws.resources.values import tags

Records = Any


def new_id(prefix: str) -> str:
    """An id as EC2 forms them."""
    return f"{prefix}-{secrets.token_hex(9)[:17]}"


def existing(records: Records, resource_id: str, code: str) -> dict[str, Any]:
    """A record that must be there."""
    if resource_id not in records:
        raise ResourceError(f"{code}: The ID '{resource_id}' does not exist")
    record: dict[str, Any] = records[resource_id]
    return record


class NetworkType(ResourceType):
    """What the types of this module share: MiniStack creates, `_change` puts what can change in place."""

    records: Records
    prefix: str

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        self._check(properties)
        handler = provisioners._RESOURCE_HANDLERS[self.name]
        physical_id, _ = handler["create"](owner.logical_id, properties, owner.stack_name)
        self._change(physical_id, properties)
        return Provisioned(physical_id, self._attributes(physical_id))

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        self._check(new)
        self._change(physical_id, new)
        return self._attributes(physical_id)

    def delete(self, physical_id: str, properties: Properties) -> None:
        self.records.pop(physical_id, None)
        ec2._tags.pop(physical_id, None)

    def _check(self, properties: Properties) -> None:
        pass

    def _change(self, physical_id: str, properties: Properties) -> None:
        ec2._tags[physical_id] = tags(properties)

    def _attributes(self, physical_id: str) -> Attributes:
        raise NotImplementedError


class VpcType(NetworkType):
    """A VPC with its default security group, network ACL and route table."""

    name = "AWS::EC2::VPC"
    applied = names("CidrBlock")
    recorded = names("EnableDnsHostnames EnableDnsSupport InstanceTenancy Tags")
    refused = refusing(NOT_MODELLED, "Ipv4IpamPoolId Ipv4NetmaskLength VpcEncryptionControl")
    create_only = names("CidrBlock InstanceTenancy")
    records = ec2._vpcs

    def delete(self, physical_id: str, properties: Properties) -> None:
        dependents = [key for key, subnet in ec2._subnets.items() if subnet["VpcId"] == physical_id]
        if dependents:
            raise ResourceError(
                f"DependencyViolation: The vpc '{physical_id}' has dependencies and cannot be deleted: "
                f"{', '.join(dependents)}"
            )
        for records in (ec2._security_groups, ec2._network_acls, ec2._route_tables):
            for key in [key for key, record in records.items() if record.get("VpcId") == physical_id]:
                records.pop(key)
        super().delete(physical_id, properties)

    def _attributes(self, physical_id: str) -> Attributes:
        vpc = ec2._vpcs[physical_id]
        return {
            "CidrBlock": vpc["CidrBlock"],
            "CidrBlockAssociations": [],
            "DefaultNetworkAcl": vpc["DefaultNetworkAclId"],
            "DefaultSecurityGroup": vpc["DefaultSecurityGroupId"],
            "Ipv6CidrBlocks": [],
            "VpcId": physical_id,
        }


class SubnetType(NetworkType):
    """A subnet of a VPC in a zone."""

    name = "AWS::EC2::Subnet"
    applied = names("AvailabilityZone CidrBlock VpcId")
    recorded = names("MapPublicIpOnLaunch Tags")
    refused = refusing(
        NOT_MODELLED,
        "AssignIpv6AddressOnCreation AvailabilityZoneId EnableDns64 EnableLniAtDeviceIndex Ipv4IpamPoolId "
        "Ipv4NetmaskLength Ipv6CidrBlock Ipv6IpamPoolId Ipv6Native Ipv6NetmaskLength OutpostArn "
        "PrivateDnsNameOptionsOnLaunch",
    )
    required = names("VpcId")
    create_only = names("VpcId AvailabilityZone CidrBlock")
    records = ec2._subnets

    def _check(self, properties: Properties) -> None:
        existing(ec2._vpcs, properties["VpcId"], "InvalidVpcID.NotFound")

    def _change(self, physical_id: str, properties: Properties) -> None:
        super()._change(physical_id, properties)
        ec2._subnets[physical_id]["MapPublicIpOnLaunch"] = properties.get("MapPublicIpOnLaunch", False)

    def _attributes(self, physical_id: str) -> Attributes:
        subnet = ec2._subnets[physical_id]
        return {
            "AvailabilityZone": subnet["AvailabilityZone"],
            "CidrBlock": subnet["CidrBlock"],
            "Ipv6CidrBlocks": [],
            "SubnetId": physical_id,
            "VpcId": subnet["VpcId"],
        }


class RouteTableType(NetworkType):
    """A route table of a VPC."""

    name = "AWS::EC2::RouteTable"
    applied = names("VpcId")
    recorded = names("Tags")
    required = create_only = names("VpcId")
    records = ec2._route_tables

    def _check(self, properties: Properties) -> None:
        existing(ec2._vpcs, properties["VpcId"], "InvalidVpcID.NotFound")

    def _attributes(self, physical_id: str) -> Attributes:
        return {"RouteTableId": physical_id}


class InternetGatewayType(NetworkType):
    """An internet gateway."""

    name = "AWS::EC2::InternetGateway"
    recorded = names("Tags")
    records = ec2._internet_gateways

    def _attributes(self, physical_id: str) -> Attributes:
        return {"InternetGatewayId": physical_id}


NETWORK_TYPES = (VpcType, SubnetType, RouteTableType, InternetGatewayType)
