import { REPLICATION_GROUP } from './resource-types';
import { isUnknown, Properties, PropertyValue, rulesOf, UNKNOWN } from './rule';
import { fewestNodes, isClustered, parseSlots, shardCount, SlotRange } from './shards';
import { areDistinct, asList, asNumber, asText, asWord, column, isAbsent, isGiven, isTrue, isWhole, knownTexts } from './values';
import { isAtLeast } from './versions';
import { HASH_SLOTS, MAX_NODES_PER_SHARD, MAX_SHARDS, NODES_PER_CLUSTER } from '../facts/elasticache-limits';

const MAX_REPLICAS = MAX_NODES_PER_SHARD - 1;
const QUOTAS = 'ElastiCache User Guide, "Quotas" (quota-limits)';
const LAYOUT = 'ElastiCache API Reference, NodeGroupConfiguration';
const RESHARDING = 'CloudFormation User Guide, "UpdatePolicy attribute" (UseOnlineResharding)';
const FAILOVER = 'ElastiCache User Guide, "Minimizing downtime with Multi-AZ" (AutoFailover)';
const NODES = ['NumCacheClusters', 'NumNodeGroups', 'ReplicasPerNodeGroup', 'NodeGroupConfiguration[]'];

const layout = (p: Properties, path: string) => column(p.NodeGroupConfiguration, path);
const knownLayout = (p: Properties, path: string) => layout(p, path).filter((value) => !isUnknown(value) && !isAbsent(value));

/** The most nodes that the quota of the group's engine can be raised to; a version that compares with nothing gets the higher one. */
function mostNodes(p: Properties): number {
  const isOlder = asWord(p.Engine) === 'redis' && isAtLeast(asText(p.EngineVersion) ?? '', NODES_PER_CLUSTER.since) === false;
  return isOlder ? NODES_PER_CLUSTER.mostBefore : NODES_PER_CLUSTER.most;
}

/** The slots that the shards give, where those are well formed. */
function slotRanges(p: Properties): SlotRange[] {
  return knownTexts(layout(p, 'Slots')).flatMap((text) => parseSlots(text) ?? []).sort((a, b) => a.first - b.first);
}

function areApart(ranges: readonly SlotRange[]): boolean {
  return ranges.every(({ last }, i) => i + 1 === ranges.length || last < ranges[i + 1].first);
}

function replicasOf(p: Properties, shard: PropertyValue): PropertyValue {
  const [own] = column([shard], 'ReplicaCount');
  return isAbsent(own) ? p.ReplicasPerNodeGroup : own;
}

/** Whether the zones of a shard are fully known and all the same. */
function isInOneZone(shard: PropertyValue): boolean {
  const [primary, replicas] = [column([shard], 'PrimaryAvailabilityZone'), column([shard], 'ReplicaAvailabilityZones')];
  const zones = [...primary, ...replicas.flatMap((list): PropertyValue[] => Array.isArray(list) ? list : [list])];
  return zones.length > 1 && knownTexts(zones).length === zones.length && new Set(knownTexts(zones)).size === 1;
}

/** Number of the shards of a replication group, and what is said of each: id, replicas, zones and slots. */
export const replicationGroupShardRules = rulesOf(REPLICATION_GROUP, [
  {
    id: 'shard-count',
    severity: 'error',
    source: QUOTAS,
    reads: ['NumNodeGroups'],
    text: `A group has 1 to ${MAX_SHARDS} shards: {NumNodeGroups}.`,
    remedy: 'Set {NumNodeGroups} in that range.',
    holds: (p) => isAbsent(p.NumNodeGroups) || isWhole(p.NumNodeGroups, 1, MAX_SHARDS),
  },
  {
    id: 'shard-layout-count',
    severity: 'error',
    source: QUOTAS,
    reads: ['NodeGroupConfiguration[]'],
    text: `A group has 1 to ${MAX_SHARDS} shards: {NodeGroupConfiguration:name} has more.`,
    remedy: 'List fewer in {NodeGroupConfiguration}.',
    holds: (p) => asList(p.NodeGroupConfiguration).length <= MAX_SHARDS,
  },
  {
    id: 'shard-count-stated-twice',
    severity: 'error',
    source: `${LAYOUT}; CreateReplicationGroup (NumNodeGroups)`,
    reads: ['NumNodeGroups', 'NodeGroupConfiguration[]'],
    text: 'The number of shards is that of the entries: {NumNodeGroups}, {NodeGroupConfiguration}.',
    remedy: 'Give one entry of {NodeGroupConfiguration} to every shard, or leave {NumNodeGroups} out.',
    holds: (p) => isAbsent(p.NumNodeGroups) || !isGiven(p.NodeGroupConfiguration) || asNumber(p.NumNodeGroups) === shardCount(p),
  },
  {
    id: 'cluster-node-quota',
    severity: 'warning',
    source: QUOTAS,
    reads: [...NODES, 'Engine', 'EngineVersion'],
    text: `More than ${NODES_PER_CLUSTER.quota} nodes in one group need a higher quota: {NumNodeGroups}, {ReplicasPerNodeGroup}.`,
    remedy: 'Ask for fewer shards or replicas, or have the quota raised.',
    holds: (p) => fewestNodes(p) <= NODES_PER_CLUSTER.quota || fewestNodes(p) > mostNodes(p),
  },
  {
    id: 'cluster-node-limit',
    severity: 'error',
    source: QUOTAS,
    reads: [...NODES, 'Engine', 'EngineVersion'],
    text: `No quota allows more than ${NODES_PER_CLUSTER.most} nodes in one group, or ${NODES_PER_CLUSTER.mostBefore} before Redis OSS ${NODES_PER_CLUSTER.since}: `
      + '{NumNodeGroups}, {ReplicasPerNodeGroup}.',
    remedy: 'Ask for fewer shards or replicas.',
    holds: (p) => fewestNodes(p) <= mostNodes(p),
  },
  {
    id: 'shard-id-form',
    severity: 'error',
    source: `${LAYOUT} (NodeGroupId)`,
    reads: ['NodeGroupConfiguration[]'],
    text: 'The id of a shard has 1 to 4 digits: {NodeGroupConfiguration}.',
    remedy: 'Write such an id to every NodeGroupId in {NodeGroupConfiguration}.',
    holds: (p) => knownLayout(p, 'NodeGroupId').every((id) => /^\d{1,4}$/.test(asText(id) ?? '')),
  },
  {
    id: 'shard-id-duplicates',
    severity: 'error',
    source: `${LAYOUT} (NodeGroupId)`,
    reads: ['NodeGroupConfiguration[]'],
    text: 'No two shards have the same id, with or without zeros before it: {NodeGroupConfiguration}.',
    remedy: 'Give every shard of {NodeGroupConfiguration} an id of its own.',
    holds: (p) => areDistinct(knownTexts(layout(p, 'NodeGroupId')).map((id) => id.padStart(4, '0'))),
  },
  {
    id: 'shard-id-missing',
    severity: 'warning',
    source: RESHARDING,
    reads: ['NodeGroupConfiguration[]'],
    text: 'Online resharding needs the id of every shard: {NodeGroupConfiguration}.',
    remedy: 'Write a NodeGroupId to every entry of {NodeGroupConfiguration}, and keep it.',
    holds: (p) => !layout(p, 'NodeGroupId').some(isAbsent),
  },
  {
    id: 'online-resharding',
    severity: 'warning',
    source: RESHARDING,
    reads: ['ClusterMode', 'NumNodeGroups', 'NodeGroupConfiguration[]'],
    text: 'Without UseOnlineResharding in the UpdatePolicy another number of shards replaces the group, and its data are lost: '
      + '{NumNodeGroups}, {NodeGroupConfiguration}.',
    remedy: 'Set UseOnlineResharding to true in the UpdatePolicy of the group before {NumNodeGroups} changes.',
    holds: (p, around) => {
      const { UseOnlineResharding: online } = around.updatePolicy ?? { UseOnlineResharding: UNKNOWN };
      return isTrue(online) || isUnknown(online) || asWord(p.ClusterMode) === 'compatible' || isClustered(p, around) !== true;
    },
  },
  {
    id: 'shard-layout-replicas',
    severity: 'error',
    source: QUOTAS,
    reads: ['NodeGroupConfiguration[]'],
    text: `A shard has one primary and 0 to ${MAX_REPLICAS} replicas: {NodeGroupConfiguration}.`,
    remedy: 'Set every ReplicaCount in {NodeGroupConfiguration} in that range.',
    holds: (p) => knownLayout(p, 'ReplicaCount').every((count) => isWhole(count, 0, MAX_REPLICAS)),
  },
  {
    id: 'no-replica-in-shard',
    severity: 'warning',
    source: 'aws-cloudformation/cloudformation-coverage-roadmap 1275: later updates of such a group fail for want of a replica',
    reads: ['NodeGroupConfiguration[]', 'ReplicasPerNodeGroup'],
    text: 'Without replicas the loss of one node loses the data of its shard, and later updates may fail for want of a replica: {NodeGroupConfiguration}.',
    remedy: 'Ask for at least one replica in every entry of {NodeGroupConfiguration}.',
    holds: (p) => asList(p.NodeGroupConfiguration).every((shard) => asNumber(replicasOf(p, shard)) !== 0),
  },
  {
    id: 'shard-zones-count',
    severity: 'error',
    source: `${LAYOUT} (ReplicaAvailabilityZones)`,
    reads: ['NodeGroupConfiguration[]', 'ReplicasPerNodeGroup'],
    text: 'A shard that names the zones of its replicas names one for each: {NodeGroupConfiguration}, {ReplicasPerNodeGroup}.',
    remedy: 'List as many zones in {NodeGroupConfiguration} as the shard has replicas.',
    holds: (p) => asList(p.NodeGroupConfiguration).every((shard) => {
      const [zones] = column([shard], 'ReplicaAvailabilityZones');
      const replicas = asNumber(replicasOf(p, shard));
      return !Array.isArray(zones) || replicas === undefined || zones.length === replicas;
    }),
  },
  {
    id: 'shard-zones-multi-az',
    severity: 'error',
    source: FAILOVER,
    reads: ['NodeGroupConfiguration[]', 'MultiAZEnabled'],
    text: 'Multi-AZ keeps the nodes of a shard in at least two zones: {MultiAZEnabled}, {NodeGroupConfiguration}.',
    remedy: 'Name a second zone for every shard of {NodeGroupConfiguration}, or set {MultiAZEnabled} to false.',
    holds: (p) => !isTrue(p.MultiAZEnabled) || !asList(p.NodeGroupConfiguration).some(isInOneZone),
  },
  {
    id: 'shard-slots-form',
    severity: 'error',
    source: `${LAYOUT} (Slots)`,
    reads: ['NodeGroupConfiguration[]'],
    text: `The slots of a shard read start-end within 0 to ${HASH_SLOTS - 1}: {NodeGroupConfiguration}.`,
    remedy: 'Write Slots in {NodeGroupConfiguration} in that form, for example 0-8191.',
    holds: (p) => knownLayout(p, 'Slots').every((slots) => parseSlots(asText(slots) ?? '') !== undefined),
  },
  {
    id: 'shard-slots-overlap',
    severity: 'error',
    source: `${LAYOUT} (Slots)`,
    reads: ['NodeGroupConfiguration[]'],
    text: 'A slot belongs to one shard: {NodeGroupConfiguration}.',
    remedy: 'Set Slots in {NodeGroupConfiguration} so that no two shards share one.',
    holds: (p) => areApart(slotRanges(p)),
  },
  {
    id: 'shard-slots-cover',
    severity: 'error',
    source: `${LAYOUT} (Slots)`,
    reads: ['NodeGroupConfiguration'],
    text: `The slots of all shards together are 0 to ${HASH_SLOTS - 1}: {NodeGroupConfiguration}.`,
    remedy: 'Set Slots in {NodeGroupConfiguration} so that none is left out, or give no shard any.',
    holds: (p) => {
      const ranges = slotRanges(p);
      const slots = layout(p, 'Slots');
      const judged = slots.every((text) => parseSlots(asText(text) ?? '') !== undefined) && areApart(ranges);
      return slots.length === 0 || !judged || ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0) === HASH_SLOTS;
    },
  },
  {
    id: 'shard-slots-partial',
    severity: 'warning',
    source: `${LAYOUT} (Slots)`,
    reads: ['NodeGroupConfiguration[]'],
    text: 'Slots are given to every shard or to none: {NodeGroupConfiguration}.',
    remedy: 'Write Slots to every entry of {NodeGroupConfiguration}, or to none.',
    holds: (p) => {
      const slots = layout(p, 'Slots');
      return slots.every(isAbsent) || !slots.some(isAbsent);
    },
  },
  {
    id: 'restored-shards-need-slots',
    severity: 'warning',
    source: 'ElastiCache API Reference, CreateReplicationGroup (NodeGroupConfiguration)',
    reads: ['SnapshotArns[]', 'NumNodeGroups', 'NodeGroupConfiguration[]'],
    text: 'A group of several shards that is restored from files needs the slots of each: {SnapshotArns}, {NodeGroupConfiguration}.',
    remedy: 'Write Slots to one entry of {NodeGroupConfiguration} for each shard.',
    holds: (p) => {
      const slots = layout(p, 'Slots');
      return !isGiven(p.SnapshotArns) || shardCount(p) <= 1 || (slots.length > 0 && !slots.some(isAbsent));
    },
  },
]);
