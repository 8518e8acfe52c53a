import { SUBNET, SUBNET_GROUP } from '../rules/resource-types';
import { Description, known, Properties, Surroundings, TextPart, UNKNOWN } from '../rules/rule';
import { isGiven } from '../rules/values';

/** An object of a template. */
export interface JsonObject { readonly [name: string]: unknown }

/** A resource as rules see it, and as the template has it. */
interface Resource extends Description { readonly written: JsonObject; readonly surroundings: Surroundings }

/** Whether a value of a template is an object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The resources of a template and the references between them. */
export class ResourceGraph {
  private readonly resources: ReadonlyMap<string, Resource>;
  private readonly byType = new Map<string, Resource[]>();

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
      const look = () => this.surroundingsOf(written, told);
      return [[logicalId, { type, written, properties: properties as Properties, get surroundings() { return look(); } }]];
    }));
  }

  /** The resources of the types that are followed, by their logical ids. */
  public get followedResources(): [string, Resource][] {
    return [...this.resources].filter(([, { type }]) => this.followed.has(type));
  }

  private surroundingsOf(written: JsonObject, updatePolicy: Properties | undefined): Surroundings {
    return {
      maxZones: this.maxZonesOf(written.CacheSubnetGroupName),
      behind: path => this.behind(writtenAt(written, path)),
      textAt: path => this.partsOf(writtenAt(written, path)),
      all: type => this.ofType(type),
      updatePolicy,
    };
  }

  /** Every alarm of a template asks for the same few types. */
  private ofType(type: string): Resource[] {
    const resources = this.byType.get(type) ?? [...this.resources.values()].filter(resource => resource.type === type);
    this.byType.set(type, resources);
    return resources;
  }

  /** A text in pieces: literals, `Ref`s and attributes that it joins. */
  private partsOf(value: unknown): TextPart[] {
    if (typeof value === 'string' || typeof value === 'number') {
      const text = known(String(value));
      return [typeof text === 'string' ? text : UNKNOWN];
    }
    const { 'Ref': ref, 'Fn::GetAtt': attribute, 'Fn::Join': join, 'Fn::Sub': sub } = isObject(value) ? value : {};
    if (ref !== undefined) return this.partOf([ref]);
    if (attribute !== undefined) return this.partOf(Array.isArray(attribute) ? attribute : String(attribute).split(/\.(.*)/, 2));
    if (Array.isArray(join) && typeof join[0] === 'string' && Array.isArray(join[1])) {
      return merged(join[1].flatMap((element, i) => [...i > 0 ? [join[0] as string] : [], ...this.partsOf(element)]));
    }
    const [text, variables] = Array.isArray(sub) ? sub as unknown[] : [sub, {}];
    if (typeof text === 'string' && isObject(variables)) {
      return merged(text.split(/(\$\{[^}]*\})/).flatMap(piece => this.partsOfSub(piece, variables)));
    }
    return [UNKNOWN];
  }

  /** A piece of a `Fn::Sub`: `${!Literal}`, `${Variable}`, `${LogicalId}`, `${LogicalId.Attribute}` or what stands between them. */
  private partsOfSub(piece: string, variables: JsonObject): TextPart[] {
    const name = /^\$\{([^}]*)\}$/.exec(piece)?.[1].trim();
    if (name === undefined) return [piece];
    if (name.startsWith('!')) return [`\${${name.slice(1)}}`];
    return Object.keys(variables).includes(name) ? this.partsOf(variables[name]) : this.partOf(name.split(/\.(.*)/, 2));
  }

  private partOf([logicalId, attribute]: readonly unknown[]): TextPart[] {
    const to = this.resources.get(String(logicalId));
    return [to === undefined ? UNKNOWN : typeof attribute === 'string' ? { to, attribute } : { to }];
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

/** The value at a dotted path; elements of a list go by their numbers, those that are left out not counted. */
function writtenAt(written: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return value.filter(element => known(element) !== undefined)[Number(key)];
    return isObject(value) ? value[key] : undefined;
  }, written);
}

/** Literals that follow one another are one. */
function merged(parts: readonly TextPart[]): TextPart[] {
  return parts.reduce<TextPart[]>((before, part) => {
    const last = before[before.length - 1];
    return typeof last === 'string' && typeof part === 'string' ? [...before.slice(0, -1), last + part] : [...before, part];
  }, []).filter(part => part !== '');
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
