"""The tools that the machine must offer: said before anything is started, not by a server that fails later."""

import shutil

from local_aws.errors import ServerError

# Debian package of each tool, for the message.
TOOLS = {"openssl": "openssl", "setpriv": "util-linux"}


def check_host() -> None:
    """Raise ServerError naming every tool that is missing."""
    missing = [f"{tool} (package {package})" for tool, package in TOOLS.items() if shutil.which(tool) is None]
    if missing:
        raise ServerError(f"The local AWS needs {', '.join(missing)} on PATH.")
