import { at, cacheMetricsOf, watchesCache } from './alarm-metrics';
import { ALARM } from './resource-types';
import { isUnknown, Properties, PropertyValue, rulesOf } from './rule';
import { asList, asText, isFalse, mayBeGiven } from './values';
import { METRICS_PER_MATH_ALARM } from '../facts/cloudwatch-alarms';

function metricCount(p: Properties): number {
  return asList(p.Metrics).filter((query) => mayBeGiven(at(query, 'MetricStat'))).length;
}

/** The elements that return data, or may do so. */
function returning(p: Properties): PropertyValue[] {
  return asList(p.Metrics).filter((query) => !isFalse(at(query, 'ReturnData')));
}

/** The different periods of the metrics of ElastiCache, as far as they are known. */
function periodsOf(p: Properties): number[] {
  return [...new Set(cacheMetricsOf(p).flatMap(({ period }) => period ?? []))];
}

/** What CloudWatch takes of a formula: the `Metrics` of `AWS::CloudWatch::Alarm`. */
export const alarmFormulaRules = rulesOf(ALARM, [
  {
    id: 'alarm-math-metrics',
    severity: 'error',
    source: 'CloudWatch User Guide, "Limits" (alarm-limits)',
    reads: [],
    text: `A formula takes ${METRICS_PER_MATH_ALARM} metrics: {Metrics:name}.`,
    remedy: 'Spread the nodes of {Metrics} over several alarms, and join these by a composite alarm.',
    holds: (p) => !watchesCache(p) || metricCount(p) <= METRICS_PER_MATH_ALARM,
    found: (p) => [`${metricCount(p)} metrics`],
  },
  {
    id: 'alarm-math-search',
    severity: 'error',
    source: 'Seen to be refused: "SEARCH is not supported on Metric Alarms" (github.com/RoboFinSystems/robosystems/pull/1131)',
    reads: [],
    text: 'An alarm takes no SEARCH: {Metrics:name}.',
    remedy: 'List the nodes in {Metrics}, or SELECT them by a query.',
    holds: (p) => !watchesCache(p) || !asList(p.Metrics).some((query) => /\bSEARCH\s*\(/.test(asText(at(query, 'Expression')) ?? '')),
  },
  {
    id: 'alarm-math-return-data',
    severity: 'error',
    source: 'Seen to be refused: "Exactly one element of the metrics list should return data" (github.com/hashicorp/terraform-provider-aws/issues/29894)',
    reads: [],
    text: 'One element returns the data that the alarm compares, and each does that does not set ReturnData to false: {Metrics:name}.',
    remedy: 'Set ReturnData to false in all elements of {Metrics} but one.',
    holds: (p) => {
      const certain = returning(p).filter((query) => !isUnknown(at(query, 'ReturnData')));
      const isOne = asList(p.Metrics).length === 0 || (returning(p).length >= 1 && certain.length <= 1);
      // An alarm on a band has two: the metric and the band.
      return isOne || mayBeGiven(p.ThresholdMetricId) || !watchesCache(p);
    },
    found: (p) => [`${returning(p).length} that return data`],
  },
  {
    id: 'alarm-math-periods',
    severity: 'warning',
    source: 'CloudWatch User Guide, alarm-data-queries',
    reads: [],
    text: 'The metrics of a formula have the same period: {Metrics:name}.',
    remedy: 'Set one period throughout {Metrics}.',
    holds: (p) => periodsOf(p).length <= 1,
    found: (p) => [`periods of ${periodsOf(p).join(' and ')} seconds`],
  },
]);
