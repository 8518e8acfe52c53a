import { ClusterMode, RedisAuth, RedisEngine, TransitEncryption } from '../../src';
import { faultsOf, groupOf, layout, newCluster, newFunction, resourceOf, resourcesOf, warningsOf } from '../helpers';

const MODES = { disabled: ClusterMode.disabled(), compatible: ClusterMode.compatible(), enabled: ClusterMode.enabled() };
const AUTHS = { user: RedisAuth.users(), iam: RedisAuth.iam(), token: RedisAuth.token(), none: RedisAuth.none() };
const TLS = { required: TransitEncryption.REQUIRED, preferred: TransitEncryption.PREFERRED, disabled: TransitEncryption.DISABLED };
const ENGINES = {
  'redis 6.2': RedisEngine.REDIS_6_2,
  'redis 7.0': RedisEngine.REDIS_7_0,
  'redis 7.1': RedisEngine.REDIS_7_1,
  'valkey 7.2': RedisEngine.VALKEY_7_2,
  'valkey 8.1': RedisEngine.VALKEY_8_1,
  'valkey 9.0': RedisEngine.VALKEY_9_0,
};

interface Combination {
  readonly mode: keyof typeof MODES;
  readonly auth: keyof typeof AUTHS;
  readonly tls: keyof typeof TLS;
  readonly engine: keyof typeof ENGINES;
}

const keysOf = <T extends object>(table: T) => Object.keys(table) as (keyof T)[];
const ALL: Combination[] = keysOf(MODES).flatMap(mode => keysOf(AUTHS).flatMap(auth => keysOf(TLS).flatMap(tls =>
  keysOf(ENGINES).map(engine => ({ mode, auth, tls, engine })))));

/** The rules that AWS is known to refuse a combination by; the pages are named where the rules are. */
function refusalsOf({ mode, auth, tls, engine }: Combination): string[] {
  const old = engine === 'redis 6.2';
  return [
    ...old && mode === 'compatible' ? ['compatible-engine-version'] : [],
    ...old && auth === 'iam' ? ['iam-user-engine-version'] : [],
    ...old && tls === 'preferred' ? ['tls-preferred-engine-version'] : [],
    ...tls === 'preferred' && (auth === 'user' || auth === 'iam') ? ['tls-preferred-with-users'] : [],
    ...tls === 'preferred' && auth === 'token' ? ['tls-preferred-with-token'] : [],
    ...tls === 'disabled' && auth === 'token' ? ['auth-token-needs-tls'] : [],
    ...tls === 'disabled' && (auth === 'user' || auth === 'iam') ? ['user-group-needs-tls'] : [],
  ];
}

/** The rules that a legal combination is warned by. */
function warningsFor({ mode, auth, tls, engine }: Combination): string[] {
  return [
    ...engine === 'redis 6.2' ? ['redis-6-standard-support'] : [],
    ...mode === 'compatible' ? ['cluster-mode-step'] : [],
    ...auth === 'none' ? ['no-authentication'] : [],
    ...tls === 'preferred' ? ['tls-preferred'] : [],
    ...tls === 'disabled' ? ['no-tls'] : [],
  ];
}

const propsOf = ({ mode, auth, tls, engine }: Combination) =>
  ({ clusterMode: MODES[mode], auth: AUTHS[auth], transitEncryption: TLS[tls], engine: ENGINES[engine] });
const idsIn = (texts: string[]) => texts.flatMap(text => /cdk-data-tier::([a-z0-9-]+)\]$/.exec(text)?.[1] ?? []).sort();

test('every mode, login, encryption and engine is here', () => expect(ALL).toHaveLength(3 * 4 * 3 * 6));

const legal = ALL.filter(combination => refusalsOf(combination).length === 0);
const refused = ALL.filter(combination => refusalsOf(combination).length > 0);

test.each(refused)('$mode, $auth, TLS $tls, $engine is refused', combination => {
  expect(idsIn(faultsOf(() => newCluster(propsOf(combination))))).toEqual(refusalsOf(combination).sort());
});

describe.each(legal)('$mode, $auth, TLS $tls, $engine', combination => {
  const { mode, auth, tls, engine } = combination;
  const world = layout();
  const cluster = newCluster(propsOf(combination), world);
  cluster.linkFunction(newFunction(world.application, world.vpc));
  const group = groupOf(cluster);

  test('makes a group that says its nodes, login and encryption once', () => {
    expect([group.NumCacheClusters, group.NumNodeGroups]).toEqual(mode === 'enabled' ? [undefined, 2] : [2, undefined]);
    expect([group.UserGroupIds?.length, group.AuthToken === undefined]).toEqual({
      user: [1, true], iam: [1, true], token: [undefined, false], none: [undefined, true],
    }[auth]);
    expect(group.TransitEncryptionEnabled).toBe(tls !== 'disabled');
    expect(group.Engine).toBe(engine.split(' ')[0]);
    expect(resourceOf(cluster, 'AWS::ElastiCache::ParameterGroup').Properties.Properties['cluster-enabled']).toBe(mode === 'disabled' ? undefined : 'yes');
  });

  test('warns of what is risky, and of nothing else', () => {
    expect(idsIn(warningsOf(cluster))).toEqual(warningsFor(combination).sort());
  });

  test('tells its clients, in another stack, and lets them do what the login needs', () => {
    const { Variables } = resourceOf(world.application, 'AWS::Lambda::Function').Properties.Environment;
    expect(Variables).toMatchObject({ REDIS_CLUSTER_MODE: mode, REDIS_AUTH: auth, REDIS_TLS: String(tls !== 'disabled'), REDIS_ENGINE: group.Engine });
    expect(Object.keys(Variables).filter(name => ['REDIS_READER_HOST', 'REDIS_SECRET_ARN', 'REDIS_USER'].includes(name)).sort()).toEqual([
      ...mode === 'enabled' ? [] : ['REDIS_READER_HOST'],
      ...auth === 'user' || auth === 'token' ? ['REDIS_SECRET_ARN'] : [],
      ...auth === 'user' || auth === 'iam' ? ['REDIS_USER'] : [],
    ]);
    const policies = Object.values(resourcesOf(world.application)).filter(({ Type }) => Type === 'AWS::IAM::Policy');
    const actions = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement.map(({ Action }: { Action: unknown }) => Action));
    expect(actions).toEqual({ iam: ['elasticache:Connect'], none: [] }[auth as string]
      ?? [['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], 'kms:Decrypt']);
  });
});
