import { Program } from './program';
import { Use } from './uses';

/** A program that once ended in an error that no user should see, or in a template that a judge refused; and how it must end. */
export interface Found {
  readonly name: string;
  readonly program: Program;
  /** What it is refused by; undefined for a program that is legal. */
  readonly refusedBy?: readonly string[];
}

const PLAIN: Program = { construct: 'RedisCluster', place: { network: 'private' }, flags: 'none', props: {}, uses: [] };
const SHARDED = { clusterMode: { enabled: {} }, nodeType: 'cache.r7g.large' };

const props = (name: string, refusedBy: Found['refusedBy'], given: Program['props'], construct: Program['construct'] = 'RedisCluster'): Found =>
  ({ name, refusedBy, program: { ...PLAIN, construct, props: given } });
const use = (name: string, refusedBy: readonly string[], one: Use, given: Program['props'] = {}): Found =>
  ({ name, refusedBy, program: { ...PLAIN, props: given, uses: [one] } });

/** Shrunk failures of earlier runs. */
export const FOUND: readonly Found[] = [
  props('subnets that the VPC has not', ['subnets-of-vpc'], { vpcSubnets: { type: 'PRIVATE_ISOLATED' } }),
  props('a group of subnets that the VPC has not', ['subnets-of-vpc'], { vpcSubnets: { group: 'none' } }),
  props('a day and a half of backups', ['snapshot-retention'], { backupRetention: { hours: 36 } }),
  props('backups for hours that only CloudFormation knows', ['duration-unit'], { backupRetention: { hours: { later: 'parameter' } } }),
  props('half a second without use', ['session-timeout'], { idleTimeout: { millis: 500 } }, 'SessionStore'),
  props('a session of 36 seconds and a bit', ['session-timeout', 'idle-within-absolute'], { absoluteTimeout: { minutes: 0.01 } }, 'SessionStore'),
  props('an idle time-out in hours that only CloudFormation knows', ['duration-unit'], { idleTimeout: { hours: { later: 'import' } } }, 'SessionStore'),
  props('a weekly window without an end', ['WeeklyWindow.of'], { maintenanceWindow: 'sun:05:30' }),
  props('a daily window of hours', ['DailyWindow.of'], { backupWindow: '5-6' }),
  props('a node type without a family', ['CacheNodeType.of'], { nodeType: 'cache.' }),
  props('a backup file whose key has a comma', ['RedisSnapshotSource.rdbFile'], { restoreFrom: { file: 'a,b.rdb' } }),
  props('a port of the system', ['port-range'], { port: 1 }),
  props('keys with a blank', ['access-string-word'], { auth: { iam: { access: { readWrite: { keys: ['two words'] } } } } }),
  props('an import without an address', ['RedisCluster.fromRedisClusterAttributes'], { primaryEndpointAddress: '' }, 'ImportedRedisCluster'),
  props('more sessions than there is memory', ['SessionCapacity.of'], { capacity: { concurrentSessions: 1e12 } }, 'SessionStore'),
  props('a cluster of a port that there is not', ['RedisCluster.fromRedisClusterAttributes'], { primaryEndpointAddress: 'primary.example.com', port: 65536 },
    'ImportedRedisCluster'),
  props('a pool of a port that there is not', ['MemcachedPool.fromMemcachedPoolAttributes'], { port: 1.5 }, 'ImportedMemcachedPool'),
  props('a pool without a name', ['MemcachedPool.fromMemcachedPoolAttributes'], { poolName: '' }, 'ImportedMemcachedPool'),
  props('a pool without an address', ['MemcachedPool.fromMemcachedPoolAttributes'], { configurationEndpointAddress: '' }, 'ImportedMemcachedPool'),
  props('a chunk in mebibytes that only CloudFormation knows', ['size-unit'], { chunkSize: { mebibytes: { later: 'parameter' } } }, 'MemcachedPool'),
  props('sessions of no whole number of bytes', undefined, { capacity: { concurrentSessions: 1, averageSize: { kibibytes: 1.3 } } }, 'SessionStore'),
  props('a cluster in subnets that do not tell their zones', undefined, { vpcSubnets: { zones: [null, null] } }),
  props('a pool in subnets that do not tell their zones', undefined, { vpcSubnets: { zones: [null, null] } }, 'MemcachedPool'),
  use('a prefix in lower case', ['prefix-form'], { use: 'function', stack: 'data', vpc: true, prefixes: ['lower'] }),
  use('a function in no VPC', ['link-needs-vpc'], { use: 'function', stack: 'data', vpc: false, prefixes: [null] }),
  use('no shard at most', ['scaling-shards-range', 'scaling-range-order'], { use: 'scaling', of: 'shards', max: 0, by: [] }, SHARDED),
  use('a schedule without a number', ['scaling-replicas-range'], { use: 'scaling', of: 'replicas', max: 5, by: [{ schedule: {} }] }, SHARDED),
  use('a schedule for more replicas than there can be', ['scaling-replicas-range'], { use: 'scaling', of: 'replicas', max: 5, by: [{ schedule: { min: 9 } }] }, SHARDED),
];
