import { changed, Changes, FAULTS_OF_ONE_SHARD, FAULTS_OF_SHARDS, Resources, SHARDED, SINGLE } from './templates';
import { CACHE_FAMILIES } from '../../src/facts/elasticache-engine-versions';
import { AllowedValues, ENGINE_PARAMETERS, EngineParameter } from '../../src/facts/elasticache-parameters';
import { elasticacheRules } from '../../src/rules/elasticache';
import { findTemplateFaults } from '../../src/validation/template-faults';

/** The rules that a template breaks, once it has been written to a file and read again. */
function idsIn(template: Resources): string[] {
  return findTemplateFaults(elasticacheRules, JSON.parse(JSON.stringify({ Resources: template }))).map(({ rule }) => rule.id);
}

/** A value that a parameter does not accept. */
function refusedBy(allowed: AllowedValues): string {
  if (typeof allowed === 'object' && 'min' in allowed) return String(allowed.min - 0.5);
  return '~';
}

function parameterFaults({ name, allowed, since, until }: EngineParameter): [string, Changes][] {
  const at = (family: string, value: string): Changes => ({ Parameters: { CacheParameterGroupFamily: family, Properties: { [name]: value } } });
  const families = since ? [CACHE_FAMILIES.indexOf(since) - 1] : until ? [CACHE_FAMILIES.indexOf(until) + 1] : [];
  return [
    ...families.map((index): [string, Changes] => [`parameter-${name}-family`, at(CACHE_FAMILIES[index], '~')]),
    ...allowed === 'text' ? [] : [[`parameter-${name}`, at(since ?? until ?? 'redis7', refusedBy(allowed))] satisfies [string, Changes]],
  ];
}

/** The template of several shards, with a group that CloudFormation is not told how to update. */
const WITHOUT_POLICY: Resources = { ...SHARDED, Group: { ...SHARDED.Group, UpdatePolicy: undefined } };

const FAULTS: [string, Resources, Changes][] = [
  ['online-resharding', WITHOUT_POLICY, {}],
  ...Object.entries(FAULTS_OF_ONE_SHARD).map(([id, changes]) => [id, SINGLE, changes] satisfies [string, Resources, Changes]),
  ...Object.entries(FAULTS_OF_SHARDS).map(([id, changes]) => [id, SHARDED, changes] satisfies [string, Resources, Changes]),
  ...ENGINE_PARAMETERS.flatMap(parameterFaults).map(([id, changes]) => [id, SINGLE, changes] satisfies [string, Resources, Changes]),
];

test('every rule is seen in a template, and none only by a construct', () => {
  expect(FAULTS.map(([id]) => id).sort()).toEqual(elasticacheRules.map(({ id }) => id).sort());
  expect(FAULTS.length).toBeGreaterThan(260);
});

test('the templates that are changed below have no fault', () => {
  expect(idsIn(SINGLE)).toEqual([]);
  expect(idsIn(SHARDED)).toEqual([]);
});

test.each(FAULTS)('%s', (id, template, changes) => {
  expect(idsIn(changed(template, changes))).toContain(id);
});

/** Rules that ask whether something is there at all: a value that only CloudFormation knows is there. */
const ASK_FOR_PRESENCE = /^(auth-token-or-users|snapshotting-cluster-mode|scaling-global-datastore|global-secondary-.*|online-resharding)$/;

test('no rule judges what only CloudFormation will know', () => {
  const imported = (changes: Changes): Changes => Object.fromEntries(Object.entries(changes).map(([logicalId, properties]) =>
    [logicalId, Object.fromEntries(Object.keys(properties).map(name => [name, { 'Fn::ImportValue': name }]))]));
  const judged = FAULTS.filter(([id, template, changes]) => idsIn(changed(template, imported(changes))).includes(id));
  expect(judged.map(([id]) => id).filter(id => !ASK_FOR_PRESENCE.test(id))).toEqual([]);
  expect(judged).toHaveLength(14);
});
