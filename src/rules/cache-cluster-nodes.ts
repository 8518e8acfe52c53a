import { isMemcached } from './engine';
import { isCacheClusterName } from './names';
import { CACHE_CLUSTER_KIND } from './node-based';
import { CACHE_CLUSTER } from './resource-types';
import { Properties, rulesOf, Surroundings } from './rule';
import { asList, asNumber, asText, asWord, isAbsent, isGiven, isOneOf, isWhole, knownTexts, mayBeGiven } from './values';
import { AZ_MODES, NODES_PER_MEMCACHED_CLUSTER } from '../facts/elasticache-limits';

const { create: CREATE } = CACHE_CLUSTER_KIND;
const SCHEMA = 'CloudFormation User Guide, AWS::ElastiCache::CacheCluster';
const AVAILABILITY = 'ElastiCache User Guide, "Mitigating failures when running Memcached" (FaultTolerance)';

/** Whether the nodes can be in several zones: by their list, or by the mode where there is none. */
function isSpread(p: Properties, { maxZones = Number.POSITIVE_INFINITY }: Surroundings): boolean {
  const zones = asList(p.PreferredAvailabilityZones);
  const known = knownTexts(p.PreferredAvailabilityZones);
  const listed = zones.length === 0 ? asWord(p.AZMode) === 'cross-az' : known.length < zones.length || new Set(known).size > 1;
  return listed && maxZones > 1 && !isGiven(p.PreferredAvailabilityZone);
}

/** Name, number and zones of the nodes of a cache cluster. */
export const cacheClusterNodeRules = rulesOf(CACHE_CLUSTER, [
  {
    id: 'cache-cluster-name',
    severity: 'error',
    source: `${CREATE} (CacheClusterId)`,
    reads: ['ClusterName'],
    text: 'A cluster name has 1 to 50 letters, digits and hyphens, begins with a letter, does not end with a hyphen and has no two in a row: {ClusterName}.',
    remedy: 'Change {ClusterName}.',
    holds: (p) => isAbsent(p.ClusterName) || isCacheClusterName(asText(p.ClusterName) ?? ''),
  },
  {
    id: 'cache-cluster-node-count',
    severity: 'error',
    source: `${CREATE} (NumCacheNodes)`,
    reads: ['NumCacheNodes'],
    text: 'A cluster has a whole number of nodes, at least 1: {NumCacheNodes}.',
    remedy: 'Set {NumCacheNodes} accordingly.',
    holds: (p) => isWhole(p.NumCacheNodes, 1),
  },
  {
    id: 'memcached-node-quota',
    severity: 'warning',
    source: 'ElastiCache User Guide, "Quotas" (quota-limits)',
    reads: ['Engine', 'NumCacheNodes'],
    text: `More than ${NODES_PER_MEMCACHED_CLUSTER} nodes need a higher quota: {NumCacheNodes}.`,
    remedy: 'Ask for fewer by {NumCacheNodes}, or have the quota raised.',
    holds: (p) => !isMemcached(p) || (asNumber(p.NumCacheNodes) ?? 1) <= NODES_PER_MEMCACHED_CLUSTER,
  },
  {
    id: 'cache-cluster-redis-nodes',
    severity: 'error',
    source: `${CREATE} (NumCacheNodes)`,
    reads: ['Engine', 'NumCacheNodes'],
    text: 'A cache cluster of Redis OSS has one node: {NumCacheNodes}.',
    remedy: 'Set {NumCacheNodes} to 1, or make a replication group.',
    holds: (p) => asWord(p.Engine) !== 'redis' || (asNumber(p.NumCacheNodes) ?? 1) <= 1,
  },
  {
    id: 'memcached-single-node',
    severity: 'warning',
    source: AVAILABILITY,
    reads: ['Engine', 'NumCacheNodes'],
    text: 'With one node the loss of it loses the whole cache: {NumCacheNodes}.',
    remedy: 'Ask for at least 2 by {NumCacheNodes}.',
    holds: (p) => !isMemcached(p) || asNumber(p.NumCacheNodes) !== 1,
  },
  {
    id: 'memcached-one-zone',
    severity: 'warning',
    source: AVAILABILITY,
    reads: ['Engine', 'NumCacheNodes', 'AZMode', 'PreferredAvailabilityZones[]'],
    text: 'All nodes are in one zone and are lost with it: {NumCacheNodes}, {PreferredAvailabilityZones}.',
    remedy: 'Spread the nodes over several zones by {PreferredAvailabilityZones}.',
    holds: (p, around) => !isMemcached(p) || (asNumber(p.NumCacheNodes) ?? 1) <= 1 || isSpread(p, around),
  },
  {
    id: 'az-mode-word',
    severity: 'error',
    source: `${CREATE} (AZMode)`,
    reads: ['AZMode'],
    text: `The mode of zones is ${AZ_MODES.join(' or ')}: {AZMode}.`,
    remedy: 'Set {AZMode} to one of them.',
    holds: (p) => isOneOf(p.AZMode, AZ_MODES),
  },
  {
    id: 'az-mode-needs-nodes',
    severity: 'error',
    source: `${CREATE} (AZMode)`,
    reads: ['AZMode', 'NumCacheNodes'],
    text: 'Nodes can be spread over zones when there are at least 2: {AZMode}, {NumCacheNodes}.',
    remedy: 'Ask for a second node by {NumCacheNodes}, or leave {AZMode} out.',
    holds: (p) => asWord(p.AZMode) !== 'cross-az' || asNumber(p.NumCacheNodes) !== 1,
  },
  {
    id: 'az-mode-zones',
    severity: 'error',
    source: `${SCHEMA} (AZMode, PreferredAvailabilityZones)`,
    reads: ['AZMode', 'PreferredAvailabilityZones'],
    text: 'Several zones need the mode cross-az: {AZMode}, {PreferredAvailabilityZones}.',
    remedy: 'Set {AZMode} to cross-az, or list one zone only in {PreferredAvailabilityZones}.',
    holds: (p) => asWord(p.AZMode) !== 'single-az' || new Set(knownTexts(p.PreferredAvailabilityZones)).size < 2,
  },
  {
    id: 'cache-cluster-zones-count',
    severity: 'error',
    source: 'Seen to be refused at deployment (github.com/hashicorp/terraform/issues/7850)',
    reads: ['NumCacheNodes', 'PreferredAvailabilityZones[]'],
    text: 'There is one preferred zone for each node, and a zone may be repeated: {PreferredAvailabilityZones}, {NumCacheNodes}.',
    remedy: 'List as many zones in {PreferredAvailabilityZones} as there are nodes.',
    holds: ({ PreferredAvailabilityZones: zones, NumCacheNodes: nodes }) => !isGiven(zones) || asList(zones).length === asNumber(nodes),
  },
  {
    id: 'cache-cluster-zones-once',
    severity: 'warning',
    source: `${SCHEMA} (PreferredAvailabilityZone)`,
    reads: [],
    text: 'Zones are chosen for all nodes or for each, not both: {PreferredAvailabilityZone:name} and {PreferredAvailabilityZones:name} are set.',
    remedy: 'Leave {PreferredAvailabilityZone} out.',
    holds: (p) => !isGiven(p.PreferredAvailabilityZone) || !isGiven(p.PreferredAvailabilityZones),
  },
  {
    id: 'memcached-growth',
    severity: 'warning',
    source: `${SCHEMA} (NumCacheNodes)`,
    reads: ['Engine'],
    text: 'Without a zone for each node in {PreferredAvailabilityZones:name} CloudFormation replaces the cluster when the number of nodes changes, '
      + 'and every item is lost.',
    remedy: 'Name the zones of the nodes by {PreferredAvailabilityZones}.',
    holds: (p) => !isMemcached(p) || mayBeGiven(p.PreferredAvailabilityZones) || mayBeGiven(p.PreferredAvailabilityZone),
  },
]);
