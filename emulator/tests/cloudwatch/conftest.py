"""A local AWS whose metric minute is short."""

from collections.abc import Iterator

import pytest
from local_aws_process import LocalAws, running_local_aws


@pytest.fixture(scope="session")
def local_aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAws]:
    """One for all tests of this folder; each test takes names of its own."""
    log = tmp_path_factory.mktemp("local-aws") / "log"
    with running_local_aws(log, DATA_TIER_METRIC_MINUTE="0.3") as running:
        yield running
    assert running.process.returncode == 0
    assert "[local_aws.cloudwatch" not in log.read_text()
