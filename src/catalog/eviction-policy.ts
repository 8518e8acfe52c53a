/**
 * What Redis and Valkey drop when memory is full (`maxmemory-policy`).
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html
 */
export enum EvictionPolicy {
  /** The least recently used of the keys that expire. AWS's default; writes fail when no key expires. */
  VOLATILE_LRU = 'volatile-lru',
  /** The least recently used of all keys: for a pure cache. */
  ALLKEYS_LRU = 'allkeys-lru',
  /** The least frequently used of the keys that expire. */
  VOLATILE_LFU = 'volatile-lfu',
  /** The least frequently used of all keys: for a pure cache with a stable hot set. */
  ALLKEYS_LFU = 'allkeys-lfu',
  /** Any of the keys that expire. */
  VOLATILE_RANDOM = 'volatile-random',
  /** Any key. */
  ALLKEYS_RANDOM = 'allkeys-random',
  /** The key that would expire soonest: for session stores. */
  VOLATILE_TTL = 'volatile-ttl',
  /** Nothing: writes fail with an out-of-memory error. */
  NOEVICTION = 'noeviction',
}
