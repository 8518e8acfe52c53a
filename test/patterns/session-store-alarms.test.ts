import { Duration } from 'aws-cdk-lib';
import { AlarmSeverity, CacheNodeType, ClusterMode, SessionStoreProps, SessionStoreWhenFull } from '../../src';
import { faultsOf, newSessionStore, resourcesOf } from '../helpers';
import { alarmsOf, rulesOf } from '../monitoring/alarms';

const NODES = ['{CacheClusterId=data-sessions-cluster-be58d845-001, CacheNodeId=0001}', '{CacheClusterId=data-sessions-cluster-be58d845-002, CacheNodeId=0001}'];
const metricsOf = (names: string[], reading: string) => NODES.flatMap(node => names.map(name => `AWS/ElastiCache ${name} ${node} ${reading}`))
  .map((metric, index) => `m${index + 1}: ${metric}`);
const metrics = (name: string, reading: string) => metricsOf([name], reading);
const whensOf = (props: Partial<SessionStoreProps>) => Object.fromEntries(
  Object.entries(alarmsOf(newSessionStore(props))).map(([name, { when }]) => [name, when.replace(', notBreaching', '')]),
);

test('memory is told of early and twice, and one session that is dropped at once', () => {
  const alarms = alarmsOf(newSessionStore());
  const full = { metrics: metrics('DatabaseMemoryUsagePercentage', 'Average of 60 s'), formulas: ['MAX([m1, m2])'] };
  expect(alarms['memory-1']).toEqual({ ...full, when: '> 60, 5 of 5, notBreaching' });
  expect(alarms['memoryCritical-1']).toEqual({ ...full, when: '> 75, 5 of 5, notBreaching' });
  expect(alarms['evictions-1']).toEqual({ metrics: metrics('Evictions', 'Sum of 60 s'), formulas: ['MAX([m1, m2])'], when: '> 0, 1 of 1, notBreaching' });
});

test('the others are those of a cluster', () => {
  expect(whensOf({})).toEqual({
    'cpu-1': '> 45, 5 of 5',
    'memory-1': '> 60, 5 of 5',
    'memoryCritical-1': '> 75, 5 of 5',
    'replicationLag-1': '> 1, 3 of 5',
    'authenticationFailures-1': '> 0, 1 of 1',
    'authorizationFailures-1': '> 0, 1 of 1',
    'trafficManagement-1': '>= 1, 3 of 5',
    'evictions-1': '> 0, 1 of 1',
    'connections-1': '> 36800, 10 of 10',
    'freeMemory-1': '< 100000000, 5 of 5',
    'nodes-1': '> 0, 5 of 5',
    'networkAllowances-1': '> 0, 3 of 5',
    'cpuCredits-1': '< 57.6, 3 of 3',
    'hitRate-1': '< 80, 4 of 6',
  });
  expect(rulesOf(newSessionStore())['any-critical']).toBe('(ALARM("cpu-1") OR ALARM("memoryCritical-1") OR ALARM("evictions-1") OR ALARM("nodes-1"))');
});

test('a store that refuses writes drops nothing, and tells of writes that fail', () => {
  const store = newSessionStore({ whenFull: SessionStoreWhenFull.REFUSE_WRITES });
  const alarms = alarmsOf(store);
  expect(alarms['failedCommands-1']).toEqual({
    metrics: metricsOf(['DatabaseMemoryUsagePercentage', 'ErrorCount'], 'Maximum of 60 s'),
    formulas: ['MAX([e1, e2])', 'e1: IF(m1 >= 95, m2, 0)', 'e2: IF(m3 >= 95, m4, 0)'],
    when: '> 0, 3 of 5, notBreaching',
  });
  expect(Object.keys(alarms)).not.toContain('evictions-1');
  expect(rulesOf(store)['any-critical']).toContain('ALARM("failedCommands-1")');
});

test('with data tiering it is memory and SSD that must not be full', () => {
  const whens = whensOf({ nodeType: CacheNodeType.R6GD_XLARGE, whenFull: SessionStoreWhenFull.REFUSE_WRITES });
  expect([whens['capacity-1'], whens['capacityCritical-1'], whens['memory-1']]).toEqual(['> 60, 5 of 5', '> 75, 5 of 5', undefined]);
});

test('above 100 nodes there is one alarm of memory', () => {
  const whens = whensOf({ clusterMode: ClusterMode.enabled({ shards: 51 }), alarms: { complete: false } });
  expect([whens['memory-1'], whens['memoryCritical-1']]).toEqual(['> 60, 5 of 5', undefined]);
  expect(whensOf({ clusterMode: ClusterMode.enabled({ shards: 50 }) })['memoryCritical-1']).toBe('> 75, 5 of 5');
});

describe('what the user says wins', () => {
  const rows: [string, SessionStoreProps['alarms'], { [name: string]: string | undefined }][] = [
    ['a threshold, which is the only one', { memory: { threshold: 70 } }, { 'memory-1': '> 70, 5 of 5', 'memoryCritical-1': undefined }],
    ['a severity', { memory: { severity: AlarmSeverity.CRITICAL } }, { 'memory-1': '> 60, 5 of 5', 'memoryCritical-1': undefined }],
    ['a second threshold', { memory: { criticalThreshold: 90 } }, { 'memory-1': '> 60, 5 of 5', 'memoryCritical-1': '> 90, 5 of 5' }],
    ['none of memory', { memory: { enabled: false } }, { 'memory-1': undefined, 'memoryCritical-1': undefined }],
    ['evictions', { evictions: { threshold: 10, period: Duration.minutes(5), evaluationPeriods: 2 } }, { 'evictions-1': '> 10, 2 of 2' }],
    ['two of evictions', { evictions: { criticalThreshold: 100 } }, { 'evictions-1': '> 0, 1 of 1', 'evictionsCritical-1': '> 100, 1 of 1' }],
  ];
  test.each(rows)('%s', (_name, alarms, expected) => {
    const whens = whensOf({ alarms });
    expect(Object.fromEntries(Object.keys(expected).map(name => [name, whens[name]]))).toEqual(expected);
  });

  test('or is refused by the name of the prop', () => {
    expect(faultsOf(() => newSessionStore({ alarms: { memory: { criticalThreshold: 50 } } }))).toEqual([
      'Data/Sessions/Cluster has 1 fault:',
      '- `alarms.memory.criticalThreshold` must be more than `threshold`, which is 60 (got 50). Give the value at which it is urgent. '
      + '[cdk-data-tier::alarm-tuning-critical-threshold]',
    ]);
  });

  test('none at all', () => {
    const store = newSessionStore({ alarms: { enabled: false } });
    expect(store.alarms).toBeUndefined();
    expect(Object.values(resourcesOf(store)).filter(({ Type }) => Type.startsWith('AWS::CloudWatch'))).toEqual([]);
  });
});

test('whoever is called reads which store it is, and what a dropped session means', () => {
  const { Properties } = Object.values(resourcesOf(newSessionStore())).find(({ Properties: { AlarmName } }) => /-evictions-1$/.test(AlarmName))!;
  expect(Properties.AlarmDescription).toBe('Data/Sessions: Sessions were dropped because memory is full, and their users are logged out. Choose larger nodes.');
});

test('the alarms of the store are those of its cluster', () => {
  const store = newSessionStore();
  expect(store.alarms).toBe(store.cluster.alarms);
  expect(store.alarms!.byKey('memory', AlarmSeverity.CRITICAL).node.path).toBe('Data/Sessions/Cluster/Alarms/MemoryCritical1');
});
