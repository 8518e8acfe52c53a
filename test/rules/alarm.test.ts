import { alarmOn, formula, query } from './alarms';
import { textsOf } from './cases';
import { alarmRules } from '../../src/rules/alarm';
import { findFaults, Properties } from '../../src/rules/rule';

const faultsOf = (properties: Properties) => findFaults(alarmRules, { type: 'AWS::CloudWatch::Alarm', properties }, {}).map(({ rule }) => rule.id);

test('an alarm is asked for its metrics, its evaluation, its formula and its actions', () => {
  expect(alarmRules.map(({ id }) => id)).toEqual([
    'alarm-dimensions', 'alarm-replication-group-id', 'alarm-member', 'alarm-member-node-id', 'alarm-memcached-node', 'alarm-metric-engine',
    'alarm-unit', 'alarm-period', 'alarm-high-resolution', 'alarm-evaluation-range', 'alarm-datapoints', 'alarm-threshold-out-of-reach',
    'alarm-math-metrics', 'alarm-math-search', 'alarm-math-return-data', 'alarm-math-periods',
    'alarm-name', 'alarm-actions', 'alarm-topic-managed-key', 'alarm-topic-key-policy', 'alarm-topic-policy',
  ]);
  expect(new Set(alarmRules.map(({ type }) => type))).toEqual(new Set(['AWS::CloudWatch::Alarm']));
});

test('alarms on other services are left alone', () => {
  const faulty = alarmOn('CPUUtilization', { ReplicationGroupId: 'shop' }, { Period: 90, DatapointsToAlarm: 6, AlarmName: '', Unit: 'Count', Threshold: 100 });
  expect(faultsOf(faulty)).toEqual(['alarm-dimensions', 'alarm-unit', 'alarm-period', 'alarm-datapoints', 'alarm-threshold-out-of-reach', 'alarm-name']);
  expect(faultsOf({ ...faulty, Namespace: 'AWS/EC2' })).toEqual([]);
});

test('the alarms of ten nodes and of one have no fault', () => {
  const nodes = Array.from({ length: 10 }, (_, index) => query(`m${index + 1}`, 'EngineCPUUtilization', { CacheClusterId: `shop-${index}`, CacheNodeId: '0001' }));
  expect(faultsOf(formula(`MAX([${nodes.map(({ Id }) => Id as string).join(', ')}])`, ...nodes))).toEqual([]);
  expect(faultsOf(alarmOn('CPUUtilization', { CacheClusterId: 'pages', CacheNodeId: '0002' }, { TreatMissingData: 'notBreaching', DatapointsToAlarm: 5 }))).toEqual([]);
});

test('an alarm that only names the namespace in an expression is one on ElastiCache', () => {
  const [rule] = alarmRules.filter(({ id }) => id === 'alarm-name');
  expect(textsOf(rule, { ...formula('SELECT AVG(CPUUtilization) FROM "AWS/ElastiCache"'), AlarmName: '' })).toHaveLength(1);
  expect(textsOf(rule, { ...formula('SELECT AVG(CPUUtilization) FROM "AWS/EC2"'), AlarmName: '' })).toEqual([]);
});
