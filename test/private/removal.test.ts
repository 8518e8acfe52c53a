import { Aspects, CfnResource, RemovalPolicies, RemovalPolicy } from 'aws-cdk-lib';
import { RedisCluster } from '../../src';
import { newCluster, newSessionStore, resourcesOf, storeResourcesOf, tag } from '../helpers';

/** The deletion policy of every resource that is a part of the store, by the id of its construct. */
function policiesOf(cluster: RedisCluster): { [id: string]: string } {
  const resources = storeResourcesOf(cluster);
  for (const { DeletionPolicy, UpdateReplacePolicy } of Object.values(resources)) {
    expect(UpdateReplacePolicy).toBe(DeletionPolicy === 'RetainExceptOnCreate' ? 'Retain' : DeletionPolicy);
  }
  return Object.fromEntries(Object.entries(resources).map(([logicalId, { DeletionPolicy = 'none' }]) =>
    [logicalId.replace(/^Cache/, '').replace(/[0-9A-F]{8}$/, ''), DeletionPolicy]));
}

const NEUTRAL = ['SubnetGroup', 'SecurityGroup', 'ParameterGroup', 'DefaultUser', 'User', 'UserGroup'];
const all = (ids: string[], policy: string) => Object.fromEntries(ids.map(id => [id, policy]));

test('a snapshot, which is the default, keeps key and logs but for a creation that fails', () => {
  const expected = { '': 'Snapshot', ...all(['Key', 'SlowLog', 'EngineLog'], 'RetainExceptOnCreate'), 'Secret': 'Delete', ...all(NEUTRAL, 'none') };
  expect(policiesOf(newCluster())).toEqual(expected);
  expect(policiesOf(newCluster({ removalPolicy: RemovalPolicy.SNAPSHOT }))).toEqual(expected);
});

test('what is destroyed leaves nothing behind', () => {
  expect(policiesOf(newCluster({ removalPolicy: RemovalPolicy.DESTROY }))).toEqual({
    '': 'Delete', ...all(['Key', 'SlowLog', 'EngineLog', 'Secret'], 'Delete'), ...all(NEUTRAL, 'none'),
  });
});

test('what is retained keeps everything that it uses, or the stack could not be deleted', () => {
  expect(policiesOf(newCluster({ removalPolicy: RemovalPolicy.RETAIN }))).toEqual({
    '': 'Retain', ...all(['Key', 'SlowLog', 'EngineLog', 'Secret', ...NEUTRAL], 'Retain'),
  });
});

test('what is retained except when its creation fails keeps what it uses in the same way', () => {
  const resources = Object.entries(storeResourcesOf(newCluster({ removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE })));
  expect(resources).toHaveLength(11);
  for (const [id, { DeletionPolicy }] of resources) {
    expect([id, DeletionPolicy]).toEqual([id, 'RetainExceptOnCreate']);
  }
});

test('alarms go with the stack, whatever stays', () => {
  for (const removalPolicy of [undefined, RemovalPolicy.RETAIN, RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, RemovalPolicy.DESTROY]) {
    const alarms = Object.values(resourcesOf(newCluster({ removalPolicy }))).filter(({ Type }) => Type.startsWith('AWS::CloudWatch::'));
    expect(alarms.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(Array(15).fill(undefined));
  }
});

test('policies that are laid over a scope still win', () => {
  const cluster = newCluster();
  RemovalPolicies.of(cluster).destroy();
  expect(new Set(Object.values(policiesOf(cluster)))).toEqual(new Set(['Delete']));
});

test('aspects still see and change every resource', () => {
  const cluster = newCluster();
  const seen: string[] = [];
  Aspects.of(cluster).add({
    visit: node => {
      if (!CfnResource.isCfnResource(node)) return;
      seen.push(node.cfnResourceType);
      if (node.cfnResourceType === 'AWS::Logs::LogGroup') node.addPropertyOverride('RetentionInDays', 1);
    },
  });
  const resources = Object.values(resourcesOf(cluster));
  expect(seen.sort()).toEqual(resources.map(({ Type }) => Type).sort());
  expect(resources.flatMap(({ Properties }) => Properties.RetentionInDays ?? [])).toEqual([1, 1]);
});

test.each([['RedisCluster', newCluster, 26], ['SessionStore', newSessionStore, 27]])('tags reach every resource of a %s', (_name, make, count) => {
  const construct = make();
  tag(construct);
  const resources = Object.values(resourcesOf(construct));
  expect(resources).toHaveLength(count);
  for (const { Type, Properties } of resources) expect([Type, Properties.Tags]).toEqual([Type, [{ Key: 'team', Value: 'shop' }]]);
});
