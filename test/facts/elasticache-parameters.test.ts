import { CACHE_FAMILIES } from '../../src/facts/elasticache-engine-versions';
import { ENGINE_PARAMETERS } from '../../src/facts/elasticache-parameters';

const find = (name: string) => ENGINE_PARAMETERS.find((parameter) => parameter.name === name);

test('the rows of the guide', () => {
  expect(find('maxmemory-policy')).toEqual({
    name: 'maxmemory-policy',
    allowed: {
      words: ['volatile-lru', 'allkeys-lru', 'volatile-lfu', 'allkeys-lfu', 'volatile-random', 'allkeys-random', 'volatile-ttl', 'noeviction'],
    },
    documented: true,
  });
  expect(find('timeout')).toEqual({ name: 'timeout', allowed: { or: 0, min: 20 }, documented: true });
  expect(find('databases')).toEqual({ name: 'databases', allowed: { min: 1 }, documented: false });
  expect(find('lazyfree-lazy-expire')).toEqual({ name: 'lazyfree-lazy-expire', allowed: { words: ['yes', 'no'] }, documented: true, until: 'valkey7' });
  expect(find('maxclients')).toEqual({ name: 'maxclients', allowed: 'fixed', documented: true });
});

test('names are unique', () => {
  const names = ENGINE_PARAMETERS.map(({ name }) => name);
  expect(names).toHaveLength(75);
  expect(new Set(names).size).toBe(names.length);
});

test('bounds and families are in order', () => {
  ENGINE_PARAMETERS.forEach(({ allowed, since, until }) => {
    if (typeof allowed === 'object' && 'min' in allowed) {
      expect(allowed.max ?? Number.POSITIVE_INFINITY).toBeGreaterThan(allowed.min);
    }
    expect(CACHE_FAMILIES.indexOf(until ?? 'valkey9')).toBeGreaterThanOrEqual(CACHE_FAMILIES.indexOf(since ?? 'redis4.0'));
  });
});
