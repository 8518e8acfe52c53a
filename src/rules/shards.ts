import { parameterGroupOf } from './engine';
import { isUnknown, Properties, PropertyValue, Surroundings } from './rule';
import { asList, asNumber, asWord, column, isAbsent } from './values';
import { HASH_SLOTS } from '../facts/elasticache-limits';

/** What the properties of a replication group say of its shards and of the nodes in them. */

/** The number of shards. */
export function shardCount(p: Properties): number {
  return asList(p.NodeGroupConfiguration).length || (asNumber(p.NumNodeGroups) ?? 1);
}

/** The replicas of every shard, or once for all where all are alike; what is not known or not said is left out. */
export function replicaCounts(p: Properties): number[] {
  const nodes = asNumber(p.NumCacheClusters);
  if (nodes !== undefined) {
    return [nodes - 1];
  }
  const { NodeGroupConfiguration: layout, ReplicasPerNodeGroup: common } = p;
  const own: PropertyValue[] = asList(layout).length === 0 ? [undefined] : column(layout, 'ReplicaCount');
  return own.flatMap((count) => asNumber(isAbsent(count) ? common : count) ?? []);
}

/** The fewest nodes that the group can have. */
export function fewestNodes(p: Properties): number {
  const replicas = replicaCounts(p);
  const perShard = asList(p.NodeGroupConfiguration).length > 0 ? 1 : shardCount(p);
  return shardCount(p) + perShard * replicas.reduce((sum, count) => sum + count, 0);
}

/** Whether the properties of the group itself ask for cluster mode. */
export function asksForClusterMode(p: Properties): boolean {
  return shardCount(p) > 1 || ['enabled', 'compatible'].includes(asWord(p.ClusterMode) ?? '');
}

/** Whether the group runs in cluster mode, which its parameter group may decide; undefined where that is not known. */
export function isClustered(p: Properties, around: Surroundings): boolean | undefined {
  if (asksForClusterMode(p)) {
    return true;
  }
  if (asWord(p.ClusterMode) === 'disabled') {
    return false;
  }
  const group = parameterGroupOf(p, around);
  const value = group?.valueOf('cluster-enabled');
  const undecided = [p.ClusterMode, p.NumNodeGroups, p.NodeGroupConfiguration, value].some(isUnknown);
  return group === undefined || undecided ? undefined : asWord(value) === 'yes';
}

/** Hash slots from first to last. */
export interface SlotRange { readonly first: number; readonly last: number }

/** Reads `0-5460`, or several such ranges with commas between them; undefined where the text is none or leaves the keyspace. */
export function parseSlots(text: string): SlotRange[] | undefined {
  if (!/^\d+(-\d+)?(,\d+(-\d+)?)*$/.test(text)) {
    return undefined;
  }
  const ranges = text.split(',').map((range) => {
    const [first, last = first] = range.split('-').map(Number);
    return { first, last };
  });
  return ranges.every(({ first, last }) => first <= last && last < HASH_SLOTS) ? ranges : undefined;
}
