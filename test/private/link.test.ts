import { Stack } from 'aws-cdk-lib';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Cluster, FargateService } from 'aws-cdk-lib/aws-ecs';
import { Encryption, IRedisCluster, RedisCluster } from '../../src';
import { faultsOf, layout, newCluster, newFunction, newService, resourceOf, resourcesOf, TemplateResource, warningsOf } from '../helpers';

const SECRET = { Ref: 'CacheSecret4CD6E2C3' };
const READ_SECRET = { Effect: 'Allow', Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], Resource: SECRET };
const DECRYPT_SECRET = {
  Effect: 'Allow',
  Action: 'kms:Decrypt',
  Resource: { 'Fn::GetAtt': ['CacheKeyCDF9DE27', 'Arn'] },
  Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['secretsmanager.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]] } } },
};
const ENVIRONMENT = {
  REDIS_HOST: { 'Fn::GetAtt': ['Cache18F6EE16', 'PrimaryEndPoint.Address'] },
  REDIS_PORT: '6379',
  REDIS_READER_HOST: { 'Fn::GetAtt': ['Cache18F6EE16', 'ReaderEndPoint.Address'] },
  REDIS_TLS: 'true',
  REDIS_CLUSTER_MODE: 'disabled',
  REDIS_AUTH: 'user',
  REDIS_USER: 'app',
  REDIS_SECRET_ARN: SECRET,
  REDIS_NAME: 'data-cache-a610ade3',
  REDIS_ENGINE: 'redis',
};

/** What the only role policy of a stack allows. */
const statementsOf = (stack: Stack): TemplateResource['Properties'][] => resourceOf(stack, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement;
const environmentOf = (stack: Stack) => resourceOf(stack, 'AWS::Lambda::Function').Properties.Environment.Variables;
const ofType = (stack: Stack, type: string) =>
  Object.values(resourcesOf(stack)).filter(({ Type }) => Type === type).map(({ Properties }) => Properties);

test('the variables of a cluster', () => {
  const cluster = newCluster();
  const resolve = (value: unknown) => Stack.of(cluster).resolve(value);
  expect(resolve(cluster.environmentVariables())).toEqual(ENVIRONMENT);
  expect(Object.keys(cluster.environmentVariables('CART'))).toEqual(Object.keys(ENVIRONMENT).map(name => name.replace('REDIS_', 'CART_')));
  expect(resolve(newCluster({ port: 7000 }).environmentVariables().REDIS_PORT)).toBe('7000');
});

describe('a function', () => {
  const { vpc, data } = layout();
  const cluster = newCluster({}, { vpc, data });
  const fn = newFunction(data, vpc);
  cluster.linkFunction(fn);

  test('is told how to connect', () => expect(environmentOf(data)).toEqual(ENVIRONMENT));

  test('may read and decrypt the secret, and nothing else', () => expect(statementsOf(data)).toEqual([READ_SECRET, DECRYPT_SECRET]));

  test('is let into the cluster at its port, and nobody else is', () => {
    expect(ofType(data, 'AWS::EC2::SecurityGroupIngress')).toEqual([{
      Description: 'from DataFunctionSecurityGroup8FFF9C6D:6379',
      IpProtocol: 'tcp',
      FromPort: 6379,
      ToPort: 6379,
      GroupId: { 'Fn::GetAtt': ['CacheSecurityGroup79A9F160', 'GroupId'] },
      SourceSecurityGroupId: { 'Fn::GetAtt': ['FunctionSecurityGroup2357A047', 'GroupId'] },
    }]);
  });

  test('is no reason to warn', () => expect(warningsOf(data)).toEqual([]));

  test('without free egress may reach the cluster, and nothing else', () => {
    const world = layout();
    newCluster({}, world).linkFunction(newFunction(world.application, world.vpc, false));
    expect(resourceOf(world.application, 'AWS::EC2::SecurityGroupEgress').Properties).toMatchObject({ FromPort: 6379, ToPort: 6379, IpProtocol: 'tcp' });
    expect(ofType(world.application, 'AWS::EC2::SecurityGroupIngress')).toHaveLength(1);
    expect(world.data.dependencies).toEqual([]);
  });

  test('may be linked twice to no effect', () => {
    const twice = layout();
    const store = newCluster({}, twice);
    const client = newFunction(twice.data, twice.vpc);
    store.linkFunction(client);
    store.linkFunction(client, {});
    expect(resourcesOf(twice.data)).toEqual(resourcesOf(data));
  });

  test('keeps a value that was set after the first link', () => {
    const world = layout();
    const store = newCluster({}, world);
    const client = newFunction(world.data, world.vpc);
    store.linkFunction(client);
    client.addEnvironment('REDIS_HOST', 'proxy.example.com');
    store.linkFunction(client);
    expect(environmentOf(world.data)).toEqual({ ...ENVIRONMENT, REDIS_HOST: 'proxy.example.com' });
  });

  test('without a VPC is refused', () => {
    const world = layout();
    const store = newCluster({}, world);
    expect(faultsOf(() => store.linkFunction(newFunction(world.data)))).toEqual([
      'Data/Cache has 1 fault:',
      '- the function `Data/Function` must be in a VPC to reach a data store (got none). Give it the `vpc` of the store. [cdk-data-tier::link-needs-vpc]',
    ]);
  });
});

describe('prefixes', () => {
  test('two stores with one prefix on one client are refused, and the first link stays as it was', () => {
    const world = layout();
    const [one, two] = [newCluster({}, world), new RedisCluster(world.data, 'Other', { vpc: world.vpc })];
    const fn = newFunction(world.data, world.vpc);
    one.linkFunction(fn);
    expect(faultsOf(() => two.linkFunction(fn))).toEqual([
      'Data/Other has 1 fault:',
      '- the `prefix` of a link must be unique on its client: `Data/Function` has REDIS_HOST from `Data/Cache` (got the prefix REDIS). '
      + 'Give this link a `prefix` of its own. [cdk-data-tier::link-prefix-taken]',
    ]);
    expect(environmentOf(world.data)).toEqual(ENVIRONMENT);
    expect(statementsOf(world.data)).toEqual([READ_SECRET, DECRYPT_SECRET]);
    expect(ofType(world.data, 'AWS::EC2::SecurityGroupIngress')).toHaveLength(1);
  });

  test('prefixes that make one variable of two stores are refused', () => {
    const world = layout();
    const [one, two] = [newCluster({}, world), new RedisCluster(world.data, 'Other', { vpc: world.vpc })];
    const fn = newFunction(world.data, world.vpc);
    one.linkFunction(fn);
    expect(faultsOf(() => two.linkFunction(fn, { prefix: 'REDIS_READER' }))[1]).toBe(
      '- the `prefix` of a link must be unique on its client: `Data/Function` has REDIS_READER_HOST from `Data/Cache` (got the prefix REDIS_READER). '
      + 'Give this link a `prefix` of its own. [cdk-data-tier::link-prefix-taken]');
  });

  test('so are prefixes that make one variable of one store mean two things', () => {
    const world = layout();
    const cluster = newCluster({}, world);
    const fn = newFunction(world.data, world.vpc);
    cluster.linkFunction(fn);
    expect(faultsOf(() => cluster.linkFunction(fn, { prefix: 'REDIS_READER' }))[1]).toContain('has REDIS_READER_HOST from `Data/Cache`');
    expect(environmentOf(world.data)).toEqual(ENVIRONMENT);
  });

  test('a prefix of its own lets a client use two stores', () => {
    const world = layout();
    const [one, two] = [newCluster({}, world), new RedisCluster(world.data, 'Other', { vpc: world.vpc })];
    const fn = newFunction(world.data, world.vpc);
    one.linkFunction(fn);
    two.linkFunction(fn, { prefix: 'OTHER' });
    expect(environmentOf(world.data)).toMatchObject({ ...ENVIRONMENT, OTHER_PORT: '6379', OTHER_SECRET_ARN: { Ref: expect.stringMatching(/^OtherSecret/) } });
  });

  test('one store may be given under two prefixes', () => {
    const world = layout();
    const cluster = newCluster({}, world);
    const fn = newFunction(world.data, world.vpc);
    cluster.linkFunction(fn);
    cluster.linkFunction(fn, { prefix: 'CART' });
    expect(environmentOf(world.data)).toMatchObject({ REDIS_USER: 'app', CART_USER: 'app' });
    expect(statementsOf(world.data)).toEqual([READ_SECRET, DECRYPT_SECRET]);
  });

  test('a prefix that is no name is refused before anything is opened', () => {
    const world = layout();
    const cluster = newCluster({}, world);
    expect(faultsOf(() => cluster.linkFunction(newFunction(world.data, world.vpc), { prefix: 'redis' }))).toEqual([
      'Data/Cache has 1 fault:',
      "- the `prefix` of environment variables has capitals, digits and underscores and begins with a letter (got 'redis'). Write it like REDIS or SESSION_STORE. "
      + '[cdk-data-tier::prefix-form]',
    ]);
    expect(ofType(world.data, 'AWS::EC2::SecurityGroupIngress')).toEqual([]);
  });
});

describe('a container', () => {
  const { vpc, data } = layout();
  const cluster = newCluster({}, { vpc, data });
  const { container, service } = newService(data, vpc);
  cluster.linkContainer(container, service);

  test('is told how to connect, and gets no secret at start', () => {
    const [definition] = resourceOf(data, 'AWS::ECS::TaskDefinition').Properties.ContainerDefinitions;
    expect(Object.fromEntries(definition.Environment.map(({ Name, Value }: { Name: string; Value: unknown }) => [Name, Value]))).toEqual(ENVIRONMENT);
    expect(definition).not.toHaveProperty('Secrets');
  });

  test('may read the secret by the role of the task, not by that of its start', () => {
    expect(statementsOf(data)).toEqual([READ_SECRET, DECRYPT_SECRET]);
    expect(resourceOf(data, 'AWS::IAM::Policy').Properties.Roles).toEqual([{ Ref: expect.stringMatching(/^TaskTaskRole/) }]);
  });

  test('reaches the cluster from its service', () => {
    expect(ofType(data, 'AWS::EC2::SecurityGroupIngress')).toMatchObject([{
      FromPort: 6379, SourceSecurityGroupId: { 'Fn::GetAtt': [expect.stringMatching(/^ServiceSecurityGroup/), 'GroupId'] },
    }]);
  });

  test('that two services run reaches the cluster from both, and is told once', () => {
    const world = layout();
    const store = newCluster({}, world);
    const first = newService(world.data, world.vpc);
    const second = new FargateService(world.data, 'Second', {
      taskDefinition: first.service.taskDefinition,
      cluster: Cluster.fromClusterAttributes(world.data, 'SecondCluster', { clusterName: 'cluster', vpc: world.vpc }),
      minHealthyPercent: 100,
    });
    store.linkContainer(first.container, first.service);
    store.linkContainer(first.container, second);
    expect(ofType(world.data, 'AWS::EC2::SecurityGroupIngress').map(({ SourceSecurityGroupId }) => SourceSecurityGroupId['Fn::GetAtt'][0])).toEqual([
      expect.stringMatching(/^ServiceSecurityGroup/), expect.stringMatching(/^SecondSecurityGroup/),
    ]);
    expect(resourceOf(world.data, 'AWS::ECS::TaskDefinition').Properties.ContainerDefinitions[0].Environment).toHaveLength(10);
    expect(statementsOf(world.data)).toEqual([READ_SECRET, DECRYPT_SECRET]);
  });
});

describe('access', () => {
  test('without a customer managed key, only the secret is granted', () => {
    const world = layout();
    newCluster({ encryption: Encryption.awsManaged() }, world).linkFunction(newFunction(world.data, world.vpc));
    expect(statementsOf(world.data)).toEqual([READ_SECRET]);
  });

  test('grantReadSecret says what it granted', () => {
    const world = layout();
    const fn = newFunction(world.data, world.vpc);
    const grant = newCluster({}, world).grantReadSecret(fn);
    expect(grant.success).toBe(true);
    expect(statementsOf(world.data)).toEqual([READ_SECRET, DECRYPT_SECRET]);
  });

  test('security groups that were brought along are opened too', () => {
    const world = layout();
    const mine = SecurityGroup.fromSecurityGroupId(world.data, 'Mine', 'sg-1234');
    newCluster({ securityGroups: [mine] }, world).linkFunction(newFunction(world.data, world.vpc));
    expect(ofType(world.data, 'AWS::EC2::SecurityGroupIngress')).toMatchObject([{ GroupId: 'sg-1234', FromPort: 6379 }]);
  });

  test('any peer is admitted by the connections', () => {
    const world = layout();
    const cluster: IRedisCluster = newCluster({ port: 7000 }, world);
    newFunction(world.data, world.vpc).connections.allowToDefaultPort(cluster);
    expect(ofType(world.data, 'AWS::EC2::SecurityGroupIngress')).toMatchObject([{ FromPort: 7000, ToPort: 7000 }]);
  });
});
