"""The stack of `app/cluster.ts`, as its tests see it."""

import json
from typing import Any

from linked import Linked
from local_aws_process import LocalAws
from stock_cdk import Cdk

NAME, GROUP = "Cluster", "cli-cluster"
Data = dict[str, str]


def data(number: int) -> Data:
    return {f"key:{n}": f"value {n}" for n in range(number)}


class ClusterStack:
    """Deployed by the CLI, filled and read by clients that are linked."""

    def __init__(self, local_aws: LocalAws, cdk: Cdk) -> None:
        self.cdk = cdk
        self._aws = local_aws

    def deploy(self, **context: object) -> dict[str, str]:
        return self.cdk.deploy(NAME, **context)[NAME]

    def refused(self, **context: object) -> str:
        """What the CLI says of a deployment that must fail."""
        done = self.cdk.try_to_deploy(NAME, **context)
        assert done.returncode == 1, done.stdout
        return done.stdout

    @property
    def status(self) -> str:
        stacks = self._aws.client("cloudformation").describe_stacks()["Stacks"]
        return next((stack["StackStatus"] for stack in stacks if stack["StackName"] == NAME), "")

    def group(self) -> dict[str, Any]:
        """The replication group as it is described."""
        found = self._aws.client("elasticache").describe_replication_groups(ReplicationGroupId=GROUP)
        group: dict[str, Any] = found["ReplicationGroups"][0]
        return group

    def template(self) -> dict[str, Any]:
        found = self._aws.client("cloudformation").get_template(StackName=NAME)
        template: dict[str, Any] = found["TemplateBody"]
        return template

    def layout(self) -> list[int]:
        """The number of nodes of every shard."""
        return [len(shard["NodeGroupMembers"]) for shard in self.group()["NodeGroups"]]

    def linked(self, outputs: dict[str, str]) -> Linked:
        return Linked(self._aws, json.loads(outputs["Link"]))


def fill(client: Any, values: Data) -> None:
    with client, client.pipeline(transaction=False) as pipeline:
        for key, value in values.items():
            pipeline.set(key, value)
        assert all(pipeline.execute())


def read(client: Any, keys: Data) -> Data:
    with client, client.pipeline(transaction=False) as pipeline:
        for key in keys:
            pipeline.get(key)
        return dict(zip(keys, pipeline.execute(), strict=True))
