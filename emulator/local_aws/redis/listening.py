"""How clients reach one server: by itself, in plain text or TLS, or through a front where that is not enough."""

import ssl
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from local_aws.addresses import beside
from local_aws.forwarder import Endpoint
from local_aws.redis.front import Front
from local_aws.redis.gate import Gate
from local_aws.redis.spec import GroupSpec

if TYPE_CHECKING:
    from local_aws.redis.node import Surroundings

WITHOUT_TLS = {"tls-port": "0", "tls-replication": "no", "tls-cluster": "no"}


class Listening:
    """Keeps a front for as long as the server lives, once one has been needed: nobody is cut off twice."""

    def __init__(self, endpoint: Endpoint, directory: Path, around: "Surroundings") -> None:
        """Nothing is opened yet."""
        self._endpoint = endpoint
        self._server = Endpoint(endpoint.host, beside(endpoint.port, 11000))
        self._directory = directory
        self._certificate_file = directory / "server.pem"
        self._around = around
        self._front: Front | None = None
        self._present: Mapping[str, str] = {}

    def begin(self, spec: GroupSpec) -> Mapping[str, str]:
        """The settings with which a server starts."""
        self._present = self._settings(spec)
        self._serve(spec)
        return self._present

    def change(self, spec: GroupSpec, execute: Callable[..., object]) -> None:
        """Bring the running server to it, over `execute`; what is connected stays, except as plain text ends."""
        settings = self._settings(spec)
        changed = {name: value for name, value in settings.items() if self._present.get(name) != value}
        dropped = {name: value for name, value in WITHOUT_TLS.items() if name in self._present.keys() - settings.keys()}
        ends_plain_text = self._front is not None and self._front.plain_text and not _plain_text(spec)
        if changed or dropped:
            execute("CONFIG SET", *(word for pair in (changed | dropped).items() for word in pair))
            self._present = settings
        self._serve(spec)
        if ends_plain_text:
            # Those too that came before the front was there.
            execute("CLIENT KILL", "TYPE", "normal")

    def forget_certificate(self) -> None:
        """The next start issues another one, for the addresses of then."""
        self._certificate_file.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the front, if there is one."""
        if self._front is not None:
            self._front.close()
            self._front = None

    def _settings(self, spec: GroupSpec) -> dict[str, str]:
        fronted = self._front is not None or _needs_front(spec)
        port = self._server.port if fronted else 0 if spec.tls else self._endpoint.port
        if not spec.tls:
            return {"port": str(port)}
        return {
            "port": str(port),
            "tls-port": "0" if fronted else str(self._endpoint.port),
            "tls-cert-file": str(self._certificate()),
            "tls-key-file": str(self._directory / "server.key"),
            "tls-ca-cert-file": str(self._around.authority.ca_file),
            "tls-auth-clients": "no",
            "tls-replication": "yes",
            # MIGRATE as well connects in the way of the cluster bus.
            "tls-cluster": "yes",
        }

    def _serve(self, spec: GroupSpec) -> None:
        if self._front is None and not _needs_front(spec):
            return
        if self._front is None:
            self._front = Front(self._endpoint, self._server)
        tls = None
        if spec.tls:
            tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            tls.load_cert_chain(self._certificate(), self._directory / "server.key")
        names = frozenset(user.name for user in spec.users if user.iam)
        verify = partial(self._around.tokens.verify, spec.id)
        gate = Gate(names, verify, self._around.operator_password) if names else None
        self._front.configure(tls, _plain_text(spec), gate)

    def _certificate(self) -> Path:
        if not self._certificate_file.exists():
            self._around.authority.issue(self._directory, [self._endpoint.host, *self._around.shared_ips()])
        return self._certificate_file


def _plain_text(spec: GroupSpec) -> bool:
    return not spec.tls or spec.tls_mode == "preferred"


def _needs_front(spec: GroupSpec) -> bool:
    return (spec.tls and spec.tls_mode == "preferred") or any(user.iam for user in spec.users)
