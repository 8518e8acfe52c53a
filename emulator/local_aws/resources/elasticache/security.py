"""Who may reach a replication group and how: encryption in transit, user groups, and the AUTH token."""

import re
from typing import Literal

from local_aws.cloudformation.errors import ResourceError
from local_aws.cloudformation.registry import Properties
from local_aws.resources.elasticache.store import Store
from local_aws.resources.elasticache.versions import IAM_USERS, at_least
from local_aws.resources.values import boolean

# API reference, CreateReplicationGroup and ModifyReplicationGroup, AuthToken: a change is more liberal.
_NEW_TOKEN = re.compile(r"[A-Za-z0-9!&#$^<>-]{16,128}")
_CHANGED_TOKEN = re.compile(r'[^/"@%\x00-\x20\x7f-\U0010ffff]{16,128}')


def transit_encryption(engine: str, properties: Properties) -> tuple[bool, Literal["required", "preferred"]]:
    """Whether connections are encrypted, and whether plain ones are taken beside."""
    if engine == "valkey" and "TransitEncryptionEnabled" not in properties:
        raise ResourceError("InvalidParameterCombination: TransitEncryptionEnabled must be given for engine valkey.")
    enabled, mode = boolean(properties, "TransitEncryptionEnabled", False), properties.get("TransitEncryptionMode")
    if mode is not None and not enabled:
        raise ResourceError(
            "InvalidParameterCombination: To modify transit encryption mode, set encryption-in-transit as enabled."
        )
    if mode in (None, "required"):
        return enabled, "required"
    if mode != "preferred":
        raise ResourceError(f"InvalidParameterValue: TransitEncryptionMode is preferred or required, got {mode}.")
    if properties.get("UserGroupIds") or "AuthToken" in properties:
        raise ResourceError(
            "InvalidParameterCombination: Transit encryption preferred is not supported with redis access control."
        )
    return enabled, "preferred"


def check_user_groups(store: Store, engine: str, version: str, properties: Properties) -> None:
    """One user group that fits the engine, over encrypted connections only."""
    ids = properties.get("UserGroupIds") or []
    if ids and not boolean(properties, "TransitEncryptionEnabled", False):
        raise ResourceError("InvalidParameterCombination: User groups require encryption in transit.")
    if len(ids) > 1:
        raise ResourceError(f"InvalidParameterValue: A replication group has one user group, got {', '.join(ids)}.")
    for group_id in ids:
        if group_id not in store.user_groups:
            raise ResourceError(f"UserGroupNotFound: User group {group_id} not found.")
        group = store.user_groups[group_id]
        if group.engine == "valkey" and engine == "redis":
            raise ResourceError(
                f"InvalidParameterCombination: Valkey user group {group_id} does not attach to engine redis."
            )
        iam = [user_id for user_id in group.user_ids if store.users[user_id].authentication == "iam"]
        if iam and not at_least(engine, version, IAM_USERS):
            raise ResourceError(
                f"InvalidParameterCombination: IAM authentication of {', '.join(iam)} is not supported for "
                f"{engine} {version}."
            )


def tokens(properties: Properties, former: tuple[str, ...]) -> tuple[str, ...]:
    """The tokens that are valid, the newest last: CloudFormation rotates, so that the one before stays valid."""
    token = properties.get("AuthToken")
    if token is None:
        return ()
    if properties.get("UserGroupIds"):
        raise ResourceError("InvalidParameterCombination: AuthToken and UserGroupIds exclude each other.")
    if not boolean(properties, "TransitEncryptionEnabled", False):
        raise ResourceError("InvalidParameterCombination: AuthToken requires encryption in transit.")
    grammar = _CHANGED_TOKEN if former else _NEW_TOKEN
    if not isinstance(token, str) or not grammar.fullmatch(token):
        raise ResourceError("InvalidParameterValue: Invalid AuthToken provided.")
    return former if token == (former or ("",))[-1] else (*former[-1:], token)
