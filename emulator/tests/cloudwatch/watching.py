"""Reads metrics and alarms as a client does, and waits for what metric time brings."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from local_aws_process import LocalAws, Template, resource

_PATIENCE = 12.0


def eventually(look: Callable[[], Any], expected: Any = True, patience: float = _PATIENCE) -> None:
    """Look until it is as expected."""
    deadline = time.monotonic() + patience
    while (seen := look()) != expected:
        assert time.monotonic() < deadline, f"{seen} is not {expected}"
        time.sleep(0.05)


def values(local_aws: LocalAws, name: str, *, statistic: str = "Sum", **dimensions: str) -> list[float]:
    """All values of a metric of ElastiCache, oldest first."""
    return [minute[0] for minute in together(local_aws, name, statistic=statistic, **dimensions)]


def together(local_aws: LocalAws, *names: str, statistic: str = "Sum", **dimensions: str) -> list[tuple[float, ...]]:
    """The values of metrics of ElastiCache in every minute that has all of them, oldest first."""
    metric = {
        "Namespace": "AWS/ElastiCache",
        "Dimensions": [{"Name": key, "Value": value} for key, value in dimensions.items()],
    }
    stats = [{"Metric": {**metric, "MetricName": name}, "Period": 60, "Stat": statistic} for name in names]
    now = datetime.now(UTC)
    results = local_aws.client("cloudwatch").get_metric_data(
        StartTime=now - timedelta(hours=1),
        # Metric time runs ahead.
        EndTime=now + timedelta(days=1),
        MetricDataQueries=[{"Id": f"m{number}", "MetricStat": stat} for number, stat in enumerate(stats)],
    )["MetricDataResults"]
    by_minute = [dict(zip(result["Timestamps"], result["Values"], strict=True)) for result in results]
    minutes = sorted(set(by_minute[0]).intersection(*by_minute))
    return [tuple(found[minute] for found in by_minute) for minute in minutes]


def alarm(name: str, **properties: Any) -> Template:
    """An alarm on the metric that has its name, above 10 in one minute; None takes a property out."""
    wanted = {
        "AlarmName": name,
        "Namespace": "Test",
        "MetricName": name,
        "Statistic": "Maximum",
        "Period": 60,
        "EvaluationPeriods": 1,
        "Threshold": 10,
        "ComparisonOperator": "GreaterThanThreshold",
        **properties,
    }
    return resource("CloudWatch::Alarm", {key: value for key, value in wanted.items() if value is not None})


def on_math(name: str, expression: str, **properties: Any) -> Template:
    """An alarm on an expression over the metrics a and b of the namespace that has its name."""
    simple = dict.fromkeys(("Namespace", "MetricName", "Statistic", "Period"))
    stats = [{"Metric": {"Namespace": name, "MetricName": metric}, "Period": 60, "Stat": "Sum"} for metric in "ab"]
    queries = [
        {"Id": metric, "MetricStat": stat, "ReturnData": False} for metric, stat in zip("ab", stats, strict=True)
    ]
    return alarm(name, **simple, Metrics=[*queries, {"Id": "result", "Expression": expression}], **properties)


ALARM_TYPES = ["MetricAlarm", "CompositeAlarm"]


def described(local_aws: LocalAws, name: str) -> dict[str, Any]:
    """As DescribeAlarms tells of it."""
    told = local_aws.client("cloudwatch").describe_alarms(AlarmNames=[name], AlarmTypes=ALARM_TYPES)
    (found,) = [*told["MetricAlarms"], *told["CompositeAlarms"]]
    return dict(found)


def state(local_aws: LocalAws, name: str) -> str:
    return str(described(local_aws, name)["StateValue"])


def put(local_aws: LocalAws, namespace: str, unit: str = "None", **metrics: float) -> None:
    """One value of each metric, at this moment of metric time."""
    data = [{"MetricName": name, "Value": value, "Unit": unit} for name, value in metrics.items()]
    local_aws.client("cloudwatch").put_metric_data(Namespace=namespace, MetricData=data)


class Mailbox:
    """A queue that hears what is said to a topic."""

    def __init__(self, local_aws: LocalAws, topic: str, name: str) -> None:
        self._sqs = local_aws.client("sqs")
        self._url = self._sqs.create_queue(QueueName=name)["QueueUrl"]
        attributes = self._sqs.get_queue_attributes(QueueUrl=self._url, AttributeNames=["QueueArn"])["Attributes"]
        local_aws.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=attributes["QueueArn"])

    def next(self) -> dict[str, Any]:
        """The subject and the message of the next notification."""
        deadline = time.monotonic() + _PATIENCE
        while not (messages := self._receive(1)):
            assert time.monotonic() < deadline, "nothing was sent"
            time.sleep(0.05)
        return messages[0]

    def all(self) -> list[dict[str, Any]]:
        """All that is there by now."""
        found: list[dict[str, Any]] = []
        while messages := self._receive(10):
            found += messages
        return found

    def is_empty(self) -> bool:
        return "Messages" not in self._sqs.receive_message(QueueUrl=self._url)

    def _receive(self, most: int) -> list[dict[str, Any]]:
        messages = self._sqs.receive_message(QueueUrl=self._url, MaxNumberOfMessages=most).get("Messages", [])
        for message in messages:
            self._sqs.delete_message(QueueUrl=self._url, ReceiptHandle=message["ReceiptHandle"])
        envelopes = [json.loads(message["Body"]) for message in messages]
        return [{"Subject": envelope["Subject"], **json.loads(envelope["Message"])} for envelope in envelopes]
