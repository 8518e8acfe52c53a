"""ECS clusters, task definitions and services, kept in MiniStack's ECS; a service is described but starts nothing."""

from typing import Any

from ministack.core.responses import get_account_id, get_region, now_iso
from ministack.services import ecs

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
from local_aws.resources.values import boolean, integer

# Maps whose keys belong to the user and stay as they are.
_USER_KEYS = {"DockerLabels", "Options", "Labels", "DriverOpts"}


class ClusterType(ResourceType):
    """A cluster without any capacity behind it."""

    name = "AWS::ECS::Cluster"
    applied = names("ClusterName")
    recorded = names(
        "CapacityProviders ClusterSettings Configuration DefaultCapacityProviderStrategy ServiceConnectDefaults Tags"
    )
    create_only = names("ClusterName")
    name_property = "ClusterName"

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        name = properties.get("ClusterName") or owner.physical_name(255)
        if name in ecs._clusters:
            raise ResourceError(f"InvalidParameterException: Cluster {name} already exists.")
        ecs._clusters[name] = {
            "clusterArn": _arn("cluster", name),
            "clusterName": name,
            "status": "ACTIVE",
            "registeredContainerInstancesCount": 0,
            "runningTasksCount": 0,
            "pendingTasksCount": 0,
            "activeServicesCount": 0,
        }
        return Provisioned(name, self.update(name, {}, properties))

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        settings = {"settings" if key == "ClusterSettings" else _camel(key): camel(value) for key, value in new.items()}
        cluster = ecs._clusters[physical_id]
        cluster.update({"settings": [], "capacityProviders": [], "defaultCapacityProviderStrategy": [], **settings})
        cluster["tags"] = ecs._tags[cluster["clusterArn"]] = _tags(new)
        return {"Arn": cluster["clusterArn"]}

    def delete(self, physical_id: str, properties: Properties) -> None:
        services = [key for key in ecs._services if key.startswith(f"{physical_id}/")]
        if services:
            raise ResourceError(
                f"ClusterContainsServicesException: Cluster {physical_id} has services: {', '.join(services)}"
            )
        ecs._clusters.pop(physical_id, None)


class TaskDefinitionType(ResourceType):
    """A task definition, readable by DescribeTaskDefinition word for word; a change is a new revision."""

    name = "AWS::ECS::TaskDefinition"
    applied = names("ContainerDefinitions Family")
    recorded = names(
        "Cpu EnableFaultInjection EphemeralStorage ExecutionRoleArn IpcMode Memory NetworkMode PidMode "
        "PlacementConstraints ProxyConfiguration RequiresCompatibilities RuntimePlatform Tags TaskRoleArn "
        "Volumes"
    )
    refused = refusing("Elastic Inference is gone", "InferenceAccelerators")
    create_only = (applied | recorded) - {"Tags"}

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        family = properties.get("Family") or owner.physical_name(255)
        containers = properties.get("ContainerDefinitions") or []
        if not containers:
            raise ResourceError("ClientException: TaskDefinition must contain at least one container definition.")
        for container in containers:
            if not container.get("Name") or not container.get("Image"):
                raise ResourceError("ClientException: A container definition needs a name and an image.")
        revision = ecs._task_def_latest.get(family, 0) + 1
        arn = _arn("task-definition", f"{family}:{revision}")
        compatibilities = properties.get("RequiresCompatibilities") or ["EC2"]
        ecs._task_def_latest[family] = revision
        ecs._task_defs[f"{family}:{revision}"] = {
            "networkMode": "bridge",
            "volumes": [],
            "placementConstraints": [],
            **camel({key: value for key, value in properties.items() if key != "Tags"}),
            "taskDefinitionArn": arn,
            "family": family,
            "revision": revision,
            "status": "ACTIVE",
            "containerDefinitions": [{"cpu": 0, "essential": True, **camel(container)} for container in containers],
            "requiresCompatibilities": compatibilities,
            "compatibilities": sorted({"EC2", *compatibilities}),
            "registeredAt": now_iso(),
            "registeredBy": f"arn:aws:iam::{get_account_id()}:root",
        }
        ecs._tags[arn] = _tags(properties)
        return Provisioned(arn, {"TaskDefinitionArn": arn})

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        ecs._tags[physical_id] = _tags(new)
        return {"TaskDefinitionArn": physical_id}

    def delete(self, physical_id: str, properties: Properties) -> None:
        definition = ecs._task_defs.get(physical_id.split("/")[-1])
        if definition:
            definition["status"] = "INACTIVE"


class ServiceType(ResourceType):
    """A service whose tasks never start: DescribeServices tells of the desired count and none that runs."""

    name = "AWS::ECS::Service"
    applied = names("Cluster ServiceName TaskDefinition")
    recorded = names(
        "AvailabilityZoneRebalancing CapacityProviderStrategy DeploymentConfiguration DeploymentController "
        "DesiredCount EnableECSManagedTags EnableExecuteCommand HealthCheckGracePeriodSeconds LaunchType "
        "LoadBalancers NetworkConfiguration PlacementConstraints PlacementStrategies PlatformVersion "
        "PropagateTags Role SchedulingStrategy ServiceConnectConfiguration ServiceRegistries Tags "
        "VolumeConfigurations"
    )
    refused = refusing(NOT_MODELLED, "ForceNewDeployment GatewayConnectors Monitoring VpcLatticeConfigurations")
    create_only = names("Cluster LaunchType Role SchedulingStrategy ServiceName")
    name_property = "ServiceName"

    def create(self, owner: Owner, properties: Properties) -> Provisioned:
        cluster = str(properties.get("Cluster", "default")).split("/")[-1]
        if cluster not in ecs._clusters:
            raise ResourceError(f"ClusterNotFoundException: Cluster {cluster} not found.")
        name = properties.get("ServiceName") or owner.physical_name(255)
        key = f"{cluster}/{name}"
        if key in ecs._services:
            raise ResourceError(f"InvalidParameterException: Creation of service {name} was not idempotent.")
        _check_task_definition(properties)
        ecs._services[key] = {
            "serviceArn": _arn("service", key),
            "serviceName": name,
            "clusterArn": ecs._clusters[cluster]["clusterArn"],
            "status": "ACTIVE",
            "runningCount": 0,
            "pendingCount": 0,
            "events": [],
            "createdAt": now_iso(),
            "createdBy": f"arn:aws:iam::{get_account_id()}:root",
            "launchType": properties.get("LaunchType", "EC2"),
            "schedulingStrategy": properties.get("SchedulingStrategy", "REPLICA"),
            "roleArn": properties.get("Role", ""),
        }
        return Provisioned(ecs._services[key]["serviceArn"], self._put(key, properties))

    def update(self, physical_id: str, old: Properties, new: Properties) -> Attributes:
        _check_task_definition(new)
        return self._put(physical_id.split(":service/")[1], new)

    def delete(self, physical_id: str, properties: Properties) -> None:
        ecs._services.pop(physical_id.split(":service/")[1], None)

    def _put(self, key: str, properties: Properties) -> Attributes:
        service = ecs._services[key]
        own = {
            "Cluster",
            "Role",
            "ServiceName",
            "Tags",
            "LaunchType",
            "SchedulingStrategy",
            "EnableECSManagedTags",
            "EnableExecuteCommand",
        }
        desired = integer(properties, "DesiredCount", 1)
        service.update(
            {
                "loadBalancers": [],
                "serviceRegistries": [],
                **camel({name: value for name, value in properties.items() if name not in own}),
                "desiredCount": desired,
                "enableECSManagedTags": boolean(properties, "EnableECSManagedTags", False),
                "enableExecuteCommand": boolean(properties, "EnableExecuteCommand", False),
                "deployments": [_deployment(properties, desired, service["createdAt"])],
                "tags": _tags(properties),
            }
        )
        ecs._tags[service["serviceArn"]] = service["tags"]
        return {"ServiceArn": service["serviceArn"], "Name": service["serviceName"]}


def camel(value: Any) -> Any:
    """A value of a template as the ECS API writes it: the same, with names that begin in lower case."""
    if isinstance(value, list):
        return [camel(item) for item in value]
    if isinstance(value, dict):
        return {_camel(key): item if key in _USER_KEYS else camel(item) for key, item in value.items()}
    return value


def _camel(name: str) -> str:
    return name[:1].lower() + name[1:]


def _arn(kind: str, name: str) -> str:
    return f"arn:aws:ecs:{get_region()}:{get_account_id()}:{kind}/{name}"


def _tags(properties: Properties) -> list[dict[str, str]]:
    return [{"key": tag["Key"], "value": str(tag["Value"])} for tag in properties.get("Tags") or []]


def _check_task_definition(properties: Properties) -> None:
    name = str(properties.get("TaskDefinition", ""))
    definition = ecs._task_defs.get(ecs._resolve_td_key(name))
    if not definition or definition["status"] != "ACTIVE":
        raise ResourceError(f"ClientException: Unable to find task definition {name}.")


def _deployment(properties: Properties, desired: int, created: str) -> dict[str, Any]:
    return {
        "id": "ecs-svc/local",
        "status": "PRIMARY",
        "taskDefinition": properties["TaskDefinition"],
        "desiredCount": desired,
        "runningCount": 0,
        "pendingCount": 0,
        "failedTasks": 0,
        "launchType": properties.get("LaunchType", "EC2"),
        "createdAt": created,
        "updatedAt": now_iso(),
        "rolloutState": "COMPLETED",
        "rolloutStateReason": "The local AWS describes services and starts no tasks.",
    }


CONTAINER_TYPES = (ClusterType, TaskDefinitionType, ServiceType)
