import {
  CacheNodeType, ClusterMode, MemcachedPoolProps, RedisCluster, RedisClusterProps, RedisDurability, RedisEngine, SessionStoreProps,
  SessionStoreWhenFull,
} from '../../src';
import { Layout, layout, newCluster, newPool, newSessionStore, TemplateResource } from '../helpers';
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
  ['a burstable cluster of 90', () => cluster({ nodeType: CacheNodeType.T4G_MICRO, clusterMode: modeOf(90) }), 90, 168],
  ['a durable cluster of 90', () => cluster({ ...VALKEY, clusterMode: modeOf(90) }), 90, 168],
  ['a durable cluster of 90 that refuses writes', () => cluster({ ...VALKEY, clusterMode: modeOf(90), parameters: { 'maxmemory-policy': 'noeviction' } }), 90, 168],
  ['a cluster of 45 shards with ids of their own', () => cluster({ clusterMode: ownShards(45) }), 90, 158],
  ['a cluster with a long name in a long path', () => new RedisCluster(large().data, LONG_NAME, { vpc: large().vpc, clusterMode: modeOf(90), nodeType: XLARGE }), 90, 158],
  ['a store of 2', () => store({}), 2, 16],
  ['a store of 90', () => store({ clusterMode: modeOf(90) }), 90, 178],
  ['a store of 90 that refuses writes', () => store({ clusterMode: modeOf(90), whenFull: SessionStoreWhenFull.REFUSE_WRITES }), 90, 178],
  ['a store of 100', () => store({ clusterMode: modeOf(100) }), 100, 197],
  ['a store of 500', () => store({ clusterMode: modeOf(500) }), 500, 257],
  ...([[1, 9], [2, 10], [10, 20], [11, 31], [60, 76]] as const).map(([nodeCount, count]): Row =>
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

test('above 100 nodes what is essential is left', () => {
  const symptomsOf = (mode: ClusterMode, nodeType: CacheNodeType) => new Set(watchersOf(cluster({ clusterMode: mode, nodeType }))
    .map(([, { Properties }]) => Properties.AlarmName.replace(/^.*-[0-9a-f]{8}-/, '').replace(/-\d+$/, '')));
  const both = ['replicationLag', 'evictions', 'connections', 'any-warning', 'any-critical'].sort();
  expect([...symptomsOf(modeOf(101), XLARGE)].sort()).toEqual([...both, 'engineCpu', 'memory'].sort());
  expect([...symptomsOf(modeOf(101), CacheNodeType.R7G_LARGE)].sort()).toEqual([...both, 'cpu', 'memory'].sort());
  expect([...symptomsOf(modeOf(101), CacheNodeType.R6GD_XLARGE)].sort()).toEqual([...both, 'engineCpu', 'capacity'].sort());
});

test('hit rates are of up to 50 nodes', () => {
  const hitRates = (nodes: number) => watchersOf(cluster({ clusterMode: modeOf(nodes) })).filter(([, { Properties }]) => /-hitRate-\d+$/.test(Properties.AlarmName)).length;
  expect([hitRates(50), hitRates(51)]).toEqual([10, 0]);
});
