import { AccessString, ClusterMode, ClusterModeEnabledOptions, RedisAuth, ShardLayout } from 'cdk-data-tier';
import fc, { Arbitrary } from 'fast-check';
import { later, prop } from './prop';
import { Later, World } from './world';

/** The props that offer choices which exclude one another: the cluster mode and the login. */

const constant = fc.constantFrom;
type Count = number | Later<number>;

interface Shard {
  readonly shardId: string | Later<string>;
  readonly replicas?: Count;
  readonly slots?: string;
  readonly primaryZone?: string;
  readonly replicaZones?: readonly string[];
}

type Mode =
  | { readonly disabled: { readonly replicas?: Count } }
  | { readonly compatible: { readonly replicas?: Count } }
  | { readonly enabled: { readonly shards?: Count; readonly replicasPerShard?: Count; readonly shardLayout?: readonly Shard[] } };

/** Layouts as one would write them: even slots, zones for every node, more replicas where there is more traffic. */
const LAYOUTS: Arbitrary<readonly Shard[]> = constant<readonly Shard[]>(
  [{ shardId: '1' }],
  [{ shardId: '0001' }, { shardId: '2' }],
  [{ shardId: '1', slots: '0-8191' }, { shardId: '2', slots: '8192-16383' }],
  [{ shardId: '1', slots: '0-99,200-16383' }, { shardId: '2', slots: '100-199' }],
  [{ shardId: '1', replicas: 2 }, { shardId: '2', replicas: 1 }],
  [{ shardId: '1', primaryZone: 'eu-west-1a', replicaZones: ['eu-west-1b'] }, { shardId: '2', primaryZone: 'eu-west-1b', replicaZones: ['eu-west-1a'] }],
);

const shard: Arbitrary<Shard> = fc.record({
  shardId: fc.oneof(constant('1', '2', '01', '0', '12345', '', 'one'), later('3')),
  replicas: fc.oneof(constant(0, 1, 5, 6, -1, 0.5), later(1)),
  slots: constant('0-8191', '8192-16383', '0-16384', '9-3', '0-16383', 'all', ''),
  primaryZone: constant('eu-west-1a', 'eu-west-1b', ''),
  replicaZones: fc.array(constant('eu-west-1a', 'eu-west-1b'), { maxLength: 2 }),
}, { requiredKeys: ['shardId'] });

const count = (...counts: number[]) => constant<Count>(...counts);

export const clusterMode = prop<Mode, ClusterMode>(
  fc.oneof(
    fc.record({ replicas: count(0, 1, 2, 5) }, { requiredKeys: [] }).map(disabled => ({ disabled })),
    fc.record({ replicas: count(1, 2, 5) }, { requiredKeys: [] }).map(compatible => ({ compatible })),
    fc.record({ shards: count(1, 2, 3, 15), replicasPerShard: count(0, 1, 2, 5) }, { requiredKeys: [] }).map(enabled => ({ enabled })),
    LAYOUTS.map(shardLayout => ({ enabled: { shardLayout } })),
  ),
  fc.oneof(
    fc.record({ replicas: fc.oneof(count(-1, 6, 0.5), later(1)) }).map(disabled => ({ disabled })),
    fc.record({ replicas: fc.oneof(count(0, 6), later(1)) }).map(compatible => ({ compatible })),
    fc.record({
      shards: fc.oneof(count(0, 1, 45, 46, 90, 91, 500, 501, -1, 2.5), later(2)),
      replicasPerShard: fc.oneof(count(0, 1, 5, 6, -1, 1.5), later(1)),
    }, { requiredKeys: [] }).map(enabled => ({ enabled })),
    fc.record({ shards: count(1, 2), replicasPerShard: count(0, 1, 2), shardLayout: fc.array(shard, { maxLength: 3 }) }, { requiredKeys: ['shardLayout'] })
      .map(enabled => ({ enabled })),
  ),
  (world, mode) => {
    const counted = ({ replicas }: { readonly replicas?: Count }) => ({ replicas: replicas === undefined ? undefined : world.number(replicas) });
    if ('disabled' in mode) return ClusterMode.disabled(counted(mode.disabled));
    if ('compatible' in mode) return ClusterMode.compatible(counted(mode.compatible));
    return ClusterMode.enabled(enabledOptions(world, mode.enabled));
  },
);

function enabledOptions(world: World, { shards, replicasPerShard, shardLayout }: Extract<Mode, { enabled: unknown }>['enabled']): ClusterModeEnabledOptions {
  return {
    shards: shards === undefined ? undefined : world.number(shards),
    replicasPerShard: replicasPerShard === undefined ? undefined : world.number(replicasPerShard),
    shardLayout: shardLayout?.map((one): ShardLayout => ({
      ...one,
      shardId: world.text(one.shardId),
      replicas: one.replicas === undefined ? undefined : world.number(one.replicas),
      replicaZones: one.replicaZones && [...one.replicaZones],
    })),
  };
}

type Access = 'full' | { readonly readOnly: { readonly keys?: readonly string[] } } | { readonly readWrite: { readonly keys?: readonly string[] } }
  | { readonly of: string | Later<string> };

type Login = 'none' | 'token' | { readonly iam: { readonly access?: Access } } | { readonly users: { readonly userName?: string | Later<string>; readonly access?: Access } };

const keys = fc.record({ keys: constant<readonly string[]>(['cart:*'], ['a*', 'b*'], ['*']) }, { requiredKeys: [] });
const legalAccess: Arbitrary<Access> = fc.oneof(
  constant<Access>('full', { of: 'on ~jobs:* -@all +@list +ping' }, { of: 'off ~* -@all' }), keys.map(readOnly => ({ readOnly })), keys.map(readWrite => ({ readWrite })),
  later('on ~* +@all').map(of => ({ of })),
);
const oddAccess: Arbitrary<Access> = constant<Access>(
  { of: '' }, { of: '~* +@all' }, { of: 'on nopass ~* +@all' }, { of: 'on >secretsecretsecret ~* +@all' }, { of: 'reset on ~*' }, { readOnly: { keys: [] } },
  { readWrite: { keys: ['two words'] } }, { readOnly: { keys: [''] } },
);
const users = (userName: Arbitrary<string | Later<string>>, access: Arbitrary<Access>): Arbitrary<Login> =>
  fc.record({ userName, access }, { requiredKeys: [] }).map(options => ({ users: options }));
const iam = (access: Arbitrary<Access>): Arbitrary<Login> => fc.record({ access }, { requiredKeys: [] }).map(options => ({ iam: options }));

export const auth = prop<Login, RedisAuth>(
  fc.oneof(constant<Login>('none', 'token'), iam(legalAccess), users(fc.oneof(constant('app', 'shop-reader', 'Ana', 'a'.repeat(60)), later('late')), legalAccess)),
  fc.oneof(iam(oddAccess), users(constant('', 'default', 'Default', 'two words', '"quoted"', 'a'.repeat(200), 'ümläut'), oddAccess)),
  (world, login) => {
    if (typeof login === 'string') return RedisAuth[login]();
    if ('iam' in login) return RedisAuth.iam({ access: accessOf(world, login.iam.access) });
    const { userName, access } = login.users;
    return RedisAuth.users({ userName: userName === undefined ? undefined : world.text(userName), access: accessOf(world, access) });
  },
);

function accessOf(world: World, access: Access | undefined): AccessString | undefined {
  if (access === undefined) return undefined;
  if (access === 'full') return AccessString.fullAccess();
  if ('of' in access) return AccessString.of(world.text(access.of));
  const listed = (options: { readonly keys?: readonly string[] }) => ({ keys: options.keys && [...options.keys] });
  return 'readOnly' in access ? AccessString.readOnly(listed(access.readOnly)) : AccessString.readWrite(listed(access.readWrite));
}
