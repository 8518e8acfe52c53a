"""Every private name of MiniStack that we replace or read; checked at start, because no release promises them."""

import importlib
import importlib.metadata
from collections.abc import Awaitable, Callable
from typing import Any

from local_aws.settings import Settings

MINISTACK_VERSION = "1.4.21"

_CLOUDFORMATION = "ministack.services.cloudformation"
NAMES: dict[str, tuple[str, ...]] = {
    "ministack.app": ("SERVICE_HANDLERS", "app", "detect_service", "set_request_account_id"),
    "ministack.core.responses": ("get_account_id", "get_region", "now_iso", "request_scope"),
    _CLOUDFORMATION: ("_exports", "_stacks", "_stack_events", "_change_sets"),
    f"{_CLOUDFORMATION}.changesets": (
        "_deploy_stack_async",
        "_diff_resources",
        "_find_change_set",
        "_resolve_props_for_diff",
    ),
    f"{_CLOUDFORMATION}.engine": ("_topological_sort",),
    f"{_CLOUDFORMATION}.handlers": ("_ACTION_HANDLERS", "_delete_stack_async", "_deploy_stack_async"),
    f"{_CLOUDFORMATION}.helpers": ("_error", "_p", "_xml"),
    f"{_CLOUDFORMATION}.provisioners": (
        "_RESOURCE_HANDLERS",
        "_custom_resource_create",
        "_custom_resource_delete",
        "_custom_resource_update",
    ),
    f"{_CLOUDFORMATION}.stacks": (
        "_add_event",
        "_create_stack_task_in_region",
        "_delete_stack_async",
        "_deploy_stack_async",
        "now_iso",
    ),
    "ministack.services.cloudwatch": ("_dashboards", "record_metric"),
    "ministack.services.cloudwatch_logs": ("_describe_log_groups", "_log_groups"),
    "ministack.services.ec2": (
        "_DEFAULT_VPC_ID",
        "_addresses",
        "_ensure_defaults_initialized",
        "_internet_gateways",
        "_nat_gateways",
        "_perm_xml",
        "_network_acls",
        "_random_ip",
        "_route_tables",
        "_security_groups",
        "_subnets",
        "_tags",
        "_vpcs",
    ),
    "ministack.services.alb": ("_lb_attrs", "_lbs", "_listeners", "_rules", "_tags", "_targets", "_tg_attrs", "_tgs"),
    "ministack.services.ecs": ("_clusters", "_resolve_td_key", "_services", "_tags", "_task_def_latest", "_task_defs"),
    "ministack.services.firehose": ("_streams",),
    "ministack.services.iam": ("_roles",),
    "ministack.services.kms": ("_resolve_key",),
    "ministack.services.secretsmanager": ("_find_stage_version", "_resolve", "_resource_policies", "_secrets"),
    "ministack.services.sns": ("SnsPublishError", "_topics", "publish_internal"),
    "ministack.services.ssm": ("resolve_parameter_value",),
}

ServiceHandler = Callable[..., Awaitable[tuple[int, dict[str, str], bytes]]]


class HooksBroken(RuntimeError):
    """The installed MiniStack is not the one that the hooks were written for."""


def check(version: str | None = None) -> None:
    """Stops unless MiniStack is the pinned version and has every name."""
    found = version or importlib.metadata.version("ministack")
    if found != MINISTACK_VERSION:
        raise HooksBroken(f"ministack {MINISTACK_VERSION} is needed, found {found}")
    missing = [
        f"{module}.{name}"
        for module, names in NAMES.items()
        for name in names
        if not hasattr(importlib.import_module(module), name)
    ]
    if missing:
        raise HooksBroken(f"ministack {found} lacks what the local AWS hooks into: {', '.join(missing)}")


def install(
    settings: Settings, engine: Any, services: dict[str, ServiceHandler], record_metric: Callable[..., None]
) -> None:
    """Puts our engine, our corrections of CloudFormation actions, and our services in place of MiniStack's."""
    from ministack import app
    from ministack.services import cloudwatch, cloudwatch_logs, ec2
    from ministack.services.cloudformation import changesets, handlers, stacks

    from local_aws.cloudformation import api
    from local_aws.cloudformation.records import moment
    from local_aws.resources.ec2.security_groups import permission_xml
    from local_aws.resources.logs import with_keys

    for module in (stacks, handlers, changesets):
        module._deploy_stack_async = engine.deploy
    for module in (stacks, handlers):
        module._delete_stack_async = engine.delete
    stacks.now_iso = moment
    changesets._resolve_props_for_diff = api.comparable
    changesets._diff_resources = api.differences

    actions = handlers._ACTION_HANDLERS
    actions["DeleteStack"] = api.delete_stack
    actions["DeleteChangeSet"] = api.with_result(actions["DeleteChangeSet"])
    actions["CreateChangeSet"] = api.counting_every_change(actions["CreateChangeSet"])
    for name in api.CHANGE_SETS:
        actions[name] = api.when_settled(actions[name])
    for name in api.STARTS_STACKS:
        actions[name] = api.with_rollback(api.in_region(actions[name], settings.region))
    for name in api.BY_STACK_NAME:
        actions[name] = api.by_name(actions[name])

    ec2._perm_xml = permission_xml
    cloudwatch_logs._describe_log_groups = with_keys(cloudwatch_logs._describe_log_groups)

    # What MiniStack's services measure, such as the invocations of a function, goes where ours is.
    cloudwatch.record_metric = record_metric

    app.SERVICE_HANDLERS.update(services)
    app.detect_service = _detecting(app.detect_service, services)
    # One account whatever the access key: STS always answers it, so that a client can tell this is no real one.
    app.set_request_account_id = lambda access_key: None


def _detecting(detect: Callable[..., str], services: dict[str, ServiceHandler]) -> Callable[..., str]:
    """Trusts the service in the signature for our services; MiniStack guesses some of their actions to be another's."""

    def wrapper(method: str, path: str, headers: dict[str, str], *rest: Any, **named: Any) -> str:
        for service in services:
            if f"/{service}/aws4_request" in headers.get("authorization", ""):
                return service
        return detect(method, path, headers, *rest, **named)

    return wrapper
