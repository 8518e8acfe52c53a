"""The state of an alarm by its data points: the two tables of the User Guide, and what follows from its text."""

import pytest

from local_aws.cloudwatch.alarm_evaluation import COMPARISONS, Condition, MissingData
from local_aws.cloudwatch.metrics import Series

KEEPS = None
INSUFFICIENT = "INSUFFICIENT_DATA"
# CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data": points, then the states with
# missing data as missing, ignore, breaching and notBreaching.
THREE_OF_THREE = [
    ("0 - X - X", "OK", "OK", "OK", "OK"),
    ("- - - - 0", "OK", "OK", "OK", "OK"),
    ("- - - - -", INSUFFICIENT, KEEPS, "ALARM", "OK"),
    ("0 X X - X", "ALARM", "ALARM", "ALARM", "ALARM"),
    ("- - X - -", "ALARM", KEEPS, "ALARM", "OK"),
]
TWO_OF_THREE = [
    ("0 - X - X", "ALARM", "ALARM", "ALARM", "ALARM"),
    ("0 0 X 0 X", "ALARM", "ALARM", "ALARM", "ALARM"),
    ("0 - X - -", "OK", "OK", "ALARM", "OK"),
    ("- - - - 0", "OK", "OK", "ALARM", "OK"),
    ("- - - X -", "ALARM", KEEPS, "ALARM", "OK"),
]
MODES: tuple[MissingData, ...] = ("missing", "ignore", "breaching", "notBreaching")
ROWS = [
    (needed, points, mode, state)
    for needed, table in ((3, THREE_OF_THREE), (2, TWO_OF_THREE))
    for points, *states in table
    for mode, state in zip(MODES, states, strict=True)
]
VALUES = {"0": 1.0, "X": 99.0, "-": None}


def series(points: str) -> Series:
    return [VALUES[point] for point in points.split()]


def condition(needed: int, mode: MissingData = "missing", periods: int = 3) -> Condition:
    return Condition("GreaterThanThreshold", 50.0, periods, needed, mode)


@pytest.mark.parametrize(("needed", "points", "mode", "state"), ROWS)
def test_table_of_the_user_guide(needed: int, points: str, mode: MissingData, state: str | None) -> None:
    assert condition(needed, mode).range == 5
    assert condition(needed, mode).state(series(points)) == state


@pytest.mark.parametrize(
    ("needed", "points", "state"),
    [
        # Too early: the next point may show that it was nothing.
        (3, "- - - - X", KEEPS),
        (3, "- - - X -", KEEPS),
        (3, "- - - X 0", "OK"),
        (2, "- - - - X", KEEPS),
        (1, "- - - - X", "ALARM"),
        (3, "- - X X X", "ALARM"),
        # Three are there, so the two before them do not count.
        (3, "X X X 0 0", "OK"),
        (2, "X X 0 0 X", "OK"),
    ],
)
def test_alarm_is_not_premature(needed: int, points: str, state: str | None) -> None:
    assert condition(needed).state(series(points)) == state


@pytest.mark.parametrize(
    ("comparison", "below", "equal", "above"),
    [
        ("GreaterThanThreshold", "OK", "OK", "ALARM"),
        ("GreaterThanOrEqualToThreshold", "OK", "ALARM", "ALARM"),
        ("LessThanThreshold", "ALARM", "OK", "OK"),
        ("LessThanOrEqualToThreshold", "ALARM", "ALARM", "OK"),
    ],
)
def test_comparisons(comparison: str, below: str, equal: str, above: str) -> None:
    assert comparison in COMPARISONS
    alarm = Condition(comparison, 5.0, 1, 1)
    assert [alarm.state([None, None, value]) for value in (4.9, 5.0, 5.1)] == [below, equal, above]


def test_reasons() -> None:
    assert condition(1, periods=1).reason("ALARM", [None, None, 99.0]) == (
        "Threshold Crossed: 1 out of the last 1 datapoint [99.0] was greater than the threshold (50.0) "
        "(minimum 1 datapoint for OK -> ALARM transition)."
    )
    assert condition(2).reason("ALARM", series("0 0 X 0 X")) == (
        "Threshold Crossed: 2 out of the last 3 datapoints [99.0, 99.0] were greater than the threshold (50.0) "
        "(minimum 2 datapoints for OK -> ALARM transition)."
    )
    assert condition(2).reason("OK", series("0 0 X 0 0")) == (
        "Threshold Crossed: 2 out of the last 3 datapoints [1.0, 1.0] were not greater than the threshold (50.0) "
        "(minimum 2 datapoints for ALARM -> OK transition)."
    )
    assert condition(3).reason("INSUFFICIENT_DATA", series("- - - - -")) == (
        "Insufficient Data: 5 datapoints were unknown."
    )
    assert condition(3, "notBreaching").reason("OK", series("- - - - -")) == (
        "Threshold Crossed: no datapoints were received for 5 periods and 3 missing datapoint(s) were treated as "
        "[NonBreaching]."
    )
