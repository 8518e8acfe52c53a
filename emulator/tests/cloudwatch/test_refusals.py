"""Alarms that CloudWatch does not take, and those that are not evaluated here, fail the deployment by name."""

from typing import Any

import pytest
from local_aws_process import LocalAws, Template, resource, template
from watching import alarm, on_math

SIMPLE = dict.fromkeys(("Namespace", "MetricName", "Statistic", "Period"))


def stat(query_id: str, period: int = 60, statistic: str = "Sum", **rest: Any) -> dict[str, Any]:
    metric = {"Namespace": "Test", "MetricName": query_id}
    return {"Id": query_id, "MetricStat": {"Metric": metric, "Period": period, "Stat": statistic}, **rest}


def queries(*entries: dict[str, Any]) -> Template:
    return alarm("x", **SIMPLE, Metrics=list(entries))


def composite(rule: str, **properties: Any) -> Template:
    return resource("CloudWatch::CompositeAlarm", {"AlarmName": "x", "AlarmRule": rule, **properties})


ELEVEN = [stat(f"m{number}", ReturnData=False) for number in range(11)]
REFUSED = {
    "search": (on_math("x", "SEARCH('{A,B} c', 'Sum')"), "The alarm x uses SEARCH, which this local AWS does not"),
    "function": (on_math("x", "RATE(a)"), "The alarm x uses RATE, which this local AWS does not evaluate"),
    "array": (on_math("x", "METRICS()"), "The alarm x does not come to one time series"),
    "unknown id": (on_math("x", "a + z"), "The alarm x refers to z, which is the id of no metric or expression"),
    "circle": (
        queries(stat("a", ReturnData=False), {"Id": "e", "Expression": "e + a"}),
        "The alarm x has e, which refer to each other in a circle",
    ),
    "eleven": (queries(*ELEVEN, {"Id": "e", "Expression": "MAX(METRICS())"}), "has 11 metrics, of which 10"),
    "two results": (queries(stat("a"), stat("b")), "has 2 queries that return data, of which one is needed"),
    "no result": (queries(stat("a", ReturnData=False)), "has 0 queries that return data"),
    "two periods": (queries(stat("a"), stat("b", 300, ReturnData=False)), "has metrics of different periods"),
    "same id": (queries(stat("a"), stat("a")), "has the id a twice"),
    "upper case": (queries(stat("A")), "has the id 'A': an id begins with a lower-case letter"),
    "both": (queries({**stat("a"), "Expression": "1"}), "has a, which must have either Expression or MetricStat"),
    "besides": (alarm("x", Metrics=[stat("a")]), "has MetricName, Namespace, Period, Statistic besides"),
    "account": (queries(stat("a", AccountId="1")), "has a, a metric of account 1: there is one account here"),
    "percentile": (queries(stat("a", statistic="p99")), "uses the statistic p99, which this local AWS does not"),
    "extended": (alarm("x", Statistic=None, ExtendedStatistic="p99"), "property ExtendedStatistic is refused"),
    "high resolution": (alarm("x", Period=10), "has a period of 10 seconds"),
    "anomaly": (alarm("x", ComparisonOperator="GreaterThanUpperThreshold"), "uses GreaterThanUpperThreshold, which"),
    "no threshold": (alarm("x", Threshold=None), "The alarm x has no Threshold"),
    "no metric": (alarm("x", MetricName=None), "The alarm x has no MetricName"),
    "m above n": (alarm("x", DatapointsToAlarm=2), "DatapointsToAlarm must be a whole number, 1 to 1, got 2"),
    "a day": (alarm("x", EvaluationPeriods=1441), "looks back further than CloudWatch allows"),
    "kept": (alarm("x", EvaluationPeriods=359), "looks back further than the 6 hours for which metrics are kept here"),
    "missing": (alarm("x", TreatMissingData="bad"), "treats missing data as bad, which is none of breaching, ignore"),
    "long name": (alarm("x" * 256), "has more than 255 characters"),
    "action": (alarm("x", OKActions=["arn:aws:automate:us-east-1:ec2:stop"]), "sends to SNS topics only"),
    "actions": (alarm("x", AlarmActions=["arn:aws:sns:us-east-1:1:t"] * 6), "has 6 AlarmActions, of which 5"),
    "child": (composite("ALARM(nobody)"), "AlarmRule of x names alarms that do not exist: nobody"),
    "itself": (composite("ALARM(x)"), "AlarmRule of x depends on the alarm itself"),
    "rule": (composite("ALARM(a) XOR TRUE"), "AlarmRule cannot be read from here: XOR TRUE (alarm x)"),
    "suppressor": (composite("TRUE", ActionsSuppressor="a"), "property ActionsSuppressor is refused by the local AWS"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refusal(local_aws: LocalAws, case: str) -> None:
    wrong, message = REFUSED[case]
    outcome = local_aws.deploy(f"refused-{case.replace(' ', '-')}", template({"Alarm": wrong}))
    assert outcome.status == "ROLLBACK_COMPLETE"
    assert message in outcome.failures["Alarm"]


def test_an_alarm_that_exists_is_not_taken_over(local_aws: LocalAws) -> None:
    resources = {"One": alarm("twice"), "Two": alarm("twice")}
    outcome = local_aws.deploy("twice", template(resources))
    assert outcome.status == "ROLLBACK_COMPLETE"
    assert "twice already exists" in outcome.failures.values()


def test_composite_alarms_do_not_watch_each_other(local_aws: LocalAws) -> None:
    first = resource("CloudWatch::CompositeAlarm", {"AlarmName": "first", "AlarmRule": "TRUE"})
    second = resource("CloudWatch::CompositeAlarm", {"AlarmName": "second", "AlarmRule": "ALARM(first)"}, DependsOn="A")
    assert local_aws.deploy("circle", template({"A": first, "B": second})).status == "CREATE_COMPLETE"
    first["Properties"]["AlarmRule"] = "ALARM(second)"
    outcome = local_aws.deploy("circle", template({"A": first, "B": second}))
    assert outcome.status == "UPDATE_ROLLBACK_COMPLETE"
    assert "AlarmRule of first depends on the alarm itself" in outcome.failures["A"]
