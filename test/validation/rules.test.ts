import { FAULTS_OF_ALARMS, WATCHED } from './alarm-templates';
import { FAULTS_OF_A_POOL, POOL } from './pool-templates';
import { changed, Changes, FAULTS_OF_ONE_SHARD, FAULTS_OF_SHARDS, Resources, SHARDED, SINGLE } from './templates';
import { AllowedValues, EngineParameter } from '../../src/facts/engine-parameters';
import { elasticacheRules } from '../../src/rules/elasticache';
import { Lineage, MEMCACHED, REDIS } from '../../src/rules/engine-parameters';
import { findTemplateFaults } from '../../src/validation/template-faults';

/** The rules that a template breaks, once it has been written to a file and read again. */
function idsIn(template: Resources): string[] {
  return findTemplateFaults(elasticacheRules, JSON.parse(JSON.stringify({ Resources: template }))).map(({ rule }) => rule.id);
}

/** A value that a parameter does not accept. */
function refusedBy(allowed: AllowedValues): string {
  if (typeof allowed === 'object' && 'min' in allowed) return String(allowed.min - 0.5);
  if (typeof allowed === 'object' && 'above' in allowed) return String(allowed.above);
  return '~';
}

function parameterFaults({ families: known }: Lineage, usual: string, { name, allowed, since, until }: EngineParameter<string>): [string, Changes][] {
  const at = (family: string, value: string): Changes => ({ Parameters: { CacheParameterGroupFamily: family, Properties: { [name]: value } } });
  const families = since ? [known.indexOf(since) - 1] : until ? [known.indexOf(until) + 1] : [];
  const id = `parameter-${name.replaceAll('_', '-')}`;
  return [
    ...families.map((index): [string, Changes] => [`${id}-family`, at(known[index], '~')]),
    ...allowed === 'text' ? [] : [[id, at(since ?? until ?? usual, refusedBy(allowed))] satisfies [string, Changes]],
  ];
}

/** The template of several shards, with a group that CloudFormation is not told how to update. */
const WITHOUT_POLICY: Resources = { ...SHARDED, Group: { ...SHARDED.Group, UpdatePolicy: undefined } };

/** A template with each of the faults. */
const faultsOf = (template: Resources, faults: [string, Changes][]) =>
  faults.map(([id, changes]) => [id, template, changes] satisfies [string, Resources, Changes]);

const FAULTS: [string, Resources, Changes][] = [
  ['online-resharding', WITHOUT_POLICY, {}],
  ...faultsOf(SINGLE, Object.entries(FAULTS_OF_ONE_SHARD)),
  ...faultsOf(SHARDED, Object.entries(FAULTS_OF_SHARDS)),
  ...faultsOf(POOL, Object.entries(FAULTS_OF_A_POOL)),
  ...faultsOf(WATCHED, Object.entries(FAULTS_OF_ALARMS)),
  ...faultsOf(SINGLE, REDIS.parameters.flatMap(parameter => parameterFaults(REDIS, 'redis7', parameter))),
  ...faultsOf(POOL, MEMCACHED.parameters.flatMap(parameter => parameterFaults(MEMCACHED, 'memcached1.6', parameter))),
];

test('every rule is seen in a template, and none only by a construct', () => {
  expect(FAULTS.map(([id]) => id).sort()).toEqual(elasticacheRules.map(({ id }) => id).sort());
  expect(FAULTS.length).toBeGreaterThan(320);
});

test('the templates that are changed below have no fault', () => {
  expect(idsIn(SINGLE)).toEqual([]);
  expect(idsIn(SHARDED)).toEqual([]);
  expect(idsIn(POOL)).toEqual([]);
  expect(idsIn(WATCHED)).toEqual([]);
});

test.each(FAULTS)('%s', (id, template, changes) => {
  expect(idsIn(changed(template, changes))).toContain(id);
});

/** Rules that ask whether something is there at all: a value that only CloudFormation knows is there. */
const ASK_FOR_PRESENCE = /^(auth-token-or-users|cache-cluster-zones-once|snapshotting-cluster-mode|scaling-global-datastore|global-secondary-.*|online-resharding)$/;

test('no rule judges what only CloudFormation will know', () => {
  const imported = (changes: Changes): Changes => Object.fromEntries(Object.entries(changes).map(([logicalId, properties]) =>
    [logicalId, Object.fromEntries(Object.keys(properties).map(name => [name, { 'Fn::ImportValue': name }]))]));
  const judged = FAULTS.filter(([id, template, changes]) => idsIn(changed(template, imported(changes))).includes(id));
  expect(judged.map(([id]) => id).filter(id => !ASK_FOR_PRESENCE.test(id))).toEqual([]);
  expect(judged).toHaveLength(15);
});
