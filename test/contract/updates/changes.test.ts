import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { changesBetween, effectOf } from './behavior';
import { CASES } from './cases';
import { sentenceOf, sentencesIn } from './change';
import { Effect } from './effect';
import { FACTS } from './facts';
import { updatesPage } from '../../../docs/generators/updates';
import { MemcachedPool, RedisCluster } from '../../../src';
import { readTypes } from '../../api';
import { resourcesOf } from '../../helpers';

/** Structs that no resource is made of. */
const MAKE_NOTHING = ['MemcachedPoolAttributes', 'RedisClusterAttributes', 'RedisUser'];

/** Structs of what watches the stores, which never notice: `alarms` stands for all of them. */
const WATCH = [
  'AlarmOptions', 'AlarmTuning', 'CacheAlarmOptions', 'DataTierDashboardProps', 'MemcachedAlarmOptions', 'MemcachedAlarmsProps', 'RedisAlarmOptions',
  'RedisAlarmsProps',
];

const ROOT = join(__dirname, '..', '..', '..');
const structs = readTypes().filter(({ datatype, name }) => datatype && ![...MAKE_NOTHING, ...WATCH].includes(name));
const props = structs.flatMap(({ name, properties = [] }) => properties.map(({ name: prop, docs }) => ({ path: `${name}.${prop}`, docs })));
const pathOf = ({ struct, prop }: { readonly struct: string; readonly prop: string }) => `${struct}.${prop}`;

test('every prop of every struct is changed here', () => {
  expect(props.length).toBeGreaterThanOrEqual(45);
  expect([...new Set(CASES.map(pathOf))].sort()).toEqual(props.map(({ path }) => path).sort());
});

test('an imported cache is no resource', () => {
  const stack = new Stack(new App(), 'Data');
  RedisCluster.fromRedisClusterAttributes(stack, 'Imported', { replicationGroupName: 'cache', primaryEndpointAddress: 'cache.example.com' });
  MemcachedPool.fromMemcachedPoolAttributes(stack, 'ImportedPool', { poolName: 'pool', configurationEndpointAddress: 'pool.example.com' });
  expect(resourcesOf(stack)).toEqual({});
});

describe.each(props)('$path', ({ path, docs }) => {
  const cases = CASES.filter(one => pathOf(one) === path);

  test('has an effect when it is changed, the same for every construct and value', () => {
    for (const { variant } of cases) {
      const effects = cases.filter(one => one.variant === variant).flatMap(one => one.outcomes().map(({ effect }) => effect));
      expect([variant, [...new Set(effects)]]).toEqual([variant, [expect.any(String)]]);
    }
  });

  test('says so in its doc', () => {
    const sentences = cases.map(one => sentenceOf(one.variant, one.outcomes()[0].effect as Effect));
    expect(sentencesIn(`${docs?.summary} ${docs?.remarks ?? ''}`)).toEqual([...new Set(sentences)]);
  });
});

test('a sentence is found over the end of a line, with dots in its brackets, and not where there is none', () => {
  expect(sentencesIn('The port. Update (from 6.2): in\nplace. Update: refused by ElastiCache. Updates: many.'))
    .toEqual(['Update (from 6.2): in place.', 'Update: refused by ElastiCache.']);
  expect(sentenceOf('from 6.2', Effect.IN_PLACE)).toBe('Update (from 6.2): in place.');
  expect(sentencesIn('The port.')).toEqual([]);
});

test('every fact decides a change', () => {
  const changes = CASES.flatMap(one => one.outcomes()).flatMap(outcome => outcome.changes);
  const used = new Set(changes.flatMap(({ properties }) => properties.map(({ fact }) => fact)));
  expect(FACTS.filter(fact => !used.has(fact)).map(({ property, source }) => `${property}: ${source}`)).toEqual([]);
});

test('every effect is seen', () => {
  const seen = new Set(CASES.flatMap(one => one.outcomes().map(({ effect }) => effect)));
  expect([...seen].sort()).toEqual(Object.values(Effect).sort());
});

test('docs/updates.md is current; `npx projen docs` writes it', () => {
  expect(readFileSync(join(ROOT, 'docs', 'updates.md'), 'utf8')).toBe(updatesPage());
});

describe('what decides', () => {
  const group = (properties: object, updatePolicy?: object) => ({
    Group: {
      Type: 'AWS::ElastiCache::ReplicationGroup',
      Properties: { ReplicationGroupId: 'mine', ReplicationGroupDescription: 'Mine', ...properties },
      ...updatePolicy && { UpdatePolicy: updatePolicy },
    },
  });
  const effect = (before: object, after: object, updatePolicy?: object) =>
    effectOf(changesBetween(group(before, updatePolicy), group(after, updatePolicy)));
  const ONLINE = { UseOnlineResharding: true };

  test('nothing, when nothing differs', () => expect(effect({ Port: 1 }, { Port: 1 })).toBeUndefined());
  test('the schema', () => {
    expect(effect({ Port: 1 }, { Port: 2 })).toBe(Effect.REFUSED_BY_NAME);
    expect(effect({}, { SnapshotWindow: '04:00-05:00' })).toBe(Effect.IN_PLACE);
  });
  test('the name', () => {
    expect(effect({}, { ReplicationGroupId: 'other' })).toBe(Effect.REPLACED);
    expect(effect({ Port: 1 }, { Port: 2, ReplicationGroupId: 'other' })).toBe(Effect.REPLACED);
  });
  test('online resharding', () => {
    expect(effect({ NumNodeGroups: 2 }, { NumNodeGroups: 3 }, ONLINE)).toBe(Effect.IN_PLACE);
    expect(effect({ NumNodeGroups: 2 }, { NumNodeGroups: 3 })).toBe(Effect.REFUSED_BY_NAME);
    const shards = (...ids: string[]) => ({ NodeGroupConfiguration: ids.map(NodeGroupId => ({ NodeGroupId })) });
    expect(effect(shards('1', '2'), shards('1', '2', '3'), ONLINE)).toBe(Effect.IN_PLACE);
    expect(effect(shards('1', '2'), shards('1', '3'), ONLINE)).toBe(Effect.NOT_PROVED);
    expect(effect(shards('1', '2'), shards('1', '2', '3'))).toBe(Effect.REFUSED_BY_NAME);
  });
  test('the zones of nodes', () => {
    const pool = (...zones: string[]) => ({
      Pool: { Type: 'AWS::ElastiCache::CacheCluster', Properties: { ClusterName: 'mine', NumCacheNodes: zones.length, PreferredAvailabilityZones: zones } },
    });
    const move = (before: string[], after: string[]) => effectOf(changesBetween(pool(...before), pool(...after)));
    expect(move(['a', 'b'], ['a', 'b', 'a'])).toBe(Effect.IN_PLACE);
    expect(move(['a', 'b', 'a'], ['a', 'b'])).toBe(Effect.IN_PLACE);
    expect(move(['a', 'b'], ['a', 'c'])).toBe(Effect.REFUSED_BY_NAME);
    expect(move(['a', 'b'], ['b', 'c', 'a'])).toBe(Effect.REFUSED_BY_NAME);
    expect(move([], ['a'])).toBe(Effect.REFUSED_BY_NAME);
  });
  test('the direction of a version', () => {
    expect(effect({ EngineVersion: '7.1' }, { EngineVersion: '10.0' })).toBe(Effect.INTERRUPTED);
    expect(effect({ EngineVersion: '10.0' }, { EngineVersion: '7.1' })).toBe(Effect.REFUSED_BY_SERVICE);
  });
  test('the users, when TLS changes', () => {
    const tls = { TransitEncryptionEnabled: true };
    const written = { ...tls, TransitEncryptionMode: 'required' };
    expect(effect({ ...tls, UserGroupIds: ['users'] }, { ...written, UserGroupIds: ['users'] })).toBe(Effect.REFUSED_BY_SERVICE);
    expect(effect(tls, written)).toBe(Effect.IN_PLACE);
  });
});
