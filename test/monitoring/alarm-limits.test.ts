import {
  CacheNodeType, ClusterMode, EvictionPolicy, MemcachedPoolProps, RedisCluster, RedisClusterProps, RedisDurability, RedisEngine, SessionStoreProps,
  SessionStoreWhenFull,
} from '../../src';
import { Layout, layout, newCluster, newPool, newSessionStore, resourcesOf, TemplateResource } from '../helpers';
import { described, entriesOf, watchersOf } from './alarms';

/** CloudWatch User Guide, "CloudWatch service quotas", and CloudWatch API Reference, PutMetricAlarm and PutCompositeAlarm. */
const METRICS = 10;
const EXPRESSIONS = 10;
const CHILDREN = 100;
const RULE_LENGTH = 10_240;
const NAME_LENGTH = 255;
const DESCRIPTION_LENGTH = 1024;

/** An ARN is no longer than with this partition and Region. */
const ARN_PREFIX = 'arn:aws-us-gov:cloudwatch:ap-southeast-99:123456789012:alarm:';

const XLARGE = CacheNodeType.R7G_XLARGE;

/** A stack may have 500 resources, and the alarms of large groups stand in one here. */
const large = () => layout({ '@aws-cdk/core:stackResourceLimit': 0 });
const cluster = (props: Partial<RedisClusterProps>, world: Layout = large()) => newCluster({ nodeType: XLARGE, ...props }, world);
const pool = (props: Partial<MemcachedPoolProps>) => newPool(props, large());
const store = (props: Partial<SessionStoreProps>) => newSessionStore(props, large());

/** Shards of two nodes, and one of a single node where the number is odd. */
const shardsOf = (nodes: number) => ClusterMode.enabled({
  shardLayout: Array.from({ length: Math.ceil(nodes / 2) }, (_, index) => ({ shardId: String(index + 1), replicas: index * 2 + 1 < nodes ? 1 : 0 })),
});
const ownShards = (shards: number) => ClusterMode.enabled({
  shardLayout: Array.from({ length: shards }, (_, index) => ({ shardId: String(9999 - 7 * index), replicas: 1 })),
});
const modeOf = (nodes: number) => nodes <= 6 ? ClusterMode.disabled({ replicas: nodes - 1 }) : shardsOf(nodes);
const VALKEY = { engine: RedisEngine.VALKEY_9_0, durability: RedisDurability.SYNC };
const LONG_NAME = 'L'.repeat(200);

/** What is built, its nodes, and how many alarms and composites it costs. */
type Row = [string, () => ReturnType<typeof cluster> | ReturnType<typeof pool> | ReturnType<typeof store>, nodes: number, count: number];
const ROWS: Row[] = [
  ...([[1, 12], [2, 14], [6, 23], [10, 26], [11, 44], [90, 158], [100, 175], [101, 62], [500, 257]] as const).map(([nodes, count]): Row =>
    [`a cluster of ${nodes}`, () => cluster({ clusterMode: modeOf(nodes) }), nodes, count]),
  ...([[90, 177], [100, 196], [101, 207], [500, 932]] as const).map(([nodes, count]): Row =>
    [`a complete cluster of ${nodes}`, () => cluster({ clusterMode: modeOf(nodes), alarms: { complete: true } }), nodes, count]),
  ['a burstable cluster of 90', () => cluster({ nodeType: CacheNodeType.T4G_MICRO, clusterMode: modeOf(90) }), 90, 158],
  ['a burstable cluster of 50', () => cluster({ nodeType: CacheNodeType.T4G_MICRO, clusterMode: modeOf(50) }), 50, 116],
  ['a durable cluster of 90', () => cluster({ ...VALKEY, clusterMode: modeOf(90) }), 90, 158],
  ['a durable cluster of 90 that refuses writes', () => cluster({ ...VALKEY, clusterMode: modeOf(90), parameters: { 'maxmemory-policy': 'noeviction' } }), 90, 167],
  ['a cluster of 45 shards with ids of their own', () => cluster({ clusterMode: ownShards(45) }), 90, 158],
  ['a cluster with a long name in a long path', () => new RedisCluster(large().data, LONG_NAME, { vpc: large().vpc, clusterMode: modeOf(90), nodeType: XLARGE }), 90, 158],
  ['a store of 2', () => store({}), 2, 16],
  ['a store of 90', () => store({ clusterMode: modeOf(90) }), 90, 168],
  ['a store of 90 that refuses writes', () => store({ clusterMode: modeOf(90), whenFull: SessionStoreWhenFull.REFUSE_WRITES }), 90, 177],
  ['a store of 100', () => store({ clusterMode: modeOf(100) }), 100, 186],
  ['a store of 500', () => store({ clusterMode: modeOf(500) }), 500, 257],
  ...([[1, 9], [2, 10], [10, 22], [11, 32], [60, 69]] as const).map(([nodeCount, count]): Row =>
    [`a pool of ${nodeCount}`, () => pool({ nodeCount }), nodeCount, count]),
];

/** The children of a composite, by their logical ids. */
function childrenOf({ Properties: { AlarmRule } }: TemplateResource): string[] {
  return AlarmRule['Fn::Join'][1].flatMap((part: string | { 'Fn::GetAtt': [string, string] }) => typeof part === 'string' ? [] : [part['Fn::GetAtt'][0]]);
}

describe.each(ROWS)('%s', (_name, make, nodes, count) => {
  const watchers = watchersOf(make());
  const byId = new Map(watchers);
  const composites = watchers.filter(([, { Type }]) => Type === 'AWS::CloudWatch::CompositeAlarm');
  const alarms = watchers.filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm').map(([id, alarm]) => ({ id, alarm, entries: entriesOf(alarm) }));

  test(`costs ${count}`, () => expect(watchers.length).toBe(count));

  test('every alarm has as many metrics and expressions as CloudWatch takes', () => {
    for (const { entries } of alarms) {
      expect(entries.filter(({ MetricStat }) => MetricStat).length).toBeGreaterThanOrEqual(1);
      expect(entries.filter(({ MetricStat }) => MetricStat).length).toBeLessThanOrEqual(METRICS);
      expect(entries.filter(({ Expression }) => Expression).length).toBeLessThanOrEqual(EXPRESSIONS);
      expect(entries.filter(({ ReturnData }) => ReturnData !== false)).toHaveLength(1);
    }
  });

  test('every metric of every node is in one alarm of a symptom, and in no other', () => {
    const symptoms = new Map<string, string[]>();
    for (const { alarm, entries } of alarms) {
      const symptom = alarm.Properties.AlarmName.replace(/-\d+$/, '');
      const metrics = entries.filter(({ MetricStat }) => MetricStat).map(entry => described(entry).replace(/^\w+: /, ''));
      symptoms.set(symptom, [...symptoms.get(symptom) ?? [], ...metrics]);
    }
    for (const [symptom, metrics] of symptoms) {
      const nodesSeen = new Set(metrics.map(metric => /\{(.*)\}/.exec(metric)?.[1]));
      const names = new Set(metrics.map(metric => metric.split(' ')[1]));
      expect([symptom, nodesSeen.size, new Set(metrics).size]).toEqual([symptom, nodes, metrics.length]);
      expect(metrics).toHaveLength(nodes * names.size);
    }
  });

  test('no node is alone among those that could miss it', () => {
    const lonely = alarms.filter(({ alarm, entries }) => /-nodes-\d+$/.test(alarm.Properties.AlarmName) && entries.filter(({ MetricStat }) => MetricStat).length < 2);
    expect(lonely).toEqual([]);
  });

  test('rules, names and descriptions are as short as CloudWatch wants them', () => {
    for (const [, composite] of composites) {
      const children = childrenOf(composite);
      const texts: string[] = composite.Properties.AlarmRule['Fn::Join'][1].filter((part: unknown) => typeof part === 'string');
      const arns = children.map(id => `${ARN_PREFIX}${byId.get(id)?.Properties.AlarmName}`);
      expect(children.length).toBeGreaterThanOrEqual(1);
      expect(children.length).toBeLessThanOrEqual(CHILDREN);
      expect([...texts, ...arns].join('').length).toBeLessThanOrEqual(RULE_LENGTH);
    }
    const names = watchers.map(([, { Properties }]) => Properties.AlarmName);
    expect(new Set(names).size).toBe(count);
    expect(Math.max(...names.map(name => name.length))).toBeLessThanOrEqual(NAME_LENGTH);
    expect(Math.max(...watchers.map(([, { Properties }]) => Properties.AlarmDescription.length))).toBeLessThanOrEqual(DESCRIPTION_LENGTH);
  });

  test('every alarm is behind one of the two composites that stand for all', () => {
    const reached = new Set<string>();
    const visit = (id: string) => {
      reached.add(id);
      const resource = byId.get(id)!;
      if (resource.Type === 'AWS::CloudWatch::CompositeAlarm') childrenOf(resource).forEach(visit);
    };
    composites.filter(([, { Properties }]) => /-any-(warning|critical)$/.test(Properties.AlarmName)).forEach(([id]) => visit(id));
    expect([...reached].sort()).toEqual([...byId.keys()].sort());
  });
});

test('the numbers that were promised', () => {
  const countOf = (name: string) => ROWS.find(([row]) => row === name)![3];
  for (const [name, , nodes, count] of ROWS) if (nodes === 90) expect([name, count <= 180]).toEqual([name, true]);
  expect(countOf('a cluster of 500')).toBeLessThanOrEqual(300);
  expect(countOf('a store of 500')).toBeLessThanOrEqual(300);
});

/** Every combination of what decides which alarms there are. */
const COMBINATIONS = [CacheNodeType.T4G_SMALL, XLARGE].flatMap(nodeType =>
  [{}, { ...VALKEY }].flatMap(durable => [false, true].flatMap(refuses => [false, true].flatMap(isStore =>
    [undefined, 'shards'].map(scaled => ({ nodeType, durable, refuses, isStore, scaled }))))));

/** How many alarms and composites so many nodes have, or may grow to. */
function costOf({ nodeType, durable, refuses, isStore, scaled }: typeof COMBINATIONS[number], nodes: number): number {
  const clusterMode = ClusterMode.enabled({ shards: scaled ? 2 : nodes / 2, replicasPerShard: 1 });
  const made = isStore
    ? store({ nodeType, ...durable, clusterMode, ...refuses && { whenFull: SessionStoreWhenFull.REFUSE_WRITES } }).cluster
    : cluster({ nodeType, ...durable, clusterMode, ...refuses && { evictionPolicy: EvictionPolicy.NOEVICTION } });
  if (scaled) made.autoScaleShards({ maxCapacity: nodes / 2 });
  expect(made._watchedNodeIds()).toHaveLength(nodes);
  return made.alarms!.node.children.length;
}

test('the promise holds in every combination', () => {
  // Building 500 nodes takes a second: only with everything that could add alarms.
  const fullest = COMBINATIONS.filter(({ durable, refuses }) => 'durability' in durable && refuses);
  const dear = ([[90, 180, COMBINATIONS], [500, 300, fullest]] as const).flatMap(([nodes, most, combinations]) => combinations
    .map(combination => ({ ...combination, nodes, cost: costOf(combination, nodes) })).filter(({ cost }) => cost > most));
  expect([COMBINATIONS.length, fullest.length]).toEqual([32, 8]);
  expect(dear).toEqual([]);
});

test('what is published of the whole group costs one alarm', () => {
  const usual = { nodeType: XLARGE, durable: {}, refuses: false, isStore: false };
  // Memory and CPU of the engine are one alarm each instead of nine and a composite, and nodes that go are not missed.
  expect([undefined, 'shards'].map(scaled => costOf({ ...usual, scaled }, 90))).toEqual([158, 129]);
  expect([undefined, 'shards'].map(scaled => costOf({ ...usual, scaled }, 500))).toEqual([257, 157]);
});

test('templates of 90 nodes are as small as CloudFormation wants them, without spaces', () => {
  const complete = cluster({ clusterMode: modeOf(90), nodeType: CacheNodeType.T4G_MICRO, alarms: { complete: true } });
  for (const made of [complete, store({ clusterMode: modeOf(90) })]) {
    expect(JSON.stringify({ Resources: resourcesOf(made) }).length).toBeLessThanOrEqual(1_000_000);
  }
});

test('above 100 nodes what is essential is left', () => {
  const symptomsOf = (mode: ClusterMode, nodeType: CacheNodeType) => new Set(watchersOf(cluster({ clusterMode: mode, nodeType }))
    .map(([, { Properties }]) => Properties.AlarmName.replace(/^.*-[0-9a-f]{8}-/, '').replace(/-\d+$/, '')));
  const both = ['replicationLag', 'evictions', 'connections', 'any-warning', 'any-critical'].sort();
  expect([...symptomsOf(modeOf(101), XLARGE)].sort()).toEqual([...both, 'engineCpu', 'memory'].sort());
  expect([...symptomsOf(modeOf(101), CacheNodeType.R7G_LARGE)].sort()).toEqual([...both, 'cpu', 'memory'].sort());
  expect([...symptomsOf(modeOf(101), CacheNodeType.R6GD_XLARGE)].sort()).toEqual([...both, 'engineCpu', 'capacity'].sort());
});

test.each([
  ['cpuCredits', { nodeType: CacheNodeType.T4G_SMALL }],
  ['durabilityLag', VALKEY],
])('%s is of up to 50 nodes, unless all are asked for', (symptom, props) => {
  const has = (shards: number, alarms?: RedisClusterProps['alarms']) =>
    cluster({ ...props, clusterMode: ClusterMode.enabled({ shards }), alarms }).alarms!._symptoms.some(({ key }) => key === symptom);
  expect([has(25), has(26), has(26, { complete: true }), has(26, { [symptom]: { enabled: true } })]).toEqual([true, false, true, true]);
});

test('hit rates are of up to 50 nodes', () => {
  const hitRates = (nodes: number) => watchersOf(cluster({ clusterMode: modeOf(nodes) })).filter(([, { Properties }]) => /-hitRate-\d+$/.test(Properties.AlarmName)).length;
  expect([hitRates(50), hitRates(51)]).toEqual([10, 0]);
});
