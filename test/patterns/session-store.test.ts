import { Duration, Stack, Token } from 'aws-cdk-lib';
import {
  CacheNodeType, ClusterMode, RedisEngine, SessionCapacity, SessionStore, SessionStoreProps, SessionStoreWhenFull,
} from '../../src';
import { faultsOf, groupOf, layout, newCluster, newFunction, newService, newSessionStore, resourceOf, resourcesOf, warningsOf } from '../helpers';

const PARAMETERS = 'AWS::ElastiCache::ParameterGroup';
const LARGE = SessionCapacity.of({ concurrentSessions: 1_000_000 });

/** The access string of the application's user. */
function accessOf(store: SessionStore): string {
  return Object.values(resourcesOf(store)).find(({ Properties }) => Properties.UserName === 'sessions')?.Properties.AccessString;
}

const ENVIRONMENT = {
  SESSION_STORE_HOST: { 'Fn::GetAtt': ['SessionsClusterACC60B8D', 'PrimaryEndPoint.Address'] },
  SESSION_STORE_PORT: '6379',
  SESSION_STORE_READER_HOST: { 'Fn::GetAtt': ['SessionsClusterACC60B8D', 'ReaderEndPoint.Address'] },
  SESSION_STORE_TLS: 'true',
  SESSION_STORE_CLUSTER_MODE: 'disabled',
  SESSION_STORE_AUTH: 'user',
  SESSION_STORE_USER: 'sessions',
  SESSION_STORE_SECRET_ARN: { Ref: 'SessionsClusterSecretE0B5D643' },
  SESSION_STORE_NAME: 'data-sessions-cluster-be58d845',
  SESSION_STORE_ENGINE: 'redis',
  SESSION_STORE_KEY_PREFIX: 'sess:',
  SESSION_STORE_IDLE_TIMEOUT_SECONDS: '1800',
  SESSION_STORE_ABSOLUTE_TIMEOUT_SECONDS: '43200',
};

describe('with a VPC only', () => {
  const store = newSessionStore();

  test('it is a small cluster with a replica in another zone', () => {
    expect(groupOf(store)).toMatchObject({
      CacheNodeType: 'cache.t4g.small', NumCacheClusters: 2, AutomaticFailoverEnabled: true, MultiAZEnabled: true, Engine: 'redis', EngineVersion: '7.1',
    });
  });

  test('the session that expires soonest goes first', () => {
    expect(resourceOf(store, PARAMETERS).Properties.Properties).toEqual({ 'maxmemory-policy': 'volatile-ttl' });
  });

  test('the user touches sessions only', () => {
    expect(accessOf(store)).toBe('on ~sess:* -@all +get +set +expire +del +ping +acl|whoami');
  });

  test('clients are told how to connect and how long a session lives', () => {
    expect(Stack.of(store).resolve(store.environmentVariables())).toEqual(ENVIRONMENT);
    expect(Object.keys(store.environmentVariables('CART'))).toContain('CART_IDLE_TIMEOUT_SECONDS');
  });

  test('attributes', () => {
    expect(store).toMatchObject({ keyPrefix: 'sess:', idleTimeout: Duration.minutes(30), absoluteTimeout: Duration.hours(12) });
    expect(store.cluster.node.path).toBe('Data/Sessions/Cluster');
    expect(store.connections).toBe(store.cluster.connections);
    expect(store.secret).toBe(store.cluster.secret);
  });

  test('nothing is warned of', () => expect(warningsOf(store)).toEqual([]));
});

describe('each prop', () => {
  test('capacity chooses the node type', () => expect(groupOf(newSessionStore({ capacity: LARGE })).CacheNodeType).toBe('cache.m7g.large'));

  test('nodeType', () => expect(groupOf(newSessionStore({ nodeType: CacheNodeType.R7G_LARGE })).CacheNodeType).toBe('cache.r7g.large'));

  test('whenFull', () => {
    const policyOf = (whenFull: SessionStoreWhenFull) => resourceOf(newSessionStore({ whenFull }), PARAMETERS).Properties.Properties['maxmemory-policy'];
    expect(policyOf(SessionStoreWhenFull.EVICT_SOONEST_TO_EXPIRE)).toBe('volatile-ttl');
    expect(policyOf(SessionStoreWhenFull.REFUSE_WRITES)).toBe('noeviction');
  });

  test('timeouts', () => {
    const store = newSessionStore({ idleTimeout: Duration.seconds(90), absoluteTimeout: Duration.days(1) });
    expect(store.environmentVariables()).toMatchObject({ SESSION_STORE_IDLE_TIMEOUT_SECONDS: '90', SESSION_STORE_ABSOLUTE_TIMEOUT_SECONDS: '86400' });
  });

  test('timeouts that only CloudFormation knows are handed on', () => {
    const store = newSessionStore({ idleTimeout: Duration.seconds(Token.asNumber({ Ref: 'Idle' })), absoluteTimeout: Duration.seconds(Token.asNumber({ Ref: 'Most' })) });
    expect(Stack.of(store).resolve(store.environmentVariables())).toMatchObject({
      SESSION_STORE_IDLE_TIMEOUT_SECONDS: { Ref: 'Idle' }, SESSION_STORE_ABSOLUTE_TIMEOUT_SECONDS: { Ref: 'Most' },
    });
    expect(() => newSessionStore({ absoluteTimeout: Duration.seconds(Token.asNumber({ Ref: 'Most' })) })).not.toThrow();
  });

  test('engine: clients of Valkey introduce themselves, which their user may', () => {
    const store = newSessionStore({ engine: RedisEngine.VALKEY_8_1 });
    expect(groupOf(store)).toMatchObject({ Engine: 'valkey', EngineVersion: '8.1' });
    expect(accessOf(store)).toBe('on ~sess:* -@all +get +set +expire +del +ping +acl|whoami +client|setinfo +client|setname');
  });

  test.each([['compatible', ClusterMode.compatible(), 'PrimaryEndPoint'], ['enabled', ClusterMode.enabled(), 'ConfigurationEndPoint']])(
    'clusterMode %s: clients ask for the shards, which their user may', (mode, clusterMode, endpoint) => {
      const store = newSessionStore({ clusterMode });
      expect(accessOf(store)).toBe('on ~sess:* -@all +get +set +expire +del +ping +acl|whoami '
        + '+cluster|slots +cluster|shards +cluster|nodes +readonly +readwrite +asking');
      expect(Stack.of(store).resolve(store.environmentVariables())).toMatchObject({
        SESSION_STORE_CLUSTER_MODE: mode, SESSION_STORE_HOST: { 'Fn::GetAtt': ['SessionsClusterACC60B8D', `${endpoint}.Address`] },
      });
      expect(warningsOf(store)).toEqual(warningsOf(newCluster({ clusterMode })));
    });

  test('clusterMode enabled on Valkey', () => {
    expect(accessOf(newSessionStore({ engine: RedisEngine.VALKEY_8_1, clusterMode: ClusterMode.enabled() }))).toBe('on ~sess:* -@all '
      + '+get +set +expire +del +ping +acl|whoami +client|setinfo +client|setname +cluster|slots +cluster|shards +cluster|nodes +readonly +readwrite +asking');
  });

  test('clusterMode enabled without replicas is refused as disabled is', () => {
    expect(faultsOf(() => newSessionStore({ clusterMode: ClusterMode.enabled({ replicasPerShard: 0 }) })).at(-1)).toContain('[cdk-data-tier::session-store-replica]');
  });

  test('the props of a cluster reach it', () => {
    expect(groupOf(newSessionStore({ port: 7000, replicationGroupName: 'sessions', clusterMode: ClusterMode.disabled({ replicas: 2 }) })))
      .toMatchObject({ Port: 7000, ReplicationGroupId: 'sessions', NumCacheClusters: 3 });
  });
});

describe('errors', () => {
  const CAPACITY = '- `capacity` chooses the node type, so `nodeType` must not be given with it (got cache.r7g.large beside cache.m7g.large). '
    + 'Remove one of them. [cdk-data-tier::capacity-or-node-type]';
  const REPLICA = '- `clusterMode.replicas` of a session store must be 1 or more: without a replica every user is logged out with the node (got 0). '
    + 'Ask for a replica, or use a `RedisCluster` for development. [cdk-data-tier::session-store-replica]';
  const TIMEOUTS = '- `idleTimeout` must not be longer than `absoluteTimeout` (got 1 hour 1 second and 1 hour). '
    + 'Shorten `idleTimeout`. [cdk-data-tier::idle-within-absolute]';
  const both: Partial<SessionStoreProps> = { capacity: LARGE, nodeType: CacheNodeType.R7G_LARGE };
  const alone: Partial<SessionStoreProps> = { clusterMode: ClusterMode.disabled({ replicas: 0 }) };
  const long: Partial<SessionStoreProps> = { idleTimeout: Duration.seconds(3601), absoluteTimeout: Duration.hours(1) };

  test.each([['capacity', both, CAPACITY], ['replica', alone, REPLICA], ['timeouts', long, TIMEOUTS]])('%s', (_name, props, text) => {
    expect(faultsOf(() => newSessionStore(props))).toEqual(['Data/Sessions has 1 fault:', text]);
  });

  test('together', () => {
    expect(faultsOf(() => newSessionStore({ ...both, ...alone, ...long }))).toEqual(['Data/Sessions has 3 faults:', CAPACITY, REPLICA, TIMEOUTS]);
  });

  test('an idle timeout as long as the absolute one is accepted', () => {
    expect(() => newSessionStore({ idleTimeout: Duration.minutes(60), absoluteTimeout: Duration.hours(1) })).not.toThrow();
    expect(() => newSessionStore({ idleTimeout: Duration.seconds(1) })).not.toThrow();
  });

  test('an idle timeout of nothing is refused', () => {
    expect(() => newSessionStore({ idleTimeout: Duration.seconds(0) })).toThrow(new Error([
      'Data/Sessions has 1 fault:',
      '- `idleTimeout` must be a whole number of seconds from 1 (got 0 seconds). Give the time after which a session ends. [cdk-data-tier::session-timeout]',
    ].join('\n')));
  });

  test.each([
    [{ idleTimeout: Duration.millis(1500) }, '`idleTimeout` must be a whole number of seconds from 1 (got 1 second 500 millis).'],
    [{ absoluteTimeout: Duration.seconds(3600.5) }, '`absoluteTimeout` must be a whole number of seconds from 1 (got 1 hour 500 millis).'],
    [{ idleTimeout: Duration.hours(Token.asNumber({ Ref: 'Idle' })) }, '`idleTimeout` must be in seconds while only CloudFormation knows it'],
  ])('%j has no whole seconds', (props, text) => expect(faultsOf(() => newSessionStore(props))[1]).toContain(text));

  test('faults of the cluster are those of the cluster', () => {
    expect(faultsOf(() => newSessionStore({ port: 0 }))[0]).toBe('Data/Sessions/Cluster has 1 fault:');
  });
});

describe('links', () => {
  const statement = [
    { Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], Resource: { Ref: 'SessionsClusterSecretE0B5D643' } },
    { Action: 'kms:Decrypt', Resource: { 'Fn::GetAtt': [expect.stringMatching(/^SessionsClusterKey/), 'Arn'] } },
  ];

  test('a function', () => {
    const world = layout();
    newSessionStore({}, world).linkFunction(newFunction(world.data, world.vpc));
    expect(resourceOf(world.data, 'AWS::Lambda::Function').Properties.Environment.Variables).toEqual(ENVIRONMENT);
    expect(resourceOf(world.data, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement).toMatchObject(statement);
    expect(resourceOf(world.data, 'AWS::EC2::SecurityGroupIngress').Properties).toMatchObject({ FromPort: 6379, ToPort: 6379 });
  });

  test('a container', () => {
    const world = layout();
    const { container, service } = newService(world.data, world.vpc);
    newSessionStore({}, world).linkContainer(container, service, { prefix: 'LOGINS' });
    const [{ Environment }] = resourceOf(world.data, 'AWS::ECS::TaskDefinition').Properties.ContainerDefinitions;
    expect(Environment.map(({ Name }: { Name: string }) => Name)).toEqual(Object.keys(ENVIRONMENT).map(name => name.replace('SESSION_STORE', 'LOGINS')));
    expect(resourceOf(world.data, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement).toMatchObject(statement);
    expect(resourceOf(world.data, 'AWS::EC2::SecurityGroupIngress').Properties).toMatchObject({ FromPort: 6379, ToPort: 6379 });
  });

  test('a cluster and a session store on one client do not meet', () => {
    const world = layout();
    const store = newSessionStore({}, world);
    const fn = newFunction(world.data, world.vpc);
    store.linkFunction(fn);
    store.cluster.linkFunction(fn);
    expect(resourceOf(world.data, 'AWS::Lambda::Function').Properties.Environment.Variables).toMatchObject({ ...ENVIRONMENT, REDIS_USER: 'sessions' });
  });

  test('two session stores with one prefix on one client are refused', () => {
    const world = layout();
    const fn = newFunction(world.data, world.vpc);
    newSessionStore({}, world).linkFunction(fn);
    const other = new SessionStore(world.data, 'Other', { vpc: world.vpc });
    expect(faultsOf(() => other.linkFunction(fn))).toEqual([
      'Data/Other has 1 fault:',
      '- the `prefix` of a link must be unique on its client: `Data/Function` has SESSION_STORE_HOST from `Data/Sessions` (got the prefix SESSION_STORE). '
      + 'Give this link a `prefix` of its own. [cdk-data-tier::link-prefix-taken]',
    ]);
  });
});
