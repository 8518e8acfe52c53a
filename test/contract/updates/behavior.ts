import { diffTemplate, ResourceDifference, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { Effect, worstOf } from './effect';
import { Fact, FACTS } from './facts';
import { TemplateResource } from '../../helpers';

/** The resources of a template by their logical ids. */
export interface Resources { readonly [logicalId: string]: TemplateResource }

/** What an update does to one resource. */
export interface ResourceChange {
  readonly logicalId: string;
  readonly type: string;
  readonly how: 'added' | 'removed' | 'replaced' | 'updated';
  readonly before?: TemplateResource;
  readonly after?: TemplateResource;
  readonly properties: readonly PropertyChange[];
}

/** What an update does to one property. */
export interface PropertyChange {
  readonly name: string;
  /** Whether the schema of CloudFormation says that the resource is, or may be, replaced, and no page of AWS that it is not. */
  readonly replaces: boolean;
  /** What the pages of AWS say where the schema says something else, or nothing. */
  readonly fact?: Fact;
}

/** What holds data, or is needed by what does: every resource but those that watch and scale. */
const STATEFUL = [
  'AWS::EC2::SecurityGroup', 'AWS::ElastiCache::CacheCluster', 'AWS::ElastiCache::ParameterGroup', 'AWS::ElastiCache::ReplicationGroup',
  'AWS::ElastiCache::SubnetGroup', 'AWS::ElastiCache::User', 'AWS::ElastiCache::UserGroup', 'AWS::KMS::Key', 'AWS::Logs::LogGroup', 'AWS::SecretsManager::Secret',
];

/** The properties that give a store its name, by the types that the constructs name themselves. */
const NAMES: { readonly [type: string]: string } = {
  'AWS::ElastiCache::CacheCluster': 'ClusterName',
  'AWS::ElastiCache::ReplicationGroup': 'ReplicationGroupId',
};
const HARMLESS = [Effect.IN_PLACE, Effect.INTERRUPTED];
const POLICIES = ['DeletionPolicy', 'UpdateReplacePolicy'] as const;

/** What an update from one template to another does to each resource that it touches. */
export function changesBetween(before: Resources, after: Resources): ResourceChange[] {
  const changes: ResourceChange[] = [];
  diffTemplate({ Resources: before }, { Resources: after }).resources.forEachDifference((logicalId, difference) => {
    changes.push(changeOf(logicalId, difference, before[logicalId], after[logicalId]));
  });
  return changes;
}

/** The worst that an update does; undefined when it touches nothing. */
export function effectOf(changes: readonly ResourceChange[]): Effect | undefined {
  return worstOf(changes.flatMap(change => watches(change.type)
    ? [Effect.WATCHED_ANEW]
    : [Effect.IN_PLACE, ...change.properties.map(property => effectOfProperty(change, property))]));
}

/** Why an update must not happen to users who only take a new version of the library. */
export function hazardsOf(changes: readonly ResourceChange[]): string[] {
  return changes.filter(({ type, how }) => STATEFUL.includes(type) && how !== 'added').flatMap(change => {
    const { logicalId, type, how, before, after } = change;
    const name = `${logicalId} (${type})`;
    if (how === 'removed') return [`${name} is removed`];
    const reasons = change.properties.filter(({ replaces, fact }) => replaces || (fact && !HARMLESS.includes(fact.effect)));
    return [
      ...how === 'replaced' ? [`${name} is replaced, by ${reasons.map(({ name: property }) => property).join(', ') || 'another type'}`] : [],
      ...how !== 'replaced' ? reasons.map(({ name: property, fact }) => `${name}: a change of ${property}: ${fact?.effect}`) : [],
      ...reshardsOnline(before) && !reshardsOnline(after) ? [`${name} loses its UpdatePolicy: a change of its shards would replace it`] : [],
      ...POLICIES.filter(policy => keeps(before?.[policy]) && !keeps(after?.[policy])).map(policy => `${name} loses its ${policy}`),
    ];
  });
}

/** Whether a resource looks at others, which never notice. */
export function watches(type: string): boolean {
  return type.startsWith('AWS::CloudWatch::');
}

function changeOf(logicalId: string, difference: ResourceDifference, before?: TemplateResource, after?: TemplateResource): ResourceChange {
  const type = (before ?? after)?.Type ?? '';
  if (!before || !after) return { logicalId, type, how: before ? 'removed' : 'added', before, after, properties: [] };
  const properties = Object.entries(difference.propertyUpdates).map(([name, { changeImpact }]): PropertyChange => {
    const property = `${type.split('::')[2]}.${name}`;
    const fact = FACTS.find(candidate => candidate.property === property && (candidate.when?.(before, after) ?? true));
    const replaces = changeImpact === ResourceImpact.WILL_REPLACE || changeImpact === ResourceImpact.MAY_REPLACE;
    return { name, replaces: replaces && !fact, fact };
  });
  const replaced = before.Type !== after.Type || properties.some(({ replaces }) => replaces);
  return { logicalId, type, how: replaced ? 'replaced' : 'updated', before, after, properties };
}

function effectOfProperty({ type, before, after }: ResourceChange, { replaces, fact }: PropertyChange): Effect {
  if (fact) return fact.effect;
  if (!replaces) return Effect.IN_PLACE;
  if (type in NAMES) {
    const [oldName, newName] = [before, after].map(resource => resource?.Properties[NAMES[type]]);
    return oldName === newName ? Effect.REFUSED_BY_NAME : Effect.REPLACED;
  }
  // The others have generated names: the new one is there before the old one goes.
  return type === 'AWS::ElastiCache::User' ? Effect.USER_REPLACED : Effect.IN_PLACE;
}

function reshardsOnline(resource?: TemplateResource): boolean {
  return resource?.UpdatePolicy?.UseOnlineResharding === true;
}

function keeps(policy?: string): boolean {
  return policy !== undefined && policy !== 'Delete';
}
