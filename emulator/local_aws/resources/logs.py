"""AWS::Logs::LogGroup in MiniStack's store; MiniStack's own type forgets the streams of a group at every change."""

import json
import time
from collections.abc import Callable
from typing import Any

from ministack.core.responses import get_account_id, get_region
from ministack.services import cloudwatch_logs, kms

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

Response = tuple[int, dict[str, str], bytes]


class LogGroupType(ResourceType):
    """A log group that keeps its streams when it changes."""

    name = "AWS::Logs::LogGroup"
    applied = names("KmsKeyId LogGroupName")
    recorded = names("RetentionInDays Tags LogGroupClass")
    refused = refusing(
        NOT_MODELLED,
        "BearerTokenAuthenticationEnabled DataProtectionPolicy DeletionProtectionEnabled FieldIndexPolicies "
        "ResourcePolicyDocument",
    )
    create_only = names("LogGroupName")
    name_property = "LogGroupName"

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        name = properties.get("LogGroupName") or owner.physical_name(255)
        if name in cloudwatch_logs._log_groups:
            raise ResourceError(f"ResourceAlreadyExistsException: The specified log group {name} already exists")
        _check_key(properties)
        cloudwatch_logs._log_groups[name] = {
            "arn": f"arn:aws:logs:{get_region()}:{get_account_id()}:log-group:{name}:*",
            "creationTime": int(time.time() * 1000),
            "streams": {},
            "subscriptionFilters": {},
        }
        return Provisioned(name, self._put(name, properties))

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        _check_key(new)
        return self._put(physical_id, new)

    def delete(self, physical_id: str, properties: Properties) -> None:
        cloudwatch_logs._log_groups.pop(physical_id, None)

    def _put(self, name: str, properties: Properties) -> Attributes:
        group = cloudwatch_logs._log_groups[name]
        retention = properties.get("RetentionInDays")
        group.update(
            retentionInDays=int(retention) if retention is not None else None,
            kmsKeyId=properties.get("KmsKeyId"),
            logGroupClass=properties.get("LogGroupClass", "STANDARD"),
            tags={tag["Key"]: tag["Value"] for tag in tags(properties)},
        )
        return {"Arn": group["arn"]}


def with_keys(describe: Callable[[dict[str, Any]], Response]) -> Callable[[dict[str, Any]], Response]:
    """Adds to DescribeLogGroups what MiniStack leaves out: the key and the class."""

    def wrapper(request: dict[str, Any]) -> Response:
        status, headers, body = describe(request)
        answer = json.loads(body)
        for described in answer.get("logGroups", []):
            group = cloudwatch_logs._log_groups[described["logGroupName"]]
            described |= {key: group[key] for key in ("kmsKeyId", "logGroupClass") if group.get(key)}
        return status, headers, json.dumps(answer).encode()

    return wrapper


def _check_key(properties: Properties) -> None:
    key = properties.get("KmsKeyId")
    if key is not None and not kms._resolve_key(key):
        raise ResourceError(
            f"InvalidParameterException: The specified KMS key {key} does not exist or is not allowed to be used"
        )
