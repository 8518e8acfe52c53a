import * as scaling from '../../src/facts/elasticache-scaling';

test('the words and figures of the guide', () => {
  expect({ ...scaling }).toEqual({
    SCALING_NAMESPACE: 'elasticache',
    SCALING_DIMENSIONS: { shards: 'elasticache:replication-group:NodeGroups', replicas: 'elasticache:replication-group:Replicas' },
    SCALING_FAMILIES: ['r7g', 'r6g', 'r6gd', 'r5', 'm7g', 'm6g', 'm5', 'c7gn'],
    SCALING_SIZES: ['large', 'xlarge', '2xlarge'],
    SCALING_METRICS: {
      primaryCpu: 'ElastiCachePrimaryEngineCPUUtilization',
      replicaCpu: 'ElastiCacheReplicaEngineCPUUtilization',
      capacity: 'ElastiCacheDatabaseCapacityUsageCountedForEvictPercentage',
      memory: 'ElastiCacheDatabaseMemoryUsageCountedForEvictPercentage',
    },
    SCALING_TARGET_PERCENT: { min: 35, max: 70 },
  });
});
