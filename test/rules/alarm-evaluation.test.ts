import { alarmOn, formula, query } from './alarms';
import { say, testRules } from './cases';
import { alarmEvaluationRules } from '../../src/rules/alarm-evaluation';
import { Properties, PropertyValue, UNDECIDED, UNKNOWN } from '../../src/rules/rule';

const UNIT = 'A metric has data in the unit that it is published in alone: `Unit`, `Metrics`. Found: %. Leave the unit out of `Unit` or `Metrics`.';
const PERIOD = 'A period is a multiple of 60 seconds: `Period`, `Metrics`. Found: %. Set the period in `Period` or `Metrics` to 60 or a multiple of it.';
const RESOLUTION = 'ElastiCache publishes every 60 seconds; of shorter periods most have no data: `Period`, `Metrics`. Found: %. '
  + 'Set the period in `Period` or `Metrics` to 60 or a multiple of it.';
const RANGE = 'An alarm looks back 86400 seconds at most, or 604800 with periods of 3600 seconds or more: `EvaluationPeriods` (got %). Found: % seconds. '
  + 'Lower `EvaluationPeriods`, or the period.';
const REACH = 'No value of this metric crosses the threshold: percentages end at 100, a node is measured once a minute, and nothing falls below 0: '
  + '`Threshold` (got %), `ComparisonOperator` (got "%"). Set `Threshold` and `ComparisonOperator` so that the values of the metric lie on both sides.';

const NODE = { CacheClusterId: 'shop-001', CacheNodeId: '0001' };
const cpu = (more: Properties) => alarmOn('CPUUtilization', { CacheClusterId: 'shop-001' }, more);
const every = (Period: PropertyValue, EvaluationPeriods: PropertyValue = 1, more: Properties = {}) => cpu({ Period, EvaluationPeriods, ...more });
const crossing = (ComparisonOperator: string, Threshold: PropertyValue, Statistic = 'Average', name = 'CPUUtilization', more: Properties = {}) =>
  alarmOn(name, NODE, { ComparisonOperator, Threshold, Statistic, ...more });
const samples = (ComparisonOperator: string, Threshold: number, Period: PropertyValue, name = 'Evictions') =>
  crossing(ComparisonOperator, Threshold, 'SampleCount', name, { Period });
const found = (detail: string) => `CPUUtilization of CacheClusterId shop-001 ${detail}`;
const OTHER = { Namespace: 'Shop' };

/** What an alarm on a metric has besides the property that a rule is about. */
const except = (...names: string[]) =>
  ['ComparisonOperator', 'Dimensions', 'EvaluationPeriods', 'MetricName', 'Period', 'Statistic', 'Threshold'].filter((name) => !names.includes(name));

testRules(alarmEvaluationRules, {
  'alarm-unit': {
    severity: 'warning',
    indifferentTo: except('MetricName'),
    legal: [
      [cpu({})],
      [cpu({ Unit: 'Percent' })],
      [cpu({ Unit: 'Count', ...OTHER })],
      [alarmOn('IsMaster', {}, { Unit: 'Count' })],
      [alarmOn('SomethingNew', {}, { Unit: 'Bytes' })],
      [alarmOn('GetHits', {}, { Unit: 'Count' })],
      [formula('a', query('a', 'SwapUsage', {}, { Unit: 'Bytes' }))],
    ],
    faults: [
      [say(UNIT, found('in Count every 60 s')), cpu({ Unit: 'Count' })],
      [say(UNIT, found('in percent every 60 s')), cpu({ Unit: 'percent' })],
      [say(UNIT, 'GetHits in Bytes every 60 s'), alarmOn('GetHits', {}, { Unit: 'Bytes' })],
      [say(UNIT, 'b: SwapUsage in Megabytes every 60 s'), formula('b', query('a', 'SwapUsage', {}), query('b', 'SwapUsage', {}, { Unit: 'Megabytes' }))],
    ],
  },
  'alarm-period': {
    severity: 'error',
    indifferentTo: except('Period'),
    legal: [[every(60)], [every('120')], [every(86400)], [every(10)], [every(20)], [every(30)], [every(90, 1, OTHER)], [cpu({ Period: undefined })]],
    faults: [
      ...[90, 59, 61, 15, 0, -60].map((period): [string, Properties] => [say(PERIOD, found(`every ${period} s`)), every(period)]),
      [say(PERIOD, 'a: SwapUsage every 90 s'), formula('a', query('a', 'SwapUsage', {}, { Period: 90 }))],
    ],
  },
  'alarm-high-resolution': {
    severity: 'warning',
    indifferentTo: except('Period'),
    legal: [[every(60)], [every(90)], [every(10, 1, OTHER)]],
    faults: [
      ...[1, 5, 10, 20, 30].map((period): [string, Properties] => [say(RESOLUTION, found(`every ${period} s`)), every(period)]),
      [say(RESOLUTION, 'a: SwapUsage every 10 s'), formula('a', query('a', 'SwapUsage', {}, { Period: 10 }))],
    ],
  },
  'alarm-evaluation-range': {
    severity: 'error',
    indifferentTo: except('EvaluationPeriods', 'Period'),
    legal: [
      [every(60, 1440)],
      [every(3540, 24)],
      [every(3600, 168)],
      [every(604800, 1)],
      [every(60, 1441, OTHER)],
      [every(60, 1441, { EvaluationWindow: { Type: 'WallClock' } })],
      [every(60, 1441, { EvaluationWindow: UNDECIDED })],
      [{ ...formula('a', query('a', 'SwapUsage', {}, { Period: 60 }), query('b', 'SwapUsage', {}, { Period: 3600 })), EvaluationPeriods: 1441 }],
      [{ ...formula('a', query('a', 'SwapUsage', {}, { Period: UNKNOWN })), EvaluationPeriods: 1441 }],
    ],
    faults: [
      [say(RANGE, '1441', '86460'), every(60, 1441)],
      [say(RANGE, '25', '88500'), every(3540, 25)],
      [say(RANGE, '169', '608400'), every(3600, 169)],
      [say(RANGE, '1441', '86460'), { ...formula('a', query('a', 'SwapUsage', {}), query('b', 'SwapUsage', {})), EvaluationPeriods: 1441 }],
    ],
  },
  'alarm-datapoints': {
    severity: 'error',
    indifferentTo: except('EvaluationPeriods'),
    legal: [
      [cpu({ DatapointsToAlarm: 5 })],
      [cpu({ DatapointsToAlarm: '3' })],
      [cpu({})],
      [cpu({ DatapointsToAlarm: 6, EvaluationPeriods: undefined })],
      [cpu({ DatapointsToAlarm: 6, ...OTHER })],
    ],
    faults: [
      [
        'No more data points can breach than are looked at: `DatapointsToAlarm` (got 6), `EvaluationPeriods` (got 5). '
        + 'Lower `DatapointsToAlarm`, or raise `EvaluationPeriods`.',
        cpu({ DatapointsToAlarm: 6 }),
      ],
    ],
  },
  'alarm-threshold-out-of-reach': {
    severity: 'warning',
    indifferentTo: ['Dimensions', 'EvaluationPeriods', 'MetricName', 'Period', 'Statistic'],
    legal: [
      [crossing('GreaterThanThreshold', 99.9)],
      [crossing('GreaterThanOrEqualToThreshold', 100)],
      [crossing('LessThanThreshold', 0.1)],
      [crossing('LessThanOrEqualToThreshold', 0)],
      [crossing('GreaterThanThreshold', 100, 'Sum')],
      [crossing('GreaterThanThreshold', 100, 'PR(0:90)')],
      [crossing('GreaterThanThreshold', 100, 'Average', 'DatabaseMemoryUsagePercentage')],
      [crossing('GreaterThanThreshold', 100, 'Average', 'CurrConnections')],
      [crossing('GreaterThanThreshold', 100, 'Average', 'CPUUtilization', OTHER)],
      [crossing('LessThanThreshold', 0, 'Average', 'CPUUtilization', { TreatMissingData: 'breaching' })],
      [crossing('GreaterThanUpperThreshold', 200)],
      [crossing('GreaterThanThreshold', undefined)],
      [samples('GreaterThanThreshold', 0.9, 60)],
      [samples('GreaterThanThreshold', 4, 300)],
      [samples('GreaterThanOrEqualToThreshold', 5, 300)],
      [samples('GreaterThanThreshold', 5, UNKNOWN)],
      [samples('GreaterThanThreshold', 5, 300, 'SuccessfulReadRequestLatency')],
      [alarmOn('Evictions', { CacheClusterId: 'pages' }, { Statistic: 'SampleCount', Threshold: 5 })],
      [{ ...formula('100 + a', query('a', 'CPUUtilization', NODE)), Threshold: 100 }],
      [{ ...formula('a', query('a', 'CPUUtilization', NODE), query('b', 'CPUUtilization', NODE)), Threshold: 100 }],
    ],
    faults: [
      [say(REACH, '100', 'GreaterThanThreshold'), crossing('GreaterThanThreshold', 100)],
      [say(REACH, '101', 'GreaterThanOrEqualToThreshold'), crossing('GreaterThanOrEqualToThreshold', 101)],
      [say(REACH, '0', 'LessThanThreshold'), crossing('LessThanThreshold', 0, 'Sum', 'Evictions')],
      [say(REACH, '-1', 'LessThanOrEqualToThreshold'), crossing('LessThanOrEqualToThreshold', -1)],
      ...['Maximum', 'Minimum', 'p99.9', 'tm90', 'wm90', 'IQM'].map((statistic): [string, Properties] =>
        [say(REACH, '100', 'GreaterThanThreshold'), crossing('GreaterThanThreshold', 100, statistic, 'EngineCPUUtilization')]),
      [say(REACH, '100', 'GreaterThanThreshold'), { ...crossing('GreaterThanThreshold', 100), Statistic: undefined, ExtendedStatistic: 'p50' }],
      [say(REACH, '5', 'GreaterThanThreshold'), samples('GreaterThanThreshold', 5, 300)],
      [say(REACH, '2', 'GreaterThanOrEqualToThreshold'), samples('GreaterThanOrEqualToThreshold', 2, 60)],
      [
        say(REACH, '100', 'GreaterThanThreshold'),
        { ...formula(undefined), Threshold: 100, Metrics: [{ ...query('a', 'CacheHitRate', NODE), ReturnData: true }] },
      ],
    ],
  },
});
