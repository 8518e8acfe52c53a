import { Fn, Lazy, Stack, Token } from 'aws-cdk-lib';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnParameterGroup, CfnReplicationGroup, CfnReplicationGroupProps } from 'aws-cdk-lib/aws-elasticache';
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

  test('the end points that are known tell the mode', () => {
    const attributes = { replicationGroupName: 'cache', configurationEndpointAddress: 'clustercfg.example.com' };
    const enabled = RedisCluster.fromRedisClusterAttributes(new Stack(), 'Cache', attributes);
    expect(enabled.environmentVariables()).toMatchObject({ REDIS_HOST: 'clustercfg.example.com', REDIS_CLUSTER_MODE: 'enabled' });
    expect(enabled.endpoint).toBe(enabled.configurationEndpoint);
    expect(faultsOf(() => enabled.primaryEndpoint).at(-1)).toContain('[cdk-data-tier::endpoint-of-other-mode]');
    const compatible = imported({ configurationEndpointAddress: 'clustercfg.example.com' });
    expect(compatible.environmentVariables()).toMatchObject({ REDIS_HOST: 'cache.example.com', REDIS_CLUSTER_MODE: 'compatible' });
    expect(compatible.configurationEndpoint.socketAddress).toBe('clustercfg.example.com:6379');
    expect(faultsOf(() => imported().configurationEndpoint).at(-1)).toContain('[cdk-data-tier::endpoint-of-other-mode]');
  });

  test('a cluster without any end point is refused', () => {
    expect(() => RedisCluster.fromRedisClusterAttributes(new Stack(), 'Cache', { replicationGroupName: 'cache' })).toThrow(new Error(
      'RedisCluster.fromRedisClusterAttributes: `primaryEndpointAddress` must be given for a cluster without shards, and `configurationEndpointAddress` '
      + 'for one with shards (got neither). Give the one that the console shows.',
    ));
  });

  test.each([
    ['replicationGroupName', ''],
    ['primaryEndpointAddress', ''],
    ['readerEndpointAddress', ''],
    ['configurationEndpointAddress', ''],
    ['iamUserId', ''],
    ['nodeIds', ['cache-001', '']],
  ])('an empty text in %s is refused', (attribute, value) => {
    expect(() => imported({ [attribute]: value })).toThrow(new Error(
      `RedisCluster.fromRedisClusterAttributes: \`${attribute}\` must not be empty (got ${JSON.stringify(value)}). Give what the console shows.`));
  });

  test.each([0, 65536, 1.5])('the port %d is refused', port => {
    expect(() => imported({ port })).toThrow(new Error(
      `RedisCluster.fromRedisClusterAttributes: \`port\` must be a whole number from 1 to 65535 (got ${port}). Give the one that the console shows.`));
  });

  test.each([1, 65535, Token.asNumber({ Ref: 'Port' })])('the port %d is taken', port => expect(imported({ port }).endpoint.port).toBe(port));

  test('clients log in by one of secret, token and IAM', () => {
    const stack = new Stack();
    const secret = Secret.fromSecretCompleteArn(stack, 'Secret', SECRET);
    expect(imported({ authToken: secret }).environmentVariables()).toMatchObject({ REDIS_AUTH: 'token', REDIS_SECRET_ARN: SECRET });
    const iam = imported({ iamUserId: 'reader' }).environmentVariables();
    expect(iam).toMatchObject({ REDIS_AUTH: 'iam', REDIS_USER: 'reader', REDIS_NAME: 'cache' });
    expect(iam).not.toHaveProperty('REDIS_SECRET_ARN');
    expect(() => imported({ secret, iamUserId: 'reader' })).toThrow(new Error('RedisCluster.fromRedisClusterAttributes: clients log in by one of `secret`, '
      + '`authToken` and `iamUserId` (got secret and iamUserId). Keep one.'));
  });

  test('a link by IAM grants the connection to cluster and user', () => {
    const { data, vpc } = layout();
    imported({ iamUserId: 'reader' }, data).linkFunction(newFunction(data, vpc));
    const { Statement } = resourceOf(data, 'AWS::IAM::Policy').Properties.PolicyDocument;
    expect(JSON.stringify(Statement)).toContain(':replicationgroup:cache');
    expect(Statement).toMatchObject([{ Action: 'elasticache:Connect', Resource: [expect.anything(), expect.anything()] }]);
    expect(JSON.stringify(Statement)).toContain(':user:reader');
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

  const modes: [string, Partial<CfnReplicationGroupProps>, string, string[]][] = [
    ['several shards', { numNodeGroups: 2, replicasPerNodeGroup: 1 }, 'enabled', ['0001-001', '0001-002', '0002-001', '0002-002']],
    ['one shard without the cluster protocol', { numNodeGroups: 1, replicasPerNodeGroup: 1 }, 'disabled', ['001', '002']],
    ['one shard, and parameters of AWS', { replicasPerNodeGroup: 1, cacheParameterGroupName: 'default.redis7.cluster.on' }, 'enabled', ['0001-001', '0001-002']],
    ['shards one by one', { nodeGroupConfiguration: [{ nodeGroupId: '7', replicaCount: 1 }, { replicaCount: 0 }] }, 'enabled', ['0007-001', '0007-002', '0002-001']],
    ['a mode that is said', { clusterMode: 'Enabled', numNodeGroups: 1 }, 'enabled', ['0001-001']],
    ['compatible', { clusterMode: 'compatible', numCacheClusters: 2 }, 'compatible', ['001', '002']],
    ['shards that only CloudFormation counts', { numNodeGroups: Token.asNumber({ Ref: 'Shards' }) }, 'enabled', []],
    ['a shard that only CloudFormation names', { nodeGroupConfiguration: [{ nodeGroupId: Fn.importValue('id') }, {}] }, 'enabled', []],
    ['a list of shards that only CloudFormation knows', { clusterMode: 'enabled', nodeGroupConfiguration: Lazy.any({ produce: () => [] }) }, 'enabled', []],
  ];
  test.each(modes)('%s', (_name, props, mode, nodes) => {
    const group = l1({ replicationGroupId: 'foreign', ...props });
    const cluster = RedisCluster.fromCfnReplicationGroup(group);
    const attribute = { disabled: 'PrimaryEndPoint', compatible: 'PrimaryEndPoint', enabled: 'ConfigurationEndPoint' }[mode];
    expect(Stack.of(group).resolve(cluster.environmentVariables())).toMatchObject({
      REDIS_CLUSTER_MODE: mode, REDIS_HOST: { 'Fn::GetAtt': ['Group', `${attribute}.Address`] },
    });
    expect(cluster.nodeIds).toEqual(nodes.map(node => `foreign-${node}`));
  });

  test('parameters of this app tell the mode of one shard', () => {
    const modeOf = (properties?: { [name: string]: string }) => {
      const stack = new Stack();
      const parameters = new CfnParameterGroup(stack, 'Parameters', { cacheParameterGroupFamily: 'redis7', description: 'Mine', properties });
      return RedisCluster.fromCfnReplicationGroup(l1({ cacheParameterGroupName: parameters.ref }, stack)).environmentVariables().REDIS_CLUSTER_MODE;
    };
    expect([modeOf({ 'cluster-enabled': 'yes' }), modeOf({ 'cluster-enabled': 'no' }), modeOf()]).toEqual(['enabled', 'disabled', 'disabled']);
    const foreign = RedisCluster.fromCfnReplicationGroup(l1({ cacheParameterGroupName: Fn.importValue('parameters') }));
    expect(foreign.environmentVariables().REDIS_CLUSTER_MODE).toBe('disabled');
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
