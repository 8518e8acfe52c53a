import { BaseTargetTrackingProps, PredefinedMetric, ScalingSchedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { RedisScaler } from './redis-scaler';

/** A use that is held by scaling. */
export interface RedisScalingProps extends BaseTargetTrackingProps {
  /**
   * Percent to aim at; AWS offers 35 to 70.
   *
   * Update: in place.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoScaling-Scaling-Policies-Target.html
   */
  readonly targetUtilizationPercent: number;
}

/**
 * The number of shards of a cluster, as it is scaled: by CPU or by memory, because AWS takes one policy for the shards, and by any schedules.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoScaling-Using-Shards.html
 */
export class ScalableShardCount {
  /** @internal */
  public static _of(scaler: RedisScaler): ScalableShardCount {
    return new ScalableShardCount(scaler);
  }

  private constructor(private readonly scaler: RedisScaler) {}

  /**
   * Adds and removes shards so that the primaries' engines are in use as asked.
   *
   * @param id the name of the policy below the cluster.
   * @param props the use to aim at.
   */
  public scaleOnEngineCpuUtilization(id: string, props: RedisScalingProps): void {
    this.scaler.track(id, PredefinedMetric.ELASTICACHE_PRIMARY_ENGINE_CPU_UTILIZATION, props);
  }

  /**
   * Adds and removes shards so that the memory that counts for eviction is in use as asked; with data tiering, memory and SSD together.
   *
   * @param id the name of the policy below the cluster.
   * @param props the use to aim at.
   */
  public scaleOnMemoryUsage(id: string, props: RedisScalingProps): void {
    this.scaler.track(id, this.scaler.dataTiering
      ? PredefinedMetric.ELASTICACHE_DATABASE_CAPACITY_USAGE_COUNTED_FOR_EVICT_PERCENTAGE
      : PredefinedMetric.ELASTICACHE_DATABASE_MEMORY_USAGE_COUNTED_FOR_EVICT_PERCENTAGE, props);
  }

  /**
   * Changes the range at given times.
   *
   * @param id the name of the schedule below the cluster.
   * @param schedule when, and what range.
   */
  public scaleOnSchedule(id: string, schedule: ScalingSchedule): void {
    this.scaler.schedule(id, schedule);
  }
}

/**
 * The number of replicas of every shard of a cluster, as it is scaled.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoScaling-Using-Replicas.html
 */
export class ScalableReplicaCount {
  /** @internal */
  public static _of(scaler: RedisScaler): ScalableReplicaCount {
    return new ScalableReplicaCount(scaler);
  }

  private constructor(private readonly scaler: RedisScaler) {}

  /**
   * Adds and removes replicas so that the replicas' engines are in use as asked.
   *
   * @param id the name of the policy below the cluster.
   * @param props the use to aim at.
   */
  public scaleOnEngineCpuUtilization(id: string, props: RedisScalingProps): void {
    this.scaler.track(id, PredefinedMetric.ELASTICACHE_REPLICA_ENGINE_CPU_UTILIZATION, props);
  }

  /**
   * Changes the range at given times.
   *
   * @param id the name of the schedule below the cluster.
   * @param schedule when, and what range.
   */
  public scaleOnSchedule(id: string, schedule: ScalingSchedule): void {
    this.scaler.schedule(id, schedule);
  }
}
