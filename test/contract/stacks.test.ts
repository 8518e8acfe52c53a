import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IConnectable, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerDefinition } from 'aws-cdk-lib/aws-ecs';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { ClusterMode, Encryption, MemcachedPool, RedisAuth, RedisCluster, SessionStore } from '../../src';
import { newFunction, newService } from '../helpers';

interface Stacks { readonly network: Stack; readonly keys: Stack; readonly data: Stack; readonly application: Stack; readonly vpc: Vpc }

interface Linkable {
  linkFunction(fn: LambdaFunction): void;
  linkContainer(container: ContainerDefinition, peer: IConnectable): void;
}

const KEY_ARN = 'arn:aws:kms:eu-west-1:123456789012:key/1234';

const KEYS: [string, (stacks: Stacks) => Encryption][] = [
  ['a key of its own', () => Encryption.customerManaged()],
  ['a key of a third stack', ({ keys }) => Encryption.customerManaged(new Key(keys, 'Key'))],
  ['an imported key', ({ data }) => Encryption.customerManaged(Key.fromKeyArn(data, 'Imported', KEY_ARN))],
  ['AWS managed keys', () => Encryption.awsManaged()],
];

const STORES: [string, (stacks: Stacks, encryption: Encryption) => Linkable][] = [
  ['RedisCluster', ({ data, vpc }, encryption) => new RedisCluster(data, 'Cache', { vpc, encryption })],
  ['RedisCluster in shards with IAM', ({ data, vpc }, encryption) => new RedisCluster(data, 'Cache', {
    vpc, encryption, clusterMode: ClusterMode.enabled(), auth: RedisAuth.iam(),
  })],
  ['RedisCluster between the modes with a token', ({ data, vpc }, encryption) => new RedisCluster(data, 'Cache', {
    vpc, encryption, clusterMode: ClusterMode.compatible(), auth: RedisAuth.token(),
  })],
  ['SessionStore', ({ data, vpc }, encryption) => new SessionStore(data, 'Sessions', { vpc, encryption })],
  ['SessionStore in shards', ({ data, vpc }, encryption) => new SessionStore(data, 'Sessions', { vpc, encryption, clusterMode: ClusterMode.enabled() })],
  ['an imported cluster', ({ data, vpc }, encryption) => {
    const encryptionKey = encryption._bind(() => new Key(data, 'Key'));
    return RedisCluster.fromRedisClusterAttributes(data, 'Imported Cache', {
      replicationGroupName: 'cache',
      primaryEndpointAddress: 'cache.example.com',
      securityGroups: [new SecurityGroup(data, 'SecurityGroup', { vpc, allowAllOutbound: false })],
      secret: new Secret(data, 'Secret', { encryptionKey }),
      encryptionKey,
    });
  }],
];

/** Stores without a key. */
const PLAIN: typeof STORES = [
  ['MemcachedPool', ({ data, vpc }) => new MemcachedPool(data, 'Pool', { vpc })],
  ['an imported pool', ({ data, vpc }) => MemcachedPool.fromMemcachedPoolAttributes(data, 'Imported Pool', {
    poolName: 'pool',
    configurationEndpointAddress: 'pool.abc123.cfg.euw1.cache.amazonaws.com',
    securityGroups: [new SecurityGroup(data, 'SecurityGroup', { vpc, allowAllOutbound: false })],
  })],
];

const LINKS: [string, (store: Linkable, stacks: Stacks) => void][] = [
  ['a function', (store, { application, vpc }) => store.linkFunction(newFunction(application, vpc))],
  ['a container', (store, { application, vpc }) => {
    const { container, service } = newService(application, vpc);
    store.linkContainer(container, service);
  }],
];

const pair = (stores: typeof STORES, keys: typeof KEYS) => stores.flatMap(([store, newStore]) => keys.flatMap(([key, encryption]) =>
  LINKS.map(([client, link]) => ({ store, newStore, key, encryption, client, link }))));
const CASES = [...pair(STORES, KEYS), ...pair(PLAIN, [['no key', () => Encryption.awsManaged()]])];

test.each(CASES)('$store with $key is linked to $client of another stack without a cycle', ({ newStore, encryption, link }) => {
  const app = new App({ context: { '@aws-cdk/core:defaultCrossStackReferences': 'strong' } });
  const [network, keys, data, application] = ['Network', 'Keys', 'Data', 'Application'].map(id => new Stack(app, id));
  const stacks = { network, keys, data, application, vpc: new Vpc(network, 'Vpc', { maxAzs: 2, natGateways: 1 }) };
  link(newStore(stacks, encryption(stacks)), stacks);
  app.synth();

  expect(application.dependencies).toContain(data);
  expect(data.dependencies).not.toContain(application);
  expect(keys.dependencies).toEqual([]);
  const resources = Object.values(Template.fromStack(application).toJSON().Resources as { [id: string]: { Type: string } }).map(({ Type }) => Type);
  expect(resources.filter(type => type === 'AWS::EC2::SecurityGroupIngress')).toHaveLength(1);
  expect(Object.keys(Template.fromStack(data).findResources('AWS::EC2::SecurityGroupIngress'))).toEqual([]);
});
