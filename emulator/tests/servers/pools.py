"""What the tests of Memcached pools share."""

from contextlib import AbstractContextManager

from memcached_client import connected
from pymemcache.client.base import Client

from local_aws.forwarder import Endpoint
from local_aws.memcached.pool import MemcachedPool
from local_aws.memcached.spec import PoolSpec
from local_aws.runtime import Runtime


def start_pool(runtime: Runtime, **properties: object) -> MemcachedPool:
    return MemcachedPool.start(PoolSpec(**{"id": "pages", "tls": True, **properties}), runtime)


def client(runtime: Runtime, endpoint: Endpoint, tls: bool = True) -> AbstractContextManager[Client]:
    return connected(endpoint, str(runtime.authority.ca_file) if tls else None)
