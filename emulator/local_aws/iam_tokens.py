"""Verifies the tokens of IAM users: requests to connect to ElastiCache, presigned by Signature Version 4."""

import hashlib
import hmac
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote, urlsplit

# ElastiCache User Guide, "Authenticating with IAM": a token is valid for fifteen minutes.
LONGEST_SECONDS = 900
# Clocks of two machines differ: Signature Version 4 allows five minutes.
SKEW_SECONDS = 300
SERVICE = "elasticache"
ALGORITHM = "AWS4-HMAC-SHA256"
EMPTY_BODY = hashlib.sha256(b"").hexdigest()
REQUIRED = ("Action", "User", "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-Signature")

SecretOf = Callable[[str], str | None]


class TokenVerifier:
    """Knows the secret of every access key that may sign."""

    def __init__(self, region: str, secret_of: SecretOf, now: Callable[[], float] = time.time) -> None:
        """`secret_of` returns the secret of an access key, or None."""
        self._region = region
        self._secret_of = secret_of
        self._now = now

    def verify(self, cache: str, user: str, token: str) -> str | None:
        """Why the token does not let `user` into `cache`, or None when it does; never the token itself."""
        try:
            address = urlsplit(f"https://{token}")
            pairs = parse_qsl(address.query, strict_parsing=True)
        except ValueError:
            return "the token is no presigned request"
        query = dict(pairs)
        if len(query) < len(pairs) or not all(name in query for name in REQUIRED):
            return "the token is no presigned request"
        # A host name is compared in lower case, and the name of a cache is in lower case.
        if (address.netloc.lower(), address.path or "/") != (cache, "/"):
            return f"the token is for another cache than {cache}"
        if query["Action"] != "connect" or query["User"] != user:
            return f"the token does not connect the user {user}"
        return self._age(query) or self._signature(cache, query)

    def _age(self, query: Mapping[str, str]) -> str | None:
        try:
            signed = datetime.strptime(query["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).timestamp()
            seconds = int(query["X-Amz-Expires"])
        except ValueError:
            return "the token has no readable date"
        if not 1 <= seconds <= LONGEST_SECONDS:
            return f"a token is valid for at most {LONGEST_SECONDS} seconds"
        if signed > self._now() + SKEW_SECONDS:
            return "the token is signed for a time to come"
        return "the token has expired" if self._now() > signed + seconds else None

    def _signature(self, cache: str, query: Mapping[str, str]) -> str | None:
        key, _, scope = query["X-Amz-Credential"].partition("/")
        expected_scope = f"{query['X-Amz-Date'][:8]}/{self._region}/{SERVICE}/aws4_request"
        if scope != expected_scope or query["X-Amz-Algorithm"] != ALGORITHM:
            return f"the token is not signed for {SERVICE} in {self._region}"
        if query.get("X-Amz-SignedHeaders") != "host":
            return "the token must sign the host and no other header"
        secret = self._secret_of(key)
        if secret is None:
            return "the access key of the token is unknown"
        signed = {name: value for name, value in query.items() if name != "X-Amz-Signature"}
        expected = _sign(secret, expected_scope, _string_to_sign(cache, signed, expected_scope))
        return None if hmac.compare_digest(expected, query["X-Amz-Signature"]) else "the signature does not match"


def _string_to_sign(host: str, query: Mapping[str, str], scope: str) -> str:
    encoded = sorted((quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in query.items())
    canonical_query = "&".join(f"{name}={value}" for name, value in encoded)
    request = "\n".join(("GET", "/", canonical_query, f"host:{host}", "", "host", EMPTY_BODY))
    return "\n".join((ALGORITHM, query["X-Amz-Date"], scope, hashlib.sha256(request.encode()).hexdigest()))


def _sign(secret: str, scope: str, text: str) -> str:
    key = f"AWS4{secret}".encode()
    for part in (*scope.split("/"), text):
        key = hmac.digest(key, part.encode(), "sha256")
    return key.hex()
