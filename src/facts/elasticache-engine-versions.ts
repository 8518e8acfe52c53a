/**
 * Engine versions of node-based Redis OSS and Valkey. Versions and features: ElastiCache User Guide, "Engine versions and
 * upgrading" (engine-versions) and the page of each feature; families: "Engine specific parameters" (ParameterGroups.Engine);
 * ends of standard support: "Extended support" (extended-support).
 */

/** The two engines that a replication group can run. */
export type CacheEngine = 'redis' | 'valkey';

/** Parameter group families from old to new: a later one continues the one before it. */
export const CACHE_FAMILIES = ['redis4.0', 'redis5.0', 'redis6.x', 'redis7', 'valkey7', 'valkey8', 'valkey9'] as const;
export type CacheFamily = typeof CACHE_FAMILIES[number];

/** What a version can do, each first met on the way through the table. */
export type EngineFeature =
  'accessControl' | 'slowLog' | 'autoMinorVersionUpgrade' | 'autoScaling' | 'engineLog' | 'dataTiering' | 'networkTypes' | 'json' |
  'iamAuthentication' | 'tlsInPlace' | 'clusterModeMigration' | 'autoScalingWithDataTiering' | 'vectorSearch' | 'durability';

/** One version of one engine. */
export interface EngineVersion {
  readonly engine: CacheEngine;
  readonly version: string;
  readonly family: CacheFamily;
  readonly features: readonly EngineFeature[];
  /** Day after which extended support is charged; absent while AWS has announced none. */
  readonly standardSupportEnds?: string;
}

const REDIS_6_0: readonly EngineFeature[] = ['accessControl', 'slowLog', 'autoMinorVersionUpgrade', 'autoScaling'];
const REDIS_6_2: readonly EngineFeature[] = [...REDIS_6_0, 'engineLog', 'dataTiering', 'networkTypes', 'json'];
const REDIS_7: readonly EngineFeature[] = [...REDIS_6_2, 'iamAuthentication', 'tlsInPlace', 'clusterModeMigration', 'autoScalingWithDataTiering'];
const VALKEY_8_2: readonly EngineFeature[] = [...REDIS_7, 'vectorSearch'];
const VALKEY_9: readonly EngineFeature[] = [...VALKEY_8_2, 'durability'];

/** Every version that can be created, each engine from old to new. */
export const ENGINE_VERSIONS: readonly EngineVersion[] = [
  { engine: 'redis', version: '4.0.10', family: 'redis4.0', features: [], standardSupportEnds: '2026-01-31' },
  { engine: 'redis', version: '5.0.6', family: 'redis5.0', features: [], standardSupportEnds: '2026-01-31' },
  { engine: 'redis', version: '6.0', family: 'redis6.x', features: REDIS_6_0, standardSupportEnds: '2027-01-31' },
  { engine: 'redis', version: '6.2', family: 'redis6.x', features: REDIS_6_2, standardSupportEnds: '2027-01-31' },
  { engine: 'redis', version: '7.0', family: 'redis7', features: REDIS_7 },
  { engine: 'redis', version: '7.1', family: 'redis7', features: REDIS_7 },
  { engine: 'valkey', version: '7.2', family: 'valkey7', features: REDIS_7 },
  { engine: 'valkey', version: '8.0', family: 'valkey8', features: REDIS_7 },
  { engine: 'valkey', version: '8.1', family: 'valkey8', features: REDIS_7 },
  { engine: 'valkey', version: '8.2', family: 'valkey8', features: VALKEY_8_2 },
  { engine: 'valkey', version: '9.0', family: 'valkey9', features: VALKEY_9 },
  { engine: 'valkey', version: '9.1', family: 'valkey9', features: VALKEY_9 },
];
