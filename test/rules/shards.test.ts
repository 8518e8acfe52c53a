import { Properties, Surroundings, UNDECIDED, UNKNOWN } from '../../src/rules/rule';
import { asksForClusterMode, fewestNodes, isClustered, parseSlots, replicaCounts, shardCount } from '../../src/rules/shards';

const parameters = (properties: Properties): Surroundings => ({
  behind: () => [{ type: 'AWS::ElastiCache::ParameterGroup', properties: { CacheParameterGroupFamily: 'redis7', Properties: { ...properties } } }],
});

test.each<[Properties, number, number[], number]>([
  [{}, 1, [], 1],
  [{ NumCacheClusters: 1 }, 1, [0], 1],
  [{ NumCacheClusters: 6 }, 1, [5], 6],
  [{ NumNodeGroups: 3 }, 3, [], 3],
  [{ NumNodeGroups: 3, ReplicasPerNodeGroup: 2 }, 3, [2], 9],
  [{ NumNodeGroups: '3', ReplicasPerNodeGroup: '2' }, 3, [2], 9],
  [{ NodeGroupConfiguration: [] }, 1, [], 1],
  [{ NodeGroupConfiguration: UNKNOWN }, 1, [], 1],
  [{ NodeGroupConfiguration: [{ ReplicaCount: 1 }, { ReplicaCount: 5 }] }, 2, [1, 5], 8],
  [{ NodeGroupConfiguration: [{ ReplicaCount: 1 }, {}], ReplicasPerNodeGroup: 3 }, 2, [1, 3], 6],
  [{ NodeGroupConfiguration: [{ ReplicaCount: UNKNOWN }, UNKNOWN, {}] }, 3, [], 3],
])('shards, replicas and nodes of %p', (properties, shards, replicas, nodes) => {
  expect([shardCount(properties), replicaCounts(properties), fewestNodes(properties)]).toEqual([shards, replicas, nodes]);
});

test.each<[Properties, Surroundings, boolean, boolean | undefined]>([
  [{}, {}, false, undefined],
  [{ ClusterMode: 'enabled' }, {}, true, true],
  [{ ClusterMode: 'Compatible' }, {}, true, true],
  [{ ClusterMode: 'disabled' }, {}, false, false],
  [{ ClusterMode: 'disabled' }, parameters({ 'cluster-enabled': 'yes' }), false, false],
  [{ NumNodeGroups: 2 }, {}, true, true],
  [{ NumNodeGroups: 1 }, {}, false, undefined],
  [{ NodeGroupConfiguration: [{}, {}] }, {}, true, true],
  [{ CacheParameterGroupName: 'default.redis7' }, {}, false, false],
  [{ CacheParameterGroupName: 'default.redis7.cluster.on' }, {}, false, true],
  [{}, parameters({ 'cluster-enabled': 'yes' }), false, true],
  [{}, parameters({}), false, false],
  [{}, parameters({ 'cluster-enabled': UNKNOWN }), false, undefined],
  [{ ClusterMode: UNDECIDED }, parameters({}), false, undefined],
  [{ NumNodeGroups: UNKNOWN }, parameters({}), false, undefined],
  [{ NodeGroupConfiguration: UNKNOWN }, parameters({}), false, undefined],
])('cluster mode of %p', (properties, around, asks, clustered) => {
  expect([asksForClusterMode(properties), isClustered(properties, around)]).toEqual([asks, clustered]);
});

test('slots', () => {
  expect(parseSlots('0-16383')).toEqual([{ first: 0, last: 16383 }]);
  expect(parseSlots('5')).toEqual([{ first: 5, last: 5 }]);
  expect(parseSlots('0-4,6-10,12')).toEqual([{ first: 0, last: 4 }, { first: 6, last: 10 }, { first: 12, last: 12 }]);
  expect(['', 'a', '0-', '-1', '2-1', '0-16384', '0-1,', ',0-1', '0-1;2-3', '0 - 1', '0-1-2'].map(parseSlots)).toEqual(Array(11).fill(undefined));
});
