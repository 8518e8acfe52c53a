import { CfnResource } from 'aws-cdk-lib';
import { CfnCacheCluster, CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';
import * as library from '../../src';
import { layout, newCluster, newPool, newSessionStore, resourceOf } from '../helpers';

const CONSTRUCTS: { [name: string]: readonly [() => Construct, new (...args: never[]) => CfnResource] } = {
  RedisCluster: [() => newCluster(), CfnReplicationGroup],
  MemcachedPool: [() => newPool(), CfnCacheCluster],
  SessionStore: [() => newSessionStore(), CfnReplicationGroup],
};

/** Constructs of many alarms, none of which is more than the others. */
const ALARMS = ['MemcachedAlarms', 'RedisAlarms'];

test('every construct of the library is here', () => {
  const constructs = Object.entries(library).filter(([, value]) => typeof value === 'function' && value.prototype instanceof Construct);
  expect(constructs.map(([name]) => name).sort()).toEqual([...Object.keys(CONSTRUCTS), ...ALARMS, 'DataTierDashboard'].sort());
});

test.each(Object.entries(CONSTRUCTS))('the default child of a %s is its nodes, and can be overridden', (_name, [make, type]) => {
  const construct = make();
  const nodes = construct.node.defaultChild as CfnResource;
  expect(nodes).toBeInstanceOf(type);
  expect(nodes.node.id).toBe('Resource');
  nodes.addPropertyOverride('IpDiscovery', 'ipv6');
  expect(resourceOf(construct, nodes.cfnResourceType).Properties.IpDiscovery).toBe('ipv6');
});

test('the default child of a dashboard is the dashboard', () => {
  const dashboard = new library.DataTierDashboard(layout().data, 'Dashboard');
  (dashboard.node.defaultChild as CfnResource).addPropertyOverride('DashboardName', 'mine');
  expect(resourceOf(dashboard, 'AWS::CloudWatch::Dashboard').Properties.DashboardName).toBe('mine');
});
