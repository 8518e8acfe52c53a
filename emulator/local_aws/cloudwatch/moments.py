"""Moments as CloudWatch writes them."""

from datetime import UTC, datetime


def moment(seconds: float) -> datetime:
    """A moment in a shape of the API."""
    return datetime.fromtimestamp(seconds, UTC)


def with_offset(seconds: float) -> str:
    """A moment inside a text, which SNS messages and reasons have."""
    return moment(seconds).isoformat(timespec="milliseconds").replace("+00:00", "+0000")
