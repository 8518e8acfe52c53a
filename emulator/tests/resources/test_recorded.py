"""Properties without an effect on the servers here: checked, described, and changed in place where AWS does so."""

from typing import Any

from cache_templates import cache, cache_template, changed, cluster, cluster_template
from local_aws_process import LocalAws, Template, get_att, ref, resource


def described(local_aws: LocalAws, group_id: str) -> dict[str, Any]:
    found = local_aws.client("elasticache").describe_replication_groups(ReplicationGroupId=group_id)
    group: dict[str, Any] = found["ReplicationGroups"][0]
    return group


def stream() -> Template:
    destination = {"BucketARN": get_att("Bucket", "Arn"), "RoleARN": "arn:aws:iam::000000000042:role/delivery"}
    return resource("KinesisFirehose::DeliveryStream", {"ExtendedS3DestinationConfiguration": destination})


def test_logs_to_a_delivery_stream_and_a_log_group(local_aws: LocalAws) -> None:
    def delivery(kind: str, log_type: str, **details: Any) -> Template:
        return {"DestinationDetails": details, "DestinationType": kind, "LogFormat": "json", "LogType": log_type}

    logs = [
        delivery("kinesis-firehose", "slow-log", KinesisFirehoseDetails={"DeliveryStream": ref("Stream")}),
        delivery("cloudwatch-logs", "engine-log", CloudWatchLogsDetails={"LogGroup": ref("EngineLog")}),
    ]
    resources = {
        **cache("logs", LogDeliveryConfigurations=logs, SnapshottingClusterId="logs-002"),
        "Bucket": resource("S3::Bucket", {"BucketName": "delivered-logs"}),
        "Stream": stream(),
        "EngineLog": resource("Logs::LogGroup"),
    }
    outcome = local_aws.deploy("logs", cache_template(resources))
    assert outcome.status == "CREATE_COMPLETE", outcome.failures
    group, names = described(local_aws, "logs"), local_aws.resources("logs")
    assert group["SnapshottingClusterId"] == "logs-002"
    destinations = [log["DestinationDetails"] for log in group["LogDeliveryConfigurations"]]
    assert destinations == [
        {"KinesisFirehoseDetails": {"DeliveryStream": names["Stream"]}},
        {"CloudWatchLogsDetails": {"LogGroup": names["EngineLog"]}},
    ]
    streams = local_aws.client("firehose").list_delivery_streams()["DeliveryStreamNames"]
    assert names["Stream"] in streams

    twice = changed(resources, "Cache", LogDeliveryConfigurations=[logs[0], {**logs[1], "LogType": "slow-log"}])
    refused = local_aws.deploy("logs", cache_template(twice))
    assert "LogType is slow-log or engine-log, each once" in refused.failures["Cache"]
    assert local_aws.delete("logs").status == "DELETE_COMPLETE"


def test_durability_is_on_or_off_from_the_beginning(local_aws: LocalAws) -> None:
    properties = {
        "Engine": "valkey",
        "EngineVersion": "9.0",
        "CacheNodeType": "cache.r7g.large",
        "MultiAZEnabled": True,
        "AtRestEncryptionEnabled": True,
        "NumNodeGroups": 1,
        "Durability": "sync",
    }
    resources = changed(cluster("durable", **properties), "Parameters", CacheParameterGroupFamily="valkey9")
    body = cluster_template(resources)
    body["Outputs"]["Durability"] = {"Value": get_att("Cache", "EffectiveDurability")}
    created = local_aws.deploy("durable", body)
    assert created.status == "CREATE_COMPLETE", created.failures
    assert created.outputs["Durability"] == "sync"

    relaxed = local_aws.deploy("durable", cluster_template(changed(resources, "Cache", Durability="async")))
    assert relaxed.status == "UPDATE_COMPLETE", relaxed.failures
    group = described(local_aws, "durable")
    assert (group["Durability"], group["EffectiveDurability"]) == ("async", "async")

    off = local_aws.deploy("durable", cluster_template(changed(resources, "Cache", Durability="disabled")))
    assert "Durability is turned on or off at creation only: durable has async" in off.failures["Cache"]
    assert local_aws.delete("durable").status == "DELETE_COMPLETE"


def test_network_type_and_discovery(local_aws: LocalAws) -> None:
    resources = cache("network", NetworkType="dual_stack", IpDiscovery="ipv6")
    assert local_aws.deploy("network", cache_template(resources)).status == "CREATE_COMPLETE"
    group = described(local_aws, "network")
    assert (group["NetworkType"], group["IpDiscovery"]) == ("dual_stack", "ipv6")
    changed_back = local_aws.deploy("network", cache_template(changed(resources, "Cache", IpDiscovery="ipv4")))
    assert changed_back.status == "UPDATE_COMPLETE", changed_back.failures
    assert described(local_aws, "network")["IpDiscovery"] == "ipv4"
    refused = local_aws.deploy("network", cache_template(changed(resources, "Cache", NetworkType="ipv6")))
    assert "Rename network and update the stack again." in refused.failures["Cache"]
    assert local_aws.delete("network").status == "DELETE_COMPLETE"
