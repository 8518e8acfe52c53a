import { nodeTypeOf, offers, parameterGroupOf } from './engine';
import { nodeTypeRules, parameterGroupFamilyRule, REPLICATION_GROUP_KIND } from './node-based';
import { REPLICATION_GROUP } from './resource-types';
import { isUnknown, Rule, rulesOf } from './rule';
import { asText, asWord, isOneOf, isTrue } from './values';
import { majorOf } from './versions';
import { CacheEngine, ENGINE_VERSIONS } from '../facts/elasticache-engine-versions';
import { DATA_TIERING_EVICTION_POLICIES } from '../facts/elasticache-limits';

const VERSIONS = 'ElastiCache User Guide, "Engine versions and upgrading" (engine-versions)';
const TIERING = 'ElastiCache User Guide, "Data tiering" (data-tiering)';
const ENGINES: readonly CacheEngine[] = ['redis', 'valkey'];

const endsBySupportedMajor = new Map(ENGINE_VERSIONS.flatMap(({ engine, version, standardSupportEnds }): [number, string][] => {
  const major = majorOf(version);
  return engine === 'redis' && major !== undefined && standardSupportEnds !== undefined ? [[major, standardSupportEnds]] : [];
}));

const standardSupportRules = [...endsBySupportedMajor].map(([major, end]): Omit<Rule, 'type'> => ({
  id: `redis-${major}-standard-support`,
  severity: 'warning',
  source: 'ElastiCache User Guide, "Extended support" (extended-support)',
  reads: ['Engine', 'EngineVersion'],
  text: `Standard support of Redis OSS ${major} ends on ${end}, after which extended support is charged: {EngineVersion}.`,
  remedy: 'Raise {EngineVersion}.',
  holds: (p) => asWord(p.Engine) === 'valkey' || majorOf(asText(p.EngineVersion) ?? '') !== major,
}));

/** Engine, version, parameter group family and node type of a replication group. */
export const replicationGroupEngineRules = rulesOf(REPLICATION_GROUP, [
  {
    id: 'replication-group-engine',
    severity: 'error',
    source: 'ElastiCache API Reference, CreateReplicationGroup (Engine)',
    reads: ['Engine'],
    text: 'A replication group runs redis or valkey: {Engine}.',
    remedy: 'Set {Engine} to redis or valkey.',
    holds: (p) => isOneOf(p.Engine, ENGINES),
  },
  {
    id: 'engine-version-form',
    severity: 'error',
    source: VERSIONS,
    reads: ['EngineVersion'],
    text: 'From Redis OSS 6 on, and for every Valkey, a version is major.minor and AWS chooses the patch: {EngineVersion}.',
    remedy: 'Leave the patch out of {EngineVersion}.',
    holds: (p) => {
      const version = asText(p.EngineVersion) ?? '';
      return (majorOf(version) ?? 0) < 6 || version.split('.').length < 3;
    },
  },
  ...standardSupportRules,
  parameterGroupFamilyRule(REPLICATION_GROUP_KIND, 'ElastiCache User Guide, "Engine specific parameters" (ParameterGroups.Engine)'),
  ...nodeTypeRules(REPLICATION_GROUP_KIND, ENGINES),
  {
    id: 'data-tiering-required',
    severity: 'error',
    source: TIERING,
    reads: ['CacheNodeType', 'DataTieringEnabled'],
    text: 'The node type works with data tiering only: {CacheNodeType}, {DataTieringEnabled}.',
    remedy: 'Set {DataTieringEnabled} to true, or choose another {CacheNodeType}.',
    holds: (p) => nodeTypeOf(p)?.dataTiering !== true || isTrue(p.DataTieringEnabled),
  },
  {
    id: 'data-tiering-node-type',
    severity: 'error',
    source: TIERING,
    reads: ['CacheNodeType', 'DataTieringEnabled'],
    text: 'Data tiering needs a node type with SSD, which is one of the r6gd family: {CacheNodeType}, {DataTieringEnabled}.',
    remedy: 'Choose an r6gd type for {CacheNodeType}, or set {DataTieringEnabled} to false.',
    holds: (p) => nodeTypeOf(p)?.dataTiering !== false || !isTrue(p.DataTieringEnabled),
  },
  {
    id: 'data-tiering-engine-version',
    severity: 'error',
    source: TIERING,
    reads: ['DataTieringEnabled', 'Engine', 'EngineVersion'],
    text: 'Data tiering needs Redis OSS 6.2 or later, or Valkey: {DataTieringEnabled}, {EngineVersion}.',
    remedy: 'Raise {EngineVersion}, or set {DataTieringEnabled} to false and choose another node type.',
    holds: (p) => !isTrue(p.DataTieringEnabled) || offers(p, 'dataTiering'),
  },
  {
    id: 'data-tiering-eviction-policy',
    severity: 'warning',
    source: TIERING,
    reads: ['DataTieringEnabled'],
    text: `Data tiering knows the eviction policies ${DATA_TIERING_EVICTION_POLICIES.join(', ')} only, and the parameter group `
      + '{CacheParameterGroupName:name} chooses another: {DataTieringEnabled}.',
    remedy: 'Set maxmemory-policy in {CacheParameterGroupName} to one of them.',
    holds: (p, around) => {
      const policy = parameterGroupOf(p, around)?.valueOf('maxmemory-policy');
      return !isTrue(p.DataTieringEnabled) || isUnknown(policy) || isOneOf(policy, DATA_TIERING_EVICTION_POLICIES);
    },
  },
]);
