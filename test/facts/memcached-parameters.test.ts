import { ENGINE_PARAMETERS } from '../../src/facts/elasticache-parameters';
import { CHUNK_SIZE, MAX_ITEM_SIZE, MEMCACHED_PARAMETERS, SLAB_CHUNK_MAX } from '../../src/facts/memcached-parameters';

const find = (name: string) => MEMCACHED_PARAMETERS.find((parameter) => parameter.name === name);

test('the rows of the guide', () => {
  expect(find('max_item_size')).toEqual({ name: 'max_item_size', allowed: { min: 1024, max: 1073741824 }, documented: false });
  expect(find('chunk_size_growth_factor')).toEqual({ name: 'chunk_size_growth_factor', allowed: { above: 1 }, documented: false });
  expect(find('modern')).toEqual({ name: 'modern', allowed: { words: ['0', '1'] }, documented: true });
  expect(find('no_modern')).toEqual({ name: 'no_modern', allowed: { words: ['0', '1'] }, documented: true, since: 'memcached1.5' });
  expect(find('num_threads')).toEqual({ name: 'num_threads', allowed: 'fixed', documented: true });
  expect([MAX_ITEM_SIZE, CHUNK_SIZE, SLAB_CHUNK_MAX]).toEqual(['max_item_size', 'chunk_size', { name: 'slab_chunk_max', bytes: 524288 }]);
});

test('names are unique, and none is one of Redis', () => {
  const names = MEMCACHED_PARAMETERS.map(({ name }) => name);
  expect(names).toHaveLength(27);
  expect(new Set([...names, ...ENGINE_PARAMETERS.map(({ name }) => name)]).size).toBe(names.length + ENGINE_PARAMETERS.length);
});
