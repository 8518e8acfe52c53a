import { nodeTypeOf, offers } from './engine';
import { REPLICATION_GROUP } from './resource-types';
import { Properties, rulesOf } from './rule';
import { isClustered, replicaCounts } from './shards';
import { asWord, isFalse, isGiven, isOneOf, isTrue } from './values';
import { DURABILITIES, DURABILITY_FAMILIES } from '../facts/elasticache-limits';

const CONFIGURING = 'ElastiCache User Guide, "Configuring durability" (Durability.Configuring)';
const LIMITATIONS = 'ElastiCache User Guide, "Limitations" (Durability.Limitations)';

/** Whether the group asks for durability; what AWS makes of `default` is not known. */
function isDurable(p: Properties): boolean {
  return ['async', 'sync'].includes(asWord(p.Durability) ?? '');
}

/** What durable writes of a replication group need. */
export const replicationGroupDurabilityRules = rulesOf(REPLICATION_GROUP, [
  {
    id: 'durability-word',
    severity: 'error',
    source: CONFIGURING,
    reads: ['Durability'],
    text: `Durability is ${DURABILITIES.join(', ')}: {Durability}.`,
    remedy: 'Set {Durability} to one of them.',
    holds: (p) => isOneOf(p.Durability, DURABILITIES),
  },
  {
    id: 'durability-engine-version',
    severity: 'error',
    source: LIMITATIONS,
    reads: ['Durability', 'Engine', 'EngineVersion'],
    text: 'Durability needs Valkey 9.0 or later: {Durability}, {Engine}, {EngineVersion}.',
    remedy: 'Set {Engine} to valkey and {EngineVersion} to 9.0 or later, or set {Durability} to disabled.',
    holds: (p) => !isDurable(p) || (asWord(p.Engine) !== 'redis' && offers(p, 'durability')),
  },
  {
    id: 'durability-cluster-mode',
    severity: 'error',
    source: LIMITATIONS,
    reads: ['Durability', 'ClusterMode', 'NumNodeGroups', 'NodeGroupConfiguration[]'],
    text: 'Durability needs cluster mode enabled: {Durability}.',
    remedy: 'Enable cluster mode by {ClusterMode}, or set {Durability} to disabled.',
    holds: (p, around) => !isDurable(p) || (asWord(p.ClusterMode) !== 'compatible' && isClustered(p, around) !== false),
  },
  {
    id: 'durability-node-type',
    severity: 'warning',
    source: LIMITATIONS,
    reads: ['Durability', 'CacheNodeType'],
    text: `AWS lists durability for the families ${DURABILITY_FAMILIES.join(', ')} only: {Durability}, {CacheNodeType}.`,
    remedy: 'Choose a type of one of them for {CacheNodeType}, or set {Durability} to disabled.',
    holds: (p) => !isDurable(p) || isOneOf(nodeTypeOf(p)?.family, DURABILITY_FAMILIES),
  },
  {
    id: 'durability-needs-replica',
    severity: 'error',
    source: LIMITATIONS,
    reads: ['Durability', 'NumCacheClusters', 'ReplicasPerNodeGroup', 'NodeGroupConfiguration[]'],
    text: 'Durability needs a replica in every shard: {Durability}, and a shard has none.',
    remedy: 'Ask for at least one replica, or set {Durability} to disabled.',
    holds: (p) => !isDurable(p) || !replicaCounts(p).includes(0),
  },
  {
    id: 'durability-needs-multi-az',
    severity: 'error',
    source: LIMITATIONS,
    reads: ['Durability', 'MultiAZEnabled'],
    text: 'Durability needs Multi-AZ: {Durability}, {MultiAZEnabled}.',
    remedy: 'Set {MultiAZEnabled} to true, or {Durability} to disabled.',
    holds: (p) => !isDurable(p) || isTrue(p.MultiAZEnabled),
  },
  {
    id: 'durability-needs-tls',
    severity: 'error',
    source: LIMITATIONS,
    reads: ['Durability', 'TransitEncryptionEnabled'],
    text: 'Durability needs in-transit encryption: {Durability}, {TransitEncryptionEnabled}.',
    remedy: 'Turn {TransitEncryptionEnabled} on, or set {Durability} to disabled.',
    holds: (p) => !isDurable(p) || isTrue(p.TransitEncryptionEnabled),
  },
  {
    // A warning only: the service switches encryption on by itself, and is not known to refuse the contradiction.
    id: 'durability-at-rest-encryption',
    severity: 'warning',
    source: LIMITATIONS,
    reads: ['Durability', 'AtRestEncryptionEnabled'],
    text: 'Durability encrypts at rest, whatever is asked for: {Durability}, {AtRestEncryptionEnabled}.',
    remedy: 'Turn {AtRestEncryptionEnabled} on.',
    holds: (p) => !isDurable(p) || !isFalse(p.AtRestEncryptionEnabled),
  },
  {
    id: 'durability-data-tiering',
    severity: 'error',
    source: LIMITATIONS,
    reads: ['Durability', 'DataTieringEnabled'],
    text: 'Durability and data tiering exclude each other: {Durability}, {DataTieringEnabled}.',
    remedy: 'Set {DataTieringEnabled} to false and choose another node type, or set {Durability} to disabled.',
    holds: (p) => !isDurable(p) || !isTrue(p.DataTieringEnabled),
  },
  {
    id: 'durability-global-datastore',
    severity: 'error',
    source: LIMITATIONS,
    reads: ['Durability'],
    text: 'Durability is not offered in a Global Datastore: {Durability}, and {GlobalReplicationGroupId:name} is set.',
    remedy: 'Set {Durability} to disabled, or leave {GlobalReplicationGroupId} out.',
    holds: (p) => !isDurable(p) || !isGiven(p.GlobalReplicationGroupId),
  },
]);
