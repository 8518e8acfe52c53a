"""SNS topics and their policies; MiniStack's own topic type loses its subscriptions at every change."""

import json
from typing import Any

from ministack.services import sns
from ministack.services.cloudformation import provisioners

from local_aws.cloudformation.errors import ResourceError
from local_aws.cloudformation.registry import (
    NOT_MODELLED,
    Attributes,
    Owner,
    Properties,
    Provisioned,
    ResourceType,
    names,
    refusing,
)
from local_aws.resources.ec2.network import existing
from local_aws.resources.values import tags


class TopicType(ResourceType):
    """A topic."""

    name = "AWS::SNS::Topic"
    applied = names("TopicName")
    recorded = names("DisplayName KmsMasterKeyId SignatureVersion Tags TracingConfig")
    refused = refusing(
        NOT_MODELLED,
        "ArchivePolicy ContentBasedDeduplication DataProtectionPolicy DeliveryStatusLogging "
        "FifoThroughputScope FifoTopic MaximumMessageSize Subscription",
    )
    create_only = names("TopicName")
    name_property = "TopicName"

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        name = properties.get("TopicName") or owner.physical_name(256)
        if any(topic["name"] == name for topic in sns._topics.values()):
            raise ResourceError(f"{name} already exists")
        create = provisioners._RESOURCE_HANDLERS[self.name]["create"]
        arn, _ = create(owner.logical_id, {"TopicName": name}, owner.stack_name)
        return Provisioned(arn, self.update(arn, {}, properties))

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        topic = sns._topics[physical_id]
        attributes = {
            "DisplayName": new.get("DisplayName", ""),
            "KmsMasterKeyId": new.get("KmsMasterKeyId"),
            "SignatureVersion": new.get("SignatureVersion"),
            "TracingConfig": new.get("TracingConfig"),
        }
        topic["attributes"] = {
            key: value for key, value in {**topic["attributes"], **attributes}.items() if value is not None
        }
        topic["tags"] = {tag["Key"]: tag["Value"] for tag in tags(new)}
        return {"TopicArn": physical_id, "TopicName": topic["name"]}

    def delete(self, physical_id: str, properties: Properties) -> None:
        provisioners._RESOURCE_HANDLERS[self.name]["delete"](physical_id, properties)


class TopicPolicyType(ResourceType):
    """The policy of topics: shown, enforced by nobody here."""

    name = "AWS::SNS::TopicPolicy"
    applied = names("Topics")
    recorded = names("PolicyDocument")
    required = names("PolicyDocument Topics")

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        policy_id = owner.physical_name(128)
        return Provisioned(policy_id, self.update(policy_id, {}, properties))

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        topics = [existing(sns._topics, arn, "NotFound") for arn in new["Topics"]]
        _put_policy(topics, new["PolicyDocument"])
        return {"Id": physical_id}

    def delete(self, physical_id: str, properties: Properties) -> None:
        _put_policy([sns._topics[arn] for arn in properties["Topics"] if arn in sns._topics], {})


def _put_policy(topics: list[dict[str, Any]], document: Any) -> None:
    for topic in topics:
        topic["attributes"]["Policy"] = document if isinstance(document, str) else json.dumps(document)


TOPIC_TYPES = (TopicType, TopicPolicyType)
