/**
 * CloudWatch metrics of node-based Redis OSS and Valkey: ElastiCache User Guide, "Metrics for Valkey and Redis OSS"
 * (CacheMetrics.Redis) and "Host-Level Metrics" (CacheMetrics.HostLevel).
 */

/** Namespace of every ElastiCache metric. */
export const CACHE_METRIC_NAMESPACE = 'AWS/ElastiCache';

/**
 * Both together carry every metric, the first alone does not: `ErrorCount`, `TrafficManagementActive` and others have no data under it. CloudWatch User Guide,
 * "Supported metrics" of the resource type AWS::ElastiCache::CacheCluster (supported-metrics).
 */
export const CACHE_NODE_DIMENSIONS = { cluster: 'CacheClusterId', node: 'CacheNodeId' } as const;

/**
 * What is published of a whole replication group, whatever nodes it has, under its id: CloudWatch User Guide, "Supported metrics" of the resource type
 * AWS::ElastiCache::ReplicationGroup (supported-metrics).
 */
export const REPLICATION_GROUP_METRICS = {
  dimension: 'ReplicationGroupId',
  names: ['EngineCPUUtilization', 'DatabaseMemoryUsageCountedForEvictPercentage', 'DatabaseCapacityUsageCountedForEvictPercentage'],
} as const;

/** What has data under both dimensions of a node only, as far as this library knows it: the same page. */
export const METRICS_OF_NODE_ONLY: readonly string[] = [
  'ChannelAuthorizationFailures', 'DatabaseCapacityUsageCountedForEvictPercentage', 'DatabaseCapacityUsagePercentage',
  'DatabaseMemoryUsageCountedForEvictPercentage', 'DurabilityBufferExceededErrorCount', 'DurabilityLag', 'ErrorCount', 'IamAuthenticationExpirations',
  'IamAuthenticationThrottling', 'SuccessfulReadRequestLatency', 'SuccessfulWriteRequestLatency', 'TrafficManagementActive',
];

/** A Redis OSS or Valkey member has one node, and this is its id: ElastiCache User Guide, CacheMetrics.Dimensions. */
export const CACHE_NODE_ID = '0001';

/** How CloudWatch should reduce a period to one number when nothing else is asked. */
export type MetricStatistic = 'Average' | 'Maximum' | 'Minimum' | 'Sum';

/** One metric that a node publishes. */
export interface CacheMetric { readonly name: string; readonly unit: string; readonly statistic: MetricStatistic }

/** Metrics by their official names. */
export interface CacheMetricTable { readonly [name: string]: Omit<CacheMetric, 'name'> | undefined }

/** Metrics of a node of Redis OSS or Valkey. Recommended statistics: CloudWatch User Guide, "Recommended alarms". */
export const CACHE_METRICS = {
  CPUUtilization: { unit: 'Percent', statistic: 'Average' },
  EngineCPUUtilization: { unit: 'Percent', statistic: 'Average' },
  CPUCreditBalance: { unit: 'Count', statistic: 'Minimum' },
  DatabaseMemoryUsagePercentage: { unit: 'Percent', statistic: 'Average' },
  DatabaseCapacityUsagePercentage: { unit: 'Percent', statistic: 'Average' },
  FreeableMemory: { unit: 'Bytes', statistic: 'Minimum' },
  SwapUsage: { unit: 'Bytes', statistic: 'Maximum' },
  Evictions: { unit: 'Count', statistic: 'Sum' },
  CurrConnections: { unit: 'Count', statistic: 'Average' },
  NewConnections: { unit: 'Count', statistic: 'Sum' },
  ReplicationLag: { unit: 'Seconds', statistic: 'Average' },
  MasterLinkHealthStatus: { unit: 'None', statistic: 'Minimum' },
  CacheHits: { unit: 'Count', statistic: 'Sum' },
  CacheMisses: { unit: 'Count', statistic: 'Sum' },
  CacheHitRate: { unit: 'Percent', statistic: 'Average' },
  SuccessfulReadRequestLatency: { unit: 'Microseconds', statistic: 'Average' },
  SuccessfulWriteRequestLatency: { unit: 'Microseconds', statistic: 'Average' },
  ErrorCount: { unit: 'Count', statistic: 'Sum' },
  AuthenticationFailures: { unit: 'Count', statistic: 'Sum' },
  CommandAuthorizationFailures: { unit: 'Count', statistic: 'Sum' },
  KeyAuthorizationFailures: { unit: 'Count', statistic: 'Sum' },
  ChannelAuthorizationFailures: { unit: 'Count', statistic: 'Sum' },
  DurabilityLag: { unit: 'Milliseconds', statistic: 'Maximum' },
  TrafficManagementActive: { unit: 'None', statistic: 'Maximum' },
  NetworkBandwidthInAllowanceExceeded: { unit: 'Count', statistic: 'Sum' },
  NetworkBandwidthOutAllowanceExceeded: { unit: 'Count', statistic: 'Sum' },
  NetworkConntrackAllowanceExceeded: { unit: 'Count', statistic: 'Sum' },
  NetworkPacketsPerSecondAllowanceExceeded: { unit: 'Count', statistic: 'Sum' },
} as const satisfies { [name: string]: Omit<CacheMetric, 'name'> };

/** Metrics of node-based Memcached: "Metrics for Memcached" (CacheMetrics.Memcached) and "Host-Level Metrics" (CacheMetrics.HostLevel). */
export const MEMCACHED_METRICS = {
  CPUUtilization: { unit: 'Percent', statistic: 'Average' },
  CPUCreditBalance: { unit: 'Count', statistic: 'Minimum' },
  FreeableMemory: { unit: 'Bytes', statistic: 'Minimum' },
  SwapUsage: { unit: 'Bytes', statistic: 'Maximum' },
  UnusedMemory: { unit: 'Bytes', statistic: 'Minimum' },
  BytesUsedForCacheItems: { unit: 'Bytes', statistic: 'Average' },
  CurrItems: { unit: 'Count', statistic: 'Average' },
  Evictions: { unit: 'Count', statistic: 'Sum' },
  EvictedUnfetched: { unit: 'Count', statistic: 'Sum' },
  Reclaimed: { unit: 'Count', statistic: 'Sum' },
  CurrConnections: { unit: 'Count', statistic: 'Average' },
  NewConnections: { unit: 'Count', statistic: 'Sum' },
  CmdGet: { unit: 'Count', statistic: 'Sum' },
  CmdSet: { unit: 'Count', statistic: 'Sum' },
  GetHits: { unit: 'Count', statistic: 'Sum' },
  GetMisses: { unit: 'Count', statistic: 'Sum' },
  NetworkBandwidthInAllowanceExceeded: { unit: 'Count', statistic: 'Sum' },
  NetworkBandwidthOutAllowanceExceeded: { unit: 'Count', statistic: 'Sum' },
  NetworkConntrackAllowanceExceeded: { unit: 'Count', statistic: 'Sum' },
  NetworkPacketsPerSecondAllowanceExceeded: { unit: 'Count', statistic: 'Sum' },
} as const satisfies { [name: string]: Omit<CacheMetric, 'name'> };

/** The official name of a metric. */
export type CacheMetricName = keyof typeof CACHE_METRICS;
export type MemcachedMetricName = keyof typeof MEMCACHED_METRICS;

/** The numbers of so many nodes or shards, which count from 1. */
export function numbersTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}

/** Member `my-group-001` of a group without shards; numbers count from 1. ElastiCache User Guide, "Finding connection endpoints" (Endpoints). */
export function memberId(replicationGroupId: string, node: number): string {
  return `${replicationGroupId}-${String(node).padStart(3, '0')}`;
}

/** Member `my-group-0001-001` of one shard of a group with shards. ElastiCache User Guide, "Finding connection endpoints" (Endpoints). */
export function shardMemberId(replicationGroupId: string, shardId: string, node: number): string {
  return memberId(`${replicationGroupId}-${shardId.padStart(4, '0')}`, node);
}

/** Node `0002` of a Memcached cluster; numbers count from 1. ElastiCache User Guide, CacheMetrics.Dimensions and "Finding connection endpoints" (Endpoints). */
export function memcachedNodeId(node: number): string {
  return String(node).padStart(4, '0');
}
