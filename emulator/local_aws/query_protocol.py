"""Answers of the query protocol: XML, as the older services of AWS speak it."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

Response = tuple[int, dict[str, str], bytes]
Shape = dict[str, Any]


class ApiError(Exception):
    """An error answer: code, message and HTTP status."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code, self.status = code, status


class XmlAnswers:
    """The answers of one service; `items` has the element name of list items where it is not `member`."""

    def __init__(self, namespace: str, items: Mapping[str, str] | None = None) -> None:
        self._namespace = namespace
        self._items = items or {}

    def answer(self, action: str, shape: Shape) -> Response:
        """What an action returns."""
        root = Element(f"{action}Response", xmlns=self._namespace)
        self._fill(SubElement(root, f"{action}Result"), shape)
        self._fill(SubElement(root, "ResponseMetadata"), {"RequestId": str(uuid.uuid4())})
        return 200, {"Content-Type": "text/xml"}, tostring(root, encoding="utf-8", xml_declaration=True)

    def error(self, error: ApiError) -> Response:
        """Why it does not."""
        root = Element("ErrorResponse", xmlns=self._namespace)
        self._fill(SubElement(root, "Error"), {"Type": "Sender", "Code": error.code, "Message": str(error)})
        self._fill(root, {"RequestId": str(uuid.uuid4())})
        return error.status, {"Content-Type": "text/xml"}, tostring(root, encoding="utf-8", xml_declaration=True)

    def _fill(self, parent: Element, shape: Shape) -> None:
        for name, value in shape.items():
            if value is not None:
                self._add(parent, name, value)

    def _add(self, parent: Element, name: str, value: Any) -> None:
        element = SubElement(parent, name)
        if isinstance(value, dict):
            self._fill(element, value)
        elif isinstance(value, list):
            for item in value:
                self._add(element, self._items.get(name, "member"), item)
        elif isinstance(value, datetime):
            element.text = value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        else:
            element.text = str(value).lower() if isinstance(value, bool) else str(value)
