"""The API in each of its three protocols, and what it refuses."""

import json
import urllib.request
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, fromstring

import cbor2
import pytest
from botocore.exceptions import ClientError
from local_aws_process import LocalAws, template
from watching import alarm

SPACE = "{http://monitoring.amazonaws.com/doc/2010-08-01/}"
QUERY = {
    "Action": "GetMetricData",
    "StartTime": "2026-01-01T00:00:00Z",
    "EndTime": "2026-01-01T00:05:00Z",
    "ScanBy": "TimestampAscending",
    "MetricDataQueries.member.1.Id": "m",
    "MetricDataQueries.member.1.MetricStat.Metric.Namespace": "Api",
    "MetricDataQueries.member.1.MetricStat.Metric.MetricName": "size",
    "MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Name": "Node",
    "MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Value": "one",
    "MetricDataQueries.member.1.MetricStat.Period": "60",
    "MetricDataQueries.member.1.MetricStat.Stat": "Sum",
    "MetricDataQueries.member.1.ReturnData": "false",
    "MetricDataQueries.member.2.Id": "double",
    "MetricDataQueries.member.2.Expression": "2 * m",
}
START = datetime(2026, 1, 1, tzinfo=UTC)
SHAPE = {
    "StartTime": START,
    "EndTime": START + timedelta(minutes=5),
    "ScanBy": "TimestampAscending",
    "MetricDataQueries": [
        {
            "Id": "m",
            "MetricStat": {
                "Metric": {
                    "Namespace": "Api",
                    "MetricName": "size",
                    "Dimensions": [{"Name": "Node", "Value": "one"}],
                },
                "Period": 60,
                "Stat": "Sum",
            },
            "ReturnData": False,
        },
        {"Id": "double", "Expression": "2 * m"},
    ],
}
MOMENTS = [START + timedelta(minutes=minute) for minute in (1, 3)]


@pytest.fixture(scope="module", autouse=True)
def samples(local_aws: LocalAws) -> None:
    """Two in the second minute, one in the fourth, and one of another dimension."""
    client = local_aws.client("cloudwatch")
    for node, minute, value in (("one", 1.2, 3.0), ("one", 1.8, 4.0), ("one", 3.0, 5.0), ("two", 1.0, 100.0)):
        datum = {"MetricName": "size", "Dimensions": [{"Name": "Node", "Value": node}], "Value": value, "Unit": "Bytes"}
        client.put_metric_data(Namespace="Api", MetricData=[{**datum, "Timestamp": START + timedelta(minutes=minute)}])


def call(local_aws: LocalAws, body: bytes, path: str = "/", **headers: str) -> tuple[int, dict[str, str], bytes]:
    sent = {
        "Authorization": "AWS4-HMAC-SHA256 Credential=000000000042/20260101/us-east-1/monitoring/aws4_request",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    request = urllib.request.Request(local_aws.announcement["endpoint"] + path, body, sent)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def query(local_aws: LocalAws, fields: dict[str, str]) -> tuple[int, Element]:
    status, _, body = call(local_aws, urlencode(fields).encode(), Content_Type="application/x-www-form-urlencoded")
    return status, fromstring(body)


def texts(root: Element, name: str) -> list[str | None]:
    return [element.text for element in root.iter(SPACE + name)]


def test_query_protocol(local_aws: LocalAws) -> None:
    status, root = query(local_aws, QUERY)
    assert status == 200
    assert texts(root, "Id") == ["double"]
    members = [list(parent) for name in ("Timestamps", "Values") for parent in root.iter(SPACE + name)]
    assert [[member.text for member in group] for group in members] == [
        ["2026-01-01T00:01:00.000Z", "2026-01-01T00:03:00.000Z"],
        ["14.0", "10.0"],
    ]
    status, root = query(local_aws, {"Action": "GetDashboard", "DashboardName": "none"})
    assert (status, texts(root, "Code")) == (404, ["ResourceNotFound"])


def test_json_protocol(local_aws: LocalAws) -> None:
    shape = {**SHAPE, "StartTime": START.timestamp(), "EndTime": START.timestamp() + 300}
    target = "GraniteServiceVersion20100801."
    status, _, body = call(local_aws, json.dumps(shape).encode(), X_Amz_Target=f"{target}GetMetricData")
    (result,) = json.loads(body)["MetricDataResults"]
    assert (status, result["Values"]) == (200, [14, 10])
    assert result["Timestamps"] == [moment.timestamp() for moment in MOMENTS]
    wrong = json.dumps({"DashboardName": "none"}).encode()
    status, headers, body = call(local_aws, wrong, X_Amz_Target=f"{target}GetDashboard")
    assert (status, json.loads(body)["__type"]) == (404, "ResourceNotFound")
    assert headers["x-amzn-query-error"] == "ResourceNotFound;Sender"


def test_cbor_protocol(local_aws: LocalAws) -> None:
    path = "/service/GraniteServiceVersion20100801/operation/"
    headers = {"Smithy_Protocol": "rpc-v2-cbor", "Content_Type": "application/cbor"}
    body = cbor2.dumps(SHAPE, datetime_as_timestamp=True)
    status, told, body = call(local_aws, body, f"{path}GetMetricData", **headers)
    (result,) = cbor2.loads(body)["MetricDataResults"]
    assert (status, result["Values"], result["Timestamps"]) == (200, [14, 10], MOMENTS)
    assert told["smithy-protocol"] == "rpc-v2-cbor"
    wrong = cbor2.dumps({"DashboardName": "none"})
    status, _, body = call(local_aws, wrong, f"{path}GetDashboard", **headers)
    assert (status, cbor2.loads(body)["__type"]) == (404, "ResourceNotFound")


def test_statistics(local_aws: LocalAws) -> None:
    client = local_aws.client("cloudwatch")
    asked: dict[str, Any] = {
        "Namespace": "Api",
        "MetricName": "size",
        "Dimensions": [{"Name": "Node", "Value": "one"}],
        "StartTime": START,
        "EndTime": START + timedelta(minutes=5),
        "Statistics": ["Average", "Sum", "Minimum", "Maximum", "SampleCount"],
    }
    points = client.get_metric_statistics(**asked, Period=300)["Datapoints"]
    assert points == [
        {
            "Timestamp": START,
            "Unit": "Bytes",
            "Average": 4.0,
            "Sum": 12.0,
            "Minimum": 3.0,
            "Maximum": 5.0,
            "SampleCount": 3.0,
        }
    ]
    assert len(client.get_metric_statistics(**asked, Period=60)["Datapoints"]) == 2
    assert client.get_metric_statistics(**asked, Period=60, Unit="Seconds")["Datapoints"] == []
    assert client.get_metric_statistics(**{**asked, "Dimensions": []}, Period=60)["Datapoints"] == []


def test_metrics_are_listed_by_their_dimensions(local_aws: LocalAws) -> None:
    client = local_aws.client("cloudwatch")
    every = client.list_metrics(Namespace="Api", MetricName="size", Dimensions=[{"Name": "Node"}])["Metrics"]
    assert [metric["Dimensions"][0]["Value"] for metric in every] == ["one", "two"]
    one = client.list_metrics(Namespace="Api", Dimensions=[{"Name": "Node", "Value": "two"}])["Metrics"]
    assert one == [{"Namespace": "Api", "MetricName": "size", "Dimensions": [{"Name": "Node", "Value": "two"}]}]
    assert client.list_metrics(Namespace="Api", Dimensions=[{"Name": "Other"}])["Metrics"] == []


def test_alarms_for_a_metric_and_pages(local_aws: LocalAws) -> None:
    names = [f"paged-{number}" for number in range(5)]
    resources = {f"Alarm{number}": alarm(name, MetricName="paged") for number, name in enumerate(names)}
    assert local_aws.deploy("paged", template(resources)).status == "CREATE_COMPLETE"
    client = local_aws.client("cloudwatch")
    found = client.describe_alarms_for_metric(Namespace="Test", MetricName="paged")["MetricAlarms"]
    assert [told["AlarmName"] for told in found] == names
    pages = client.get_paginator("describe_alarms").paginate(AlarmNamePrefix="paged-", PaginationConfig={"PageSize": 2})
    assert [[told["AlarmName"] for told in page["MetricAlarms"]] for page in pages] == [
        names[:2],
        names[2:4],
        names[4:],
    ]
    assert local_aws.delete("paged").status == "DELETE_COMPLETE"


def test_values_and_counts(local_aws: LocalAws) -> None:
    client = local_aws.client("cloudwatch")
    datum = {"MetricName": "many", "Values": [1.0, 5.0], "Counts": [3.0, 1.0], "Timestamp": START}
    client.put_metric_data(Namespace="Api", MetricData=[datum])
    (point,) = client.get_metric_statistics(
        Namespace="Api",
        MetricName="many",
        StartTime=START,
        EndTime=START + timedelta(minutes=1),
        Period=60,
        Statistics=["Sum", "SampleCount"],
    )["Datapoints"]
    assert (point["Sum"], point["SampleCount"]) == (8.0, 4.0)


def test_refusals(local_aws: LocalAws) -> None:
    client = local_aws.client("cloudwatch")
    with pytest.raises(ClientError, match="deploy alarms and dashboards with CloudFormation"):
        client.delete_alarms(AlarmNames=["x"])
    with pytest.raises(ClientError, match="There is no alarm nobody"):
        client.set_alarm_state(AlarmName="nobody", StateValue="OK", StateReason="")
    values = {"SampleCount": 1, "Sum": 1, "Minimum": 1, "Maximum": 1}
    with pytest.raises(ClientError, match="StatisticValues are not taken by the local AWS"):
        client.put_metric_data(Namespace="Api", MetricData=[{"MetricName": "x", "StatisticValues": values}])
    with pytest.raises(ClientError, match="The request uses SEARCH, which this local AWS does not evaluate"):
        client.get_metric_data(
            StartTime=START,
            EndTime=START + timedelta(minutes=1),
            MetricDataQueries=[{"Id": "e", "Expression": "SEARCH('{A,B} x', 'Sum', 60)"}],
        )
    with pytest.raises(ClientError, match="From StartTime to EndTime there are 0 periods"):
        client.get_metric_data(StartTime=START, EndTime=START, MetricDataQueries=SHAPE["MetricDataQueries"])
