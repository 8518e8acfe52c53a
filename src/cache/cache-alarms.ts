import { Construct } from 'constructs';
import { CacheAlarmOptions } from './cache-alarm-options';
import type { CacheBase, ICache } from './cache-base';
import { CacheNodeType } from '../catalog/cache-node-type';
import { CONNECTIONS_PER_NODE, CPU_CREDITS_PER_HOUR } from '../facts/elasticache-limits';
import { NODE_TYPES } from '../facts/elasticache-node-types';
import { AlarmDefinition, AlarmTable } from '../monitoring/alarm-definition';
import { AlarmOptions, AlarmSeverity } from '../monitoring/alarm-options';
import { AlarmSource } from '../monitoring/alarm-set';
import { Symptom } from '../monitoring/alarm-symptoms';

/** The alarms that caches of every engine have. */

const GUIDE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg';
export const WHICH_METRICS = `${GUIDE}/CacheMetrics.WhichShouldIMonitor.html`;
export const REDIS_METRICS = `${GUIDE}/CacheMetrics.Redis.html`;
export const MEMCACHED_METRICS = `${GUIDE}/CacheMetrics.Memcached.html`;
const HOST_METRICS = `${GUIDE}/CacheMetrics.HostLevel.html`;

/** What alarms know of the nodes of a cache. */
export interface NodeFacts {
  /** Undefined where it is not known. */
  readonly nodeType?: CacheNodeType;
  readonly nodes: number;
  /** Whether nodes come and go by themselves. */
  readonly isScaled?: boolean;
}

/** ElastiCache User Guide, "Which metrics should I monitor?": free memory below it is memory pressure. */
const LITTLE_MEMORY = 100_000_000;

/** Below so many look-ups in a period a hit rate says nothing. */
const FEW_LOOK_UPS = 100;

const SHARE_OF_CONNECTIONS = 0.8;

/** What a node keeps at most is what it earns in a day. */
const HOURS_OF_CREDITS = 24;

const SHARE_OF_CREDITS = 1 / 10;

/** Amazon EC2 User Guide, "Key concepts for burstable performance instances": what burstable nodes of sizes small and medium use without spending credits. */
const BASELINE_PERCENT = 20;

/** More than any node keeps. */
const MANY_CREDITS = 1000;

export const CPU_ALARM = {
  reading: { worstOf: ['CPUUtilization'] },
  statistic: 'Average',
  periodMinutes: 1,
  comparison: '>',
  evaluationPeriods: 5,
  datapointsToAlarm: 5,
  severity: AlarmSeverity.CRITICAL,
  essential: true,
  unit: 'percent',
  symptom: 'The CPU of a node is busy for more than {threshold} percent',
  runbook: WHICH_METRICS,
} as const;

export const CACHE_ALARMS = {
  evictions: {
    reading: { worstOf: ['Evictions'] },
    statistic: 'Sum',
    periodMinutes: 5,
    comparison: '>',
    threshold: () => 100,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    severity: AlarmSeverity.WARNING,
    essential: true,
    unit: 'count',
    symptom: 'A node drops more than {threshold} keys in 5 minutes because its memory is full',
    remedy: 'Choose larger nodes or more of them, or let keys expire sooner.',
    runbook: WHICH_METRICS,
    why: 'Some evictions are how a cache works; a hundred in 5 minutes, twice, is a cache that is too small.',
  },
  connections: {
    reading: { worstOf: ['CurrConnections'] },
    statistic: 'Average',
    periodMinutes: 1,
    comparison: '>',
    threshold: connectionsThreshold,
    evaluationPeriods: 10,
    datapointsToAlarm: 10,
    severity: AlarmSeverity.WARNING,
    essential: true,
    unit: 'count',
    symptom: 'A node has more than {threshold} connections and will soon refuse new ones',
    remedy: 'Look for clients that do not reuse connections, and give them a pool.',
    runbook: WHICH_METRICS,
    why: 'Four fifths of 65 000 connections, of 20 000 on burstable nodes of size micro, of 46 000 on those of sizes small and medium.',
  },
  freeMemory: {
    reading: { worst: 'IF(SwapUsage > FreeableMemory, 0, FreeableMemory)', of: ['SwapUsage', 'FreeableMemory'] },
    statistic: 'Average',
    periodMinutes: 1,
    comparison: '<',
    threshold: () => LITTLE_MEMORY,
    evaluationPeriods: 5,
    datapointsToAlarm: 5,
    severity: AlarmSeverity.WARNING,
    unit: 'bytes',
    symptom: 'A host has less than {threshold} bytes of free memory, or more swap in use than memory free',
    remedy: 'Reserve more memory or choose larger nodes.',
    runbook: WHICH_METRICS,
    why: 'AWS: FreeableMemory close to 0 (below 100 MB), or SwapUsage above FreeableMemory, is a node under memory pressure.',
  },
  nodes: {
    reading: { missing: 'CPUUtilization' },
    statistic: 'Average',
    periodMinutes: 1,
    comparison: '>',
    threshold: () => 0,
    evaluationPeriods: 5,
    datapointsToAlarm: 5,
    severity: AlarmSeverity.CRITICAL,
    applies: ({ nodes, isScaled }) => nodes > 1 && !isScaled,
    unit: 'nodes',
    symptom: 'More than {threshold} nodes publish no metrics, while others do',
    remedy: 'Look at the events of the cache: a node has failed or was taken away.',
    runbook: `${GUIDE}/ECEvents.html`,
    why: 'Each node publishes its CPU every minute. Nodes that scaling takes away would count as failed, so it is off where the cache is scaled.',
  },
  networkAllowances: {
    reading: {
      worstOf: [
        'NetworkBandwidthInAllowanceExceeded', 'NetworkBandwidthOutAllowanceExceeded', 'NetworkConntrackAllowanceExceeded',
        'NetworkPacketsPerSecondAllowanceExceeded',
      ],
    },
    statistic: 'Sum',
    periodMinutes: 1,
    comparison: '>',
    threshold: () => 0,
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
    severity: AlarmSeverity.WARNING,
    unit: 'count',
    symptom: 'The network allowance of a node is used up: more than {threshold} packets a minute were queued or dropped',
    remedy: 'Choose a node type with more bandwidth, spread reads over replicas, or make values smaller.',
    runbook: HOST_METRICS,
    why: 'Anything above 0 is delay that clients feel; 3 of 5 minutes, so that one burst wakes nobody.',
  },
  cpuCredits: {
    reading: { worst: `IF(CPUUtilization > ${BASELINE_PERCENT}, CPUCreditBalance, ${MANY_CREDITS})`, of: ['CPUUtilization', 'CPUCreditBalance'] },
    statistic: 'Average',
    periodMinutes: 5,
    comparison: '<',
    threshold: creditsThreshold,
    evaluationPeriods: 3,
    datapointsToAlarm: 3,
    severity: AlarmSeverity.WARNING,
    applies: facts => creditsThreshold(facts) !== undefined,
    upToNodes: 50,
    unit: 'credits',
    symptom: 'A burstable node is busy and has fewer than {threshold} CPU credits left',
    remedy: 'Choose a node type that is not burstable, or larger nodes.',
    runbook: HOST_METRICS,
    why: 'A tenth of the credits that a node keeps at most, which is 24 hours of what it earns; while it uses more than its baseline of '
      + `${BASELINE_PERCENT} percent, because a new node begins without credits. On burstable node types only.`,
  },
} as const satisfies AlarmTable<Exclude<keyof CacheAlarmOptions, keyof AlarmOptions | 'cpu' | 'hitRate'>, NodeFacts>;

/** What the alarms of a cache are made of. Those that a cache brings have their options among its props. */
export function alarmSource(set: Construct, cache: ICache, options: AlarmOptions, symptoms: readonly Symptom[]): AlarmSource {
  const isBundled = set.node.scope === cache;
  return {
    owner: isBundled ? cache : set,
    prefix: isBundled ? 'alarms.' : '',
    subject: cache.node.path,
    symptoms,
    measured: { nodeIds: (cache as CacheBase)._watchedNodeIds(), metricForNode: (...asked) => cache.metricForNode(...asked) },
    options,
  };
}

/** The share of look-ups that hit. An idle cache hits everything. */
export function hitRateAlarm(hits: string, misses: string, runbook: string): AlarmDefinition<NodeFacts> {
  const lookUps = `SUM(${hits}) + SUM(${misses})`;
  return {
    reading: { together: `IF(${lookUps} >= ${FEW_LOOK_UPS}, 100 * SUM(${hits}) / (${lookUps}), 100)`, of: [hits, misses] },
    statistic: 'Sum',
    periodMinutes: 5,
    comparison: '<',
    threshold: () => 80,
    evaluationPeriods: 6,
    datapointsToAlarm: 4,
    severity: AlarmSeverity.WARNING,
    upToNodes: 50,
    unit: 'percent',
    symptom: 'Fewer than {threshold} percent of look-ups find their key',
    remedy: 'Look whether keys are evicted, expire too soon, or were never written.',
    runbook,
    why: 'AWS: below about 0.8 many keys are evicted, expired or were never there. An alarm takes in five nodes, each weighted by its traffic; '
      + `fewer than ${FEW_LOOK_UPS} look-ups in a period count as 100 percent.`,
  };
}

/** An unknown node type is taken for one of the largest. */
function connectionsThreshold({ nodeType }: NodeFacts): number {
  const known = nodeType && NODE_TYPES.get(nodeType.name);
  const size = known?.burstable ? known.type.split('.')[2] as keyof typeof CONNECTIONS_PER_NODE.burstable : undefined;
  return SHARE_OF_CONNECTIONS * (size ? CONNECTIONS_PER_NODE.burstable[size] : CONNECTIONS_PER_NODE.most);
}

function creditsThreshold({ nodeType }: NodeFacts): number | undefined {
  const [, family, size] = nodeType?.name.split('.') ?? [];
  const perHour = CPU_CREDITS_PER_HOUR[family]?.[size];
  return perHour === undefined ? undefined : HOURS_OF_CREDITS * perHour * SHARE_OF_CREDITS;
}
