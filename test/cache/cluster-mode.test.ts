import { Token } from 'aws-cdk-lib';
import { ClusterMode } from '../../src';

test('disabled has one replica unless said otherwise', () => {
  expect(ClusterMode.disabled()._bind()).toEqual({ mode: 'disabled', replicas: 1 });
  expect(ClusterMode.disabled({})._bind()).toEqual({ mode: 'disabled', replicas: 1 });
  expect(ClusterMode.disabled({ replicas: 0 })._bind()).toEqual({ mode: 'disabled', replicas: 0 });
  expect(ClusterMode.disabled({ replicas: 5 })._bind()).toEqual({ mode: 'disabled', replicas: 5 });
});

test('a number of replicas that only CloudFormation knows is refused', () => {
  expect(() => ClusterMode.disabled({ replicas: Token.asNumber({ Ref: 'Replicas' }) })).toThrow(new Error(
    'ClusterMode.disabled: `replicas` must be known at synthesis, because CloudFormation cannot add the primary to it (got a token). '
    + 'Read it from the context or the environment of the app.',
  ));
});

test('compatible has one replica unless said otherwise', () => {
  expect(ClusterMode.compatible()._bind()).toEqual({ mode: 'compatible', replicas: 1 });
  expect(ClusterMode.compatible({ replicas: 2 })._bind()).toEqual({ mode: 'compatible', replicas: 2 });
});

test('enabled has two shards with one replica unless said otherwise', () => {
  expect(ClusterMode.enabled()._bind()).toEqual({ mode: 'enabled', shards: 2, replicas: 1 });
  expect(ClusterMode.enabled({ shards: 500, replicasPerShard: 0 })._bind()).toEqual({ mode: 'enabled', shards: 500, replicas: 0 });
});

test('a layout says how many shards there are, and the fewest replicas of a shard count', () => {
  const shardLayout = [{ shardId: '1', replicas: 3 }, { shardId: '2', replicaZones: ['eu-west-1a', 'eu-west-1b'] }, { shardId: '3' }];
  expect(ClusterMode.enabled({ shardLayout, replicasPerShard: 4 })._bind()).toMatchObject({
    shards: 3, replicas: 2, layout: [{ shardId: '1', replicas: 3 }, { shardId: '2', replicas: 2 }, { shardId: '3', replicas: 4 }],
  });
  expect(ClusterMode.enabled({ shardLayout, shards: 3 })._bind().shards).toBe(3);
});

test('a layout of other than all shards is refused', () => {
  expect(() => ClusterMode.enabled({ shards: 2, shardLayout: [{ shardId: '1' }] })).toThrow(new Error(
    'ClusterMode.enabled: `shardLayout` must describe every shard (got 1 for 2 `shards`). Leave `shards` out, or describe as many.',
  ));
});

test('numbers that only CloudFormation knows are refused in every mode', () => {
  const later = Token.asNumber({ Ref: 'Later' });
  const refusal = (mode: string, option: string, reason: string) => new Error(
    `ClusterMode.${mode}: \`${option}\` must be known at synthesis, because ${reason} (got a token). Read it from the context or the environment of the app.`,
  );
  expect(() => ClusterMode.compatible({ replicas: later })).toThrow(refusal('compatible', 'replicas', 'CloudFormation cannot add the primary to it'));
  expect(() => ClusterMode.enabled({ shards: later })).toThrow(refusal('enabled', 'shards', 'nodes are named by it'));
  expect(() => ClusterMode.enabled({ replicasPerShard: later })).toThrow(refusal('enabled', 'replicasPerShard', 'nodes are named by it'));
  expect(() => ClusterMode.enabled({ shardLayout: [{ shardId: '1', replicas: later }] })).toThrow(refusal('enabled', 'shardLayout.replicas', 'nodes are named by it'));
});
