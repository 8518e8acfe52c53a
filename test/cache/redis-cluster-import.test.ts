import { Fn, Stack } from 'aws-cdk-lib';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnReplicationGroup, CfnReplicationGroupProps } from 'aws-cdk-lib/aws-elasticache';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { IRedisCluster, RedisCluster, RedisClusterAttributes, RedisEngine } from '../../src';
import { faultsOf, layout, newFunction, resourceOf, resourcesOf } from '../helpers';

const SECRET = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:login-AbCdEf';
const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/1234';
const MINIMUM = { replicationGroupName: 'cache', primaryEndpointAddress: 'cache.example.com' };

const imported = (attributes: Partial<RedisClusterAttributes> = {}, stack = new Stack()): IRedisCluster =>
  RedisCluster.fromRedisClusterAttributes(stack, 'Cache', { ...MINIMUM, ...attributes });

describe('from attributes', () => {
  test('what is not known is not told', () => {
    const cluster = imported();
    expect(cluster.environmentVariables()).toEqual({
      REDIS_HOST: 'cache.example.com',
      REDIS_PORT: '6379',
      REDIS_TLS: 'true',
      REDIS_CLUSTER_MODE: 'disabled',
      REDIS_AUTH: 'none',
      REDIS_NAME: 'cache',
    });
    expect(cluster).toMatchObject({ replicationGroupName: 'cache', nodeIds: [], secret: undefined, encryptionKey: undefined });
    expect(cluster.endpoint).toBe(cluster.primaryEndpoint);
  });

  test('what is known is told', () => {
    const stack = new Stack();
    const cluster = imported({
      readerEndpointAddress: 'reader.example.com',
      port: 7000,
      secret: Secret.fromSecretCompleteArn(stack, 'Secret', SECRET),
      engine: RedisEngine.VALKEY_8_1,
      tls: false,
      nodeIds: ['cache-001'],
    }, stack);
    expect(cluster.environmentVariables('CART')).toEqual({
      CART_HOST: 'cache.example.com',
      CART_PORT: '7000',
      CART_READER_HOST: 'reader.example.com',
      CART_TLS: 'false',
      CART_CLUSTER_MODE: 'disabled',
      CART_AUTH: 'user',
      CART_SECRET_ARN: SECRET,
      CART_NAME: 'cache',
      CART_ENGINE: 'valkey',
    });
    expect(cluster.readerEndpoint.socketAddress).toBe('reader.example.com:7000');
    expect(cluster.connections.defaultPort?.toString()).toBe('7000');
    expect(cluster.metricEvictions().usingMetrics).toMatchObject({ [Object.keys(cluster.metricEvictions().usingMetrics)[0]]: { metricName: 'Evictions' } });
  });

  test('a reader end point that is not known is an error with the remedy', () => {
    expect(faultsOf(() => imported().readerEndpoint)).toEqual([
      'Default/Cache has 1 fault:',
      '- the reader end point of this imported cluster is not known (got no `readerEndpointAddress`). '
      + 'Give it to `fromRedisClusterAttributes`, or use `primaryEndpoint`. [cdk-data-tier::no-reader-endpoint]',
    ]);
  });

  test('a secret that is not known cannot be granted', () => {
    const { data, vpc } = layout();
    expect(faultsOf(() => imported({}, data).grantReadSecret(newFunction(data, vpc)))).toEqual([
      'Data/Cache has 1 fault:',
      '- a login can be read only from a cluster that has a secret (got none). Give `secret` to `fromRedisClusterAttributes`. [cdk-data-tier::no-secret]',
    ]);
  });

  test('links open, grant and tell as those of a cluster made here', () => {
    const { data, vpc } = layout();
    const cluster = imported({
      securityGroups: [SecurityGroup.fromSecurityGroupId(data, 'Group', 'sg-1234')],
      secret: Secret.fromSecretCompleteArn(data, 'Secret', SECRET),
      encryptionKey: Key.fromKeyArn(data, 'Key', KEY),
    }, data);
    cluster.linkFunction(newFunction(data, vpc));
    expect(resourceOf(data, 'AWS::Lambda::Function').Properties.Environment.Variables).toEqual(cluster.environmentVariables());
    expect(resourceOf(data, 'AWS::EC2::SecurityGroupIngress').Properties).toMatchObject({ GroupId: 'sg-1234', FromPort: 6379, ToPort: 6379 });
    expect(resourceOf(data, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement).toMatchObject([
      { Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], Resource: SECRET },
      { Action: 'kms:Decrypt', Resource: KEY },
    ]);
  });

  test('the key of the secret itself comes first', () => {
    const { data, vpc } = layout();
    const encryptionKey = Key.fromKeyArn(data, 'Key', KEY);
    imported({ secret: Secret.fromSecretAttributes(data, 'Secret', { secretCompleteArn: SECRET, encryptionKey }) }, data).linkFunction(newFunction(data, vpc));
    expect(resourceOf(data, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement[1]).toMatchObject({ Action: 'kms:Decrypt', Resource: KEY });
  });

  test('a secret that is known by its name only is granted with the suffix that Secrets Manager adds', () => {
    const { data, vpc } = layout();
    imported({ secret: Secret.fromSecretPartialArn(data, 'Secret', SECRET.replace('-AbCdEf', '')) }, data).linkFunction(newFunction(data, vpc));
    expect(resourceOf(data, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement).toMatchObject([{ Resource: SECRET.replace('AbCdEf', '??????') }]);
  });

  test('without secret and security groups a link tells the variables only', () => {
    const { data, vpc } = layout();
    imported({}, data).linkFunction(newFunction(data, vpc));
    const types = Object.values(resourcesOf(data)).map(({ Type }) => Type);
    expect(types).not.toContain('AWS::IAM::Policy');
    expect(types).not.toContain('AWS::EC2::SecurityGroupIngress');
    expect(resourceOf(data, 'AWS::Lambda::Function').Properties.Environment.Variables.REDIS_HOST).toBe('cache.example.com');
  });
});

describe('from an L1', () => {
  const l1 = (props: Partial<CfnReplicationGroupProps> = {}, stack = new Stack()) =>
    new CfnReplicationGroup(stack, 'Group', { replicationGroupDescription: 'Foreign', ...props });

  test('names, end points, port, security groups and nodes are those of the resource', () => {
    const group = l1({ replicationGroupId: 'foreign', numCacheClusters: 2, port: 7000, transitEncryptionEnabled: true, securityGroupIds: ['sg-1', 'sg-2'] });
    const cluster = RedisCluster.fromCfnReplicationGroup(group);
    expect(Stack.of(group).resolve(cluster.environmentVariables())).toEqual({
      REDIS_HOST: { 'Fn::GetAtt': ['Group', 'PrimaryEndPoint.Address'] },
      REDIS_PORT: '7000',
      REDIS_READER_HOST: { 'Fn::GetAtt': ['Group', 'ReaderEndPoint.Address'] },
      REDIS_TLS: 'true',
      REDIS_CLUSTER_MODE: 'disabled',
      REDIS_AUTH: 'none',
      REDIS_NAME: { Ref: 'Group' },
    });
    expect(cluster.nodeIds).toEqual(['foreign-001', 'foreign-002']);
    expect(cluster.connections.securityGroups.map(({ securityGroupId }) => securityGroupId)).toEqual(['sg-1', 'sg-2']);
    expect(cluster.connections.defaultPort?.toString()).toBe('7000');
  });

  test('a group that says little is taken at the defaults of CloudFormation', () => {
    const group = l1();
    const cluster = RedisCluster.fromCfnReplicationGroup(group);
    expect(cluster.environmentVariables()).toMatchObject({ REDIS_TLS: 'false', REDIS_PORT: '6379' });
    expect(Stack.of(group).resolve(cluster.nodeIds)).toEqual([{ 'Fn::Join': ['', [{ Ref: 'Group' }, '-001']] }]);
  });

  test('a token is known by its kind, users of a foreign group are not', () => {
    const auth = (props: Partial<CfnReplicationGroupProps>) => RedisCluster.fromCfnReplicationGroup(l1(props)).environmentVariables().REDIS_AUTH;
    expect(auth({ authToken: 'x'.repeat(16) })).toBe('token');
    expect(auth({ userGroupIds: ['people'] })).toBeUndefined();
    expect(auth({ userGroupIds: [] })).toBe('none');
  });

  test('the same group is imported once', () => {
    const group = l1();
    expect(RedisCluster.fromCfnReplicationGroup(group)).toBe(RedisCluster.fromCfnReplicationGroup(group));
  });

  test.each<[string, Partial<CfnReplicationGroupProps>]>([
    ['numNodeGroups', { numNodeGroups: 2 }],
    ['replicasPerNodeGroup', { replicasPerNodeGroup: 1 }],
    ['nodeGroupConfiguration', { nodeGroupConfiguration: [{ replicaCount: 1 }] }],
    ['clusterMode', { clusterMode: 'enabled' }],
    ['clusterMode', { clusterMode: 'compatible' }],
  ])('a group with %s is refused', (property, props) => {
    expect(faultsOf(() => RedisCluster.fromCfnReplicationGroup(l1(props)))).toEqual([
      'Default/Group has 1 fault:',
      `- only a replication group with cluster mode disabled can be imported (got \`${property}\`). `
      + 'Describe its nodes by `numCacheClusters`. [cdk-data-tier::import-has-shards]',
    ]);
  });

  test('cluster mode disabled, said or not said, is accepted', () => {
    expect(RedisCluster.fromCfnReplicationGroup(l1({ clusterMode: 'disabled' })).environmentVariables().REDIS_CLUSTER_MODE).toBe('disabled');
  });

  test('values that only CloudFormation knows are handed on', () => {
    const group = l1({ replicationGroupId: Fn.importValue('name') });
    expect(Stack.of(group).resolve(RedisCluster.fromCfnReplicationGroup(group).nodeIds)).toEqual([{ 'Fn::Join': ['', [{ 'Fn::ImportValue': 'name' }, '-001']] }]);
    const { data, vpc } = layout();
    RedisCluster.fromCfnReplicationGroup(l1({ securityGroupIds: Fn.split(',', Fn.importValue('groups')) }, data)).linkFunction(newFunction(data, vpc));
    expect(resourceOf(data, 'AWS::EC2::SecurityGroupIngress').Properties.GroupId)
      .toEqual({ 'Fn::Select': [0, { 'Fn::Split': [',', { 'Fn::ImportValue': 'groups' }] }] });
  });
});
