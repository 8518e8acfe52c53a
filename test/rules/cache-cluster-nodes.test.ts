import { say, testRules } from './cases';
import { cacheClusterNodeRules } from '../../src/rules/cache-cluster-nodes';
import { UNDECIDED, UNKNOWN } from '../../src/rules/rule';

const NAME = 'A cluster name has 1 to 50 letters, digits and hyphens, begins with a letter, does not end with a hyphen and has no two in a row: '
  + '`ClusterName` (got "%"). Change `ClusterName`.';
const COUNT = 'A cluster has a whole number of nodes, at least 1: `NumCacheNodes` (%). Set `NumCacheNodes` accordingly.';
const ONE_ZONE = 'All nodes are in one zone and are lost with it: `NumCacheNodes` (got %), `PreferredAvailabilityZones` (%). '
  + 'Spread the nodes over several zones by `PreferredAvailabilityZones`.';
const ZONES_COUNT = 'There is one preferred zone for each node, and a zone may be repeated: `PreferredAvailabilityZones` (got %), `NumCacheNodes` (got %). '
  + 'List as many zones in `PreferredAvailabilityZones` as there are nodes.';

const MEMCACHED = { Engine: 'memcached' };
const SPREAD = { ...MEMCACHED, NumCacheNodes: 2, AZMode: 'cross-az', PreferredAvailabilityZones: ['a', 'b'] };

testRules(cacheClusterNodeRules, {
  'cache-cluster-name': {
    severity: 'error',
    legal: [[{}], [{ ClusterName: 'a' }], [{ ClusterName: 'Shop-Pool-1' }], [{ ClusterName: 'a'.repeat(50) }]],
    faults: ['', '1a', 'a-', 'a--b', 'a_b', 'a'.repeat(51)].map((name) => [say(NAME, name), { ClusterName: name }]),
  },
  'cache-cluster-node-count': {
    severity: 'error',
    legal: [[{ NumCacheNodes: 1 }], [{ NumCacheNodes: '2' }], [{ NumCacheNodes: 300 }]],
    faults: [
      [say(COUNT, 'got 0'), { NumCacheNodes: 0 }],
      [say(COUNT, 'got -1'), { NumCacheNodes: -1 }],
      [say(COUNT, 'got 1.5'), { NumCacheNodes: 1.5 }],
    ],
  },
  'memcached-node-quota': {
    severity: 'warning',
    legal: [[{ ...MEMCACHED, NumCacheNodes: 60 }], [MEMCACHED], [{ Engine: 'redis', NumCacheNodes: 61 }]],
    faults: [[
      'More than 60 nodes need a higher quota: `NumCacheNodes` (got 61). Ask for fewer by `NumCacheNodes`, or have the quota raised.',
      { ...MEMCACHED, NumCacheNodes: 61 },
    ]],
  },
  'cache-cluster-redis-nodes': {
    severity: 'error',
    legal: [[{ Engine: 'redis', NumCacheNodes: 1 }], [{ Engine: 'redis' }], [{ ...MEMCACHED, NumCacheNodes: 2 }]],
    faults: [[
      'A cache cluster of Redis OSS has one node: `NumCacheNodes` (got 2). Set `NumCacheNodes` to 1, or make a replication group.',
      { Engine: 'redis', NumCacheNodes: 2 },
    ]],
  },
  'memcached-single-node': {
    severity: 'warning',
    legal: [[{ ...MEMCACHED, NumCacheNodes: 2 }], [{ Engine: 'redis', NumCacheNodes: 1 }]],
    faults: [[
      'With one node the loss of it loses the whole cache: `NumCacheNodes` (got 1). Ask for at least 2 by `NumCacheNodes`.',
      { ...MEMCACHED, NumCacheNodes: 1 },
    ]],
  },
  'memcached-one-zone': {
    severity: 'warning',
    indifferentTo: ['PreferredAvailabilityZone'],
    legal: [
      [SPREAD],
      [SPREAD, { maxZones: 2 }],
      [{ ...SPREAD, PreferredAvailabilityZones: ['a', UNKNOWN] }],
      [{ ...SPREAD, PreferredAvailabilityZones: [UNKNOWN, UNKNOWN] }],
      [{ ...SPREAD, PreferredAvailabilityZones: undefined }],
      [{ ...SPREAD, PreferredAvailabilityZone: UNDECIDED }],
      [{ ...MEMCACHED, NumCacheNodes: 1 }],
      [MEMCACHED],
      [{ Engine: 'redis', NumCacheNodes: 2 }],
    ],
    faults: [
      [say(ONE_ZONE, '2', 'not set'), { ...MEMCACHED, NumCacheNodes: 2 }],
      [say(ONE_ZONE, '2', 'not set'), { ...MEMCACHED, NumCacheNodes: 2, AZMode: 'single-az' }],
      [say(ONE_ZONE, '2', 'got ["a","a"]'), { ...SPREAD, PreferredAvailabilityZones: ['a', 'a'] }],
      [say(ONE_ZONE, '2', 'got ["a","b"]'), SPREAD, { maxZones: 1 }],
      [say(ONE_ZONE, '3', 'not set'), { ...MEMCACHED, NumCacheNodes: 3, AZMode: 'cross-az', PreferredAvailabilityZone: 'a' }],
    ],
  },
  'az-mode-word': {
    severity: 'error',
    legal: [[{}], [{ AZMode: 'single-az' }], [{ AZMode: 'cross-az' }]],
    faults: [['The mode of zones is single-az or cross-az: `AZMode` (got "multi-az"). Set `AZMode` to one of them.', { AZMode: 'multi-az' }]],
  },
  'az-mode-needs-nodes': {
    severity: 'error',
    legal: [[{ AZMode: 'cross-az', NumCacheNodes: 2 }], [{ AZMode: 'single-az', NumCacheNodes: 1 }], [{ NumCacheNodes: 1 }]],
    faults: [[
      'Nodes can be spread over zones when there are at least 2: `AZMode` (got "cross-az"), `NumCacheNodes` (got 1). '
      + 'Ask for a second node by `NumCacheNodes`, or leave `AZMode` out.',
      { AZMode: 'cross-az', NumCacheNodes: 1 },
    ]],
  },
  'az-mode-zones': {
    severity: 'error',
    legal: [
      [{ AZMode: 'cross-az', PreferredAvailabilityZones: ['a', 'b'] }],
      [{ AZMode: 'single-az', PreferredAvailabilityZones: ['a', 'a'] }],
      [{ PreferredAvailabilityZones: ['a', 'b'] }],
      [{ AZMode: 'single-az' }],
    ],
    faults: [[
      'Several zones need the mode cross-az: `AZMode` (got "single-az"), `PreferredAvailabilityZones` (got ["a","b"]). '
      + 'Set `AZMode` to cross-az, or list one zone only in `PreferredAvailabilityZones`.',
      { AZMode: 'single-az', PreferredAvailabilityZones: ['a', 'b'] },
    ]],
  },
  'cache-cluster-zones-count': {
    severity: 'error',
    legal: [[{ NumCacheNodes: 2 }], [{ NumCacheNodes: 2, PreferredAvailabilityZones: [UNKNOWN, 'b'] }], [{ NumCacheNodes: 2, PreferredAvailabilityZones: [] }]],
    faults: [
      [say(ZONES_COUNT, '["a"]', '2'), { NumCacheNodes: 2, PreferredAvailabilityZones: ['a'] }],
      [say(ZONES_COUNT, '["a","b"]', '1'), { NumCacheNodes: 1, PreferredAvailabilityZones: ['a', 'b'] }],
    ],
  },
  'cache-cluster-zones-once': {
    severity: 'warning',
    indifferentTo: ['PreferredAvailabilityZone', 'PreferredAvailabilityZones'],
    legal: [
      [{}],
      [{ PreferredAvailabilityZone: 'a' }],
      [{ PreferredAvailabilityZones: ['a'] }],
      [{ PreferredAvailabilityZone: UNDECIDED, PreferredAvailabilityZones: ['a'] }],
    ],
    faults: [[
      'Zones are chosen for all nodes or for each, not both: `PreferredAvailabilityZone` and `PreferredAvailabilityZones` are set. '
      + 'Leave `PreferredAvailabilityZone` out.',
      { PreferredAvailabilityZone: 'a', PreferredAvailabilityZones: ['a', 'a'] },
    ]],
  },
  'memcached-growth': {
    severity: 'warning',
    indifferentTo: ['AZMode'],
    legal: [
      [SPREAD],
      [{ ...MEMCACHED, PreferredAvailabilityZone: 'a' }],
      [{ ...MEMCACHED, PreferredAvailabilityZones: UNDECIDED }],
      [{ Engine: 'redis' }],
    ],
    faults: [[
      'Without a zone for each node in `PreferredAvailabilityZones` CloudFormation replaces the cluster when the number of nodes changes, and every item '
      + 'is lost. Name the zones of the nodes by `PreferredAvailabilityZones`.',
      { ...MEMCACHED, AZMode: 'cross-az' },
    ]],
  },
});
