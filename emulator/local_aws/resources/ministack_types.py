"""Types that MiniStack provides as they are: each was looked at for what a change and a deletion do."""

from ministack.services.cloudformation import provisioners

from local_aws.cloudformation.registry import Attributes, Owner, Properties, Provisioned, ResourceType

# They have an update, or their create overwrites the resource of the same name, which is an update as well.
NAMES = (
    "AWS::CDK::Metadata",
    "AWS::CloudFormation::WaitConditionHandle",
    "AWS::CloudWatch::Dashboard",
    "AWS::ECR::Repository",
    "AWS::IAM::ManagedPolicy",
    "AWS::KMS::Alias",
    "AWS::KMS::Key",
    "AWS::KinesisFirehose::DeliveryStream",
    "AWS::Lambda::Function",
    "AWS::Lambda::Permission",
    "AWS::S3::Bucket",
    "AWS::S3::BucketPolicy",
    "AWS::SNS::Subscription",
    "AWS::SSM::Parameter",
)


class MiniStackType(ResourceType):
    """The adapter. It checks no properties: MiniStack takes any, and ignores what it does not know."""

    updates_or_not_at_all = False

    def __init__(self, name: str) -> None:
        self.name = name  # type: ignore[misc]
        self._handler = provisioners._RESOURCE_HANDLERS[name]

    def check(self, properties: Properties) -> None:
        pass

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        return Provisioned(*self._handler["create"](owner.logical_id, properties, owner.stack_name))

    def change(self, owner: Owner, physical_id: str, old: Properties, new: Properties) -> Provisioned:
        if "update" not in self._handler:
            return self.create(owner, new)
        arguments = [physical_id, old, new, owner.stack_name]
        if self._handler.get("update_with_logical_id"):
            arguments.append(owner.logical_id)
        return Provisioned(*self._handler["update"](*arguments))

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        raise NotImplementedError("MiniStack decides in `change` whether it updates or replaces")

    def delete(self, physical_id: str, properties: Properties) -> None:
        self._handler["delete"](physical_id, properties)


class CustomResourceType(MiniStackType):
    """Every `Custom::` name: MiniStack runs the function as a process of this machine."""

    def __init__(self) -> None:
        super().__init__("AWS::CloudFormation::CustomResource")

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        return Provisioned(*provisioners._custom_resource_create(owner.logical_id, properties, owner.stack_name))

    def change(self, owner: Owner, physical_id: str, old: Properties, new: Properties) -> Provisioned:
        done = provisioners._custom_resource_update(physical_id, old, new, owner.stack_name, owner.logical_id)
        return Provisioned(*done)

    def remove(self, owner: Owner, physical_id: str, properties: Properties) -> None:
        provisioners._custom_resource_delete(physical_id, properties, owner.stack_name, owner.logical_id)
