import { CACHE_METRICS, MEMCACHED_METRICS } from './elasticache-metrics';

/**
 * Every metric of a node and the unit that it is published in, for judging what others ask for. ElastiCache User Guide, "Metrics for Valkey and Redis OSS"
 * (CacheMetrics.Redis), "Metrics for Memcached" (CacheMetrics.Memcached) and "Host-Level Metrics" (CacheMetrics.HostLevel).
 */

/** The dimension of a serverless cache, its name: as ListMetrics shows it (github.com/open-constructs/aws-cdk-library/pull/68); no page says so. */
export const SERVERLESS_DIMENSION = 'clusterId';

/** The unit of what the pages give as a boolean, a ratio or a number: CloudWatch has no such units. */
export const NO_UNIT = 'None';

type Units = { readonly [unit: string]: readonly string[] };

const COMMANDS = ['EvalBased', 'GeoSpatialBased', 'GetType', 'HashBased', 'HyperLogLogBased', 'JsonBased', 'KeyBased', 'ListBased', 'NonKeyType', 'PubSubBased',
  'SearchBased', 'SetBased', 'SetType', 'SortedSetBased', 'StreamBased', 'StringBased'].map((kind) => `${kind}Cmds`);

/** What constructs of this library offer no method for. */
const FURTHER_OF_HOSTS: Units = {
  [NO_UNIT]: ['CPUCreditUsage'],
  Bytes: ['NetworkBytesIn', 'NetworkBytesOut', 'NetworkMaxBytesIn', 'NetworkMaxBytesOut'],
  Count: ['NetworkLinkLocalAllowanceExceeded', 'NetworkMaxPacketsIn', 'NetworkMaxPacketsOut', 'NetworkPacketsIn', 'NetworkPacketsOut'],
};

const FURTHER_OF_REDIS: Units = {
  [NO_UNIT]: ['ActiveDefragHits', 'IsMaster', 'MemoryFragmentationRatio', 'SaveInProgress'],
  Bytes: ['BytesReadFromDisk', 'BytesUsedForCache', 'BytesWrittenToDisk', 'ReplicationBytes'],
  Count: ['CurrItems', 'CurrVolatileItems', 'IamAuthenticationExpirations', 'IamAuthenticationThrottling', 'KeysTracked', 'NumItemsReadFromDisk',
    'NumItemsWrittenToDisk', 'Reclaimed', ...COMMANDS],
  Microseconds: COMMANDS.map((name) => `${name}Latency`),
  Milliseconds: ['DB0AverageTTL'],
  Percent: ['DatabaseCapacityUsageCountedForEvictPercentage', 'DatabaseMemoryUsageCountedForEvictPercentage'],
  Seconds: ['GlobalDatastoreReplicationLag'],
};

const FURTHER_OF_MEMCACHED: Units = {
  Bytes: ['BytesReadIntoMemcached', 'BytesUsedForHash', 'BytesWrittenOutFromMemcached'],
  Count: ['CasBadval', 'CasHits', 'CasMisses', 'CmdConfigGet', 'CmdConfigSet', 'CmdFlush', 'CmdTouch', 'CurrConfig', 'DecrHits', 'DecrMisses', 'DeleteHits',
    'DeleteMisses', 'ExpiredUnfetched', 'IncrHits', 'IncrMisses', 'NewItems', 'SlabsMoved', 'TouchHits', 'TouchMisses'],
};

/** Unit by metric of each engine; Redis OSS and Valkey publish the same. */
export const PUBLISHED_UNITS: { readonly [engine in 'redis' | 'memcached']: ReadonlyMap<string, string> } = {
  redis: unitsOf(CACHE_METRICS, FURTHER_OF_HOSTS, FURTHER_OF_REDIS),
  memcached: unitsOf(MEMCACHED_METRICS, FURTHER_OF_HOSTS, FURTHER_OF_MEMCACHED),
};

/** Percentages that end at 100; what is used of the memory may be more. */
export const METRICS_UP_TO_100_PERCENT: readonly string[] = ['CPUUtilization', 'EngineCPUUtilization', 'CacheHitRate'];

function unitsOf(offered: { readonly [name: string]: { readonly unit: string } }, ...further: readonly Units[]): ReadonlyMap<string, string> {
  return new Map([
    ...Object.entries(offered).map(([name, { unit }]): [string, string] => [name, unit]),
    ...further.flatMap((units) => Object.entries(units).flatMap(([unit, names]) => names.map((name): [string, string] => [name, unit]))),
  ]);
}
