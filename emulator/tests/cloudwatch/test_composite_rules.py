"""Rules of composite alarms."""

import pytest

from local_aws.cloudwatch.composite_rules import Rule, RuleError, States

STATES: States = {"bad": "ALARM", "good": "OK", "new": "INSUFFICIENT_DATA", "two words (x)": "ALARM"}
ARN = "arn:aws:cloudwatch:us-east-1:000000000042:alarm:"


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("ALARM(bad)", True),
        ("ALARM(good)", False),
        ("OK(good)", True),
        ("INSUFFICIENT_DATA(new)", True),
        ('ALARM("bad")', True),
        ('ALARM("two words (x)")', True),
        (f'ALARM("{ARN}bad")', True),
        (f"ALARM({ARN}good)", False),
        ("ALARM ( bad )", True),
        ("NOT ALARM(bad)", False),
        ("NOT (ALARM(good) OR OK(bad))", True),
        ("ALARM(bad) AND NOT ALARM(good)", True),
        ("ALARM(bad) OR ALARM(good) AND FALSE", True),
        ("(ALARM(bad) OR ALARM(good)) AND FALSE", False),
        ("TRUE", True),
        ("FALSE", False),
        ("ALARM(deleted)", False),
        ("NOT OK(deleted)", True),
        ("  ALARM(bad)\n  AND\n  OK(good)  ", True),
    ],
)
def test_rule(text: str, holds: bool) -> None:
    assert Rule(text).holds(STATES) is holds


def test_children_by_name() -> None:
    rule = Rule(f'ALARM(a) OR (OK("b c") AND NOT ALARM("{ARN}d/e:f")) OR ALARM(a)')
    assert rule.children == ["a", "b c", "d/e:f"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "AlarmRule has its end where an alarm or a parenthesis is expected"),
        ("ALARM(bad) AND", "AlarmRule has its end where"),
        ("ALARM(bad) OK(good)", "AlarmRule goes on with"),
        ("(ALARM(bad)", "AlarmRule has a parenthesis that is not closed"),
        ("ALARM(bad) XOR ALARM(good)", "AlarmRule cannot be read from here: XOR ALARM(good)"),
        ("BROKEN(bad)", "AlarmRule cannot be read from here: BROKEN(bad)"),
        ("AT_LEAST(1, ALARM, (bad))", "AlarmRule cannot be read from here: AT_LEAST"),
        ("ALARM(x) OR " * 900 + "TRUE", "AlarmRule has 10804 characters, of which 10240 are allowed"),
        (" OR ".join(f"ALARM(a{n})" for n in range(101)), "AlarmRule names 101 alarms, of which 100 are allowed"),
    ],
)
def test_refusal(text: str, message: str) -> None:
    with pytest.raises(RuleError) as refused:
        Rule(text)
    assert str(refused.value).startswith(message)


def test_limits_are_inclusive() -> None:
    assert len(Rule(" OR ".join(f"ALARM(a{n})" for n in range(100))).children) == 100
    assert Rule("TRUE" + " OR TRUE" * 1279 + "    ").children == []
