import { CfnParameter, Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { LambdaAction, SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LAMBDA_PERMISSION_LOGICAL_ID_FOR_LAMBDA_ACTION } from 'aws-cdk-lib/cx-api';
import { CacheNodeType, ClusterMode, ClusterModeEnabledOptions, EvictionPolicy, RedisAlarms, RedisCluster, RedisClusterProps, SessionStore } from '../../src';
import { faultsOf, Layout, layout, newCluster, newFunction, resourcesOf } from '../helpers';
import { alarmsOf, watchersOf } from '../monitoring/alarms';

const scalable = (mode: ClusterModeEnabledOptions = {}, props: Partial<RedisClusterProps> = {}, world?: Layout) =>
  newCluster({ clusterMode: ClusterMode.enabled(mode), nodeType: CacheNodeType.R7G_LARGE, ...props }, world);

/** The nodes that an alarm of a template watches, by what of their ids is their own. */
const nodesOf = (cluster: RedisCluster, symptom = 'evictions') => Object.entries(alarmsOf(cluster)).filter(([name]) => name.replace(/-\d+$/, '') === symptom)
  .flatMap(([, { metrics }]) => metrics.map(metric => /-(\d{4}-\d{3}), CacheNodeId=0001\}/.exec(metric)?.[1]));

describe('the nodes that are watched', () => {
  test('are those of the most shards', () => {
    const cluster = scalable();
    cluster.autoScaleShards({ minCapacity: 1, maxCapacity: 4 });
    expect(nodesOf(cluster)).toEqual(['0001-001', '0001-002', '0002-001', '0002-002', '0003-001', '0003-002', '0004-001', '0004-002']);
  });

  test('are those of the most replicas', () => {
    const cluster = scalable();
    cluster.autoScaleReplicas({ maxCapacity: 3 });
    expect(nodesOf(cluster)).toEqual(['0001-001', '0001-002', '0001-003', '0001-004', '0002-001', '0002-002', '0002-003', '0002-004']);
  });

  test('are those of both', () => {
    const cluster = scalable();
    cluster.autoScaleShards({ maxCapacity: 3 });
    cluster.autoScaleReplicas({ maxCapacity: 2 });
    expect(nodesOf(cluster)).toEqual([1, 2, 3].flatMap(shard => [1, 2, 3].map(node => `000${shard}-00${node}`)));
  });

  test('are at least those that there are', () => {
    const cluster = scalable({ shards: 3, replicasPerShard: 2 });
    cluster.autoScaleShards({ maxCapacity: 2 });
    cluster.autoScaleReplicas({ maxCapacity: 1 });
    expect(nodesOf(cluster)).toEqual([1, 2, 3].flatMap(shard => [1, 2, 3].map(node => `000${shard}-00${node}`)));
  });

  test('follow a schedule', () => {
    const cluster = scalable();
    const shards = cluster.autoScaleShards({ maxCapacity: 3 });
    shards.scaleOnSchedule('Sale', { schedule: Schedule.cron({ hour: '8' }), minCapacity: 2, maxCapacity: 5 });
    shards.scaleOnSchedule('Night', { schedule: Schedule.cron({ hour: '22' }), maxCapacity: 2 });
    expect(new Set(nodesOf(cluster).map(node => node?.slice(0, 4)))).toEqual(new Set(['0001', '0002', '0003', '0004', '0005']));
  });

  test('of shards with ids of their own keep them, and no id is given twice', () => {
    const cluster = scalable({ shardLayout: [{ shardId: '3', replicas: 0 }, { shardId: '1', replicas: 1 }] });
    cluster.autoScaleShards({ maxCapacity: 4 });
    expect(nodesOf(cluster)).toEqual(['0003-001', '0001-001', '0001-002', '0002-001', '0004-001']);
  });

  test('are never more than a cluster may have', () => {
    const cluster = scalable({}, {}, layout({ '@aws-cdk/core:stackResourceLimit': 0 }));
    cluster.autoScaleShards({ maxCapacity: 300 });
    expect(nodesOf(cluster)).toHaveLength(500);
    // Four symptoms of 50 alarms and a composite, memory of the whole group, and the two composites that stand for all.
    expect(watchersOf(cluster)).toHaveLength(207);
  });

  test('are those that there are where only CloudFormation knows the most, and yet none is missed when it goes', () => {
    const world = layout();
    const cluster = scalable({}, {}, world);
    cluster.autoScaleShards({ maxCapacity: new CfnParameter(world.data, 'Most', { type: 'Number' }).valueAsNumber });
    expect(nodesOf(cluster)).toEqual(['0001-001', '0001-002', '0002-001', '0002-002']);
    expect(Object.keys(alarmsOf(cluster))).not.toContain('nodes-1');
  });
});

describe('the alarms that there are', () => {
  test('nodes that go are not missed, unless asked for', () => {
    const names = (props: Partial<RedisClusterProps>) => {
      const cluster = scalable({}, props);
      cluster.autoScaleShards({ maxCapacity: 3 });
      return Object.keys(alarmsOf(cluster));
    };
    expect(Object.keys(alarmsOf(scalable()))).toContain('nodes-1');
    expect(names({})).not.toContain('nodes-1');
    expect(names({ alarms: { nodes: { enabled: true } } })).toContain('nodes-1');
  });

  test('replicas that may come may lag', () => {
    const cluster = scalable({ replicasPerShard: 0 });
    expect(Object.keys(alarmsOf(cluster))).not.toContain('replicationLag-1');
    const scaled = scalable({ replicasPerShard: 0 });
    scaled.autoScaleReplicas({ maxCapacity: 2 });
    expect(nodesOf(scaled, 'replicationLag')).toEqual(['0001-001', '0001-002', '0001-003', '0002-001', '0002-002', '0002-003']);
    const shards = scalable({ replicasPerShard: 0 });
    shards.autoScaleShards({ maxCapacity: 3 });
    expect(Object.keys(alarmsOf(shards))).not.toContain('replicationLag-1');
  });

  test('none, where they were switched off', () => {
    const cluster = scalable({}, { alarms: { enabled: false } });
    cluster.autoScaleShards({ maxCapacity: 3 });
    expect(cluster.alarms).toBeUndefined();
    expect(watchersOf(cluster)).toEqual([]);
  });

  test('logical ids stay as they are', () => {
    const idsOf = (cluster: RedisCluster) => watchersOf(cluster).map(([id]) => id).filter(id => !id.includes('Nodes'));
    const scaled = scalable();
    scaled.autoScaleShards({ maxCapacity: 2 });
    expect(idsOf(scaled)).toEqual(idsOf(scalable()));
  });
});

describe('what is published of the whole group', () => {
  const GROUP = '{ReplicationGroupId=data-cache-a610ade3}';
  const scaled = (props: Partial<RedisClusterProps>) => {
    const cluster = scalable({}, props);
    cluster.autoScaleShards({ maxCapacity: 6 });
    return alarmsOf(cluster);
  };
  const rows: [string, string, Partial<RedisClusterProps>, string][] = [
    ['engineCpu', 'EngineCPUUtilization', { nodeType: CacheNodeType.R7G_XLARGE }, '> 90, 5 of 5'],
    ['memory', 'DatabaseMemoryUsageCountedForEvictPercentage', {}, '> 80, 5 of 5'],
    [
      'capacity', 'DatabaseCapacityUsageCountedForEvictPercentage',
      { nodeType: CacheNodeType.R6GD_XLARGE, evictionPolicy: EvictionPolicy.VOLATILE_LRU }, '> 80, 5 of 5',
    ],
  ];

  test.each(rows)('%s watches %s, whatever nodes there are', (symptom, metric, props, when) => {
    const whole = (period: string) => ({
      metrics: [`m1: AWS/ElastiCache ${metric} ${GROUP} Maximum of ${period}`], formulas: [], when: `${when}, notBreaching`,
    });
    const alarms = scaled(props);
    expect(Object.keys(alarms).filter(name => name.startsWith(symptom))).toEqual([`${symptom}-1`]);
    expect(alarms[`${symptom}-1`]).toEqual(whole('60 s'));
    expect(scaled({ ...props, alarms: { [symptom]: { period: Duration.minutes(5) } } })[`${symptom}-1`]).toEqual(whole('300 s'));
    expect(JSON.stringify(alarmsOf(scalable({}, props))[`${symptom}-1`].metrics)).not.toContain('ReplicationGroupId');
  });

  test('is nothing else', () => {
    const ofGroup = Object.entries(scaled({ nodeType: CacheNodeType.R7G_LARGE }))
      .filter(([, { metrics }]) => metrics.some(metric => metric.includes(GROUP)));
    expect(ofGroup.map(([name]) => name)).toEqual(['memory-1']);
  });

  test('is watched by alarms beside the cluster too, made before and after', () => {
    const world = layout();
    const cluster = scalable({}, { alarms: { enabled: false } }, world);
    new RedisAlarms(world.data, 'Before', { cluster });
    cluster.autoScaleReplicas({ maxCapacity: 3 });
    new RedisAlarms(world.data, 'After', { cluster });
    const memory = watchersOf(cluster).filter(([, { Properties }]) => /-memory-\d+$/.test(Properties.AlarmName));
    expect(memory.map(([, { Properties }]) => [Properties.Dimensions, Properties.MetricName])).toEqual([1, 2].map(() =>
      [[{ Name: 'ReplicationGroupId', Value: 'data-cache-a610ade3' }], 'DatabaseMemoryUsageCountedForEvictPercentage']));
  });
});

describe('what was done to the alarms before', () => {
  const actionsOf = (cluster: RedisCluster, symptom: string) => watchersOf(cluster)
    .find(([, { Properties }]) => Properties.AlarmName.endsWith(`-${symptom}`))?.[1].Properties.AlarmActions;

  test('actions are kept', () => {
    const world = layout();
    const [pager, mail] = ['pager', 'mail'].map(name => new SnsAction(Topic.fromTopicArn(world.data, name, `arn:aws:sns:eu-west-1:123456789012:${name}`)));
    const cluster = scalable({}, { alarms: { actions: [pager] } }, world);
    cluster.alarms!.addAction(mail);
    cluster.autoScaleShards({ maxCapacity: 6 });
    cluster.autoScaleReplicas({ maxCapacity: 1 });
    expect(actionsOf(cluster, 'evictions')).toEqual(['arn:aws:sns:eu-west-1:123456789012:pager', 'arn:aws:sns:eu-west-1:123456789012:mail']);
    expect([actionsOf(cluster, 'evictions-1'), actionsOf(cluster, 'evictions-2')]).toEqual([undefined, undefined]);
  });

  test('actions that leave constructs behind are bound to the alarms that there are at last', () => {
    const world = layout({ [LAMBDA_PERMISSION_LOGICAL_ID_FOR_LAMBDA_ACTION]: true });
    const cluster = scalable({}, { alarms: { actions: [new LambdaAction(newFunction(world.data, world.vpc))] } }, world);
    cluster.autoScaleShards({ maxCapacity: 6 });
    const resources = resourcesOf(cluster);
    const invoking = Object.values(resources).filter(({ Type }) => Type === 'AWS::Lambda::Permission').map(({ Properties }) => Properties.SourceArn['Fn::GetAtt'][0]);
    const acting = watchersOf(cluster).filter(([, { Properties }]) => Properties.AlarmActions).map(([id]) => id);
    expect(acting).toHaveLength(11);
    expect(invoking.sort()).toEqual(acting.sort());
  });

  const HANDLES: [string, (alarms: RedisAlarms) => unknown][] = [
    ['all', alarms => alarms.all], ['byKey', alarms => alarms.byKey('memory')], ['anyWarning', alarms => alarms.anyWarning], ['anyCritical', alarms => alarms.anyCritical],
  ];
  const TEXT = '- alarms must be asked for after scaling is set up, which changes what they watch (got an alarm that was handed out before). '
    + 'Call `autoScaleShards` and `autoScaleReplicas` first. [cdk-data-tier::alarms-before-scaling]';

  test.each(HANDLES)('%s handed out before is refused', (_name, ask) => {
    const cluster = scalable();
    ask(cluster.alarms!);
    expect(faultsOf(() => cluster.autoScaleShards({ maxCapacity: 3 }))).toEqual(['Data/Cache has 1 fault:', TEXT]);
    const later = scalable();
    later.autoScaleReplicas({ maxCapacity: 3 });
    expect(ask(later.alarms!)).toBeDefined();
  });
});

describe('alarms that were made beside the cluster', () => {
  test('follow its scaling', () => {
    const world = layout();
    const cluster = scalable({}, { alarms: { enabled: false } }, world);
    new RedisAlarms(world.data, 'Mine', { cluster });
    cluster.autoScaleShards({ maxCapacity: 3 });
    expect(nodesOf(cluster)).toHaveLength(6);
    expect(Object.keys(alarmsOf(cluster))).not.toContain('nodes-1');
  });

  test('made after it know of it', () => {
    const world = layout();
    const cluster = scalable({}, { alarms: { enabled: false } }, world);
    cluster.autoScaleShards({ maxCapacity: 3 });
    new RedisAlarms(world.data, 'Mine', { cluster });
    expect(nodesOf(cluster)).toHaveLength(6);
  });

  test('are refused where they were handed out before', () => {
    const world = layout();
    const cluster = scalable({}, {}, world);
    expect(new RedisAlarms(world.data, 'Mine', { cluster }).all).toHaveLength(12);
    expect(faultsOf(() => cluster.autoScaleShards({ maxCapacity: 3 }))[0]).toBe('Data/Mine has 1 fault:');
  });
});

test('a session store that is scaled is watched in the same way', () => {
  const { data, vpc } = layout();
  const store = new SessionStore(data, 'Sessions', { vpc, clusterMode: ClusterMode.enabled(), nodeType: CacheNodeType.R7G_LARGE });
  store.cluster.autoScaleShards({ maxCapacity: 3 });
  const alarms = alarmsOf(store);
  expect(nodesOf(store.cluster)).toHaveLength(6);
  expect([alarms['memory-1'], alarms['memoryCritical-1']].map(({ metrics, when }) => [...metrics, when])).toEqual(['> 60', '> 75'].map(when => [
    'm1: AWS/ElastiCache DatabaseMemoryUsageCountedForEvictPercentage {ReplicationGroupId=data-sessions-cluster-be58d845} Maximum of 60 s',
    `${when}, 5 of 5, notBreaching`,
  ]));
});

test('a session store that grows beyond 100 nodes keeps its second alarm of memory, which costs one', () => {
  const { data, vpc } = layout({ '@aws-cdk/core:stackResourceLimit': 0 });
  const store = new SessionStore(data, 'Sessions', { vpc, clusterMode: ClusterMode.enabled(), nodeType: CacheNodeType.R7G_LARGE });
  store.cluster.autoScaleShards({ maxCapacity: 250 });
  expect(watchersOf(store)).toHaveLength(208);
});
