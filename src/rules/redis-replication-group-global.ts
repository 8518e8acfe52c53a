import { REPLICATION_GROUP } from './resource-types';
import { Rule, rulesOf } from './rule';
import { isAbsent, isGiven, isOneOf } from './values';

const GLOBAL = 'ElastiCache User Guide, "Replication across AWS Regions using global datastores" (Redis-Global-Datastores)';

/** What a secondary takes from the primary, by the id of its rule. */
const TAKEN = {
  'node-type': 'CacheNodeType',
  'engine': 'Engine',
  'engine-version': 'EngineVersion',
  'parameter-group': 'CacheParameterGroupName',
  'shards': 'NumNodeGroups',
  'in-transit-encryption': 'TransitEncryptionEnabled',
  'at-rest-encryption': 'AtRestEncryptionEnabled',
  'failover': 'AutomaticFailoverEnabled',
  'snapshot-name': 'SnapshotName',
  'snapshot-files': 'SnapshotArns',
};

const takenRules = Object.entries(TAKEN).map(([id, property]): Omit<Rule, 'type'> => ({
  id: `global-secondary-${id}`,
  severity: 'warning',
  source: GLOBAL,
  reads: [],
  text: `A secondary of a Global Datastore takes this from the primary: {${property}:name} is set beside {GlobalReplicationGroupId:name}.`,
  remedy: `Leave {${property}} out.`,
  holds: (p) => !isGiven(p.GlobalReplicationGroupId) || !isGiven(p[property]),
}));

/** A replication group that joins a Global Datastore as a secondary. */
export const replicationGroupGlobalRules = rulesOf(REPLICATION_GROUP, [
  ...takenRules,
  {
    id: 'global-network-type',
    severity: 'error',
    source: GLOBAL,
    reads: ['NetworkType'],
    text: 'A Global Datastore has no IPv6: {NetworkType}, and {GlobalReplicationGroupId:name} is set.',
    remedy: 'Set {NetworkType} to ipv4.',
    holds: (p) => !isGiven(p.GlobalReplicationGroupId) || isAbsent(p.NetworkType) || isOneOf(p.NetworkType, ['ipv4']),
  },
]);
