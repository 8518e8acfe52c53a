"""How the parts of a network hang together: attachments, associations, routes, NAT gateways and their addresses."""

from ministack.core.responses import now_iso
from ministack.services import ec2

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
from local_aws.resources.ec2.network import existing, new_id
from local_aws.resources.values import tags


class GatewayAttachmentType(ResourceType):
    """An internet gateway attached to a VPC."""

    name = "AWS::EC2::VPCGatewayAttachment"
    applied = names("InternetGatewayId VpcId")
    refused = refusing(NOT_MODELLED, "VpnGatewayId")
    required = names("VpcId")
    create_only = names("VpcId")

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        existing(ec2._vpcs, properties["VpcId"], "InvalidVpcID.NotFound")
        return Provisioned(f"IGW|{properties['VpcId']}", self._attach(properties))

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        attributes = self._attach(new)
        ec2._internet_gateways[old["InternetGatewayId"]]["Attachments"] = []
        return attributes

    def delete(self, physical_id: str, properties: Properties) -> None:
        gateway = ec2._internet_gateways.get(properties["InternetGatewayId"])
        if gateway:
            gateway["Attachments"] = []

    def _attach(self, properties: Properties) -> Attributes:
        gateway = existing(
            ec2._internet_gateways, properties.get("InternetGatewayId", ""), "InvalidInternetGatewayID.NotFound"
        )
        gateway["Attachments"] = [{"VpcId": properties["VpcId"], "State": "available"}]
        return {"AttachmentType": "IGW"}


class RouteTableAssociationType(ResourceType):
    """A subnet associated with a route table."""

    name = "AWS::EC2::SubnetRouteTableAssociation"
    applied = required = create_only = names("RouteTableId SubnetId")

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        table = existing(ec2._route_tables, properties["RouteTableId"], "InvalidRouteTableID.NotFound")
        existing(ec2._subnets, properties["SubnetId"], "InvalidSubnetID.NotFound")
        association_id = new_id("rtbassoc")
        table["Associations"].append(
            {
                "RouteTableAssociationId": association_id,
                "RouteTableId": properties["RouteTableId"],
                "SubnetId": properties["SubnetId"],
                "Main": False,
                "AssociationState": {"State": "associated"},
            }
        )
        return Provisioned(association_id, {"Id": association_id})

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        return {"Id": physical_id}

    def delete(self, physical_id: str, properties: Properties) -> None:
        for table in ec2._route_tables.values():
            table["Associations"] = [a for a in table["Associations"] if a["RouteTableAssociationId"] != physical_id]


class RouteType(ResourceType):
    """A route through an internet or NAT gateway."""

    name = "AWS::EC2::Route"
    applied = names("DestinationCidrBlock GatewayId NatGatewayId RouteTableId")
    refused = refusing(
        NOT_MODELLED,
        "CarrierGatewayId CoreNetworkArn DestinationIpv6CidrBlock DestinationPrefixListId "
        "EgressOnlyInternetGatewayId InstanceId LocalGatewayId NetworkInterfaceId OdbNetworkArn "
        "TransitGatewayId VpcEndpointId VpcPeeringConnectionId",
    )
    required = names("RouteTableId")
    create_only = names("RouteTableId DestinationCidrBlock")

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        table, destination = self._table(properties), properties.get("DestinationCidrBlock", "")
        if any(route["DestinationCidrBlock"] == destination for route in table["Routes"]):
            raise ResourceError(f"RouteAlreadyExists: The route identified by {destination} already exists.")
        table["Routes"].append(_route(properties))
        return Provisioned(f"{properties['RouteTableId']}|{destination}", {"CidrBlock": destination})

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        table, route = self._table(new), _route(new)
        destination = route["DestinationCidrBlock"]
        table["Routes"] = [route if r["DestinationCidrBlock"] == destination else r for r in table["Routes"]]
        return {"CidrBlock": destination}

    def delete(self, physical_id: str, properties: Properties) -> None:
        table_id, destination = physical_id.split("|")
        table = ec2._route_tables.get(table_id)
        if table:
            table["Routes"] = [route for route in table["Routes"] if route["DestinationCidrBlock"] != destination]

    def _table(self, properties: Properties) -> dict[str, list[dict[str, str]]]:
        return existing(ec2._route_tables, properties["RouteTableId"], "InvalidRouteTableID.NotFound")


def _route(properties: Properties) -> dict[str, str]:
    targets = {
        "GatewayId": (ec2._internet_gateways, "InvalidInternetGatewayID.NotFound"),
        "NatGatewayId": (ec2._nat_gateways, "InvalidNatGatewayID.NotFound"),
    }
    chosen = [key for key in targets if key in properties]
    if len(chosen) != 1:
        raise ResourceError(f"InvalidParameterCombination: A route has one target, got {len(chosen)}.")
    existing(targets[chosen[0]][0], properties[chosen[0]], targets[chosen[0]][1])
    destination = properties.get("DestinationCidrBlock", "")
    return {
        "DestinationCidrBlock": destination,
        "State": "active",
        "Origin": "CreateRoute",
        chosen[0]: properties[chosen[0]],
    }


class ElasticIpType(ResourceType):
    """A public address, which nothing here answers on."""

    name = "AWS::EC2::EIP"
    applied = names("Domain")
    recorded = names("Tags")
    refused = refusing(NOT_MODELLED, "Address InstanceId IpamPoolId NetworkBorderGroup PublicIpv4Pool TransferAddress")

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        allocation_id = new_id("eipalloc")
        address = ec2._random_ip("52.")
        ec2._addresses[allocation_id] = {
            "AllocationId": allocation_id,
            "PublicIp": address,
            "Domain": properties.get("Domain", "vpc"),
            "AssociationId": None,
            "InstanceId": None,
            "NetworkInterfaceId": None,
            "PrivateIpAddress": None,
        }
        ec2._tags[allocation_id] = tags(properties)
        return Provisioned(address, {"AllocationId": allocation_id, "PublicIp": address})

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        allocation_id = _allocation(physical_id)
        ec2._tags[allocation_id] = tags(new)
        return {"AllocationId": allocation_id, "PublicIp": physical_id}

    def delete(self, physical_id: str, properties: Properties) -> None:
        allocation_id = _allocation(physical_id)
        if any(nat["AllocationId"] == allocation_id for nat in ec2._nat_gateways.values()):
            raise ResourceError(f"InvalidIPAddress.InUse: {physical_id} is in use by a NAT gateway")
        ec2._addresses.pop(allocation_id, None)
        ec2._tags.pop(allocation_id, None)


def _allocation(address: str) -> str:
    return next((key for key, record in ec2._addresses.items() if record["PublicIp"] == address), "")


class NatGatewayType(ResourceType):
    """A NAT gateway in a subnet, with its address."""

    name = "AWS::EC2::NatGateway"
    applied = names("AllocationId ConnectivityType SubnetId")
    recorded = names("Tags")
    refused = refusing(
        NOT_MODELLED,
        "AvailabilityMode AvailabilityZoneAddresses MaxDrainDurationSeconds PrivateIpAddress "
        "SecondaryAllocationIds SecondaryPrivateIpAddressCount SecondaryPrivateIpAddresses VpcId",
    )
    create_only = names("AllocationId ConnectivityType SubnetId")

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        subnet = existing(ec2._subnets, properties.get("SubnetId", ""), "InvalidSubnetID.NotFound")
        connectivity = properties.get("ConnectivityType", "public")
        if connectivity == "public":
            existing(ec2._addresses, properties.get("AllocationId", ""), "InvalidAllocationID.NotFound")
        gateway_id = new_id("nat")
        ec2._nat_gateways[gateway_id] = {
            "NatGatewayId": gateway_id,
            "SubnetId": properties["SubnetId"],
            "VpcId": subnet["VpcId"],
            "AllocationId": properties.get("AllocationId"),
            "ConnectivityType": connectivity,
            "State": "available",
            "CreateTime": now_iso(),
        }
        ec2._tags[gateway_id] = tags(properties)
        return Provisioned(gateway_id, self._attributes(gateway_id))

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        ec2._tags[physical_id] = tags(new)
        return self._attributes(physical_id)

    def delete(self, physical_id: str, properties: Properties) -> None:
        ec2._nat_gateways.pop(physical_id, None)
        ec2._tags.pop(physical_id, None)

    def _attributes(self, gateway_id: str) -> Attributes:
        return {"NatGatewayId": gateway_id}


ROUTING_TYPES = (GatewayAttachmentType, RouteTableAssociationType, RouteType, ElasticIpType, NatGatewayType)
