import { deepStrictEqual } from 'assert';
import { makers as byHand } from './by-hand';
import { makers as library } from './library';
import { build, FIRST_STACK } from './program';
import { Maker, SUBJECTS } from './subjects';

/** Proves that both ways render the same resources, but for the name that each gives a cache. */
export function proveSameTemplates(outdir: string): void {
  for (const subject of SUBJECTS) {
    const resources = resourcesOf(library[subject], `${outdir}/library`);
    if (Object.keys(resources).length < 4) throw new Error(`${subject} has next to no resources: nothing is proved.`);
    deepStrictEqual(resourcesOf(byHand[subject], `${outdir}/by-hand`), resources, `${subject}: written by hand it is not what the library makes.`);
  }
}

function resourcesOf(make: Maker, outdir: string): object {
  const { Resources: resources } = build(make, 1, outdir).synth().getStackByName(FIRST_STACK).template;
  const names = Object.values<Resource>(resources).map(({ Properties: properties }) => properties.ReplicationGroupId ?? properties.ClusterName);
  const name = names.find(candidate => candidate !== undefined);
  if (!name) throw new Error('There is no cache with a name.');
  return JSON.parse(JSON.stringify(resources).replaceAll(name, 'name'));
}

interface Resource {
  readonly Properties: { readonly ReplicationGroupId?: string; readonly ClusterName?: string };
}
