"""Makes the running local AWS a fixture here."""

from local_aws_process import local_aws

__all__ = ["local_aws"]
