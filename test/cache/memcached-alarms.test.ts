import { CacheNodeType } from '../../src';
import { newPool, resourcesOf } from '../helpers';
import { alarmsOf, ReadAlarm, rulesOf } from '../monitoring/alarms';

const NODES = ['{CacheClusterId=data-pool-625e7eb2, CacheNodeId=0001}', '{CacheClusterId=data-pool-625e7eb2, CacheNodeId=0002}'];

/** An alarm on metrics of both nodes, node by node. */
function on(names: readonly string[], reading: string, formulas: readonly string[], when: string): ReadAlarm {
  const all = NODES.flatMap(node => names.map(name => `AWS/ElastiCache ${name} ${node} ${reading}`));
  return { metrics: all.map((metric, index) => `m${index + 1}: ${metric}`), formulas, when: `${when}, notBreaching` };
}

/** CloudWatch User Guide, "Recommended alarms" (ElastiCache); ElastiCache User Guide, CacheMetrics.WhichShouldIMonitor, CacheMetrics.Memcached and CacheMetrics.HostLevel. */
const POOL = {
  'cpu-1': on(['CPUUtilization'], 'Average of 60 s', ['MAX([m1, m2])'], '> 90, 5 of 5'),
  'evictions-1': on(['Evictions'], 'Sum of 300 s', ['MAX([m1, m2])'], '> 100, 2 of 3'),
  'connections-1': on(['CurrConnections'], 'Average of 60 s', ['MAX([m1, m2])'], '> 52000, 10 of 10'),
  'freeMemory-1': on(
    ['SwapUsage', 'FreeableMemory'], 'Average of 60 s', ['MIN([e1, e2])', 'e1: IF(m1 > m2, 0, m2)', 'e2: IF(m3 > m4, 0, m4)'], '< 100000000, 5 of 5',
  ),
  'nodes-1': on(['CPUUtilization'], 'Average of 60 s', ['2 - SUM([e1, e2])', 'e1: m1 * 0 + 1', 'e2: m2 * 0 + 1'], '> 0, 5 of 5'),
  'networkAllowances-1': on(
    [
      'NetworkBandwidthInAllowanceExceeded', 'NetworkBandwidthOutAllowanceExceeded', 'NetworkConntrackAllowanceExceeded',
      'NetworkPacketsPerSecondAllowanceExceeded',
    ], 'Sum of 60 s', ['MAX([m1, m2, m3, m4, m5, m6, m7, m8])'], '> 0, 3 of 5',
  ),
  'hitRate-1': on(
    ['GetHits', 'GetMisses'], 'Sum of 300 s',
    ['IF(SUM([m1, m3]) + SUM([m2, m4]) >= 100, 100 * SUM([m1, m3]) / (SUM([m1, m3]) + SUM([m2, m4])), 100)'], '< 80, 4 of 6',
  ),
};

test('a pool of 2 vCPUs', () => expect(alarmsOf(newPool({ nodeType: CacheNodeType.M7G_LARGE }))).toEqual(POOL));

test('more vCPUs change nothing', () => expect(alarmsOf(newPool({ nodeType: CacheNodeType.M7G_4XLARGE }))).toEqual(POOL));

test('a pool with nothing but a VPC is on burstable nodes', () => {
  expect(alarmsOf(newPool())).toEqual({
    ...POOL,
    'connections-1': { ...POOL['connections-1'], when: '> 36800, 10 of 10, notBreaching' },
    'cpuCredits-1': on(
      ['CPUUtilization', 'CPUCreditBalance'], 'Average of 300 s', ['MIN([e1, e2])', 'e1: IF(m1 > 20, m2, 1000)', 'e2: IF(m3 > 20, m4, 1000)'], '< 57.6, 3 of 3',
    ),
  });
});

test('a single node has nobody who could miss it', () => {
  const alarms = alarmsOf(newPool({ nodeCount: 1 }));
  expect(Object.keys(alarms).sort()).toEqual(['connections-1', 'cpu-1', 'cpuCredits-1', 'evictions-1', 'freeMemory-1', 'hitRate-1', 'networkAllowances-1']);
  expect(alarms['cpu-1']).toEqual({
    metrics: ['m1: AWS/ElastiCache CPUUtilization {CacheClusterId=data-pool-625e7eb2, CacheNodeId=0001} Average of 60 s'],
    formulas: [],
    when: '> 90, 5 of 5, notBreaching',
  });
});

test('one composite for each severity stands for all alarms of it', () => {
  expect(rulesOf(newPool({ nodeType: CacheNodeType.M7G_LARGE }))).toEqual({
    'any-warning': '(ALARM("evictions-1") OR ALARM("connections-1") OR ALARM("freeMemory-1") OR ALARM("networkAllowances-1") OR ALARM("hitRate-1"))',
    'any-critical': '(ALARM("cpu-1") OR ALARM("nodes-1"))',
  });
});

test('logical ids are a contract, and so are names', () => {
  const named = Object.entries(resourcesOf(newPool())).filter(([, { Type }]) => Type.startsWith('AWS::CloudWatch::'));
  expect(Object.fromEntries(named.map(([id, { Properties }]) => [id, Properties.AlarmName]))).toMatchObject({
    PoolAlarmsCpu1230BF61F: 'data-pool-alarms-bb28e9e0-cpu-1',
    PoolAlarmsEvictions18DF8BE8A: 'data-pool-alarms-bb28e9e0-evictions-1',
    PoolAlarmsHitRate144FF862E: 'data-pool-alarms-bb28e9e0-hitRate-1',
    PoolAlarmsAnyCriticalBCAD9284: 'data-pool-alarms-bb28e9e0-any-critical',
  });
});
