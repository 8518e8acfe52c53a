"""Users as rules of the access control list."""

import pytest

from local_aws.errors import ServerError
from local_aws.redis.access import DENIED, OPERATOR, acl_file, acl_rules
from local_aws.redis.spec import AclUser

# printf 'correct horse battery' | sha256sum
PASSWORD, HASH = "correct horse battery", "#9028ea0d15decaa35b2da21c0290af3b1a5ba0a30a591906f89b5074e209ea72"
EVERYTHING = ("~*", "&*", "+@all")


def test_without_users_everybody_may_do_what_elasticache_allows() -> None:
    assert acl_rules((), "secret")["default"] == ("on", "nopass", *EVERYTHING, *DENIED)


def test_with_users_the_default_user_is_off_unless_it_is_one_of_them() -> None:
    app = AclUser("app", "on ~* +get", (PASSWORD,))
    assert acl_rules((app,), "secret")["default"] == ("off",)
    locked = AclUser("default", "on ~nothing -@all", no_password=True)
    assert acl_rules((app, locked), "secret")["default"] == ("nopass", "on", "~nothing", "-@all", *DENIED)


def test_passwords_are_hashed_and_not_shown() -> None:
    user = AclUser("app", "on ~sess:* +get", (PASSWORD, "another password"))
    rules = acl_rules((user,), "secret")
    assert rules["app"][0] == HASH
    assert [word[0] for word in rules["app"][:2]] == ["#", "#"]
    for text in (acl_file(rules), repr(user)):
        assert PASSWORD not in text
        assert "another password" not in text
        assert "secret" not in text


def test_a_selector_denies_by_itself() -> None:
    rules = acl_rules((AclUser("app", "on +get ~a:* (+@all ~b:*)", no_password=True),), "secret")
    assert rules["app"][:4] == ("nopass", "on", "+get", "~a:*")
    assert rules["app"][4] == f"(+@all ~b:* {' '.join(DENIED)})"


@pytest.mark.parametrize("word", [">secret", "#abc", "<secret", "nopass", "reset", "RESETPASS"])
def test_words_that_an_access_string_must_not_hold(word: str) -> None:
    with pytest.raises(ServerError, match="User app: the access string must not contain passwords or reset"):
        acl_rules((AclUser("app", f"on ~* {word}"),), "secret")


def test_names() -> None:
    with pytest.raises(ServerError, match=f"The user name {OPERATOR} is taken by the local AWS"):
        acl_rules((AclUser(OPERATOR, "on"),), "secret")
    with pytest.raises(ServerError, match="Two users of one group have the same name: app, app"):
        acl_rules((AclUser("app", "on"), AclUser("app", "off")), "secret")
    with pytest.raises(ServerError, match="Not a user name: 'a b'"):
        acl_rules((AclUser("a b", "on"),), "secret")
