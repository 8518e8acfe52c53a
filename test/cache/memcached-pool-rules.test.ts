import { RemovalPolicy, Size, Token } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CacheIpDiscovery, CacheNetworkType, CacheNodeType, MemcachedPoolProps, MemcachedVersion, WeeklyWindow } from '../../src';
import { faultsOf, layout, newPool, poolOf, warningsOf } from '../helpers';

const OLD = MemcachedVersion.V1_6_6;

const NAME = '- A cluster name has 1 to 50 letters, digits and hyphens, begins with a letter, does not end with a hyphen and has no two in a row: '
  + '`poolName` (got "%"). Change `poolName`. [cdk-data-tier::cache-cluster-name]';
const COUNT = '- A cluster has a whole number of nodes, at least 1: `nodeCount` (got %). Set `nodeCount` accordingly. [cdk-data-tier::cache-cluster-node-count]';
const PORT = '- A port is a whole number from 1150 to 65535: `port` (got %). Set `port` to a free one, for example 11211. [cdk-data-tier::cache-cluster-port-range]';
const RESERVED = '- ElastiCache keeps this port for itself: `port` (got 8005). Set `port` to another one, for example 11211. '
  + '[cdk-data-tier::cache-cluster-port-reserved]';
const WINDOW = '- The window lasts at least 60 minutes: `maintenanceWindow` (got "sun:06:00-sun:06:59"). Lengthen `maintenanceWindow`. '
  + '[cdk-data-tier::cache-cluster-maintenance-window-length]';
const TLS = '- In-transit encryption needs Memcached 1.6.12 or later: `transitEncryption` (got true), `version` (got "1.6.6"). '
  + 'Raise `version`, or set `transitEncryption` to false. [cdk-data-tier::memcached-tls-engine-version]';
const FAMILY = '- The parameter group `parameters` must be of the family of the engine version: `version` (got "memcached"), `version` (got "1.6.22"). '
  + 'Give `parameters` a group of the family of that version. [cdk-data-tier::cache-cluster-parameter-group-family]';
const FIXED = '- The parameter is set by the service and cannot be changed: `parameters.num_threads` (got "8"). '
  + 'Leave `parameters.num_threads` out. [cdk-data-tier::parameter-num-threads]';
const OF_REDIS = '- A group of Memcached has no parameters of Redis OSS and Valkey: `parameters` (got {"timeout":"0"}), `version` (got "memcached1.6"). '
  + 'Leave them out of `parameters`. [cdk-data-tier::redis-parameter-of-memcached]';
const MODERN = '- The parameter is one of 0, 1: `parameters.modern` (got "yes"). Set `parameters.modern` accordingly. [cdk-data-tier::parameter-modern]';
const ITEM_TWICE = "- `maxItemSize` and the parameter `max_item_size` are the same setting (got the parameter with '1048576'). Keep `maxItemSize`. "
  + '[cdk-data-tier::max-item-size-once]';
const CHUNK_TWICE = "- `chunkSize` and the parameter `chunk_size` are the same setting (got the parameter with '48'). Keep `chunkSize`. "
  + '[cdk-data-tier::chunk-size-once]';
const SNAPSHOT = "- `removalPolicy` cannot be SNAPSHOT: Memcached makes no snapshots, and the deletion would fail (got 'snapshot'). Choose DESTROY or RETAIN. "
  + '[cdk-data-tier::memcached-no-snapshot]';
const COUNT_TOKEN = '- `nodeCount` must be known at synthesis, because every node is given a zone (got a token). '
  + 'Read it from the context or the environment of the app. [cdk-data-tier::node-count-known]';
const UNIT = '- `%` must be in bytes while only CloudFormation knows it, which cannot convert it (got a token in another unit). '
  + 'Write it as `Size.bytes()`. [cdk-data-tier::size-unit]';
const GROUPS = '- `securityGroups` must not be empty: AWS would take the default group of the VPC, to which no link admits a client (got []). '
  + 'Leave it out, or give a group. [cdk-data-tier::no-security-group]';
const DISCOVERY = '- Discovery answers with addresses that the nodes have: `ipDiscovery` (got "ipv6"), `networkType` (not set). '
  + 'Set `ipDiscovery` to the version of `networkType`, or `networkType` to dual_stack. [cdk-data-tier::cache-cluster-ip-discovery-network-type]';

/** Puts a value into a message. */
const say = (message: string, value: string | number) => message.replace('%', String(value));

const REFUSED: [string, Partial<MemcachedPoolProps>, string][] = [
  ['51 characters', { poolName: 'a'.repeat(51) }, say(NAME, 'a'.repeat(51))],
  ['a digit in front', { poolName: '1a' }, say(NAME, '1a')],
  ['no node', { nodeCount: 0 }, say(COUNT, 0)],
  ['half a node', { nodeCount: 1.5 }, say(COUNT, 1.5)],
  ['port 1149', { port: 1149 }, say(PORT, 1149)],
  ['port 65536', { port: 65536 }, say(PORT, 65536)],
  ['port 8005', { port: 8005 }, RESERVED],
  ['a window of 59 minutes', { maintenanceWindow: WeeklyWindow.of('sun:06:00-sun:06:59') }, WINDOW],
  ['TLS on 1.6.6', { version: OLD }, TLS],
  ['a family of another version', { version: MemcachedVersion.of({ version: '1.6.22', family: 'memcached1.5' }) }, FAMILY],
  ['a parameter of the service', { parameters: { num_threads: '8' } }, FIXED],
  ['a parameter of Redis', { parameters: { timeout: '0' } }, OF_REDIS],
  ['a value that the guide does not have', { parameters: { modern: 'yes' } }, MODERN],
  ['the largest item twice', { maxItemSize: Size.mebibytes(2), parameters: { max_item_size: '1048576' } }, ITEM_TWICE],
  ['the smallest chunk twice', { chunkSize: Size.bytes(48), parameters: { chunk_size: '48' } }, CHUNK_TWICE],
  ['a last snapshot', { removalPolicy: RemovalPolicy.SNAPSHOT }, SNAPSHOT],
  ['a number that only CloudFormation knows', { nodeCount: Token.asNumber({ Ref: 'Nodes' }) }, COUNT_TOKEN],
  ['megabytes that only CloudFormation knows', { maxItemSize: Size.mebibytes(Token.asNumber({ Ref: 'Item' })) }, say(UNIT, 'maxItemSize')],
  ['kilobytes that only CloudFormation knows', { chunkSize: Size.kibibytes(Token.asNumber({ Ref: 'Chunk' })) }, say(UNIT, 'chunkSize')],
  ['no security group', { securityGroups: [] }, GROUPS],
  ['addresses that there are not', { ipDiscovery: CacheIpDiscovery.IPV6 }, DISCOVERY],
];

test.each(REFUSED)('%s is refused', (_name, props, message) => {
  expect(faultsOf(() => newPool(props))).toEqual(['Data/Pool has 1 fault:', message]);
});

test('all faults are told at once', () => {
  expect(faultsOf(() => newPool({ nodeCount: -1, port: 65536, removalPolicy: RemovalPolicy.SNAPSHOT, version: OLD, parameters: { num_threads: '8' } }))).toEqual([
    'Data/Pool has 5 faults:', SNAPSHOT, say(COUNT, -1), TLS, say(PORT, 65536), FIXED,
  ]);
});

const LEGAL: [string, Partial<MemcachedPoolProps>][] = [
  ['50 characters', { poolName: 'a'.repeat(50) }],
  ['two nodes', { nodeCount: 2 }],
  ['60 nodes', { nodeCount: 60 }],
  ['port 1150', { port: 1150 }],
  ['port 65535', { port: 65535 }],
  ['a window of an hour', { maintenanceWindow: WeeklyWindow.of('sun:06:00-sun:07:00') }],
  ['TLS on 1.6.12', { version: MemcachedVersion.V1_6_12 }],
  ['a version of tomorrow', { version: MemcachedVersion.of({ version: '1.7.1', family: 'memcached1.7' }) }],
  ['the largest item of all', { maxItemSize: Size.gibibytes(1) }],
  ['the smallest item that is a whole chunk', { maxItemSize: Size.kibibytes(512) }],
  ['a small item with chunks of its own', { maxItemSize: Size.kibibytes(1), parameters: { slab_chunk_max: '1024' } }],
  ['a chunk of one byte', { chunkSize: Size.bytes(1) }],
  ['a parameter that nobody knows', { parameters: { brand_new: '1' } }],
  ['the newest nodes', { nodeType: CacheNodeType.C8GN_LARGE }],
  ['a node type of tomorrow', { nodeType: CacheNodeType.of('cache.z9.huge') }],
  ['IPv6', { networkType: CacheNetworkType.IPV6 }],
];

test.each(LEGAL)('%s is legal', (_name, props) => expect(warningsOf(newPool(props))).toEqual([]));

const NO_TLS = 'Without in-transit encryption data crosses the network in the clear, and it can be switched on for a new cluster only: '
  + '`transitEncryption` (got false). Set `transitEncryption` to true. [ack: cdk-data-tier::memcached-no-tls]';
const WARNED: [string, Partial<MemcachedPoolProps>, string][] = [
  ['one node', { nodeCount: 1 }, 'With one node the loss of it loses the whole cache: `nodeCount` (got 1). Ask for at least 2 by `nodeCount`. '
    + '[ack: cdk-data-tier::memcached-single-node]'],
  ['61 nodes', { nodeCount: 61 }, 'More than 60 nodes need a higher quota: `nodeCount` (got 61). Ask for fewer by `nodeCount`, or have the quota raised. '
    + '[ack: cdk-data-tier::memcached-node-quota]'],
  ['no TLS', { transitEncryption: false }, NO_TLS],
  ['no TLS on a version without', { version: OLD, transitEncryption: false }, NO_TLS],
  ['an item below 1 KiB', { maxItemSize: Size.bytes(1023), parameters: { slab_chunk_max: '1023' } },
    'The parameter is a whole number from 1024 to 1073741824: `parameters.max_item_size` (got "1023"). Set `parameters.max_item_size` accordingly. '
    + '[ack: cdk-data-tier::parameter-max-item-size]'],
  ['an item that is no whole number of chunks', { maxItemSize: Size.kibibytes(513) },
    'The largest item is a whole multiple of the slab chunk, which has 524288 bytes unless told otherwise: `parameters.max_item_size` (got "525312"), '
    + '`parameters.slab_chunk_max` (not set). Set `parameters.max_item_size` to such a multiple, or `parameters.slab_chunk_max` to a divisor of it. '
    + '[ack: cdk-data-tier::memcached-item-size-chunks]'],
  ['nodes with data tiering', { nodeType: CacheNodeType.R6GD_XLARGE },
    'AWS does not list this node type for the engine: `nodeType` (got "cache.r6gd.xlarge"), `version` (got "memcached"). '
    + 'Choose another `nodeType`, or another `version`. [ack: cdk-data-tier::cache-cluster-node-type-engine]'],
  ['IPv6 on an old version', { version: MemcachedVersion.V1_5_16, networkType: CacheNetworkType.DUAL_STACK, transitEncryption: false },
    'IPv6 needs Memcached 1.6.6 or later, Redis OSS 6.2 or later, or Valkey: `networkType` (got "dual_stack"), `version` (got "1.5.16"). '
    + 'Raise `version`, or set `networkType` to ipv4. [ack: cdk-data-tier::cache-cluster-network-type-engine-version]'],
];

test.each(WARNED)('%s is warned of', (_name, props, warning) => expect(warningsOf(newPool(props))).toContain(warning));

test('a family without TLS is warned of', () => {
  expect(warningsOf(newPool({ nodeType: CacheNodeType.of('cache.t2.medium') }))).toEqual([
    'The node type is of a previous generation, which costs more for less: `nodeType` (got "cache.t2.medium"). Choose a current type for `nodeType`. '
    + '[ack: cdk-data-tier::cache-cluster-previous-generation-node-type]',
    'Memcached speaks no TLS on the node families m1, m2, m3, r3, t2: `transitEncryption` (got true), `nodeType` (got "cache.t2.medium"). '
    + 'Choose a current type for `nodeType`. [ack: cdk-data-tier::memcached-tls-node-type]',
  ]);
});

test('a part of a byte is refused by the rule, not by an exception', () => {
  expect(warningsOf(newPool({ chunkSize: Size.kibibytes(0.3) }))).toEqual([
    'The parameter is a whole number of at least 1: `parameters.chunk_size` (got "307.2"). Set `parameters.chunk_size` accordingly. '
    + '[ack: cdk-data-tier::parameter-chunk-size]',
  ]);
});

test('a topic that is encrypted is warned of', () => {
  const { data, vpc } = layout();
  const pool = newPool({ notificationTopic: new Topic(data, 'Topic', { masterKey: new Key(data, 'Key') }) }, { data, vpc });
  expect(warningsOf(pool)).toEqual([
    'ElastiCache cannot publish to a topic that is encrypted with KMS, and its subscription goes inactive: `notificationTopic`. '
    + 'Give `notificationTopic` a topic without a KMS key, or follow the events by an EventBridge rule. '
    + '[ack: cdk-data-tier::cache-cluster-encrypted-notification-topic]',
  ]);
  expect(poolOf(pool).NotificationTopicArn).toEqual({ Ref: 'TopicBFC7AF6E' });
});

test('two subnets of one zone are warned of', () => {
  const { data, vpc } = layout();
  const [subnet] = vpc.privateSubnets;
  expect(warningsOf(newPool({ vpcSubnets: { subnets: [subnet] } }, { data, vpc }))).toEqual([
    'All nodes are in one zone and are lost with it: `nodeCount` (got 2), `vpcSubnets` (got ["eu-west-1a","eu-west-1a"]). '
    + 'Spread the nodes over several zones by `vpcSubnets`. [ack: cdk-data-tier::memcached-one-zone]',
  ]);
});
