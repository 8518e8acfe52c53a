"""The stock cdk CLI with an application of this folder."""

import json
import os
import subprocess
from pathlib import Path

from local_aws_process import EMULATOR, LocalAws

APP = Path(__file__).parent / "app"


class Cdk:
    """The CLI of this repository with nothing but the local AWS in its environment."""

    def __init__(self, local_aws: LocalAws, home: Path, app: str = "app.js") -> None:
        # Not the application's folder: there the CLI writes what it looked up.
        self._directory = home / "work"
        self._directory.mkdir()
        self.out = home / "cdk.out"
        self._outputs_file = home / "outputs.json"
        modules = next(parent / "node_modules" for parent in EMULATOR.parents if (parent / "node_modules").is_dir())
        self._program = modules / ".bin" / "cdk"
        self._entry = f"{modules / '.bin' / 'tsx'} {APP / app}"
        (home / "empty").touch()
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "TMPDIR": str(home),
            "AWS_ENDPOINT_URL": local_aws.announcement["endpoint"],
            "AWS_REGION": local_aws.announcement["region"],
            "AWS_ACCESS_KEY_ID": local_aws.announcement["account"],
            "AWS_SECRET_ACCESS_KEY": local_aws.secret_key,
            "AWS_CONFIG_FILE": str(home / "empty"),
            "AWS_SHARED_CREDENTIALS_FILE": str(home / "empty"),
            "AWS_EC2_METADATA_DISABLED": "true",
            "CDK_DISABLE_CLI_TELEMETRY": "true",
            "CDK_DISABLE_VERSION_CHECK": "1",
            # Seconds of every synthesis, for templates that other tests check and that are deployed at once.
            "CDK_VALIDATION": "false",
        }

    def run(self, *arguments: str, seconds: float = 120) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self._program, *arguments, "--no-notices", "--no-color"],
            cwd=self._directory,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=seconds,
            check=False,
        )

    def try_to_deploy(
        self, *arguments: str, seconds: float = 120, **context: object
    ) -> subprocess.CompletedProcess[str]:
        """One deployment of the application as the context varies it, which may fail."""
        variations = [word for name, value in context.items() for word in ("-c", f"{name}={value}")]
        files = ("--output", str(self.out), "--outputs-file", str(self._outputs_file))
        approved = ("--require-approval", "never")
        return self.run("deploy", "--app", self._entry, *approved, *files, *arguments, *variations, seconds=seconds)

    def deploy(self, *arguments: str, seconds: float = 120, **context: object) -> dict[str, dict[str, str]]:
        """The outputs of the stacks that were deployed."""
        done = self.try_to_deploy(*arguments, seconds=seconds, **context)
        assert done.returncode == 0, done.stdout
        outputs: dict[str, dict[str, str]] = json.loads(self._outputs_file.read_text())
        return outputs

    def destroy(self, *stacks: str) -> None:
        self.succeed("destroy", *stacks, "--force", "--app", str(self.out))

    def succeed(self, *arguments: str) -> str:
        done = self.run(*arguments)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def bootstrap(self, account: str) -> None:
        self.succeed("bootstrap", f"aws://{account}/us-east-1")
