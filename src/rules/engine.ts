import { PARAMETER_GROUP } from './resource-types';
import { Properties, PropertyValue, Surroundings, valueAt } from './rule';
import { asText, asWord, mayBeGiven } from './values';
import { ENGINE_VERSIONS, EngineFeature } from '../facts/elasticache-engine-versions';
import { NODE_TYPES, NodeType } from '../facts/elasticache-node-types';
import { MEMCACHED_VERSIONS, MemcachedFeature } from '../facts/memcached-versions';

/** What a cache runs, as far as its properties and the parameter group behind it tell. */

type Feature = EngineFeature | MemcachedFeature;

/** One version of one engine. */
interface VersionFacts {
  readonly engine: string;
  readonly version: string;
  readonly family: string;
  readonly features: readonly Feature[];
}

const VERSIONS: readonly VersionFacts[] = [...ENGINE_VERSIONS, ...MEMCACHED_VERSIONS.map((row) => ({ engine: 'memcached', ...row }))];

/** The facts of the engine version; undefined for a version that is not in the table, which is legal. */
export function versionFacts(p: Properties): VersionFacts | undefined {
  const [engine, version] = [asWord(p.Engine), asText(p.EngineVersion)];
  return VERSIONS.find((row) => row.version === version && (engine === undefined || row.engine === engine));
}

/** Whether the version has the feature; a version that is not in the table has every feature. */
export function offers(p: Properties, feature: Feature): boolean {
  return versionFacts(p)?.features.includes(feature) ?? true;
}

/** The facts of the node type; undefined for one that is not in the table, which is legal. */
export function nodeTypeOf(p: Properties): NodeType | undefined {
  return NODE_TYPES.get(asWord(p.CacheNodeType) ?? '');
}

/** The family of the node type, be the type in the table or not. */
export function nodeFamilyOf(p: Properties): string | undefined {
  return /^cache\.([^.]+)\./.exec(asWord(p.CacheNodeType) ?? '')?.[1];
}

/** Whether the engine is Memcached. */
export function isMemcached(p: Properties): boolean {
  return asWord(p.Engine) === 'memcached';
}

/**
 * Whether the group may be a secondary of a Global Datastore, which leaves out what it takes from the primary: encryption, failover, backups.
 * ElastiCache User Guide, "Replication across AWS Regions using global datastores" (Redis-Global-Datastores).
 */
export function mayBeSecondary(p: Properties): boolean {
  return mayBeGiven(p.GlobalReplicationGroupId);
}

/** A parameter group that a cache uses. */
export interface UsedParameterGroup {
  readonly family: string | undefined;
  /** The value the group gives a parameter: undefined where it gives none. */
  readonly valueOf: (parameter: string) => PropertyValue;
}

/** The parameter group in use: one of AWS's own by its name, or the one behind the reference; undefined where unknown. */
export function parameterGroupOf(p: Properties, around: Surroundings): UsedParameterGroup | undefined {
  const own = /^default\.(.+?)(\.cluster\.on)?$/.exec(asText(p.CacheParameterGroupName) ?? '');
  if (own !== null) {
    const [, family, clusterOn] = own;
    return { family, valueOf: (parameter) => parameter === 'cluster-enabled' && clusterOn !== undefined ? 'yes' : undefined };
  }
  const group = around.behind?.('CacheParameterGroupName').find((description) => description.type === PARAMETER_GROUP);
  return group && {
    family: asText(group.properties.CacheParameterGroupFamily),
    valueOf: (parameter) => valueAt(group.properties, `Properties.${parameter}`),
  };
}
