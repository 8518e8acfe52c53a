import { Construct } from 'constructs';
import { RedisAlarmOptions } from './cache-alarm-options';
import { alarmSource } from './cache-alarms';
import { REDIS_ALARMS } from './redis-alarm-table';
import type { IRedisCluster, RedisClusterBase } from './redis-cluster-base';
import { CacheNodeType } from '../catalog/cache-node-type';
import { AlarmSet, AlarmSource } from '../monitoring/alarm-set';
import { symptomsOf } from '../monitoring/alarm-symptoms';

/** Props of `RedisAlarms`. */
export interface RedisAlarmsProps extends RedisAlarmOptions {
  /** The cluster to watch; of an imported one the `nodeIds` must be known. */
  readonly cluster: IRedisCluster;

  /**
   * Size of the nodes, which thresholds follow from.
   *
   * @default - what is known of the cluster
   */
  readonly nodeType?: CacheNodeType;
}

/**
 * CloudWatch alarms of a Redis OSS or Valkey cluster, also of one that was made elsewhere; a `RedisCluster` brings its own. For every symptom there is
 * one alarm, or one for every ten nodes under a composite.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html
 */
export class RedisAlarms extends AlarmSet {
  /**
   * @param scope the parent.
   * @param id the id below the parent.
   * @param props the cluster, the actions, and what differs from the defaults.
   */
  constructor(scope: Construct, id: string, props: RedisAlarmsProps) {
    super(scope, id, set => sourceOf(set, props));
    (props.cluster as RedisClusterBase)._onScaling(() => this._remake());
  }
}

function sourceOf(set: Construct, { cluster, nodeType, ...options }: RedisAlarmsProps): AlarmSource {
  const known = cluster as RedisClusterBase;
  const nodes = known._watchedNodeIds().length;
  const facts = { ...known._facts, nodes, ...nodeType && { nodeType } };
  const source = alarmSource(set, cluster, options, symptomsOf(REDIS_ALARMS, facts, nodes, options));
  if (!known._facts.isScaled) return source;
  return { ...source, measured: { ...source.measured, metricForWhole: (...asked) => known._metricForGroup(...asked) } };
}
