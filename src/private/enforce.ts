import { Annotations, CfnResource, Token } from 'aws-cdk-lib';
import { SelectedSubnets } from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { Description, Fault, findFaults, known, PropertyNames, Rule, Surroundings } from '../rules/rule';

/** Prefix of every id under which a warning can be acknowledged. */
const ID_PREFIX = 'cdk-data-tier::';

/** The rules that constructs have warned of, by resource. */
const WARNED = new WeakMap<CfnResource, Set<string>>();

/** One resource of a construct, to be held against the rules. */
export interface Check extends Pick<Surroundings, 'maxZones'> {
  readonly resource: CfnResource;
  /** The construct's own names for the properties of the resource. */
  readonly names?: PropertyNames;
  /** The resources that properties refer to. */
  readonly behind?: { readonly [property: string]: readonly CfnResource[] };
}

/** A fault that no template shows: it concerns what was handed to the construct. */
export interface OwnFault {
  readonly id: string;
  readonly text: string;
}

/** The constructs' door to the rules: throws all errors of a construct at once, and adds its warnings as annotations. */
export function enforce(owner: IConstruct, rules: readonly Rule[], checks: readonly Check[], ownFaults: readonly OwnFault[] = []): void {
  const described = describer();
  const faults = checks.flatMap(check => faultsOf(rules, check, described).map(fault => ({ ...fault, resource: check.resource })));
  const errors = [
    ...ownFaults,
    ...faults.filter(fault => fault.rule.severity === 'error').map(({ rule, text }) => ({ id: rule.id, text })),
  ];
  if (errors.length > 0) throw errorOf(owner, errors);
  for (const { rule, text, resource } of faults) {
    warn(owner, rule.id, text);
    WARNED.set(resource, (WARNED.get(resource) ?? new Set()).add(rule.id));
  }
}

/** Whether a construct has warned of a rule already, be it acknowledged since or not. */
export function hasWarned(resource: CfnResource, id: string): boolean {
  return WARNED.get(resource)?.has(id) ?? false;
}

/** The id of a rule as users acknowledge it. */
export function qualifiedId(id: string): string {
  return `${ID_PREFIX}${id}`;
}

/** The one form of error that the library throws. */
export function errorOf(owner: IConstruct, faults: readonly OwnFault[]): Error {
  return new Error([
    `${owner.node.path} has ${faults.length === 1 ? '1 fault' : `${faults.length} faults`}:`,
    ...faults.map(({ id, text }) => `- ${text} [${qualifiedId(id)}]`),
  ].join('\n'));
}

/** A warning that can be acknowledged under its id. */
export function warn(owner: IConstruct, id: string, text: string): void {
  Annotations.of(owner).addWarningV2(qualifiedId(id), text);
}

/** The zones of the subnets; undefined where one is not known: an imported subnet need not tell its own, and aws-cdk-lib throws when it is asked. */
export function zonesOf(subnets: SelectedSubnets): string[] | undefined {
  try {
    return Token.isUnresolved(subnets.availabilityZones) ? undefined : [...new Set(subnets.availabilityZones)];
  } catch {
    return undefined;
  }
}

/** How many zones the subnets can be in at most: equal tokens are one zone, and a look-up that is pending tells nothing. */
export function maxZonesOf(subnets: SelectedSubnets): number | undefined {
  return subnets.isPendingLookup ? undefined : zonesOf(subnets)?.length;
}

function faultsOf(rules: readonly Rule[], check: Check, described: Describer): Fault[] {
  const behind = (property: string) => (check.behind?.[property] ?? []).map(described);
  return findFaults(rules, described(check.resource), { maxZones: check.maxZones, behind }, check.names);
}

type Describer = (resource: CfnResource) => Description;

/** Describes each resource once, however many rules ask for it. */
function describer(): Describer {
  const descriptions = new Map<CfnResource, Description>();
  return resource => {
    const description = descriptions.get(resource) ?? describe(resource);
    descriptions.set(resource, description);
    return description;
  };
}

/** An L1 in CloudFormation's shape: its own rendering, with every token marked. A lazy one may have another value, or its first, later on. */
function describe(resource: CfnResource): Description {
  const renderer = resource as unknown as Renderer;
  const rendered = renderer.renderProperties(masked(renderer.cfnProperties));
  return { type: resource.cfnResourceType, properties: known(rendered) as Description['properties'] };
}

/** What every L1 keeps to itself: it alone knows the names and shapes of CloudFormation. */
interface Renderer {
  readonly cfnProperties: unknown;
  renderProperties(properties: unknown): unknown;
}

/** Tokens as an intrinsic function that the L1 lets pass and that `known` marks. */
function masked(value: unknown): unknown {
  if (Token.isUnresolved(value)) return { 'Fn::Unknown': '' };
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, masked(inner)]));
}
