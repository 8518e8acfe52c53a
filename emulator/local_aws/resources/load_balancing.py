"""Load balancers, target groups and listeners in MiniStack's store: described, while nothing is balanced."""

import secrets
from typing import Any

from ministack.core.responses import get_account_id, get_region, now_iso
from ministack.services import alb, ec2

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
from local_aws.resources.ec2.network import existing
from local_aws.resources.values import boolean, integer, tags


class LoadBalancerType(ResourceType):
    """A load balancer whose DNS name leads nowhere."""

    name = "AWS::ElasticLoadBalancingV2::LoadBalancer"
    applied = names("Name SecurityGroups Subnets Type")
    recorded = names("IpAddressType LoadBalancerAttributes Scheme Tags")
    refused = refusing(
        NOT_MODELLED,
        "EnableCapacityReservationProvisionStabilize EnablePrefixForIpv6SourceNat "
        "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic Ipv4IpamPoolId MinimumLoadBalancerCapacity "
        "SubnetMappings",
    )
    create_only = names("Name Scheme Type")
    name_property = "Name"

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        name, kind = properties.get("Name") or owner.physical_name(32), properties.get("Type", "application")
        if any(balancer["LoadBalancerName"] == name for balancer in alb._lbs.values()):
            raise ResourceError(f"DuplicateLoadBalancerName: A load balancer with the name '{name}' exists.")
        prefix = {"application": "app", "network": "net", "gateway": "gwy"}[kind]
        arn = _arn(f"loadbalancer/{prefix}/{name}/{secrets.token_hex(8)}")
        alb._lbs[arn] = {
            "LoadBalancerArn": arn,
            "LoadBalancerName": name,
            "DNSName": f"{name}-{secrets.randbelow(10**9)}.{get_region()}.elb.amazonaws.com",
            "Scheme": properties.get("Scheme", "internet-facing"),
            "State": "active",
            "Type": kind,
            "CreatedTime": now_iso(),
        }
        try:
            return Provisioned(arn, self.update(arn, {}, properties))
        except ResourceError:
            self.delete(arn, properties)
            raise

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        subnets = [existing(ec2._subnets, subnet, "SubnetNotFound") for subnet in new.get("Subnets") or []]
        groups = new.get("SecurityGroups") or []
        for group in groups:
            existing(ec2._security_groups, group, "InvalidSecurityGroup")
        if not subnets:
            raise ResourceError("ValidationError: A load balancer needs subnets.")
        balancer = alb._lbs[physical_id]
        balancer.update(
            VpcId=subnets[0]["VpcId"],
            Subnets=list(new["Subnets"]),
            SecurityGroups=list(groups),
            IpAddressType=new.get("IpAddressType", "ipv4"),
        )
        alb._lb_attrs[physical_id] = _attribute_list(new, "LoadBalancerAttributes")
        alb._tags[physical_id] = tags(new)
        return {
            "CanonicalHostedZoneID": "Z35SXDOTRQ7X7K",
            "DNSName": balancer["DNSName"],
            "LoadBalancerArn": physical_id,
            "LoadBalancerFullName": physical_id.split(":loadbalancer/")[1],
            "LoadBalancerName": balancer["LoadBalancerName"],
            "SecurityGroups": balancer["SecurityGroups"],
        }

    def delete(self, physical_id: str, properties: Properties) -> None:
        for records in (alb._lbs, alb._lb_attrs, alb._tags):
            records.pop(physical_id, None)


class TargetGroupType(ResourceType):
    """A target group, always without targets."""

    name = "AWS::ElasticLoadBalancingV2::TargetGroup"
    applied = names("Name Port Protocol TargetType VpcId")
    recorded = names(
        "HealthCheckEnabled HealthCheckIntervalSeconds HealthCheckPath HealthCheckPort HealthCheckProtocol "
        "HealthCheckTimeoutSeconds HealthyThresholdCount IpAddressType Matcher ProtocolVersion Tags "
        "TargetGroupAttributes UnhealthyThresholdCount"
    )
    refused = refusing(NOT_MODELLED, "TargetControlPort Targets")
    create_only = names("IpAddressType Name Port Protocol ProtocolVersion TargetType VpcId")
    name_property = "Name"

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        existing(ec2._vpcs, properties.get("VpcId", ""), "ValidationError")
        name = properties.get("Name") or owner.physical_name(32)
        arn = _arn(f"targetgroup/{name}/{secrets.token_hex(8)}")
        alb._tgs[arn] = {
            "TargetGroupArn": arn,
            "TargetGroupName": name,
            "Protocol": properties.get("Protocol", "HTTP"),
            "ProtocolVersion": properties.get("ProtocolVersion", "HTTP1"),
            "IpAddressType": properties.get("IpAddressType", "ipv4"),
            "Port": integer(properties, "Port", 80, 1, 65535),
            "VpcId": properties["VpcId"],
            "TargetType": properties.get("TargetType", "instance"),
            "LoadBalancerArns": [],
        }
        alb._targets[arn] = []
        return Provisioned(arn, self.update(arn, {}, properties))

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        group = alb._tgs[physical_id]
        group.update(
            HealthCheckEnabled=boolean(new, "HealthCheckEnabled", True),
            HealthCheckIntervalSeconds=integer(new, "HealthCheckIntervalSeconds", 30),
            HealthCheckPath=new.get("HealthCheckPath", "/"),
            HealthCheckPort=str(new.get("HealthCheckPort", "traffic-port")),
            HealthCheckProtocol=new.get("HealthCheckProtocol", "HTTP"),
            HealthCheckTimeoutSeconds=integer(new, "HealthCheckTimeoutSeconds", 5),
            HealthyThresholdCount=integer(new, "HealthyThresholdCount", 5),
            UnhealthyThresholdCount=integer(new, "UnhealthyThresholdCount", 2),
            Matcher={"HttpCode": "200", **(new.get("Matcher") or {})},
        )
        alb._tg_attrs[physical_id] = _attribute_list(new, "TargetGroupAttributes")
        alb._tags[physical_id] = tags(new)
        return {
            "LoadBalancerArns": group["LoadBalancerArns"],
            "TargetGroupArn": physical_id,
            "TargetGroupFullName": physical_id.split(":")[-1],
            "TargetGroupName": group["TargetGroupName"],
        }

    def delete(self, physical_id: str, properties: Properties) -> None:
        if any(physical_id in _targets(listener) for listener in alb._listeners.values()):
            raise ResourceError(
                f"ResourceInUse: Target group '{physical_id}' is currently in use by a listener or a rule"
            )
        for records in (alb._tgs, alb._tg_attrs, alb._targets, alb._tags):
            records.pop(physical_id, None)


class ListenerType(ResourceType):
    """A listener with its default rule."""

    name = "AWS::ElasticLoadBalancingV2::Listener"
    applied = names("DefaultActions LoadBalancerArn Port Protocol")
    recorded = names("Certificates ListenerAttributes SslPolicy Tags")
    refused = refusing(NOT_MODELLED, "AlpnPolicy MutualAuthentication")
    required = names("DefaultActions LoadBalancerArn")
    create_only = names("LoadBalancerArn")

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        balancer = existing(alb._lbs, properties["LoadBalancerArn"], "LoadBalancerNotFound")
        arn = balancer["LoadBalancerArn"].replace(":loadbalancer/", ":listener/") + f"/{secrets.token_hex(8)}"
        _check_actions(properties)
        alb._listeners[arn] = {"ListenerArn": arn, "LoadBalancerArn": balancer["LoadBalancerArn"]}
        alb._rules[_default_rule(arn)] = {
            "RuleArn": _default_rule(arn),
            "ListenerArn": arn,
            "Priority": "default",
            "Conditions": [],
            "IsDefault": True,
        }
        return Provisioned(arn, self._put(arn, properties))

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        _check_actions(new)
        return self._put(physical_id, new)

    def delete(self, physical_id: str, properties: Properties) -> None:
        listener = alb._listeners.pop(physical_id, None)
        alb._rules.pop(_default_rule(physical_id), None)
        alb._tags.pop(physical_id, None)
        for target in _targets(listener or {}):
            _unlink(target, properties["LoadBalancerArn"])

    def _put(self, arn: str, properties: Properties) -> Attributes:
        listener = alb._listeners[arn]
        for target in _targets(listener):
            _unlink(target, listener["LoadBalancerArn"])
        actions = [
            {**action, "Order": integer(action, "Order", index + 1)}
            for index, action in enumerate(properties["DefaultActions"])
        ]
        listener.update(
            Port=integer(properties, "Port", 80, 1, 65535),
            Protocol=properties.get("Protocol", "HTTP"),
            SslPolicy=properties.get("SslPolicy", ""),
            Certificates=properties.get("Certificates") or [],
            DefaultActions=actions,
        )
        alb._rules[_default_rule(arn)]["Actions"] = actions
        alb._tags[arn] = tags(properties)
        for target in _targets(listener):
            alb._tgs[target]["LoadBalancerArns"].append(listener["LoadBalancerArn"])
        return {"ListenerArn": arn}


def _arn(resource: str) -> str:
    return f"arn:aws:elasticloadbalancing:{get_region()}:{get_account_id()}:{resource}"


def _attribute_list(properties: Properties, name: str) -> list[dict[str, str]]:
    return [{"Key": str(item["Key"]), "Value": str(item["Value"])} for item in properties.get(name) or []]


def _default_rule(listener_arn: str) -> str:
    return listener_arn.replace(":listener/", ":listener-rule/") + "/default"


def _targets(listener: dict[str, Any]) -> list[str]:
    """The target groups to which a listener's default actions forward."""
    found = []
    for action in listener.get("DefaultActions") or []:
        groups = (action.get("ForwardConfig") or {}).get("TargetGroups") or []
        found += (
            [action["TargetGroupArn"]] if "TargetGroupArn" in action else [group["TargetGroupArn"] for group in groups]
        )
    return found


def _check_actions(properties: Properties) -> None:
    for target in _targets(properties):
        existing(alb._tgs, target, "TargetGroupNotFound")


def _unlink(target_group_arn: str, load_balancer_arn: str) -> None:
    group = alb._tgs.get(target_group_arn)
    if group:
        group["LoadBalancerArns"] = [arn for arn in group["LoadBalancerArns"] if arn != load_balancer_arn]


LOAD_BALANCING_TYPES = (LoadBalancerType, TargetGroupType, ListenerType)
