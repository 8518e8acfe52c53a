import { SUBNET, SUBNET_GROUP } from '../rules/resource-types';
import { Description, known, Properties, Surroundings } from '../rules/rule';
import { isGiven } from '../rules/values';

/** An object of a template. */
export interface JsonObject { readonly [name: string]: unknown }

/** A resource as rules see it, and as the template has it. */
interface Resource extends Description, Pick<Surroundings, 'updatePolicy'> { readonly written: JsonObject }

/** Whether a value of a template is an object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The resources of a template and the references between them. */
export class ResourceGraph {
  private readonly resources: ReadonlyMap<string, Resource>;

  /**
   * Anything that is no resource is left out, and so is one whose properties a macro writes. References are followed through the given types
   * only: what a nested stack or a custom resource is given says nothing of what it returns.
   */
  constructor(resources: JsonObject, private readonly followed: ReadonlySet<string>) {
    this.resources = new Map(Object.entries(resources).flatMap(([logicalId, resource]): [string, Resource][] => {
      const { Type: type, Properties: written = {}, UpdatePolicy: policy = {} } = isObject(resource) ? resource : {};
      const [properties, updatePolicy] = [known(written), known(policy)];
      if (typeof type !== 'string' || !isObject(written) || !isObject(properties)) return [];
      const told = isObject(updatePolicy) ? updatePolicy as Properties : undefined;
      return [[logicalId, { type, written, properties: properties as Properties, updatePolicy: told }]];
    }));
  }

  /** The resources of the types that are followed, by their logical ids. */
  public get followedResources(): [string, Description][] {
    return [...this.resources].filter(([, { type }]) => this.followed.has(type));
  }

  /** What rules may know beyond a resource. */
  public surroundingsOf(logicalId: string): Surroundings {
    const { written = {}, updatePolicy = undefined } = this.resources.get(logicalId) ?? {};
    return { maxZones: this.maxZonesOf(written.CacheSubnetGroupName), behind: property => this.behind(written[property]), updatePolicy };
  }

  /** What references lead to, from near to far; of each type the nearest only, because that is the one that is meant. */
  private behind(value: unknown): Resource[] {
    const found: Resource[] = [];
    let next = this.referredToBy(value);
    while (next.length > 0) {
      found.push(...next);
      const types = new Set(found.map(({ type }) => type));
      const further = next.filter(({ type }) => this.followed.has(type)).flatMap(({ written }) => this.referredToBy(written));
      next = [...new Set(further)].filter(({ type }) => !types.has(type));
    }
    return found;
  }

  /** How many zones the subnets behind a subnet group can be in at most: equal expressions are one zone; undefined where one is not said. */
  private maxZonesOf(subnetGroupName: unknown): number | undefined {
    const subnetIds = this.referredToBy(subnetGroupName).find(({ type }) => type === SUBNET_GROUP)?.written.SubnetIds;
    if (!Array.isArray(subnetIds) || subnetIds.length === 0) return undefined;
    const zones = subnetIds.map(subnetId => {
      const zone = this.referredToBy(subnetId).find(({ type }) => type === SUBNET)?.written.AvailabilityZone;
      return isGiven(known(zone)) ? JSON.stringify(zone) : undefined;
    });
    return zones.includes(undefined) ? undefined : new Set(zones).size;
  }

  private referredToBy(value: unknown): Resource[] {
    return referencesIn(value).flatMap(logicalId => this.resources.get(logicalId) ?? []);
  }
}

/** The logical ids that a value names for certain: what a condition, a list or a map chooses from is not followed. */
function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  if (!Object.keys(value).some(key => key === 'Ref' || key.startsWith('Fn::'))) return Object.values(value).flatMap(referencesIn);
  const { 'Ref': ref, 'Fn::GetAtt': attribute, 'Fn::Join': join, 'Fn::Sub': sub } = value;
  return [
    ...textsIn(ref),
    ...textsIn(Array.isArray(attribute) ? attribute[0] : attribute).map(name => name.split('.')[0]),
    ...Array.isArray(join) ? referencesIn(join[1]) : [],
    ...Array.isArray(sub) ? referencesInSub(sub[0], sub[1]) : referencesInSub(sub, {}),
  ];
}

/** `${Name}` and `${Name.Attribute}`, but not the literal `${!Name}`; a variable stands for its value. */
function referencesInSub(text: unknown, variables: unknown): string[] {
  const values = new Map(isObject(variables) ? Object.entries(variables) : []);
  return textsIn(text).flatMap(template => Array.from(template.matchAll(/\$\{([^!.}][^.}]*)[^}]*\}/g), ([, name]) => name))
    .flatMap(name => values.has(name) ? referencesIn(values.get(name)) : [name]);
}

function textsIn(value: unknown): string[] {
  return typeof value === 'string' ? [value] : [];
}
