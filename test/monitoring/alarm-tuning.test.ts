import { Duration, Lazy, Token } from 'aws-cdk-lib';
import { IAlarmAction, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  AlarmSeverity, AlarmTuning, CacheNodeType, ClusterMode, MemcachedAlarms, RedisAlarmOptions, RedisAlarms, RedisCluster, RedisClusterProps,
} from '../../src';
import { faultsOf, Layout, layout, newCluster, newPool, resourcesOf, TemplateResource } from '../helpers';
import { alarmsOf, rulesOf } from './alarms';

const { WARNING, CRITICAL } = AlarmSeverity;
const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:';

/** The alarms of a cluster with nothing but these options. */
const watched = (alarms: RedisAlarmOptions, props: Partial<RedisClusterProps> = {}) => newCluster({ alarms, ...props });
const topic = ({ data }: Pick<Layout, 'data'>, name: string): IAlarmAction => new SnsAction(Topic.fromTopicArn(data, name, `${TOPIC}${name}`));
const propertiesOf = (cluster: RedisCluster): { [name: string]: TemplateResource['Properties'] } => Object.fromEntries(
  Object.values(resourcesOf(cluster)).filter(({ Type }) => /^AWS::CloudWatch::/.test(Type)).map(({ Properties }) =>
    [Properties.AlarmName.replace(/^.*-[0-9a-f]{8}-/, ''), Properties]),
);

/** Which actions each alarm has: when it goes off, and when all is well. */
function actionsOf(cluster: RedisCluster): { [name: string]: [string[]?, string[]?] } {
  const short = (arns?: string[]) => arns?.map(arn => arn.replace(TOPIC, ''));
  return Object.fromEntries(Object.entries(propertiesOf(cluster)).map(([name, properties]) =>
    [name, [short(properties.AlarmActions), short(properties.OKActions)]]));
}

describe('one alarm', () => {
  const rows: [string, AlarmTuning, when: string][] = [
    ['threshold', { threshold: 70 }, '> 70, 5 of 5, notBreaching'],
    ['a threshold of nothing', { threshold: 0 }, '> 0, 5 of 5, notBreaching'],
    ['evaluationPeriods, all of which must be beyond it', { evaluationPeriods: 3 }, '> 80, 3 of 3, notBreaching'],
    ['datapointsToAlarm', { datapointsToAlarm: 2 }, '> 80, 2 of 5, notBreaching'],
    ['both', { evaluationPeriods: 10, datapointsToAlarm: 4 }, '> 80, 4 of 10, notBreaching'],
    ['treatMissingData', { treatMissingData: TreatMissingData.BREACHING }, '> 80, 5 of 5, breaching'],
  ];
  test.each(rows)('%s', (_name, memory, when) => {
    const { 'memory-1': tuned, ...others } = alarmsOf(watched({ memory }));
    const { 'memory-1': usual, ...usualOthers } = alarmsOf(newCluster());
    expect(tuned).toEqual({ ...usual, when });
    expect(others).toEqual(usualOthers);
  });

  test('period is that of the metrics, and of the formula', () => {
    const cluster = watched({ memory: { period: Duration.minutes(3) }, freeMemory: { period: Duration.hours(1) } });
    const { 'memory-1': memory, 'freeMemory-1': freeMemory } = alarmsOf(cluster);
    expect(memory.metrics.map(metric => metric.slice(-17))).toEqual(['Average of 180 s', 'Average of 180 s'].map(text => ` ${text}`));
    expect(freeMemory.metrics.filter(metric => metric.endsWith('Average of 3600 s'))).toHaveLength(4);
  });

  test('description', () => {
    const { 'memory-1': memory } = propertiesOf(watched({ memory: { description: 'Call Kim.' } }));
    expect(memory.AlarmDescription).toBe('Call Kim.');
  });

  test('severity', () => {
    const rules = rulesOf(watched({ memory: { severity: CRITICAL }, cpu: { severity: WARNING } }));
    expect(rules['any-critical']).toBe('(ALARM("memory-1") OR ALARM("nodes-1"))');
    expect(rules['any-warning']).toMatch(/^\(ALARM\("cpu-1"\) OR ALARM\("replicationLag-1"\)/);
  });

  test('two severities, each with its threshold', () => {
    const cluster = watched({ memory: { criticalThreshold: 90 } });
    const { 'memory-1': warning, 'memoryCritical-1': critical } = alarmsOf(cluster);
    expect(warning.when).toBe('> 80, 5 of 5, notBreaching');
    expect(critical).toEqual({ ...warning, when: '> 90, 5 of 5, notBreaching' });
    expect(rulesOf(cluster)['any-critical']).toBe('(ALARM("cpu-1") OR ALARM("memoryCritical-1") OR ALARM("nodes-1"))');
    expect(propertiesOf(cluster)['memoryCritical-1'].AlarmDescription).toMatch(/^Data\/Cache: The memory of a node is more than 90 percent full\./);
  });

  test('two severities of what is usually critical: the first is a warning', () => {
    const rules = rulesOf(watched({ cpu: { threshold: 30, criticalThreshold: 45 } }));
    expect([rules['any-warning'], rules['any-critical']]).toEqual([expect.stringContaining('ALARM("cpu-1")'), '(ALARM("cpuCritical-1") OR ALARM("nodes-1"))']);
  });

  test('a lower bound has its critical threshold below', () => {
    const alarms = alarmsOf(watched({ hitRate: { criticalThreshold: 50 } }));
    expect([alarms['hitRate-1'].when, alarms['hitRateCritical-1'].when]).toEqual(['< 80, 4 of 6, notBreaching', '< 50, 4 of 6, notBreaching']);
  });

  test('a number that only CloudFormation knows', () => {
    const later = Token.asNumber({ Ref: 'Later' });
    const lazy = (value: number) => Lazy.number({ produce: () => value });
    const cluster = watched({ memory: { threshold: later, criticalThreshold: lazy(95), evaluationPeriods: lazy(2) } });
    expect(propertiesOf(cluster)['memory-1']).toMatchObject({
      Threshold: { Ref: 'Later' },
      EvaluationPeriods: 2,
      AlarmDescription: expect.stringMatching(/^Data\/Cache: The memory of a node is more than the threshold percent full\./),
    });
    expect(propertiesOf(cluster)['memoryCritical-1']).toMatchObject({ Threshold: 95 });
  });
});

describe('which there are', () => {
  const namesOf = (cluster: RedisCluster) => Object.keys(alarmsOf(cluster));

  test('one less', () => {
    const names = namesOf(watched({ evictions: { enabled: false } }));
    expect(names).toEqual(namesOf(newCluster()).filter(name => name !== 'evictions-1'));
  });

  test('none', () => {
    const cluster = watched({ enabled: false, memory: { enabled: true } });
    expect(cluster.alarms).toBeUndefined();
    expect(Object.values(resourcesOf(cluster)).filter(({ Type }) => Type.startsWith('AWS::CloudWatch'))).toEqual([]);
    const pool = newPool({ alarms: { enabled: false } });
    expect(pool.alarms).toBeUndefined();
    expect(Object.values(resourcesOf(pool)).filter(({ Type }) => Type.startsWith('AWS::CloudWatch'))).toEqual([]);
  });

  test('one that does not apply, with what it needs', () => {
    const asked = { engineCpu: { enabled: true }, cpuCredits: { enabled: true, threshold: 20 } };
    const alarms = alarmsOf(watched(asked, { nodeType: CacheNodeType.R7G_LARGE }));
    expect([alarms['engineCpu-1'].when, alarms['cpuCredits-1'].when]).toEqual(['> 90, 5 of 5, notBreaching', '< 20, 3 of 3, notBreaching']);
  });

  test('one of a large group, or all', () => {
    const clusterMode = ClusterMode.enabled({ shards: 51 });
    const large = (alarms: RedisAlarmOptions) => new Set(
      newCluster({ alarms, clusterMode }, layout({ '@aws-cdk/core:stackResourceLimit': 0 })).alarms!.all.map(alarm => alarm.node.id),
    );
    expect([...large({})]).toEqual(['Cpu', 'Memory', 'ReplicationLag', 'Evictions', 'Connections']);
    expect([...large({ nodes: { enabled: true } })]).toEqual(['Cpu', 'Memory', 'ReplicationLag', 'Evictions', 'Connections', 'Nodes']);
    expect([...large({ complete: true, nodes: { enabled: false } })]).toEqual([
      'Cpu', 'Memory', 'ReplicationLag', 'AuthenticationFailures', 'AuthorizationFailures', 'TrafficManagement', 'Evictions', 'Connections', 'FreeMemory',
      'NetworkAllowances', 'CpuCredits', 'HitRate',
    ]);
  });
});

describe('actions', () => {
  const CRITICALS = ['cpu-1', 'nodes-1'];
  const COMPOSITES = ['any-warning', 'any-critical'];

  test('none unless asked for', () => {
    for (const properties of Object.values(propertiesOf(newCluster()))) {
      expect(Object.keys(properties).filter(name => /Actions$/.test(name))).toEqual([]);
    }
  });

  test('of all alarms', () => {
    const world = layout();
    const { 'any-warning': warning, 'any-critical': critical, ...alarms } = actionsOf(newCluster({ alarms: { actions: [topic(world, 'Pager')] } }, world));
    expect([warning, critical]).toEqual([[undefined, undefined], [undefined, undefined]]);
    expect(new Set(Object.values(alarms).map(actions => JSON.stringify(actions)))).toEqual(new Set(['[["Pager"],null]']));
  });

  test('of each severity, and when all is well', () => {
    const world = layout();
    const alarms = { actions: [topic(world, 'Mail')], criticalActions: [topic(world, 'Pager'), topic(world, 'Phone')], okActions: [topic(world, 'Chat')] };
    for (const [name, actions] of Object.entries(actionsOf(newCluster({ alarms }, world)))) {
      const expected = COMPOSITES.includes(name) ? [undefined, undefined] : [CRITICALS.includes(name) ? ['Pager', 'Phone'] : ['Mail'], ['Chat']];
      expect([name, actions]).toEqual([name, expected]);
    }
  });

  test('only of critical ones', () => {
    const world = layout();
    for (const [name, [actions]] of Object.entries(actionsOf(newCluster({ alarms: { criticalActions: [topic(world, 'Pager')] } }, world)))) {
      expect([name, actions]).toEqual([name, CRITICALS.includes(name) ? ['Pager'] : undefined]);
    }
  });

  test('are those of the composite where nodes need several alarms', () => {
    const world = layout();
    const actions = actionsOf(newCluster({ clusterMode: ClusterMode.enabled({ shards: 6 }), alarms: { actions: [topic(world, 'Pager')] } }, world));
    expect([actions.memory, actions['memory-1'], actions['memory-2']]).toEqual([[['Pager'], undefined], [undefined, undefined], [undefined, undefined]]);
  });

  test('can be added, to the alarm of every symptom', () => {
    const world = layout();
    const cluster = newCluster({ alarms: { actions: [topic(world, 'Mail')] } }, world);
    cluster.alarms!.addAction(topic(world, 'Pager'), topic(world, 'Phone'));
    for (const [name, [actions]] of Object.entries(actionsOf(cluster))) {
      expect([name, actions]).toEqual([name, COMPOSITES.includes(name) ? undefined : ['Mail', 'Pager', 'Phone']]);
    }
  });
});

describe('handles', () => {
  const alarms = newCluster({ alarms: { memory: { criticalThreshold: 90 } } }).alarms!;

  test('all, each of which stands for a symptom at a severity', () => {
    expect(alarms.all.map(({ node }) => node.id)).toEqual([
      'Cpu1', 'Memory1', 'MemoryCritical1', 'ReplicationLag1', 'AuthenticationFailures1', 'AuthorizationFailures1', 'TrafficManagement1', 'Evictions1',
      'Connections1', 'FreeMemory1', 'Nodes1', 'NetworkAllowances1', 'CpuCredits1', 'HitRate1',
    ]);
  });

  test('by key', () => {
    expect(alarms.byKey('evictions').node.id).toBe('Evictions1');
    expect(alarms.byKey('evictions', WARNING).node.id).toBe('Evictions1');
    expect(alarms.byKey('memory', WARNING).node.id).toBe('Memory1');
    expect(alarms.byKey('memory', CRITICAL).node.id).toBe('MemoryCritical1');
    expect(newCluster({ clusterMode: ClusterMode.enabled({ shards: 6 }) }).alarms!.byKey('memory').node.id).toBe('Memory');
  });

  const THERE = 'cpu (critical), memory (warning), memory (critical), replicationLag (warning), authenticationFailures (warning), '
    + 'authorizationFailures (warning), trafficManagement (warning), evictions (warning), connections (warning), freeMemory (warning), nodes (critical), '
    + 'networkAllowances (warning), cpuCredits (warning), hitRate (warning)';
  const refusals: [string, AlarmSeverity | undefined, got: string][] = [
    ['memory', undefined, "'memory'"], ['Memory', undefined, "'Memory'"], ['evictions', CRITICAL, "'evictions' and critical"],
  ];
  test.each(refusals)('%s, %s is refused', (key, severity, got) => expect(faultsOf(() => alarms.byKey(key, severity))).toEqual([
    'Data/Cache/Alarms has 1 fault:',
    `- \`byKey\` must name one alarm (got ${got}, and there are: ${THERE}). Name one of these. [cdk-data-tier::alarm-by-key]`,
  ]));

  test('of alarms that are off', () => {
    const { data } = layout();
    const off = new RedisAlarms(data, 'Off', { cluster: newCluster(), enabled: false });
    expect([off.all, off.anyWarning, off.anyCritical]).toEqual([[], undefined, undefined]);
    expect(faultsOf(() => off.byKey('memory'))).toEqual([
      'Data/Off has 1 fault:', "- `byKey` must name one alarm (got 'memory', and there are: none). Name one of these. [cdk-data-tier::alarm-by-key]",
    ]);
  });

  test('one composite for deployments that are rolled back, and one beside it', () => {
    expect([alarms.anyCritical?.node.id, alarms.anyWarning?.node.id]).toEqual(['AnyCritical', 'AnyWarning']);
    const warningsOnly = newCluster({ alarms: { cpu: { enabled: false }, nodes: { enabled: false } } }).alarms!;
    expect([warningsOnly.anyCritical, warningsOnly.anyWarning?.node.id]).toEqual([undefined, 'AnyWarning']);
  });

  test('the default child is none of them', () => expect(alarms.node.defaultChild).toBeUndefined());
});

describe('faults', () => {
  const rows: [string, RedisAlarmOptions, string[]][] = [
    ['a threshold that does not follow', { cpuCredits: { enabled: true } }, [
      '`cpuCredits.threshold` must be a number of credits, which does not follow from the cache (got undefined). '
      + 'Give the value beyond which the alarm goes off. [cdk-data-tier::alarm-tuning-threshold]',
    ]],
    ['a threshold that is no number', { memory: { threshold: NaN } }, [
      '`memory.threshold` must be a number of percent, which does not follow from the cache (got NaN). '
      + 'Give the value beyond which the alarm goes off. [cdk-data-tier::alarm-tuning-threshold]',
    ]],
    ['a missing threshold beside a critical one', { cpuCredits: { enabled: true, criticalThreshold: 5 } }, [
      '`cpuCredits.threshold` must be a number of credits, which does not follow from the cache (got undefined). '
      + 'Give the value beyond which the alarm goes off. [cdk-data-tier::alarm-tuning-threshold]',
    ]],
    ['a critical threshold on the wrong side', { memory: { criticalThreshold: 80 } }, [
      '`memory.criticalThreshold` must be more than `threshold`, which is 80 (got 80). Give the value at which it is urgent. '
      + '[cdk-data-tier::alarm-tuning-critical-threshold]',
    ]],
    ['a critical threshold on the wrong side of a lower bound', { hitRate: { threshold: 60, criticalThreshold: 60 } }, [
      '`hitRate.criticalThreshold` must be less than `threshold`, which is 60 (got 60). Give the value at which it is urgent. '
      + '[cdk-data-tier::alarm-tuning-critical-threshold]',
    ]],
    ['critical twice', { memory: { criticalThreshold: 90, severity: CRITICAL } }, [
      '`memory.severity` must not be critical beside `criticalThreshold` (got critical). Remove one of the two. [cdk-data-tier::alarm-tuning-severity]',
    ]],
    ['a period of seconds', { memory: { period: Duration.seconds(90) } }, [
      '`memory.period` must be whole minutes from 1 (got 1 minute 30 seconds). Node metrics are published once a minute. [cdk-data-tier::alarm-tuning-period]',
    ]],
    ['no period', { memory: { period: Duration.seconds(0) } }, [
      '`memory.period` must be whole minutes from 1 (got 0 seconds). Node metrics are published once a minute. [cdk-data-tier::alarm-tuning-period]',
    ]],
    ['parts of periods', { memory: { evaluationPeriods: 1.5 }, evictions: { datapointsToAlarm: 0 } }, [
      '`memory.evaluationPeriods` must be a whole number from 1 (got 1.5). Give a number of periods. [cdk-data-tier::alarm-tuning-evaluation-periods]',
      '`evictions.datapointsToAlarm` must be a whole number from 1 (got 0). Give a number of periods. [cdk-data-tier::alarm-tuning-datapoints-to-alarm]',
    ]],
    ['more datapoints than periods', { memory: { datapointsToAlarm: 6 }, evictions: { evaluationPeriods: 1, datapointsToAlarm: 2 } }, [
      '`memory.datapointsToAlarm` must not be more than `evaluationPeriods`, which is 5 (got 6). Look at more periods. [cdk-data-tier::alarm-tuning-datapoints-to-alarm]',
      '`evictions.datapointsToAlarm` must not be more than `evaluationPeriods`, which is 1 (got 2). Look at more periods. [cdk-data-tier::alarm-tuning-datapoints-to-alarm]',
    ]],
    ['more than a day', { memory: { evaluationPeriods: 1441 }, evictions: { period: Duration.minutes(59), evaluationPeriods: 25 } }, [
      '`memory.evaluationPeriods` must span a day at most, or 7 days with periods of an hour and more (got 1441 periods of 1 minute). '
      + 'Look at fewer periods, or at shorter ones. [cdk-data-tier::alarm-tuning-evaluation-periods]',
      '`evictions.evaluationPeriods` must span a day at most, or 7 days with periods of an hour and more (got 25 periods of 59 minutes). '
      + 'Look at fewer periods, or at shorter ones. [cdk-data-tier::alarm-tuning-evaluation-periods]',
    ]],
    ['more than 7 days', { memory: { period: Duration.hours(1), evaluationPeriods: 169 } }, [
      '`memory.evaluationPeriods` must span a day at most, or 7 days with periods of an hour and more (got 169 periods of 1 hour). '
      + 'Look at fewer periods, or at shorter ones. [cdk-data-tier::alarm-tuning-evaluation-periods]',
    ]],
  ];
  const headOf = (owner: string, count: number) => `${owner} has ${count === 1 ? '1 fault' : `${count} faults`}:`;

  test.each(rows)('%s', (_name, options, texts) => {
    const props = { nodeType: CacheNodeType.R7G_LARGE };
    expect(faultsOf(() => newCluster({ ...props, alarms: options }))).toEqual([
      headOf('Data/Cache', texts.length), ...texts.map(text => `- ${text.replace('`', '`alarms.')}`),
    ]);
    expect(faultsOf(() => new RedisAlarms(layout().data, 'Alarms', { cluster: newCluster(props), ...options }))).toEqual([
      headOf('Data/Alarms', texts.length), ...texts.map(text => `- ${text}`),
    ]);
  });

  test('of a pool are told in the same way', () => {
    const text = '`cpu.criticalThreshold` must be more than `threshold`, which is 90 (got 50). Give the value at which it is urgent. [cdk-data-tier::alarm-tuning-critical-threshold]';
    expect(faultsOf(() => newPool({ alarms: { cpu: { criticalThreshold: 50 } } }))).toEqual(['Data/Pool has 1 fault:', `- ${text.replace('`', '`alarms.')}`]);
    expect(faultsOf(() => new MemcachedAlarms(layout().data, 'Alarms', { pool: newPool(), cpu: { criticalThreshold: 50 } }))).toEqual([
      'Data/Alarms has 1 fault:', `- ${text}`,
    ]);
  });

  const legal: [string, RedisAlarmOptions][] = [
    ['a day of minutes', { memory: { evaluationPeriods: 1440 } }],
    ['a day of 5 minutes', { evictions: { evaluationPeriods: 288 } }],
    ['7 days of hours', { memory: { period: Duration.hours(1), evaluationPeriods: 168 } }],
    ['as many datapoints as periods', { memory: { datapointsToAlarm: 5 } }],
    ['a critical threshold just beyond', { memory: { criticalThreshold: 80.1 }, hitRate: { criticalThreshold: 79.9 } }],
    ['a warning beside a critical threshold', { memory: { severity: WARNING, criticalThreshold: 90 } }],
    ['numbers of alarms that are off', { memory: { enabled: false, threshold: NaN } }],
    ['a period that only CloudFormation knows', { memory: { evaluationPeriods: Token.asNumber({ Ref: 'Later' }), datapointsToAlarm: 7 } }],
  ];
  test.each(legal)('%s is legal', (_name, alarms) => expect(() => resourcesOf(watched(alarms))).not.toThrow());
});
