import { Makers } from './subjects';
import { AlarmOptions, ClusterMode, MemcachedPool, RedisCluster, SessionStore } from 'cdk-data-tier';

/** Every subject as the library makes it with its defaults, but for the alarms. */
export function makersWith(alarms?: AlarmOptions): Makers {
  return {
    'RedisCluster, cluster mode disabled': (scope, id, vpc) => new RedisCluster(scope, id, { vpc, alarms }),
    'RedisCluster, cluster mode enabled': (scope, id, vpc) => new RedisCluster(scope, id, { vpc, alarms, clusterMode: ClusterMode.enabled() }),
    'SessionStore': (scope, id, vpc) => new SessionStore(scope, id, { vpc, alarms }),
    'MemcachedPool': (scope, id, vpc) => new MemcachedPool(scope, id, { vpc, alarms }),
  };
}

/** Alarms are measured by themselves. */
export const makers: Makers = makersWith({ enabled: false });
