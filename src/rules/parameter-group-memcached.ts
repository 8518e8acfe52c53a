import { ageOf, hasOnlyOwn, MEMCACHED, parameterRules, REDIS } from './engine-parameters';
import { PARAMETER_GROUP } from './resource-types';
import { rulesOf, valueAt } from './rule';
import { asNumber } from './values';
import { MAX_ITEM_SIZE, SLAB_CHUNK_MAX } from '../facts/memcached-parameters';
import { MEMCACHED_FAMILIES } from '../facts/memcached-versions';

/** What the parameters of Memcached in an `AWS::ElastiCache::ParameterGroup` may be; one that is not in the table is legal. */
export const memcachedParameterGroupRules = rulesOf(PARAMETER_GROUP, [
  ...parameterRules(MEMCACHED),
  {
    id: 'redis-parameter-of-memcached',
    severity: 'error',
    source: MEMCACHED.source,
    reads: ['CacheParameterGroupFamily', 'Properties[]'],
    text: 'A group of Memcached has no parameters of Redis OSS and Valkey: {Properties}, {CacheParameterGroupFamily}.',
    remedy: 'Leave them out of {Properties}.',
    holds: hasOnlyOwn(MEMCACHED, REDIS),
  },
  {
    // The guide does not say so: the engine refuses to start.
    id: 'memcached-item-size-chunks',
    severity: 'warning',
    source: 'github.com/memcached/memcached, memcached.c: "must be evenly divisible by slab_chunk_max"',
    reads: ['CacheParameterGroupFamily', `Properties.${MAX_ITEM_SIZE}`, `Properties.${SLAB_CHUNK_MAX.name}`],
    text: `The largest item is a whole multiple of the slab chunk, which has ${SLAB_CHUNK_MAX.bytes} bytes unless told otherwise: `
      + `{Properties.${MAX_ITEM_SIZE}}, {Properties.${SLAB_CHUNK_MAX.name}}.`,
    remedy: `Set {Properties.${MAX_ITEM_SIZE}} to such a multiple, or {Properties.${SLAB_CHUNK_MAX.name}} to a divisor of it.`,
    holds: (p) => {
      const size = asNumber(valueAt(p, `Properties.${MAX_ITEM_SIZE}`));
      const chunk = asNumber(valueAt(p, `Properties.${SLAB_CHUNK_MAX.name}`)) ?? SLAB_CHUNK_MAX.bytes;
      return size === undefined || (ageOf(p, MEMCACHED) ?? 0) < MEMCACHED_FAMILIES.indexOf('memcached1.5') || size % chunk === 0;
    },
  },
]);
