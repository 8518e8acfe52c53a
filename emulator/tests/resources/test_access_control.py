"""How clients of a deployed group log in, and how that is changed while it runs."""

from typing import Any

import pytest
import redis
from botocore.auth import SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from cache_templates import PASSWORD, cache, cache_template, changed
from local_aws_process import LocalAws, Outcome, Template, resource

FIRST, SECOND, THIRD = ("token-number-" + word for word in ("one-000000", "two-000000", "three-000"))


@pytest.fixture
def resources(request: pytest.FixtureRequest) -> Template:
    """A group of one node without access control, named after the test."""
    name = request.node.originalname.removeprefix("test_").replace("_", "-")[:20].strip("-")
    return cache(name, NumCacheClusters=1, AutomaticFailoverEnabled=False, UserGroupIds=None)


def deploy(local_aws: LocalAws, resources: Template, **properties: Any) -> Outcome:
    group_id = resources["Cache"]["Properties"]["ReplicationGroupId"]
    return local_aws.deploy(group_id, cache_template(changed(resources, "Cache", **properties)))


def succeed(local_aws: LocalAws, resources: Template, **properties: Any) -> Outcome:
    outcome = deploy(local_aws, resources, **properties)
    assert outcome.status in ("CREATE_COMPLETE", "UPDATE_COMPLETE"), outcome.failures
    return outcome


def end(local_aws: LocalAws, resources: Template) -> None:
    assert local_aws.delete(resources["Cache"]["Properties"]["ReplicationGroupId"]).status == "DELETE_COMPLETE"


def client(local_aws: LocalAws, outcome: Outcome, password: str | None = None, **options: Any) -> redis.Redis:
    return local_aws.redis(outcome.outputs["PrimaryAddress"], outcome.outputs["PrimaryPort"], None, password, **options)


def group(local_aws: LocalAws, resources: Template) -> dict[str, Any]:
    group_id = resources["Cache"]["Properties"]["ReplicationGroupId"]
    found = local_aws.client("elasticache").describe_replication_groups(ReplicationGroupId=group_id)
    described: dict[str, Any] = found["ReplicationGroups"][0]
    return described


def test_token_is_rotated(local_aws: LocalAws, resources: Template) -> None:
    outcome = succeed(local_aws, resources, AuthToken=FIRST)
    assert group(local_aws, resources)["AuthTokenEnabled"] is True
    connected = client(local_aws, outcome, FIRST)
    connected.set("kept", "yes")
    with pytest.raises(redis.exceptions.AuthenticationError):
        client(local_aws, outcome).get("kept")

    succeed(local_aws, resources, AuthToken=SECOND)
    assert [client(local_aws, outcome, token).get("kept") for token in (FIRST, SECOND)] == ["yes", "yes"]
    assert connected.get("kept") == "yes"

    succeed(local_aws, resources, AuthToken=THIRD)
    assert [client(local_aws, outcome, token).get("kept") for token in (SECOND, THIRD)] == ["yes", "yes"]
    with pytest.raises(redis.exceptions.AuthenticationError):
        client(local_aws, outcome, FIRST).get("kept")
    end(local_aws, resources)


def test_token_of_a_secret_is_not_kept_in_clear(local_aws: LocalAws, resources: Template) -> None:
    generated = {"GenerateStringKey": "password", "SecretStringTemplate": "{}", "ExcludePunctuation": True}
    resources["Secret"] = resource("SecretsManager::Secret", {"GenerateSecretString": generated})
    reference = {"Fn::Join": ["", ["{{resolve:secretsmanager:", {"Ref": "Secret"}, ":SecretString:password::}}"]]}
    outcome = succeed(local_aws, resources, AuthToken=reference)
    secrets, name = (
        local_aws.client("secretsmanager"),
        local_aws.resources(group(local_aws, resources)["ReplicationGroupId"]),
    )
    value = secrets.get_secret_value(SecretId=name["Secret"])["SecretString"]
    token = value.split('"')[3]
    assert client(local_aws, outcome, token).ping()
    body = local_aws.client("cloudformation").get_template(StackName=group(local_aws, resources)["ReplicationGroupId"])
    assert token not in str((outcome, group(local_aws, resources), body))
    end(local_aws, resources)


@pytest.mark.parametrize(("before", "after"), [(None, FIRST), (FIRST, None)])
def test_token_comes_or_goes(local_aws: LocalAws, resources: Template, before: str | None, after: str | None) -> None:
    """Only with a new group, which a group with a name of its own refuses."""
    outcome = succeed(local_aws, resources, AuthToken=before)
    client(local_aws, outcome, before).set("kept", "yes")
    refused = deploy(local_aws, resources, AuthToken=after)
    assert refused.status == "UPDATE_ROLLBACK_COMPLETE"
    assert "custom-named resource requires replacing" in refused.failures["Cache"]
    assert client(local_aws, outcome, before).get("kept") == "yes"
    end(local_aws, resources)


def test_iam_users_log_in_with_signed_tokens(local_aws: LocalAws, resources: Template) -> None:
    """Beside users with passwords; the id of such a user is its name."""
    iam = {"UserId": "signer", "UserName": "signer", "Engine": "redis", "AccessString": "on ~sess:* +get +set +ping"}
    resources["Signer"] = resource("ElastiCache::User", {**iam, "AuthenticationMode": {"Type": "iam"}})
    resources["Users"]["Properties"]["UserIds"].append({"Ref": "Signer"})
    outcome = succeed(local_aws, resources, UserGroupIds=[{"Ref": "Users"}])
    users = local_aws.client("elasticache").describe_users(UserId="signer")["Users"]
    assert users[0]["Authentication"] == {"Type": "iam", "PasswordCount": 0}

    primary = outcome.outputs["PrimaryAddress"], outcome.outputs["PrimaryPort"]
    cache_id = group(local_aws, resources)["ReplicationGroupId"]
    signed = local_aws.redis(*primary, "signer", token("signer", cache_id, local_aws.secret_key))
    assert signed.set("sess:signed", "yes")
    assert local_aws.redis(*primary, "app", PASSWORD).get("sess:signed") == "yes"
    for refused in (
        "no-token-at-all",
        token("signer", cache_id, "another key"),
        token("app", cache_id, local_aws.secret_key),
    ):
        with pytest.raises(redis.exceptions.AuthenticationError):
            local_aws.redis(*primary, "signer", refused).ping()
    end(local_aws, resources)


def token(user: str, cache_id: str, secret_key: str) -> str:
    """As an application signs it."""
    request = AWSRequest("GET", f"https://{cache_id}/", params={"Action": "connect", "User": user})
    SigV4QueryAuth(Credentials("000000000042", secret_key), "elasticache", "us-east-1", 900).add_auth(request)
    return request.url.removeprefix("https://")


def test_user_group_comes_and_goes(local_aws: LocalAws, resources: Template) -> None:
    outcome = succeed(local_aws, resources)
    client(local_aws, outcome).set("sess:kept", "yes")

    attached = succeed(local_aws, resources, UserGroupIds=[{"Ref": "Users"}])
    assert attached.outputs == outcome.outputs
    with pytest.raises(redis.exceptions.AuthenticationError):
        client(local_aws, outcome).get("sess:kept")
    primary = outcome.outputs["PrimaryAddress"], outcome.outputs["PrimaryPort"]
    assert local_aws.redis(*primary, "app", PASSWORD).get("sess:kept") == "yes"
    refused = deploy(local_aws, resources, UserGroupIds=[{"Ref": "Users"}], TransitEncryptionEnabled=False)
    assert "User groups require encryption in transit" in refused.failures["Cache"]

    succeed(local_aws, resources)
    assert client(local_aws, outcome).get("sess:kept") == "yes"
    end(local_aws, resources)


def test_encryption_in_transit_is_turned_on_in_two_steps(local_aws: LocalAws, resources: Template) -> None:
    off = {"TransitEncryptionEnabled": False}
    preferred = {"TransitEncryptionEnabled": True, "TransitEncryptionMode": "preferred"}
    required = {"TransitEncryptionEnabled": True, "TransitEncryptionMode": "required"}
    outcome = succeed(local_aws, resources, **off)
    client(local_aws, outcome, tls=False).set("kept", "yes")
    refused = deploy(local_aws, resources, **required)
    assert "set TransitEncryptionMode to preferred first" in refused.failures["Cache"]

    outcome = succeed(local_aws, resources, **preferred)
    assert group(local_aws, resources)["TransitEncryptionMode"] == "preferred"
    assert [client(local_aws, outcome, tls=tls).get("kept") for tls in (False, True)] == ["yes", "yes"]

    outcome = succeed(local_aws, resources, **required)
    assert client(local_aws, outcome).get("kept") == "yes"
    with pytest.raises(redis.exceptions.ConnectionError):
        client(local_aws, outcome, tls=False).ping()
    for step in (off, preferred):
        refused = deploy(local_aws, resources, **step)
        assert "is required, which cannot be undone" in refused.failures["Cache"]
    assert client(local_aws, outcome).get("kept") == "yes"
    end(local_aws, resources)
