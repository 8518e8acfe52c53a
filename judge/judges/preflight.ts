import { PreflightEnforcePlugin } from 'cdk-preflight/lib/private/enforce';
import { BUNDLED_RULES } from 'cdk-preflight/lib/rules.generated';
import { ask, byRegion, Judge } from './judge';

/**
 * cdk-preflight as `Preflight.apply(app, { strict: true })` sets it up: faults that AWS was seen to refuse at deployment. The plugin itself is taken, so
 * that its engine starts once for all apps of a Region; the version is exact, because it is no public class.
 */
export const preflight: Judge = {
  name: 'cdk-preflight',
  judge: apps => {
    const plugin = new PreflightEnforcePlugin(BUNDLED_RULES, true);
    return [...byRegion(apps).values()].flatMap(located => ask(plugin, located));
  },
};
