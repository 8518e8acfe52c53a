"""`python -m local_aws`: starts a local AWS, tells its end point in one line of JSON, and answers until it is ended."""

import asyncio
import contextlib
import json
import logging
import os
import signal
import sys
import threading

from local_aws import environment
from local_aws.errors import ServerError
from local_aws.host import check_host
from local_aws.runtime import Runtime
from local_aws.settings import Settings

_PATIENCE = 5.0


def main() -> int:
    """Runs until SIGTERM or SIGINT; the exit code is 0 then, and 1 with a reason when it cannot start."""
    try:
        check_host()
        settings = Settings.from_environment()
        environment.prepare(settings)
        with Runtime(settings) as runtime:
            _log_to(settings)
            asyncio.run(_serve(runtime))
    except (ServerError, RuntimeError) as error:
        print(f"local AWS: {error}", file=sys.stderr)
        return 1
    return 0


async def _serve(runtime: Runtime) -> None:
    # Imported late: it imports MiniStack, which reads the environment prepared by then.
    from local_aws.gateway import Gateway

    gateway = Gateway(runtime)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, gateway.stop)
    try:
        await gateway.serve(lambda: _announce(runtime, gateway.endpoint))
    finally:
        # Ends the servers first: what a deployment under way waits for then fails at once.
        runtime.close()
        _end_anyway()


def _end_anyway() -> None:
    """Ends the process even if a thread of MiniStack, such as a function it runs, never returns."""
    timer = threading.Timer(_PATIENCE, os._exit, (0,))
    timer.daemon = True
    timer.start()


def _announce(runtime: Runtime, endpoint: str) -> None:
    settings = runtime.settings
    line = {
        "endpoint": endpoint,
        "account": settings.account,
        "region": settings.region,
        "runDir": str(settings.run_dir),
        "caFile": str(runtime.authority.ca_file),
        "operatorFile": str(runtime.operator_file),
        "pid": os.getpid(),
    }
    print(json.dumps(line), flush=True)


def _log_to(settings: Settings) -> None:
    """One log in the run directory and on stderr; stdout belongs to the line of JSON."""
    handlers: list[logging.Handler] = [
        logging.StreamHandler(sys.stderr),
        logging.FileHandler(settings.run_dir / "emulator.log"),
    ]
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s [%(name)s] %(message)s", handlers=handlers
    )


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
