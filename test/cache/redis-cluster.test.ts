import { Annotations, CfnParameter, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { DeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import {
  AccessString, CacheIpDiscovery, CacheNetworkType, CacheNodeType, ClusterMode, DailyWindow, Encryption, EvictionPolicy, RedisAuth,
  RedisCluster, RedisClusterProps,
  RedisDurability, RedisEngine, RedisLogDestination, RedisLogFormat, RedisSnapshotSource, WeeklyWindow,
} from '../../src';
import { groupOf, layout, newCluster, resourceOf, resourcesOf, storeResourcesOf, TemplateResource, warningsOf } from '../helpers';

const GROUP = 'AWS::ElastiCache::ReplicationGroup';
const PARAMETERS = 'AWS::ElastiCache::ParameterGroup';

describe('with a VPC only', () => {
  const cluster = newCluster();

  test('the replication group says everything that has a dangerous default of its own', () => {
    expect(groupOf(cluster)).toEqual({
      ReplicationGroupId: 'data-cache-a610ade3',
      ReplicationGroupDescription: 'Data/Cache',
      Engine: 'redis',
      EngineVersion: '7.1',
      CacheNodeType: 'cache.t4g.medium',
      NumCacheClusters: 2,
      AutomaticFailoverEnabled: true,
      MultiAZEnabled: true,
      Port: 6379,
      CacheSubnetGroupName: { Ref: 'CacheSubnetGroup355C216D' },
      SecurityGroupIds: [{ 'Fn::GetAtt': ['CacheSecurityGroup79A9F160', 'GroupId'] }],
      CacheParameterGroupName: { Ref: 'CacheParameterGroup32BBAE3A' },
      UserGroupIds: [{ Ref: 'CacheUserGroup978A79CF' }],
      TransitEncryptionEnabled: true,
      AtRestEncryptionEnabled: true,
      KmsKeyId: { 'Fn::GetAtt': ['CacheKeyCDF9DE27', 'Arn'] },
      SnapshotRetentionLimit: 7,
      SnapshotWindow: '04:00-05:00',
      PreferredMaintenanceWindow: 'sun:05:30-sun:06:30',
      AutoMinorVersionUpgrade: true,
      LogDeliveryConfigurations: [
        {
          LogType: 'slow-log',
          LogFormat: 'json',
          DestinationType: 'cloudwatch-logs',
          DestinationDetails: { CloudWatchLogsDetails: { LogGroup: { Ref: 'CacheSlowLog43E55961' } } },
        },
        {
          LogType: 'engine-log',
          LogFormat: 'json',
          DestinationType: 'cloudwatch-logs',
          DestinationDetails: { CloudWatchLogsDetails: { LogGroup: { Ref: 'CacheEngineLogFEAEB291' } } },
        },
      ],
    });
  });

  test('the resources have these logical ids, which are a contract', () => {
    expect(Object.fromEntries(Object.entries(storeResourcesOf(cluster)).map(([id, { Type }]) => [id, Type]))).toEqual({
      Cache18F6EE16: 'AWS::ElastiCache::ReplicationGroup',
      CacheSubnetGroup355C216D: 'AWS::ElastiCache::SubnetGroup',
      CacheSecurityGroup79A9F160: 'AWS::EC2::SecurityGroup',
      CacheKeyCDF9DE27: 'AWS::KMS::Key',
      CacheParameterGroup32BBAE3A: 'AWS::ElastiCache::ParameterGroup',
      CacheSecret4CD6E2C3: 'AWS::SecretsManager::Secret',
      CacheDefaultUser47D483BA: 'AWS::ElastiCache::User',
      CacheUser72FA2B22: 'AWS::ElastiCache::User',
      CacheUserGroup978A79CF: 'AWS::ElastiCache::UserGroup',
      CacheSlowLog43E55961: 'AWS::Logs::LogGroup',
      CacheEngineLogFEAEB291: 'AWS::Logs::LogGroup',
    });
  });

  test('the construct ids are a contract', () => {
    expect(cluster.node.children.map(({ node }) => node.id).sort()).toEqual([
      'Alarms', 'DefaultUser', 'EngineLog', 'Key', 'ParameterGroup', 'Resource', 'Secret', 'SecurityGroup', 'SlowLog', 'SubnetGroup', 'User', 'UserGroup',
    ]);
  });

  test('nothing is warned of', () => expect(warningsOf(cluster)).toEqual([]));

  test('parameters are those of the engine, and the eviction policy is written down', () => {
    expect(resourceOf(cluster, PARAMETERS).Properties).toEqual({
      CacheParameterGroupFamily: 'redis7',
      Description: 'Parameters of Data/Cache',
      Properties: { 'maxmemory-policy': 'volatile-lru' },
    });
  });

  test('the nodes are in the private subnets', () => {
    expect(resourceOf(cluster, 'AWS::ElastiCache::SubnetGroup').Properties).toEqual({
      Description: 'Subnets of Data/Cache',
      SubnetIds: ['subnet-a', 'subnet-b'],
    });
  });

  test('attributes', () => {
    const resolve = (value: unknown) => Stack.of(cluster).resolve(value);
    expect(cluster.replicationGroupName).toBe('data-cache-a610ade3');
    expect(cluster.nodeIds).toEqual(['data-cache-a610ade3-001', 'data-cache-a610ade3-002']);
    expect(resolve(cluster.primaryEndpoint.hostname)).toEqual({ 'Fn::GetAtt': ['Cache18F6EE16', 'PrimaryEndPoint.Address'] });
    expect(resolve(cluster.readerEndpoint.hostname)).toEqual({ 'Fn::GetAtt': ['Cache18F6EE16', 'ReaderEndPoint.Address'] });
    expect(cluster.primaryEndpoint.port).toBe(6379);
    expect(cluster.readerEndpoint.port).toBe(6379);
    expect(cluster.endpoint).toBe(cluster.primaryEndpoint);
    expect(resolve(cluster.parameterGroupName)).toEqual({ Ref: 'CacheParameterGroup32BBAE3A' });
    expect(resolve(cluster.subnetGroupName)).toEqual({ Ref: 'CacheSubnetGroup355C216D' });
    expect(resolve(cluster.encryptionKey?.keyArn)).toEqual({ 'Fn::GetAtt': ['CacheKeyCDF9DE27', 'Arn'] });
    expect(resolve(cluster.secret?.secretArn)).toEqual({ Ref: 'CacheSecret4CD6E2C3' });
    expect(cluster.users).toEqual([{ userId: 'data-cache-a610ade3-app', userName: 'app', secret: cluster.secret }]);
    expect(cluster.slowLog).toBe(cluster.node.findChild('SlowLog'));
    expect(cluster.engineLog).toBe(cluster.node.findChild('EngineLog'));
    expect(cluster.connections.defaultPort?.toString()).toBe('6379');
    expect(cluster.connections.securityGroups).toEqual([cluster.node.findChild('SecurityGroup')]);
  });
});

describe('each prop', () => {
  const rows: [string, Partial<RedisClusterProps>, TemplateResource['Properties']][] = [
    ['port', { port: 7000 }, { Port: 7000 }],
    ['engine of another family', { engine: RedisEngine.VALKEY_8_1 }, { Engine: 'valkey', EngineVersion: '8.1' }],
    ['nodeType', { nodeType: CacheNodeType.R7G_LARGE }, { CacheNodeType: 'cache.r7g.large' }],
    ['nodeType with data tiering', { nodeType: CacheNodeType.R6GD_XLARGE }, { CacheNodeType: 'cache.r6gd.xlarge', DataTieringEnabled: true }],
    ['nodeType that is unknown', { nodeType: CacheNodeType.of('cache.z9.huge') }, { CacheNodeType: 'cache.z9.huge' }],
    ['clusterMode without options', { clusterMode: ClusterMode.disabled() }, { NumCacheClusters: 2 }],
    ['most replicas', { clusterMode: ClusterMode.disabled({ replicas: 5 }) }, { NumCacheClusters: 6, AutomaticFailoverEnabled: true, MultiAZEnabled: true }],
    ['no replica', { clusterMode: ClusterMode.disabled({ replicas: 0 }) }, { NumCacheClusters: 1, AutomaticFailoverEnabled: false, MultiAZEnabled: false }],
    ['backupRetention', { backupRetention: Duration.days(35) }, { SnapshotRetentionLimit: 35, SnapshotWindow: '04:00-05:00' }],
    ['backupRetention in another unit', { backupRetention: Duration.hours(48) }, { SnapshotRetentionLimit: 2 }],
    ['backupWindow', { backupWindow: DailyWindow.of('01:00-02:00') }, { SnapshotWindow: '01:00-02:00' }],
    ['maintenanceWindow', { maintenanceWindow: WeeklyWindow.of('tue:22:00-tue:23:00') }, { PreferredMaintenanceWindow: 'tue:22:00-tue:23:00' }],
    ['autoMinorVersionUpgrade', { autoMinorVersionUpgrade: false }, { AutoMinorVersionUpgrade: false }],
    ['description', { description: 'Carts' }, { ReplicationGroupDescription: 'Carts' }],
    ['replicationGroupName, in lower case', { replicationGroupName: 'My-Cache' }, { ReplicationGroupId: 'my-cache' }],
    ['networkType ipv4', { networkType: CacheNetworkType.IPV4 }, { NetworkType: 'ipv4' }],
    ['networkType ipv6', { networkType: CacheNetworkType.IPV6 }, { NetworkType: 'ipv6', IpDiscovery: 'ipv6' }],
    ['networkType dual_stack', { networkType: CacheNetworkType.DUAL_STACK }, { NetworkType: 'dual_stack' }],
    ['ipDiscovery', { networkType: CacheNetworkType.DUAL_STACK, ipDiscovery: CacheIpDiscovery.IPV6 }, { NetworkType: 'dual_stack', IpDiscovery: 'ipv6' }],
    ['durability', {
      durability: RedisDurability.SYNC, engine: RedisEngine.VALKEY_9_0, clusterMode: ClusterMode.enabled(), nodeType: CacheNodeType.R7G_LARGE,
    }, { Durability: 'sync' }],
    ['snapshotNode', { snapshotNode: 2 }, { SnapshottingClusterId: 'data-cache-a610ade3-002' }],
    ['restoreFrom a snapshot', { restoreFrom: RedisSnapshotSource.snapshot('nightly') }, { SnapshotName: 'nightly' }],
  ];
  test.each(rows)('%s', (_name, props, properties) => {
    expect(groupOf(newCluster(props))).toMatchObject(properties);
  });

  test('backupRetention of zero leaves out the window, which would have no effect', () => {
    const group = groupOf(newCluster({ backupRetention: Duration.days(0) }));
    expect(group.SnapshotRetentionLimit).toBe(0);
    expect(group).not.toHaveProperty('SnapshotWindow');
  });

  test('dual stack and IPv4 leave discovery to the service, and other node types say nothing of tiering', () => {
    const group = groupOf(newCluster({ networkType: CacheNetworkType.DUAL_STACK }));
    expect(group).not.toHaveProperty('IpDiscovery');
    expect(group).not.toHaveProperty('DataTieringEnabled');
  });

  test('engine: a later version changes the version and the family of the parameter group only', () => {
    const cluster = newCluster({ engine: RedisEngine.REDIS_6_2 });
    expect(groupOf(cluster)).toEqual({ ...groupOf(newCluster()), EngineVersion: '6.2' });
    expect(resourceOf(cluster, PARAMETERS).Properties.CacheParameterGroupFamily).toBe('redis6.x');
  });

  test('description of a path that is too long: its end', () => {
    const { data, vpc } = layout();
    const cluster = new RedisCluster(new Construct(data, 'x'.repeat(250)), 'Cache', { vpc });
    expect(groupOf(cluster).ReplicationGroupDescription).toBe(`${'x'.repeat(249)}/Cache`);
  });

  test('evictionPolicy', () => {
    expect(resourceOf(newCluster({ evictionPolicy: EvictionPolicy.ALLKEYS_LFU }), PARAMETERS).Properties.Properties)
      .toEqual({ 'maxmemory-policy': 'allkeys-lfu' });
  });

  test('parameters are added to the eviction policy, and one named there wins over the default', () => {
    expect(resourceOf(newCluster({ parameters: { timeout: '300' } }), PARAMETERS).Properties.Properties)
      .toEqual({ 'maxmemory-policy': 'volatile-lru', 'timeout': '300' });
    expect(resourceOf(newCluster({ parameters: { 'maxmemory-policy': 'noeviction' } }), PARAMETERS).Properties.Properties)
      .toEqual({ 'maxmemory-policy': 'noeviction' });
  });

  test('parameters are written in one order, whatever order they came in', () => {
    const parameters = { 'timeout': '300', 'slowlog-max-len': '256', 'activedefrag': 'yes' };
    expect(Object.keys(resourceOf(newCluster({ parameters }), PARAMETERS).Properties.Properties))
      .toEqual(['activedefrag', 'maxmemory-policy', 'slowlog-max-len', 'timeout']);
  });

  test('auth', () => {
    const cluster = newCluster({ auth: RedisAuth.users({ userName: 'shop', access: AccessString.readOnly() }) });
    expect(cluster.users[0].userName).toBe('shop');
    expect(Object.values(resourcesOf(cluster)).filter(({ Type }) => Type === 'AWS::ElastiCache::User').map(({ Properties }) => Properties.UserName).sort())
      .toEqual(['default', 'shop']);
  });

  test('vpcSubnets', () => {
    const world = layout();
    const vpc = new Vpc(new Stack(world.app, 'Other'), 'Vpc', {
      maxAzs: 3,
      subnetConfiguration: [{ name: 'app', subnetType: SubnetType.PRIVATE_ISOLATED }, { name: 'store', subnetType: SubnetType.PRIVATE_ISOLATED }],
    });
    const cluster = newCluster({ vpcSubnets: { subnetGroupName: 'store' } }, { ...world, vpc });
    expect(resourceOf(cluster, 'AWS::ElastiCache::SubnetGroup').Properties.SubnetIds.map((id: object) => Object.values(id)[0])).toEqual([
      expect.stringContaining('VpcstoreSubnet1'), expect.stringContaining('VpcstoreSubnet2'),
    ]);
  });

  test('securityGroups replace the one of the construct', () => {
    const world = layout();
    const mine = SecurityGroup.fromSecurityGroupId(world.data, 'Mine', 'sg-1234');
    const cluster = newCluster({ securityGroups: [mine] }, world);
    expect(groupOf(cluster).SecurityGroupIds).toEqual(['sg-1234']);
    expect(cluster.connections.securityGroups).toEqual([mine]);
    expect(Object.values(resourcesOf(cluster)).map(({ Type }) => Type)).not.toContain('AWS::EC2::SecurityGroup');
  });

  test('encryption with a key of yours makes none', () => {
    const world = layout();
    const key = new Key(new Stack(world.app, 'Keys'), 'Key');
    const cluster = newCluster({ encryption: Encryption.customerManaged(key) }, world);
    expect(cluster.encryptionKey).toBe(key);
    expect(groupOf(cluster).KmsKeyId).toEqual({ 'Fn::ImportValue': 'Keys:ExportsOutputFnGetAttKey961B73FDArn5A860C43' });
    expect(Object.values(resourcesOf(cluster)).map(({ Type }) => Type)).not.toContain('AWS::KMS::Key');
  });

  test('encryption by AWS managed keys', () => {
    const cluster = newCluster({ encryption: Encryption.awsManaged() });
    expect(cluster.encryptionKey).toBeUndefined();
    const group = groupOf(cluster);
    expect(group.AtRestEncryptionEnabled).toBe(true);
    const resources = Object.values(resourcesOf(cluster));
    expect(resources.filter(({ Properties }) => 'KmsKeyId' in Properties)).toEqual([]);
    expect(resources.map(({ Type }) => Type)).not.toContain('AWS::KMS::Key');
  });

  test('logs', () => {
    const cluster = newCluster({ logs: { slowLog: false, format: RedisLogFormat.TEXT, retention: RetentionDays.ONE_WEEK } });
    expect(cluster.slowLog).toBeUndefined();
    expect(groupOf(cluster).LogDeliveryConfigurations).toMatchObject([{ LogType: 'engine-log', LogFormat: 'text' }]);
    expect(resourceOf(cluster, 'AWS::Logs::LogGroup').Properties.RetentionInDays).toBe(7);
  });

  test('logs of a delivery stream make no log groups', () => {
    const world = layout();
    const stream = DeliveryStream.fromDeliveryStreamArn(world.data, 'Stream', 'arn:aws:firehose:eu-west-1:123456789012:deliverystream/logs');
    const cluster = newCluster({ logs: { destination: RedisLogDestination.firehose(stream) } }, world);
    expect(groupOf(cluster).LogDeliveryConfigurations).toEqual(['slow-log', 'engine-log'].map(LogType => ({
      LogType, LogFormat: 'json', DestinationType: 'kinesis-firehose', DestinationDetails: { KinesisFirehoseDetails: { DeliveryStream: 'logs' } },
    })));
    expect(Object.values(resourcesOf(cluster)).map(({ Type }) => Type)).not.toContain('AWS::Logs::LogGroup');
    expect([cluster.slowLog, cluster.engineLog]).toEqual([undefined, undefined]);
    const named = newCluster({ logs: { destination: RedisLogDestination.cloudWatch() } });
    expect(named.slowLog).toBeDefined();
  });

  test('notificationTopic', () => {
    const world = layout();
    const topic = Topic.fromTopicArn(world.data, 'Topic', 'arn:aws:sns:eu-west-1:123456789012:events');
    expect(groupOf(newCluster({ notificationTopic: topic }, world)).NotificationTopicArn).toBe('arn:aws:sns:eu-west-1:123456789012:events');
  });

  test('restoreFrom a file', () => {
    const world = layout();
    const bucket = Bucket.fromBucketName(world.data, 'Bucket', 'backups');
    const group = groupOf(newCluster({ restoreFrom: RedisSnapshotSource.rdbFile(bucket, 'nightly/dump.rdb') }, world));
    expect(group.SnapshotArns).toEqual([{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::backups/nightly/dump.rdb']] }]);
    expect(group).not.toHaveProperty('SnapshotName');
  });

  test('removalPolicy', () => {
    expect(resourceOf(newCluster({ removalPolicy: RemovalPolicy.DESTROY }), GROUP)).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  });
});

describe('stability', () => {
  const logicalIds = (props: Partial<RedisClusterProps>) => Object.keys(storeResourcesOf(newCluster(props)));
  const ids = logicalIds({});
  const rows: [string, Partial<RedisClusterProps>][] = [
    ['engine', { engine: RedisEngine.VALKEY_9_1 }],
    ['nodeType', { nodeType: CacheNodeType.M7G_LARGE }],
    ['replicas', { clusterMode: ClusterMode.disabled({ replicas: 3 }) }],
    ['user', { auth: RedisAuth.users({ userName: 'other' }) }],
    ['eviction', { evictionPolicy: EvictionPolicy.NOEVICTION }],
    ['windows', { backupWindow: DailyWindow.of('01:00-02:00') }],
    ['description', { description: 'Other' }],
    ['removalPolicy', { removalPolicy: RemovalPolicy.RETAIN }],
  ];
  test.each(rows)('a change of %s leaves every logical id and the name of the group as they were', (_name, props) => {
    const cluster = newCluster(props);
    expect(Object.keys(storeResourcesOf(cluster))).toEqual(ids);
    expect(groupOf(cluster).ReplicationGroupId).toBe('data-cache-a610ade3');
  });

  test('another engine touches neither users nor their group', () => {
    const usersOf = (engine: RedisEngine) => Object.values(resourcesOf(newCluster({ engine }))).filter(({ Type }) => Type.includes('User'));
    expect(usersOf(RedisEngine.VALKEY_8_1)).toEqual(usersOf(RedisEngine.REDIS_7_1));
    expect(usersOf(RedisEngine.VALKEY_8_1)).toHaveLength(3);
  });
});

test('warnings are acknowledged under their id', () => {
  const cluster = newCluster({ clusterMode: ClusterMode.disabled({ replicas: 0 }) });
  expect(warningsOf(cluster)).toEqual([
    'Without a replica the loss of one node loses the data and stops every client: `clusterMode.replicas` (got 0). '
    + 'Ask for at least one replica by `clusterMode.replicas`. [ack: cdk-data-tier::no-replica]',
  ]);
  const acknowledged = newCluster({ clusterMode: ClusterMode.disabled({ replicas: 0 }) });
  Annotations.of(acknowledged).acknowledgeWarning('cdk-data-tier::no-replica', 'a development cache');
  expect(warningsOf(acknowledged)).toEqual([]);
  const validated = newCluster({ clusterMode: ClusterMode.disabled({ replicas: 0 }) });
  Validations.of(validated).acknowledge({ id: 'cdk-data-tier::no-replica', reason: 'a development cache' });
  expect(warningsOf(validated)).toEqual([]);
});

test('names of subnets that only CloudFormation knows reach the subnet group', () => {
  const world = layout();
  const parameter = new CfnParameter(world.data, 'SubnetId');
  const vpc = Vpc.fromVpcAttributes(world.data, 'Imported', {
    vpcId: 'vpc-1', availabilityZones: ['eu-west-1a', 'eu-west-1b'], privateSubnetIds: [parameter.valueAsString, 'subnet-2'],
  });
  expect(resourceOf(newCluster({}, { ...world, vpc }), 'AWS::ElastiCache::SubnetGroup').Properties.SubnetIds).toEqual([{ Ref: 'SubnetId' }, 'subnet-2']);
});
