"""Expressions of metric math: what they come to, and which are refused."""

import pytest

from local_aws.cloudwatch.metric_math import Expression, MathError
from local_aws.cloudwatch.metrics import Series

KNOWN: dict[str, Series] = {
    "a": [1.0, 2.0, None],
    "b": [4.0, 0.0, 8.0],
    "errors_a": [1.0, None, None],
    "e1": [100.0, 100.0, 100.0],
    "nothing": [None, None, None],
}
METRICS = ["a", "b", "errors_a", "nothing"]


def evaluate(text: str) -> Series:
    return Expression(text).evaluate(KNOWN, METRICS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", [1, 2, None]),
        ("a + b * 2", [9, 2, None]),
        ("(a + b) * 2", [10, 4, None]),
        ("10 - b - 1", [5, 9, 1]),
        ("a - -1", [2, 3, None]),
        ("a / b", [0.25, None, None]),
        ("100*a/(a+b)", [20, 100, None]),
        (".5 * b", [2, 0, 4]),
        ("b > 3", [1, 0, 1]),
        ("b >= 4 AND b < 8", [1, 0, 0]),
        ("b == 0 || b != 4", [0, 1, 1]),
        ("b <= 0 && a > 1 OR a == 1", [1, 1, None]),
        ("a + b > 3", [1, 0, None]),
        ("IF(b > 3, b, 0)", [4, 0, 8]),
        ("IF(b > 3, 1)", [1, None, 1]),
        ("IF(a, 5, 6)", [5, 5, None]),
        ("IF(a + b > 2, 100 * a / (a + b), 100)", [20, 100, None]),
        ("MAX([a, b])", [4, 2, 8]),
        ("MIN([a,b])", [1, 0, 8]),
        ("AVG([a, b, nothing])", [2.5, 1, 8]),
        ("SUM([a + 1, e1])", [102, 103, 100]),
        ("MAX(METRICS())", [4, 2, 8]),
        ('SUM(METRICS("errors"))', [1, None, None]),
        ("SUM(METRICS('a'))", [2, 2, None]),
        ("SUM([nothing])", [None, None, None]),
        ("MAX([a,b]) / SUM([a,b])", [0.8, 1, 1]),
    ],
)
def test_value(text: str, expected: Series) -> None:
    assert evaluate(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SEARCH('{N,D} x', 'Sum', 60)", "uses SEARCH, which this local AWS does not evaluate"),
        ("FILL(a, 0)", "uses FILL, which this local AWS does not evaluate"),
        ("a ^ 2", "uses ^, which this local AWS does not evaluate"),
        ("MAX(a)", "uses MAX of one time series, which this local AWS does not evaluate"),
        ("METRICS() * 2", "uses an array outside MAX, MIN, SUM and AVG"),
        ("METRICS()", "does not come to one time series"),
        ("[a, b]", "does not come to one time series"),
        ("1 + 1", "does not come to one time series"),
        ("1 / 0", "divides by zero"),
        ("a + c", "refers to c, which is the id of no metric or expression"),
        ('MAX(METRICS("x"))', 'has METRICS("x"), which stands for no metric'),
        ("MAX([a, 1])", "has an array of other things"),
        ("IF(a)", "gives IF 1 arguments"),
        ("MAX([a], [b])", "gives MAX 2 arguments"),
        ("(a + b", "has the end where ) is expected"),
        ("a b", "goes on with b where its end is expected"),
        ("a +", "has the end where a value is expected"),
        ("", "has the end where a value is expected"),
        ("SELECT MAX(x) FROM y", "goes on with MAX"),
    ],
)
def test_refusal(text: str, message: str) -> None:
    with pytest.raises(MathError) as refused:
        evaluate(text)
    assert str(refused.value).startswith(message)


def test_ids_are_those_of_metrics_and_expressions() -> None:
    assert Expression('IF(a > 1, MAX([b, e1]), SUM(METRICS("x")))').ids == {"a", "b", "e1"}
