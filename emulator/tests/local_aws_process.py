"""A local AWS as its users have it: a process of its own, reached through boto3."""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
import pytest
import redis
from botocore.config import Config
from redis import RedisCluster
from redis.backoff import NoBackoff
from redis.retry import Retry

from local_aws.settings import SECRET_KEY

EMULATOR = Path(__file__).parents[1]
Template = dict[str, Any]
_PATIENCE = 40.0


@dataclass(frozen=True)
class Outcome:
    """What became of a stack: its status, outputs, and the reasons of its failed resources by logical id."""

    status: str
    outputs: dict[str, str] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    events: tuple[tuple[str, str], ...] = ()
    reason: str = ""


class LocalAws:
    """One running local AWS."""

    secret_key = SECRET_KEY

    def __init__(self, process: subprocess.Popen[str], announcement: dict[str, Any]) -> None:
        self.process = process
        self.announcement = announcement

    def client(self, service: str, region: str = "us-east-1") -> Any:
        return boto3.client(
            service,
            endpoint_url=self.announcement["endpoint"],
            region_name=region,
            aws_access_key_id=self.announcement["account"],
            aws_secret_access_key=self.secret_key,
            config=Config(retries={"max_attempts": 0}),
        )

    def deploy(self, name: str, template: Template) -> Outcome:
        """Create the stack, or update it where it exists, and wait for the end."""
        client = self.client("cloudformation")
        action = client.update_stack if self._exists(name) else client.create_stack
        stack_id = action(StackName=name, TemplateBody=json.dumps(template))["StackId"]
        return self.outcome(stack_id)

    def delete(self, name: str, retain: Sequence[str] = ()) -> Outcome:
        client = self.client("cloudformation")
        stack_id = client.describe_stacks(StackName=name)["Stacks"][0]["StackId"]
        client.delete_stack(StackName=name, **({"RetainResources": list(retain)} if retain else {}))
        return self.outcome(stack_id)

    def resources(self, name: str) -> dict[str, str]:
        """Physical ids by logical id."""
        found = self.client("cloudformation").list_stack_resources(StackName=name)["StackResourceSummaries"]
        return {resource["LogicalResourceId"]: resource["PhysicalResourceId"] for resource in found}

    def operator(self, group_id: str, node_id: str) -> redis.Redis:
        """The emulator's own connection to a node."""
        operator = json.loads(Path(self.announcement["operatorFile"]).read_text())
        node = next(node for node in operator["groups"][group_id] if node["id"] == node_id)
        return self.redis(
            node["host"], node["port"], operator["username"], operator["password"], tls=node.get("tls", False)
        )

    def redis(
        self, host: str, port: int | str, user: str | None = None, password: str | None = None, tls: bool = True
    ) -> redis.Redis:
        return redis.Redis(
            host,
            int(port),
            username=user,
            password=password,
            decode_responses=True,
            socket_timeout=5,
            retry=Retry(NoBackoff(), 0),
            **self._encryption(tls),
        )

    def redis_cluster(
        self, host: str, port: int | str, user: str | None = None, password: str | None = None, tls: bool = True
    ) -> RedisCluster:
        """A client that finds the nodes of a cluster by itself."""
        return RedisCluster(
            host=host,
            port=int(port),
            username=user,
            password=password,
            decode_responses=True,
            socket_timeout=5,
            **self._encryption(tls),
        )

    def _encryption(self, tls: bool) -> dict[str, Any]:
        return {"ssl": True, "ssl_ca_certs": self.announcement["caFile"]} if tls else {}

    def _exists(self, name: str) -> bool:
        stacks = self.client("cloudformation").describe_stacks()["Stacks"]
        return any(stack["StackName"] == name for stack in stacks)

    def outcome(self, stack_id: str) -> Outcome:
        """How the operation that is under way ends."""
        client, deadline = self.client("cloudformation"), time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            stack = client.describe_stacks(StackName=stack_id)["Stacks"][0]
            if not stack["StackStatus"].endswith("_IN_PROGRESS"):
                break
            time.sleep(0.03)
        events = client.describe_stack_events(StackName=stack_id)["StackEvents"]
        events = list(reversed(events))
        return Outcome(
            stack["StackStatus"],
            {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])},
            {
                e["LogicalResourceId"]: e["ResourceStatusReason"]
                for e in events
                if e["ResourceStatus"].endswith("FAILED")
            },
            tuple((event["LogicalResourceId"], event["ResourceStatus"]) for event in events),
            stack.get("StackStatusReason", ""),
        )


@contextlib.contextmanager
def running_local_aws(log: Path, **environment: str) -> Iterator[LocalAws]:
    """Start one and end it as a user would."""
    with log.open("wb") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "local_aws"],
            cwd=EMULATOR,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert line, log.read_text()
        yield LocalAws(process, json.loads(line))
    finally:
        process.terminate()
        try:
            process.wait(20)
        finally:
            process.kill()
            process.wait()
            process.stdout.close()


@pytest.fixture(scope="session")
def local_aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAws]:
    """One for all tests of a folder; each test takes stack names of its own."""
    with running_local_aws(tmp_path_factory.mktemp("local-aws") / "log") as running:
        yield running
    assert running.process.returncode == 0


def template(resources: Template, outputs: Template | None = None, **sections: Any) -> Template:
    """A template of resources and outputs."""
    values = {key: {"Value": value} for key, value in (outputs or {}).items()}
    return {"Resources": resources, **({"Outputs": values} if values else {}), **sections}


def resource(type_name: str, properties: Template | None = None, **attributes: Any) -> Template:
    return {"Type": f"AWS::{type_name}", "Properties": properties or {}, **attributes}


def ref(name: str) -> Template:
    return {"Ref": name}


def get_att(name: str, attribute: str) -> Template:
    return {"Fn::GetAtt": [name, attribute]}
