"""The ElastiCache API over HTTP: the Describe actions; what would create or change is left to CloudFormation."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from local_aws.query_protocol import ApiError, Response, XmlAnswers
from local_aws.resources.elasticache.describe import Described, Shape
from local_aws.resources.elasticache.store import Store

# The element name of list items, where the service model says another than `member`.
ITEMS = {
    "CacheClusters": "CacheCluster",
    "CacheNodes": "CacheNode",
    "CacheParameterGroups": "CacheParameterGroup",
    "CacheSubnetGroups": "CacheSubnetGroup",
    "LogDeliveryConfigurations": "LogDeliveryConfiguration",
    "MemberClusters": "ClusterId",
    "NodeGroupMembers": "NodeGroupMember",
    "NodeGroups": "NodeGroup",
    "NodeSnapshots": "NodeSnapshot",
    "Parameters": "Parameter",
    "ReplicationGroups": "ReplicationGroup",
    "Snapshots": "Snapshot",
    "Subnets": "Subnet",
    "TagList": "Tag",
}
_ANSWERS = XmlAnswers("http://elasticache.amazonaws.com/doc/2015-02-02/", ITEMS)

Request = dict[str, str]


class Api:
    """Answers requests about one store."""

    def __init__(self, store: Store) -> None:
        self._described = described = Described(store)
        self._actions: dict[str, Callable[[Request], Shape]] = {
            "DescribeCacheClusters": self._cache_clusters,
            "DescribeCacheParameterGroups": self._list(
                "CacheParameterGroup", "CacheParameterGroupName", described.parameter_groups
            ),
            "DescribeCacheParameters": self._parameters,
            "DescribeCacheSubnetGroups": self._list(
                "CacheSubnetGroup", "CacheSubnetGroupName", described.subnet_groups, "Fault", 400
            ),
            "DescribeReplicationGroups": self._list(
                "ReplicationGroup", "ReplicationGroupId", described.replication_groups, "Fault"
            ),
            "DescribeSnapshots": self._snapshots,
            "DescribeUserGroups": self._list("UserGroup", "UserGroupId", described.user_groups),
            "DescribeUsers": self._list("User", "UserId", described.users),
            "ListTagsForResource": self._tags,
        }

    async def handle(
        self, method: str, path: str, headers: dict[str, str], body: bytes, query: dict[str, Any]
    ) -> Response:
        """A request in the shape in which MiniStack hands it to a service."""
        fields = {**query, **parse_qs(body.decode())}
        request = {key: value[0] if isinstance(value, list) else str(value) for key, value in fields.items()}
        action = request.get("Action", "")
        try:
            if action not in self._actions:
                raise ApiError(
                    "InvalidAction",
                    f"{action} is not offered by the local AWS: deploy ElastiCache resources with CloudFormation",
                )
            return _ANSWERS.answer(action, self._actions[action](request))
        except ApiError as error:
            return _ANSWERS.error(error)

    def _list(
        self, kind: str, id_field: str, find: Callable[[], dict[str, Shape]], suffix: str = "", status: int = 404
    ) -> Callable[[Request], Shape]:
        def action(request: Request) -> Shape:
            return {f"{kind}s": _choose(find(), request.get(id_field), f"{kind}NotFound{suffix}", status)}

        return action

    def _cache_clusters(self, request: Request) -> Shape:
        clusters = self._described.cache_clusters(request.get("ShowCacheNodeInfo") == "true")
        if request.get("ShowCacheClustersNotInReplicationGroups") == "true":
            clusters = {name: shape for name, shape in clusters.items() if "ReplicationGroupId" not in shape}
        return {"CacheClusters": _choose(clusters, request.get("CacheClusterId"), "CacheClusterNotFound")}

    def _parameters(self, request: Request) -> Shape:
        name = request.get("CacheParameterGroupName", "")
        _choose(self._described.parameter_groups(), name, "CacheParameterGroupNotFound")
        parameters = self._described.parameters(name)
        return {"Parameters": [p for p in parameters if request.get("Source", p["Source"]) == p["Source"]]}

    def _snapshots(self, request: Request) -> Shape:
        found = _choose(self._described.snapshots(), request.get("SnapshotName"), "SnapshotNotFoundFault")
        group_id = request.get("ReplicationGroupId")
        return {"Snapshots": [s for s in found if group_id in (None, s["ReplicationGroupId"])]}

    def _tags(self, request: Request) -> Shape:
        arn, tags = request.get("ResourceName", ""), self._described.tags()
        if arn not in tags:
            raise ApiError("InvalidARN", f"{arn} is not the ARN of an ElastiCache resource here")
        return {"TagList": tags[arn]}


def _choose(found: dict[str, Shape], wanted: str | None, code: str, status: int = 404) -> list[Shape]:
    if wanted is None:
        return list(found.values())
    if wanted.lower() not in found:
        raise ApiError(code, f"{wanted} not found.", status)
    return [found[wanted.lower()]]
