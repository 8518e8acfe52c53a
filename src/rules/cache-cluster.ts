import { cacheClusterEngineRules } from './cache-cluster-engine';
import { cacheClusterNodeRules } from './cache-cluster-nodes';
import { offers } from './engine';
import { addressRules, CACHE_CLUSTER_KIND, maintenanceWindowRules, networkTypeRules, notificationTopicRule } from './node-based';
import { CACHE_CLUSTER } from './resource-types';
import { Rule, rulesOf } from './rule';
import { MEMCACHED_DEFAULT_PORT } from '../facts/elasticache-limits';

/** Everything that is asked of `AWS::ElastiCache::CacheCluster`. */
export const cacheClusterRules: readonly Rule[] = [
  ...cacheClusterNodeRules,
  ...cacheClusterEngineRules,
  ...rulesOf(CACHE_CLUSTER, [
    ...addressRules(CACHE_CLUSTER_KIND, MEMCACHED_DEFAULT_PORT),
    ...networkTypeRules(CACHE_CLUSTER_KIND, 'Memcached 1.6.6 or later, Redis OSS 6.2 or later, or Valkey', (p) => offers(p, 'networkTypes')),
    ...maintenanceWindowRules(CACHE_CLUSTER_KIND),
    notificationTopicRule(CACHE_CLUSTER_KIND),
  ]),
];
