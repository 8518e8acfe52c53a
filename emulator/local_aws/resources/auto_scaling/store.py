"""What Application Auto Scaling knows in one run."""

from dataclasses import dataclass, field
from typing import Any

from local_aws.resources.elasticache.store import Store


@dataclass
class Scaling:
    """All targets and policies of one run, each by its physical id."""

    store: Store
    targets: dict[str, dict[str, Any]] = field(default_factory=dict)
    policies: dict[str, dict[str, Any]] = field(default_factory=dict)

    def target_arn(self, unique: str) -> str:
        """The ARN of a scalable target."""
        return f"arn:aws:application-autoscaling:{self.store.region}:{self.store.account}:scalable-target/{unique}"

    def arn(self, kind: str, rest: str) -> str:
        """The ARN of a policy or a scheduled action, which have that of EC2 Auto Scaling."""
        return f"arn:aws:autoscaling:{self.store.region}:{self.store.account}:{kind}:{rest}"
