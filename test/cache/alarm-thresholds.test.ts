import { CacheNodeType, MemcachedAlarmOptions, RedisAlarmOptions } from '../../src';
import { newCluster, newPool } from '../helpers';
import { alarmsOf } from '../monitoring/alarms';

/** The value of an alarm; undefined where there is none. */
function thresholdOf(alarms: ReturnType<typeof alarmsOf>, key: keyof RedisAlarmOptions | keyof MemcachedAlarmOptions): number | undefined {
  const when = alarms[`${key}-1`]?.when;
  return when === undefined ? undefined : Number(/[<>]=? ([\d.]+),/.exec(when)?.[1]);
}

/**
 * CPU and engine CPU: ElastiCache User Guide, "Which metrics should I monitor?": 90 divided by the number of cores up to 2 vCPUs, 90 of the engine from 4.
 * Connections, four fifths of the ceiling: CloudWatch User Guide, "Recommended alarms". Credits, a tenth of a day's: Amazon EC2 User Guide, "Key concepts
 * for burstable performance instances".
 */
const REDIS: [CacheNodeType, cpu: number | undefined, engineCpu: number | undefined, connections: number, credits: number | undefined][] = [
  [CacheNodeType.T4G_MICRO, 45, undefined, 16000, 28.8],
  [CacheNodeType.T4G_SMALL, 45, undefined, 36800, 57.6],
  [CacheNodeType.T4G_MEDIUM, 45, undefined, 36800, 57.6],
  [CacheNodeType.T3_MICRO, 45, undefined, 16000, 28.8],
  [CacheNodeType.T3_SMALL, 45, undefined, 36800, 57.6],
  [CacheNodeType.T3_MEDIUM, 45, undefined, 36800, 57.6],
  [CacheNodeType.of('cache.t2.micro'), 90, undefined, 16000, 14.4],
  [CacheNodeType.of('cache.t2.small'), 90, undefined, 36800, 28.8],
  [CacheNodeType.of('cache.t2.medium'), 45, undefined, 36800, 57.6],
  [CacheNodeType.M7G_LARGE, 45, undefined, 52000, undefined],
  [CacheNodeType.R7G_LARGE, 45, undefined, 52000, undefined],
  [CacheNodeType.R6G_XLARGE, undefined, 90, 52000, undefined],
  [CacheNodeType.R7G_2XLARGE, undefined, 90, 52000, undefined],
  [CacheNodeType.R7G_16XLARGE, undefined, 90, 52000, undefined],
  [CacheNodeType.M6G_4XLARGE, undefined, 90, 52000, undefined],
  [CacheNodeType.R6GD_XLARGE, undefined, 90, 52000, undefined],
  [CacheNodeType.of('cache.x9g.huge'), undefined, 90, 52000, undefined],
];

test.each(REDIS)('a cluster of %s', (nodeType, ...expected) => {
  const alarms = alarmsOf(newCluster({ nodeType }));
  expect((['cpu', 'engineCpu', 'connections', 'cpuCredits'] as const).map(key => thresholdOf(alarms, key))).toEqual(expected);
});

/** Memcached uses every vCPU: 90 whatever the size, and no engine CPU. */
const MEMCACHED: [CacheNodeType, connections: number, credits: number | undefined][] = [
  [CacheNodeType.T4G_MICRO, 16000, 28.8],
  [CacheNodeType.T4G_MEDIUM, 36800, 57.6],
  [CacheNodeType.M7G_LARGE, 52000, undefined],
  [CacheNodeType.R7G_16XLARGE, 52000, undefined],
];

test.each(MEMCACHED)('a pool of %s', (nodeType, ...expected) => {
  const alarms = alarmsOf(newPool({ nodeType }));
  expect((['cpu', 'engineCpu'] as const).map(key => thresholdOf(alarms, key))).toEqual([90, undefined]);
  expect((['connections', 'cpuCredits'] as const).map(key => thresholdOf(alarms, key))).toEqual(expected);
});
