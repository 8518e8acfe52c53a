"""Replication groups deployed, changed, rolled back and deleted, and then the servers themselves asked."""

import contextlib
import json
import time
from collections.abc import Iterator

import pytest
import redis
from cache_templates import PASSWORD, cache, cache_template, changed, user
from local_aws_process import LocalAws, Outcome, Template, get_att, resource, template


@pytest.fixture(scope="module")
def resources() -> Template:
    return cache("life")


@pytest.fixture(scope="module")
def deployed(local_aws: LocalAws, resources: Template) -> Iterator[Outcome]:
    outcome = local_aws.deploy("life", cache_template(resources))
    assert outcome.status == "CREATE_COMPLETE", outcome.failures
    yield outcome
    assert local_aws.delete("life").status == "DELETE_COMPLETE"
    groups = local_aws.client("elasticache").describe_replication_groups()["ReplicationGroups"]
    assert "life" not in [group["ReplicationGroupId"] for group in groups]


def update(local_aws: LocalAws, resources: Template) -> Outcome:
    return local_aws.deploy("life", cache_template(resources))


def app(local_aws: LocalAws, outcome: Outcome, password: str = PASSWORD) -> redis.Redis:
    return local_aws.redis(outcome.outputs["PrimaryAddress"], outcome.outputs["PrimaryPort"], "app", password)


def test_user_and_parameters_of_the_template_are_those_of_the_servers(local_aws: LocalAws, deployed: Outcome) -> None:
    client = app(local_aws, deployed)
    assert client.execute_command("ACL", "WHOAMI") == "app"
    assert client.set("sess:1", "kept")
    with pytest.raises(redis.exceptions.NoPermissionError):
        client.set("other:1", "no")
    with pytest.raises(redis.exceptions.AuthenticationError):
        app(local_aws, deployed, "wrong-password-0123456789").ping()
    reader = local_aws.redis(deployed.outputs["ReaderAddress"], deployed.outputs["ReaderPort"], "app", PASSWORD)
    with pytest.raises(redis.exceptions.ReadOnlyError):
        reader.set("sess:2", "no")
    for node in ("life-001", "life-002"):
        assert local_aws.operator("life", node).config_get("maxmemory-policy") == {"maxmemory-policy": "volatile-ttl"}


def test_replica_is_added_and_removed_with_the_data_kept(
    local_aws: LocalAws, deployed: Outcome, resources: Template
) -> None:
    app(local_aws, deployed).set("sess:replica", "kept")
    grown = update(local_aws, changed(resources, "Cache", NumCacheClusters=3))
    assert grown.status == "UPDATE_COMPLETE", grown.failures
    assert grown.outputs == deployed.outputs
    assert local_aws.operator("life", "life-003").get("sess:replica") == "kept"
    groups = local_aws.client("elasticache").describe_replication_groups(ReplicationGroupId="life")
    assert groups["ReplicationGroups"][0]["MemberClusters"] == ["life-001", "life-002", "life-003"]
    assert update(local_aws, resources).status == "UPDATE_COMPLETE"
    assert app(local_aws, deployed).get("sess:replica") == "kept"


def test_parameter_change_reaches_the_running_servers(
    local_aws: LocalAws, deployed: Outcome, resources: Template
) -> None:
    app(local_aws, deployed).set("sess:parameter", "kept")
    pid = local_aws.operator("life", "life-001").info("server")["process_id"]
    wanted = changed(resources, "Parameters", Properties={"maxmemory-policy": "allkeys-lru"})
    assert update(local_aws, wanted).status == "UPDATE_COMPLETE"
    operator = local_aws.operator("life", "life-001")
    assert operator.config_get("maxmemory-policy") == {"maxmemory-policy": "allkeys-lru"}
    assert operator.info("server")["process_id"] == pid
    assert app(local_aws, deployed).get("sess:parameter") == "kept"
    assert update(local_aws, resources).status == "UPDATE_COMPLETE"


def test_refused_parameter_rolls_the_whole_update_back(
    local_aws: LocalAws, deployed: Outcome, resources: Template
) -> None:
    app(local_aws, deployed).set("sess:rollback", "kept")
    wanted = changed(resources, "App", AccessString="on ~* +@all")
    wanted = changed(wanted, "Parameters", Properties={"maxmemory-policy": "no-such-policy"})
    wanted["Parameters"]["DependsOn"] = ["Users"]
    outcome = update(local_aws, wanted)
    assert outcome.status == "UPDATE_ROLLBACK_COMPLETE"
    assert "no-such-policy" in outcome.failures["Parameters"] or "maxmemory-policy" in outcome.failures["Parameters"]
    assert ("App", "UPDATE_COMPLETE") in outcome.events
    client = app(local_aws, deployed)
    assert client.get("sess:rollback") == "kept"
    with pytest.raises(redis.exceptions.NoPermissionError):
        client.set("other:1", "no")
    assert local_aws.operator("life", "life-001").config_get("maxmemory-policy") == {"maxmemory-policy": "volatile-ttl"}
    # Afterwards updates go on.
    second = update(local_aws, changed(resources, "Parameters", Properties={"maxmemory-policy": "noeviction"}))
    assert second.status == "UPDATE_COMPLETE"
    assert update(local_aws, resources).status == "UPDATE_COMPLETE"


def test_password_changes_while_a_client_is_connected(
    local_aws: LocalAws, deployed: Outcome, resources: Template
) -> None:
    connected, password = app(local_aws, deployed), "second-password-0123456789"
    connected.ping()
    mode = {"Type": "password", "Passwords": [password]}
    assert update(local_aws, changed(resources, "App", AuthenticationMode=mode)).status == "UPDATE_COMPLETE"
    assert connected.ping()
    assert app(local_aws, deployed, password).ping()
    with pytest.raises(redis.exceptions.AuthenticationError):
        app(local_aws, deployed).ping()
    assert update(local_aws, resources).status == "UPDATE_COMPLETE"


def test_user_group_change_reaches_the_running_servers(
    local_aws: LocalAws, deployed: Outcome, resources: Template
) -> None:
    wanted = changed(resources, "Users", UserIds=[{"Ref": "Default"}, {"Ref": "App"}, {"Ref": "Other"}])
    wanted["Other"] = user("life-other", "other", "on ~other:* +get", "other-password-0123456789")
    assert update(local_aws, wanted).status == "UPDATE_COMPLETE"
    primary = deployed.outputs["PrimaryAddress"], deployed.outputs["PrimaryPort"]
    other = local_aws.redis(*primary, "other", "other-password-0123456789")
    assert other.get("other:1") is None
    removed = update(local_aws, resources)
    assert removed.status == "UPDATE_COMPLETE"
    with pytest.raises(redis.exceptions.AuthenticationError):
        local_aws.redis(*primary, "other", "other-password-0123456789").get("other:1")


def test_replacement_of_a_named_group_is_refused(local_aws: LocalAws, deployed: Outcome, resources: Template) -> None:
    app(local_aws, deployed).set("sess:named", "kept")
    outcome = update(local_aws, changed(resources, "Cache", Port=6390))
    assert outcome.status == "UPDATE_ROLLBACK_COMPLETE"
    assert "Rename life and update the stack again." in outcome.failures["Cache"]
    assert app(local_aws, deployed).get("sess:named") == "kept"


def test_loss_of_the_primary(local_aws: LocalAws, deployed: Outcome) -> None:
    app(local_aws, deployed).set("sess:failover", "kept")
    elasticache = local_aws.client("elasticache")

    def roles() -> dict[str, str]:
        groups = elasticache.describe_replication_groups(ReplicationGroupId="life")["ReplicationGroups"]
        return {m["CacheClusterId"]: m["CurrentRole"] for m in groups[0]["NodeGroups"][0]["NodeGroupMembers"]}

    before = roles()
    primary = next(node for node, role in before.items() if role == "primary")
    with pytest.raises(redis.exceptions.ConnectionError):
        local_aws.operator("life", primary).execute_command("SHUTDOWN", "NOSAVE")

    def value() -> str | None:
        """As a client that connects again until somebody answers."""
        with contextlib.suppress(redis.exceptions.ConnectionError):
            return str(app(local_aws, deployed).get("sess:failover"))
        return None

    deadline = time.monotonic() + 10
    while (roles()[primary], value()) != ("replica", "kept") and time.monotonic() < deadline:
        time.sleep(0.05)
    assert (roles()[primary], value()) == ("replica", "kept")


def test_configuration_end_point_does_not_exist(local_aws: LocalAws) -> None:
    resources = cache("configuration")
    topic = resource("SNS::Topic", {"DisplayName": get_att("Cache", "ConfigurationEndPoint.Address")})
    outcome = local_aws.deploy("configuration", template({**resources, "Topic": topic}))
    assert outcome.status == "ROLLBACK_COMPLETE"
    assert "does not support attribute ConfigurationEndPoint.Address" in outcome.failures["Topic"]
    users = local_aws.client("elasticache").describe_users()["Users"]
    assert not [user for user in users if user["UserId"].startswith("configuration")]


def test_unnamed_group_is_replaced_and_snapshot_kept(local_aws: LocalAws) -> None:
    resources = cache("unnamed", ReplicationGroupId=None)
    resources["Cache"].update(UpdateReplacePolicy="Snapshot", DeletionPolicy="Snapshot")
    first = local_aws.deploy("unnamed", cache_template(resources))
    assert first.status == "CREATE_COMPLETE", first.failures
    group_id = local_aws.resources("unnamed")["Cache"]
    second = local_aws.deploy("unnamed", cache_template(changed(resources, "Cache", Port=6390)))
    assert second.status == "UPDATE_COMPLETE", second.failures
    assert second.outputs["PrimaryPort"] == "6390"
    elasticache = local_aws.client("elasticache")
    snapshots = elasticache.describe_snapshots(ReplicationGroupId=group_id)["Snapshots"]
    assert [(s["SnapshotStatus"], s["Port"], s["Engine"]) for s in snapshots] == [("available", 6379, "redis")]
    with pytest.raises(redis.exceptions.ConnectionError):
        app(local_aws, first).ping()
    assert local_aws.delete("unnamed").status == "DELETE_COMPLETE"
    assert len(elasticache.describe_snapshots()["Snapshots"]) == 2


def test_retained_group_lives_on(local_aws: LocalAws) -> None:
    resources = cache("retained")
    for definition in resources.values():
        definition["DeletionPolicy"] = "Retain"
    outcome = local_aws.deploy("retained", cache_template(resources))
    app(local_aws, outcome).set("sess:1", "kept")
    assert local_aws.delete("retained").status == "DELETE_COMPLETE"
    assert app(local_aws, outcome).get("sess:1") == "kept"


def test_the_api_answers_while_servers_start(local_aws: LocalAws) -> None:
    client, slowest = local_aws.client("cloudformation"), 0.0
    body = json.dumps(template(cache("busy", NumCacheClusters=4)))
    client.create_stack(StackName="busy", TemplateBody=body)
    status = "CREATE_IN_PROGRESS"
    while status == "CREATE_IN_PROGRESS":
        began = time.monotonic()
        status = client.describe_stacks(StackName="busy")["Stacks"][0]["StackStatus"]
        slowest = max(slowest, time.monotonic() - began)
    assert status == "CREATE_COMPLETE"
    assert slowest < 1
    assert local_aws.delete("busy").status == "DELETE_COMPLETE"
