import { say, testRules } from './cases';
import { scalableTargetRules, scalingPolicyRules } from '../../src/rules/cache-scaling';
import { Description, Properties, PropertyValue, Surroundings, UNKNOWN } from '../../src/rules/rule';

const SHARDS = { ServiceNamespace: 'elasticache', ScalableDimension: 'elasticache:replication-group:NodeGroups', ResourceId: 'replication-group/a' };
const REPLICAS = { ...SHARDS, ScalableDimension: 'elasticache:replication-group:Replicas' };
const ECS = { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount', ResourceId: 'service/a/b' };
const MEMCACHED = { ServiceNamespace: 'elasticache', ScalableDimension: 'elasticache:cache-cluster:Nodes', ResourceId: 'cache-cluster/a' };

const CLUSTERED = { ClusterMode: 'enabled', CacheNodeType: 'cache.r7g.large', Engine: 'redis', EngineVersion: '7.1' };
const range = (min: number, max: number) => ({ MinCapacity: min, MaxCapacity: max });

/** The resources that a property refers to. */
const behind = (property: string, ...resources: Description[]): Surroundings => ({ behind: (name) => name === property ? resources : [] });
const group = (properties: Properties): Description => ({ type: 'AWS::ElastiCache::ReplicationGroup', properties });
const parameters = (value: PropertyValue): Description =>
  ({ type: 'AWS::ElastiCache::ParameterGroup', properties: { Properties: { 'cluster-enabled': value } } });
const target = (properties: Properties): Description => ({ type: 'AWS::ApplicationAutoScaling::ScalableTarget', properties });
const of = (properties: Properties, ...others: Description[]) => behind('ResourceId', ...others, group({ ...CLUSTERED, ...properties }));

const RANGE = 'The number of % is scaled between % and %: `MinCapacity` (%), `MaxCapacity` (%). Set `MinCapacity` and `MaxCapacity` in that range.';
const OUTSIDE = 'A group that begins outside the range is scaled into it at once: `MinCapacity` (got %), `MaxCapacity` (got %). '
  + 'Set `MinCapacity` and `MaxCapacity` around the number that the group begins with.';
const MODE = 'Scaling needs cluster mode enabled, which the group of `ResourceId` is not: `ScalableDimension` (got "elasticache:replication-group:NodeGroups"). '
  + 'Enable the cluster mode of that group, or do not scale `ResourceId`.';
const VERSION = 'Scaling needs Redis OSS 6.0 or later, or 7.0 with data tiering, or Valkey, which the group of `ResourceId` does not run: '
  + '`ScalableDimension` (got "elasticache:replication-group:NodeGroups"). Raise the engine version of that group, or do not scale `ResourceId`.';
const NODES = 'AWS lists scaling for the sizes large, xlarge, 2xlarge of r7g, r6g, r6gd, r5, m7g, m6g, m5, c7gn only, and the nodes of `ResourceId` are others: '
  + '`ScalableDimension` (got "elasticache:replication-group:Replicas"). Choose such a node type for that group, or do not scale `ResourceId`.';

/** What the rules of a scaled count leave to others. */
const IDENTITY = ['ResourceId', 'ServiceNamespace'];

describe('targets', () => testRules(scalableTargetRules, {
  'scaling-namespace': {
    severity: 'error',
    indifferentTo: ['ResourceId'],
    legal: [[SHARDS], [REPLICAS], [ECS], [MEMCACHED], [{}]],
    faults: [[
      'What ElastiCache scales is in the namespace elasticache: `ServiceNamespace` (got "rds"), '
        + '`ScalableDimension` (got "elasticache:replication-group:Replicas"). Set `ServiceNamespace` to elasticache.',
      { ...REPLICAS, ServiceNamespace: 'rds' },
    ]],
  },
  'scaling-dimension': {
    severity: 'error',
    legal: [[SHARDS], [REPLICAS], [ECS], [MEMCACHED], [{ ServiceNamespace: 'elasticache' }], [{ ...ECS, ResourceId: 'replication-group/a' }]],
    faults: [[
      'Of a replication group elasticache:replication-group:NodeGroups or elasticache:replication-group:Replicas is scaled: '
        + '`ScalableDimension` (got "elasticache:replication-group:Shards"). Set `ScalableDimension` to one of them.',
      { ...SHARDS, ScalableDimension: 'elasticache:replication-group:Shards' },
    ]],
  },
  'scaling-resource': {
    severity: 'error',
    indifferentTo: ['ServiceNamespace'],
    legal: [[SHARDS], [REPLICAS], [ECS], [MEMCACHED]],
    faults: ['a', 'cache-cluster/a', 'replication-group/', 'replication-group/a/b', 'xreplication-group/a'].map((id) => [
      say('A replication group is named by replication-group/ and its id: `ResourceId` (got "%"). Write `ResourceId` in that form.', id),
      { ...SHARDS, ResourceId: id },
    ]),
  },
  'scaling-shards-range': {
    severity: 'error',
    indifferentTo: IDENTITY,
    legal: [[{ ...SHARDS, ...range(1, 500) }], [{ ...REPLICAS, ...range(0, 9) }], [{ ...ECS, ...range(0, 1000) }]],
    faults: [
      [say(RANGE, 'shards', '1', '500', 'got 0', 'got 5'), { ...SHARDS, ...range(0, 5) }],
      [say(RANGE, 'shards', '1', '500', 'got 1', 'got 501'), { ...SHARDS, ...range(1, 501) }],
      [say(RANGE, 'shards', '1', '500', 'not set', 'got 5'), { ...SHARDS, MaxCapacity: 5 }],
    ],
  },
  'scaling-replicas-range': {
    severity: 'error',
    indifferentTo: IDENTITY,
    legal: [[{ ...REPLICAS, ...range(0, 5) }], [{ ...SHARDS, ...range(1, 6) }], [{ ...ECS, ...range(0, 1000) }]],
    faults: [
      [say(RANGE, 'replicas', '0', '5', 'got -1', 'got 5'), { ...REPLICAS, ...range(-1, 5) }],
      [say(RANGE, 'replicas', '0', '5', 'got 1', 'got 6'), { ...REPLICAS, ...range(1, 6) }],
      [say(RANGE, 'replicas', '0', '5', 'got 1', 'not set'), { ...REPLICAS, MinCapacity: 1 }],
    ],
  },
  'scaling-range-order': {
    severity: 'error',
    indifferentTo: IDENTITY,
    legal: [[{ ...SHARDS, ...range(2, 2) }], [{ ...SHARDS, ...range(1, 2) }], [{ ...ECS, ...range(3, 2) }], [SHARDS]],
    faults: [[
      'The least is not more than the most: `MinCapacity` (got 3), `MaxCapacity` (got 2). Lower `MinCapacity` or raise `MaxCapacity`.',
      { ...SHARDS, ...range(3, 2) },
    ]],
  },
  'scaling-to-no-replica': {
    severity: 'warning',
    indifferentTo: IDENTITY,
    legal: [[{ ...REPLICAS, MinCapacity: 1 }], [{ ...SHARDS, MinCapacity: 0 }], [{ ...ECS, MinCapacity: 0 }]],
    faults: [[
      'Scaling may take the last replica of every shard, and failover with it: `MinCapacity` (got 0). Set `MinCapacity` to at least 1.',
      { ...REPLICAS, MinCapacity: 0 },
    ]],
  },
  'scaling-first-count': {
    severity: 'warning',
    indifferentTo: IDENTITY,
    legal: [
      [{ ...SHARDS, ...range(2, 5) }],
      [{ ...SHARDS, ...range(2, 5) }, of({ NumNodeGroups: 2 })],
      [{ ...SHARDS, ...range(2, 5) }, of({ NumNodeGroups: 5 })],
      [{ ...SHARDS, ...range(2, 5) }, of({ NumNodeGroups: UNKNOWN })],
      [{ ...SHARDS, ...range(2, 5) }, of({ NodeGroupConfiguration: UNKNOWN })],
      [{ ...SHARDS, ...range(2, 5) }, of({ NodeGroupConfiguration: [{}, {}] })],
      [{ ...REPLICAS, ...range(2, 5) }, of({ NumNodeGroups: 1, ReplicasPerNodeGroup: 2 })],
      [{ ...REPLICAS, ...range(2, 5) }, of({ NumNodeGroups: 1 })],
      [{ ...ECS, ...range(2, 5) }, of({ NumNodeGroups: 1 })],
      [SHARDS, of({ NumNodeGroups: 1 })],
    ],
    faults: [
      [say(OUTSIDE, '2', '5'), { ...SHARDS, ...range(2, 5) }, of({ NumNodeGroups: 1 })],
      [say(OUTSIDE, '2', '5'), { ...SHARDS, ...range(2, 5) }, of({ NumNodeGroups: 6 })],
      [say(OUTSIDE, '2', '5'), { ...REPLICAS, ...range(2, 5) }, of({ NumNodeGroups: 3, ReplicasPerNodeGroup: 1 })],
    ],
  },
  'scaling-cluster-mode': {
    severity: 'error',
    indifferentTo: IDENTITY,
    legal: [
      [SHARDS],
      [SHARDS, of({})],
      [SHARDS, of({ ClusterMode: undefined, NumNodeGroups: 2 })],
      [SHARDS, of({ ClusterMode: undefined })],
      [SHARDS, of({ ClusterMode: undefined }, parameters('yes'))],
      [SHARDS, of({ ClusterMode: UNKNOWN }, parameters('no'))],
      [ECS, of({ ClusterMode: 'disabled' })],
      [SHARDS, behind('ResourceId', parameters('no'))],
    ],
    faults: [
      [MODE, SHARDS, of({ ClusterMode: 'disabled' })],
      [MODE, SHARDS, of({ ClusterMode: 'compatible' })],
      [MODE, SHARDS, of({ ClusterMode: undefined }, parameters('no'))],
    ],
  },
  'scaling-engine-version': {
    severity: 'error',
    indifferentTo: IDENTITY,
    legal: [
      [SHARDS],
      [SHARDS, of({ EngineVersion: '6.0' })],
      [SHARDS, of({ Engine: 'valkey', EngineVersion: '7.2' })],
      [SHARDS, of({ EngineVersion: UNKNOWN })],
      [SHARDS, of({ CacheNodeType: 'cache.r6gd.xlarge', EngineVersion: '7.0' })],
      [SHARDS, of({ CacheNodeType: 'cache.r6gd.xlarge', Engine: 'valkey', EngineVersion: '7.2' })],
      [ECS, of({ EngineVersion: '5.0.6' })],
    ],
    faults: [
      [VERSION, SHARDS, of({ EngineVersion: '5.0.6' })],
      [VERSION, SHARDS, of({ CacheNodeType: 'cache.r6gd.xlarge', EngineVersion: '6.2' })],
    ],
  },
  'scaling-node-type': {
    severity: 'warning',
    indifferentTo: IDENTITY,
    legal: [
      [REPLICAS],
      [REPLICAS, of({ CacheNodeType: 'cache.m5.2xlarge' })],
      [REPLICAS, of({ CacheNodeType: 'cache.z9.huge' })],
      [REPLICAS, of({ CacheNodeType: UNKNOWN })],
      [ECS, of({ CacheNodeType: 'cache.t4g.medium' })],
    ],
    faults: ['cache.t4g.medium', 'cache.r8g.large', 'cache.r7g.4xlarge'].map((type) => [NODES, REPLICAS, of({ CacheNodeType: type })]),
  },
  'scaling-global-datastore': {
    severity: 'warning',
    indifferentTo: IDENTITY,
    legal: [[SHARDS], [SHARDS, of({})], [ECS, of({ GlobalReplicationGroupId: 'a' })]],
    faults: [[
      'A group of a Global Datastore is not scaled, and that of `ResourceId` is one: `ScalableDimension` (got "elasticache:replication-group:NodeGroups"). '
        + 'Take the group out of the Global Datastore, or do not scale `ResourceId`.',
      SHARDS,
      of({ GlobalReplicationGroupId: UNKNOWN }),
    ]],
  },
}));

const CPU = 'ElastiCachePrimaryEngineCPUUtilization';
const REPLICA_CPU = 'ElastiCacheReplicaEngineCPUUtilization';
const MEMORY = 'ElastiCacheDatabaseMemoryUsageCountedForEvictPercentage';
const CAPACITY = 'ElastiCacheDatabaseCapacityUsageCountedForEvictPercentage';
const PATH = 'TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.PredefinedMetricType';
const METRIC = `AWS lists ${CPU}, ${CAPACITY}, ${MEMORY} for shards and ${REPLICA_CPU} for replicas: \`${PATH}\` (got "%"). `
  + `Set \`${PATH}\` to one for what is scaled.`;
const TIERED = `Data tiering fills the memory by design, so that it says nothing of the load: \`${PATH}\` (got "${MEMORY}"). Set \`${PATH}\` to ${CAPACITY}.`;
const VALUE = 'A policy aims at 35 to 70 percent: `TargetTrackingScalingPolicyConfiguration.TargetValue` (got %). '
  + 'Set `TargetTrackingScalingPolicyConfiguration.TargetValue` in that range.';
const STEPS = 'Shards and replicas are scaled by target tracking, not in steps: `PolicyType` (got "StepScaling"). Set `PolicyType` to TargetTrackingScaling.';

const tracks = (metric: PropertyValue, value: PropertyValue = 50): Properties => ({
  PolicyType: 'TargetTrackingScaling',
  TargetTrackingScalingPolicyConfiguration: { PredefinedMetricSpecification: { PredefinedMetricType: metric }, TargetValue: value },
});
const onTarget = (properties: Properties, ...others: Description[]) => behind('ScalingTargetId', ...others, target(properties));
const tiered = group({ CacheNodeType: 'cache.r6gd.xlarge' });

describe('policies', () => testRules(scalingPolicyRules, {
  'scaling-policy-type': {
    severity: 'error',
    legal: [
      [{ PolicyType: 'StepScaling' }],
      [{ PolicyType: 'StepScaling' }, onTarget(ECS)],
      [{ PolicyType: 'StepScaling' }, behind('ScalingTargetId', group(SHARDS))],
      [{ PolicyType: 'TargetTrackingScaling' }, onTarget(SHARDS)],
      [{ PolicyType: 'StepScaling', ScalableDimension: ECS.ScalableDimension }, onTarget(SHARDS)],
    ],
    faults: [
      [STEPS, { PolicyType: 'StepScaling' }, onTarget(SHARDS)],
      [STEPS, { PolicyType: 'StepScaling', ScalableDimension: REPLICAS.ScalableDimension }],
    ],
  },
  'scaling-metric': {
    severity: 'warning',
    indifferentTo: ['PolicyType'],
    legal: [
      ...[CPU, CAPACITY, MEMORY].map((metric): [Properties, Surroundings] => [tracks(metric), onTarget(SHARDS)]),
      [tracks(REPLICA_CPU), onTarget(REPLICAS)],
      [tracks('ECSServiceAverageCPUUtilization'), onTarget(ECS)],
      [tracks(REPLICA_CPU)],
      [tracks(undefined), onTarget(SHARDS)],
    ],
    faults: [
      [say(METRIC, REPLICA_CPU), tracks(REPLICA_CPU), onTarget(SHARDS)],
      [say(METRIC, CPU), tracks(CPU), onTarget(REPLICAS)],
      [say(METRIC, MEMORY), tracks(MEMORY), onTarget(REPLICAS)],
      [say(METRIC, CAPACITY), { ...tracks(CAPACITY), ScalableDimension: REPLICAS.ScalableDimension }],
    ],
  },
  'scaling-metric-data-tiering': {
    severity: 'warning',
    indifferentTo: ['PolicyType'],
    legal: [
      [tracks(MEMORY), onTarget(SHARDS)],
      [tracks(MEMORY), onTarget(SHARDS, group(CLUSTERED))],
      [tracks(CAPACITY), onTarget(SHARDS, tiered)],
      [tracks(CPU), onTarget(SHARDS, tiered)],
      [tracks(MEMORY), behind('ResourceId', group(CLUSTERED))],
    ],
    faults: [
      [TIERED, tracks(MEMORY), onTarget(SHARDS, tiered)],
      [TIERED, tracks(MEMORY), behind('ResourceId', tiered)],
    ],
  },
  'scaling-target-value': {
    severity: 'warning',
    indifferentTo: ['PolicyType'],
    legal: [
      [tracks(CPU, 35), onTarget(SHARDS)],
      [tracks(CPU, 70), onTarget(SHARDS)],
      [tracks(undefined, 1000), onTarget(SHARDS)],
      [tracks(CPU, undefined), onTarget(SHARDS)],
      [tracks('ECSServiceAverageCPUUtilization', 80), onTarget(ECS)],
      [tracks(CPU, 80)],
    ],
    faults: [
      [say(VALUE, '34.9'), tracks(CPU, 34.9), onTarget(SHARDS)],
      [say(VALUE, '71'), tracks(REPLICA_CPU, 71), onTarget(REPLICAS)],
    ],
  },
}));
