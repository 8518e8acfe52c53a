"""IAM roles and policies, enforced by nobody here; MiniStack's own role type loses its policies at every change."""

import json
import uuid
from typing import Any

from ministack.core.responses import get_account_id, now_iso
from ministack.services import iam

from local_aws.cloudformation.errors import ResourceError
from local_aws.cloudformation.registry import Attributes, Owner, Properties, Provisioned, ResourceType, names, refusing
from local_aws.resources.values import integer, tags


class RoleType(ResourceType):
    """A role with its inline and attached policies."""

    name = "AWS::IAM::Role"
    applied = names("RoleName")
    recorded = names(
        "AssumeRolePolicyDocument Description ManagedPolicyArns MaxSessionDuration Path PermissionsBoundary "
        "Policies Tags"
    )
    required = names("AssumeRolePolicyDocument")
    create_only = names("Path RoleName")
    name_property = "RoleName"

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        name = properties.get("RoleName") or owner.physical_name(64)
        if name in iam._roles:
            raise ResourceError(f"EntityAlreadyExists: Role with name {name} already exists.")
        path = properties.get("Path", "/")
        iam._roles[name] = {
            "RoleName": name,
            "Path": path,
            "Arn": f"arn:aws:iam::{get_account_id()}:role{path}{name}",
            "RoleId": "AROA" + uuid.uuid4().hex[:17].upper(),
            "CreateDate": now_iso(),
            "InlinePolicies": {},
        }
        return Provisioned(name, self._put(name, {}, properties))

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        return self._put(physical_id, old, new)

    def delete(self, physical_id: str, properties: Properties) -> None:
        iam._roles.pop(physical_id, None)

    def _put(self, name: str, old: Properties, new: Properties) -> Attributes:
        """Policies that other resources put into the role stay in it."""
        role = iam._roles[name]
        for policy in old.get("Policies") or []:
            role["InlinePolicies"].pop(policy["PolicyName"], None)
        for policy in new.get("Policies") or []:
            role["InlinePolicies"][policy["PolicyName"]] = _text(policy["PolicyDocument"])
        role.update(
            AssumeRolePolicyDocument=_text(new["AssumeRolePolicyDocument"]),
            AttachedPolicies=[
                {"PolicyName": arn.split("/")[-1], "PolicyArn": arn} for arn in new.get("ManagedPolicyArns") or []
            ],
            Description=new.get("Description", ""),
            MaxSessionDuration=integer(new, "MaxSessionDuration", 3600),
            PermissionsBoundary=new.get("PermissionsBoundary"),
            Tags=tags(new),
        )
        return {"Arn": role["Arn"], "RoleId": role["RoleId"]}


class PolicyType(ResourceType):
    """An inline policy of roles, which is what AWS::IAM::Policy means; MiniStack makes a managed policy of it."""

    name = "AWS::IAM::Policy"
    applied = names("PolicyName Roles")
    recorded = names("PolicyDocument")
    refused = refusing("it puts policies into roles only", "Groups Users")
    required = names("PolicyDocument PolicyName")

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        policy_id = owner.physical_name(128)
        return Provisioned(policy_id, self._put(policy_id, {}, properties))

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        return self._put(physical_id, old, new)

    def delete(self, physical_id: str, properties: Properties) -> None:
        for name in properties.get("Roles") or []:
            if name in iam._roles:
                iam._roles[name]["InlinePolicies"].pop(properties["PolicyName"], None)

    def _put(self, policy_id: str, old: Properties, new: Properties) -> Attributes:
        roles: list[dict[str, Any]] = []
        for name in new.get("Roles") or []:
            if name not in iam._roles:
                raise ResourceError(f"NoSuchEntity: The role with name {name} cannot be found.")
            roles.append(iam._roles[name])
        if old:
            self.delete(policy_id, old)
        for role in roles:
            role["InlinePolicies"][new["PolicyName"]] = _text(new["PolicyDocument"])
        return {"Id": policy_id}


def _text(document: Any) -> str:
    return document if isinstance(document, str) else json.dumps(document)
