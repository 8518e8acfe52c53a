"""The environment MiniStack reads at its first import: what it could open to others or leave behind is off."""

import os

from local_aws.settings import Settings


def prepare(settings: Settings) -> None:
    """Must run before anything imports ministack."""
    run_dir = settings.run_dir
    os.environ.update(
        {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{settings.gateway_port}",
            "BIND_HOST": "127.0.0.1",
            # No Docker engine is ever looked for.
            "DOCKER_HOST": f"unix://{run_dir}/no-docker.sock",
            "GATEWAY_PORT": str(settings.gateway_port),
            # MQTT and SFTP listeners, both on all interfaces.
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "MINISTACK_ACCOUNT_ID": settings.account,
            "MINISTACK_HOST": "127.0.0.1",
            "MINISTACK_REGION": settings.region,
            "NODE_EXTRA_CA_CERTS": str(run_dir / "tls" / "ca.pem"),
            "PERSIST_STATE": "0",
            "S3_PERSIST": "0",
            "TMPDIR": str(run_dir),
        }
    )
