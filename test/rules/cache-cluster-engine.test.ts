import { say, testRules } from './cases';
import { cacheClusterEngineRules } from '../../src/rules/cache-cluster-engine';
import { Description, UNDECIDED, UNKNOWN } from '../../src/rules/rule';

const FAMILY = 'The parameter group `CacheParameterGroupName` must be of the family of the engine version: `Engine` (got "%"), `EngineVersion` (%). '
  + 'Give `CacheParameterGroupName` a group of the family of that version.';
const TYPE_VERSION = 'AWS lists this node type for later versions of the engine only: `CacheNodeType` (got "%"), `Engine` (got "memcached"), '
  + '`EngineVersion` (got "%"). Raise `EngineVersion`, or choose another `CacheNodeType`.';
const NO_TLS = 'Without in-transit encryption data crosses the network in the clear, and it can be switched on for a new cluster only: '
  + '`TransitEncryptionEnabled` (%). Set `TransitEncryptionEnabled` to true.';
const TLS_VERSION = 'In-transit encryption needs Memcached 1.6.12 or later: `TransitEncryptionEnabled` (got true), `EngineVersion` (got "%"). '
  + 'Raise `EngineVersion`, or set `TransitEncryptionEnabled` to false.';
const TLS_TYPE = 'Memcached speaks no TLS on the node families m1, m2, m3, r3, t2: `TransitEncryptionEnabled` (got true), `CacheNodeType` (got "%"). '
  + 'Choose a current type for `CacheNodeType`.';
const REDIS_ONLY = 'Memcached makes no backups, restores none and delivers no logs: `Engine` (got "memcached"). '
  + 'Leave the properties of snapshots and logs out, or set `Engine` to redis.';

const MEMCACHED = { Engine: 'memcached' };
const TLS = { ...MEMCACHED, TransitEncryptionEnabled: true };
const parameters = (family: string): { behind: () => Description[] } => ({
  behind: () => [{ type: 'AWS::ElastiCache::ParameterGroup', properties: { CacheParameterGroupFamily: family } }],
});

testRules(cacheClusterEngineRules, {
  'cache-cluster-engine': {
    severity: 'error',
    legal: [[MEMCACHED], [{ Engine: 'Redis' }], [{ Engine: 'valkey' }]],
    faults: [['A cache cluster runs memcached, redis, valkey: `Engine` (got "mysql"). Set `Engine` to one of them.', { Engine: 'mysql' }]],
  },
  'cache-cluster-parameter-group-family': {
    severity: 'error',
    legal: [
      [{ ...MEMCACHED, EngineVersion: '1.6.22' }],
      [{ ...MEMCACHED, EngineVersion: '1.6.22' }, parameters('memcached1.6')],
      [{ ...MEMCACHED, EngineVersion: '1.7.0' }, parameters('memcached1.7')],
      [{ ...MEMCACHED, EngineVersion: '1.5.16', CacheParameterGroupName: 'default.memcached1.5' }],
      [{ Engine: 'redis', EngineVersion: '7.1' }, parameters('redis7')],
    ],
    faults: [
      [say(FAMILY, 'memcached', 'got "1.6.22"'), { ...MEMCACHED, EngineVersion: '1.6.22' }, parameters('memcached1.5')],
      [say(FAMILY, 'memcached', 'got "1.6.22"'), { ...MEMCACHED, EngineVersion: '1.6.22', CacheParameterGroupName: 'default.redis7' }],
      [say(FAMILY, 'memcached', 'not set'), MEMCACHED, parameters('redis7')],
    ],
  },
  'cache-cluster-node-type-engine': {
    severity: 'warning',
    legal: [
      [{ ...MEMCACHED, CacheNodeType: 'cache.m8g.large' }],
      [{ ...MEMCACHED, CacheNodeType: 'cache.r6g.xlarge' }],
      [{ Engine: 'redis', CacheNodeType: 'cache.r6gd.xlarge' }],
    ],
    faults: [[
      'AWS does not list this node type for the engine: `CacheNodeType` (got "cache.r6gd.xlarge"), `Engine` (got "memcached"). '
      + 'Choose another `CacheNodeType`, or another `Engine`.',
      { ...MEMCACHED, CacheNodeType: 'cache.r6gd.xlarge' },
    ]],
  },
  'cache-cluster-node-type-engine-version': {
    severity: 'warning',
    legal: [
      [{ ...MEMCACHED, CacheNodeType: 'cache.r6g.large', EngineVersion: '1.5.16' }],
      [{ ...MEMCACHED, CacheNodeType: 'cache.m8g.large', EngineVersion: '1.6.6' }],
      [{ ...MEMCACHED, CacheNodeType: 'cache.t3.micro', EngineVersion: '1.4.5' }],
      [{ ...MEMCACHED, CacheNodeType: 'cache.m8g.large' }],
    ],
    faults: [
      [say(TYPE_VERSION, 'cache.r6g.large', '1.5.10'), { ...MEMCACHED, CacheNodeType: 'cache.r6g.large', EngineVersion: '1.5.10' }],
      [say(TYPE_VERSION, 'cache.m8g.large', '1.5.16'), { ...MEMCACHED, CacheNodeType: 'cache.m8g.large', EngineVersion: '1.5.16' }],
    ],
  },
  'cache-cluster-previous-generation-node-type': {
    severity: 'warning',
    legal: [[{ CacheNodeType: 'cache.t3.micro' }], [{ CacheNodeType: 'cache.z9.huge' }], [{}]],
    faults: [[
      'The node type is of a previous generation, which costs more for less: `CacheNodeType` (got "cache.m4.large"). '
      + 'Choose a current type for `CacheNodeType`.',
      { CacheNodeType: 'cache.m4.large' },
    ]],
  },
  'memcached-no-tls': {
    severity: 'warning',
    legal: [[TLS], [{ Engine: 'redis' }]],
    faults: [
      [say(NO_TLS, 'not set'), MEMCACHED],
      [say(NO_TLS, 'got false'), { ...MEMCACHED, TransitEncryptionEnabled: false }],
    ],
  },
  'memcached-tls-engine-version': {
    severity: 'error',
    legal: [
      [{ ...TLS, EngineVersion: '1.6.12' }],
      [{ ...TLS, EngineVersion: '1.7.0' }],
      [TLS],
      [{ ...TLS, TransitEncryptionEnabled: false, EngineVersion: '1.6.6' }],
      [{ Engine: 'redis', TransitEncryptionEnabled: true, EngineVersion: '7.1' }],
    ],
    faults: ['1.4.5', '1.6.6'].map((version) => [say(TLS_VERSION, version), { ...TLS, EngineVersion: version }]),
  },
  'memcached-tls-node-type': {
    severity: 'warning',
    legal: [
      [{ ...TLS, CacheNodeType: 'cache.t3.micro' }],
      [{ ...TLS, CacheNodeType: 'cache.m4.large' }],
      [TLS],
      [{ ...MEMCACHED, CacheNodeType: 'cache.t2.micro' }],
      [{ Engine: 'redis', TransitEncryptionEnabled: true, CacheNodeType: 'cache.t2.micro' }],
    ],
    faults: ['cache.m1.small', 'cache.m2.xlarge', 'cache.m3.medium', 'cache.r3.large', 'cache.t2.micro'].map((type) =>
      [say(TLS_TYPE, type), { ...TLS, CacheNodeType: type }]),
  },
  'memcached-without-backups-and-logs': {
    severity: 'warning',
    indifferentTo: ['LogDeliveryConfigurations', 'SnapshotArns', 'SnapshotName', 'SnapshotWindow'],
    legal: [
      [MEMCACHED],
      [{ ...MEMCACHED, SnapshotRetentionLimit: 0 }],
      [{ ...MEMCACHED, SnapshotRetentionLimit: UNKNOWN }],
      [{ ...MEMCACHED, SnapshotName: UNDECIDED }],
      [{ Engine: 'redis', SnapshotRetentionLimit: 7, SnapshotWindow: '04:00-05:00' }],
    ],
    faults: [
      { SnapshotRetentionLimit: 1 }, { SnapshotName: 'nightly' }, { SnapshotArns: ['arn:aws:s3:::b/f'] }, { SnapshotWindow: '04:00-05:00' },
      { LogDeliveryConfigurations: [{ LogType: 'slow-log' }] },
    ].map((properties) => [REDIS_ONLY, { ...MEMCACHED, ...properties }]),
  },
});
