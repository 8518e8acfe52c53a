import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { changesBetween, hazardsOf, Resources, watches } from './behavior';
import { GOLDEN_FOLDER, GOLDENS, readGolden, writeGoldens } from './goldens';
import { TemplateResource } from '../../helpers';

describe.each(Object.entries(GOLDENS))('%s', (name, make) => {
  const [golden, now] = [readGolden(name), make()];

  test('replaces and removes nothing that holds data', () => {
    expect(Object.keys(golden ?? {})).not.toEqual([]);
    expect(hazardsOf(changesBetween(golden ?? {}, now))).toEqual([]);
  });

  test('is as it was; accept what differs in place by `npx projen goldens`', () => expect(now).toEqual(golden));
});

test('every golden file has its construct', () => {
  expect(readdirSync(GOLDEN_FOLDER).sort()).toEqual(Object.keys(GOLDENS).map(name => `${name}.json`).sort());
});

describe('planted', () => {
  const golden = GOLDENS['redis-cluster-enabled']();
  const idOf = (type: string) => Object.keys(golden).find(id => golden[id].Type === type) ?? '';
  const [group, key, secret, logs] = ['ElastiCache::ReplicationGroup', 'KMS::Key', 'SecretsManager::Secret', 'Logs::LogGroup'].map(type => idOf(`AWS::${type}`));

  /** The template with other properties, attributes or another id of one resource. */
  const planted = (id: string, change: Partial<TemplateResource>, newId = id): Resources => {
    const { [id]: resource, ...others } = golden;
    return { ...others, [newId]: { ...resource, ...change, Properties: { ...resource.Properties, ...change.Properties } } };
  };
  const without = (id: string): Resources => Object.fromEntries(Object.entries(golden).filter(([other]) => other !== id));
  const hazards = (after: Resources) => hazardsOf(changesBetween(golden, after));

  test('another logical id is a removal', () => {
    expect(hazards(planted(group, {}, 'Renamed'))).toEqual([`${group} (AWS::ElastiCache::ReplicationGroup) is removed`]);
  });

  test('a removed key is one, although it is kept', () => {
    expect(golden[key].DeletionPolicy).toBe('RetainExceptOnCreate');
    expect(hazards(without(key))).toEqual([`${key} (AWS::KMS::Key) is removed`]);
  });

  const [watching, store] = [true, false].map(watched => Object.keys(golden).filter(id => watches(golden[id].Type) === watched));

  test.each(store)('%s cannot be removed', id => expect(hazards(without(id))).toEqual([`${id} (${golden[id].Type}) is removed`]));

  test.each(watching)('%s can', id => expect(hazards(without(id))).toEqual([]));

  test('a property that replaces is found', () => {
    expect(hazards(planted(group, { Properties: { Port: 7000, NetworkType: 'ipv6' } }))).toEqual([
      `${group} (AWS::ElastiCache::ReplicationGroup) is replaced, by Port, NetworkType`,
    ]);
    expect(hazards(planted(logs, { Properties: { LogGroupName: 'mine' } }))).toEqual([`${logs} (AWS::Logs::LogGroup) is replaced, by LogGroupName`]);
  });

  test('another type is a replacement', () => {
    expect(hazards(planted(key, { Type: 'AWS::KMS::ReplicaKey' }))).toContain(`${key} (AWS::KMS::Key) is replaced, by another type`);
  });

  test('a replacement that follows from another is found', () => {
    const subnetGroup = idOf('AWS::ElastiCache::SubnetGroup');
    expect(hazards(planted(subnetGroup, { Properties: { CacheSubnetGroupName: 'mine' } }))).toEqual(expect.arrayContaining([
      `${subnetGroup} (AWS::ElastiCache::SubnetGroup) is replaced, by CacheSubnetGroupName`,
      `${group} (AWS::ElastiCache::ReplicationGroup) is replaced, by CacheSubnetGroupName`,
    ]));
  });

  test('a lost UpdatePolicy is found, which the difference of templates takes for harmless', () => {
    const lost = `${group} (AWS::ElastiCache::ReplicationGroup) loses its UpdatePolicy: a change of its shards would replace it`;
    expect(hazards(planted(group, { UpdatePolicy: undefined }))).toEqual([lost]);
    expect(hazards(planted(group, { UpdatePolicy: {} }))).toEqual([lost]);
    expect(hazards(planted(group, { UpdatePolicy: undefined, Properties: { NumNodeGroups: 3 } }))).toEqual([
      `${group} (AWS::ElastiCache::ReplicationGroup) is replaced, by NumNodeGroups`, lost,
    ]);
  });

  test('a lost policy of deletion or replacement is found', () => {
    expect(hazards(planted(group, { DeletionPolicy: 'Delete', UpdateReplacePolicy: undefined }))).toEqual([
      `${group} (AWS::ElastiCache::ReplicationGroup) loses its DeletionPolicy`,
      `${group} (AWS::ElastiCache::ReplicationGroup) loses its UpdateReplacePolicy`,
    ]);
  });

  test('a secret that would get another password is found, which the schema calls an update in place', () => {
    expect(hazards(planted(secret, { Properties: { GenerateSecretString: { PasswordLength: 32 } } }))).toEqual([
      `${secret} (AWS::SecretsManager::Secret): a change of GenerateSecretString: replaces the user`,
    ]);
  });

  test('what changes in place, and what is new, passes', () => {
    expect(hazards(planted(group, { Properties: { ReplicationGroupDescription: 'Mine', NumNodeGroups: 3 } }))).toEqual([]);
    expect(hazards({ ...golden, New: golden[key] })).toEqual([]);
    expect(hazards(golden)).toEqual([]);
  });
});

describe('the command that writes them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'goldens-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const [name, file] = ['redis-cluster', join(folder, 'redis-cluster.json')];
  const goldens = { [name]: GOLDENS[name] };
  const replicationGroup = (resources: Resources) => Object.values(resources).find(({ Type }) => Type === 'AWS::ElastiCache::ReplicationGroup');

  test('writes what is new, and again what differs in place', () => {
    expect(writeGoldens(folder, goldens)).toEqual([]);
    expect(readGolden(name, folder)).toEqual(GOLDENS[name]());
    const older = readFileSync(file, 'utf8').replace('Data/Cache"', 'An older description"');
    expect(older).toContain('An older description');
    writeFileSync(file, older);
    expect(writeGoldens(folder, goldens)).toEqual([]);
    expect(readFileSync(file, 'utf8')).not.toContain('An older description');
  });

  test('refuses what would replace, and leaves the file', () => {
    const older = readFileSync(file, 'utf8').replace('"Port": 6379', '"Port": 7000');
    writeFileSync(file, older);
    expect(replicationGroup(readGolden(name, folder) ?? {})?.Properties.Port).toBe(7000);
    expect(writeGoldens(folder, goldens)).toEqual(['redis-cluster: Cache18F6EE16 (AWS::ElastiCache::ReplicationGroup) is replaced, by Port']);
    expect(readFileSync(file, 'utf8')).toBe(older);
  });
});
