"""Users of a group as rules of the server's access control list."""

import hashlib
import re
from collections.abc import Sequence

from local_aws.errors import ServerError
from local_aws.redis.gate import iam_password
from local_aws.redis.spec import AclUser

# The connection that the local AWS itself uses; no user of a template may take the name.
OPERATOR = "local-aws-operator"
# How its own connections call themselves, so that they can be told from those of others under the same user.
MONITOR = "local-aws-monitor"

# ElastiCache User Guide, "Supported and restricted commands"; FAILOVER besides, which would change roles unseen.
RESTRICTED = (
    "acl|deluser",
    "acl|load",
    "acl|save",
    "acl|setuser",
    "bgrewriteaof",
    "bgsave",
    "cluster|addslots",
    "cluster|addslotsrange",
    "cluster|bumpepoch",
    "cluster|delslots",
    "cluster|delslotsrange",
    "cluster|failover",
    "cluster|flushslots",
    "cluster|forget",
    "cluster|links",
    "cluster|meet",
    "cluster|replicate",
    "cluster|reset",
    "cluster|saveconfig",
    "cluster|set-config-epoch",
    "cluster|setslot",
    "config",
    "debug",
    "failover",
    "migrate",
    "psync",
    "replicaof",
    "save",
    "shutdown",
    "slaveof",
    "sync",
)
DENIED = tuple(f"-{command}" for command in RESTRICTED)
EVERYTHING = ("~*", "&*", "+@all")


def digest(password: str) -> str:
    """The form in which the server stores a password; the clear text goes nowhere."""
    return "#" + hashlib.sha256(password.encode()).hexdigest()


def acl_rules(
    users: Sequence[AclUser], operator_password: str, auth_tokens: Sequence[str] = ()
) -> dict[str, tuple[str, ...]]:
    """Every user of a server with the complete rules of each, in the words of ACL SETUSER."""
    if users and auth_tokens:
        raise ServerError("A group has users or a token, not both.")
    names = [user.name for user in users]
    if OPERATOR in names:
        raise ServerError(f"The user name {OPERATOR} is taken by the local AWS.")
    if len(set(names)) < len(names):
        raise ServerError(f"Two users of one group have the same name: {', '.join(sorted(names))}.")
    rules = {user.name: _user_rules(user, operator_password) for user in users}
    login = [digest(token) for token in auth_tokens] or ["nopass"]
    # A server adds a default user that may do everything unless the list says otherwise.
    rules.setdefault("default", ("off",) if users else ("on", *login, *EVERYTHING, *DENIED))
    return {**rules, OPERATOR: ("on", digest(operator_password), *EVERYTHING)}


def acl_file(rules: dict[str, tuple[str, ...]]) -> str:
    """The rules as a file that a server reads at its start, before the first client can connect."""
    return "".join(f"user {name} {' '.join(words)}\n" for name, words in rules.items())


def _user_rules(user: AclUser, operator_password: str) -> tuple[str, ...]:
    if not re.fullmatch(r"[^\s\x00]+", user.name):
        raise ServerError(f"Not a user name: {user.name!r}")
    passwords = (iam_password(user.name, operator_password),) if user.iam else user.passwords
    secrets = ("nopass",) if user.no_password else tuple(digest(password) for password in passwords)
    words = [_deny_in_selector(word) for word in _words(user)]
    return (*secrets, *words, *DENIED)


def _words(user: AclUser) -> list[str]:
    """Words of the access string, a selector in parentheses being one of them."""
    words = re.findall(r"\([^()]*\)|\S+", user.access_string)
    for word in words:
        # ElastiCache User Guide, Clusters.RBAC: an access string holds no passwords and no reset.
        if word[0] in "<>#!" or word.lower() in ("nopass", "reset", "resetpass"):
            raise ServerError(f"User {user.name}: the access string must not contain passwords or reset.")
    return words


def _deny_in_selector(word: str) -> str:
    """A selector grants by itself, so it must deny by itself."""
    return f"{word[:-1]} {' '.join(DENIED)})" if word.startswith("(") else word
