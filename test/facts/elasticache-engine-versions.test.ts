import { CACHE_FAMILIES, ENGINE_VERSIONS } from '../../src/facts/elasticache-engine-versions';

const REDIS_6_2 = ['accessControl', 'slowLog', 'autoMinorVersionUpgrade', 'autoScaling', 'engineLog', 'dataTiering', 'networkTypes', 'json'];
const REDIS_7 = [...REDIS_6_2, 'iamAuthentication', 'tlsInPlace', 'clusterModeMigration', 'autoScalingWithDataTiering'];

test('versions, families and ends of standard support', () => {
  expect(ENGINE_VERSIONS.map(({ engine, version, family, standardSupportEnds }) => [engine, version, family, standardSupportEnds])).toEqual([
    ['redis', '4.0.10', 'redis4.0', '2026-01-31'],
    ['redis', '5.0.6', 'redis5.0', '2026-01-31'],
    ['redis', '6.0', 'redis6.x', '2027-01-31'],
    ['redis', '6.2', 'redis6.x', '2027-01-31'],
    ['redis', '7.0', 'redis7', undefined],
    ['redis', '7.1', 'redis7', undefined],
    ['valkey', '7.2', 'valkey7', undefined],
    ['valkey', '8.0', 'valkey8', undefined],
    ['valkey', '8.1', 'valkey8', undefined],
    ['valkey', '8.2', 'valkey8', undefined],
    ['valkey', '9.0', 'valkey9', undefined],
    ['valkey', '9.1', 'valkey9', undefined],
  ]);
});

test.each([
  ['5.0.6', []],
  ['6.0', ['accessControl', 'slowLog', 'autoMinorVersionUpgrade', 'autoScaling']],
  ['6.2', REDIS_6_2],
  ['7.1', REDIS_7],
  ['7.2', REDIS_7],
  ['8.2', [...REDIS_7, 'vectorSearch']],
  ['9.1', [...REDIS_7, 'vectorSearch', 'durability']],
])('features of %s', (version, features) => {
  expect(ENGINE_VERSIONS.find((row) => row.version === version)?.features).toEqual(features);
});

test('every family has a version and begins with its engine', () => {
  expect([...new Set(ENGINE_VERSIONS.map((row) => row.family))]).toEqual([...CACHE_FAMILIES]);
  expect(ENGINE_VERSIONS.filter(({ engine, family }) => !family.startsWith(engine))).toEqual([]);
});

test('a later version of an engine keeps the features of the earlier', () => {
  ENGINE_VERSIONS.slice(1).forEach((row, i) => {
    if (row.engine === ENGINE_VERSIONS[i].engine) {
      expect(row.features).toEqual(expect.arrayContaining([...ENGINE_VERSIONS[i].features]));
    }
  });
});
