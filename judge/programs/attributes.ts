import { ISecurityGroup, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { RedisClusterAttributes, RedisEngine } from 'cdk-data-tier';
import fc from 'fast-check';
import { asIs, later, prop, Props } from './prop';
import { Later } from './world';

const text = (legal: readonly string[], odd: readonly string[]) => prop(
  fc.oneof(fc.constantFrom<string | Later<string>>(...legal), later('late')), fc.constantFrom<string | Later<string>>(...odd), (world, plain) => world.text(plain),
);
const secret = prop(fc.constantFrom('full', 'name'), fc.constantFrom('owned'), (world, kind) => {
  if (kind === 'owned') return new Secret(world.keys, world.id('Secret'));
  return kind === 'name'
    ? Secret.fromSecretNameV2(world.data, world.id('Secret'), 'login')
    : Secret.fromSecretCompleteArn(world.data, world.id('Secret'), world.arn('secretsmanager', 'secret:login-AbCdEf'));
});

/** What an import may be told; the name of the group, which every import needs, comes with the program. */
export const ATTRIBUTES: Props<Omit<RedisClusterAttributes, 'replicationGroupName'>> = {
  primaryEndpointAddress: text(['primary.example.com'], ['']),
  configurationEndpointAddress: text(['clustercfg.example.com'], ['']),
  readerEndpointAddress: text(['reader.example.com'], ['']),
  port: prop<number | Later<number>, number>(
    fc.oneof(fc.constantFrom(1, 6379, 65535), later(7000)), fc.constantFrom(0, 65536, -1, 1.5), (world, plain) => world.number(plain),
  ),
  securityGroups: prop<readonly string[], ISecurityGroup[]>(
    fc.constantFrom(['sg-0123456789abcdef0'], ['sg-0123456789abcdef0', 'sg-0123456789abcdef1']), fc.constant([]),
    (world, ids) => ids.map(id => SecurityGroup.fromSecurityGroupId(world.data, world.id('Group'), id)),
  ),
  secret,
  authToken: secret,
  iamUserId: text(['shop'], ['']),
  encryptionKey: prop(fc.constant('imported'), fc.constant('owned'), (world, kind) => kind === 'owned'
    ? new Key(world.keys, world.id('Key'), { enableKeyRotation: true })
    : Key.fromKeyArn(world.data, world.id('Key'), world.keyArn)),
  engine: prop(fc.constantFrom('REDIS_7_1', 'VALKEY_8_1'), fc.constantFrom('REDIS_6_2'), (_world, name: 'REDIS_7_1' | 'VALKEY_8_1' | 'REDIS_6_2') => RedisEngine[name]),
  tls: asIs([true, false]),
  nodeIds: prop<readonly string[], string[]>(fc.constantFrom(['cache-001'], ['cache-001', 'cache-002']), fc.constant([]), (_world, ids) => [...ids]),
};
