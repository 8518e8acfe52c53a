import { AlarmMetric, cacheMetricsOf, comparedMetric, dimension, metricRule, watchesCache } from './alarm-metrics';
import { ALARM } from './resource-types';
import { Properties, rulesOf } from './rule';
import { asNumber, asText, asWord, isAbsent, mayBeGiven } from './values';
import { EVALUATION_RANGE, HIGH_RESOLUTION_PERIODS, PERIOD_STEP } from '../facts/cloudwatch-alarms';
import { METRICS_UP_TO_100_PERCENT, NO_UNIT, PUBLISHED_UNITS } from '../facts/cloudwatch-cache-metrics';
import { CACHE_NODE_DIMENSIONS } from '../facts/elasticache-metrics';

const PUT_ALARM = 'CloudWatch API Reference, PutMetricAlarm';
const METRICS = 'ElastiCache User Guide, "Monitoring use with CloudWatch Metrics" (CacheMetrics)';

/** The unit that a metric is published in, whatever the engine; undefined where that is not known. */
function unitOf({ name = '' }: AlarmMetric): string | undefined {
  const unit = PUBLISHED_UNITS.redis.get(name) ?? PUBLISHED_UNITS.memcached.get(name);
  return unit === NO_UNIT ? undefined : unit;
}

/** Statistics that lie among the values they are made of. */
const WITHIN_VALUES = /^(Average|Minimum|Maximum|IQM|(p|tm|wm)\d+(\.\d+)?)$/;

/** The most that a metric can be; a node is measured once in a step, but its latencies at every request. */
function mostOf(metric: AlarmMetric): number {
  const { name = '', statistic = '', period = Number.POSITIVE_INFINITY } = metric;
  if (statistic === 'SampleCount') {
    const isCounted = dimension(metric, CACHE_NODE_DIMENSIONS.node) !== undefined && unitOf(metric) !== 'Microseconds';
    return isCounted ? period / PERIOD_STEP : Number.POSITIVE_INFINITY;
  }
  return METRICS_UP_TO_100_PERCENT.includes(name) && WITHIN_VALUES.test(statistic) ? 100 : Number.POSITIVE_INFINITY;
}

/** Whether a value from 0 to the most can cross the threshold. */
const CROSSES = new Map<string, (threshold: number, most: number) => boolean>(Object.entries({
  GreaterThanThreshold: (threshold, most) => threshold < most,
  GreaterThanOrEqualToThreshold: (threshold, most) => threshold <= most,
  LessThanThreshold: (threshold) => threshold > 0,
  LessThanOrEqualToThreshold: (threshold) => threshold >= 0,
}));

/** How far the alarm looks back, in seconds, and how far it may; undefined where its periods differ or are not known. */
function rangeOf(p: Properties): { readonly seconds: number; readonly most: number } | undefined {
  const [period, ...others] = new Set(cacheMetricsOf(p).map((metric) => metric.period));
  const count = asNumber(p.EvaluationPeriods);
  if (period === undefined || others.length > 0 || count === undefined || mayBeGiven(p.EvaluationWindow)) {
    return undefined;
  }
  return { seconds: period * count, most: period < EVALUATION_RANGE.longPeriod ? EVALUATION_RANGE.most : EVALUATION_RANGE.mostOfLongPeriods };
}

/** When an alarm goes off: `AWS::CloudWatch::Alarm`. */
export const alarmEvaluationRules = rulesOf(ALARM, [
  metricRule({
    id: 'alarm-unit',
    severity: 'warning',
    source: `${PUT_ALARM} (Unit)`,
    text: 'A metric has data in the unit that it is published in alone: {Unit:name}, {Metrics:name}.',
    remedy: 'Leave the unit out of {Unit} or {Metrics}.',
  }, (metric) => {
    const published = unitOf(metric);
    return metric.unit !== undefined && published !== undefined && metric.unit !== published;
  }),
  metricRule({
    id: 'alarm-period',
    severity: 'error',
    source: 'CloudWatch API Reference, MetricStat (Period)',
    text: `A period is a multiple of ${PERIOD_STEP} seconds: {Period:name}, {Metrics:name}.`,
    remedy: `Set the period in {Period} or {Metrics} to ${PERIOD_STEP} or a multiple of it.`,
  }, ({ period }) => period !== undefined && (period < 1 || period % PERIOD_STEP !== 0) && !HIGH_RESOLUTION_PERIODS.includes(period)),
  metricRule({
    id: 'alarm-high-resolution',
    severity: 'warning',
    source: `${PUT_ALARM} (Period); ${METRICS}`,
    text: `ElastiCache publishes every ${PERIOD_STEP} seconds; of shorter periods most have no data: {Period:name}, {Metrics:name}.`,
    remedy: `Set the period in {Period} or {Metrics} to ${PERIOD_STEP} or a multiple of it.`,
  }, ({ period }) => period !== undefined && HIGH_RESOLUTION_PERIODS.includes(period)),
  {
    id: 'alarm-evaluation-range',
    severity: 'error',
    source: `${PUT_ALARM} (Period)`,
    reads: ['EvaluationPeriods'],
    text: `An alarm looks back ${EVALUATION_RANGE.most} seconds at most, or ${EVALUATION_RANGE.mostOfLongPeriods} with periods of `
      + `${EVALUATION_RANGE.longPeriod} seconds or more: {EvaluationPeriods}.`,
    remedy: 'Lower {EvaluationPeriods}, or the period.',
    holds: (p) => {
      const range = rangeOf(p);
      return range === undefined || range.seconds <= range.most;
    },
    found: (p) => [`${rangeOf(p)?.seconds} seconds`],
  },
  {
    id: 'alarm-datapoints',
    severity: 'error',
    source: 'Seen to be refused: "DatapointsToAlarm must be less than or equal to EvaluationPeriods" (github.com/hashicorp/terraform/issues/24070)',
    reads: ['DatapointsToAlarm', 'EvaluationPeriods'],
    text: 'No more data points can breach than are looked at: {DatapointsToAlarm}, {EvaluationPeriods}.',
    remedy: 'Lower {DatapointsToAlarm}, or raise {EvaluationPeriods}.',
    holds: (p) => !watchesCache(p) || isAbsent(p.DatapointsToAlarm)
      || !((asNumber(p.DatapointsToAlarm) ?? 0) > (asNumber(p.EvaluationPeriods) ?? Number.POSITIVE_INFINITY)),
  },
  {
    id: 'alarm-threshold-out-of-reach',
    severity: 'warning',
    source: `${METRICS}: units, and one measurement of a node in ${PERIOD_STEP} seconds`,
    reads: ['Threshold', 'ComparisonOperator', 'TreatMissingData'],
    text: 'No value of this metric crosses the threshold: percentages end at 100, a node is measured once a minute, and nothing falls below 0: '
      + '{Threshold}, {ComparisonOperator}.',
    remedy: 'Set {Threshold} and {ComparisonOperator} so that the values of the metric lie on both sides.',
    holds: (p) => {
      const [metric, threshold] = [comparedMetric(p), asNumber(p.Threshold)];
      const crosses = CROSSES.get(asText(p.ComparisonOperator) ?? '');
      return metric === undefined || threshold === undefined || crosses === undefined || asWord(p.TreatMissingData) === 'breaching'
        || crosses(threshold, mostOf(metric));
    },
  },
]);
