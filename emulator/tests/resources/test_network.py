"""Networks as a VPC construct makes them: described completely, changed in place where EC2 does, gone afterwards."""

from typing import Any

from cache_templates import network
from local_aws_process import LocalAws, Template, get_att, ref, resource, template


def routed(target: str = "Gateway", name: str = "first") -> Template:
    """A public subnet behind an internet gateway and a NAT gateway."""
    tags = [{"Key": "Name", "Value": name}]
    routes = {"Gateway": {"GatewayId": ref("Gateway")}, "Nat": {"NatGatewayId": ref("Nat")}}
    return {
        **network("10.20.0.0/16"),
        "Gateway": resource("EC2::InternetGateway", {"Tags": tags}),
        "Attachment": resource("EC2::VPCGatewayAttachment", {"VpcId": ref("Vpc"), "InternetGatewayId": ref("Gateway")}),
        "Table": resource("EC2::RouteTable", {"VpcId": ref("Vpc"), "Tags": tags}),
        "Association": resource(
            "EC2::SubnetRouteTableAssociation", {"RouteTableId": ref("Table"), "SubnetId": ref("SubnetA")}
        ),
        "Address": resource("EC2::EIP", {"Domain": "vpc", "Tags": tags}),
        "Nat": resource(
            "EC2::NatGateway",
            {"SubnetId": ref("SubnetA"), "AllocationId": get_att("Address", "AllocationId"), "Tags": tags},
        ),
        "Route": resource(
            "EC2::Route", {"RouteTableId": ref("Table"), "DestinationCidrBlock": "0.0.0.0/0", **routes[target]}
        ),
    }


def routes(local_aws: LocalAws, table_id: str) -> dict[str, Any]:
    tables = local_aws.client("ec2").describe_route_tables(RouteTableIds=[table_id])["RouteTables"]
    return {route["DestinationCidrBlock"]: route for route in tables[0]["Routes"]}


def test_network_changes_in_place_and_goes_completely(local_aws: LocalAws) -> None:
    ec2 = local_aws.client("ec2")
    counts = {
        "describe_vpcs": "Vpcs",
        "describe_subnets": "Subnets",
        "describe_route_tables": "RouteTables",
        "describe_security_groups": "SecurityGroups",
        "describe_network_acls": "NetworkAcls",
        "describe_internet_gateways": "InternetGateways",
        "describe_nat_gateways": "NatGateways",
        "describe_addresses": "Addresses",
    }

    def count() -> dict[str, int]:
        return {action: len(getattr(ec2, action)()[key]) for action, key in counts.items()}

    before = count()
    assert local_aws.deploy("network", template(routed())).status == "CREATE_COMPLETE"
    ids = local_aws.resources("network")
    assert routes(local_aws, ids["Table"])["0.0.0.0/0"]["GatewayId"] == ids["Gateway"]
    updated = local_aws.deploy("network", template(routed(target="Nat", name="second")))
    assert updated.status == "UPDATE_COMPLETE", updated.failures
    assert local_aws.resources("network") == ids
    found = routes(local_aws, ids["Table"])
    assert found["0.0.0.0/0"]["NatGatewayId"] == ids["Nat"]
    assert len(found) == 2
    tables = ec2.describe_route_tables(RouteTableIds=[ids["Table"]])["RouteTables"]
    assert tables[0]["Tags"] == [{"Key": "Name", "Value": "second"}]
    assert [a["SubnetId"] for a in tables[0]["Associations"]] == [ids["SubnetA"]]
    assert ec2.describe_nat_gateways()["NatGateways"][0]["Tags"] == [{"Key": "Name", "Value": "second"}]
    assert local_aws.delete("network").status == "DELETE_COMPLETE"
    assert count() == before


def test_attributes_of_a_vpc(local_aws: LocalAws) -> None:
    outputs = {name: get_att("Vpc", name) for name in ("CidrBlock", "DefaultSecurityGroup", "VpcId")}
    outcome = local_aws.deploy("attributes", template(network("10.21.0.0/16"), outputs))
    assert outcome.outputs["CidrBlock"] == "10.21.0.0/16"
    assert outcome.outputs["DefaultSecurityGroup"].startswith("sg-")
    assert local_aws.delete("attributes").status == "DELETE_COMPLETE"


def test_rules_of_security_groups(local_aws: LocalAws) -> None:
    def group(description: str, port: int = 6379, rule: str = "first") -> Template:
        inbound = {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "CidrIp": "10.0.0.0/8", "Description": "in"}
        outbound = {"IpProtocol": "-1", "CidrIpv6": "::/0"}
        properties = {"GroupDescription": description, "VpcId": ref("Vpc"), "SecurityGroupEgress": [outbound]}
        between = {"GroupId": ref("Cache"), "IpProtocol": "tcp", "FromPort": 6379, "ToPort": 6379}
        return {
            **network("10.22.0.0/16"),
            "Cache": resource("EC2::SecurityGroup", {**properties, "SecurityGroupIngress": [inbound]}),
            "In": resource(
                "EC2::SecurityGroupIngress",
                {**between, "SourceSecurityGroupId": ref("SecurityGroup"), "Description": rule},
            ),
            "Out": resource("EC2::SecurityGroupEgress", {**between, "DestinationPrefixListId": "pl-1"}),
        }

    ec2 = local_aws.client("ec2")
    assert local_aws.deploy("rules", template(group("x"))).status == "CREATE_COMPLETE"
    ids = local_aws.resources("rules")

    def described() -> dict[str, Any]:
        found: dict[str, Any] = ec2.describe_security_groups(GroupIds=[ids["Cache"]])["SecurityGroups"][0]
        return found

    inbound = described()["IpPermissions"]
    assert inbound[0]["IpRanges"] == [{"CidrIp": "10.0.0.0/8", "Description": "in"}]
    assert inbound[1]["UserIdGroupPairs"][0]["GroupId"] == ids["SecurityGroup"]
    outbound = described()["IpPermissionsEgress"]
    assert outbound[0]["Ipv6Ranges"] == [{"CidrIpv6": "::/0"}]
    assert outbound[1]["PrefixListIds"] == [{"PrefixListId": "pl-1"}]

    local_aws.deploy("rules", template(group("x", port=6380, rule="second")))
    assert local_aws.resources("rules") == ids
    inbound = described()["IpPermissions"]
    assert [rule["FromPort"] for rule in inbound] == [6380, 6379]
    assert inbound[1]["UserIdGroupPairs"][0]["Description"] == "second"

    twice = {**group("x", port=6380, rule="second")}
    twice["Again"] = {**twice["In"], "DependsOn": "In"}
    assert "InvalidPermission.Duplicate" in local_aws.deploy("rules", template(twice)).failures["Again"]
    assert local_aws.delete("rules").status == "DELETE_COMPLETE"


def test_references_to_nothing(local_aws: LocalAws) -> None:
    wrong = {
        "Subnet": ("EC2::Subnet", {"VpcId": "vpc-gone", "CidrBlock": "10.0.0.0/24"}, "InvalidVpcID.NotFound"),
        "Table": ("EC2::RouteTable", {"VpcId": "vpc-gone"}, "InvalidVpcID.NotFound"),
        "Route": ("EC2::Route", {"RouteTableId": "rtb-gone"}, "InvalidRouteTableID.NotFound"),
        "Nat": ("EC2::NatGateway", {"SubnetId": "subnet-gone"}, "InvalidSubnetID.NotFound"),
        "Rule": (
            "EC2::SecurityGroupIngress",
            {"GroupId": "sg-gone", "IpProtocol": "tcp"},
            "InvalidGroup.NotFound",
        ),
        "Attachment": ("EC2::VPCGatewayAttachment", {"VpcId": "vpc-gone"}, "InvalidVpcID.NotFound"),
    }
    for name, (type_name, properties, reason) in wrong.items():
        outcome = local_aws.deploy(f"gone-{name}", template({name: resource(type_name, properties)}))
        assert reason in outcome.failures[name]
