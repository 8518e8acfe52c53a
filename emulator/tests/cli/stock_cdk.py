"""The stock cdk CLI with an application of this folder."""

import os
import shutil
import subprocess
from pathlib import Path

from local_aws_process import EMULATOR, LocalAws

APP = Path(__file__).parent / "app"


class Cdk:
    """The CLI of this repository with nothing but the local AWS in its environment."""

    def __init__(self, local_aws: LocalAws, home: Path, app: str = "app.js") -> None:
        self.home = home
        self._entry = f"node {app}"
        # A copy: the CLI writes what it looked up beside the application.
        self._app = Path(shutil.copytree(APP, home / "app"))
        self.out = home / "cdk.out"
        self.outputs_file = home / "outputs.json"
        modules = next(parent / "node_modules" for parent in EMULATOR.parents if (parent / "node_modules").is_dir())
        self._program = modules / ".bin" / "cdk"
        (home / "empty").touch()
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "TMPDIR": str(home),
            "NODE_PATH": str(modules),
            "AWS_ENDPOINT_URL": local_aws.announcement["endpoint"],
            "AWS_REGION": local_aws.announcement["region"],
            "AWS_ACCESS_KEY_ID": local_aws.announcement["account"],
            "AWS_SECRET_ACCESS_KEY": local_aws.secret_key,
            "AWS_CONFIG_FILE": str(home / "empty"),
            "AWS_SHARED_CREDENTIALS_FILE": str(home / "empty"),
            "AWS_EC2_METADATA_DISABLED": "true",
            "CDK_DISABLE_CLI_TELEMETRY": "true",
            "CDK_DISABLE_VERSION_CHECK": "1",
        }

    def run(self, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self._program, *arguments, "--no-notices", "--no-color"],
            cwd=cwd or self._app,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
        )

    def deploy(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        approved = ("--require-approval", "never", "--output", str(self.out))
        return self.run("deploy", "--app", self._entry, *approved, *arguments)

    def succeed(self, *arguments: str, cwd: Path | None = None) -> str:
        done = self.run(*arguments, cwd=cwd)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def bootstrap(self, account: str) -> None:
        # Outside of the application's folder, so that it is not synthesized for nothing.
        self.succeed("bootstrap", f"aws://{account}/us-east-1", cwd=self.home)
