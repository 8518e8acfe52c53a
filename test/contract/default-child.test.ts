import { CfnResource } from 'aws-cdk-lib';
import { CfnCacheCluster, CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';
import * as library from '../../src';
import { newCluster, newPool, newSessionStore, resourceOf } from '../helpers';

const CONSTRUCTS: { [name: string]: readonly [() => Construct, new (...args: never[]) => CfnResource] } = {
  RedisCluster: [() => newCluster(), CfnReplicationGroup],
  MemcachedPool: [() => newPool(), CfnCacheCluster],
  SessionStore: [() => newSessionStore(), CfnReplicationGroup],
};

test('every construct of the library is here', () => {
  const constructs = Object.entries(library).filter(([, value]) => typeof value === 'function' && value.prototype instanceof Construct);
  expect(constructs.map(([name]) => name).sort()).toEqual(Object.keys(CONSTRUCTS).sort());
});

test.each(Object.entries(CONSTRUCTS))('the default child of a %s is its nodes, and can be overridden', (_name, [make, type]) => {
  const construct = make();
  const nodes = construct.node.defaultChild as CfnResource;
  expect(nodes).toBeInstanceOf(type);
  expect(nodes.node.id).toBe('Resource');
  nodes.addPropertyOverride('IpDiscovery', 'ipv6');
  expect(resourceOf(construct, nodes.cfnResourceType).Properties.IpDiscovery).toBe('ipv6');
});
