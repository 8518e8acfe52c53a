"""Sends what an alarm has to say to its SNS topics, in the words of CloudWatch."""

import json
from collections.abc import Iterable
from typing import Any

from ministack.core.responses import request_scope
from ministack.services import sns

from local_aws.cloudwatch.alarm_evaluation import State
from local_aws.cloudwatch.alarms import ACTIONS, Alarm
from local_aws.cloudwatch.composite_rules import Rule
from local_aws.cloudwatch.moments import with_offset

Shape = dict[str, Any]
# Messages call a region by its name in the console.
_REGIONS = {"us-east-1": "US East (N. Virginia)"}


class TopicMessenger:
    """Publishes to topics of this account and region."""

    def __init__(self, account: str, region: str) -> None:
        self._account = account
        self._region = region

    def send(self, alarm: Alarm, former: State, moment: float, children: Iterable[Alarm], topic: str) -> str | None:
        """Why it failed, or None."""
        place = _REGIONS.get(self._region, self._region)
        message = {
            "AlarmName": alarm.name,
            "AlarmDescription": alarm.told.get("AlarmDescription"),
            "AWSAccountId": self._account,
            "AlarmConfigurationUpdatedTimestamp": with_offset(alarm.configured),
            "NewStateValue": alarm.state,
            "NewStateReason": alarm.reason,
            "StateChangeTime": with_offset(moment),
            "Region": place,
            "AlarmArn": alarm.arn,
            "OldStateValue": former,
            **{kind: alarm.told.get(kind, []) for kind in ACTIONS.values()},
            **(_composite(alarm, children) if isinstance(alarm.decides, Rule) else {"Trigger": _trigger(alarm.told)}),
        }
        subject = f'{alarm.state}: "{alarm.name}" in {place}'
        with request_scope(self._account, self._region):
            try:
                # SNS takes a hundred characters.
                done = sns.publish_internal(topic, json.dumps(message), subject[:100])
            except sns.SnsPublishError as error:
                return str(error)
        return None if done else "Resource does not exist"


def _composite(alarm: Alarm, children: Iterable[Alarm]) -> Shape:
    states = [{"Arn": child.arn, "State": _state(child)} for child in children if child.state == alarm.state]
    return {"AlarmRule": alarm.told["AlarmRule"], "TriggeringChildren": states}


def _state(child: Alarm) -> Shape:
    return {"Value": child.state, "Timestamp": with_offset(child.updated)}


def _trigger(told: Shape) -> Shape:
    watched: Shape
    if "Metrics" in told:
        watched = {"Metrics": [_query(entry) for entry in told["Metrics"]]}
    else:
        watched = {
            **_metric(told),
            "Period": told["Period"],
            "Statistic": told["Statistic"].upper(),
            "StatisticType": "Statistic",
            "Unit": told.get("Unit"),
        }
    names = ("ComparisonOperator", "DatapointsToAlarm", "EvaluationPeriods", "Threshold", "TreatMissingData")
    return {**watched, **{name: told[name] for name in names}, "EvaluateLowSampleCountPercentile": ""}


def _query(entry: Shape) -> Shape:
    stat = entry.get("MetricStat")
    return {**entry, "MetricStat": {**stat, "Metric": _metric(stat["Metric"])}} if stat else entry


def _metric(shape: Shape) -> Shape:
    dimensions = [{"name": each["Name"], "value": each["Value"]} for each in shape.get("Dimensions") or []]
    return {"Dimensions": dimensions, "MetricName": shape["MetricName"], "Namespace": shape["Namespace"]}
