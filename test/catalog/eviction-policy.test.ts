import { EvictionPolicy } from '../../src';
import { ENGINE_PARAMETERS } from '../../src/facts/elasticache-parameters';

test('there is one for every value of maxmemory-policy', () => {
  const parameter = ENGINE_PARAMETERS.find(({ name }) => name === 'maxmemory-policy');
  expect(parameter?.allowed).toEqual({ words: expect.any(Array) });
  expect({ words: Object.values(EvictionPolicy).sort() }).toEqual({ words: [...(parameter?.allowed as { words: string[] }).words].sort() });
});

test.each(Object.entries(EvictionPolicy))('%s is written %s', (name, value) => expect(value).toBe(name.toLowerCase().replace('_', '-')));
