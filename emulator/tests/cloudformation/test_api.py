"""The CloudFormation actions as the cdk CLI calls them."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_aws_process import LocalAws, Template, get_att, ref, resource, template


def change_set(local_aws: LocalAws, stack: str, body: Template, kind: str = "UPDATE") -> dict[str, Any]:
    client = local_aws.client("cloudformation")
    client.create_change_set(StackName=stack, ChangeSetName="set", ChangeSetType=kind, TemplateBody=json.dumps(body))
    described: dict[str, Any] = client.describe_change_set(StackName=stack, ChangeSetName="set")
    client.delete_change_set(StackName=stack, ChangeSetName="set")
    return described


def test_sts_answers_the_account_of_the_local_aws_to_any_key(local_aws: LocalAws) -> None:
    assert local_aws.announcement["account"] == "000000000042"
    sts = local_aws.client("sts")
    assert sts.get_caller_identity()["Account"] == "000000000042"
    sts._request_signer._credentials.access_key = "123456789012"
    assert sts.get_caller_identity()["Account"] == "000000000042"


def test_stack_arn_stands_for_the_name(local_aws: LocalAws) -> None:
    client = local_aws.client("cloudformation")
    body = template({"Topic": resource("SNS::Topic")})
    local_aws.deploy("by-arn", body)
    arn = client.describe_stacks(StackName="by-arn")["Stacks"][0]["StackId"]
    assert len(client.describe_stack_resources(StackName=arn)["StackResources"]) == 1
    assert client.describe_stack_resource(StackName=arn, LogicalResourceId="Topic")["StackResourceDetail"]
    assert len(client.list_stack_resources(StackName=arn)["StackResourceSummaries"]) == 1
    assert client.get_template(StackName=arn)["TemplateBody"] == body
    body["Resources"]["Topic"]["Properties"] = {"DisplayName": "changed"}
    assert change_set(local_aws, arn, body)["Status"] == "CREATE_COMPLETE"
    client.update_stack(StackName=arn, TemplateBody=json.dumps(body))
    client.get_waiter("stack_update_complete").wait(StackName=arn, WaiterConfig={"Delay": 1})
    client.delete_stack(StackName=arn)
    client.get_waiter("stack_delete_complete").wait(StackName=arn, WaiterConfig={"Delay": 1})


def test_change_sets_see_every_change(local_aws: LocalAws) -> None:
    def body(
        attribute: str = "GroupId", output: str = "one", parameter: str = "a", policy: str = "Delete"
    ) -> dict[str, Any]:
        vpc = resource("EC2::VPC", {"CidrBlock": "10.8.0.0/16"})
        group = resource("EC2::SecurityGroup", {"GroupDescription": ref("Name"), "VpcId": ref("Vpc")})
        topic = resource("SNS::Topic", {"DisplayName": get_att("Group", attribute)}, DeletionPolicy=policy)
        resources = {"Vpc": vpc, "Group": group, "Topic": topic}
        return template(resources, {"Out": output}, Parameters={"Name": {"Type": "String", "Default": parameter}})

    def changes(changed: Template) -> list[str]:
        described = change_set(local_aws, "changes", changed)
        assert described["Status"] == "CREATE_COMPLETE"
        return [change["ResourceChange"]["LogicalResourceId"] for change in described["Changes"]]

    local_aws.deploy("changes", body())
    unchanged = change_set(local_aws, "changes", body())
    assert unchanged["Status"] == "FAILED"
    assert "didn't contain changes" in unchanged["StatusReason"]
    assert changes(body(attribute="VpcId")) == ["Topic"]
    assert changes(body(policy="Retain")) == ["Topic"]
    assert changes(body(parameter="b")) == ["Group"]
    assert changes(body(output="two")) == []


def test_executed_change_set_changes_outputs_alone(local_aws: LocalAws) -> None:
    client, resources = local_aws.client("cloudformation"), {"Topic": resource("SNS::Topic")}
    local_aws.deploy("outputs", template(resources, {"Out": "one"}))
    body = json.dumps(template(resources, {"Out": "two"}))
    client.create_change_set(StackName="outputs", ChangeSetName="out", ChangeSetType="UPDATE", TemplateBody=body)
    client.execute_change_set(StackName="outputs", ChangeSetName="out")
    client.get_waiter("stack_update_complete").wait(StackName="outputs", WaiterConfig={"Delay": 1})
    outputs = client.describe_stacks(StackName="outputs")["Stacks"][0]["Outputs"]
    assert [output["OutputValue"] for output in outputs] == ["two"]


def test_another_region_is_refused(local_aws: LocalAws) -> None:
    body = json.dumps(template({"Topic": resource("SNS::Topic")}))
    with pytest.raises(ClientError, match="The local AWS serves region us-east-1 only, not eu-west-1"):
        local_aws.client("cloudformation", "eu-west-1").create_stack(StackName="elsewhere", TemplateBody=body)


def test_disabled_rollback_is_refused(local_aws: LocalAws) -> None:
    body = json.dumps(template({"Topic": resource("SNS::Topic")}))
    with pytest.raises(ClientError, match="DisableRollback is not supported"):
        local_aws.client("cloudformation").create_stack(StackName="no", TemplateBody=body, DisableRollback=True)


def test_transform_is_refused(local_aws: LocalAws) -> None:
    body = template({"Topic": resource("SNS::Topic")}, Transform="AWS::LanguageExtensions")
    outcome = local_aws.deploy("transform", body)
    assert outcome.status == "ROLLBACK_COMPLETE"
    assert local_aws.resources("transform") == {}
