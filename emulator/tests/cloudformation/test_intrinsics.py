"""Every intrinsic function, and that nothing missing passes for a value."""

from typing import Any

import pytest

from local_aws.cloudformation.errors import TemplateError
from local_aws.cloudformation.intrinsics import NO_VALUE, Evaluator

RESOURCES = {
    "Vpc": {"PhysicalResourceId": "vpc-1", "ResourceType": "AWS::EC2::VPC", "Attributes": {"CidrBlock": "10.0.0.0/16"}},
}
PARAMETERS = {"Stage": {"Value": "test"}, "Zones": {"Value": "a, b"}}
TEMPLATE = {
    "Parameters": {"Stage": {"Type": "String"}, "Zones": {"Type": "CommaDelimitedList"}},
    "Mappings": {"Sizes": {"test": {"nodes": 2}}},
    "Conditions": {
        "IsTest": {"Fn::Equals": [{"Ref": "Stage"}, "test"]},
        "IsEast": {"Fn::Equals": [{"Ref": "AWS::Region"}, "us-east-1"]},
        "Neither": {"Fn::Not": [{"Fn::Or": [{"Condition": "IsTest"}, {"Condition": "IsEast"}]}]},
        "Both": {"Fn::And": [{"Condition": "IsTest"}, {"Condition": "IsEast"}]},
    },
}


@pytest.fixture
def evaluator() -> Evaluator:
    return Evaluator(
        TEMPLATE,
        PARAMETERS,
        RESOURCES,
        {"AWS::Region": "us-east-1"},
        {"shared": {"Value": "exported"}},
        ["us-east-1a", "us-east-1b"],
    )


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ({"Ref": "Vpc"}, "vpc-1"),
        ({"Ref": "Stage"}, "test"),
        ({"Ref": "Zones"}, ["a", "b"]),
        ({"Ref": "AWS::Region"}, "us-east-1"),
        ({"Fn::GetAtt": ["Vpc", "CidrBlock"]}, "10.0.0.0/16"),
        ({"Fn::GetAtt": "Vpc.CidrBlock"}, "10.0.0.0/16"),
        ({"Fn::Join": ["-", ["a", {"Ref": "Vpc"}, 3]]}, "a-vpc-1-3"),
        ({"Fn::Join": ["-", ["a", {"Ref": "AWS::NoValue"}]]}, "a"),
        ({"Fn::Sub": "${Vpc}/${Vpc.CidrBlock}/${AWS::Region}/${!Kept}"}, "vpc-1/10.0.0.0/16/us-east-1/${Kept}"),
        ({"Fn::Sub": ["${Own}-${Stage}", {"Own": {"Ref": "Vpc"}}]}, "vpc-1-test"),
        ({"Fn::Select": [1, {"Fn::Split": [",", "a,b,c"]}]}, "b"),
        ({"Fn::Select": ["0", {"Fn::GetAZs": ""}]}, "us-east-1a"),
        ({"Fn::If": ["IsTest", "yes", {"Ref": "Nothing"}]}, "yes"),
        ({"Fn::If": ["Neither", "yes", "no"]}, "no"),
        ({"Fn::If": ["Both", "yes", "no"]}, "yes"),
        ({"Fn::FindInMap": ["Sizes", {"Ref": "Stage"}, "nodes"]}, 2),
        ({"Fn::ImportValue": {"Fn::Sub": "shared"}}, "exported"),
        ({"Fn::Base64": "text"}, "dGV4dA=="),
        ({"Fn::Cidr": ["10.1.0.0/16", 2, 8]}, ["10.1.0.0/24", "10.1.1.0/24"]),
        ({"Fn::Equals": ["1", 1]}, True),
        ({"a": [1, {"Ref": "AWS::NoValue"}], "b": {"Ref": "AWS::NoValue"}}, {"a": [1]}),
        ({"Ref": "Vpc", "Other": "so this is no function"}, {"Ref": "Vpc", "Other": "so this is no function"}),
    ],
)
def test_value(evaluator: Evaluator, expression: Any, value: Any) -> None:
    assert evaluator.value(expression) == value


def test_no_value_alone(evaluator: Evaluator) -> None:
    assert evaluator.value({"Ref": "AWS::NoValue"}) is NO_VALUE


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ({"Ref": "Gone"}, "Unresolved resource dependencies [Gone]"),
        ({"Fn::GetAtt": ["Vpc", "Arn"]}, "resource Vpc (AWS::EC2::VPC) does not support attribute Arn"),
        ({"Fn::GetAtt": ["Gone", "Arn"]}, "references undefined resource Gone"),
        ({"Fn::Sub": "${Gone}"}, "[Gone]"),
        ({"Fn::Sub": "${Vpc.Arn}"}, "does not support attribute Arn"),
        ({"Fn::Select": [2, ["a", "b"]]}, "nonexistent value at index 2"),
        ({"Fn::FindInMap": ["Sizes", "prod", "nodes"]}, "Unable to get mapping for Sizes::prod::nodes"),
        ({"Fn::ImportValue": "other"}, "No export named other found"),
        ({"Fn::If": ["Gone", 1, 2]}, "unresolved condition dependency Gone"),
        ({"Fn::Transform": {}}, "Fn::Transform is not supported"),
    ],
)
def test_what_is_missing_fails_by_name(evaluator: Evaluator, expression: Any, message: str) -> None:
    with pytest.raises(TemplateError) as failure:
        evaluator.value(expression)
    assert message in str(failure.value)
