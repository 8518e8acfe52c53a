import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';
import * as library from '../../src';
import { groupOf, newCluster, newSessionStore } from '../helpers';

const CONSTRUCTS: { [name: string]: () => Construct } = { RedisCluster: () => newCluster(), SessionStore: () => newSessionStore() };

test('every construct of the library is here', () => {
  const constructs = Object.entries(library).filter(([, value]) => typeof value === 'function' && value.prototype instanceof Construct);
  expect(constructs.map(([name]) => name).sort()).toEqual(Object.keys(CONSTRUCTS).sort());
});

test.each(Object.entries(CONSTRUCTS))('the default child of a %s is the replication group, and can be overridden', (_name, make) => {
  const construct = make();
  const group = construct.node.defaultChild as CfnReplicationGroup;
  expect(group).toBeInstanceOf(CfnReplicationGroup);
  expect(group.node.id).toBe('Resource');
  group.addPropertyOverride('Durability', 'async');
  expect(groupOf(construct).Durability).toBe('async');
});
