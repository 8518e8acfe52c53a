"""Alarms of CloudWatch, evaluated as the service does; MiniStack's own type knows no metric math."""

import re
from typing import Any

from local_aws.cloudformation.errors import ResourceError
from local_aws.cloudformation.registry import (
    NOT_MODELLED,
    Attributes,
    Owner,
    Properties,
    Provisioned,
    ResourceType,
    names,
    refusing,
)
from local_aws.cloudwatch.alarm_evaluation import COMPARISONS, MISSING_DATA, Condition
from local_aws.cloudwatch.alarms import ACTIONS, Alarm, Alarms, Watch
from local_aws.cloudwatch.composite_rules import Rule, RuleError
from local_aws.cloudwatch.metrics import KEPT_SECONDS
from local_aws.cloudwatch.monitoring import Monitoring
from local_aws.cloudwatch.queries import Queries, QueryError
from local_aws.resources.values import boolean, integer, tags

# CloudWatch API reference, PutMetricAlarm; User Guide, "CloudWatch service quotas".
MOST_ACTIONS = 5
MOST_METRICS = 10
MOST_QUERIES = 20
LONGEST_NAME = 255
_SIMPLE = ("Dimensions", "MetricName", "Namespace", "Period", "Statistic", "Unit")


class _AlarmType(ResourceType):
    """What both kinds of alarm have in common."""

    create_only = names("AlarmName")
    name_property = "AlarmName"

    def __init__(self, monitoring: Monitoring) -> None:
        self._monitoring = monitoring
        self._alarms: Alarms = monitoring.alarms

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        name = str(properties.get("AlarmName") or owner.physical_name(LONGEST_NAME))
        if len(name) > LONGEST_NAME:
            raise ResourceError(f"ValidationError: The alarm name {name} has more than {LONGEST_NAME} characters")
        if self._alarms.find(name):
            raise ResourceError(f"{name} already exists")
        return Provisioned(name, self.update(name, {}, properties))

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        told = {kind: _topics(physical_id, new, kind) for kind in ACTIONS.values()}
        told |= {"AlarmDescription": str(new["AlarmDescription"])} if "AlarmDescription" in new else {}
        specific, decides = self._decides(physical_id, new)
        alarm = Alarm(
            physical_id,
            self._monitoring.alarm_arn(physical_id),
            {**told, **specific},
            decides,
            self._monitoring.clock.now(),
            tags(new),
            boolean(new, "ActionsEnabled", True),
        )
        self._alarms.put(alarm)
        return {"Arn": alarm.arn}

    def delete(self, physical_id: str, properties: Properties) -> None:
        self._alarms.remove(physical_id)

    def _decides(self, name: str, properties: Properties) -> tuple[dict[str, Any], Watch | Rule]:
        """What the API tells of it besides what all alarms have, and what decides its state."""
        raise NotImplementedError


class AlarmType(_AlarmType):
    """An alarm on a metric or on metric math."""

    name = "AWS::CloudWatch::Alarm"
    applied = names(
        "ActionsEnabled AlarmActions AlarmDescription AlarmName ComparisonOperator DatapointsToAlarm Dimensions "
        "EvaluationPeriods InsufficientDataActions MetricName Metrics Namespace OKActions Period Statistic Threshold "
        "TreatMissingData Unit"
    )
    recorded = names("Tags")
    refused = (
        refusing(NOT_MODELLED, "ActionConfiguration EvaluationWindow WarmUpConfiguration")
        | refusing("percentiles are not calculated here", "EvaluateLowSampleCountPercentile ExtendedStatistic")
        | refusing("there is no anomaly detection here", "ThresholdMetricId")
        | refusing("there is no PromQL here", "EvaluationCriteria EvaluationInterval")
    )

    def _decides(self, name: str, properties: Properties) -> tuple[dict[str, Any], Watch]:
        for key in ("ComparisonOperator", "EvaluationPeriods", "Threshold"):
            if key not in properties:
                raise _fault(name, f"has no {key}")
        condition = _condition(name, properties)
        try:
            told, queries, result = _metrics(properties) if "Metrics" in properties else _simple(name, properties)
            period = queries.period()
        except QueryError as error:
            raise _fault(name, str(error)) from error
        # CloudWatch User Guide, "Common features of CloudWatch alarms": the longest time that it looks back.
        if period * condition.evaluation_periods > (86400 if period < 3600 else 7 * 86400):
            raise _fault(name, "looks back further than CloudWatch allows")
        if period * condition.range > KEPT_SECONDS:
            raise _fault(
                name, f"looks back further than the {KEPT_SECONDS // 3600} hours for which metrics are kept here"
            )
        told |= {
            "ComparisonOperator": condition.comparison,
            "DatapointsToAlarm": condition.datapoints_to_alarm,
            "EvaluationPeriods": condition.evaluation_periods,
            "Threshold": condition.threshold,
            "TreatMissingData": condition.missing,
        }
        return told, Watch(queries, result, period, condition)


class CompositeAlarmType(_AlarmType):
    """An alarm on other alarms."""

    name = "AWS::CloudWatch::CompositeAlarm"
    applied = names(
        "ActionsEnabled AlarmActions AlarmDescription AlarmName AlarmRule InsufficientDataActions OKActions"
    )
    recorded = names("Tags")
    refused = refusing(
        NOT_MODELLED,
        "ActionConfiguration ActionsSuppressor ActionsSuppressorExtensionPeriod ActionsSuppressorWaitPeriod",
    )
    required = names("AlarmRule")

    def _decides(self, name: str, properties: Properties) -> tuple[dict[str, Any], Rule]:
        text = str(properties["AlarmRule"])
        try:
            rule = Rule(text)
        except RuleError as error:
            raise ResourceError(f"ValidationError: {error} (alarm {name})") from error
        unknown = [child for child in rule.children if child != name and not self._alarms.find(child)]
        if unknown:
            raise ResourceError(
                f"ValidationError: AlarmRule of {name} names alarms that do not exist: {', '.join(unknown)}"
            )
        if self._alarms.reaches(rule, name):
            raise ResourceError(f"ValidationError: AlarmRule of {name} depends on the alarm itself")
        return {"AlarmRule": text}, rule


def _condition(name: str, properties: Properties) -> Condition:
    comparison, missing = properties["ComparisonOperator"], properties.get("TreatMissingData", "missing")
    if comparison not in COMPARISONS:
        raise _fault(name, f"uses {comparison}, which this local AWS does not evaluate")
    if missing not in MISSING_DATA:
        raise _fault(name, f"treats missing data as {missing}, which is none of {', '.join(MISSING_DATA)}")
    periods = integer(properties, "EvaluationPeriods", 1, 1)
    datapoints = integer(properties, "DatapointsToAlarm", periods, 1, periods)
    text = str(properties["Threshold"])
    if not re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", text):
        raise _fault(name, f"has no number as its threshold: {text}")
    return Condition(comparison, float(text), periods, datapoints, missing)


def _simple(name: str, properties: Properties) -> tuple[dict[str, Any], Queries, str]:
    for key in ("MetricName", "Namespace", "Period", "Statistic"):
        if key not in properties:
            raise _fault(name, f"has no {key}")
    stat = {"Metric": properties, "Stat": properties["Statistic"], "Period": properties["Period"]}
    queries = Queries([{"Id": "metric", "MetricStat": {**stat, "Unit": properties.get("Unit")}}])
    told = {key: properties[key] for key in _SIMPLE if key in properties}
    return {**told, "Period": queries.period()}, queries, "metric"


def _metrics(properties: Properties) -> tuple[dict[str, Any], Queries, str]:
    if besides := [key for key in _SIMPLE if key in properties]:
        raise QueryError(f"has {', '.join(besides)} besides Metrics")
    entries = [_query(entry) for entry in properties["Metrics"]]
    queries = Queries(entries)
    if len(queries.stats) > MOST_METRICS or len(entries) > MOST_QUERIES:
        raise QueryError(f"has {len(queries.stats)} metrics, of which {MOST_METRICS} are allowed")
    results = [entry["Id"] for entry in entries if entry["ReturnData"]]
    if len(results) != 1:
        raise QueryError(f"has {len(results)} queries that return data, of which one is needed")
    return {"Metrics": entries}, queries, results[0]


def _query(entry: dict[str, Any]) -> dict[str, Any]:
    """Numbers and booleans also come as text."""
    query = {**entry, "ReturnData": boolean(entry, "ReturnData", True)}
    if "Period" in entry:
        query["Period"] = integer(entry, "Period", 0, 1)
    if "MetricStat" in entry:
        stat = entry["MetricStat"]
        query["MetricStat"] = {**stat, "Period": integer(stat, "Period", 0, 1)}
    return query


def _topics(name: str, properties: Properties, kind: str) -> list[str]:
    actions = [str(arn) for arn in properties.get(kind) or []]
    if len(actions) > MOST_ACTIONS:
        raise _fault(name, f"has {len(actions)} {kind}, of which {MOST_ACTIONS} are allowed")
    for arn in actions:
        if not arn.startswith("arn:aws:sns:"):
            raise _fault(name, f"has the action {arn}: this local AWS sends to SNS topics only")
    return actions


def _fault(name: str, what: str) -> ResourceError:
    return ResourceError(f"ValidationError: The alarm {name} {what}")
