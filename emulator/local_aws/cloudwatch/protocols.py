"""The three protocols of the CloudWatch API: CBOR, JSON and query. Which one a client speaks is its own choice."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

import cbor2

from local_aws.query_protocol import ApiError, Response, Shape, XmlAnswers

_XML = XmlAnswers("http://monitoring.amazonaws.com/doc/2010-08-01/")
_CBOR = {"Content-Type": "application/cbor", "smithy-protocol": "rpc-v2-cbor"}
_JSON = {"Content-Type": "application/x-amz-json-1.0"}


class Cbor:
    """Smithy RPC v2 CBOR, which the model of the service names first."""

    def __init__(self, path: str, headers: dict[str, str], body: bytes) -> None:
        self.action = path.rpartition("/operation/")[2]
        self.request: Shape = cbor2.loads(body) if body else {}

    def answer(self, shape: Shape) -> Response:
        """What the action returns."""
        return 200, dict(_CBOR), cbor2.dumps(_present(shape), datetime_as_timestamp=True)

    def error(self, error: ApiError) -> Response:
        """Why it does not."""
        told = {"__type": error.code, "message": str(error)}
        headers = {**_CBOR, "x-amzn-query-error": f"{error.code};Sender"}
        return error.status, headers, cbor2.dumps(told)


class Json:
    """AWS JSON 1.0: boto3, the AWS CLI and the SDK for JavaScript."""

    def __init__(self, path: str, headers: dict[str, str], body: bytes) -> None:
        self.action = headers["x-amz-target"].rpartition(".")[2]
        self.request: Shape = json.loads(body or b"{}")

    def answer(self, shape: Shape) -> Response:
        """What the action returns."""
        return 200, dict(_JSON), json.dumps(_present(shape), default=datetime.timestamp).encode()

    def error(self, error: ApiError) -> Response:
        """Why it does not."""
        told = {"__type": error.code, "message": str(error)}
        headers = {**_JSON, "x-amzn-query-error": f"{error.code};Sender"}
        return error.status, headers, json.dumps(told).encode()


class Query:
    """A form, answered in XML: older clients."""

    def __init__(self, path: str, headers: dict[str, str], body: bytes) -> None:
        fields = dict(parse_qsl(body.decode(), keep_blank_values=True))
        self.action = fields.pop("Action", "")
        self.request = _nested(fields)

    def answer(self, shape: Shape) -> Response:
        """What the action returns."""
        return _XML.answer(self.action, shape)

    def error(self, error: ApiError) -> Response:
        """Why it does not."""
        return _XML.error(error)


def protocol(headers: dict[str, str]) -> Callable[[str, dict[str, str], bytes], Cbor | Json | Query]:
    """The protocol of a request."""
    if headers.get("smithy-protocol") == "rpc-v2-cbor":
        return Cbor
    return Json if "x-amz-target" in headers else Query


def instant(value: Any) -> float:
    """A moment of a request, which each protocol writes in another way."""
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, int | float):
        return float(value)
    try:
        told = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise ApiError("InvalidParameterValue", f"{value} is no moment") from error
    return (told if told.tzinfo else told.replace(tzinfo=UTC)).timestamp()


def truth(value: Any) -> bool:
    """A boolean of a request, which the query protocol writes as text."""
    return str(value).lower() == "true"


def _present(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _present(inner) for name, inner in value.items() if inner is not None}
    return [_present(inner) for inner in value] if isinstance(value, list) else value


def _nested(fields: dict[str, str]) -> Shape:
    """`A.member.2.B=x` as the second item of the list A, which has the field B."""
    root: Shape = {}
    for name, value in fields.items():
        steps = re.sub(r"\.member\.(\d+)", r".#\1", name).split(".")
        place = root
        for step in steps[:-1]:
            place = place.setdefault(step, {})
        place[steps[-1]] = value
    return _lists(root)


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(name.startswith("#") for name in value):
        return [_lists(value[name]) for name in sorted(value, key=lambda name: int(name[1:]))]
    return {name: _lists(inner) for name, inner in value.items()}
