"""Certificates for TLS: an authority made for one run, and server certificates that clients can verify by address."""

import secrets
import subprocess
from collections.abc import Sequence
from pathlib import Path

from local_aws.errors import ServerError

NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


class CertificateAuthority:
    """The authority whose `ca_file` clients trust for the length of the run."""

    def __init__(self, directory: Path) -> None:
        """Make key and self-signed certificate in `directory`."""
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.ca_file = directory / "ca.pem"
        self._key_file = directory / "ca.key"
        _openssl(
            "req",
            "-x509",
            *NEW_KEY,
            "-days",
            "30",
            "-subj",
            "/CN=cdk-data-tier local authority",
            "-keyout",
            str(self._key_file),
            "-out",
            str(self.ca_file),
            "-addext",
            "basicConstraints=critical,CA:TRUE",
            "-addext",
            "keyUsage=critical,keyCertSign,cRLSign",
        )
        self._key_file.chmod(0o600)

    def issue(self, directory: Path, ips: Sequence[str]) -> tuple[Path, Path]:
        """A certificate valid for `ips`, and its key, as files in `directory`."""
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        certificate, key, request = directory / "server.pem", directory / "server.key", directory / "server.csr"
        extensions = directory / "extensions.cnf"
        names = ",".join(f"IP:{ip}" for ip in ips)
        extensions.write_text(f"subjectAltName={names}\nextendedKeyUsage=serverAuth,clientAuth\n")
        _openssl("req", "-new", *NEW_KEY, "-subj", f"/CN={ips[0]}", "-keyout", str(key), "-out", str(request))
        # A serial of its own instead of the file that openssl would count in: groups are made in parallel.
        _openssl(
            "x509",
            "-req",
            "-in",
            str(request),
            "-CA",
            str(self.ca_file),
            "-CAkey",
            str(self._key_file),
            "-days",
            "30",
            "-set_serial",
            str(secrets.randbits(63)),
            "-extfile",
            str(extensions),
            "-out",
            str(certificate),
        )
        key.chmod(0o600)
        return certificate, key


def _openssl(*arguments: str) -> None:
    done = subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ServerError(f"openssl {arguments[0]} failed: {done.stderr.strip()}")
