import { MEMCACHED_FAMILIES, MEMCACHED_VERSIONS } from '../../src/facts/memcached-versions';

test('versions, families and features', () => {
  expect(MEMCACHED_VERSIONS.map(({ version, family, features }) => [version, family, features.join()])).toEqual([
    ['1.4.5', 'memcached1.4', ''],
    ['1.4.14', 'memcached1.4', ''],
    ['1.4.24', 'memcached1.4', ''],
    ['1.4.33', 'memcached1.4', ''],
    ['1.4.34', 'memcached1.4', ''],
    ['1.5.10', 'memcached1.5', ''],
    ['1.5.16', 'memcached1.5', ''],
    ['1.6.6', 'memcached1.6', 'networkTypes'],
    ['1.6.12', 'memcached1.6', 'networkTypes,tls'],
    ['1.6.17', 'memcached1.6', 'networkTypes,tls'],
    ['1.6.22', 'memcached1.6', 'networkTypes,tls'],
  ]);
});

test('every family has a version', () => expect([...new Set(MEMCACHED_VERSIONS.map(({ family }) => family))]).toEqual([...MEMCACHED_FAMILIES]));
