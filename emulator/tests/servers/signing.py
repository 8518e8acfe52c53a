"""Signs tokens with botocore, as an application does."""

from datetime import UTC, datetime
from unittest import mock

from botocore import auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

KEY, SECRET = "000000000042", "a secret+/ with everything"


def token(
    user: str,
    cache: str = "sessions",
    *,
    at: float | None = None,
    seconds: int = 900,
    action: str = "connect",
    credentials: Credentials | None = None,
    service: str = "elasticache",
    region: str = "us-east-1",
) -> str:
    """A token for `user`, signed now or at a time of its own."""
    request = AWSRequest("GET", f"https://{cache}/", params={"Action": action, "User": user})
    signer = auth.SigV4QueryAuth(credentials or Credentials(KEY, SECRET), service, region, seconds)
    clock = datetime.now(UTC) if at is None else datetime.fromtimestamp(at, UTC)
    with mock.patch.object(auth, "get_current_datetime", return_value=clock):
        signer.add_auth(request)
    return request.url.removeprefix("https://")
