"""`python -m local_aws` as a process: one line of JSON, several side by side, every way to end it, any user."""

import contextlib
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from local_aws_process import EMULATOR, LocalAws, resource, running_local_aws, template

GROUP = {
    "Cache": resource(
        "ElastiCache::ReplicationGroup",
        {
            "ReplicationGroupId": "alone",
            "ReplicationGroupDescription": "one node without users",
            "CacheNodeType": "cache.t4g.micro",
            "AutomaticFailoverEnabled": False,
        },
    )
}


def node(local_aws: LocalAws) -> tuple[str, int]:
    groups = local_aws.client("elasticache").describe_replication_groups()["ReplicationGroups"]
    endpoint = groups[0]["NodeGroups"][0]["PrimaryEndpoint"]
    return endpoint["Address"], endpoint["Port"]


def children(pid: int) -> list[int]:
    """The processes that a process started and that are still there."""
    listed = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in listed.stdout.split()]


def wait_until_gone(pids: list[int]) -> None:
    deadline = time.monotonic() + 5
    while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def test_announcement(tmp_path: Path) -> None:
    with running_local_aws(tmp_path / "log") as running:
        told = running.announcement
        assert told.keys() == {"endpoint", "account", "region", "runDir", "caFile", "operatorFile", "pid"}
        assert told["pid"] == running.process.pid
        assert stat.S_IMODE(Path(told["runDir"]).stat().st_mode) == 0o700
        assert stat.S_IMODE(Path(told["operatorFile"]).stat().st_mode) == 0o600
        assert Path(told["caFile"]).read_text().startswith("-----BEGIN CERTIFICATE-----")
        assert (Path(told["runDir"]) / "emulator.log").exists()
    assert running.process.returncode == 0


def test_two_side_by_side_share_nothing(tmp_path: Path) -> None:
    with running_local_aws(tmp_path / "one") as one, running_local_aws(tmp_path / "two") as two:
        for running in (one, two):
            assert running.deploy("cache", template(GROUP)).status == "CREATE_COMPLETE"
        assert node(one)[0] != node(two)[0]
        one.redis(*node(one), tls=False).set("key", "one")
        assert two.redis(*node(two), tls=False).get("key") is None
        assert one.delete("cache").status == "DELETE_COMPLETE"
        assert two.redis(*node(two), tls=False).ping()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_end_by_signal(tmp_path: Path, number: signal.Signals) -> None:
    with running_local_aws(tmp_path / "log") as running:
        running.deploy("cache", template(GROUP))
        servers, run_dir = children(running.process.pid), Path(running.announcement["runDir"])
        assert servers
        running.process.send_signal(number)
        assert running.process.wait(10) == 0
        wait_until_gone(servers)
        assert not run_dir.exists()


def test_end_during_a_deployment(tmp_path: Path) -> None:
    many = {**GROUP["Cache"]["Properties"], "NumCacheClusters": 6}
    with running_local_aws(tmp_path / "log") as running:
        body = json.dumps(template({"Cache": {**GROUP["Cache"], "Properties": many}}))
        running.client("cloudformation").create_stack(StackName="many", TemplateBody=body)
        while not children(running.process.pid):
            time.sleep(0.01)
        servers = children(running.process.pid)
        running.process.terminate()
        assert running.process.wait(15) == 0
        wait_until_gone(servers)
        assert not Path(running.announcement["runDir"]).exists()


def test_kill_leaves_no_server(tmp_path: Path) -> None:
    run_dir = tmp_path / "run"
    with running_local_aws(tmp_path / "log", DATA_TIER_RUN_DIR=str(run_dir)) as running:
        running.deploy("cache", template(GROUP))
        address, servers = node(running), children(running.process.pid)
        running.process.kill()
        running.process.wait()
        wait_until_gone(servers)
        with pytest.raises(redis.exceptions.ConnectionError):
            running.redis(*address, tls=False).ping()
    with running_local_aws(tmp_path / "log", DATA_TIER_RUN_DIR=str(run_dir)) as again:
        assert again.client("cloudformation").describe_stacks()["Stacks"] == []
    assert not run_dir.exists()


def test_port_that_is_taken(tmp_path: Path, local_aws: LocalAws) -> None:
    port = local_aws.announcement["endpoint"].rsplit(":", 1)[1]
    done = subprocess.run(
        [sys.executable, "-m", "local_aws"],
        cwd=EMULATOR,
        env={**os.environ, "DATA_TIER_GATEWAY_PORT": port, "DATA_TIER_RUN_DIR": str(tmp_path / "run")},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert f"127.0.0.1:{port}" in done.stderr
    assert not (tmp_path / "run").exists()


@contextlib.contextmanager
def ordinary_user_directory() -> Iterator[Path]:
    """A directory outside of root's own, for the user nobody."""
    directory = Path("/tmp") / f"local-aws-nobody-{os.getpid()}"
    directory.mkdir()
    shutil.chown(directory, "nobody")
    try:
        yield directory
    finally:
        shutil.rmtree(directory)


@pytest.mark.skipif(os.getuid() != 0, reason="every test already runs as an ordinary user")
def test_as_an_ordinary_user_without_home() -> None:
    with ordinary_user_directory() as directory:
        command = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", sys.executable, "-m", "local_aws"]
        environment = {"PATH": os.environ["PATH"], "TMPDIR": str(directory), "HOME": "/nonexistent"}
        with (directory / "log").open("wb") as log:
            process = subprocess.Popen(
                command, cwd=EMULATOR, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
            )
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            assert line, (directory / "log").read_text()
            running = LocalAws(process, json.loads(line))
            assert running.deploy("cache", template(GROUP)).status == "CREATE_COMPLETE"
            assert running.redis(*node(running), tls=False).ping()
            assert running.delete("cache").status == "DELETE_COMPLETE"
            process.terminate()
            assert process.wait(10) == 0
        finally:
            process.kill()
            process.wait()
            process.stdout.close()
