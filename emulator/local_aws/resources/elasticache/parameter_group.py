"""AWS::ElastiCache::ParameterGroup."""

from local_aws.cloudformation.errors import ResourceError
from local_aws.cloudformation.registry import Attributes, Owner, Properties, Provisioned, ResourceType, names
from local_aws.resources.elasticache.store import ParameterGroup, Store
from local_aws.resources.values import tags

# ElastiCache User Guide, "Engine specific parameters".
FAMILIES = names(
    "memcached1.4 memcached1.5 memcached1.6 redis2.6 redis2.8 redis3.2 redis4.0 redis5.0 redis6.x redis7 "
    "valkey7 valkey8 valkey9"
)


class ParameterGroupType(ResourceType):
    """Values that reach the servers of every group that uses them, also when they change."""

    name = "AWS::ElastiCache::ParameterGroup"
    applied = names("CacheParameterGroupFamily Properties")
    recorded = names("Description Tags")
    required = names("CacheParameterGroupFamily Description")
    create_only = names("CacheParameterGroupFamily")

    def __init__(self, store: Store) -> None:
        self._store = store

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        name = owner.physical_name(255, lower=True)
        self._store.parameter_groups[name] = _record(name, properties)
        return Provisioned(name, {"CacheParameterGroupName": name})

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        record = _record(physical_id, new)
        if record.clustered != self._store.parameter_groups[physical_id].clustered:
            raise ResourceError("InvalidParameterValue: The parameter cluster-enabled cannot be modified.")
        self._store.put_and_apply(
            self._store.parameter_groups, physical_id, record, self._store.users_of_parameter_group(physical_id)
        )
        return {"CacheParameterGroupName": physical_id}

    def delete(self, physical_id: str, properties: Properties) -> None:
        users = [group.id for group in self._store.users_of_parameter_group(physical_id)]
        if users:
            raise ResourceError(f"InvalidCacheParameterGroupState: {physical_id} is in use by {', '.join(users)}.")
        self._store.parameter_groups.pop(physical_id, None)


def _record(name: str, properties: Properties) -> ParameterGroup:
    family = properties["CacheParameterGroupFamily"]
    if family not in FAMILIES:
        raise ResourceError(
            f"InvalidParameterValue: CacheParameterGroupFamily {family} is not a valid parameter group family."
        )
    values = {key: str(value) for key, value in (properties.get("Properties") or {}).items()}
    return ParameterGroup(name, family, properties["Description"], values, tags(properties))
