/**
 * Versions of node-based Memcached. Versions and features: ElastiCache User Guide, "Engine versions and upgrading" (engine-versions) and the page of
 * each feature; families: "Memcached specific parameters" (ParameterGroups.Memcached).
 */

/** Parameter group families from old to new: a later one continues the one before it. */
export const MEMCACHED_FAMILIES = ['memcached1.4', 'memcached1.5', 'memcached1.6'] as const;
export type MemcachedFamily = typeof MEMCACHED_FAMILIES[number];

/** What a version can do. */
export type MemcachedFeature = 'networkTypes' | 'tls';

/** One version of Memcached. */
export interface MemcachedVersionFacts {
  readonly version: string;
  readonly family: MemcachedFamily;
  readonly features: readonly MemcachedFeature[];
}

/** Every version that can be created, from old to new. */
export const MEMCACHED_VERSIONS: readonly MemcachedVersionFacts[] = [
  { version: '1.4.5', family: 'memcached1.4', features: [] },
  { version: '1.4.14', family: 'memcached1.4', features: [] },
  { version: '1.4.24', family: 'memcached1.4', features: [] },
  { version: '1.4.33', family: 'memcached1.4', features: [] },
  { version: '1.4.34', family: 'memcached1.4', features: [] },
  { version: '1.5.10', family: 'memcached1.5', features: [] },
  { version: '1.5.16', family: 'memcached1.5', features: [] },
  { version: '1.6.6', family: 'memcached1.6', features: ['networkTypes'] },
  { version: '1.6.12', family: 'memcached1.6', features: ['networkTypes', 'tls'] },
  { version: '1.6.17', family: 'memcached1.6', features: ['networkTypes', 'tls'] },
  { version: '1.6.22', family: 'memcached1.6', features: ['networkTypes', 'tls'] },
];
