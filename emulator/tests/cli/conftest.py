"""Makes a running local AWS, and a stack of the CLI in it, fixtures here."""

from collections.abc import Iterator

import pytest
from cluster_stack import ClusterStack
from local_aws_process import LocalAws, running_local_aws
from stock_cdk import Cdk


@pytest.fixture(scope="module")
def local_aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAws]:
    """One for the tests of a file, which look at all that is left in it."""
    with running_local_aws(tmp_path_factory.mktemp("local-aws") / "log") as running:
        yield running
    assert running.process.returncode == 0


@pytest.fixture(scope="module")
def stack(local_aws: LocalAws, tmp_path_factory: pytest.TempPathFactory) -> ClusterStack:
    """Not deployed yet."""
    cdk = Cdk(local_aws, tmp_path_factory.mktemp("cluster"), "cluster.ts")
    cdk.bootstrap(local_aws.announcement["account"])
    return ClusterStack(local_aws, cdk)
