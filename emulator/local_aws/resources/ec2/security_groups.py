"""Security groups and their rules: complete in Describe, although nothing here filters packets by them."""

from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from ministack.core.responses import get_account_id
from ministack.services import ec2

from local_aws.cloudformation.errors import ResourceError
from local_aws.cloudformation.registry import Attributes, Owner, Properties, Provisioned, ResourceType, names, refusing
from local_aws.resources.ec2.network import existing, new_id
from local_aws.resources.values import tags

Rule = dict[str, Any]
_EVERYWHERE = {"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}
_INBOUND, _OUTBOUND = "IpPermissions", "IpPermissionsEgress"


class SecurityGroupType(ResourceType):
    """A group with the rules of its own definition; rules of their own resources stay when those change."""

    name = "AWS::EC2::SecurityGroup"
    applied = names("GroupName SecurityGroupEgress SecurityGroupIngress VpcId")
    recorded = names("GroupDescription Tags")
    required = names("GroupDescription")
    create_only = names("GroupDescription GroupName VpcId")
    name_property = "GroupName"

    def __init__(self, users: Any) -> None:
        """`users` tells which resources stand behind a group, by its id."""
        self._users = users

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        ec2._ensure_defaults_initialized()
        vpc_id = properties.get("VpcId") or ec2._DEFAULT_VPC_ID
        existing(ec2._vpcs, vpc_id, "InvalidVpcID.NotFound")
        name = properties.get("GroupName") or owner.physical_name(255)
        if any(group["GroupName"] == name and group["VpcId"] == vpc_id for group in ec2._security_groups.values()):
            raise ResourceError(
                f"InvalidGroup.Duplicate: The security group '{name}' already exists for VPC '{vpc_id}'"
            )
        group_id = new_id("sg")
        rules = _own_rules(properties, group_id)
        ec2._security_groups[group_id] = {
            "GroupId": group_id,
            "GroupName": name,
            "Description": properties["GroupDescription"],
            "VpcId": vpc_id,
            "OwnerId": get_account_id(),
            **rules,
        }
        ec2._tags[group_id] = tags(properties)
        return Provisioned(group_id, self._attributes(group_id))

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        group, rules = ec2._security_groups[physical_id], _own_rules(new, physical_id)
        for direction, own in rules.items():
            group[direction] = own + [rule for rule in group[direction] if "SecurityGroupRuleId" in rule]
        ec2._tags[physical_id] = tags(new)
        return self._attributes(physical_id)

    def delete(self, physical_id: str, properties: Properties) -> None:
        users = self._users(physical_id)
        if users:
            raise ResourceError(
                f"DependencyViolation: resource {physical_id} has a dependent object: {', '.join(users)}"
            )
        ec2._security_groups.pop(physical_id, None)
        ec2._tags.pop(physical_id, None)

    def _attributes(self, group_id: str) -> Attributes:
        return {"GroupId": group_id, "Id": group_id, "VpcId": ec2._security_groups[group_id]["VpcId"]}


class _RuleType(ResourceType):
    """A rule that is a resource of its own."""

    direction: str

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        group = existing(ec2._security_groups, properties.get("GroupId", ""), "InvalidGroup.NotFound")
        rule = _rule(properties)
        if any(_without_id(rule) == _without_id(other) for other in group[self.direction]):
            raise ResourceError(
                f"InvalidPermission.Duplicate: the specified rule already exists in {properties['GroupId']}"
            )
        rule_id = new_id("sgr")
        group[self.direction].append({**rule, "SecurityGroupRuleId": rule_id})
        return Provisioned(rule_id, {"Id": rule_id})

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        rules = ec2._security_groups[new["GroupId"]][self.direction]
        for index, rule in enumerate(rules):
            if rule.get("SecurityGroupRuleId") == physical_id:
                rules[index] = {**_rule(new), "SecurityGroupRuleId": physical_id}
        return {"Id": physical_id}

    def delete(self, physical_id: str, properties: Properties) -> None:
        for group in ec2._security_groups.values():
            group[self.direction] = [r for r in group[self.direction] if r.get("SecurityGroupRuleId") != physical_id]


class IngressType(_RuleType):
    """An inbound rule."""

    name = "AWS::EC2::SecurityGroupIngress"
    direction = _INBOUND
    applied = names("CidrIp CidrIpv6 FromPort GroupId IpProtocol SourcePrefixListId SourceSecurityGroupId ToPort")
    recorded = names("Description SourceSecurityGroupOwnerId")
    refused = refusing("it names groups of EC2-Classic, which is gone", "GroupName SourceSecurityGroupName")
    required = names("IpProtocol")
    create_only = (applied | recorded) - {"Description"}


class EgressType(_RuleType):
    """An outbound rule."""

    name = "AWS::EC2::SecurityGroupEgress"
    direction = _OUTBOUND
    applied = names(
        "CidrIp CidrIpv6 DestinationPrefixListId DestinationSecurityGroupId FromPort GroupId IpProtocol ToPort"
    )
    recorded = names("Description")
    required = names("GroupId IpProtocol")
    create_only = applied


def _own_rules(properties: Properties, group_id: str) -> dict[str, list[Rule]]:
    """The rules written in the group itself; without any outbound rule everything may leave, as EC2 has it."""
    inbound = properties.get("SecurityGroupIngress") or []
    outbound = properties.get("SecurityGroupEgress") or [_EVERYWHERE]
    return {_INBOUND: [_rule(rule) for rule in inbound], _OUTBOUND: [_rule(rule) for rule in outbound]}


def _rule(properties: Properties) -> Rule:
    description = {"Description": properties["Description"]} if properties.get("Description") else {}
    rule: Rule = {"IpProtocol": str(properties["IpProtocol"])}
    rule |= {port: int(properties[port]) for port in ("FromPort", "ToPort") if port in properties}
    peers = {
        "IpRanges": ("CidrIp", properties.get("CidrIp")),
        "Ipv6Ranges": ("CidrIpv6", properties.get("CidrIpv6")),
        "PrefixListIds": (
            "PrefixListId",
            properties.get("SourcePrefixListId") or properties.get("DestinationPrefixListId"),
        ),
        "UserIdGroupPairs": (
            "GroupId",
            properties.get("SourceSecurityGroupId") or properties.get("DestinationSecurityGroupId"),
        ),
    }
    for kind, (key, value) in peers.items():
        rule[kind] = [{key: value, **description}] if value else []
    for pair in rule["UserIdGroupPairs"]:
        existing(ec2._security_groups, pair["GroupId"], "InvalidGroup.NotFound")
        pair["UserId"] = properties.get("SourceSecurityGroupOwnerId") or get_account_id()
    if not any(rule[kind] for kind in peers):
        raise ResourceError(
            "InvalidParameterValue: a security group rule needs a CIDR block, a prefix list or another group"
        )
    return rule


def permission_xml(rule: Rule) -> str:
    """A permission as DescribeSecurityGroups tells of it; MiniStack leaves out descriptions and all but IPv4."""
    item = Element("item")
    for name in ("IpProtocol", "FromPort", "ToPort"):
        if name in rule:
            SubElement(item, _lower(name)).text = str(rule[name])
    peers_of = {"IpRanges": "ipRanges", "Ipv6Ranges": "ipv6Ranges", "PrefixListIds": "prefixListIds"}
    for key, element in {**peers_of, "UserIdGroupPairs": "groups"}.items():
        peers = SubElement(item, element)
        for peer in rule.get(key, []):
            entry = SubElement(peers, "item")
            for name, value in peer.items():
                SubElement(entry, _lower(name)).text = str(value)
    return tostring(item, encoding="unicode")


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _without_id(rule: Rule) -> Rule:
    return {key: value for key, value in rule.items() if key != "SecurityGroupRuleId"}


SECURITY_GROUP_RULE_TYPES = (IngressType, EgressType)
