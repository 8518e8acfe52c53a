"""Stacks through the API: created, updated, rolled back and deleted as CloudFormation does it."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_aws_process import LocalAws, Template, get_att, ref, resource, template

VPC = resource("EC2::VPC", {"CidrBlock": "10.9.0.0/16"})
BAD_PARAMETERS = {
    "Parameters": resource(
        "ElastiCache::ParameterGroup", {"CacheParameterGroupFamily": "no-such-family", "Description": "refused"}
    )
}


def group(description: str = "group", **attributes: Any) -> Template:
    return resource("EC2::SecurityGroup", {"GroupDescription": description, "VpcId": ref("Vpc")}, **attributes)


def topic(name: str, **properties: Any) -> Template:
    return resource("SNS::Topic", {"DisplayName": name, **properties})


def topics(local_aws: LocalAws) -> list[str]:
    return [found["TopicArn"] for found in local_aws.client("sns").list_topics()["Topics"]]


def test_create_update_and_delete(local_aws: LocalAws) -> None:
    created = local_aws.deploy("whole", template({"Group": group(), "Vpc": VPC}, {"Id": get_att("Group", "GroupId")}))
    assert created.status == "CREATE_COMPLETE"
    assert created.outputs["Id"] == local_aws.resources("whole")["Group"]
    completed = [name for name, status in created.events if status == "CREATE_COMPLETE"]
    assert completed == ["Vpc", "Group", "whole"]

    tagged = resource("EC2::VPC", {"CidrBlock": "10.9.0.0/16", "Tags": [{"Key": "Name", "Value": "tagged"}]})
    updated = local_aws.deploy("whole", template({"Group": group(), "Vpc": tagged}))
    assert updated.status == "UPDATE_COMPLETE"
    assert ("Group", "UPDATE_IN_PROGRESS") not in updated.events

    deleted = local_aws.delete("whole")
    assert deleted.status == "DELETE_COMPLETE"
    assert [name for name, status in deleted.events if status == "DELETE_COMPLETE"] == ["Group", "Vpc", "whole"]


def test_unknown_type_fails_before_the_first_resource(local_aws: LocalAws) -> None:
    outcome = local_aws.deploy("unknown", template({"Vpc": VPC, "Acl": resource("MemoryDB::ACL")}))
    assert outcome.status == "ROLLBACK_COMPLETE"
    reasons = [name for name, status in outcome.events if status == "CREATE_IN_PROGRESS"]
    assert reasons == ["unknown"]
    events = local_aws.client("cloudformation").describe_stack_events(StackName="unknown")["StackEvents"]
    assert "Template format error: Unrecognized resource types: [AWS::MemoryDB::ACL]" in [
        event.get("ResourceStatusReason") for event in events
    ]


@pytest.mark.parametrize(
    ("name", "resources", "logical_id", "reason"),
    [
        (
            "attribute",
            {"Vpc": VPC, "Topic": topic("x", TopicName=get_att("Vpc", "Colour"))},
            "Topic",
            "resource Vpc (AWS::EC2::VPC) does not support attribute Colour",
        ),
        (
            "property",
            {"Vpc": resource("EC2::VPC", {"CidrBlock": "10.0.0.0/16", "Colour": "red"})},
            "Vpc",
            "Properties validation failed for AWS::EC2::VPC: extraneous key [Colour] is not permitted",
        ),
        (
            "refused",
            {"Route": resource("EC2::Route", {"RouteTableId": "rtb-1", "InstanceId": "i-1"})},
            "Route",
            "AWS::EC2::Route: property InstanceId is refused by the local AWS: it is not modelled here",
        ),
        (
            "required",
            {"Subnet": resource("EC2::Subnet", {"CidrBlock": "10.0.0.0/24"})},
            "Subnet",
            "Properties validation failed for AWS::EC2::Subnet: required key [VpcId] not found",
        ),
    ],
)
def test_what_is_not_known_fails_by_name(
    local_aws: LocalAws, name: str, resources: Template, logical_id: str, reason: str
) -> None:
    outcome = local_aws.deploy(f"fails-{name}", template(resources))
    assert outcome.status == "ROLLBACK_COMPLETE"
    assert reason in outcome.failures[logical_id]
    assert local_aws.resources(f"fails-{name}") == {}


def test_failed_update_updates_back_and_deletes_only_what_is_new(local_aws: LocalAws) -> None:
    first = template({"Old": topic("before"), "Gone": topic("stays")})
    assert local_aws.deploy("rollback", first).status == "CREATE_COMPLETE"
    before = local_aws.resources("rollback")
    assert set(before.values()) <= set(topics(local_aws))

    changed = {"Old": topic("after"), "New": resource("SNS::Topic", {"TopicName": "rollback-new"}), **BAD_PARAMETERS}
    changed["Parameters"] = {**changed["Parameters"], "DependsOn": ["Old", "New"]}
    outcome = local_aws.deploy("rollback", template(changed))
    assert outcome.status == "UPDATE_ROLLBACK_COMPLETE"
    assert "no-such-family" in outcome.failures["Parameters"]
    assert local_aws.resources("rollback") == before
    assert set(before.values()) <= set(topics(local_aws))
    assert not [arn for arn in topics(local_aws) if arn.endswith("rollback-new")]
    attributes = local_aws.client("sns").get_topic_attributes(TopicArn=before["Old"])["Attributes"]
    assert attributes["DisplayName"] == "before"

    # The next update starts from what is there, not from what failed.
    again = local_aws.deploy("rollback", template({"Old": topic("after")}))
    assert again.status == "UPDATE_COMPLETE"
    assert before["Gone"] not in topics(local_aws)
    assert local_aws.delete("rollback").status == "DELETE_COMPLETE"


def test_replacement_deletes_the_former_resource_in_the_clean_up(local_aws: LocalAws) -> None:
    assert local_aws.deploy("replace", template({"Topic": topic("x", TopicName="first")})).status == "CREATE_COMPLETE"
    outcome = local_aws.deploy("replace", template({"Topic": topic("x", TopicName="second")}))
    assert outcome.status == "UPDATE_COMPLETE"
    assert ("replace", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS") in outcome.events
    names = [arn.split(":")[-1] for arn in topics(local_aws)]
    assert "second" in names
    assert "first" not in names


def test_failed_update_after_a_replacement_returns_to_the_former_resource(local_aws: LocalAws) -> None:
    local_aws.deploy("unreplace", template({"Topic": topic("x", TopicName="kept")}))
    bad = {**BAD_PARAMETERS["Parameters"], "DependsOn": "Topic"}
    changed = template({"Topic": topic("x", TopicName="dropped"), "Parameters": bad})
    assert local_aws.deploy("unreplace", changed).status == "UPDATE_ROLLBACK_COMPLETE"
    names = [arn.split(":")[-1] for arn in topics(local_aws)]
    assert "kept" in names
    assert "dropped" not in names
    assert local_aws.resources("unreplace")["Topic"].endswith(":kept")


def test_custom_named_resource_is_not_replaced(local_aws: LocalAws) -> None:
    def named(description: str) -> Template:
        properties = {"GroupDescription": description, "GroupName": "fixed", "VpcId": ref("Vpc")}
        return template({"Vpc": VPC, "Group": resource("EC2::SecurityGroup", properties)})

    local_aws.deploy("custom", named("one"))
    outcome = local_aws.deploy("custom", named("two"))
    assert outcome.status == "UPDATE_ROLLBACK_COMPLETE"
    assert outcome.failures["Group"] == (
        "CloudFormation cannot update a stack when a custom-named resource requires replacing. "
        "Rename fixed and update the stack again."
    )


def test_deletion_follows_the_dependencies_of_the_last_template(local_aws: LocalAws) -> None:
    local_aws.deploy("order", template({"Topic": topic("alone")}))
    dependent = topic("x", DisplayName=ref("Vpc"))
    assert local_aws.deploy("order", template({"Topic": dependent, "Vpc": VPC})).status == "UPDATE_COMPLETE"
    deleted = local_aws.delete("order")
    assert [name for name, status in deleted.events if status == "DELETE_COMPLETE"] == ["Topic", "Vpc", "order"]


def test_type_of_a_resource_cannot_change(local_aws: LocalAws) -> None:
    local_aws.deploy("types", template({"It": topic("x")}))
    outcome = local_aws.deploy("types", template({"It": VPC}))
    assert outcome.status == "UPDATE_ROLLBACK_COMPLETE"
    assert ("It", "UPDATE_IN_PROGRESS") not in outcome.events


def test_policies_keep_resources(local_aws: LocalAws) -> None:
    kept = resource("SNS::Topic", {"TopicName": "kept-by-stack"}, DeletionPolicy="Retain")
    replaced = resource("SNS::Topic", {"TopicName": "kept-by-replacement"}, UpdateReplacePolicy="Retain")
    removed = resource("SNS::Topic", {"TopicName": "kept-by-update"}, DeletionPolicy="RetainExceptOnCreate")
    local_aws.deploy("policies", template({"Kept": kept, "Replaced": replaced, "Removed": removed}))
    renamed = resource("SNS::Topic", {"TopicName": "renamed"})
    assert local_aws.deploy("policies", template({"Kept": kept, "Replaced": renamed})).status == "UPDATE_COMPLETE"
    deleted = local_aws.delete("policies")
    assert deleted.status == "DELETE_COMPLETE"
    assert ("Kept", "DELETE_SKIPPED") in deleted.events
    names = {arn.split(":")[-1] for arn in topics(local_aws)}
    assert {"kept-by-stack", "kept-by-replacement", "kept-by-update"} <= names
    assert "renamed" not in names


def test_policies_in_a_failed_creation(local_aws: LocalAws) -> None:
    bad = {**BAD_PARAMETERS["Parameters"], "DependsOn": ["Kept", "Deleted"]}
    kept = resource("SNS::Topic", {"TopicName": "kept-at-creation"}, DeletionPolicy="Retain")
    deleted = resource("SNS::Topic", {"TopicName": "not-kept"}, DeletionPolicy="RetainExceptOnCreate")
    outcome = local_aws.deploy("creation", template({"Kept": kept, "Deleted": deleted, "Parameters": bad}))
    assert outcome.status == "ROLLBACK_COMPLETE"
    names = {arn.split(":")[-1] for arn in topics(local_aws)}
    assert "kept-at-creation" in names
    assert "not-kept" not in names


def test_snapshot_policy_needs_a_type_with_snapshots(local_aws: LocalAws) -> None:
    snapshot = resource("SNS::Topic", {}, DeletionPolicy="Snapshot")
    outcome = local_aws.deploy("snapshots", template({"Topic": snapshot}))
    assert outcome.status == "ROLLBACK_COMPLETE"
    assert outcome.events[1] == ("snapshots", "ROLLBACK_IN_PROGRESS")


def test_failed_deletion_keeps_the_stack(local_aws: LocalAws) -> None:
    owner = template({"Vpc": VPC}, {"Vpc": ref("Vpc")})
    vpc_id = local_aws.deploy("owner", owner).outputs["Vpc"]
    subnet = resource("EC2::Subnet", {"VpcId": vpc_id, "CidrBlock": "10.9.1.0/24"})
    local_aws.deploy("tenant", template({"Subnet": subnet}))

    failed = local_aws.delete("owner")
    assert failed.status == "DELETE_FAILED"
    assert "DependencyViolation" in failed.failures["Vpc"]
    assert failed.reason == "The following resource(s) failed to delete: [Vpc]."
    assert local_aws.resources("owner") == {"Vpc": vpc_id}

    assert local_aws.delete("tenant").status == "DELETE_COMPLETE"
    assert local_aws.delete("owner").status == "DELETE_COMPLETE"


def test_failed_deletion_is_repeated_without_what_holds_it_up(local_aws: LocalAws) -> None:
    resources = {"Vpc": VPC, "Topic": topic("x")}
    vpc_id = local_aws.deploy("held", template(resources, {"Vpc": ref("Vpc")})).outputs["Vpc"]
    client = local_aws.client("cloudformation")
    with pytest.raises(ClientError, match="retain only when the stack is in the DELETE_FAILED state"):
        client.delete_stack(StackName="held", RetainResources=["Vpc"])
    subnet = resource("EC2::Subnet", {"VpcId": vpc_id, "CidrBlock": "10.9.1.0/24"})
    local_aws.deploy("holder", template({"Subnet": subnet}))
    assert local_aws.delete("held").status == "DELETE_FAILED"
    with pytest.raises(ClientError, match="is in DELETE_FAILED state and can not be updated"):
        client.create_change_set(StackName="held", ChangeSetName="set", TemplateBody=json.dumps(template(resources)))

    deleted = local_aws.delete("held", retain=["Vpc"])
    assert deleted.status == "DELETE_COMPLETE"
    assert ("Vpc", "DELETE_SKIPPED") in deleted.events
    vpcs = local_aws.client("ec2").describe_vpcs(VpcIds=[vpc_id])["Vpcs"]
    assert [vpc["VpcId"] for vpc in vpcs] == [vpc_id]
    assert local_aws.delete("holder").status == "DELETE_COMPLETE"


def test_a_second_update_waits_for_the_end_of_a_failing_one(local_aws: LocalAws) -> None:
    """With every door tried while the first is under way; and then the second goes through."""
    client = local_aws.client("cloudformation")
    local_aws.deploy("busy-failing", template({"Topic": topic("before")}))
    second = json.dumps(template({"Topic": topic("second")}))
    client.create_change_set(StackName="busy-failing", ChangeSetName="early", TemplateBody=second)
    slow = {
        "ReplicationGroupDescription": "takes a moment",
        "CacheNodeType": "cache.t4g.small",
        "NumCacheClusters": 3,
    }
    failing = {
        "Topic": topic("after"),
        "Cache": resource("ElastiCache::ReplicationGroup", slow, DependsOn="Topic"),
        "Parameters": {**BAD_PARAMETERS["Parameters"], "DependsOn": "Cache"},
    }
    client.create_change_set(StackName="busy-failing", ChangeSetName="bad", TemplateBody=json.dumps(template(failing)))
    client.execute_change_set(StackName="busy-failing", ChangeSetName="bad")
    refused = [
        lambda: client.execute_change_set(StackName="busy-failing", ChangeSetName="early"),
        lambda: client.create_change_set(StackName="busy-failing", ChangeSetName="late", TemplateBody=second),
        lambda: client.update_stack(StackName="busy-failing", TemplateBody=second),
        lambda: client.delete_stack(StackName="busy-failing"),
    ]
    for attempt in refused:
        with pytest.raises(ClientError, match=r"UPDATE_(ROLLBACK_)?IN_PROGRESS state"):
            attempt()
    failed = local_aws.outcome("busy-failing")
    assert failed.status == "UPDATE_ROLLBACK_COMPLETE"
    assert set(local_aws.resources("busy-failing")) == {"Topic"}
    assert local_aws.deploy("busy-failing", template({"Topic": topic("second")})).status == "UPDATE_COMPLETE"
    assert local_aws.delete("busy-failing").status == "DELETE_COMPLETE"


def test_exports_across_stacks(local_aws: LocalAws) -> None:
    def exporting(value: Any) -> Template:
        output = {"Value": value, "Export": {"Name": "shared-value"}}
        return {"Resources": {"Topic": topic("x")}, "Outputs": {"Shared": output}}

    importing = template({"Topic": topic("y", TopicName={"Fn::ImportValue": "shared-value"})})
    assert local_aws.deploy("importer", importing).status == "ROLLBACK_COMPLETE"
    local_aws.delete("importer")
    assert local_aws.deploy("exporter", exporting("imported-name")).status == "CREATE_COMPLETE"
    assert local_aws.deploy("importer", importing).status == "CREATE_COMPLETE"
    assert local_aws.resources("importer")["Topic"].endswith(":imported-name")

    second = local_aws.deploy("second-exporter", exporting("other"))
    assert second.status == "ROLLBACK_COMPLETE"
    changed = local_aws.deploy("exporter", exporting("changed"))
    assert changed.status == "UPDATE_ROLLBACK_COMPLETE"
    exports = {e["Name"]: e["Value"] for e in local_aws.client("cloudformation").list_exports()["Exports"]}
    assert exports["shared-value"] == "imported-name"

    assert local_aws.delete("importer").status == "DELETE_COMPLETE"
    assert local_aws.deploy("exporter", exporting("changed")).status == "UPDATE_COMPLETE"
    assert local_aws.delete("exporter").status == "DELETE_COMPLETE"


def test_conditions_and_parameters(local_aws: LocalAws) -> None:
    conditional = {
        "Parameters": {"Create": {"Type": "String", "Default": "no"}},
        "Conditions": {"Wanted": {"Fn::Equals": [{"Ref": "Create"}, "yes"]}},
        "Resources": {"Topic": topic("x"), "Optional": {**topic("y"), "Condition": "Wanted"}},
        "Outputs": {"Optional": {"Value": ref("Optional"), "Condition": "Wanted"}},
    }
    assert local_aws.deploy("conditional", conditional).outputs == {}
    assert set(local_aws.resources("conditional")) == {"Topic"}
    conditional["Parameters"]["Create"]["Default"] = "yes"
    assert set(local_aws.deploy("conditional", conditional).outputs) == {"Optional"}
    assert json.dumps(sorted(local_aws.resources("conditional"))) == '["Optional", "Topic"]'
