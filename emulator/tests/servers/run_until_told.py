"""A program that runs a group and ends as its argument says; the tests of its end start it."""

import json
import sys
import threading

from local_aws.redis.group import GroupSpec, RedisGroup
from local_aws.runtime import Runtime, exit_on_signals
from local_aws.settings import Settings


def main(ending: str) -> None:
    exit_on_signals()
    # A group started from a thread that ends: its servers must live on.
    with Runtime(Settings.from_environment()) as runtime:
        spec = GroupSpec("sessions", replicas=1, tls=True, automatic_failover=True)
        thread = threading.Thread(target=RedisGroup.start, args=(spec, runtime))
        thread.start()
        thread.join()
        nodes = runtime.groups["sessions"].nodes()
        state = {"runDir": str(runtime.settings.run_dir), "alive": [node.alive for node in nodes]}
        print(json.dumps(state), flush=True)
        if ending == "raise":
            raise AssertionError("a failed assertion")
        threading.Event().wait()


main(sys.argv[1])
