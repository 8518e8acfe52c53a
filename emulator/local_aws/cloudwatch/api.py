"""The CloudWatch API over HTTP: metrics and alarms are ours, dashboards MiniStack's."""

from collections.abc import Callable, Iterable
from typing import Any

from ministack.services import cloudwatch

from local_aws.cloudwatch.alarms import ACTIONS, Alarm
from local_aws.cloudwatch.composite_rules import Rule
from local_aws.cloudwatch.metrics import STATISTICS, Metric, Sample
from local_aws.cloudwatch.moments import moment
from local_aws.cloudwatch.monitoring import Monitoring
from local_aws.cloudwatch.protocols import instant, protocol, truth
from local_aws.cloudwatch.queries import Queries, QueryError, dimensioned, period
from local_aws.query_protocol import ApiError, Response, Shape

_STATES = tuple(ACTIONS)
_MOST_POINTS = 100_800
# CloudWatch API reference, DescribeAlarms: composite alarms are left out even when they are asked for by name.
_TYPES_UNLESS_ASKED = ["MetricAlarm"]


class Api:
    """Answers requests about one CloudWatch."""

    def __init__(self, monitoring: Monitoring) -> None:
        self._monitoring = monitoring
        self._alarms = monitoring.alarms
        self._metrics = monitoring.metrics
        self._actions: dict[str, Callable[[Shape], Shape]] = {
            "DescribeAlarmHistory": self._describe_alarm_history,
            "DescribeAlarms": self._describe_alarms,
            "DescribeAlarmsForMetric": self._describe_alarms_for_metric,
            "DisableAlarmActions": lambda request: self._switch_actions(request, False),
            "EnableAlarmActions": lambda request: self._switch_actions(request, True),
            "GetDashboard": _get_dashboard,
            "GetMetricData": self._get_metric_data,
            "GetMetricStatistics": self._get_metric_statistics,
            "ListDashboards": _list_dashboards,
            "ListMetrics": self._list_metrics,
            "ListTagsForResource": self._list_tags,
            "PutMetricData": self._put_metric_data,
            "SetAlarmState": self._set_alarm_state,
        }

    async def handle(
        self, method: str, path: str, headers: dict[str, str], body: bytes, query: dict[str, Any]
    ) -> Response:
        """A request in the shape in which MiniStack hands it to a service."""
        spoken = protocol(headers)(path, headers, body)
        try:
            if spoken.action not in self._actions:
                reason = (
                    f"{spoken.action} is not offered by the local AWS: deploy alarms and dashboards with CloudFormation"
                )
                raise ApiError("InvalidAction", reason)
            return spoken.answer(self._actions[spoken.action](spoken.request))
        except QueryError as error:
            return spoken.error(ApiError("ValidationError", f"The request {error}"))
        except ApiError as error:
            return spoken.error(error)

    def _describe_alarms(self, request: Shape) -> Shape:
        kinds = request.get("AlarmTypes") or _TYPES_UNLESS_ASKED
        wanted, prefix = request.get("AlarmNames"), request.get("AlarmNamePrefix") or ""
        found = [
            alarm
            for alarm in sorted(self._alarms.all(), key=lambda alarm: alarm.name)
            if alarm.kind in kinds
            and (not wanted or alarm.name in wanted)
            and alarm.name.startswith(prefix)
            and request.get("StateValue", alarm.state) == alarm.state
            and _acts_on(alarm, request.get("ActionPrefix"))
        ]
        page, token = _page(found, request, "MaxRecords", 50)
        described = {f"{kind}s": [_described(a) for a in page if a.kind == kind] for kind in kinds}
        return {**described, "NextToken": token}

    def _describe_alarms_for_metric(self, request: Shape) -> Shape:
        metric = dimensioned(request)
        found = [alarm for alarm in self._alarms.all() if _watches(alarm, metric, request)]
        return {"MetricAlarms": [_described(alarm) for alarm in found]}

    def _describe_alarm_history(self, request: Shape) -> Shape:
        start = instant(request["StartDate"]) if "StartDate" in request else float("-inf")
        end = instant(request["EndDate"]) if "EndDate" in request else float("inf")
        kinds = request.get("AlarmTypes") or _TYPES_UNLESS_ASKED
        found = [
            {**item, "Timestamp": moment(item["Timestamp"])}
            for item in self._alarms.history()
            if request.get("AlarmName", item["AlarmName"]) == item["AlarmName"]
            and request.get("HistoryItemType", item["HistoryItemType"]) == item["HistoryItemType"]
            and item["AlarmType"] in kinds
            and start <= item["Timestamp"] <= end
        ]
        if request.get("ScanBy") != "TimestampAscending":
            found.reverse()
        page, token = _page(found, request, "MaxRecords", 50)
        return {"AlarmHistoryItems": page, "NextToken": token}

    def _set_alarm_state(self, request: Shape) -> Shape:
        alarm, state = self._alarm(request["AlarmName"]), request["StateValue"]
        if state not in _STATES:
            raise ApiError("ValidationError", f"StateValue must be one of {', '.join(_STATES)}, got: {state}")
        self._alarms.set_state(alarm, state, request["StateReason"], request.get("StateReasonData"))
        return {}

    def _switch_actions(self, request: Shape, enabled: bool) -> Shape:
        for alarm in [self._alarm(name) for name in request["AlarmNames"]]:
            alarm.actions_enabled = enabled
        return {}

    def _list_tags(self, request: Shape) -> Shape:
        found = [alarm for alarm in self._alarms.all() if alarm.arn == request["ResourceARN"]]
        if not found:
            raise ApiError("ResourceNotFoundException", f"{request['ResourceARN']} is no alarm here", 404)
        return {"Tags": found[0].tags}

    def _put_metric_data(self, request: Shape) -> Shape:
        for datum in request.get("MetricData") or []:
            if "StatisticValues" in datum:
                raise ApiError("InvalidParameterValue", "StatisticValues are not taken by the local AWS: send values")
            at = instant(datum["Timestamp"]) if "Timestamp" in datum else self._monitoring.clock.now()
            metric = dimensioned({**datum, "Namespace": request["Namespace"]})
            values = datum.get("Values") or [datum["Value"]]
            counts = datum.get("Counts") or [1] * len(values)
            for value, count in zip(values, counts, strict=True):
                for _ in range(int(float(count))):
                    self._metrics.put(metric, Sample(at, float(value), datum.get("Unit", "None")))
        return {}

    def _list_metrics(self, request: Shape) -> Shape:
        wanted = request.get("Dimensions") or []
        found = [
            {"Namespace": metric.namespace, "MetricName": metric.name, "Dimensions": _dimensions(metric)}
            for metric in sorted(self._metrics.metrics())
            if request.get("Namespace", metric.namespace) == metric.namespace
            and request.get("MetricName", metric.name) == metric.name
            and all(_has(metric, dimension) for dimension in wanted)
        ]
        page, token = _page(found, request, None, 500)
        return {"Metrics": page, "NextToken": token}

    def _get_metric_statistics(self, request: Shape) -> Shape:
        metric, length = dimensioned(request), period(request["Period"])
        wanted = request.get("Statistics") or []
        if not wanted or not set(wanted) <= STATISTICS.keys():
            raise ApiError("InvalidParameterCombination", f"Statistics must be some of {', '.join(STATISTICS)}")
        starts = _starts(request, length)
        units = {sample.unit for sample in self._metrics.between(metric, starts[0], starts[-1] + length)}
        points = [
            {"Timestamp": moment(start), "Unit": unit, **dict(zip(wanted, values, strict=True))}
            for unit in sorted(units & {request["Unit"]} if "Unit" in request else units)
            for start, *values in zip(
                starts, *(self._metrics.series(metric, name, starts, length, unit) for name in wanted), strict=True
            )
            if None not in values
        ]
        return {"Label": metric.name, "Datapoints": points}

    def _get_metric_data(self, request: Shape) -> Shape:
        entries = [_typed(entry) for entry in request["MetricDataQueries"]]
        # Those without an expression may each have a period of their own.
        together = [entries] if any("Expression" in entry for entry in entries) else [[entry] for entry in entries]
        results = []
        for group in together:
            queries = Queries(group)
            starts = _starts(request, queries.period())
            series = queries.series(self._metrics, starts)
            results += [_result(entry, starts, series[entry["Id"]]) for entry in group if entry["ReturnData"]]
        if request.get("ScanBy") != "TimestampAscending":
            for result in results:
                result |= {name: result[name][::-1] for name in ("Timestamps", "Values")}
        return {"MetricDataResults": results, "Messages": []}

    def _alarm(self, name: str) -> Alarm:
        alarm = self._alarms.find(name)
        if alarm is None:
            raise ApiError("ResourceNotFound", f"There is no alarm {name}", 404)
        return alarm


def _described(alarm: Alarm) -> Shape:
    return {
        "AlarmName": alarm.name,
        "AlarmArn": alarm.arn,
        "ActionsEnabled": alarm.actions_enabled,
        "AlarmConfigurationUpdatedTimestamp": moment(alarm.configured),
        "StateValue": alarm.state,
        "StateReason": alarm.reason,
        "StateReasonData": alarm.reason_data,
        "StateUpdatedTimestamp": moment(alarm.updated),
        "StateTransitionedTimestamp": moment(alarm.updated),
        **alarm.told,
    }


def _watches(alarm: Alarm, metric: Metric, request: Shape) -> bool:
    """Alarms on metric math are not found by metric, as with the service."""
    if isinstance(alarm.decides, Rule) or "Metrics" in alarm.told:
        return False
    (stat,) = alarm.decides.queries.stats.values()
    named = (stat.metric, request.get("Statistic", stat.statistic), int(request.get("Period", stat.period)))
    return named == (metric, stat.statistic, stat.period) and request.get("Unit", stat.unit) == stat.unit


def _acts_on(alarm: Alarm, prefix: str | None) -> bool:
    actions = [action for kind in ACTIONS.values() for action in alarm.told.get(kind, [])]
    return prefix is None or any(action.startswith(prefix) for action in actions)


def _has(metric: Metric, dimension: Shape) -> bool:
    value = dict(metric.dimensions).get(dimension["Name"])
    return value is not None and dimension.get("Value", value) == value


def _dimensions(metric: Metric) -> list[Shape]:
    return [{"Name": name, "Value": value} for name, value in metric.dimensions]


def _typed(entry: Shape) -> Shape:
    return {**entry, "ReturnData": truth(entry.get("ReturnData", True))}


def _starts(request: Shape, length: int) -> list[float]:
    """Where the periods begin that a request asks for."""
    first, end = instant(request["StartTime"]) // length * length, instant(request["EndTime"])
    number = int(-((first - end) // length))
    if not 0 < number <= _MOST_POINTS:
        raise ApiError(
            "ValidationError", f"From StartTime to EndTime there are {number} periods, not 1 to {_MOST_POINTS}"
        )
    return [first + length * place for place in range(number)]


def _result(entry: Shape, starts: list[float], values: Iterable[float | None]) -> Shape:
    points = [(start, value) for start, value in zip(starts, values, strict=True) if value is not None]
    name = entry["MetricStat"]["Metric"]["MetricName"] if "MetricStat" in entry else entry["Id"]
    return {
        "Id": entry["Id"],
        "Label": entry.get("Label", name),
        "StatusCode": "Complete",
        "Timestamps": [moment(start) for start, _ in points],
        "Values": [float(value) for _, value in points],
    }


def _page(found: list[Any], request: Shape, limit: str | None, default: int) -> tuple[list[Any], str | None]:
    """A part of what was found, and how to ask for the next one."""
    first = int(request.get("NextToken") or 0)
    last = first + int(request.get(limit) or default if limit else default)
    return found[first:last], str(last) if last < len(found) else None


def _get_dashboard(request: Shape) -> Shape:
    name = request["DashboardName"]
    if name not in cloudwatch._dashboards:
        raise ApiError("ResourceNotFound", f"Dashboard {name} does not exist", 404)
    return {key: cloudwatch._dashboards[name][key] for key in ("DashboardArn", "DashboardBody", "DashboardName")}


def _list_dashboards(request: Shape) -> Shape:
    prefix = request.get("DashboardNamePrefix") or ""
    entries = [
        {
            "DashboardArn": dashboard["DashboardArn"],
            "DashboardName": name,
            "LastModified": moment(dashboard["LastModified"]),
            "Size": dashboard["Size"],
        }
        for name, dashboard in sorted(cloudwatch._dashboards.items())
        if name.startswith(prefix)
    ]
    return {"DashboardEntries": entries}
