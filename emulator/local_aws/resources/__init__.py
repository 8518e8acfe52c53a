"""The resource types of the local AWS, put together, and the services behind them."""

from ministack.services import ssm

from local_aws.cloudformation.dynamic_references import DynamicReferences
from local_aws.cloudformation.errors import ResourceError
from local_aws.cloudformation.hooks import ServiceHandler
from local_aws.cloudformation.registry import Registry
from local_aws.cloudwatch.api import Api as CloudWatchApi
from local_aws.cloudwatch.monitoring import Monitoring
from local_aws.resources.auto_scaling.api import Api as AutoScalingApi
from local_aws.resources.auto_scaling.resource_types import ScalableTargetType, ScalingPolicyType
from local_aws.resources.auto_scaling.store import Scaling
from local_aws.resources.cloudwatch import AlarmType, CompositeAlarmType
from local_aws.resources.containers import CONTAINER_TYPES
from local_aws.resources.ec2.network import NETWORK_TYPES
from local_aws.resources.ec2.routing import ROUTING_TYPES
from local_aws.resources.ec2.security_groups import SECURITY_GROUP_RULE_TYPES, SecurityGroupType
from local_aws.resources.elasticache.access import UserGroupType, UserType
from local_aws.resources.elasticache.api import Api
from local_aws.resources.elasticache.cache_cluster import CacheClusterType
from local_aws.resources.elasticache.metrics.publisher import ElastiCachePublisher
from local_aws.resources.elasticache.parameter_group import ParameterGroupType
from local_aws.resources.elasticache.replication_group import ReplicationGroupType
from local_aws.resources.elasticache.store import Store
from local_aws.resources.elasticache.subnet_group import SubnetGroupType
from local_aws.resources.identity import PolicyType, RoleType
from local_aws.resources.load_balancing import LOAD_BALANCING_TYPES
from local_aws.resources.logs import LogGroupType
from local_aws.resources.ministack_types import NAMES, CustomResourceType, MiniStackType
from local_aws.resources.secrets_manager import ResourcePolicyType, SecretType, secret_string
from local_aws.resources.topics import TOPIC_TYPES
from local_aws.runtime import Runtime


class Resources:
    """Everything that one run can deploy, and the services that answer for it."""

    def __init__(self, runtime: Runtime) -> None:
        store = Store(runtime)
        self.registry = Registry(DynamicReferences(secret_string, _parameter))
        self.registry.add(*(MiniStackType(name) for name in NAMES))
        for types in (
            CONTAINER_TYPES,
            LOAD_BALANCING_TYPES,
            NETWORK_TYPES,
            ROUTING_TYPES,
            SECURITY_GROUP_RULE_TYPES,
            TOPIC_TYPES,
        ):
            self.registry.add(*(kind() for kind in types))
        self.registry.add(LogGroupType(), PolicyType(), ResourcePolicyType(), RoleType(), SecretType(runtime.settings))
        self.registry.add(SecurityGroupType(store.users_of_security_group))
        elasticache = (
            CacheClusterType,
            ParameterGroupType,
            ReplicationGroupType,
            SubnetGroupType,
            UserGroupType,
            UserType,
        )
        self.registry.add(*(kind(store) for kind in elasticache))
        scaling = Scaling(store)
        self.registry.add(ScalableTargetType(scaling), ScalingPolicyType(scaling))
        self.monitoring = Monitoring(runtime.settings)
        self.monitoring.publishers.append(ElastiCachePublisher(store, self.monitoring.metrics).publish)
        self.registry.add(AlarmType(self.monitoring), CompositeAlarmType(self.monitoring))
        self.registry.add_custom(CustomResourceType())
        self.services: dict[str, ServiceHandler] = {
            "application-autoscaling": AutoScalingApi(scaling).handle,
            "elasticache": Api(store).handle,
            "monitoring": CloudWatchApi(self.monitoring).handle,
        }


def _parameter(name: str) -> str:
    value = ssm.resolve_parameter_value(name)
    if value is None:
        raise ResourceError(f"ParameterNotFound: Parameter {name} not found.")
    return str(value)
