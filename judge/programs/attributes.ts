import { ISecurityGroup, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { MemcachedPoolAttributes, RedisClusterAttributes, RedisEngine } from 'cdk-data-tier';
import fc from 'fast-check';
import { asIs, later, number, prop, Props, text } from './prop';
import { memberId, memcachedNodeId, numbersTo } from '../../src/facts/elasticache-metrics';

const textOf = (legal: readonly string[], odd: readonly string[]) => text(fc.oneof(fc.constantFrom(...legal), later('late')), fc.constantFrom(...odd));
const port = number(fc.oneof(fc.constantFrom(1, 6379, 11211, 65535), later(7000)), fc.constantFrom(0, 65536, -1, 1.5));
const securityGroups = prop<readonly string[], ISecurityGroup[]>(
  fc.constantFrom(['sg-0123456789abcdef0'], ['sg-0123456789abcdef0', 'sg-0123456789abcdef1']), fc.constant([]),
  (world, ids) => ids.map(id => SecurityGroup.fromSecurityGroupId(world.data, world.id('Group'), id)),
);
/** So many nodes: a graph of CloudWatch takes the metrics of 500. */
const nodeIds = (idOf: (node: number) => string) => prop<number, string[]>(
  fc.constantFrom(1, 2), fc.constantFrom(0, 501), (_world, count) => numbersTo(count).map(idOf),
);
const secret = prop(fc.constantFrom('full', 'name'), fc.constantFrom('owned'), (world, kind) => {
  if (kind === 'owned') return new Secret(world.keys, world.id('Secret'));
  return kind === 'name'
    ? Secret.fromSecretNameV2(world.data, world.id('Secret'), 'login')
    : Secret.fromSecretCompleteArn(world.data, world.id('Secret'), world.arn('secretsmanager', 'secret:login-AbCdEf'));
});

/** What the import of a cluster may be told. */
export const CLUSTER_ATTRIBUTES: Props<RedisClusterAttributes> = {
  replicationGroupName: textOf(['cache'], ['']),
  primaryEndpointAddress: textOf(['primary.example.com'], ['']),
  configurationEndpointAddress: textOf(['clustercfg.example.com'], ['']),
  readerEndpointAddress: textOf(['reader.example.com'], ['']),
  port,
  securityGroups,
  secret,
  authToken: secret,
  iamUserId: textOf(['shop'], ['']),
  encryptionKey: prop(fc.constant('imported'), fc.constant('owned'), (world, kind) => kind === 'owned'
    ? new Key(world.keys, world.id('Key'), { enableKeyRotation: true })
    : Key.fromKeyArn(world.data, world.id('Key'), world.keyArn)),
  engine: prop(fc.constantFrom('REDIS_7_1', 'VALKEY_8_1'), fc.constantFrom('REDIS_6_2'), (_world, name: 'REDIS_7_1' | 'VALKEY_8_1' | 'REDIS_6_2') => RedisEngine[name]),
  tls: asIs([true, false]),
  nodeIds: nodeIds(node => memberId('cache', node)),
};

/** What the import of a pool may be told. */
export const POOL_ATTRIBUTES: Props<MemcachedPoolAttributes> = {
  poolName: textOf(['pool'], ['']),
  configurationEndpointAddress: textOf(['pool.abc123.cfg.euw1.cache.amazonaws.com', 'pool.example.com'], ['']),
  port,
  securityGroups,
  tls: asIs([true, false]),
  nodeIds: nodeIds(memcachedNodeId),
};
