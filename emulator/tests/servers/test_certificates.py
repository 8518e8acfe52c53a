"""The authority of a run and what it issues."""

import socket
import ssl
import stat
import threading
from pathlib import Path

import pytest

from local_aws.certificates import CertificateAuthority
from local_aws.errors import ServerError


def shake_hands(authority: CertificateAuthority, certificate: Path, key: Path, host: str) -> str:
    """The TLS version that a client agrees on, which knows the authority and verifies the address."""
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(certificate, key)

    def serve(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            try:
                server_side.wrap_socket(connection, server_side=True).close()
            except OSError:
                # The client has refused the certificate, which is what some tests want.
                return

    with socket.create_server((host, 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        client_side = ssl.create_default_context(cafile=authority.ca_file)
        try:
            with (
                socket.create_connection(listener.getsockname()) as plain,
                client_side.wrap_socket(plain, server_hostname=host) as secured,
            ):
                return secured.version() or ""
        finally:
            thread.join()


def test_clients_verify_the_certificate_by_each_of_its_addresses(tmp_path: Path) -> None:
    authority = CertificateAuthority(tmp_path / "tls")
    files = authority.issue(tmp_path / "group", ["127.0.0.1", "127.42.99.7"])
    for host in ("127.0.0.1", "127.42.99.7"):
        assert shake_hands(authority, *files, host) == "TLSv1.3"
    with pytest.raises(ssl.SSLCertVerificationError, match="IP address mismatch"):
        shake_hands(authority, *files, "127.42.99.8")


def test_clients_of_another_run_refuse_the_certificate(tmp_path: Path) -> None:
    files = CertificateAuthority(tmp_path / "one").issue(tmp_path / "group", ["127.0.0.1"])
    with pytest.raises(ssl.SSLCertVerificationError, match=r"unable to get local issuer|self-signed|signature"):
        shake_hands(CertificateAuthority(tmp_path / "other"), *files, "127.0.0.1")


def test_keys_are_private(tmp_path: Path) -> None:
    _, key = CertificateAuthority(tmp_path / "tls").issue(tmp_path / "group", ["127.0.0.1"])
    for path in (key, tmp_path / "tls/ca.key"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_openssl_says_is_passed_on(tmp_path: Path) -> None:
    with pytest.raises(ServerError, match=r"(?s)openssl x509 failed: .*no-address"):
        CertificateAuthority(tmp_path / "tls").issue(tmp_path / "group", ["no-address"])
