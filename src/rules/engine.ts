import { PARAMETER_GROUP } from './resource-types';
import { Properties, PropertyValue, Surroundings, valueAt } from './rule';
import { asText, asWord, mayBeGiven } from './values';
import { CACHE_FAMILIES, CacheFamily, ENGINE_VERSIONS, EngineFeature, EngineVersion } from '../facts/elasticache-engine-versions';
import { NODE_TYPES, NodeType } from '../facts/elasticache-node-types';

/** What a replication group runs, as far as its properties and the parameter group behind it tell. */

/** The facts of the engine version; undefined for a version that is not in the table, which is legal. */
export function versionFacts(p: Properties): EngineVersion | undefined {
  const [engine, version] = [asWord(p.Engine), asText(p.EngineVersion)];
  return ENGINE_VERSIONS.find((row) => row.version === version && (engine === undefined || row.engine === engine));
}

/** Whether the version has the feature; a version that is not in the table has every feature. */
export function offers(p: Properties, feature: EngineFeature): boolean {
  return versionFacts(p)?.features.includes(feature) ?? true;
}

/** The facts of the node type; undefined for one that is not in the table, which is legal. */
export function nodeTypeOf(p: Properties): NodeType | undefined {
  return NODE_TYPES.get(asWord(p.CacheNodeType) ?? '');
}

/**
 * Whether the group may be a secondary of a Global Datastore, which leaves out what it takes from the primary: encryption, failover, backups.
 * ElastiCache User Guide, "Replication across AWS Regions using global datastores" (Redis-Global-Datastores).
 */
export function mayBeSecondary(p: Properties): boolean {
  return mayBeGiven(p.GlobalReplicationGroupId);
}

/** A parameter group that a replication group uses. */
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

/** Whether a text names a family of Redis OSS or Valkey that is in the table. */
export function isCacheFamily(text: string | undefined): text is CacheFamily {
  return (CACHE_FAMILIES as readonly (string | undefined)[]).includes(text);
}
