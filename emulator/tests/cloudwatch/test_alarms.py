"""Alarms of a template as the service has them: evaluated by metric time, told by the API, heard at a topic."""

import json
from typing import Any

from local_aws_process import LocalAws, get_att, ref, resource, template
from watching import ALARM_TYPES, Mailbox, alarm, described, eventually, on_math, put, state

TOPIC = {"Topic": resource("SNS::Topic")}
ALL_ACTIONS = {kind: [ref("Topic")] for kind in ("AlarmActions", "OKActions", "InsufficientDataActions")}


def composite(name: str, rule: str, *after: str, **properties: Any) -> dict[str, Any]:
    return resource("CloudWatch::CompositeAlarm", {"AlarmName": name, "AlarmRule": rule, **properties}, DependsOn=after)


def history(local_aws: LocalAws, name: str, kind: str) -> list[dict[str, Any]]:
    client = local_aws.client("cloudwatch")
    items = client.describe_alarm_history(
        AlarmName=name, HistoryItemType=kind, AlarmTypes=ALARM_TYPES, ScanBy="TimestampAscending"
    )
    return list(items["AlarmHistoryItems"])


def states(local_aws: LocalAws, name: str) -> list[str]:
    """Every state that it changed to."""
    items = history(local_aws, name, "StateUpdate")
    return [json.loads(item["HistoryData"])["newState"]["stateValue"] for item in items]


def test_an_alarm_goes_to_alarm_and_back_and_says_so(local_aws: LocalAws) -> None:
    pages = alarm("pages", AlarmDescription="call somebody", TreatMissingData="notBreaching", **ALL_ACTIONS)
    outcome = local_aws.deploy("pages", template({**TOPIC, "Alarm": pages}, {"Arn": get_att("Alarm", "Arn")}))
    assert outcome.status == "CREATE_COMPLETE"
    assert outcome.outputs["Arn"] == "arn:aws:cloudwatch:us-east-1:000000000042:alarm:pages"
    assert local_aws.resources("pages")["Alarm"] == "pages"
    mailbox = Mailbox(local_aws, local_aws.resources("pages")["Topic"], "pages")

    put(local_aws, "Test", pages=11)
    message = mailbox.next()
    while message["NewStateValue"] != "ALARM":
        message = mailbox.next()
    assert message["Subject"] == 'ALARM: "pages" in US East (N. Virginia)'
    assert message["AlarmName"] == "pages"
    assert message["AlarmDescription"] == "call somebody"
    assert message["AlarmArn"] == outcome.outputs["Arn"]
    assert message["AWSAccountId"] == "000000000042"
    assert message["OldStateValue"] in ("OK", "INSUFFICIENT_DATA")
    assert message["NewStateReason"].startswith("Threshold Crossed: 1 out of the last 1 datapoint [11.0] was greater")
    assert message["Trigger"] == {
        "MetricName": "pages",
        "Namespace": "Test",
        "StatisticType": "Statistic",
        "Statistic": "MAXIMUM",
        "Unit": None,
        "Dimensions": [],
        "Period": 60,
        "EvaluationPeriods": 1,
        "DatapointsToAlarm": 1,
        "ComparisonOperator": "GreaterThanThreshold",
        "Threshold": 10.0,
        "TreatMissingData": "notBreaching",
        "EvaluateLowSampleCountPercentile": "",
    }
    message = mailbox.next()
    assert (message["OldStateValue"], message["NewStateValue"]) == ("ALARM", "OK")
    eventually(lambda: state(local_aws, "pages"), "OK")
    assert states(local_aws, "pages")[-2:] == ["ALARM", "OK"]
    assert {item["HistorySummary"] for item in history(local_aws, "pages", "Action")} == {
        f"Successfully executed action {local_aws.resources('pages')['Topic']}"
    }
    assert local_aws.delete("pages").status == "DELETE_COMPLETE"
    assert local_aws.client("cloudwatch").describe_alarms(AlarmNames=["pages"])["MetricAlarms"] == []


def test_an_action_without_its_topic_fails_in_the_history(local_aws: LocalAws) -> None:
    gone = "arn:aws:sns:us-east-1:000000000042:no-such-topic"
    outcome = local_aws.deploy("unheard", template({"Alarm": alarm("unheard", AlarmActions=[gone])}))
    assert outcome.status == "CREATE_COMPLETE"
    put(local_aws, "Test", unheard=11)
    eventually(
        lambda: [item["HistorySummary"] for item in history(local_aws, "unheard", "Action")],
        [f"Failed to execute action {gone}. Received error: Resource does not exist"],
    )


def test_m_of_n_statistic_period_and_unit(local_aws: LocalAws) -> None:
    resources = {
        "Sum": alarm("summed", MetricName="load", Statistic="Sum", Period="300", Threshold="25"),
        "Average": alarm("averaged", MetricName="load", Statistic="Average", Period=300, Threshold=11),
        "Count": alarm("counted", MetricName="load", Statistic="SampleCount", Period=300, Threshold=2),
        "Seconds": alarm("in-seconds", MetricName="load", Unit="Seconds"),
        "Bytes": alarm("in-bytes", MetricName="load", Unit="Bytes"),
        "Below": alarm(
            "below", MetricName="load", Statistic="Minimum", Threshold=9, ComparisonOperator="LessThanThreshold"
        ),
        "Two": alarm("two-of-three", MetricName="load", EvaluationPeriods=3, DatapointsToAlarm=2),
    }
    assert local_aws.deploy("numbers", template(resources)).status == "CREATE_COMPLETE"
    for value in (8, 9, 11):
        put(local_aws, "Test", "Bytes", load=value)
    for name in ("summed", "counted", "in-bytes", "below", "two-of-three"):
        eventually(lambda name=name: "ALARM" in states(local_aws, name))
    assert states(local_aws, "averaged")[0] == "OK"
    assert states(local_aws, "in-seconds") == []
    assert described(local_aws, "summed")["Period"] == 300
    assert described(local_aws, "summed")["Threshold"] == 25.0
    # Its one data point was an alarm when it had grown old: the last row of the service's table.
    eventually(lambda: state(local_aws, "two-of-three"), "INSUFFICIENT_DATA")


def test_metric_math_and_composite_alarms(local_aws: LocalAws) -> None:
    whole = composite("whole", 'ALARM(share) AND NOT ALARM("quiet")', "Share", "Quiet", AlarmActions=[ref("Topic")])
    resources = {
        **TOPIC,
        "Share": on_math("share", "IF(a + b > 10, 100 * a / (a + b), 0)", Threshold=50),
        "Quiet": on_math("quiet", "SUM(METRICS())", ComparisonOperator="LessThanThreshold", Threshold=1),
        "Whole": whole,
        "Above": composite("above", "ALARM(whole)", "Whole"),
    }
    assert local_aws.deploy("math", template(resources)).status == "CREATE_COMPLETE"
    assert state(local_aws, "whole") == "OK"
    mailbox = Mailbox(local_aws, local_aws.resources("math")["Topic"], "math")
    assert "CompositeAlarms" not in local_aws.client("cloudwatch").describe_alarms(AlarmNames=["whole"])
    told = described(local_aws, "share")
    assert [query["Id"] for query in told["Metrics"]] == ["a", "b", "result"]
    assert told["Metrics"][0]["MetricStat"]["Metric"]["Namespace"] == "share"
    assert [query["ReturnData"] for query in told["Metrics"]] == [False, False, True]
    assert "MetricName" not in told
    assert described(local_aws, "whole")["AlarmRule"] == 'ALARM(share) AND NOT ALARM("quiet")'

    put(local_aws, "share", a=9, b=3)
    message = mailbox.next()
    assert message["NewStateValue"] == "ALARM"
    assert message["AlarmRule"] == 'ALARM(share) AND NOT ALARM("quiet")'
    assert [child["Arn"].rpartition(":")[2] for child in message["TriggeringChildren"]] == ["share"]
    assert "Trigger" not in message
    eventually(lambda: states(local_aws, "above")[1:], ["ALARM", "OK"])
    assert states(local_aws, "whole") == ["OK", "ALARM", "OK"]
    assert local_aws.delete("math").status == "DELETE_COMPLETE"


def test_state_is_set_by_hand_and_actions_are_switched_off(local_aws: LocalAws) -> None:
    resources = {**TOPIC, "Alarm": alarm("by-hand", TreatMissingData="ignore", AlarmActions=[ref("Topic")])}
    assert local_aws.deploy("by-hand", template(resources)).status == "CREATE_COMPLETE"
    mailbox = Mailbox(local_aws, local_aws.resources("by-hand")["Topic"], "by-hand")
    client = local_aws.client("cloudwatch")
    client.disable_alarm_actions(AlarmNames=["by-hand"])
    client.set_alarm_state(AlarmName="by-hand", StateValue="ALARM", StateReason="a test")
    told = described(local_aws, "by-hand")
    assert (told["StateValue"], told["StateReason"], told["ActionsEnabled"]) == ("ALARM", "a test", False)
    assert mailbox.is_empty()
    client.enable_alarm_actions(AlarmNames=["by-hand"])
    client.set_alarm_state(AlarmName="by-hand", StateValue="OK", StateReason="a test")
    assert mailbox.is_empty()
    client.set_alarm_state(AlarmName="by-hand", StateValue="ALARM", StateReason="again")
    assert mailbox.next()["NewStateReason"] == "again"
    assert [told["AlarmName"] for told in client.describe_alarms(StateValue="ALARM")["MetricAlarms"]].count("by-hand")


def test_an_update_keeps_the_state_and_another_name_replaces(local_aws: LocalAws) -> None:
    tags = [{"Key": "team", "Value": "cache"}]
    before = alarm("kept", TreatMissingData="ignore", Tags=tags)
    assert local_aws.deploy("kept", template({"Alarm": before})).status == "CREATE_COMPLETE"
    client = local_aws.client("cloudwatch")
    client.set_alarm_state(AlarmName="kept", StateValue="ALARM", StateReason="a test")
    after = alarm("kept", TreatMissingData="ignore", Threshold=20, ActionsEnabled=False, Tags=tags)
    assert local_aws.deploy("kept", template({"Alarm": after})).status == "UPDATE_COMPLETE"
    told = described(local_aws, "kept")
    assert (told["StateValue"], told["StateReason"], told["Threshold"]) == ("ALARM", "a test", 20.0)
    assert told["ActionsEnabled"] is False
    assert client.list_tags_for_resource(ResourceARN=told["AlarmArn"])["Tags"] == tags
    renamed = alarm("renamed", MetricName="kept")
    assert local_aws.deploy("kept", template({"Alarm": renamed})).status == "UPDATE_COMPLETE"
    assert [a["AlarmName"] for a in client.describe_alarms(AlarmNames=["kept", "renamed"])["MetricAlarms"]] == [
        "renamed"
    ]
    refused = alarm("renamed", Threshold="many")
    assert local_aws.deploy("kept", template({"Alarm": refused})).status == "UPDATE_ROLLBACK_COMPLETE"
    assert described(local_aws, "renamed")["Threshold"] == 10.0


def test_dashboard(local_aws: LocalAws) -> None:
    body = json.dumps({"widgets": [{"type": "text", "properties": {"markdown": "<caches> & more"}}]})
    board = resource("CloudWatch::Dashboard", {"DashboardName": "caches", "DashboardBody": body})
    assert local_aws.deploy("board", template({"Board": board})).status == "CREATE_COMPLETE"
    client = local_aws.client("cloudwatch")
    assert client.get_dashboard(DashboardName="caches")["DashboardBody"] == body
    entries = client.list_dashboards(DashboardNamePrefix="cac")["DashboardEntries"]
    assert [(entry["DashboardName"], entry["Size"]) for entry in entries] == [("caches", len(body))]
    assert client.list_dashboards(DashboardNamePrefix="x")["DashboardEntries"] == []
