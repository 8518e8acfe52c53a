"""A client of a cache that knows what its link told it, and nothing else."""

import json
from collections.abc import Mapping
from typing import Any

from botocore.credentials import Credentials
from local_aws_process import LocalAws
from servers.signing import token


class Linked:
    """The environment variables of a link, and the clients that a program makes of them."""

    def __init__(self, local_aws: LocalAws, variables: Mapping[str, str]) -> None:
        self._aws = local_aws
        self._told = variables
        self.tls = variables["REDIS_TLS"] == "true"
        self.clustered = variables["REDIS_CLUSTER_MODE"] == "enabled"

    def login(self) -> dict[str, str]:
        """The user and the password, as far as the login has them."""
        match self._told["REDIS_AUTH"]:
            case "none":
                return {}
            case "iam":
                account = self._aws.announcement["account"]
                signer = Credentials(account, self._aws.secret_key)
                user = self._told["REDIS_USER"]
                return {"user": user, "password": token(user, self._told["REDIS_NAME"], credentials=signer)}
            case "user":
                secret = self._secret()
                return {"user": secret["username"], "password": secret["password"]}
            case "token":
                return {"password": self._secret()["password"]}
            case other:
                raise AssertionError(f"a login that no client knows: {other}")

    def client(self, **differently: Any) -> Any:
        """Logged in, of the kind that the cluster mode asks for, at the end point that takes writes."""
        return self.connect(self.login(), **differently)

    def reader(self) -> Any:
        """Logged in at the end point of the replicas."""
        return self.client(host=self._told["REDIS_READER_HOST"])

    def connect(
        self,
        login: Mapping[str, str],
        *,
        host: str | None = None,
        tls: bool | None = None,
        clustered: bool | None = None,
    ) -> Any:
        """With a login that may be wrong, and differently from what the link says if wanted."""
        connect = self._aws.redis_cluster if (self.clustered if clustered is None else clustered) else self._aws.redis
        where = host or self._told["REDIS_HOST"], self._told["REDIS_PORT"]
        return connect(*where, **login, tls=self.tls if tls is None else tls)

    def _secret(self) -> dict[str, str]:
        value = self._aws.client("secretsmanager").get_secret_value(SecretId=self._told["REDIS_SECRET_ARN"])
        secret: dict[str, str] = json.loads(value["SecretString"])
        return secret
