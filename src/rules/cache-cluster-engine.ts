import { isMemcached, nodeFamilyOf, offers } from './engine';
import { CACHE_CLUSTER_KIND, nodeTypeRules, parameterGroupFamilyRule } from './node-based';
import { CACHE_CLUSTER } from './resource-types';
import { isUnknown, rulesOf } from './rule';
import { asNumber, isGiven, isOneOf, isTrue } from './values';
import { MEMCACHED_FAMILIES_WITHOUT_TLS } from '../facts/elasticache-limits';

const { create: CREATE } = CACHE_CLUSTER_KIND;
const IN_TRANSIT = 'ElastiCache User Guide, "In-transit encryption" (in-transit-encryption)';
const ENGINES = ['memcached', 'redis', 'valkey'];

/** What only an engine with persistence and replication can do. */
const REDIS_ONLY = ['SnapshotName', 'SnapshotArns', 'SnapshotWindow', 'LogDeliveryConfigurations'];

/** Engine, version, node type and encryption of a cache cluster. */
export const cacheClusterEngineRules = rulesOf(CACHE_CLUSTER, [
  {
    id: 'cache-cluster-engine',
    severity: 'error',
    source: `${CREATE} (Engine)`,
    reads: ['Engine'],
    text: `A cache cluster runs ${ENGINES.join(', ')}: {Engine}.`,
    remedy: 'Set {Engine} to one of them.',
    holds: (p) => isOneOf(p.Engine, ENGINES),
  },
  parameterGroupFamilyRule(CACHE_CLUSTER_KIND, 'ElastiCache User Guide, "Memcached specific parameters" (ParameterGroups.Memcached)'),
  ...nodeTypeRules(CACHE_CLUSTER_KIND, ['memcached', 'redis', 'valkey']),
  {
    id: 'memcached-no-tls',
    severity: 'warning',
    source: IN_TRANSIT,
    reads: ['Engine', 'TransitEncryptionEnabled'],
    text: 'Without in-transit encryption data crosses the network in the clear, and it can be switched on for a new cluster only: {TransitEncryptionEnabled}.',
    remedy: 'Set {TransitEncryptionEnabled} to true.',
    holds: (p) => !isMemcached(p) || isTrue(p.TransitEncryptionEnabled),
  },
  {
    id: 'memcached-tls-engine-version',
    severity: 'error',
    source: IN_TRANSIT,
    reads: ['Engine', 'EngineVersion', 'TransitEncryptionEnabled'],
    text: 'In-transit encryption needs Memcached 1.6.12 or later: {TransitEncryptionEnabled}, {EngineVersion}.',
    remedy: 'Raise {EngineVersion}, or set {TransitEncryptionEnabled} to false.',
    holds: (p) => !isMemcached(p) || !isTrue(p.TransitEncryptionEnabled) || offers(p, 'tls'),
  },
  {
    id: 'memcached-tls-node-type',
    severity: 'warning',
    source: IN_TRANSIT,
    reads: ['CacheNodeType', 'Engine', 'TransitEncryptionEnabled'],
    text: `Memcached speaks no TLS on the node families ${MEMCACHED_FAMILIES_WITHOUT_TLS.join(', ')}: {TransitEncryptionEnabled}, {CacheNodeType}.`,
    remedy: 'Choose a current type for {CacheNodeType}.',
    holds: (p) => !isMemcached(p) || !isTrue(p.TransitEncryptionEnabled)
      || !(MEMCACHED_FAMILIES_WITHOUT_TLS as readonly (string | undefined)[]).includes(nodeFamilyOf(p)),
  },
  {
    id: 'memcached-without-backups-and-logs',
    severity: 'warning',
    source: `${CREATE} (SnapshotRetentionLimit, SnapshotName, SnapshotArns, SnapshotWindow, LogDeliveryConfigurations)`,
    reads: ['Engine'],
    text: 'Memcached makes no backups, restores none and delivers no logs: {Engine}.',
    remedy: 'Leave the properties of snapshots and logs out, or set {Engine} to redis.',
    holds: (p) => !isMemcached(p) || (!REDIS_ONLY.some((name) => isGiven(p[name]))
      && (isUnknown(p.SnapshotRetentionLimit) || (asNumber(p.SnapshotRetentionLimit) ?? 0) === 0)),
  },
]);
