"""A custom resource: its function runs, hears of every change, and of the way back when it fails."""

from typing import Any

from local_aws_process import LocalAws, Template, get_att, ref, resource, template

# Answers as cfn-response does, keeps what it heard of in its physical id, and fails on request.
CODE = """
const http = require('http');
exports.handler = (event) => new Promise((done) => {
  const { RequestType, ResourceProperties, PhysicalResourceId, StackId, RequestId, LogicalResourceId } = event;
  const failed = ResourceProperties.Fail === 'true';
  const body = JSON.stringify({
    Status: failed ? 'FAILED' : 'SUCCESS', Reason: 'asked to fail', StackId, RequestId, LogicalResourceId,
    PhysicalResourceId: PhysicalResourceId || 'made-once',
    Data: { Heard: `${RequestType} ${ResourceProperties.Value}` },
  });
  const headers = { 'content-length': Buffer.byteLength(body) };
  http.request(event.ResponseURL, { method: 'PUT', headers }, done).end(body);
});
"""


def custom(value: str, **properties: Any) -> Template:
    role = resource("IAM::Role", {"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []}})
    function = {
        "Code": {"ZipFile": CODE},
        "Handler": "index.handler",
        "Runtime": "nodejs20.x",
        "Role": get_att("Role", "Arn"),
    }
    custom_properties = {"ServiceToken": get_att("Function", "Arn"), "Value": value, "ServiceTimeout": 20, **properties}
    resources = {
        "Role": role,
        "Function": resource("Lambda::Function", {**function, "Role": get_att("Role", "Arn")}),
        "Custom": {"Type": "Custom::Probe", "Properties": custom_properties},
    }
    return template(resources, {"Heard": get_att("Custom", "Heard"), "Id": ref("Custom")})


def test_life_of_a_custom_resource(local_aws: LocalAws) -> None:
    created = local_aws.deploy("probe", custom("one"))
    assert created.outputs == {"Heard": "Create one", "Id": "made-once"}, created.failures
    assert local_aws.deploy("probe", custom("two")).outputs == {"Heard": "Update two", "Id": "made-once"}
    failed = local_aws.deploy("probe", custom("three", Fail=True))
    assert failed.status == "UPDATE_ROLLBACK_COMPLETE"
    assert failed.failures["Custom"] == "asked to fail"
    assert failed.events[-2] == ("Custom", "UPDATE_COMPLETE")
    assert local_aws.delete("probe").status == "DELETE_COMPLETE"
