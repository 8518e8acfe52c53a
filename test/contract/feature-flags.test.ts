import { ANNOTATIONS_IN_VALIDATION_REPORT, CURRENTLY_RECOMMENDED_FLAGS, IAM_MINIMIZE_POLICIES } from 'aws-cdk-lib/cx-api';
import { layout, newCluster, newFunction, newService, newSessionStore, resourcesOf } from '../helpers';

/** Every flag as aws-cdk-lib recommends it, but one that writes the same policy statements in fewer words, and one that prints. */
const RECOMMENDED = { ...CURRENTLY_RECOMMENDED_FLAGS, [IAM_MINIMIZE_POLICIES]: undefined, [ANNOTATIONS_IN_VALIDATION_REPORT]: undefined };

/** The resources of a data stack with a client in another one. */
function resourcesWith(context: { [flag: string]: unknown }, make: typeof newCluster | typeof newSessionStore): ReturnType<typeof resourcesOf> {
  const world = layout({ ...context, '@aws-cdk/core:defaultCrossStackReferences': 'strong' });
  const store = make({}, world);
  store.linkFunction(newFunction(world.application, world.vpc));
  const { container, service } = newService(world.application, world.vpc);
  store.linkContainer(container, service);
  return resourcesOf(store);
}

test('there are flags to compare', () => expect(Object.keys(RECOMMENDED).length).toBeGreaterThan(50));

test.each([['RedisCluster', newCluster], ['SessionStore', newSessionStore]])('a %s is the same with no feature flag and with all recommended ones', (_name, make) => {
  const plain = resourcesWith({}, make);
  expect(Object.keys(plain)).toHaveLength(11);
  expect(resourcesWith(RECOMMENDED, make)).toEqual(plain);
});
