import { METRICS_UP_TO_100_PERCENT, NO_UNIT, PUBLISHED_UNITS, SERVERLESS_DIMENSION } from '../../src/facts/cloudwatch-cache-metrics';
import { CACHE_METRICS, MEMCACHED_METRICS } from '../../src/facts/elasticache-metrics';

const further = (engine: 'redis' | 'memcached', offered: object) =>
  [...PUBLISHED_UNITS[engine]].filter(([name]) => !(name in offered)).map((row) => row.join(' ')).sort();

const HOSTS = [
  'CPUCreditUsage None', 'NetworkBytesIn Bytes', 'NetworkBytesOut Bytes', 'NetworkLinkLocalAllowanceExceeded Count', 'NetworkMaxBytesIn Bytes',
  'NetworkMaxBytesOut Bytes', 'NetworkMaxPacketsIn Count', 'NetworkMaxPacketsOut Count', 'NetworkPacketsIn Count', 'NetworkPacketsOut Count',
];

test('metrics of Redis OSS and Valkey that constructs do not offer', () => {
  expect(further('redis', CACHE_METRICS)).toEqual([
    ...HOSTS,
    'ActiveDefragHits None', 'BytesReadFromDisk Bytes', 'BytesUsedForCache Bytes', 'BytesWrittenToDisk Bytes', 'CurrItems Count', 'CurrVolatileItems Count',
    'DB0AverageTTL Milliseconds', 'DatabaseCapacityUsageCountedForEvictPercentage Percent', 'DatabaseMemoryUsageCountedForEvictPercentage Percent',
    'EvalBasedCmds Count', 'EvalBasedCmdsLatency Microseconds', 'GeoSpatialBasedCmds Count', 'GeoSpatialBasedCmdsLatency Microseconds',
    'GetTypeCmds Count', 'GetTypeCmdsLatency Microseconds', 'GlobalDatastoreReplicationLag Seconds', 'HashBasedCmds Count',
    'HashBasedCmdsLatency Microseconds', 'HyperLogLogBasedCmds Count', 'HyperLogLogBasedCmdsLatency Microseconds', 'IamAuthenticationExpirations Count',
    'IamAuthenticationThrottling Count', 'IsMaster None', 'JsonBasedCmds Count', 'JsonBasedCmdsLatency Microseconds', 'KeyBasedCmds Count',
    'KeyBasedCmdsLatency Microseconds', 'KeysTracked Count', 'ListBasedCmds Count', 'ListBasedCmdsLatency Microseconds', 'MemoryFragmentationRatio None',
    'NonKeyTypeCmds Count', 'NonKeyTypeCmdsLatency Microseconds', 'NumItemsReadFromDisk Count', 'NumItemsWrittenToDisk Count', 'PubSubBasedCmds Count',
    'PubSubBasedCmdsLatency Microseconds', 'Reclaimed Count', 'ReplicationBytes Bytes', 'SaveInProgress None', 'SearchBasedCmds Count',
    'SearchBasedCmdsLatency Microseconds', 'SetBasedCmds Count', 'SetBasedCmdsLatency Microseconds', 'SetTypeCmds Count', 'SetTypeCmdsLatency Microseconds',
    'SortedSetBasedCmds Count', 'SortedSetBasedCmdsLatency Microseconds', 'StreamBasedCmds Count', 'StreamBasedCmdsLatency Microseconds',
    'StringBasedCmds Count', 'StringBasedCmdsLatency Microseconds',
  ].sort());
});

test('metrics of Memcached that constructs do not offer', () => {
  expect(further('memcached', MEMCACHED_METRICS)).toEqual([
    ...HOSTS,
    'BytesReadIntoMemcached Bytes', 'BytesUsedForHash Bytes', 'BytesWrittenOutFromMemcached Bytes', 'CasBadval Count', 'CasHits Count', 'CasMisses Count',
    'CmdConfigGet Count', 'CmdConfigSet Count', 'CmdFlush Count', 'CmdTouch Count', 'CurrConfig Count', 'DecrHits Count', 'DecrMisses Count',
    'DeleteHits Count', 'DeleteMisses Count', 'ExpiredUnfetched Count', 'IncrHits Count', 'IncrMisses Count', 'NewItems Count', 'SlabsMoved Count',
    'TouchHits Count', 'TouchMisses Count',
  ].sort());
});

test('the metrics that constructs offer are among them', () => {
  expect(PUBLISHED_UNITS.redis.get('EngineCPUUtilization')).toBe('Percent');
  expect(PUBLISHED_UNITS.memcached.get('UnusedMemory')).toBe('Bytes');
  expect(PUBLISHED_UNITS.memcached.has('EngineCPUUtilization')).toBe(false);
  expect(PUBLISHED_UNITS.redis.has('GetHits')).toBe(false);
});

test('a metric of both engines has one unit', () => {
  expect([...PUBLISHED_UNITS.redis].filter(([name, unit]) => (PUBLISHED_UNITS.memcached.get(name) ?? unit) !== unit)).toEqual([]);
});

test('percentages that end at 100, the dimension of a serverless cache, and what has no unit', () => {
  expect(METRICS_UP_TO_100_PERCENT).toEqual(['CPUUtilization', 'EngineCPUUtilization', 'CacheHitRate']);
  expect(METRICS_UP_TO_100_PERCENT.map((name) => PUBLISHED_UNITS.redis.get(name))).toEqual(['Percent', 'Percent', 'Percent']);
  expect([SERVERLESS_DIMENSION, NO_UNIT]).toEqual(['clusterId', 'None']);
});
