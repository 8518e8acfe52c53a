"""The stock cdk CLI and every combination of cluster mode, login, encryption and engine: who is let in, who is not."""

import itertools
from collections.abc import Callable

import pytest
import redis
from linked import Linked
from local_aws_process import LocalAws
from stock_cdk import Cdk

from local_aws.redis.parameters import RECORDED

pytestmark = pytest.mark.timeout(900)
ENGINES = ("redis", "valkey")
COMBINATIONS = list(
    itertools.product(
        ("disabled", "compatible", "enabled"),
        ("users", "iam", "token", "none"),
        ("required", "preferred", "off"),
        ENGINES,
    )
)
# Who logs in needs every connection encrypted.
LEGAL_LOGINS = {"required": ("users", "iam", "token", "none"), "preferred": ("none",), "off": ("none",)}
# Whether a client that wants TLS, and one that does not, is served.
SERVED = {"required": {True: True, False: False}, "preferred": {True: True, False: True}, "off": {False: True}}
LEGAL = [combination for combination in COMBINATIONS if combination[1] in LEGAL_LOGINS[combination[2]]]
FAMILIES = ("redis6-x", "redis7", "valkey7", "valkey8", "valkey9")


@pytest.fixture(scope="module")
def outputs(local_aws: LocalAws, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """Of both stacks, which end with their local AWS."""
    cdk = Cdk(local_aws, tmp_path_factory.mktemp("logins"), "logins.ts")
    cdk.bootstrap(local_aws.announcement["account"])
    return cdk.deploy("--all", "--concurrency", "2", seconds=600)


def group_of(*combination: str) -> str:
    return "-".join(combination)


def test_every_combination_is_deployed_or_refused_by_the_library(
    local_aws: LocalAws, outputs: dict[str, dict[str, str]]
) -> None:
    assert (len(LEGAL), len(COMBINATIONS)) == (36, 72)
    found = local_aws.client("elasticache").describe_replication_groups()["ReplicationGroups"]
    extremes = {f"{family}-{bound}" for family in FAMILIES for bound in ("lowest", "highest")}
    assert {group["ReplicationGroupId"] for group in found} == {group_of(*legal) for legal in LEGAL} | extremes
    refused = {name for engine in ENGINES for name in outputs[engine]["Refused"].split()}
    assert refused == {group_of(*combination) for combination in set(COMBINATIONS) - set(LEGAL)}
    assert {group["NetworkType"] for group in found} == {"ipv4", "ipv6", "dual_stack"}
    logs = [log for group in found for log in group["LogDeliveryConfigurations"]]
    assert {(log["LogType"], log["LogFormat"]) for log in logs} == set(
        itertools.product(("slow-log", "engine-log"), ("json", "text"))
    )


@pytest.mark.parametrize(("mode", "login", "tls", "engine"), LEGAL)
@pytest.mark.usefixtures("outputs")
def test_login(
    local_aws: LocalAws,
    record_property: Callable[[str, object], None],
    mode: str,
    login: str,
    tls: str,
    engine: str,
) -> None:
    name = group_of(mode, login, tls, engine)
    linked = link_of(local_aws, name)
    logged_in, refused = [], []
    for encrypted, served in SERVED[tls].items():
        wire = "TLS" if encrypted else "plain text"
        if not served:
            expect_refusal(linked, linked.login(), encrypted, redis.ConnectionError)
            refused.append(wire)
            continue
        write_and_read(linked.client(tls=encrypted))
        if mode == "compatible":
            write_and_read(linked.client(tls=encrypted, clustered=True, host=configuration_endpoint(local_aws, name)))
        logged_in.append(wire)
        if login != "none":
            expect_refusal(linked, {}, encrypted, redis.AuthenticationError)
            expect_refusal(linked, {**linked.login(), "password": "guessed"}, encrypted, redis.AuthenticationError)
            refused += [f"{wire} without login", f"{wire} with a wrong password"]
    record_property(
        "table", f"{mode} {login} {tls} {engine}: deployed, logged in: {', '.join(logged_in)}; "
        f"refused: {', '.join(refused) or 'nobody'}"
    )  # fmt: skip


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("bound", ["lowest", "highest"])
@pytest.mark.usefixtures("outputs")
def test_the_servers_take_every_parameter_at_its_bounds(local_aws: LocalAws, family: str, bound: str) -> None:
    name = f"{family}-{bound}"
    elasticache = local_aws.client("elasticache")
    cluster = elasticache.describe_cache_clusters(CacheClusterId=f"{name}-001")["CacheClusters"][0]
    group = cluster["CacheParameterGroup"]["CacheParameterGroupName"]
    parameters = elasticache.describe_cache_parameters(CacheParameterGroupName=group)["Parameters"]
    asked = {parameter["ParameterName"]: parameter["ParameterValue"] for parameter in parameters}
    assert len(asked) > 20
    with local_aws.operator(name, f"{name}-001") as operator:
        known = operator.config_get("*")
        # Letters come back in an order of the server's own.
        letters = asked.pop("notify-keyspace-events")
        assert set(known["notify-keyspace-events"]) <= set("A" + letters)
        applied = asked.keys() & known.keys() - RECORDED
        assert len(applied) > 10
        assert {key: known[key] for key in applied} == {key: asked[key] for key in applied}


def link_of(local_aws: LocalAws, name: str) -> Linked:
    """What the task's container is told."""
    task = local_aws.client("ecs").describe_task_definition(taskDefinition=name)["taskDefinition"]
    environment = task["containerDefinitions"][0]["environment"]
    return Linked(local_aws, {entry["name"]: entry["value"] for entry in environment})


def configuration_endpoint(local_aws: LocalAws, name: str) -> str:
    groups = local_aws.client("elasticache").describe_replication_groups(ReplicationGroupId=name)["ReplicationGroups"]
    address: str = groups[0]["ConfigurationEndpoint"]["Address"]
    return address


def write_and_read(client: redis.Redis | redis.RedisCluster) -> None:
    with client:
        values = {f"key:{number}": f"value {number}" for number in range(10)}
        for key, value in values.items():
            assert client.set(key, value)
        assert {key: client.get(key) for key in values} == values


def expect_refusal(linked: Linked, login: dict[str, str], encrypted: bool, error: type[Exception]) -> None:
    # A plain client, whose errors are those of the server.
    with linked.connect(login, tls=encrypted, clustered=False) as client, pytest.raises(error) as raised:
        client.ping()
    # Who is not let in is told so; redis-py has that for a kind of lost connection.
    assert isinstance(raised.value, redis.AuthenticationError) == (error is redis.AuthenticationError)
