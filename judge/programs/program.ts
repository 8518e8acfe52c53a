import { App } from 'aws-cdk-lib';
import { IRedisCluster, RedisCluster, SessionStore } from 'cdk-data-tier';
import fc, { Arbitrary } from 'fast-check';
import { agreeing } from './agreement';
import { ATTRIBUTES } from './attributes';
import { CLUSTER_PROPS } from './cluster-props';
import { Plain, propsFrom, someOf } from './prop';
import { SESSION_PROPS } from './session-props';
import { apply, Use, usesOf } from './uses';
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

/** The public constructs: what each can be told, and how it is made. */
export const CONSTRUCTS = {
  RedisCluster: {
    props: (careful: boolean) => someOf(CLUSTER_PROPS, careful),
    make: (world: World, props: Program['props']): IRedisCluster =>
      new RedisCluster(world.data, 'Store', { vpc: world.vpc, ...propsFrom(CLUSTER_PROPS, world, props) }),
  },
  SessionStore: {
    props: (careful: boolean) => someOf(SESSION_PROPS, careful),
    make: (world: World, props: Program['props']): SessionStore =>
      new SessionStore(world.data, 'Store', { vpc: world.vpc, ...propsFrom(SESSION_PROPS, world, props) }),
  },
  ImportedRedisCluster: {
    props: (careful: boolean) => someOf(ATTRIBUTES, careful).map(props =>
      careful && !('configurationEndpointAddress' in props) ? { primaryEndpointAddress: 'primary.example.com', ...props } : props),
    make: (world: World, props: Program['props']): IRedisCluster =>
      RedisCluster.fromRedisClusterAttributes(world.data, 'Store', { replicationGroupName: 'cache', ...propsFrom(ATTRIBUTES, world, props) }),
  },
} as const;

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
    uses: usesOf(careful, construct === 'ImportedRedisCluster'),
  }).map(program => careful ? agreeing(program) : program);
}

/** Programs of every construct; two of three keep to values that are legal on their own, which together may still be none. */
export const programs: Arbitrary<Program> = fc.oneof(
  { weight: 10, arbitrary: programsOf('RedisCluster', true) },
  { weight: 5, arbitrary: programsOf('RedisCluster', false) },
  { weight: 5, arbitrary: programsOf('SessionStore', true) },
  { weight: 2, arbitrary: programsOf('SessionStore', false) },
  { weight: 2, arbitrary: programsOf('ImportedRedisCluster', true) },
  { weight: 1, arbitrary: programsOf('ImportedRedisCluster', false) },
);

/** Writes a program down as constructs. */
export function build(app: App, { construct, place, props, uses }: Program): void {
  const world = new World(app, place);
  const store = CONSTRUCTS[construct].make(world, props);
  for (const use of uses) apply(world, store, use);
}
