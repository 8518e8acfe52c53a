"""A local AWS: CloudFormation stacks deployed onto real servers on the loopback interface."""

import sys

if sys.platform != "linux":
    raise SystemExit(
        f"The local AWS needs Linux, this is {sys.platform}: it uses the whole block 127.0.0.0/8, "
        "and has the kernel end its servers when it is killed (PR_SET_PDEATHSIG)."
    )
