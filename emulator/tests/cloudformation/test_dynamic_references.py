"""References are looked up by the parts of their text, and only inside the values where they stand."""

import json

import pytest

from local_aws.cloudformation.dynamic_references import DynamicReferences
from local_aws.cloudformation.errors import ResourceError

ARN = "arn:aws:secretsmanager:us-east-1:000000000042:secret:name-a1b2c3"


@pytest.fixture
def references() -> DynamicReferences:
    def secret_string(secret_id: str, stage: str, version: str) -> str:
        if secret_id == "gone":
            raise ResourceError("gone")
        return json.dumps({"id": secret_id, "stage": stage, "version": version})

    return DynamicReferences(secret_string, lambda name: f"value of {name}")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"{{{{resolve:secretsmanager:{ARN}:SecretString:id::}}}}", ARN),
        ("{{resolve:secretsmanager:name:SecretString:stage:AWSPREVIOUS}}", "AWSPREVIOUS"),
        ("{{resolve:secretsmanager:name:SecretString:version::v1}}", "v1"),
        ("{{resolve:secretsmanager:name}}", '{"id": "name", "stage": "", "version": ""}'),
        ("a {{resolve:ssm:/path/name:3}} b", "a value of /path/name b"),
        ("plain", "plain"),
    ],
)
def test_resolve(references: DynamicReferences, text: str, value: str) -> None:
    assert references.resolve({"list": [text], "number": 1}) == {"list": [value], "number": 1}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{resolve:secretsmanager:name:SecretString:other}}", "Could not find a value associated with JSONKey other"),
        ("{{resolve:secretsmanager:name:SecretBinary}}", "only SecretString is supported, got SecretBinary"),
        ("{{resolve:ssm-secure:name}}", "Dynamic reference to ssm-secure is not supported"),
        ("{{resolve:secretsmanager:gone}}", "gone"),
    ],
)
def test_what_cannot_be_found(references: DynamicReferences, text: str, message: str) -> None:
    with pytest.raises(ResourceError, match=message):
        references.resolve(text)
    assert references.resolve_what_exists(text) == text
