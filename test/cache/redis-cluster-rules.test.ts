import { Duration, Stack, Token } from 'aws-cdk-lib';
import { Vpc, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { DeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  AccessString, CacheNodeType, ClusterMode, DailyWindow, EvictionPolicy, RedisAuth, RedisClusterProps, RedisDurability,
  RedisEngine, RedisLogDestination, TransitEncryption, WeeklyWindow,
} from '../../src';
import { faultsOf, layout, newCluster, warningsOf } from '../helpers';

const replicas = (count: number) => ({ clusterMode: ClusterMode.disabled({ replicas: count }) });
const shards = (count: number, each = 1) => ({ clusterMode: ClusterMode.enabled({ shards: count, replicasPerShard: each }) });
const parameters = (values: { [name: string]: string }) => ({ parameters: values });
const OLD = RedisEngine.of({ engine: 'redis', version: '5.0.6', family: 'redis5.0' });

const NAME = '- A replication group id has 1 to 40 letters, digits and hyphens, begins with a letter, does not end with a hyphen and has no two in a row: '
  + '`replicationGroupName` (got "%"). Change `replicationGroupName`. [cdk-data-tier::replication-group-id]';
const DESCRIPTION = '- A replication group needs a description of 1 to 255 characters: `description` (got "%). '
  + 'Write one to `description` that fits. [cdk-data-tier::replication-group-description]';
const REPLICAS = '- A shard has one primary and 0 to 5 replicas: `clusterMode.replicas` (got %). '
  + 'Set `clusterMode.replicas` so that there are 0 to 5 replicas. [cdk-data-tier::shard-node-count]';
const PORT = '- A port is a whole number from 1150 to 65535: `port` (got %). Set `port` to a free one, for example 6379. [cdk-data-tier::port-range]';
const RESERVED = '- ElastiCache keeps this port for itself: `port` (got 8005). Set `port` to another one, for example 6379. [cdk-data-tier::port-reserved]';
const RETENTION = '- Backups are kept for 0 to 35 whole days: `backupRetention` (got 36). Set `backupRetention` in that range. [cdk-data-tier::snapshot-retention]';
const SHORT_BACKUP = '- The window lasts at least 60 minutes: `backupWindow` (got "04:00-04:59"). Lengthen `backupWindow`. [cdk-data-tier::snapshot-window-length]';
const SHORT_MAINTENANCE = '- The window lasts at least 60 minutes: `maintenanceWindow` (got "sun:06:00-sun:06:59"). '
  + 'Lengthen `maintenanceWindow`. [cdk-data-tier::maintenance-window-length]';
const OVERLAP = '- Backup and maintenance must not overlap: `backupWindow` (got "04:31-05:31"), `maintenanceWindow` (got "sun:05:30-sun:06:30"). '
  + 'Move `backupWindow` or `maintenanceWindow`. [cdk-data-tier::windows-overlap]';
const TIMEOUT = '- The parameter is 0 or a whole number of at least 20: `parameters.timeout` (got "19"). '
  + 'Set `parameters.timeout` accordingly. [cdk-data-tier::parameter-timeout]';
const FIXED = '- The parameter is set by the service and cannot be changed: `parameters.maxclients` (got "100"). '
  + 'Leave `parameters.maxclients` out. [cdk-data-tier::parameter-maxclients]';
const TOO_NEW = '- The parameter exists from redis7 on: `parameters.latency-tracking` (got "yes"), `engine` (got "redis6.x"). '
  + 'Leave `parameters.latency-tracking` out. [cdk-data-tier::parameter-latency-tracking-family]';
const TWICE = "- `evictionPolicy` and the parameter `maxmemory-policy` are the same setting (got 'noeviction' and 'volatile-ttl'). "
  + 'Keep `evictionPolicy`. [cdk-data-tier::eviction-policy-once]';
const SNAPSHOT_NODE = '- `snapshotNode` must be known at synthesis, because the node is named by it (got a token). '
  + 'Read it from the context or the environment of the app. [cdk-data-tier::snapshot-node-known]';
const SNAPSHOT_MODE = '- The node that backups are taken from is chosen in cluster mode disabled only: `snapshotNode` is set. '
  + 'Leave `snapshotNode` out. [cdk-data-tier::snapshotting-cluster-mode]';
const SHARDS = '- A group has 1 to 500 shards: `clusterMode.shards` (got %). Set `clusterMode.shards` in that range. [cdk-data-tier::shard-count]';
const SHARD_REPLICAS = '- A shard has one primary and 0 to 5 replicas: `clusterMode.replicasPerShard` (got %). '
  + 'Set `clusterMode.replicasPerShard` so that there are 0 to 5 replicas. [cdk-data-tier::shard-replica-count]';
const FAILOVER = '- Automatic failover, which CloudFormation turns on unless told otherwise, needs at least one replica: `clusterMode` (got "automatic failover"), '
  + '`clusterMode.replicas` (got 0). Ask for a replica by `clusterMode.replicas`, or set `clusterMode` to false. [cdk-data-tier::failover-needs-replica]';
const COMPATIBLE_REPLICA = '- Cluster mode compatible needs at least one replica: `clusterMode` (got "compatible"), and there is none. '
  + 'Ask for at least one replica before `clusterMode` is changed. [cdk-data-tier::compatible-needs-replica]';
const COMPATIBLE_ENGINE = '- Cluster mode compatible needs Redis OSS 7.0 or later, or Valkey: `clusterMode` (got "compatible"), `engine` (got "6.2"). '
  + 'Raise `engine`, or leave `clusterMode` out. [cdk-data-tier::compatible-engine-version]';
const IAM_ENGINE = '- Users that log in by IAM need Redis OSS 7.0 or later, or Valkey: `engine` (got "6.2"), and a user of `auth` does. '
  + 'Raise `engine`, or give the user of `auth` a password. [cdk-data-tier::iam-user-engine-version]';
const DURABILITY_MODE = '- Durability needs cluster mode enabled: `durability` (got "sync"). '
  + 'Enable cluster mode by `clusterMode`, or set `durability` to disabled. [cdk-data-tier::durability-cluster-mode]';
const NODES = '- No quota allows more than 500 nodes in one group, or 250 before Redis OSS 5.0.6: `clusterMode.shards` (got %), '
  + '`clusterMode.replicasPerShard` (got 0). Ask for fewer shards or replicas. [cdk-data-tier::cluster-node-limit]';
const MODE_TWICE = "- `clusterMode` and the parameter `cluster-enabled` are the same setting (got the parameter with 'yes'). "
  + 'Keep `clusterMode`. [cdk-data-tier::cluster-mode-once]';
const ENGINE = '- A replication group runs redis or valkey: `engine` (got "keydb"). Set `engine` to redis or valkey. [cdk-data-tier::replication-group-engine]';
const PATCH = '- From Redis OSS 6 on, and for every Valkey, a version is major.minor and AWS chooses the patch: `engine` (got "7.1.0"). '
  + 'Leave the patch out of `engine`. [cdk-data-tier::engine-version-form]';
const FAMILY = '- The parameter group `parameters` must be of the family of the engine version: `engine` (got "redis"), `engine` (got "7.1"). '
  + 'Give `parameters` a group of the family of that version. [cdk-data-tier::parameter-group-family]';
const NO_USERS = '- Users need Redis OSS 6.0 or later, or Valkey: `engine` (got "5.0.6"). '
  + 'Raise `engine`, or do without users in `auth`. [cdk-data-tier::user-group-engine-version]';
const NO_SLOW_LOG = '- Delivery of the slow-log needs Redis OSS 6.0 or later, or Valkey: `engine` (got "5.0.6"). '
  + 'Raise `engine`, or leave the slow-log out of `logs`. [cdk-data-tier::slow-log-engine-version]';
const PASSWORD = '- An access string holds no passwords: `auth.access` has a word that begins with > < # or !, or the word nopass. '
  + 'Give the user its passwords by `auth`. [cdk-data-tier::access-string-password]';
const DEFAULT_USER = '- No two users of a group have the same id or the same name: `auth` (got ["(known after deployment)","(known after deployment)"]). '
  + 'Keep one of them in `auth`. [cdk-data-tier::user-group-duplicates]';
const PUBLIC = '- `vpcSubnets` must select private or isolated subnets: a data store has no business in a public one (got public subnets). Give the VPC a '
  + 'private subnet, or select one by `vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED }`. [cdk-data-tier::public-subnets]';
const ONE_ZONE = '- Multi-AZ needs subnets in at least two zones: `clusterMode` (got "replicas in other zones"), and the subnets of `vpcSubnets` are all in one. '
  + 'Choose subnets in at least two zones by `vpcSubnets`, or do without Multi-AZ, which `clusterMode` asks for. [cdk-data-tier::multi-az-needs-zones]';

/** Puts a value into a message. */
const say = (message: string, value: string | number) => message.replace('%', String(value));

describe('errors', () => {
  const refused: [string, Partial<RedisClusterProps>, string][] = [
    ['41 characters', { replicationGroupName: 'a'.repeat(41) }, say(NAME, 'a'.repeat(41))],
    ['a digit in front', { replicationGroupName: '1a' }, say(NAME, '1a')],
    ['a hyphen at the end', { replicationGroupName: 'a-' }, say(NAME, 'a-')],
    ['two hyphens', { replicationGroupName: 'a--b' }, say(NAME, 'a--b')],
    ['no description', { description: '' }, say(DESCRIPTION, '"')],
    ['256 characters', { description: 'x'.repeat(256) }, say(DESCRIPTION, `${'x'.repeat(119)}…`)],
    ['6 replicas', replicas(6), say(REPLICAS, 6)],
    ['-1 replicas', replicas(-1), say(REPLICAS, -1)],
    ['half a replica', replicas(0.5), say(REPLICAS, 0.5)],
    ['port 1149', { port: 1149 }, say(PORT, 1149)],
    ['port 65536', { port: 65536 }, say(PORT, 65536)],
    ['port 8005', { port: 8005 }, RESERVED],
    ['36 days', { backupRetention: Duration.days(36) }, RETENTION],
    ['59 minutes of backup', { backupWindow: DailyWindow.of('04:00-04:59') }, SHORT_BACKUP],
    ['59 minutes of maintenance', { maintenanceWindow: WeeklyWindow.of('sun:06:00-sun:06:59') }, SHORT_MAINTENANCE],
    ['windows that overlap by a minute', { backupWindow: DailyWindow.of('04:31-05:31') }, OVERLAP],
    ['a parameter out of range', parameters({ timeout: '19' }), TIMEOUT],
    ['a parameter of the service', parameters({ maxclients: '100' }), FIXED],
    ['a parameter of a later family', { engine: RedisEngine.REDIS_6_2, ...parameters({ 'latency-tracking': 'yes' }) }, TOO_NEW],
    ['the eviction policy twice', { evictionPolicy: EvictionPolicy.NOEVICTION, ...parameters({ 'maxmemory-policy': 'volatile-ttl' }) }, TWICE],
    ['another engine', { engine: RedisEngine.of({ engine: 'keydb', version: '7.9', family: 'keydb7' }) }, ENGINE],
    ['a patch version', { engine: RedisEngine.of({ engine: 'redis', version: '7.1.0', family: 'redis7' }) }, PATCH],
    ['the family of another version', { engine: RedisEngine.of({ engine: 'redis', version: '7.1', family: 'redis6.x' }) }, FAMILY],
    ['an engine without users', { engine: OLD }, NO_USERS],
    ['a password in the access string', { auth: RedisAuth.users({ access: AccessString.of('on >secret ~* +@all') }) }, PASSWORD],
    ['a node for backups that only CloudFormation knows', { snapshotNode: Token.asNumber({ Ref: 'Node' }) }, SNAPSHOT_NODE],
    ['a node for backups among shards', { snapshotNode: 1, clusterMode: ClusterMode.enabled() }, SNAPSHOT_MODE],
    ['no shard', shards(0), say(SHARDS, 0)],
    ['6 replicas of each shard', shards(2, 6), say(SHARD_REPLICAS, 6)],
    ['compatible on an old engine', { clusterMode: ClusterMode.compatible(), engine: RedisEngine.REDIS_6_2 }, COMPATIBLE_ENGINE],
    ['IAM on an old engine', { auth: RedisAuth.iam(), engine: RedisEngine.REDIS_6_2 }, IAM_ENGINE],
    ['durability without shards', { durability: RedisDurability.SYNC, engine: RedisEngine.VALKEY_9_0, nodeType: CacheNodeType.R7G_LARGE }, DURABILITY_MODE],
    ['the mode by a parameter', parameters({ 'cluster-enabled': 'yes' }), MODE_TWICE],
    ['a user called default', { auth: RedisAuth.users({ userName: 'default' }) }, DEFAULT_USER],
    ['a user whose id would be that of the default user', { auth: RedisAuth.users({ userName: 'Default' }) }, DEFAULT_USER],
  ];
  test.each(refused)('%s', (_name, props, text) => {
    expect(faultsOf(() => newCluster(props))).toEqual(['Data/Cache has 1 fault:', text]);
  });

  const legal: [string, Partial<RedisClusterProps>][] = [
    ['1 character', { replicationGroupName: 'a' }],
    ['40 characters', { replicationGroupName: 'a'.repeat(40) }],
    ['1 character of description', { description: 'x' }],
    ['255 characters', { description: 'x'.repeat(255) }],
    ['5 replicas', replicas(5)],
    ['port 1150', { port: 1150 }],
    ['port 65535', { port: 65535 }],
    ['90 nodes', shards(45)],
    ['5 replicas of each shard', shards(2, 5)],
    ['ports beside the reserved one', { port: 8006 }],
    ['35 days', { backupRetention: Duration.days(35) }],
    ['1 day', { backupRetention: Duration.days(1) }],
    ['60 minutes', { backupWindow: DailyWindow.of('03:00-04:00'), maintenanceWindow: WeeklyWindow.of('sun:06:00-sun:07:00') }],
    ['a window over midnight', { backupWindow: DailyWindow.of('23:30-00:30') }],
    ['windows that touch', { backupWindow: DailyWindow.of('04:30-05:30') }],
    ['a parameter at its bound', parameters({ timeout: '20' })],
    ['a parameter that is unknown', parameters({ 'new-parameter': 'whatever' })],
    ['a version that is unknown', { engine: RedisEngine.of({ engine: 'valkey', version: '10.0', family: 'valkey10' }) }],
    ['a node type that is unknown', { nodeType: CacheNodeType.of('cache.z9.huge') }],
  ];
  test.each(legal)('%s is accepted without a word', (_name, props) => {
    // The CDK indents templates, and then warns of those of many nodes that they are large.
    const { vpc, data } = layout({ '@aws-cdk/core:suppressTemplateIndentation': true });
    expect(warningsOf(newCluster(props, { vpc, data }))).toEqual([]);
  });

  test('all faults of a cluster come together', () => {
    expect(faultsOf(() => newCluster({
      port: 0,
      ...replicas(6),
      backupWindow: DailyWindow.of('04:00-04:59'),
      parameters: { 'timeout': '19', 'maxmemory-policy': 'volatile-ttl' },
      evictionPolicy: EvictionPolicy.NOEVICTION,
    }))).toEqual(['Data/Cache has 5 faults:', TWICE, say(REPLICAS, 6), say(PORT, 0), SHORT_BACKUP, TIMEOUT]);
  });

  test('more shards than any quota allows, and the step between the modes without a replica', () => {
    expect(faultsOf(() => newCluster(shards(501, 0)))).toEqual(['Data/Cache has 2 faults:', say(SHARDS, 501), say(NODES, 501)]);
    expect(faultsOf(() => newCluster({ clusterMode: ClusterMode.compatible({ replicas: 0 }) }))).toEqual([
      'Data/Cache has 2 faults:', FAILOVER, COMPATIBLE_REPLICA,
    ]);
  });

  test('an engine that is too old for users is too old for a log that is asked for', () => {
    expect(faultsOf(() => newCluster({ engine: OLD, logs: { slowLog: true } }))).toEqual(['Data/Cache has 2 faults:', NO_USERS, NO_SLOW_LOG]);
  });

  test('a retention of logs that go to a stream', () => {
    const world = layout();
    const stream = DeliveryStream.fromDeliveryStreamArn(world.data, 'Stream', 'arn:aws:firehose:eu-west-1:123456789012:deliverystream/logs');
    const logs = { destination: RedisLogDestination.firehose(stream), retention: RetentionDays.ONE_WEEK };
    expect(faultsOf(() => newCluster({ logs }, world))).toEqual([
      'Data/Cache has 1 fault:',
      '- `logs.retention` is of log groups, and `logs.destination` is a delivery stream (got 7 days). Leave `logs.retention` out. '
      + '[cdk-data-tier::log-retention-of-stream]',
    ]);
  });

  test('public subnets, and subnets in one zone', () => {
    const { app, data } = layout();
    const vpc = new Vpc(new Stack(app, 'Other'), 'Vpc', { maxAzs: 1, subnetConfiguration: [{ name: 'open', subnetType: SubnetType.PUBLIC }] });
    const cluster = (id: string, mode: Partial<RedisClusterProps>) => () => newCluster(mode, { vpc, data: new Stack(data, id) });
    expect(faultsOf(cluster('One', {}))).toEqual(['Data/One/Cache has 2 faults:', PUBLIC, ONE_ZONE]);
    expect(faultsOf(cluster('Two', replicas(0)))).toEqual(['Data/Two/Cache has 1 fault:', PUBLIC]);
  });
});

describe('warnings', () => {
  const rows: [string, Partial<RedisClusterProps>, string][] = [
    ['the step between the modes', { clusterMode: ClusterMode.compatible() },
      '`clusterMode` compatible is a step, and what CloudFormation does with the next one, to enabled, is not proved: the service changes the mode in '
      + 'place, the resource schema promises nothing. Change nothing else together with the mode, and try the next step on a copy first. '
      + '[ack: cdk-data-tier::cluster-mode-step]'],
    ['more nodes than the quota of a new account', shards(46),
      'More than 90 nodes in one group need a higher quota: `clusterMode.shards` (got 46), `clusterMode.replicasPerShard` (got 1). '
      + 'Ask for fewer shards or replicas, or have the quota raised. [ack: cdk-data-tier::cluster-node-quota]'],
    ['shards without replicas', shards(2, 0),
      'Without replicas the loss of one node loses the data of its shard, and later updates may fail for want of a replica: '
      + '`clusterMode.replicasPerShard` (got 0). Ask for at least one replica by `clusterMode.replicasPerShard`. [ack: cdk-data-tier::no-replica-per-shard]'],
    ['plain connections beside TLS', { transitEncryption: TransitEncryption.PREFERRED, auth: RedisAuth.none() },
      'Clients may still connect without encryption: `transitEncryption` (got "preferred"). Set `transitEncryption` to required once every client encrypts. '
      + '[ack: cdk-data-tier::tls-preferred]'],
    ['no backups', { backupRetention: Duration.days(0) },
      'No backups are made: `backupRetention` (got 0). Set `backupRetention` to at least 1 day. [ack: cdk-data-tier::no-backups]'],
    ['a backup window without backups', { backupRetention: Duration.days(0), backupWindow: DailyWindow.of('01:00-02:00') },
      'A backup window without backups has no effect: `backupWindow` (got "01:00-02:00"), `backupRetention` (got 0). '
      + 'Set `backupRetention` to at least 1 day, or leave `backupWindow` out. [ack: cdk-data-tier::snapshot-window-unused]'],
    ['an engine near the end of its support', { engine: RedisEngine.REDIS_6_2 },
      'Standard support of Redis OSS 6 ends on 2027-01-31, after which extended support is charged: `engine` (got "6.2"). '
      + 'Raise `engine`. [ack: cdk-data-tier::redis-6-standard-support]'],
    ['a node type of Valkey for Redis OSS', { nodeType: CacheNodeType.R8G_LARGE },
      'AWS does not list this node type for the engine: `nodeType` (got "cache.r8g.large"), `engine` (got "redis"). '
      + 'Choose another `nodeType`, or another `engine`. [ack: cdk-data-tier::node-type-engine]'],
    ['a node type of the past', { nodeType: CacheNodeType.of('cache.t2.micro') },
      'The node type is of a previous generation, which costs more for less: `nodeType` (got "cache.t2.micro"). '
      + 'Choose a current type for `nodeType`. [ack: cdk-data-tier::previous-generation-node-type]'],
    ['an eviction policy that data tiering lacks', { nodeType: CacheNodeType.R6GD_XLARGE, evictionPolicy: EvictionPolicy.VOLATILE_TTL },
      'Data tiering knows the eviction policies volatile-lru, allkeys-lru, noeviction only, and the parameter group `parameters` chooses another: '
      + '`nodeType` (got "data tiering"). Set maxmemory-policy in `parameters` to one of them. [ack: cdk-data-tier::data-tiering-eviction-policy]'],
    ['keyspace events without a channel', parameters({ 'notify-keyspace-events': 'x' }),
      'Keyspace events are published only with K or E among the letters: `parameters.notify-keyspace-events` (got "x"). '
      + 'Add K, E or both to `parameters.notify-keyspace-events`. [ack: cdk-data-tier::keyspace-events-without-channel]'],
    ['an access string that leaves the user off', { auth: RedisAuth.users({ access: AccessString.of('~* +@read') }) },
      'A user whose access string says neither on nor off is off: `auth.access`. '
      + 'Begin `auth.access` with on or off. [ack: cdk-data-tier::access-string-state]'],
  ];
  test.each(rows)('%s', (_name, props, text) => {
    expect(warningsOf(newCluster(props))).toContain(text);
  });

  const silent: [string, Partial<RedisClusterProps>][] = [
    ['a node type of Valkey for Valkey', { nodeType: CacheNodeType.R8G_LARGE, engine: RedisEngine.VALKEY_7_2 }],
    ['an eviction policy of data tiering', { nodeType: CacheNodeType.R6GD_XLARGE, evictionPolicy: EvictionPolicy.ALLKEYS_LRU }],
    ['keyspace events with a channel', parameters({ 'notify-keyspace-events': 'Ex' })],
  ];
  test.each(silent)('%s is no reason to warn', (_name, props) => {
    expect(warningsOf(newCluster(props))).toEqual([]);
  });

  test('a topic that ElastiCache cannot publish to', () => {
    const world = layout();
    const topics = new Stack(world.app, 'Topics');
    const encrypted = new Topic(topics, 'Encrypted', { masterKey: new Key(topics, 'Key') });
    expect(warningsOf(newCluster({ notificationTopic: encrypted }, world))).toEqual([
      'ElastiCache cannot publish to a topic that is encrypted with KMS, and its subscription goes inactive: `notificationTopic`. '
      + 'Give `notificationTopic` a topic without a KMS key, or follow the events by an EventBridge rule. [ack: cdk-data-tier::encrypted-notification-topic]',
    ]);
    const other = layout();
    expect(warningsOf(newCluster({ notificationTopic: new Topic(new Stack(other.app, 'Topics'), 'Plain') }, other))).toEqual([]);
  });
});
