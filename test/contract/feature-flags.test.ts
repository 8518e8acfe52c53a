import { ANNOTATIONS_IN_VALIDATION_REPORT, CURRENTLY_RECOMMENDED_FLAGS, IAM_MINIMIZE_POLICIES } from 'aws-cdk-lib/cx-api';
import { CacheNodeType, ClusterMode, MemcachedPool, RedisAuth, RedisCluster, SessionStore } from '../../src';
import { Layout, layout, newCluster, newFunction, newPool, newService, newSessionStore, resourcesOf } from '../helpers';

/** Every flag as aws-cdk-lib recommends it, but one that writes the same policy statements in fewer words, and one that prints. */
const RECOMMENDED = { ...CURRENTLY_RECOMMENDED_FLAGS, [IAM_MINIMIZE_POLICIES]: undefined, [ANNOTATIONS_IN_VALIDATION_REPORT]: undefined };

type Make = (world: Layout) => RedisCluster | MemcachedPool | SessionStore;

/** The resources of a data stack with a client in another one. */
function resourcesWith(context: { [flag: string]: unknown }, make: Make): ReturnType<typeof resourcesOf> {
  const world = layout({ ...context, '@aws-cdk/core:defaultCrossStackReferences': 'strong' });
  const store = make(world);
  store.linkFunction(newFunction(world.application, world.vpc));
  const { container, service } = newService(world.application, world.vpc);
  store.linkContainer(container, service);
  return resourcesOf(store);
}

test('there are flags to compare', () => expect(Object.keys(RECOMMENDED).length).toBeGreaterThan(50));

const CONSTRUCTS: [string, Make, number][] = [
  ['RedisCluster', world => newCluster({}, world), 26],
  ['RedisCluster in shards with IAM that is scaled', world => {
    const cluster = newCluster({ clusterMode: ClusterMode.enabled(), auth: RedisAuth.iam(), nodeType: CacheNodeType.R7G_LARGE }, world);
    cluster.autoScaleShards({ maxCapacity: 4 }).scaleOnEngineCpuUtilization('Cpu', { targetUtilizationPercent: 60 });
    return cluster;
  }, 35],
  ['RedisCluster with a token', world => newCluster({ auth: RedisAuth.token() }, world), 22],
  ['MemcachedPool', world => newPool({}, world), 14],
  ['SessionStore', world => newSessionStore({}, world), 27],
];

test.each(CONSTRUCTS)('a %s is the same with no feature flag and with all recommended ones', (_name, make, count) => {
  const plain = resourcesWith({}, make);
  expect(Object.keys(plain)).toHaveLength(count);
  expect(resourcesWith(RECOMMENDED, make)).toEqual(plain);
});
