"""The one error that the server side raises, so that its callers can turn it into a failed deployment."""


class ServerError(Exception):
    """A server could not be started, changed or reached; the message carries the server's own words."""
