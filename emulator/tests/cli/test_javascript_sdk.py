"""The AWS SDK for JavaScript, which reads answers more strictly than boto3, understands what is described."""

import json
import os
import subprocess
from typing import Any

import pytest
from cache_templates import cache, cache_template
from local_aws_process import EMULATOR, LocalAws

SCRIPT = """
const { ElastiCache } = require('@aws-sdk/client-elasticache');
const { STSClient, GetCallerIdentityCommand } = require('@aws-sdk/client-sts');
const client = new ElastiCache({});
const ask = async () => ({
  account: (await new STSClient({}).send(new GetCallerIdentityCommand({}))).Account,
  groups: (await client.describeReplicationGroups({ ReplicationGroupId: 'js' })).ReplicationGroups,
  clusters: (await client.describeCacheClusters({ ShowCacheNodeInfo: true })).CacheClusters,
  users: (await client.describeUsers({})).Users,
  userGroups: (await client.describeUserGroups({})).UserGroups,
  subnetGroups: (await client.describeCacheSubnetGroups({})).CacheSubnetGroups,
  missing: await client.describeUsers({ UserId: 'gone' }).catch((error) => error.name),
});
ask().then((answers) => console.log(JSON.stringify(answers)));
"""


@pytest.fixture
def answers(local_aws: LocalAws) -> Any:
    outcome = local_aws.deploy("js", cache_template(cache("js")))
    assert outcome.status == "CREATE_COMPLETE", outcome.failures
    environment = {
        "PATH": os.environ["PATH"],
        "AWS_ENDPOINT_URL": local_aws.announcement["endpoint"],
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": local_aws.announcement["account"],
        "AWS_SECRET_ACCESS_KEY": "test",
    }
    done = subprocess.run(
        ["node", "-e", SCRIPT], cwd=EMULATOR, env=environment, capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 0, done.stderr
    yield json.loads(done.stdout)
    assert local_aws.delete("js").status == "DELETE_COMPLETE"


def test_descriptions(answers: Any) -> None:
    assert answers["account"] == "000000000042"
    group = answers["groups"][0]
    assert group["MemberClusters"] == ["js-001", "js-002"]
    assert group["NodeGroups"][0]["NodeGroupMembers"][0]["CurrentRole"] == "primary"
    assert group["TransitEncryptionEnabled"] is True
    assert group["ReplicationGroupCreateTime"].startswith("20")
    nodes = {cluster["CacheClusterId"]: cluster["CacheNodes"][0]["Endpoint"]["Port"] for cluster in answers["clusters"]}
    assert nodes == {"js-001": 6379, "js-002": 6379}
    assert {user["UserId"] for user in answers["users"]} == {"default", "js-default", "js-app"}
    assert [group["UserIds"] for group in answers["userGroups"]] == [["js-default", "js-app"]]
    assert len(answers["subnetGroups"][0]["Subnets"]) == 2
    assert answers["missing"].startswith("UserNotFound")
