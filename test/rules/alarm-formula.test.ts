import { alarmOn, formula, query, Query } from './alarms';
import { say, testRules } from './cases';
import { alarmFormulaRules } from '../../src/rules/alarm-formula';
import { Properties, PropertyValue, UNDECIDED, UNKNOWN } from '../../src/rules/rule';

const COUNT = 'A formula takes 10 metrics: `Metrics`. Found: % metrics. Spread the nodes of `Metrics` over several alarms, and join these by a composite alarm.';
const SEARCH = 'An alarm takes no SEARCH: `Metrics`. List the nodes in `Metrics`, or SELECT them by a query.';
const RETURN = 'One element returns the data that the alarm compares, and each does that does not set ReturnData to false: `Metrics`. '
  + 'Found: % that return data. Set ReturnData to false in all elements of `Metrics` but one.';
const PERIODS = 'The metrics of a formula have the same period: `Metrics`. Found: periods of % seconds. Set one period throughout `Metrics`.';

const node = (index: number, more: Properties = {}) => query(`m${index}`, 'CPUUtilization', { CacheClusterId: `shop-${index}` }, more);
const nodes = (count: number) => Array.from({ length: count }, (_, index) => node(index + 1));
const worst = (...queries: Query[]) => formula(`MAX([${queries.map(({ Id }) => Id as string).join(', ')}])`, ...queries);
const elsewhere = (count: number) => formula('SEARCH(\'a\')', ...nodes(count).map((element) => ({ ...element, MetricStat: { Metric: { Namespace: 'Shop' } } })));
const returning = (...values: PropertyValue[]): Properties => ({ Metrics: values.map((ReturnData, index) => ({ ...node(index), ReturnData })) });
const IN_CACHE = '\'{AWS/ElastiCache,CacheClusterId} CPUUtilization\', \'Average\'';

/** What the alarm compares with what, and how often. */
const REST = ['ComparisonOperator', 'EvaluationPeriods', 'Threshold'];

testRules(alarmFormulaRules, {
  'alarm-math-metrics': {
    severity: 'error',
    indifferentTo: REST,
    legal: [
      [worst(...nodes(10))],
      [formula('MAX([a])', ...nodes(10), { Id: 'a', Expression: 'm1 / m2', ReturnData: false })],
      [elsewhere(11)],
      [alarmOn('CPUUtilization', {})],
      [{ Metrics: UNKNOWN }],
    ],
    faults: [
      [say(COUNT, '11'), worst(...nodes(11))],
      [say(COUNT, '11'), worst(...nodes(1), ...Array.from({ length: 10 }, (): Query => ({ Id: 'a', MetricStat: UNKNOWN })))],
    ],
  },
  'alarm-math-search': {
    severity: 'error',
    indifferentTo: REST,
    legal: [
      [worst(...nodes(2))],
      [formula('SELECT MAX(CPUUtilization) FROM SCHEMA("AWS/ElastiCache", CacheClusterId)')],
      [formula('MAX(RESEARCH_1)', node(1))],
      [formula(UNKNOWN, node(1))],
      [elsewhere(1)],
    ],
    faults: [
      [SEARCH, formula(`SEARCH(${IN_CACHE})`)],
      [SEARCH, formula(`MAX(SEARCH (${IN_CACHE}))`)],
      [SEARCH, formula('MAX([m1, s])', node(1), { Id: 's', Expression: 'SEARCH(\'a\', \'Sum\')', ReturnData: false })],
    ],
  },
  'alarm-math-return-data': {
    severity: 'error',
    indifferentTo: REST,
    legal: [
      [worst(...nodes(10))],
      [returning(undefined)],
      [returning('true', 'false')],
      [returning(true, UNKNOWN)],
      [returning(false, UNKNOWN)],
      [{ ...returning(true, true), ThresholdMetricId: 'band' }],
      [{ ...returning(true, true), ThresholdMetricId: UNDECIDED }],
      [{ Metrics: [] }],
      [{ Metrics: UNKNOWN }],
      [alarmOn('CPUUtilization', {})],
      [{ Metrics: [{ Expression: 'a', ReturnData: false }, { MetricStat: { Metric: { Namespace: 'Shop' } }, ReturnData: false }] }],
    ],
    faults: [
      [say(RETURN, '2'), formula('m1', { ...node(1), ReturnData: undefined })],
      [say(RETURN, '2'), returning(true, undefined, false)],
      [say(RETURN, '0'), returning(false)],
      [say(RETURN, '0'), returning(false, 'false')],
      [say(RETURN, '3'), returning(true, true, UNKNOWN)],
    ],
  },
  'alarm-math-periods': {
    severity: 'warning',
    indifferentTo: REST,
    legal: [
      [worst(...nodes(3))],
      [worst(node(1), node(2, { Period: '60' }))],
      [worst(node(1), node(2, { Period: UNKNOWN }))],
      [alarmOn('CPUUtilization', {})],
    ],
    faults: [[say(PERIODS, '60 and 300'), worst(node(1), node(2, { Period: 300 }), node(3))]],
  },
});
