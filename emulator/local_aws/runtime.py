"""Everything that one run of the local AWS holds, and the one place where it is given back."""

import atexit
import json
import logging
import secrets
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, TypeVar

from local_aws import run_directory
from local_aws.addresses import AddressBlock
from local_aws.certificates import CertificateAuthority
from local_aws.errors import ServerError
from local_aws.host import check_host
from local_aws.iam_tokens import TokenVerifier
from local_aws.private_files import write_private
from local_aws.processes import Supervisor
from local_aws.redis.access import OPERATOR
from local_aws.redis.group import RedisGroup
from local_aws.settings import SECRET_KEY, Settings

if TYPE_CHECKING:
    from local_aws.memcached.pool import MemcachedPool

Group = TypeVar("Group", RedisGroup, "MemcachedPool")
log = logging.getLogger(__name__)


class Runtime:
    """Processes, addresses, certificates and groups of one run; a context manager."""

    def __init__(self, settings: Settings) -> None:
        """Take hold of everything; `close` also runs when the interpreter ends."""
        check_host()
        self.settings = settings
        self.supervisor = Supervisor(settings.run_dir / "logs")
        self.addresses = AddressBlock()
        self.authority = CertificateAuthority(settings.run_dir / "tls")
        self.groups: dict[str, RedisGroup | MemcachedPool] = {}
        # The secret of every access key that may sign a token to log in; whoever hands out keys adds them.
        self.access_keys = {settings.account: SECRET_KEY}
        self.tokens = TokenVerifier(settings.region, self.access_keys.get)
        self.operator_password = secrets.token_urlsafe(24)
        self.operator_file = settings.run_dir / "operator.json"
        self._guard = threading.RLock()
        self._closed = False
        self.write_operator_file()
        atexit.register(self.close)

    def __enter__(self) -> "Runtime":
        """Hand itself out."""
        return self

    def __exit__(self, *_: object) -> None:
        """Give everything back."""
        self.close()

    def register(self, group_id: str, make: Callable[[], Group]) -> Group:
        """Reserve the id for the group that `make` returns."""
        with self._guard:
            if self._closed:
                raise ServerError("The local AWS is stopping.")
            if group_id in self.groups:
                raise ServerError(f"A group with the id {group_id} exists.")
            group = make()
            self.groups[group_id] = group
            return group

    def unregister(self, group: "RedisGroup | MemcachedPool") -> None:
        """Forget a group that has ended."""
        with self._guard:
            if self.groups.get(group.spec.id) is group:
                del self.groups[group.spec.id]
        self.write_operator_file()

    def write_operator_file(self) -> None:
        """Where tests and the demo find the operator's credentials and the nodes as they are now."""
        with self._guard:
            if self._closed:
                return
            nodes = {group_id: _addresses(group) for group_id, group in self.groups.items()}
            content = {
                "username": OPERATOR,
                "password": self.operator_password,
                "caFile": str(self.authority.ca_file),
                "groups": nodes,
            }
            temporary = self.operator_file.with_suffix(".new")
            write_private(temporary, json.dumps(content, indent=2))
            temporary.replace(self.operator_file)

    def close(self) -> None:
        """End every server and remove the run directory; twice does no harm."""
        with self._guard:
            if self._closed:
                return
            self._closed = True
            groups = list(self.groups.values())
        atexit.unregister(self.close)
        for group in groups:
            group.stop_watching()
        # A change that is under way fails as soon as its servers are gone, and lets go of its group.
        self.supervisor.stop_all()
        for group in groups:
            group.destroy()
        self.addresses.close()
        run_directory.remove(self.settings.run_dir)


def exit_on_signals() -> None:
    """Make SIGTERM and SIGINT end the interpreter in order, so that a `Runtime` is closed."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _exit)


def _exit(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def _addresses(group: "RedisGroup | MemcachedPool") -> list[dict[str, object]]:
    return [
        {"id": node.id, "host": node.endpoint.host, "port": node.endpoint.port, "tls": group.spec.tls}
        for node in group.nodes()
    ]
