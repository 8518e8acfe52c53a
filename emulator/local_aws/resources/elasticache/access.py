"""AWS::ElastiCache::User and AWS::ElastiCache::UserGroup."""

import re

from local_aws.cloudformation.errors import ResourceError
from local_aws.cloudformation.registry import Attributes, Owner, Properties, Provisioned, ResourceType, names
from local_aws.resources.elasticache.store import Store, User, UserGroup
from local_aws.resources.values import boolean, tags

ENGINES = ("redis", "valkey")
_ID = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*")
# User Guide, Clusters.RBAC, and API PasswordListInput.
_PASSWORD = re.compile(r'[^,"/@\s]{16,128}')
_KINDS = {"password": "password", "no-password-required": "no-password", "iam": "iam"}


class UserType(ResourceType):
    """A user whose access string and passwords reach the servers, also when they change."""

    name = "AWS::ElastiCache::User"
    applied = names("AccessString AuthenticationMode NoPasswordRequired Passwords UserId UserName Engine")
    recorded = names("Tags")
    required = names("Engine UserId UserName")
    create_only = names("UserId UserName Engine")
    name_property = "UserId"

    def __init__(self, store: Store) -> None:
        self._store = store

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        user = _user(properties)
        if user.id in self._store.users:
            raise ResourceError(f"UserAlreadyExists: User {user.id} already exists.")
        self._store.users[user.id] = user
        return Provisioned(user.id, self._attributes(user.id))

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        affected = self._store.groups_with(*(group.id for group in self._groups_of(physical_id)))
        self._store.put_and_apply(self._store.users, physical_id, _user(new), affected)
        return self._attributes(physical_id)

    def delete(self, physical_id: str, properties: Properties) -> None:
        user = self._store.users.get(physical_id)
        if user is None:
            return
        groups = self._groups_of(physical_id)
        if groups:
            names = ", ".join(group.id for group in groups)
            raise ResourceError(f"InvalidUserState: User {physical_id} is associated with user groups {names}.")
        del self._store.users[physical_id]

    def _groups_of(self, user_id: str) -> list[UserGroup]:
        return [group for group in self._store.user_groups.values() if user_id in group.user_ids]

    def _attributes(self, user_id: str) -> Attributes:
        return {"Arn": self._store.arn("user", user_id), "Status": "active"}


class UserGroupType(ResourceType):
    """A set of users; a change reaches the servers of every replication group that has the group."""

    name = "AWS::ElastiCache::UserGroup"
    applied = names("Engine UserGroupId UserIds")
    recorded = names("Tags")
    required = names("Engine UserGroupId UserIds")
    create_only = names("UserGroupId Engine")
    name_property = "UserGroupId"

    def __init__(self, store: Store) -> None:
        self._store = store

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        group = self._group(properties)
        if group.id in self._store.user_groups:
            raise ResourceError(f"UserGroupAlreadyExists: User group {group.id} already exists.")
        self._store.user_groups[group.id] = group
        return Provisioned(group.id, self._attributes(group.id))

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        self._store.put_and_apply(
            self._store.user_groups, physical_id, self._group(new), self._store.groups_with(physical_id)
        )
        return self._attributes(physical_id)

    def delete(self, physical_id: str, properties: Properties) -> None:
        users = [group.id for group in self._store.groups_with(physical_id)]
        if users:
            raise ResourceError(
                f"InvalidUserGroupState: User group {physical_id} is associated with {', '.join(users)}."
            )
        self._store.user_groups.pop(physical_id, None)

    def _group(self, properties: Properties) -> UserGroup:
        """The record, checked as CreateUserGroup does."""
        group_id, engine, user_ids = _id(properties, "UserGroupId"), _engine(properties), properties["UserIds"]
        if len(set(user_ids)) != len(user_ids):
            raise ResourceError(
                f"InvalidParameterValue: User group {group_id} names a user twice: {', '.join(user_ids)}."
            )
        for user_id in user_ids:
            if user_id not in self._store.users:
                raise ResourceError(f"UserNotFound: User {user_id} not found.")
        users = [self._store.users[user_id] for user_id in user_ids]
        names = [user.name for user in users]
        if len(set(names)) != len(names):
            raise ResourceError(
                f"DuplicateUserName: User group {group_id} has two users of one name: {', '.join(names)}."
            )
        if engine == "redis":
            _check_redis_group(group_id, users)
        elif any(user.authentication == "no-password" for user in users):
            raise ResourceError(
                f"InvalidParameterCombination: Valkey user group {group_id} has a user without password."
            )
        return UserGroup(group_id, engine, tuple(user_ids), tags(properties))

    def _attributes(self, group_id: str) -> Attributes:
        return {"Arn": self._store.arn("usergroup", group_id), "Status": "active"}


def _check_redis_group(group_id: str, users: list[User]) -> None:
    if "default" not in [user.name for user in users]:
        raise ResourceError(f"DefaultUserRequired: User group {group_id} needs a user with the user name default.")
    foreign = [user.id for user in users if user.engine != "redis"]
    if foreign:
        raise ResourceError(
            f"InvalidParameterCombination: user group {group_id} has users of another engine: {', '.join(foreign)}."
        )


def _user(properties: Properties) -> User:
    """The record, checked as CreateUser does."""
    user_id, engine = _id(properties, "UserId"), _engine(properties)
    mode = properties.get("AuthenticationMode") or {}
    passwords = tuple(properties.get("Passwords") or mode.get("Passwords") or ())
    kind = mode.get("Type") or (
        "no-password-required" if boolean(properties, "NoPasswordRequired", False) else "password"
    )
    if kind not in _KINDS:
        raise ResourceError(
            f"InvalidParameterValue: User {user_id}: authentication type must be one of {', '.join(_KINDS)}."
        )
    if kind == "password" and not 1 <= len(passwords) <= 2:
        raise ResourceError(
            f"InvalidParameterCombination: User {user_id} must have one or two passwords, got {len(passwords)}."
        )
    if kind != "password" and passwords:
        raise ResourceError(
            f"InvalidParameterCombination: User {user_id} has passwords although its authentication is {kind}."
        )
    if not all(isinstance(password, str) and _PASSWORD.fullmatch(password) for password in passwords):
        raise ResourceError(
            f'InvalidParameterValue: User {user_id}: passwords have 16 to 128 characters without , " / @ or space.'
        )
    if kind == "iam" and user_id != properties["UserName"]:
        raise ResourceError(f"InvalidParameterValue: User {user_id}: an IAM user has the same user id and user name.")
    access_string = properties.get("AccessString") or "off -@all"
    return User(user_id, properties["UserName"], engine, access_string, _KINDS[kind], passwords, tags(properties))


def _id(properties: Properties, name: str) -> str:
    value = str(properties[name])
    if not _ID.fullmatch(value):
        raise ResourceError(
            f"InvalidParameterValue: {name} begins with a letter and has letters, digits and hyphens only, got {value}"
        )
    return value.lower()


def _engine(properties: Properties) -> str:
    engine = str(properties["Engine"]).lower()
    if engine not in ENGINES:
        raise ResourceError(f"InvalidParameterValue: Engine must be redis or valkey, got {properties['Engine']}")
    return engine
