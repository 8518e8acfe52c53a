import { mayBeSecondary } from './engine';
import { isReplicationGroupId } from './names';
import { REPLICATION_GROUP } from './resource-types';
import { rulesOf } from './rule';
import { replicaCounts, shardCount } from './shards';
import { asList, asNumber, asText, isAbsent, isFalse, isGiven, isTrue, isWhole, knownTexts } from './values';
import { DESCRIPTION_MAX_LENGTH, MAX_NODES_PER_SHARD } from '../facts/elasticache-limits';

const MAX_REPLICAS = MAX_NODES_PER_SHARD - 1;
const CREATE = 'ElastiCache API Reference, CreateReplicationGroup';
const FAILOVER = 'ElastiCache User Guide, "Minimizing downtime with Multi-AZ" (AutoFailover)';
const COUNTS = ['NumCacheClusters', 'NumNodeGroups', 'ReplicasPerNodeGroup', 'NodeGroupConfiguration[]'];
const REPLICAS = ['NumCacheClusters', 'ReplicasPerNodeGroup', 'NodeGroupConfiguration[]'];

/** Name, nodes, failover and zones of a replication group. */
export const replicationGroupShapeRules = rulesOf(REPLICATION_GROUP, [
  {
    id: 'replication-group-id',
    severity: 'error',
    source: `${CREATE} (ReplicationGroupId)`,
    reads: ['ReplicationGroupId'],
    text: 'A replication group id has 1 to 40 letters, digits and hyphens, begins with a letter, does not end with a hyphen and has no two in a row: '
      + '{ReplicationGroupId}.',
    remedy: 'Change {ReplicationGroupId}.',
    holds: (p) => isAbsent(p.ReplicationGroupId) || isReplicationGroupId(asText(p.ReplicationGroupId) ?? ''),
  },
  {
    id: 'replication-group-description',
    severity: 'error',
    source: `${CREATE} (ReplicationGroupDescription)`,
    reads: ['ReplicationGroupDescription'],
    text: `A replication group needs a description of 1 to ${DESCRIPTION_MAX_LENGTH} characters: {ReplicationGroupDescription}.`,
    remedy: 'Write one to {ReplicationGroupDescription} that fits.',
    holds: ({ ReplicationGroupDescription: description }) => {
      const { length } = asText(description) ?? '';
      return length >= 1 && length <= DESCRIPTION_MAX_LENGTH;
    },
  },
  {
    id: 'shard-node-count',
    severity: 'error',
    source: 'ElastiCache User Guide, "Quotas" (quota-limits)',
    reads: ['NumCacheClusters'],
    text: `A shard has one primary and 0 to ${MAX_REPLICAS} replicas: {NumCacheClusters}.`,
    remedy: `Set {NumCacheClusters} so that there are 0 to ${MAX_REPLICAS} replicas.`,
    holds: (p) => isAbsent(p.NumCacheClusters) || isWhole(p.NumCacheClusters, 1, MAX_NODES_PER_SHARD),
  },
  {
    id: 'shard-replica-count',
    severity: 'error',
    source: 'ElastiCache User Guide, "Quotas" (quota-limits)',
    reads: ['ReplicasPerNodeGroup'],
    text: `A shard has one primary and 0 to ${MAX_REPLICAS} replicas: {ReplicasPerNodeGroup}.`,
    remedy: `Set {ReplicasPerNodeGroup} so that there are 0 to ${MAX_REPLICAS} replicas.`,
    holds: (p) => isAbsent(p.ReplicasPerNodeGroup) || isWhole(p.ReplicasPerNodeGroup, 0, MAX_REPLICAS),
  },
  {
    id: 'node-count-stated-twice',
    severity: 'error',
    source: `${CREATE} (NumCacheClusters)`,
    reads: COUNTS,
    text: 'Nodes are counted either for one shard or for several, not both: '
      + '{NumCacheClusters}, {NumNodeGroups}, {ReplicasPerNodeGroup}, {NodeGroupConfiguration}.',
    remedy: 'Keep {NumCacheClusters} for one shard, or {NumNodeGroups} and {ReplicasPerNodeGroup} for several.',
    holds: (p) => isAbsent(p.NumCacheClusters) || (isAbsent(p.ReplicasPerNodeGroup) && asNumber(p.NumNodeGroups ?? 1) === 1 && shardCount(p) === 1),
  },
  {
    id: 'failover-needs-replica',
    severity: 'error',
    source: `${CREATE} (AutomaticFailoverEnabled)`,
    reads: ['AutomaticFailoverEnabled', 'NumCacheClusters'],
    text: 'Automatic failover, which CloudFormation turns on unless told otherwise, needs at least one replica: {AutomaticFailoverEnabled}, {NumCacheClusters}.',
    remedy: 'Ask for a replica by {NumCacheClusters}, or set {AutomaticFailoverEnabled} to false.',
    holds: (p) => asNumber(p.NumCacheClusters) !== 1 || isFalse(p.AutomaticFailoverEnabled)
      || (isAbsent(p.AutomaticFailoverEnabled) && mayBeSecondary(p)),
  },
  {
    id: 'multi-az-needs-failover',
    severity: 'error',
    source: FAILOVER,
    reads: ['MultiAZEnabled', 'AutomaticFailoverEnabled'],
    text: 'Multi-AZ needs automatic failover: {MultiAZEnabled}, {AutomaticFailoverEnabled}.',
    remedy: 'Set {AutomaticFailoverEnabled} to true, or {MultiAZEnabled} to false.',
    holds: (p) => !(isTrue(p.MultiAZEnabled) && isFalse(p.AutomaticFailoverEnabled)),
  },
  {
    id: 'multi-az-needs-replica',
    severity: 'error',
    source: FAILOVER,
    reads: ['MultiAZEnabled', ...REPLICAS],
    text: 'Multi-AZ needs a replica in every shard: {MultiAZEnabled}, and a shard has none.',
    remedy: 'Ask for at least one replica, or set {MultiAZEnabled} to false.',
    holds: (p) => !isTrue(p.MultiAZEnabled) || !replicaCounts(p).includes(0),
  },
  {
    id: 'multi-az-needs-zones',
    severity: 'error',
    source: FAILOVER,
    reads: ['MultiAZEnabled'],
    text: 'Multi-AZ needs subnets in at least two zones: {MultiAZEnabled}, and the subnets of {CacheSubnetGroupName:name} are all in one.',
    remedy: 'Choose subnets in at least two zones by {CacheSubnetGroupName}, or do without Multi-AZ, which {MultiAZEnabled} asks for.',
    holds: (p, { maxZones = Number.POSITIVE_INFINITY }) => !isTrue(p.MultiAZEnabled) || maxZones >= 2,
  },
  {
    id: 'no-replica',
    severity: 'warning',
    source: FAILOVER,
    reads: ['NumCacheClusters'],
    text: 'Without a replica the loss of one node loses the data and stops every client: {NumCacheClusters}.',
    remedy: 'Ask for at least one replica by {NumCacheClusters}.',
    holds: (p) => asNumber(p.NumCacheClusters) !== 1,
  },
  {
    id: 'no-replica-per-shard',
    severity: 'warning',
    source: 'aws-cloudformation/cloudformation-coverage-roadmap 1275: later updates of such a group fail for want of a replica',
    reads: ['ReplicasPerNodeGroup', 'NodeGroupConfiguration[]'],
    text: 'Without replicas the loss of one node loses the data of its shard, and later updates may fail for want of a replica: {ReplicasPerNodeGroup}.',
    remedy: 'Ask for at least one replica by {ReplicasPerNodeGroup}.',
    holds: (p) => asNumber(p.ReplicasPerNodeGroup) !== 0 || isGiven(p.NodeGroupConfiguration),
  },
  {
    id: 'multi-az-off',
    severity: 'warning',
    source: FAILOVER,
    reads: ['MultiAZEnabled', ...REPLICAS],
    text: 'Without Multi-AZ a replica may share the zone of its primary and be lost with it: {MultiAZEnabled}.',
    remedy: 'Set {MultiAZEnabled} to true.',
    holds: (p) => isTrue(p.MultiAZEnabled) || !replicaCounts(p).some((replicas) => replicas > 0),
  },
  {
    // A warning only: the service insists when it creates a group, but lets an existing one grow past its list.
    id: 'preferred-zones-count',
    severity: 'warning',
    source: `${CREATE} (PreferredCacheClusterAZs)`,
    reads: ['PreferredCacheClusterAZs[]', 'NumCacheClusters'],
    text: 'A new group needs one preferred zone for each node, the first for the primary: {PreferredCacheClusterAZs}, {NumCacheClusters}.',
    remedy: 'List as many zones in {PreferredCacheClusterAZs} as there are nodes.',
    holds: ({ PreferredCacheClusterAZs: zones, NumCacheClusters: nodes }) => !isGiven(zones) || asList(zones).length === asNumber(nodes),
  },
  {
    id: 'preferred-zones-multi-az',
    severity: 'error',
    source: FAILOVER,
    reads: ['MultiAZEnabled', 'PreferredCacheClusterAZs'],
    text: 'Multi-AZ keeps the nodes in at least two zones: {MultiAZEnabled}, {PreferredCacheClusterAZs}.',
    remedy: 'List a second zone in {PreferredCacheClusterAZs}, or set {MultiAZEnabled} to false.',
    holds: ({ MultiAZEnabled: enabled, PreferredCacheClusterAZs: zones }) => !isTrue(enabled) || knownTexts(zones).length < 2
      || new Set(knownTexts(zones)).size > 1,
  },
]);
