import { RedisEngine } from '../../src';
import { ENGINE_VERSIONS } from '../../src/facts/elasticache-engine-versions';

/** As the pages "Engine versions" and "Engine specific parameters" of the ElastiCache User Guide pair them. */
const CONSTANTS: [keyof typeof RedisEngine, string, string, string][] = [
  ['REDIS_6_2', 'redis', '6.2', 'redis6.x'],
  ['REDIS_7_0', 'redis', '7.0', 'redis7'],
  ['REDIS_7_1', 'redis', '7.1', 'redis7'],
  ['VALKEY_7_2', 'valkey', '7.2', 'valkey7'],
  ['VALKEY_8_0', 'valkey', '8.0', 'valkey8'],
  ['VALKEY_8_1', 'valkey', '8.1', 'valkey8'],
  ['VALKEY_8_2', 'valkey', '8.2', 'valkey8'],
  ['VALKEY_9_0', 'valkey', '9.0', 'valkey9'],
  ['VALKEY_9_1', 'valkey', '9.1', 'valkey9'],
];

test.each(CONSTANTS)('%s', (constant, engine, version, family) =>
  expect(RedisEngine[constant]).toMatchObject({ engine, version, family }));

test('there is a constant for every version from Redis OSS 6.2 on, and for no other', () => {
  const constants = Object.entries(RedisEngine).filter(([, value]) => value instanceof RedisEngine).map(([name]) => name);
  expect(constants).toEqual(CONSTANTS.map(([name]) => name));
  const offered = ENGINE_VERSIONS.filter(({ engine, version }) => engine === 'valkey' || Number.parseFloat(version) >= 6.2);
  expect(offered.map(({ engine, version }) => `${engine} ${version}`)).toEqual(CONSTANTS.map(([, engine, version]) => `${engine} ${version}`));
});

test('every engine listens on 6379', () => {
  for (const [constant] of CONSTANTS) expect((RedisEngine[constant] as RedisEngine)._bind().port).toBe(6379);
});

test('a version without a constant has what its engine had last', () => {
  const engine = RedisEngine.of({ engine: 'valkey', version: '10.0', family: 'valkey10' });
  expect(engine).toMatchObject({ engine: 'valkey', version: '10.0', family: 'valkey10' });
  expect(engine._bind()).toEqual(RedisEngine.VALKEY_9_1._bind());
});

test('an old version has what it had, and an engine that is unknown has nothing', () => {
  expect(RedisEngine.of({ engine: 'redis', version: '6.0', family: 'redis6.x' })._bind().features)
    .toEqual(['accessControl', 'slowLog', 'autoMinorVersionUpgrade', 'autoScaling']);
  expect(RedisEngine.of({ engine: 'keydb', version: '1.0', family: 'keydb1' })._bind()).toEqual({ port: 6379, features: [] });
});
