"""AWS::SecretsManager::Secret and ResourcePolicy, kept in MiniStack's store, whose API answers for them."""

import json
import random
import string
import time
import uuid
from typing import Any

from ministack.services import secretsmanager

from local_aws.cloudformation.errors import ResourceError
from local_aws.cloudformation.registry import Attributes, Owner, Properties, Provisioned, ResourceType, names, refusing
from local_aws.resources.passwords import generate_secret_string
from local_aws.resources.values import tags
from local_aws.settings import Settings


class SecretType(ResourceType):
    """A secret whose value changes only when the property that makes it changes."""

    name = "AWS::SecretsManager::Secret"
    applied = names("GenerateSecretString Name SecretString")
    recorded = names("Description KmsKeyId Tags Type")
    refused = refusing("there is one region", "ReplicaRegions")
    create_only = names("Name")
    name_property = "Name"

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        name = properties.get("Name") or owner.physical_name(120)
        if name in secretsmanager._secrets:
            raise ResourceError(
                f"ResourceExistsException: The operation failed because the secret {name} already exists."
            )
        suffix = "".join(random.choices(string.ascii_letters + string.digits, k=6))
        arn = f"arn:aws:secretsmanager:{self._settings.region}:{self._settings.account}:secret:{name}-{suffix}"
        secret: dict[str, Any] = {
            "ARN": arn,
            "Name": name,
            "CreatedDate": int(time.time()),
            "LastAccessedDate": None,
            "DeletedDate": None,
            "RotationEnabled": False,
            "RotationLambdaARN": None,
            "RotationRules": None,
            "ReplicationStatus": [],
            "Versions": {},
            **_recorded(properties),
        }
        _put_value(secret, _value(properties))
        secretsmanager._secrets[name] = secret
        return Provisioned(arn, {"Id": arn})

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        secret = _find(physical_id)
        if any(old.get(key) != new.get(key) for key in ("GenerateSecretString", "SecretString")):
            _put_value(secret, _value(new))
        secret.update(_recorded(new))
        return {"Id": physical_id}

    def delete(self, physical_id: str, properties: Properties) -> None:
        name, _ = secretsmanager._resolve(physical_id)
        secretsmanager._secrets.pop(name, None)
        secretsmanager._resource_policies.pop(physical_id, None)


class ResourcePolicyType(ResourceType):
    """The resource policy of a secret: shown by GetResourcePolicy, enforced by nobody here."""

    name = "AWS::SecretsManager::ResourcePolicy"
    applied = names("SecretId")
    recorded = names("BlockPublicPolicy ResourcePolicy")
    required = names("ResourcePolicy SecretId")
    create_only = names("SecretId")

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        arn = _find(properties["SecretId"])["ARN"]
        return Provisioned(arn, self._put(arn, properties))

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        return self._put(physical_id, new)

    def delete(self, physical_id: str, properties: Properties) -> None:
        secretsmanager._resource_policies.pop(physical_id, None)

    def _put(self, arn: str, properties: Properties) -> Attributes:
        policy = properties["ResourcePolicy"]
        secretsmanager._resource_policies[arn] = policy if isinstance(policy, str) else json.dumps(policy)
        return {"Id": arn}


def secret_string(secret_id: str, stage: str, version: str) -> str:
    """The value behind a dynamic reference."""
    secret = _find(secret_id)
    found = (
        secret["Versions"].get(version)
        if version
        else secretsmanager._find_stage_version(secret, stage or "AWSCURRENT")[1]
    )
    if not found or found.get("SecretString") is None:
        raise ResourceError(
            f"Secrets Manager can't find the secret value {version or stage or 'AWSCURRENT'} of {secret_id}."
        )
    return str(found["SecretString"])


def _find(secret_id: str) -> dict[str, Any]:
    _, secret = secretsmanager._resolve(secret_id)
    if not secret or secret.get("DeletedDate"):
        raise ResourceError(f"ResourceNotFoundException: Secrets Manager can't find the specified secret {secret_id}.")
    found: dict[str, Any] = secret
    return found


def _recorded(properties: Properties) -> dict[str, Any]:
    return {
        "Description": properties.get("Description", ""),
        "KmsKeyId": properties.get("KmsKeyId"),
        "Tags": tags(properties),
        "Type": properties.get("Type"),
        "LastChangedDate": int(time.time()),
    }


def _value(properties: Properties) -> str | None:
    given, generate = properties.get("SecretString"), properties.get("GenerateSecretString")
    if given is not None and generate is not None:
        raise ResourceError("InvalidRequestException: Specify SecretString or GenerateSecretString, not both.")
    return generate_secret_string(generate) if generate is not None else given


def _put_value(secret: dict[str, Any], value: str | None) -> None:
    """Makes a value the current one; a secret without value is legal, a removed property leaves the last."""
    if value is None:
        return
    for version in secret["Versions"].values():
        version["Stages"] = (
            ["AWSPREVIOUS"]
            if "AWSCURRENT" in version["Stages"]
            else [s for s in version["Stages"] if s != "AWSPREVIOUS"]
        )
    version = {"SecretString": value, "SecretBinary": None, "CreatedDate": int(time.time()), "Stages": ["AWSCURRENT"]}
    secret["Versions"][str(uuid.uuid4())] = version
