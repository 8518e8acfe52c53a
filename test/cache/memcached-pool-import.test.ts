import { Stack, Token } from 'aws-cdk-lib';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { IMemcachedPool, MemcachedPool, MemcachedPoolAttributes } from '../../src';
import { faultsOf, layout, newFunction, resourceOf, resourcesOf } from '../helpers';

const HOST = 'pool.abc123.cfg.euw1.cache.amazonaws.com';

const imported = (attributes: Partial<MemcachedPoolAttributes> = {}, stack = new Stack()): IMemcachedPool =>
  MemcachedPool.fromMemcachedPoolAttributes(stack, 'Pool', { poolName: 'pool', configurationEndpointAddress: HOST, ...attributes });

test('what is not known has the defaults', () => {
  const pool = imported();
  expect(pool.environmentVariables()).toEqual({
    MEMCACHED_HOST: HOST, MEMCACHED_PORT: '11211', MEMCACHED_TLS: 'true', MEMCACHED_ENGINE: 'memcached',
  });
  expect(pool).toMatchObject({ poolName: 'pool', nodeIds: [] });
  expect(pool.configurationEndpoint.socketAddress).toBe(`${HOST}:11211`);
});

test('what is known is told', () => {
  const pool = imported({ port: 7000, tls: false, nodeIds: ['0001', '0003'] });
  expect(pool.environmentVariables('PAGES')).toEqual({ PAGES_HOST: HOST, PAGES_PORT: '7000', PAGES_TLS: 'false', PAGES_ENGINE: 'memcached' });
  expect(Stack.of(pool).resolve(pool.nodeEndpoints.map(({ socketAddress }) => socketAddress))).toEqual([
    'pool.abc123.0001.euw1.cache.amazonaws.com:7000', 'pool.abc123.0003.euw1.cache.amazonaws.com:7000',
  ]);
  expect(pool.connections.defaultPort?.toString()).toBe('7000');
});

test.each([
  ['poolName', ''],
  ['configurationEndpointAddress', ''],
  ['nodeIds', ['0001', '']],
])('an empty text in %s is refused', (attribute, value) => {
  expect(() => imported({ [attribute]: value })).toThrow(new Error(
    `MemcachedPool.fromMemcachedPoolAttributes: \`${attribute}\` must not be empty (got ${JSON.stringify(value)}). Give what the console shows.`));
});

test.each([0, 65536, 1.5])('the port %d is refused', port => {
  expect(() => imported({ port })).toThrow(new Error(
    `MemcachedPool.fromMemcachedPoolAttributes: \`port\` must be a whole number from 1 to 65535 (got ${port}). Give the one that the console shows.`));
});

test.each([1, 65535, Token.asNumber({ Ref: 'Port' })])('the port %d is taken', port => expect(imported({ port }).configurationEndpoint.port).toBe(port));

test('a link opens its security groups, from the side of the client', () => {
  const { data, application, vpc } = layout();
  const securityGroups = [SecurityGroup.fromSecurityGroupId(data, 'Mine', 'sg-1')];
  imported({ securityGroups }, data).linkFunction(newFunction(application, vpc));
  expect(resourceOf(application, 'AWS::EC2::SecurityGroupIngress').Properties).toMatchObject({ GroupId: 'sg-1', FromPort: 11211 });
  expect(resourcesOf(data)).toEqual({});
});

const UNKNOWN_NODES = [
  'Default/Pool has 1 fault:',
  '- metrics and end points are kept per node, and the nodes of an imported pool are not known (got no `nodeIds`). '
  + "Give `nodeIds`, for example ['0001', '0002'], to `fromMemcachedPoolAttributes`. [cdk-data-tier::no-node-ids]",
];

test('a pool whose nodes are not known has no metrics and no node end points', () => {
  expect(faultsOf(() => imported().metricEvictions())).toEqual(UNKNOWN_NODES);
  expect(faultsOf(() => imported().metricCacheHitRate())).toEqual(UNKNOWN_NODES);
  expect(faultsOf(() => imported().nodeEndpoints)).toEqual(UNKNOWN_NODES);
});

test('a host that is no configuration end point has no node end points', () => {
  const pool = imported({ configurationEndpointAddress: 'pool.example.com', nodeIds: ['0001'] });
  expect(pool.environmentVariables().MEMCACHED_HOST).toBe('pool.example.com');
  expect(faultsOf(() => pool.nodeEndpoints)).toEqual([
    'Default/Pool has 1 fault:',
    '- the end points of the nodes follow from a configuration end point such as pool.abc123.cfg.euw1.cache.amazonaws.com '
    + "(got `configurationEndpointAddress` 'pool.example.com'). Give the one that the console shows to `fromMemcachedPoolAttributes`. "
    + '[cdk-data-tier::no-node-endpoints]',
  ]);
});
