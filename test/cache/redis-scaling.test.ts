import { Duration, Token } from 'aws-cdk-lib';
import { EnableScalingProps, Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { CacheNodeType, ClusterMode, RedisClusterProps, RedisEngine } from '../../src';
import { faultsOf, newCluster, resourceOf, resourcesOf, warningsOf } from '../helpers';

const TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';
const POLICY = 'AWS::ApplicationAutoScaling::ScalingPolicy';
type Range = Partial<EnableScalingProps>;
const LATER = Token.asNumber({ Ref: 'Most' });
const scalable = (props: Partial<RedisClusterProps> = {}) =>
  newCluster({ clusterMode: ClusterMode.enabled(), nodeType: CacheNodeType.R7G_LARGE, ...props });

/** What a policy follows. */
function trackingOf(cluster: ReturnType<typeof newCluster>): object {
  return resourceOf(cluster, POLICY).Properties.TargetTrackingScalingPolicyConfiguration;
}

describe('shards', () => {
  test('are scaled by the role that Application Auto Scaling has for ElastiCache', () => {
    const cluster = scalable();
    cluster.autoScaleShards({ minCapacity: 2, maxCapacity: 8 });
    expect(resourceOf(cluster, TARGET).Properties).toEqual({
      MinCapacity: 2,
      MaxCapacity: 8,
      ServiceNamespace: 'elasticache',
      ScalableDimension: 'elasticache:replication-group:NodeGroups',
      ResourceId: { 'Fn::Join': ['', ['replication-group/', { Ref: 'Cache18F6EE16' }]] },
      RoleARN: {
        'Fn::Join': ['', [
          'arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' },
          ':role/aws-service-role/elasticache.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ElastiCacheRG',
        ]],
      },
    });
    expect(warningsOf(cluster)).toEqual([]);
  });

  test('are at least one unless said otherwise', () => {
    const cluster = scalable();
    cluster.autoScaleShards({ maxCapacity: 4 });
    expect(resourceOf(cluster, TARGET).Properties.MinCapacity).toBe(1);
  });

  test('follow the CPU of the primaries', () => {
    const cluster = scalable();
    cluster.autoScaleShards({ maxCapacity: 8 }).scaleOnEngineCpuUtilization('Cpu', {
      targetUtilizationPercent: 60, disableScaleIn: true, scaleInCooldown: Duration.minutes(10), scaleOutCooldown: Duration.minutes(5),
    });
    expect(trackingOf(cluster)).toEqual({
      PredefinedMetricSpecification: { PredefinedMetricType: 'ElastiCachePrimaryEngineCPUUtilization' },
      TargetValue: 60,
      DisableScaleIn: true,
      ScaleInCooldown: 600,
      ScaleOutCooldown: 300,
    });
    expect(resourceOf(cluster, POLICY).Properties).toMatchObject({
      PolicyType: 'TargetTrackingScaling', ScalingTargetId: { Ref: 'CacheShardScaling11E04302' }, PolicyName: 'DataCacheShardScalingCpuD28605AA',
    });
  });

  test.each([
    ['memory', CacheNodeType.R7G_LARGE, 'ElastiCacheDatabaseMemoryUsageCountedForEvictPercentage'],
    ['memory and SSD with data tiering', CacheNodeType.R6GD_XLARGE, 'ElastiCacheDatabaseCapacityUsageCountedForEvictPercentage'],
  ])('follow the use of %s', (_name, nodeType, metric) => {
    const cluster = scalable({ nodeType });
    cluster.autoScaleShards({ maxCapacity: 8 }).scaleOnMemoryUsage('Memory', { targetUtilizationPercent: 70 });
    expect(trackingOf(cluster)).toEqual({ PredefinedMetricSpecification: { PredefinedMetricType: metric }, TargetValue: 70 });
    expect(warningsOf(cluster)).toEqual([]);
  });

  test('follow a schedule', () => {
    const cluster = scalable();
    cluster.autoScaleShards({ maxCapacity: 8 }).scaleOnSchedule('Morning', { schedule: Schedule.cron({ hour: '6', minute: '0' }), minCapacity: 4 });
    expect(resourceOf(cluster, TARGET).Properties.ScheduledActions).toEqual([
      { ScheduledActionName: 'Morning', Schedule: 'cron(0 6 * * ? *)', ScalableTargetAction: { MinCapacity: 4 } },
    ]);
  });
});

describe('replicas', () => {
  test('follow their own CPU, beside the shards', () => {
    const cluster = scalable();
    const replicas = cluster.autoScaleReplicas({ maxCapacity: 5 });
    cluster.autoScaleShards({ maxCapacity: 8 });
    replicas.scaleOnEngineCpuUtilization('Cpu', { targetUtilizationPercent: 50 });
    replicas.scaleOnSchedule('Morning', { schedule: Schedule.rate(Duration.days(1)), maxCapacity: 3 });
    expect(trackingOf(cluster)).toEqual({
      PredefinedMetricSpecification: { PredefinedMetricType: 'ElastiCacheReplicaEngineCPUUtilization' }, TargetValue: 50,
    });
    const targets = Object.values(resourcesOf(cluster)).filter(({ Type }) => Type === TARGET).map(({ Properties }) => Properties);
    expect(targets).toMatchObject([
      { ScalableDimension: 'elasticache:replication-group:Replicas', MinCapacity: 1, MaxCapacity: 5, ScheduledActions: [{ ScheduledActionName: 'Morning' }] },
      { ScalableDimension: 'elasticache:replication-group:NodeGroups', MinCapacity: 1, MaxCapacity: 8 },
    ]);
    expect(warningsOf(cluster)).toEqual([]);
  });
});

describe('limits', () => {
  const shards = (props: Partial<RedisClusterProps>, maxCapacity = 4) => faultsOf(() => scalable(props).autoScaleShards({ maxCapacity }));

  test.each([['disabled', ClusterMode.disabled()], ['compatible', ClusterMode.compatible()]])('cluster mode %s is refused', (_name, clusterMode) => {
    expect(shards({ clusterMode })).toEqual([
      'Data/Cache has 1 fault:',
      '- Scaling needs cluster mode enabled, which the group of `Data/Cache` is not: `autoScaleShards` (got "elasticache:replication-group:NodeGroups"). '
      + 'Enable the cluster mode of that group, or do not scale `Data/Cache`. [cdk-data-tier::scaling-cluster-mode]',
    ]);
  });

  test('ranges that cannot be are refused', () => {
    expect(shards({}, 501).at(-1)).toContain('[cdk-data-tier::scaling-shards-range]');
    expect(faultsOf(() => scalable().autoScaleReplicas({ maxCapacity: 6 }))).toEqual([
      'Data/Cache has 1 fault:',
      '- The number of replicas is scaled between 0 and 5: `minCapacity` (got 1), `maxCapacity` (got 6). '
      + 'Set `minCapacity` and `maxCapacity` in that range. [cdk-data-tier::scaling-replicas-range]',
    ]);
  });

  test('ranges that aws-cdk-lib refuses are refused in our own words', () => {
    expect(faultsOf(() => scalable().autoScaleReplicas({ minCapacity: 3, maxCapacity: 2 }))).toEqual([
      'Data/Cache has 1 fault:',
      '- The least is not more than the most: `minCapacity` (got 3), `maxCapacity` (got 2). Lower `minCapacity` or raise `maxCapacity`. '
      + '[cdk-data-tier::scaling-range-order]',
    ]);
    expect(shards({}, -1).join()).toContain('[cdk-data-tier::scaling-shards-range]');
  });

  describe('a schedule', () => {
    const morning = { schedule: Schedule.cron({ hour: '6', minute: '0' }) };
    const schedule = (range: Range) => scalable().autoScaleReplicas({ maxCapacity: 5 }).scaleOnSchedule('Morning', { ...morning, ...range });

    test.each<[string, Range, string]>([
      ['beyond what there can be', { maxCapacity: 6 }, 'scaling-replicas-range'],
      ['with an end that is not whole', { minCapacity: 1.5 }, 'scaling-replicas-range'],
      ['the wrong way round', { minCapacity: 3, maxCapacity: 2 }, 'scaling-range-order'],
      ['without an end', {}, 'scaling-replicas-range'],
    ])('%s is refused', (_name, range, id) => expect(faultsOf(() => schedule(range))[1]).toContain(`[cdk-data-tier::${id}]`));

    test.each<[string, Range]>([
      ['at its bounds', { minCapacity: 0, maxCapacity: 5 }], ['of one number', { minCapacity: 2, maxCapacity: 2 }], ['that only CloudFormation knows', { maxCapacity: LATER }],
    ])('%s is accepted', (_name, range) => expect(() => schedule(range)).not.toThrow());
  });

  test.each([['500 shards', 500, 'Shards'], ['5 replicas', 5, 'Replicas']] as const)('%s are accepted', (_name, maxCapacity, what) => {
    expect(() => scalable()[`autoScale${what}`]({ maxCapacity })).not.toThrow();
  });

  test('node types that AWS does not list are warned of', () => {
    const cluster = scalable({ nodeType: CacheNodeType.T4G_MEDIUM });
    cluster.autoScaleShards({ maxCapacity: 4 });
    expect(warningsOf(cluster)).toEqual([
      'AWS lists scaling for the sizes large, xlarge, 2xlarge of r7g, r6g, r6gd, r5, m7g, m6g, m5, c7gn only, and the nodes of `Data/Cache` are others: '
      + '`autoScaleShards` (got "elasticache:replication-group:NodeGroups"). Choose such a node type for that group, or do not scale `Data/Cache`. '
      + '[ack: cdk-data-tier::scaling-node-type]',
    ]);
  });

  test('an aim that AWS does not offer is warned of', () => {
    const cluster = scalable({ engine: RedisEngine.VALKEY_8_1 });
    cluster.autoScaleShards({ maxCapacity: 4 }).scaleOnEngineCpuUtilization('Cpu', { targetUtilizationPercent: 90 });
    expect(warningsOf(cluster)).toEqual([
      'A policy aims at 35 to 70 percent: `targetUtilizationPercent` (got 90). Set `targetUtilizationPercent` in that range. '
      + '[ack: cdk-data-tier::scaling-target-value]',
    ]);
  });

  test('a second policy for one number is warned of', () => {
    const cluster = scalable();
    cluster.autoScaleShards({ maxCapacity: 4 }).scaleOnEngineCpuUtilization('Cpu', { targetUtilizationPercent: 60 });
    cluster.autoScaleReplicas({ maxCapacity: 4 }).scaleOnEngineCpuUtilization('Cpu', { targetUtilizationPercent: 60 });
    expect(warningsOf(cluster)).toEqual([]);
    const other = scalable();
    const both = other.autoScaleShards({ maxCapacity: 4 });
    both.scaleOnEngineCpuUtilization('Cpu', { targetUtilizationPercent: 60 });
    both.scaleOnMemoryUsage('Memory', { targetUtilizationPercent: 60 });
    expect(warningsOf(other)).toEqual([
      'AWS takes one policy for each of shards and replicas, and `Memory` is a second one. Keep one, and add schedules. [ack: cdk-data-tier::scaling-one-policy]',
    ]);
  });

  test('a number that begins outside the range is warned of', () => {
    const cluster = scalable({ clusterMode: ClusterMode.enabled({ shards: 9 }) });
    cluster.autoScaleShards({ maxCapacity: 8 });
    expect(warningsOf(cluster).join()).toContain('[ack: cdk-data-tier::scaling-first-count]');
  });

  test('one number is scaled once', () => {
    const cluster = scalable();
    cluster.autoScaleReplicas({ maxCapacity: 5 });
    expect(faultsOf(() => cluster.autoScaleReplicas({ maxCapacity: 5 }))).toEqual([
      'Data/Cache has 1 fault:',
      '- `autoScaleReplicas` must be called once (got a second call). Keep what the first one returned. [cdk-data-tier::scaling-once]',
    ]);
  });
});
