import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccessString, ClusterMode, RedisAuth, RedisClusterProps, RedisEngine, TransitEncryption } from '../../src';
import { faultsOf, groupOf, layout, newCluster, newFunction, newService, resourceOf, resourcesOf, storeResourcesOf, warningsOf } from '../helpers';

const NAME = 'data-cache-a610ade3';
const usersOf = (cluster: ReturnType<typeof newCluster>) =>
  Object.values(resourcesOf(cluster)).filter(({ Type }) => Type === 'AWS::ElastiCache::User').map(({ Properties }) => Properties);
const typesOf = (cluster: ReturnType<typeof newCluster>) => Object.values(resourcesOf(cluster)).map(({ Type }) => Type);

/** The policy of a function in the stack of the cluster that is linked to it. */
function policyOf(props: Partial<RedisClusterProps>): unknown {
  const world = layout();
  newCluster(props, world).linkFunction(newFunction(world.data, world.vpc));
  return resourceOf(world.data, 'AWS::IAM::Policy').Properties.PolicyDocument;
}

const arn = (resource: string) => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':elasticache:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, `:${resource}`]],
});
const CONNECT = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'elasticache:Connect', Resource: [arn(`replicationgroup:${NAME}`), arn(`user:${NAME}-iam`)] }],
};
const READ_SECRET = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], Resource: { Ref: 'CacheSecret4CD6E2C3' } },
    {
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: { 'Fn::GetAtt': ['CacheKeyCDF9DE27', 'Arn'] },
      Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['secretsmanager.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]] } } },
    },
  ],
};

describe('by IAM', () => {
  const cluster = newCluster({ auth: RedisAuth.iam() });

  test('id and name of the user are one, and there is no password', () => {
    expect(usersOf(cluster)).toContainEqual({
      Engine: 'redis', UserId: `${NAME}-iam`, UserName: `${NAME}-iam`, AccessString: 'on ~* &* +@all', AuthenticationMode: { Type: 'iam' },
    });
    expect(cluster.users).toEqual([{ userId: `${NAME}-iam`, userName: `${NAME}-iam` }]);
    expect(cluster.secret).toBeUndefined();
    expect(typesOf(cluster)).not.toContain('AWS::SecretsManager::Secret');
  });

  test('the default user is locked, and both are in the group', () => {
    expect(usersOf(cluster)).toContainEqual({
      Engine: 'redis', UserId: `${NAME}-default`, UserName: 'default', AccessString: 'off ~* -@all', NoPasswordRequired: true,
    });
    expect(resourceOf(cluster, 'AWS::ElastiCache::UserGroup').Properties)
      .toEqual({ Engine: 'redis', UserGroupId: `${NAME}-users`, UserIds: [{ Ref: 'CacheDefaultUser47D483BA' }, { Ref: 'CacheUser72FA2B22' }] });
    expect(groupOf(cluster)).toMatchObject({ UserGroupIds: [{ Ref: 'CacheUserGroup978A79CF' }] });
  });

  test('the id is cut where the name of the group is long', () => {
    const [user] = newCluster({ auth: RedisAuth.iam(), replicationGroupName: 'a'.repeat(40) }).users;
    expect(user.userId).toMatch(/^a{31}-[0-9a-f]{8}$/);
    expect(user.userName).toBe(user.userId);
  });

  test('access', () => {
    const access = AccessString.readOnly({ keys: ['cart:*'] });
    expect(usersOf(newCluster({ auth: RedisAuth.iam({ access }) })).map(({ AccessString: text }) => text)).toContain(access.value);
  });

  test('clients are told the user and the name that tokens are signed for', () => {
    expect(cluster.environmentVariables()).toMatchObject({ REDIS_AUTH: 'iam', REDIS_USER: `${NAME}-iam`, REDIS_NAME: NAME });
    expect(cluster.environmentVariables()).not.toHaveProperty('REDIS_SECRET_ARN');
  });

  test('a linked function may connect to the cluster and its user, and to nothing else', () => {
    expect(policyOf({ auth: RedisAuth.iam() })).toEqual(CONNECT);
  });

  test('so may a container, and whoever is granted it', () => {
    const world = layout();
    const { container, service } = newService(world.data, world.vpc);
    const iam = newCluster({ auth: RedisAuth.iam(), clusterMode: ClusterMode.enabled() }, world);
    iam.linkContainer(container, service);
    expect(resourceOf(world.data, 'AWS::IAM::Policy').Properties.PolicyDocument).toEqual(CONNECT);
    const other = layout();
    newCluster({ auth: RedisAuth.iam() }, other).grantConnect(newFunction(other.application)).assertSuccess();
    expect(resourceOf(other.application, 'AWS::IAM::Policy').Properties.PolicyDocument).toEqual(CONNECT);
    expect(other.application.dependencies).toEqual([]);
  });

  test('there is no secret to read', () => {
    const world = layout();
    expect(faultsOf(() => newCluster({ auth: RedisAuth.iam() }, world).grantReadSecret(newFunction(world.data))).at(-1)).toContain('[cdk-data-tier::no-secret]');
  });
});

describe('by a password', () => {
  test('a linked function may read the secret, and nothing else', () => expect(policyOf({})).toEqual(READ_SECRET));

  test('no connection can be granted', () => {
    const world = layout();
    expect(faultsOf(() => newCluster({}, world).grantConnect(newFunction(world.data)))).toEqual([
      'Data/Cache has 1 fault:',
      '- a connection can be granted only to a cluster that clients log in to by IAM (got another `auth`). '
      + 'Choose `RedisAuth.iam()`, or give `iamUserId` to `fromRedisClusterAttributes`. [cdk-data-tier::no-iam-user]',
    ]);
  });
});

describe('by a token', () => {
  const cluster = newCluster({ auth: RedisAuth.token() });

  test('it is generated of letters and digits', () => {
    expect(resourceOf(cluster, 'AWS::SecretsManager::Secret').Properties).toEqual({
      Description: 'AUTH token of a cache',
      KmsKeyId: { 'Fn::GetAtt': ['CacheKeyCDF9DE27', 'Arn'] },
      GenerateSecretString: { SecretStringTemplate: '{}', GenerateStringKey: 'password', ExcludePunctuation: true, PasswordLength: 64 },
    });
    expect(groupOf(cluster).AuthToken)
      .toEqual({ 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'CacheSecret4CD6E2C3' }, ':SecretString:password::}}']] });
  });

  test('there are no users', () => {
    expect(groupOf(cluster)).not.toHaveProperty('UserGroupIds');
    expect(cluster.users).toEqual([]);
    expect(typesOf(cluster).filter(type => type.includes('User'))).toEqual([]);
  });

  test('clients are told of the secret, and of no user', () => {
    expect(Stack.of(cluster).resolve(cluster.environmentVariables())).toMatchObject({ REDIS_AUTH: 'token', REDIS_SECRET_ARN: { Ref: 'CacheSecret4CD6E2C3' } });
    expect(cluster.environmentVariables()).not.toHaveProperty('REDIS_USER');
    expect(policyOf({ auth: RedisAuth.token() })).toEqual(READ_SECRET);
  });

  test('nothing is warned of', () => expect(warningsOf(cluster)).toEqual([]));
});

describe('not at all', () => {
  const cluster = newCluster({ auth: RedisAuth.none() });

  test('is warned of', () => {
    expect(warningsOf(cluster)).toEqual([
      'Every client that reaches the port may do everything: `auth` names no users, and there is no AUTH token. Give the group users by `auth`. '
      + '[ack: cdk-data-tier::no-authentication]',
    ]);
  });

  test('makes neither users nor secret, and grants nothing', () => {
    expect(typesOf(cluster).filter(type => /User|Secret/.test(type))).toEqual([]);
    expect(cluster.environmentVariables()).toMatchObject({ REDIS_AUTH: 'none' });
    const world = layout();
    newCluster({ auth: RedisAuth.none() }, world).linkFunction(newFunction(world.data, world.vpc));
    expect(Object.values(resourcesOf(world.data)).map(({ Type }) => Type)).not.toContain('AWS::IAM::Policy');
  });
});

test.each([['iam', RedisAuth.iam()], ['token', RedisAuth.token()], ['none', RedisAuth.none()]])('with RETAIN everything of %s stays with the cluster', (_name, auth) => {
  const cluster = newCluster({ auth, removalPolicy: RemovalPolicy.RETAIN });
  const resources = Object.values(storeResourcesOf(cluster));
  expect(resources.length).toBeGreaterThanOrEqual(7);
  expect(resources.filter(({ DeletionPolicy }) => DeletionPolicy !== 'Retain')).toEqual([]);
});

describe('transitEncryption', () => {
  const { REQUIRED, PREFERRED, DISABLED } = TransitEncryption;
  const none = RedisAuth.none();
  const rows: [string, Partial<RedisClusterProps>, object][] = [
    ['required', { transitEncryption: REQUIRED }, { TransitEncryptionEnabled: true, TransitEncryptionMode: 'required' }],
    ['preferred', { transitEncryption: PREFERRED, auth: none }, { TransitEncryptionEnabled: true, TransitEncryptionMode: 'preferred' }],
    ['off', { transitEncryption: DISABLED, auth: none }, { TransitEncryptionEnabled: false }],
    ['off on Valkey, which wants to hear it', { transitEncryption: DISABLED, auth: none, engine: RedisEngine.VALKEY_8_1 }, { TransitEncryptionEnabled: false }],
  ];
  test.each(rows)('%s', (_name, props, properties) => {
    const { TransitEncryptionEnabled, TransitEncryptionMode } = groupOf(newCluster(props));
    expect(JSON.parse(JSON.stringify({ TransitEncryptionEnabled, TransitEncryptionMode }))).toEqual(properties);
  });

  test('clients are told to speak TLS as soon as they can', () => {
    const tlsOf = (props: Partial<RedisClusterProps>) => newCluster(props).environmentVariables().REDIS_TLS;
    expect([tlsOf({}), tlsOf({ transitEncryption: PREFERRED, auth: none }), tlsOf({ transitEncryption: DISABLED, auth: none })]).toEqual(['true', 'true', 'false']);
  });

  test('off is warned of', () => {
    expect(warningsOf(newCluster({ transitEncryption: DISABLED, auth: none }))).toContain(
      'Without in-transit encryption data and passwords cross the network in the clear: `transitEncryption` (got "disabled"). '
      + 'Turn `transitEncryption` on. [ack: cdk-data-tier::no-tls]',
    );
  });

  test('off goes with no login only', () => {
    const off = (auth: RedisAuth) => faultsOf(() => newCluster({ transitEncryption: DISABLED, auth })).at(-1);
    expect(off(RedisAuth.users())).toBe('- Users need in-transit encryption: `auth` (got ["(known after deployment)"]), `transitEncryption` (got "disabled"). '
      + 'Turn `transitEncryption` on. [cdk-data-tier::user-group-needs-tls]');
    expect(off(RedisAuth.token())).toBe('- An AUTH token needs in-transit encryption: `auth` is set, `transitEncryption` (got "disabled"). '
      + 'Turn `transitEncryption` on. [cdk-data-tier::auth-token-needs-tls]');
  });
});
