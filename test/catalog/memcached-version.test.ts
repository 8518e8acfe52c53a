import { MemcachedVersion } from '../../src';
import { MEMCACHED_VERSIONS } from '../../src/facts/memcached-versions';

/** As the pages "Engine versions" and "Memcached specific parameters" of the ElastiCache User Guide pair them. */
const CONSTANTS: [keyof typeof MemcachedVersion, string, string][] = [
  ['V1_5_16', '1.5.16', 'memcached1.5'],
  ['V1_6_6', '1.6.6', 'memcached1.6'],
  ['V1_6_12', '1.6.12', 'memcached1.6'],
  ['V1_6_17', '1.6.17', 'memcached1.6'],
  ['V1_6_22', '1.6.22', 'memcached1.6'],
];

test.each(CONSTANTS)('%s', (constant, version, family) => expect(MemcachedVersion[constant]).toMatchObject({ version, family }));

test('there is a constant for every version from 1.5.16 on, and for no other', () => {
  const constants = Object.entries(MemcachedVersion).filter(([, value]) => value instanceof MemcachedVersion).map(([name]) => name);
  expect(constants).toEqual(CONSTANTS.map(([name]) => name));
  expect(MEMCACHED_VERSIONS.slice(-CONSTANTS.length).map(({ version }) => version)).toEqual(CONSTANTS.map(([, version]) => version));
});

test('a version without a constant', () =>
  expect(MemcachedVersion.of({ version: '1.7.0', family: 'memcached1.7' })).toMatchObject({ version: '1.7.0', family: 'memcached1.7' }));
