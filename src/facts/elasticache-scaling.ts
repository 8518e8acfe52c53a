/** Application Auto Scaling of node-based Redis OSS and Valkey: ElastiCache User Guide, "Auto Scaling" (AutoScaling) and the pages below it. */

/** Application Auto Scaling API Reference, RegisterScalableTarget (ServiceNamespace). */
export const SCALING_NAMESPACE = 'elasticache';

/** Application Auto Scaling API Reference, RegisterScalableTarget (ScalableDimension). */
export const SCALING_DIMENSIONS = { shards: 'elasticache:replication-group:NodeGroups', replicas: 'elasticache:replication-group:Replicas' } as const;

/** ElastiCache User Guide, "Auto Scaling" (AutoScaling). */
export const SCALING_FAMILIES = ['r7g', 'r6g', 'r6gd', 'r5', 'm7g', 'm6g', 'm5', 'c7gn'] as const;

/** ElastiCache User Guide, "Auto Scaling" (AutoScaling). */
export const SCALING_SIZES = ['large', 'xlarge', '2xlarge'] as const;

/** ElastiCache User Guide, "Target tracking scaling policies" (AutoScaling-Scaling-Policies-Target, AutoScaling-Scaling-Policies-Replicas-Replicas). */
export const SCALING_METRICS = {
  primaryCpu: 'ElastiCachePrimaryEngineCPUUtilization',
  replicaCpu: 'ElastiCacheReplicaEngineCPUUtilization',
  capacity: 'ElastiCacheDatabaseCapacityUsageCountedForEvictPercentage',
  memory: 'ElastiCacheDatabaseMemoryUsageCountedForEvictPercentage',
} as const;

/** ElastiCache User Guide, "Target tracking scaling policies" (AutoScaling-Scaling-Policies-Target): percent that a policy may aim at. */
export const SCALING_TARGET_PERCENT = { min: 35, max: 70 } as const;
