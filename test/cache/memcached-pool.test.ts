import { RemovalPolicies, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import { SecurityGroup, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CacheIpDiscovery, CacheNetworkType, CacheNodeType, MemcachedPool, MemcachedPoolProps, MemcachedVersion, WeeklyWindow } from '../../src';
import { layout, newFunction, newPool, newService, poolOf, resourceOf, resourcesOf, storeResourcesOf, tag, warningsOf } from '../helpers';

const propertiesOf = (props: Partial<MemcachedPoolProps>) => poolOf(newPool(props));
const parametersOf = (props: Partial<MemcachedPoolProps>) => resourceOf(newPool(props), 'AWS::ElastiCache::ParameterGroup').Properties;

describe('what is made', () => {
  test('with nothing but a VPC', () => {
    const pool = newPool();
    expect(Object.entries(storeResourcesOf(pool)).map(([id, { Type }]) => [id, Type])).toEqual([
      ['PoolSecurityGroupB0350326', 'AWS::EC2::SecurityGroup'],
      ['PoolSubnetGroup2B7EB0AE', 'AWS::ElastiCache::SubnetGroup'],
      ['PoolParameterGroup7F512F5B', 'AWS::ElastiCache::ParameterGroup'],
      ['PoolD3F588B8', 'AWS::ElastiCache::CacheCluster'],
    ]);
    expect(poolOf(pool)).toEqual({
      ClusterName: 'data-pool-625e7eb2',
      Engine: 'memcached',
      EngineVersion: '1.6.22',
      CacheNodeType: 'cache.t4g.medium',
      NumCacheNodes: 2,
      AZMode: 'cross-az',
      PreferredAvailabilityZones: ['eu-west-1a', 'eu-west-1b'],
      Port: 11211,
      CacheSubnetGroupName: { Ref: 'PoolSubnetGroup2B7EB0AE' },
      CacheParameterGroupName: { Ref: 'PoolParameterGroup7F512F5B' },
      VpcSecurityGroupIds: [{ 'Fn::GetAtt': ['PoolSecurityGroupB0350326', 'GroupId'] }],
      TransitEncryptionEnabled: true,
      PreferredMaintenanceWindow: 'sun:05:30-sun:06:30',
    });
    expect(warningsOf(pool)).toEqual([]);
  });

  test('construct ids are a contract', () =>
    expect(newPool().node.children.map(({ node }) => node.id)).toEqual(['SecurityGroup', 'SubnetGroup', 'ParameterGroup', 'Resource', 'Alarms']));

  test('the security group lets nobody in and nothing out', () => {
    const { SecurityGroupEgress, SecurityGroupIngress } = resourceOf(newPool(), 'AWS::EC2::SecurityGroup').Properties;
    expect(SecurityGroupIngress).toBeUndefined();
    expect(SecurityGroupEgress).toMatchObject([{ CidrIp: '255.255.255.255/32', Description: 'Disallow all traffic' }]);
  });

  test('every prop is written where it belongs', () => {
    const { data, vpc } = layout();
    const securityGroups = [SecurityGroup.fromSecurityGroupId(data, 'Mine', 'sg-1')];
    const pool = newPool({
      nodeType: CacheNodeType.R7G_LARGE,
      version: MemcachedVersion.V1_6_12,
      port: 7000,
      securityGroups,
      maintenanceWindow: WeeklyWindow.of('mon:08:00-mon:09:00'),
      notificationTopic: Topic.fromTopicArn(data, 'Topic', 'arn:aws:sns:eu-west-1:123456789012:events'),
      poolName: 'Shop-Pool',
      networkType: CacheNetworkType.IPV6,
    }, { data, vpc });
    expect(poolOf(pool)).toMatchObject({
      CacheNodeType: 'cache.r7g.large',
      EngineVersion: '1.6.12',
      Port: 7000,
      VpcSecurityGroupIds: ['sg-1'],
      PreferredMaintenanceWindow: 'mon:08:00-mon:09:00',
      NotificationTopicArn: 'arn:aws:sns:eu-west-1:123456789012:events',
      ClusterName: 'shop-pool',
      NetworkType: 'ipv6',
      IpDiscovery: 'ipv6',
    });
    expect(Object.values(resourcesOf(data)).map(({ Type }) => Type)).not.toContain('AWS::EC2::SecurityGroup');
    expect(pool.connections.defaultPort?.toString()).toBe('7000');
  });

  test('addresses to discover can be chosen', () => expect(propertiesOf({
    networkType: CacheNetworkType.DUAL_STACK, ipDiscovery: CacheIpDiscovery.IPV6,
  })).toMatchObject({ NetworkType: 'dual_stack', IpDiscovery: 'ipv6' }));

  test('a name of our own making has at most 50 characters', () => {
    const { data, vpc } = layout();
    const { poolName } = new MemcachedPool(data, 'P'.repeat(80), { vpc });
    expect(poolName).toMatch(/^data-p{36}-[0-9a-f]{8}$/);
    expect(poolName).toHaveLength(50);
  });

  test('the name stays as it is, whatever else changes', () => {
    const others: Partial<MemcachedPoolProps>[] = [
      { nodeCount: 5 }, { nodeType: CacheNodeType.M7G_LARGE }, { port: 7000 }, { transitEncryption: false },
    ];
    for (const props of others) expect(propertiesOf(props).ClusterName).toBe('data-pool-625e7eb2');
  });

  test('tags reach everything that takes them', () => {
    const pool = newPool();
    tag(pool);
    const resources = Object.values(resourcesOf(pool));
    for (const { Type, Properties } of resources) expect([Type, Properties.Tags]).toEqual([Type, [{ Key: 'team', Value: 'shop' }]]);
    expect(resources).toHaveLength(14);
  });
});

describe('nodes', () => {
  const zonesOf = (nodeCount: number) => propertiesOf({ nodeCount }).PreferredAvailabilityZones;

  test('zones are taken in turn, one for each node', () => {
    expect(zonesOf(3)).toEqual(['eu-west-1a', 'eu-west-1b', 'eu-west-1a']);
    expect(propertiesOf({ nodeCount: 3 })).toMatchObject({ NumCacheNodes: 3, AZMode: 'cross-az' });
  });

  test('growing and shrinking changes nothing for the nodes that stay', () => {
    for (const nodeCount of [1, 2, 3, 4, 5, 59]) expect(zonesOf(nodeCount + 1).slice(0, nodeCount)).toEqual(zonesOf(nodeCount));
    const [two, three] = [2, 3].map(nodeCount => propertiesOf({ nodeCount }));
    const growing = ['NumCacheNodes', 'PreferredAvailabilityZones'];
    expect(Object.keys(two).filter(name => JSON.stringify(two[name]) !== JSON.stringify(three[name])).sort()).toEqual(growing);
  });

  test('several subnets of a zone count once', () => {
    const { data } = layout();
    const vpc = Vpc.fromVpcAttributes(data, 'Vpc', {
      vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['1', '2', '3', '4'], privateSubnetNames: ['One', 'Two'],
    });
    expect(poolOf(newPool({ nodeCount: 3 }, { data, vpc })).PreferredAvailabilityZones).toEqual(['a', 'b', 'a']);
  });

  test('subnets that do not tell their zones are left to ElastiCache', () => {
    const { data, vpc } = layout();
    const subnets = ['subnet-c', 'subnet-d'].map(id => Subnet.fromSubnetId(data, id, id));
    const pool = poolOf(newPool({ vpcSubnets: { subnets } }, { data, vpc }));
    expect([pool.PreferredAvailabilityZones, pool.AZMode]).toEqual([undefined, 'cross-az']);
  });

  test('one node has a zone and no mode', () => {
    expect(zonesOf(1)).toEqual(['eu-west-1a']);
    expect(propertiesOf({ nodeCount: 1 }).AZMode).toBeUndefined();
  });

  test('ids and end points count from 1', () => {
    const pool = newPool({ nodeCount: 12 });
    expect([pool.nodeIds[0], pool.nodeIds[11], pool.nodeIds.length]).toEqual(['0001', '0012', 12]);
    const address = { 'Fn::GetAtt': ['PoolD3F588B8', 'ConfigurationEndpoint.Address'] };
    const data = Stack.of(pool);
    expect(data.resolve(pool.configurationEndpoint.hostname)).toEqual(address);
    expect(pool.configurationEndpoint.port).toBe(11211);
    expect(data.resolve(pool.nodeEndpoints[11].hostname)).toEqual({ 'Fn::Join': ['.0012.', { 'Fn::Split': ['.cfg.', address] }] });
    expect(pool.nodeEndpoints.map(({ port }) => port)).toEqual(Array(12).fill(11211));
  });
});

describe('parameters', () => {
  test('there are none unless asked for', () => expect(parametersOf({})).toEqual({
    CacheParameterGroupFamily: 'memcached1.6', Description: 'Parameters of Data/Pool',
  }));

  test('sizes are written in bytes, others as they are', () => expect(parametersOf({
    maxItemSize: Size.mebibytes(2), chunkSize: Size.bytes(96), parameters: { idle_timeout: '300' },
  }).Properties).toEqual({ max_item_size: '2097152', chunk_size: '96', idle_timeout: '300' }));

  test('the family is that of the version', () => {
    const old = { version: MemcachedVersion.V1_5_16, transitEncryption: false };
    expect(parametersOf(old).CacheParameterGroupFamily).toBe('memcached1.5');
    expect(propertiesOf(old)).toMatchObject({ EngineVersion: '1.5.16', TransitEncryptionEnabled: false });
  });
});

describe('removal', () => {
  const policiesOf = (pool: MemcachedPool) => Object.values(storeResourcesOf(pool)).map(({ Type, DeletionPolicy }) => [Type.split('::')[2], DeletionPolicy]);

  test('takes the pool with it', () => expect(policiesOf(newPool())).toEqual([
    ['SecurityGroup', undefined], ['SubnetGroup', undefined], ['ParameterGroup', undefined], ['CacheCluster', 'Delete'],
  ]));

  test('of a pool that is kept keeps what it uses', () => expect(policiesOf(newPool({ removalPolicy: RemovalPolicy.RETAIN }))).toEqual([
    ['SecurityGroup', 'Retain'], ['SubnetGroup', 'Retain'], ['ParameterGroup', 'Retain'], ['CacheCluster', 'Retain'],
  ]));

  test('can be overridden from outside', () => {
    const pool = newPool();
    RemovalPolicies.of(pool).retain();
    expect(new Set(policiesOf(pool).map(([, policy]) => policy))).toEqual(new Set(['Retain']));
  });
});

describe('clients', () => {
  const VARIABLES = {
    MEMCACHED_HOST: { 'Fn::GetAtt': ['PoolD3F588B8', 'ConfigurationEndpoint.Address'] },
    MEMCACHED_PORT: '11211',
    MEMCACHED_TLS: 'true',
    MEMCACHED_ENGINE: 'memcached',
  };

  test('a function gets the network and the variables, and no permission', () => {
    const { data, vpc } = layout();
    const pool = newPool({}, { data, vpc });
    pool.linkFunction(newFunction(data, vpc));
    expect(resourceOf(data, 'AWS::Lambda::Function').Properties.Environment.Variables).toEqual(VARIABLES);
    expect(resourceOf(data, 'AWS::EC2::SecurityGroupIngress').Properties).toMatchObject({ FromPort: 11211, ToPort: 11211, IpProtocol: 'tcp' });
    expect(Object.values(resourcesOf(data)).map(({ Type }) => Type)).not.toContain('AWS::IAM::Policy');
  });

  test('a container gets the same, under a prefix of its own', () => {
    const { data, vpc } = layout();
    const { container, service } = newService(data, vpc);
    newPool({}, { data, vpc }).linkContainer(container, service, { prefix: 'PAGES' });
    const [{ Environment }] = resourceOf(data, 'AWS::ECS::TaskDefinition').Properties.ContainerDefinitions;
    expect(Environment).toEqual(Object.entries(VARIABLES).map(([Name, Value]) => ({ Name: Name.replace('MEMCACHED', 'PAGES'), Value })));
    expect(resourceOf(data, 'AWS::EC2::SecurityGroupIngress').Properties).toMatchObject({ FromPort: 11211 });
  });

  test('are told when there is no TLS', () => {
    expect(newPool({ transitEncryption: false }).environmentVariables()).toMatchObject({ MEMCACHED_TLS: 'false' });
    expect(newPool().environmentVariables('PAGES')).toMatchObject({ PAGES_TLS: 'true', PAGES_PORT: '11211' });
  });
});

test('names that CloudFormation generates can be had', () => {
  const pool = newPool();
  expect(Stack.of(pool).resolve([pool.parameterGroupName, pool.subnetGroupName, pool.poolName])).toEqual([
    { Ref: 'PoolParameterGroup7F512F5B' }, { Ref: 'PoolSubnetGroup2B7EB0AE' }, 'data-pool-625e7eb2',
  ]);
});
