import { App } from 'aws-cdk-lib';
import { MemcachedPool, RedisCluster, SessionStore } from 'cdk-data-tier';
import fc, { Arbitrary } from 'fast-check';
import { agreeing } from './agreement';
import { CLUSTER_ATTRIBUTES, POOL_ATTRIBUTES } from './attributes';
import { CLUSTER_PROPS } from './cluster-props';
import { POOL_PROPS } from './pool-props';
import { Plain, propsFrom, someOf } from './prop';
import { SESSION_PROPS } from './session-props';
import { apply, Store, Use, usesOf } from './uses';
import { NETWORKS, Place, World } from './world';
import { Flags } from '../synthesize';

/** A program as data: it can be printed, shrunk, and kept as a test. */
export interface Program {
  readonly construct: keyof typeof CONSTRUCTS;
  readonly place: Place;
  readonly flags: Flags;
  readonly props: { readonly [prop: string]: Plain };
  readonly uses: readonly Use[];
}

/** A construct that programs are written of, with what is behind it. */
interface Construct {
  readonly behind: 'cluster' | 'pool';
  readonly imported: boolean;
  readonly props: (careful: boolean) => Arbitrary<Program['props']>;
  readonly make: (world: World, props: Program['props']) => Store;
}

/** The public constructs: what each can be told, and how it is made. */
export const CONSTRUCTS = {
  RedisCluster: {
    behind: 'cluster',
    imported: false,
    props: careful => someOf(CLUSTER_PROPS, careful),
    make: (world, props) => new RedisCluster(world.data, 'Store', { vpc: world.vpc, ...propsFrom(CLUSTER_PROPS, world, props) }),
  },
  SessionStore: {
    behind: 'cluster',
    imported: false,
    props: careful => someOf(SESSION_PROPS, careful),
    make: (world, props) => new SessionStore(world.data, 'Store', { vpc: world.vpc, ...propsFrom(SESSION_PROPS, world, props) }),
  },
  MemcachedPool: {
    behind: 'pool',
    imported: false,
    props: careful => someOf(POOL_PROPS, careful),
    make: (world, props) => new MemcachedPool(world.data, 'Store', { vpc: world.vpc, ...propsFrom(POOL_PROPS, world, props) }),
  },
  ImportedRedisCluster: {
    behind: 'cluster',
    imported: true,
    props: careful => someOf(CLUSTER_ATTRIBUTES, careful).map(props =>
      careful && !('configurationEndpointAddress' in props) ? { primaryEndpointAddress: 'primary.example.com', ...props } : props),
    make: (world, props) =>
      RedisCluster.fromRedisClusterAttributes(world.data, 'Store', { replicationGroupName: 'cache', ...propsFrom(CLUSTER_ATTRIBUTES, world, props) }),
  },
  ImportedMemcachedPool: {
    behind: 'pool',
    imported: true,
    props: careful => someOf(POOL_ATTRIBUTES, careful),
    make: (world, props) => MemcachedPool.fromMemcachedPoolAttributes(world.data, 'Store', {
      poolName: 'pool', configurationEndpointAddress: 'pool.abc123.cfg.euw1.cache.amazonaws.com', ...propsFrom(POOL_ATTRIBUTES, world, props),
    }),
  },
} as const satisfies { readonly [name: string]: Construct };

const GOOD_NETWORKS = NETWORKS.filter(network => network !== 'public' && network !== 'one zone');

function programsOf(construct: Program['construct'], careful: boolean): Arbitrary<Program> {
  return fc.record({
    construct: fc.constant(construct),
    place: fc.record({
      network: fc.oneof(
        { weight: careful ? 1 : 6, arbitrary: fc.constantFrom(...GOOD_NETWORKS) },
        { weight: careful ? 0 : 1, arbitrary: fc.constantFrom(...NETWORKS) },
      ),
      region: fc.constantFrom(undefined, 'eu-west-1', 'cn-north-1'),
    }),
    flags: fc.constantFrom('none' as const, 'recommended' as const),
    props: CONSTRUCTS[construct].props(careful) as Arbitrary<Program['props']>,
    uses: usesOf(careful, CONSTRUCTS[construct]),
  }).map(program => careful ? agreeing(program) : program);
}

/** Programs of every construct; two of three keep to values that are legal on their own, which together may still be none. */
export const programs: Arbitrary<Program> = fc.oneof(
  { weight: 10, arbitrary: programsOf('RedisCluster', true) },
  { weight: 5, arbitrary: programsOf('RedisCluster', false) },
  { weight: 4, arbitrary: programsOf('SessionStore', true) },
  { weight: 2, arbitrary: programsOf('SessionStore', false) },
  { weight: 5, arbitrary: programsOf('MemcachedPool', true) },
  { weight: 4, arbitrary: programsOf('MemcachedPool', false) },
  { weight: 2, arbitrary: programsOf('ImportedRedisCluster', true) },
  { weight: 1, arbitrary: programsOf('ImportedRedisCluster', false) },
  { weight: 2, arbitrary: programsOf('ImportedMemcachedPool', true) },
  { weight: 1, arbitrary: programsOf('ImportedMemcachedPool', false) },
);

/** Writes a program down as constructs. */
export function build(app: App, { construct, place, props, uses }: Program): void {
  const world = new World(app, place);
  const store = CONSTRUCTS[construct].make(world, props);
  for (const use of uses) apply(world, store, use);
}
