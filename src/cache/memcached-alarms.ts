import { Construct } from 'constructs';
import { MemcachedAlarmOptions } from './cache-alarm-options';
import { alarmSource } from './cache-alarms';
import { MEMCACHED_ALARMS } from './memcached-alarm-table';
import type { IMemcachedPool, MemcachedPoolBase } from './memcached-pool-base';
import { CacheNodeType } from '../catalog/cache-node-type';
import { AlarmSet, AlarmSource } from '../monitoring/alarm-set';
import { symptomsOf } from '../monitoring/alarm-symptoms';

/** Props of `MemcachedAlarms`. */
export interface MemcachedAlarmsProps extends MemcachedAlarmOptions {
  /** The pool to watch; of an imported one the `nodeIds` must be known. */
  readonly pool: IMemcachedPool;

  /**
   * Size of the nodes, which thresholds follow from.
   *
   * @default - what is known of the pool
   */
  readonly nodeType?: CacheNodeType;
}

/**
 * CloudWatch alarms of a Memcached pool, also of one that was made elsewhere; a `MemcachedPool` brings its own. For every symptom there is one alarm,
 * or one for every ten nodes under a composite.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html
 */
export class MemcachedAlarms extends AlarmSet {
  /**
   * @param scope the parent.
   * @param id the id below the parent.
   * @param props the pool, the actions, and what differs from the defaults.
   */
  constructor(scope: Construct, id: string, props: MemcachedAlarmsProps) {
    super(scope, id, set => sourceOf(set, props));
  }
}

function sourceOf(set: Construct, { pool, nodeType, ...options }: MemcachedAlarmsProps): AlarmSource {
  const known = pool as MemcachedPoolBase;
  const nodes = known._watchedNodeIds().length;
  return alarmSource(set, pool, options, symptomsOf(MEMCACHED_ALARMS, { nodeType: nodeType ?? known._nodeType, nodes }, nodes, options));
}
