import { say, testRules } from './cases';
import { replicationGroupEngineRules } from '../../src/rules/redis-replication-group-engine';
import { PropertyValue, Surroundings, UNKNOWN } from '../../src/rules/rule';

const group = (family: PropertyValue, parameters: PropertyValue = {}): Surroundings => ({
  behind: () => [{ type: 'AWS::ElastiCache::ParameterGroup', properties: { CacheParameterGroupFamily: family, Properties: parameters } }],
});

const FORM = 'From Redis OSS 6 on, and for every Valkey, a version is major.minor and AWS chooses the patch: `EngineVersion` (got "%"). '
  + 'Leave the patch out of `EngineVersion`.';
const SUPPORT = 'Standard support of Redis OSS % ends on %, after which extended support is charged: `EngineVersion` (got "%"). Raise `EngineVersion`.';
const FAMILY = 'The parameter group `CacheParameterGroupName` must be of the family of the engine version: `Engine` (%), `EngineVersion` (%). '
  + 'Give `CacheParameterGroupName` a group of the family of that version.';
const NODE = 'AWS does not list this node type for the engine: `CacheNodeType` (got "%"), `Engine` (got "redis"). '
  + 'Choose another `CacheNodeType`, or another `Engine`.';
const NODE_VERSION = 'AWS lists this node type for later versions of the engine only: `CacheNodeType` (got "%"), `Engine` (got "%"), `EngineVersion` (got "%"). '
  + 'Raise `EngineVersion`, or choose another `CacheNodeType`.';
const TIERING = 'The node type works with data tiering only: `CacheNodeType` (got "cache.r6gd.xlarge"), `DataTieringEnabled` (%). '
  + 'Set `DataTieringEnabled` to true, or choose another `CacheNodeType`.';
const POLICY = 'Data tiering knows the eviction policies volatile-lru, allkeys-lru, noeviction only, and the parameter group '
  + '`CacheParameterGroupName` chooses another: `DataTieringEnabled` (got true). Set maxmemory-policy in `CacheParameterGroupName` to one of them.';

testRules(replicationGroupEngineRules, {
  'replication-group-engine': {
    severity: 'error',
    legal: [[{}], [{ Engine: 'redis' }], [{ Engine: 'Valkey' }]],
    faults: [['A replication group runs redis or valkey: `Engine` (got "memcached"). Set `Engine` to redis or valkey.', { Engine: 'memcached' }]],
  },
  'engine-version-form': {
    severity: 'error',
    legal: [
      [{}],
      [{ EngineVersion: '7.1' }],
      [{ EngineVersion: 7.1 }],
      [{ EngineVersion: '6.x' }],
      [{ EngineVersion: '5.0.6' }],
      [{ EngineVersion: '10.0' }],
      [{ EngineVersion: 'latest.of.all' }],
    ],
    faults: ['6.0.5', '7.1.0', '9.0.1', '10.0.1'].map((version) => [say(FORM, version), { EngineVersion: version }]),
  },
  'redis-4-standard-support': {
    severity: 'warning',
    legal: [[{ Engine: 'redis', EngineVersion: '5.0.6' }], [{ EngineVersion: '40.1' }], [{ Engine: 'valkey', EngineVersion: '4.0' }]],
    faults: [[say(SUPPORT, '4', '2026-01-31', '4.0.10'), { Engine: 'redis', EngineVersion: '4.0.10' }]],
  },
  'redis-5-standard-support': {
    severity: 'warning',
    legal: [[{ Engine: 'redis', EngineVersion: '6.0' }], [{}]],
    faults: [[say(SUPPORT, '5', '2026-01-31', '5.0.6'), { Engine: 'redis', EngineVersion: '5.0.6' }]],
  },
  'redis-6-standard-support': {
    severity: 'warning',
    legal: [[{ Engine: 'redis', EngineVersion: '7.0' }], [{ Engine: 'valkey', EngineVersion: '7.2' }], [{ Engine: 'redis' }]],
    faults: [
      [say(SUPPORT, '6', '2027-01-31', '6.2'), { Engine: 'redis', EngineVersion: '6.2' }],
      [say(SUPPORT, '6', '2027-01-31', '6.x'), { EngineVersion: '6.x' }],
    ],
  },
  'parameter-group-family': {
    severity: 'error',
    legal: [
      [{ Engine: 'redis', EngineVersion: '7.1' }],
      [{ Engine: 'redis', EngineVersion: '7.1' }, group('redis7')],
      [{ EngineVersion: '8.2' }, group('valkey8')],
      [{ Engine: 'valkey' }, group('valkey9')],
      [{ Engine: 'valkey', EngineVersion: '10.0' }, group('valkey10')],
      [{}, group('redis7')],
      [{ Engine: 'redis', EngineVersion: '7.1' }, group(UNKNOWN)],
      [{ Engine: 'redis', EngineVersion: '7.1', CacheParameterGroupName: 'default.redis7' }],
      [{ Engine: 'redis', EngineVersion: '6.2', CacheParameterGroupName: 'default.redis6.x.cluster.on' }],
      [{ Engine: 'redis', EngineVersion: '7.1', CacheParameterGroupName: 'my-default.redis6.x' }],
    ],
    faults: [
      [say(FAMILY, 'got "redis"', 'got "7.1"'), { Engine: 'redis', EngineVersion: '7.1' }, group('redis6.x')],
      [say(FAMILY, 'got "valkey"', 'got "8.0"'), { Engine: 'valkey', EngineVersion: '8.0' }, group('valkey7')],
      [say(FAMILY, 'got "valkey"', 'not set'), { Engine: 'valkey' }, group('redis7')],
      [say(FAMILY, 'got "valkey"', 'got "10.0"'), { Engine: 'valkey', EngineVersion: '10.0' }, group('redis7')],
      [say(FAMILY, 'got "redis"', 'got "7.1"'), { Engine: 'redis', EngineVersion: '7.1', CacheParameterGroupName: 'default.redis6.x' }],
    ],
  },
  'node-type-engine': {
    severity: 'warning',
    legal: [
      [{ CacheNodeType: 'cache.r8g.large', Engine: 'valkey' }],
      [{ CacheNodeType: 'cache.r8g.large' }],
      [{ CacheNodeType: 'cache.r7g.large', Engine: 'redis' }],
      [{ CacheNodeType: 'cache.r6gd.xlarge', Engine: 'memcached' }],
      [{ CacheNodeType: 'cache.z9.large', Engine: 'redis' }],
      [{ Engine: 'redis' }],
    ],
    faults: ['cache.m8g.large', 'cache.r8g.16xlarge', 'cache.c8gn.xlarge'].map((type) => [say(NODE, type), { CacheNodeType: type, Engine: 'redis' }]),
  },
  'node-type-engine-version': {
    severity: 'warning',
    legal: [
      [{ CacheNodeType: 'cache.r7g.large', Engine: 'redis', EngineVersion: '6.2' }],
      [{ CacheNodeType: 'cache.r7g.large', Engine: 'redis', EngineVersion: '6.x' }],
      [{ CacheNodeType: 'cache.r7g.large', Engine: 'redis' }],
      [{ CacheNodeType: 'cache.r8g.large', Engine: 'redis', EngineVersion: '5.0.6' }],
      [{ CacheNodeType: 'cache.t4g.small', Engine: 'redis', EngineVersion: '5.0.6' }],
      [{ CacheNodeType: 'cache.z9.large', Engine: 'redis', EngineVersion: '5.0.6' }],
      [{ CacheNodeType: 'cache.m6g.large', Engine: 'redis', EngineVersion: '5.0.6' }],
    ],
    faults: [
      [say(NODE_VERSION, 'cache.r7g.large', 'redis', '6.0'), { CacheNodeType: 'cache.r7g.large', Engine: 'redis', EngineVersion: '6.0' }],
      [say(NODE_VERSION, 'cache.m6g.large', 'redis', '5.0.5'), { CacheNodeType: 'cache.m6g.large', Engine: 'redis', EngineVersion: '5.0.5' }],
    ],
  },
  'previous-generation-node-type': {
    severity: 'warning',
    legal: [[{}], [{ CacheNodeType: 'cache.t3.micro' }], [{ CacheNodeType: 'cache.m5.large' }], [{ CacheNodeType: 'cache.m1.small' }]],
    faults: [[
      'The node type is of a previous generation, which costs more for less: `CacheNodeType` (got "cache.t2.micro"). '
        + 'Choose a current type for `CacheNodeType`.',
      { CacheNodeType: 'cache.t2.micro' },
    ]],
  },
  'data-tiering-required': {
    severity: 'error',
    legal: [
      [{ CacheNodeType: 'cache.r6gd.xlarge', DataTieringEnabled: true }],
      [{ CacheNodeType: 'cache.r6g.xlarge' }],
      [{ CacheNodeType: 'cache.r9gd.xlarge' }],
    ],
    faults: [
      [say(TIERING, 'not set'), { CacheNodeType: 'cache.r6gd.xlarge' }],
      [say(TIERING, 'got false'), { CacheNodeType: 'cache.r6gd.xlarge', DataTieringEnabled: false }],
    ],
  },
  'data-tiering-node-type': {
    severity: 'error',
    legal: [
      [{ CacheNodeType: 'cache.r6gd.xlarge', DataTieringEnabled: true }],
      [{ CacheNodeType: 'cache.r9gd.xlarge', DataTieringEnabled: true }],
      [{ CacheNodeType: 'cache.r6g.xlarge', DataTieringEnabled: false }],
    ],
    faults: [[
      'Data tiering needs a node type with SSD, which is one of the r6gd family: `CacheNodeType` (got "cache.r6g.xlarge"), `DataTieringEnabled` (got true). '
        + 'Choose an r6gd type for `CacheNodeType`, or set `DataTieringEnabled` to false.',
      { CacheNodeType: 'cache.r6g.xlarge', DataTieringEnabled: true },
    ]],
  },
  'data-tiering-engine-version': {
    severity: 'error',
    legal: [
      [{ DataTieringEnabled: true, Engine: 'redis', EngineVersion: '6.2' }],
      [{ DataTieringEnabled: true, Engine: 'valkey', EngineVersion: '7.2' }],
      [{ DataTieringEnabled: true, Engine: 'redis', EngineVersion: '99.0' }],
      [{ DataTieringEnabled: false, Engine: 'redis', EngineVersion: '6.0' }],
      [{ Engine: 'redis', EngineVersion: '6.0' }],
    ],
    faults: [[
      'Data tiering needs Redis OSS 6.2 or later, or Valkey: `DataTieringEnabled` (got true), `EngineVersion` (got "6.0"). '
        + 'Raise `EngineVersion`, or set `DataTieringEnabled` to false and choose another node type.',
      { DataTieringEnabled: true, Engine: 'redis', EngineVersion: '6.0' },
    ]],
  },
  'data-tiering-eviction-policy': {
    severity: 'warning',
    legal: [
      [{ DataTieringEnabled: true }],
      [{ DataTieringEnabled: true }, group('redis7')],
      [{ DataTieringEnabled: true }, group('redis7', { 'maxmemory-policy': 'noeviction' })],
      [{ DataTieringEnabled: true }, group('redis7', { 'maxmemory-policy': UNKNOWN })],
      [{ DataTieringEnabled: true, CacheParameterGroupName: 'default.redis7' }],
      [{ DataTieringEnabled: false }, group('redis7', { 'maxmemory-policy': 'volatile-ttl' })],
    ],
    faults: [[POLICY, { DataTieringEnabled: true }, group('redis7', { 'maxmemory-policy': 'volatile-ttl' })]],
  },
});
