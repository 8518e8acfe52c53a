"""What a run holds and gives back."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from local_aws import host
from local_aws.errors import ServerError
from local_aws.redis.group import GroupSpec, RedisGroup
from local_aws.runtime import Runtime
from local_aws.settings import Settings


def test_two_runs_stand_side_by_side(tmp_path: Path) -> None:
    spec = GroupSpec("sessions", tls=True)
    with (
        Runtime(Settings.from_environment({"DATA_TIER_RUN_DIR": str(tmp_path / "one")})) as one,
        Runtime(Settings.from_environment({"DATA_TIER_RUN_DIR": str(tmp_path / "two")})) as two,
    ):
        groups = [RedisGroup.start(spec, runtime) for runtime in (one, two)]
        assert groups[0].primary.port == groups[1].primary.port
        assert groups[0].primary.host != groups[1].primary.host
        assert one.operator_password != two.operator_password
        for group in groups:
            with group.operator() as operator:
                assert operator.dbsize() == 0


def test_groups_start_at_the_same_time(runtime: Runtime) -> None:
    specs = [GroupSpec(f"group-{number}", replicas=1, tls=True) for number in range(3)]
    threads = [threading.Thread(target=RedisGroup.start, args=(spec, runtime)) for spec in specs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(runtime.groups) == ["group-0", "group-1", "group-2"]
    hosts = [node.endpoint.host for group in runtime.groups.values() for node in group.nodes()]
    assert len(set(hosts)) == 6


def test_closing_ends_a_start_that_is_under_way(runtime: Runtime) -> None:
    failures: list[ServerError] = []

    def start() -> None:
        while True:
            try:
                RedisGroup.start(GroupSpec("sessions", replicas=3, tls=True), runtime).destroy()
            except ServerError as error:
                failures.append(error)
                return

    thread = threading.Thread(target=start)
    thread.start()
    time.sleep(0.3)
    begin = time.monotonic()
    runtime.close()
    thread.join()
    assert time.monotonic() - begin < 5
    assert len(failures) == 1


def test_after_closing_nothing_starts(runtime: Runtime) -> None:
    RedisGroup.start(GroupSpec("sessions"), runtime)
    runtime.close()
    runtime.close()
    with pytest.raises(ServerError, match="The local AWS is stopping"):
        RedisGroup.start(GroupSpec("late"), runtime)


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_another_system_is_told_what_it_lacks(platform: str) -> None:
    script = f"import sys; sys.path[:0] = {sys.path!r}; sys.platform = {platform!r}; import local_aws"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"The local AWS needs Linux, this is {platform}: it uses the whole block 127.0.0.0/8")


def test_a_run_that_cannot_begin_leaves_no_directory(tmp_path: Path) -> None:
    script = "from local_aws.runtime import *; Runtime(Settings.from_environment())"
    environment = {"PATH": str(tmp_path), "TMPDIR": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert "ServerError: The local AWS needs openssl" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_missing_tools_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ServerError, match=r"needs openssl \(package openssl\), setpriv \(package util-linux\) on PATH"):
        host.check_host()
