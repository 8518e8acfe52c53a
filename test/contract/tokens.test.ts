import { CfnParameter, Duration, Fn, Lazy, Size, Stack } from 'aws-cdk-lib';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  AccessString, CacheNodeType, ClusterMode, DailyWindow, Encryption, MemcachedPool, MemcachedVersion, RedisAuth,
  RedisClusterProps, RedisEngine, RedisSnapshotSource, WeeklyWindow,
} from '../../src';
import { groupOf, layout, newCluster, newFunction, newPool, newSessionStore, poolOf, resourceOf, warningsOf } from '../helpers';

/** The three ways in which a value is known later than at synthesis. */
const TEXTS: [string, (stack: Stack, id: string) => string, (id: string) => unknown][] = [
  ['a parameter', (stack, id) => new CfnParameter(stack, id).valueAsString, id => ({ Ref: id })],
  ['an imported value', (_stack, id) => Fn.importValue(id), id => ({ 'Fn::ImportValue': id })],
  ['a lazy value', (_stack, id) => Lazy.string({ produce: () => id }), id => id],
];
const NUMBERS: [string, (stack: Stack, id: string) => number, (id: string) => unknown][] = [
  ['a parameter', (stack, id) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber, id => ({ Ref: id })],
  ['a lazy value', () => Lazy.number({ produce: () => 7 }), () => 7],
];

describe.each(TEXTS)('%s as text', (_name, later, written) => {
  const world = layout();
  const text = (id: string) => later(world.data, id);
  const props: Partial<RedisClusterProps> = {
    engine: RedisEngine.of({ engine: text('Engine'), version: text('Version'), family: text('Family') }),
    nodeType: CacheNodeType.of(text('NodeType')),
    auth: RedisAuth.users({ userName: text('UserName'), access: AccessString.of(text('Access')) }),
    parameters: { timeout: text('Timeout') },
    encryption: Encryption.customerManaged(Key.fromKeyArn(world.data, 'Key', `arn:aws:kms:eu-west-1:123456789012:key/${text('KeyId')}`)),
    backupWindow: DailyWindow.of(text('BackupWindow')),
    maintenanceWindow: WeeklyWindow.of(text('MaintenanceWindow')),
    notificationTopic: Topic.fromTopicArn(world.data, 'Topic', `arn:aws:sns:eu-west-1:123456789012:${text('TopicName')}`),
    replicationGroupName: text('GroupName'),
    description: text('Description'),
    restoreFrom: RedisSnapshotSource.snapshot(text('Snapshot')),
    securityGroups: [SecurityGroup.fromSecurityGroupId(world.data, 'Group', text('SecurityGroupId'))],
  };
  const cluster = newCluster(props, world);
  cluster.linkFunction(newFunction(world.data, world.vpc));

  test('is written where it belongs', () => {
    expect(groupOf(cluster)).toMatchObject({
      Engine: written('Engine'),
      EngineVersion: written('Version'),
      CacheNodeType: written('NodeType'),
      SnapshotWindow: written('BackupWindow'),
      PreferredMaintenanceWindow: written('MaintenanceWindow'),
      ReplicationGroupId: written('GroupName'),
      ReplicationGroupDescription: written('Description'),
      SnapshotName: written('Snapshot'),
      SecurityGroupIds: [written('SecurityGroupId')],
    });
    expect(resourceOf(cluster, 'AWS::ElastiCache::ParameterGroup').Properties).toMatchObject({
      CacheParameterGroupFamily: written('Family'), Properties: { timeout: written('Timeout') },
    });
    expect(resourceOf(cluster, 'AWS::Lambda::Function').Properties.Environment.Variables).toMatchObject({
      REDIS_USER: written('UserName'), REDIS_NAME: written('GroupName'), REDIS_ENGINE: written('Engine'),
    });
  });

  test('names a replication group that clients log in to by IAM, and its shards', () => {
    const other = layout();
    const iam = newCluster({
      replicationGroupName: later(other.data, 'Name'),
      auth: RedisAuth.iam(),
      clusterMode: ClusterMode.enabled({ shardLayout: [{ shardId: later(other.data, 'Shard'), primaryZone: later(other.data, 'Zone') }] }),
    }, other);
    iam.linkFunction(newFunction(other.data, other.vpc));
    expect(groupOf(iam)).toMatchObject({
      ReplicationGroupId: written('Name'), NodeGroupConfiguration: [{ NodeGroupId: written('Shard'), PrimaryAvailabilityZone: written('Zone') }],
    });
    expect(JSON.stringify(resourceOf(iam, 'AWS::IAM::Policy').Properties)).toContain(':replicationgroup:');
    expect(JSON.stringify(resourceOf(iam, 'AWS::IAM::Policy').Properties)).not.toContain('${Token[');
  });

  test('leaves nothing unresolved', () => expect(JSON.stringify(Stack.of(cluster).resolve(groupOf(cluster)))).not.toContain('${Token['));

  test('is written where a pool has it', () => {
    const other = layout();
    const name = (id: string) => later(other.data, id);
    const pool = newPool({
      version: MemcachedVersion.of({ version: name('Version'), family: name('Family') }),
      nodeType: CacheNodeType.of(name('NodeType')),
      parameters: { idle_timeout: name('Timeout') },
      maintenanceWindow: WeeklyWindow.of(name('Window')),
      notificationTopic: Topic.fromTopicArn(other.data, 'Topic', `arn:aws:sns:eu-west-1:123456789012:${name('TopicName')}`),
      poolName: name('PoolName'),
    }, other);
    pool.linkFunction(newFunction(other.data, other.vpc));
    expect(poolOf(pool)).toMatchObject({
      EngineVersion: written('Version'), CacheNodeType: written('NodeType'), PreferredMaintenanceWindow: written('Window'), ClusterName: written('PoolName'),
    });
    expect(resourceOf(pool, 'AWS::ElastiCache::ParameterGroup').Properties).toMatchObject({
      CacheParameterGroupFamily: written('Family'), Properties: { idle_timeout: written('Timeout') },
    });
    expect(pool.metricForNode('0001', 'Evictions').dimensions?.CacheClusterId).toBe(pool.poolName);
    expect(warningsOf(pool)).toEqual([]);
  });

  test('is where an imported pool is', () => {
    const other = layout();
    const pool = MemcachedPool.fromMemcachedPoolAttributes(other.data, 'Pool', {
      poolName: later(other.data, 'Name'), configurationEndpointAddress: later(other.data, 'Host'), nodeIds: ['0001', '0002'],
    });
    expect(other.data.resolve(pool.environmentVariables().MEMCACHED_HOST)).toEqual(written('Host'));
    expect(other.data.resolve(pool.nodeEndpoints.map(({ hostname }) => hostname))).toEqual(['.0001.', '.0002.'].map(label =>
      ({ 'Fn::Join': [label, { 'Fn::Split': ['.cfg.', written('Host')] }] })));
  });

  test('names a file to restore from', () => {
    const other = layout();
    const bucket = Bucket.fromBucketArn(other.data, 'Bucket', 'arn:aws:s3:::backups');
    const source = RedisSnapshotSource.rdbFile(bucket, later(other.data, 'File'));
    expect(groupOf(newCluster({ restoreFrom: source }, other)).SnapshotArns).toHaveLength(1);
  });
});

describe.each(NUMBERS)('%s as number', (_name, later, written) => {
  test('is written where it belongs', () => {
    const world = layout();
    const cluster = newCluster({ port: later(world.data, 'Port'), backupRetention: Duration.days(later(world.data, 'Days')) }, world);
    cluster.linkFunction(newFunction(world.data, world.vpc));
    expect(groupOf(cluster)).toMatchObject({ Port: written('Port'), SnapshotRetentionLimit: written('Days') });
    expect(resourceOf(cluster, 'AWS::EC2::SecurityGroupIngress').Properties).toMatchObject({ FromPort: written('Port'), ToPort: written('Port') });
    const { REDIS_PORT } = resourceOf(cluster, 'AWS::Lambda::Function').Properties.Environment.Variables;
    expect([written('Port'), String(written('Port'))]).toContainEqual(REDIS_PORT);
  });

  test('is written where a pool has it', () => {
    const world = layout();
    const pool = newPool({ port: later(world.data, 'Port'), maxItemSize: Size.bytes(later(world.data, 'Bytes')) }, world);
    pool.linkFunction(newFunction(world.data, world.vpc));
    expect(poolOf(pool)).toMatchObject({ Port: written('Port') });
    const { max_item_size: size } = resourceOf(pool, 'AWS::ElastiCache::ParameterGroup').Properties.Properties;
    expect([written('Bytes'), String(written('Bytes'))]).toContainEqual(size);
    const { MEMCACHED_PORT } = resourceOf(pool, 'AWS::Lambda::Function').Properties.Environment.Variables;
    expect([written('Port'), String(written('Port'))]).toContainEqual(MEMCACHED_PORT);
  });

  test('is handed on by a session store', () => {
    const world = layout();
    const store = newSessionStore({ idleTimeout: Duration.seconds(later(world.data, 'Idle')) }, world);
    const value = world.data.resolve(store.environmentVariables().SESSION_STORE_IDLE_TIMEOUT_SECONDS);
    expect([written('Idle'), String(written('Idle'))]).toContainEqual(value);
  });
});
