"""AWS::ElastiCache::SubnetGroup."""

from ministack.services import ec2

from local_aws.cloudformation.errors import ResourceError
from local_aws.cloudformation.registry import Attributes, Owner, Properties, Provisioned, ResourceType, names
from local_aws.resources.elasticache.store import Store, SubnetGroup
from local_aws.resources.values import tags


class SubnetGroupType(ResourceType):
    """Subnets that exist, all of one VPC; their zones are those that Describe shows for nodes."""

    name = "AWS::ElastiCache::SubnetGroup"
    applied = names("CacheSubnetGroupName SubnetIds")
    recorded = names("Description Tags")
    required = names("Description SubnetIds")
    create_only = names("CacheSubnetGroupName")
    name_property = "CacheSubnetGroupName"

    def __init__(self, store: Store) -> None:
        self._store = store

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        name = (properties.get("CacheSubnetGroupName") or owner.physical_name(255)).lower()
        if name in self._store.subnet_groups:
            raise ResourceError(f"CacheSubnetGroupAlreadyExists: Cache Subnet Group {name} already exists.")
        self._store.subnet_groups[name] = _record(name, properties)
        return Provisioned(name, {})

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        self._store.subnet_groups[physical_id] = _record(physical_id, new)
        return {}

    def delete(self, physical_id: str, properties: Properties) -> None:
        if self._store.users_of_subnet_group(physical_id):
            raise ResourceError(
                f"CacheSubnetGroupInUse: Cache Subnet Group {physical_id} is currently in use by a cache cluster."
            )
        self._store.subnet_groups.pop(physical_id, None)


def _record(name: str, properties: Properties) -> SubnetGroup:
    subnets = {}
    for subnet_id in properties["SubnetIds"]:
        subnets[subnet_id] = ec2._subnets.get(subnet_id)
        if subnets[subnet_id] is None:
            raise ResourceError(f"InvalidSubnet: The subnet ID {subnet_id} does not exist.")
    vpcs = {subnet["VpcId"] for subnet in subnets.values()}
    if len(vpcs) != 1:
        raise ResourceError(f"InvalidSubnet: the subnets of {name} must be in one VPC, got {len(vpcs)} VPCs.")
    zones = {subnet_id: subnet["AvailabilityZone"] for subnet_id, subnet in subnets.items()}
    return SubnetGroup(name, properties["Description"], vpcs.pop(), zones, tags(properties))
