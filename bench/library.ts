import { Makers } from './subjects';
import { ClusterMode, MemcachedPool, RedisCluster, SessionStore } from 'cdk-data-tier';

/** Every subject as the library makes it with its defaults. */
export const makers: Makers = {
  'RedisCluster, cluster mode disabled': (scope, id, vpc) => new RedisCluster(scope, id, { vpc }),
  'RedisCluster, cluster mode enabled': (scope, id, vpc) => new RedisCluster(scope, id, { vpc, clusterMode: ClusterMode.enabled() }),
  'SessionStore': (scope, id, vpc) => new SessionStore(scope, id, { vpc }),
  'MemcachedPool': (scope, id, vpc) => new MemcachedPool(scope, id, { vpc }),
};
