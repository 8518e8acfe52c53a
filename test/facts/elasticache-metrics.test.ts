import { PUBLISHED_UNITS } from '../../src/facts/cloudwatch-cache-metrics';
import {
  CACHE_METRIC_NAMESPACE, CACHE_METRICS, CACHE_NODE_DIMENSIONS, CACHE_NODE_ID, memberId, MEMCACHED_METRICS, memcachedNodeId, METRICS_OF_NODE_ONLY,
  numbersTo, REPLICATION_GROUP_METRICS, shardMemberId,
} from '../../src/facts/elasticache-metrics';

test('namespace, dimensions and ids', () => {
  expect(CACHE_METRIC_NAMESPACE).toBe('AWS/ElastiCache');
  expect(CACHE_NODE_DIMENSIONS).toEqual({ cluster: 'CacheClusterId', node: 'CacheNodeId' });
  expect(CACHE_NODE_ID).toBe('0001');
  expect([memberId('my-rg', 1), memberId('my-rg', 12)]).toEqual(['my-rg-001', 'my-rg-012']);
  expect([shardMemberId('my-rg', '0001', 1), shardMemberId('my-rg', '7', 2), shardMemberId('my-rg', '9999', 6)]).toEqual([
    'my-rg-0001-001', 'my-rg-0007-002', 'my-rg-9999-006',
  ]);
  expect(numbersTo(3).map(memcachedNodeId)).toEqual(['0001', '0002', '0003']);
  expect([memcachedNodeId(60), numbersTo(0)]).toEqual(['0060', []]);
});

test('what a group has as a whole, and what a node has under both dimensions only, is of Redis OSS and Valkey', () => {
  expect(REPLICATION_GROUP_METRICS).toEqual({
    dimension: 'ReplicationGroupId',
    names: ['EngineCPUUtilization', 'DatabaseMemoryUsageCountedForEvictPercentage', 'DatabaseCapacityUsageCountedForEvictPercentage'],
  });
  expect(METRICS_OF_NODE_ONLY).toHaveLength(12);
  const unpublished = [...REPLICATION_GROUP_METRICS.names, ...METRICS_OF_NODE_ONLY].filter(name => !PUBLISHED_UNITS.redis.has(name));
  // "Metrics for Valkey and Redis OSS" does not list it, "Supported metrics" does.
  expect(unpublished).toEqual(['DurabilityBufferExceededErrorCount']);
  expect(METRICS_OF_NODE_ONLY.filter(name => PUBLISHED_UNITS.memcached.has(name))).toEqual([]);
});

test('metrics by their official names', () => {
  expect(Object.entries(CACHE_METRICS).map(([name, { unit, statistic }]) => `${name} ${unit} ${statistic}`)).toEqual([
    'CPUUtilization Percent Average',
    'EngineCPUUtilization Percent Average',
    'CPUCreditBalance Count Minimum',
    'DatabaseMemoryUsagePercentage Percent Average',
    'DatabaseCapacityUsagePercentage Percent Average',
    'FreeableMemory Bytes Minimum',
    'SwapUsage Bytes Maximum',
    'Evictions Count Sum',
    'CurrConnections Count Average',
    'NewConnections Count Sum',
    'ReplicationLag Seconds Average',
    'MasterLinkHealthStatus None Minimum',
    'CacheHits Count Sum',
    'CacheMisses Count Sum',
    'CacheHitRate Percent Average',
    'SuccessfulReadRequestLatency Microseconds Average',
    'SuccessfulWriteRequestLatency Microseconds Average',
    'ErrorCount Count Sum',
    'AuthenticationFailures Count Sum',
    'CommandAuthorizationFailures Count Sum',
    'KeyAuthorizationFailures Count Sum',
    'ChannelAuthorizationFailures Count Sum',
    'DurabilityLag Milliseconds Maximum',
    'TrafficManagementActive None Maximum',
    'NetworkBandwidthInAllowanceExceeded Count Sum',
    'NetworkBandwidthOutAllowanceExceeded Count Sum',
    'NetworkConntrackAllowanceExceeded Count Sum',
    'NetworkPacketsPerSecondAllowanceExceeded Count Sum',
  ]);
});

test('metrics of Memcached by their official names', () => {
  expect(Object.entries(MEMCACHED_METRICS).map(([name, { unit, statistic }]) => `${name} ${unit} ${statistic}`)).toEqual([
    'CPUUtilization Percent Average',
    'CPUCreditBalance Count Minimum',
    'FreeableMemory Bytes Minimum',
    'SwapUsage Bytes Maximum',
    'UnusedMemory Bytes Minimum',
    'BytesUsedForCacheItems Bytes Average',
    'CurrItems Count Average',
    'Evictions Count Sum',
    'EvictedUnfetched Count Sum',
    'Reclaimed Count Sum',
    'CurrConnections Count Average',
    'NewConnections Count Sum',
    'CmdGet Count Sum',
    'CmdSet Count Sum',
    'GetHits Count Sum',
    'GetMisses Count Sum',
    'NetworkBandwidthInAllowanceExceeded Count Sum',
    'NetworkBandwidthOutAllowanceExceeded Count Sum',
    'NetworkConntrackAllowanceExceeded Count Sum',
    'NetworkPacketsPerSecondAllowanceExceeded Count Sum',
  ]);
});
