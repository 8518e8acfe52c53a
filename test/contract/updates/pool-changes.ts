import { RemovalPolicy, Size } from 'aws-cdk-lib';
import { ChangedStruct } from './change';
import { change, POOL, step, variant } from './prop-changes';
import {
  CacheBaseProps, CacheIpDiscovery, CacheNetworkType, CacheNodeType, MemcachedPoolProps, MemcachedVersion, MemcachedVersionOptions,
} from '../../../src';

const SECOND_POOL = 'Make a second pool, and link the clients to it.';
const AFTER_A_RESTART = 'It takes effect when a node restarts.';

const nodes = (before: number, after: number) => step({ nodeCount: before }, { nodeCount: after });
const version = (before: MemcachedVersionOptions, after: MemcachedVersionOptions) =>
  step({ version: MemcachedVersion.of(before) }, { version: MemcachedVersion.of(after) });

export const POOL_PROPS: ChangedStruct<Omit<MemcachedPoolProps, keyof CacheBaseProps>, Partial<MemcachedPoolProps>> = {
  struct: 'MemcachedPoolProps',
  title: 'Props of MemcachedPool',
  constructs: POOL,
  changes: {
    nodeCount: [
      variant('2 or more before and after', [nodes(2, 3), nodes(3, 2)],
        'A node that is added starts empty, and one that is taken away takes its items with it; clients that hash consistently keep the others.'),
      variant('from or to one node', [nodes(1, 2), nodes(2, 1)], 'The mode of zones changes as well. Begin with two nodes, which is the default.'),
    ],
    nodeType: [change([step({}, { nodeType: CacheNodeType.M7G_LARGE })], SECOND_POOL)],
    version: [
      variant('later version', [
        step({ version: MemcachedVersion.V1_6_12 }, { version: MemcachedVersion.V1_6_22 }),
        step({ version: MemcachedVersion.V1_5_16, transitEncryption: false }, { version: MemcachedVersion.V1_6_22, transitEncryption: false }),
      ], 'There is no way back. A version of another family gets a new parameter group first.'),
      variant('earlier version', [step({ version: MemcachedVersion.V1_6_22 }, { version: MemcachedVersion.V1_6_17 })]),
    ],
    transitEncryption: [change([step({}, { transitEncryption: false }), step({ transitEncryption: false }, {})], SECOND_POOL)],
    maxItemSize: [change([step({}, { maxItemSize: Size.mebibytes(2) })], AFTER_A_RESTART)],
    chunkSize: [change([step({}, { chunkSize: Size.bytes(96) })], AFTER_A_RESTART)],
    parameters: [change([step({}, { parameters: { idle_timeout: '600' } })], AFTER_A_RESTART)],
    port: [change([step({}, { port: 7000 })], SECOND_POOL)],
    networkType: [change([step({}, { networkType: CacheNetworkType.DUAL_STACK })], SECOND_POOL)],
    ipDiscovery: [change([step(
      { networkType: CacheNetworkType.DUAL_STACK }, { networkType: CacheNetworkType.DUAL_STACK, ipDiscovery: CacheIpDiscovery.IPV6 },
    )])],
    poolName: [change([step({}, { poolName: 'mine' })], 'The way to replace a pool on purpose. The new one is empty.')],
    alarms: [change([
      step<Partial<MemcachedPoolProps>>({}, { alarms: { hitRate: { enabled: false } } }),
      step<Partial<MemcachedPoolProps>>({ alarms: { enabled: false } }, {}),
    ])],
    removalPolicy: [change([step({}, { removalPolicy: RemovalPolicy.RETAIN }), step({ removalPolicy: RemovalPolicy.RETAIN }, {})],
      'Deploy the new policy before you remove the pool: CloudFormation goes by the template that is deployed.')],
  },
};

export const MEMCACHED_VERSION: ChangedStruct<MemcachedVersionOptions, Partial<MemcachedPoolProps>> = {
  struct: 'MemcachedVersionOptions',
  title: '`MemcachedVersion.of()`',
  constructs: POOL,
  changes: {
    version: [change([version({ version: '1.6.22', family: 'memcached1.6' }, { version: '1.6.30', family: 'memcached1.6' })],
      'To a later version; ElastiCache refuses an earlier one.')],
    family: [change([version({ version: '1.6.22', family: 'memcached1.6' }, { version: '1.7.0', family: 'memcached1.7' })],
      'Together with `version`: ElastiCache refuses a family that the version does not read.')],
  },
};
