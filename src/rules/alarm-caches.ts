import { AlarmMetric, dimension, partsOf } from './alarm-metrics';
import { isMemcached } from './engine';
import { CACHE_CLUSTER, REPLICATION_GROUP, SCALABLE_TARGET } from './resource-types';
import { Description, isUnknown, Properties, Surroundings, TextPart } from './rule';
import { isClustered, replicaCounts, shardCount } from './shards';
import { asNumber, asWord, column, isAbsent, isWhole, mayBeGiven } from './values';
import { CACHE_NODE_DIMENSIONS } from '../facts/elasticache-metrics';

/** Which cache of the template an alarm is about. */

/** What the id of a cluster in an alarm stands for. */
export interface MeasuredCache {
  readonly cache: Description;
  /** What follows the id of a replication group: undefined where nothing does, as with clusters. */
  readonly suffix?: string;
}

/** `-001`, and `-0001-001` with the number of a shard. ElastiCache User Guide, "Finding connection endpoints" (Endpoints). */
const SUFFIX = /^-(?:(\d{1,4})-)?(\d{3})$/;

/** The cache of a metric; undefined where the template does not have it, or has several that it may be. */
export function measuredCache(metric: AlarmMetric, around: Surroundings): MeasuredCache | undefined {
  const id = dimension(metric, CACHE_NODE_DIMENSIONS.cluster);
  const candidates = id === undefined ? [] : cachesNamed(partsOf(id, around), around);
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** Whether the cache is a replication group, or a member of one. */
export function isOfGroup({ cache }: MeasuredCache): boolean {
  return cache.type === REPLICATION_GROUP;
}

/** Which of the two kinds of metrics the cache publishes; undefined where its engine is not known. */
export function engineOf(measured: MeasuredCache): 'redis' | 'memcached' | undefined {
  const { properties } = measured.cache;
  if (isOfGroup(measured) || ['redis', 'valkey'].includes(asWord(properties.Engine) ?? '')) {
    return 'redis';
  }
  return isMemcached(properties) ? 'memcached' : undefined;
}

/** Whether a replication group may have a node of that suffix: what is scaled, imported or copied has nodes that the template does not number. */
export function mayHaveNode(group: Description, suffix: string, around: Surroundings): boolean {
  const { properties: p, surroundings = {} } = group;
  const clustered = isClustered(p, surroundings);
  const counts = [p.NumCacheClusters, p.ReplicasPerNodeGroup, p.NumNodeGroups, p.NodeGroupConfiguration];
  const isOpen = clustered === undefined || asWord(p.ClusterMode) === 'compatible' || counts.some(isUnknown)
    || mayBeGiven(p.PrimaryClusterId) || mayBeGiven(p.GlobalReplicationGroupId) || isScaled(group, around);
  return isOpen || hasNode(p, suffix, clustered);
}

function hasNode(p: Properties, suffix: string, clustered: boolean): boolean {
  const [, shard, node] = SUFFIX.exec(suffix) ?? [];
  if ((shard !== undefined) !== clustered) {
    return false;
  }
  const ids = shardIds(p);
  const index = shard === undefined ? 0 : ids.indexOf(Number(shard));
  const replicas = replicaCounts(p);
  const most = replicas.length === ids.length ? replicas[index] : replicas.length === 1 ? replicas[0] : Number.POSITIVE_INFINITY;
  return ids.includes(Number.NaN) || (index >= 0 && isWhole(node, 1, 1 + most));
}

/** Whether a Memcached cluster may have a node of that id. */
export function mayHaveMemcachedNode(cluster: Description, id: string, around: Surroundings): boolean {
  const most = isScaled(cluster, around) ? undefined : asNumber(cluster.properties.NumCacheNodes);
  return /^\d{4}$/.test(id) && isWhole(id, 1, most);
}

/** The numbers of the shards: those that are given, or all from 1; not a number where one is not known. */
function shardIds(p: Properties): number[] {
  const given = column(p.NodeGroupConfiguration, 'NodeGroupId');
  return given.every(isAbsent)
    ? Array.from({ length: shardCount(p) }, (_, index) => index + 1)
    : given.map((id) => asNumber(id) ?? Number.NaN);
}

/** Whether a scalable target of the template names the cache, by reference or by its id. */
function isScaled(cache: Description, { all }: Surroundings): boolean {
  const id = asWord(cache.properties.ReplicationGroupId) ?? asWord(cache.properties.ClusterName);
  return (all?.(SCALABLE_TARGET) ?? []).some(({ properties, surroundings }) =>
    surroundings?.behind?.('ResourceId').includes(cache) === true || (id !== undefined && asWord(properties.ResourceId)?.split('/')[1] === id));
}

function cachesNamed([first, ...rest]: readonly TextPart[], { all }: Surroundings): MeasuredCache[] {
  if (typeof first === 'string') {
    return rest.length > 0 ? [] : cachesOfName(first.toLowerCase(), all);
  }
  const [suffix, ...more] = rest;
  if (typeof first === 'symbol' || first.attribute !== undefined || more.length > 0) {
    return [];
  }
  const isCache = [REPLICATION_GROUP, CACHE_CLUSTER].includes(first.to.type);
  return isCache && (suffix === undefined || (typeof suffix === 'string' && first.to.type === REPLICATION_GROUP)) ? [{ cache: first.to, suffix }] : [];
}

/** The caches that a written id can stand for: AWS keeps names in lower case. */
function cachesOfName(id: string, all: Surroundings['all']): MeasuredCache[] {
  const clusters = (all?.(CACHE_CLUSTER) ?? []).filter(({ properties }) => asWord(properties.ClusterName) === id);
  const groups = (all?.(REPLICATION_GROUP) ?? []).flatMap((cache): MeasuredCache[] => {
    const name = asWord(cache.properties.ReplicationGroupId);
    if (name === undefined || !id.startsWith(name)) {
      return [];
    }
    const suffix = id.slice(name.length);
    return suffix === '' ? [{ cache }] : SUFFIX.test(suffix) ? [{ cache, suffix }] : [];
  });
  return [...clusters.map((cache) => ({ cache })), ...groups];
}
