"""Tokens signed by botocore, as an application signs them, before the verifier."""

import pytest
from botocore.credentials import Credentials
from servers.signing import KEY, SECRET, token

from local_aws.iam_tokens import TokenVerifier

SIGNED = 1_700_000_000.0


def verifier(now: float = SIGNED) -> TokenVerifier:
    return TokenVerifier("us-east-1", {KEY: SECRET}.get, lambda: now)


@pytest.mark.parametrize("after", [-299, 0, 899])
@pytest.mark.parametrize("user", ["sessions-app", "name with /+ and ü"])
def test_a_token_lets_its_user_in_while_it_is_valid(after: int, user: str) -> None:
    assert verifier(SIGNED + after).verify("sessions", user, token(user, at=SIGNED)) is None


def test_a_token_of_temporary_credentials() -> None:
    temporary = Credentials(KEY, SECRET, "a session/token==")
    assert verifier().verify("sessions", "app", token("app", at=SIGNED, credentials=temporary)) is None


def test_the_name_of_the_cache_is_compared_without_case() -> None:
    assert verifier().verify("sessions", "app", token("app", "Sessions", at=SIGNED)) is None


@pytest.mark.parametrize(
    ("signing", "reason"),
    [
        ({"at": SIGNED - 901}, "the token has expired"),
        ({"at": SIGNED - 61, "seconds": 60}, "the token has expired"),
        ({"at": SIGNED + 301}, "the token is signed for a time to come"),
        ({"seconds": 901}, "a token is valid for at most 900 seconds"),
        ({"seconds": 0}, "a token is valid for at most 900 seconds"),
        ({"cache": "others"}, "the token is for another cache than sessions"),
        ({"action": "describe"}, "the token does not connect the user app"),
        ({"user": "other"}, "the token does not connect the user app"),
        ({"region": "eu-central-1"}, "the token is not signed for elasticache in us-east-1"),
        ({"service": "memorydb"}, "the token is not signed for elasticache in us-east-1"),
        ({"credentials": Credentials("111111111111", SECRET)}, "the access key of the token is unknown"),
        ({"credentials": Credentials(KEY, "another secret")}, "the signature does not match"),
    ],
)
def test_what_is_not_let_in(signing: dict[str, object], reason: str) -> None:
    assert verifier().verify("sessions", "app", token(**{"user": "app", "at": SIGNED, **signing})) == reason


def test_no_part_of_a_token_can_be_changed() -> None:
    signed = token("app", at=SIGNED)
    longer = signed.replace("X-Amz-Expires=900", "X-Amz-Expires=899")
    later = signed.replace("X-Amz-Date=20231114T221320Z", "X-Amz-Date=20231114T221321Z")
    for changed in (longer, later, f"{signed}0", f"{signed[:-1]}{'0' if signed[-1] != '0' else '1'}"):
        assert changed != signed
        assert verifier().verify("sessions", "app", changed) == "the signature does not match"
    assert verifier().verify("sessions", "app", f"{signed}&User=app") == "the token is no presigned request"


@pytest.mark.parametrize("text", ["", "a password", "sessions/?Action=connect&User=app", "[/?a=b", "sessions/?a"])
def test_what_is_no_token(text: str) -> None:
    assert verifier().verify("sessions", "app", text) == "the token is no presigned request"
