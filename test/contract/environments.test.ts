import { App, CfnParameter, Environment, Fn, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { IVpc, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CacheNodeType, ClusterMode, MemcachedPool, RedisAuth, RedisCluster, SessionStore } from '../../src';
import { faultsOf, groupOf, newFunction, poolOf, resourcesOf, warningsOf } from '../helpers';

const CONSTRUCTS: [string, (stack: Stack, vpc: IVpc) => unknown][] = [
  ['RedisCluster', (stack, vpc) => new RedisCluster(stack, 'Store', { vpc })],
  ['RedisCluster in shards', (stack, vpc) => new RedisCluster(stack, 'Store', { vpc, clusterMode: ClusterMode.enabled() })],
  ['SessionStore', (stack, vpc) => new SessionStore(stack, 'Store', { vpc })],
];
const IRELAND = { account: '123456789012', region: 'eu-west-1' };
const stackOf = (env?: Environment) => new Stack(new App(), 'Data', { env });
const zones = (count: number) => ['a', 'b', 'c'].slice(0, count).map(letter => `eu-west-1${letter}`);

const VPCS: [string, Environment | undefined, (stack: Stack) => IVpc][] = [
  ['a VPC of a stack that may go anywhere', undefined, stack => new Vpc(stack, 'Vpc')],
  ['a VPC of a stack with a Region', IRELAND, stack => new Vpc(stack, 'Vpc', { availabilityZones: zones(3) })],
  ['a VPC that is looked up, while the answer is pending', IRELAND, stack => Vpc.fromLookup(stack, 'Vpc', { isDefault: false, tags: { team: 'shop' } })],
  ['a VPC of attributes', undefined, stack => Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1', availabilityZones: zones(2), isolatedSubnetIds: ['subnet-1', 'subnet-2'],
  })],
  ['a VPC of imported values', undefined, stack => Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: Fn.importValue('vpc'),
    availabilityZones: [Fn.select(0, Fn.getAzs()), Fn.select(1, Fn.getAzs())],
    privateSubnetIds: [Fn.importValue('one'), Fn.importValue('two')],
  })],
  ['a VPC whose lists only CloudFormation knows', undefined, stack => Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: Fn.getAzs(),
    privateSubnetIds: new CfnParameter(stack, 'SubnetIds', { type: 'List<AWS::EC2::Subnet::Id>' }).valueAsList,
  })],
];

describe.each(CONSTRUCTS)('%s', (_name, make) => {
  test.each(VPCS)('%s', (_vpc, env, newVpc) => {
    const stack = stackOf(env);
    make(stack, newVpc(stack));
    expect(groupOf(stack)).toMatchObject({ MultiAZEnabled: true, AutomaticFailoverEnabled: true });
    expect(warningsOf(stack).filter(text => text.includes('cdk-data-tier'))).toEqual([]);
  });

  test('a VPC of one zone is refused, and so are zones that are equal tokens', () => {
    const one = stackOf(IRELAND);
    expect(faultsOf(() => make(one, new Vpc(one, 'Vpc', { availabilityZones: zones(1) }))).join()).toContain('[cdk-data-tier::multi-az-needs-zones]');
    const same = stackOf();
    const zone = Fn.select(0, Fn.getAzs());
    const vpc = Vpc.fromVpcAttributes(same, 'Vpc', { vpcId: 'vpc-1', availabilityZones: [zone, zone], privateSubnetIds: ['subnet-1', 'subnet-2'] });
    expect(faultsOf(() => make(same, vpc)).join()).toContain('[cdk-data-tier::multi-az-needs-zones]');
  });

  test('a VPC with public subnets only is refused', () => {
    const stack = stackOf();
    const vpc = new Vpc(stack, 'Vpc', { subnetConfiguration: [{ name: 'open', subnetType: SubnetType.PUBLIC }] });
    expect(faultsOf(() => make(stack, vpc)).join()).toContain('[cdk-data-tier::public-subnets]');
  });

  test('a stack in a stage, and a stack in a stack', () => {
    const inStage = new Stack(new Stage(new App(), 'Prod'), 'Data');
    make(inStage, new Vpc(inStage, 'Vpc'));
    expect(groupOf(inStage).ReplicationGroupId).toMatch(/^prod-data-store-[-a-z0-9]+$/);
    const nested = new NestedStack(stackOf(), 'Nested');
    make(nested, new Vpc(nested, 'Vpc'));
    expect(groupOf(nested).ReplicationGroupId).toMatch(/^data-nested-store-[-a-z0-9]+$/);
  });
});

test('one zone is enough for a cluster without a replica', () => {
  const stack = stackOf(IRELAND);
  new RedisCluster(stack, 'Cache', { vpc: new Vpc(stack, 'Vpc', { availabilityZones: zones(1) }), clusterMode: ClusterMode.disabled({ replicas: 0 }) });
  expect(groupOf(stack)).toMatchObject({ MultiAZEnabled: false, NumCacheClusters: 1 });
});

test('ARNs of a login by IAM and of scaling are those of any partition', () => {
  const stack = stackOf({ account: '123456789012', region: 'cn-north-1' });
  const vpc = new Vpc(stack, 'Vpc');
  const cluster = new RedisCluster(stack, 'Cache', { vpc, auth: RedisAuth.iam(), clusterMode: ClusterMode.enabled(), nodeType: CacheNodeType.R7G_LARGE });
  cluster.autoScaleShards({ maxCapacity: 4 });
  cluster.linkFunction(newFunction(stack, vpc));
  const own = Object.entries(resourcesOf(stack)).filter(([id]) => /^Cache|DefaultPolicy/.test(id));
  expect(JSON.stringify(own)).toContain('elasticache:Connect');
  expect(JSON.stringify(own)).not.toMatch(/arn:aws:/);
});

test('ARNs and service names are those of any partition', () => {
  const stack = stackOf({ account: '123456789012', region: 'cn-north-1' });
  new RedisCluster(stack, 'Cache', { vpc: new Vpc(stack, 'Vpc') });
  const own = Object.entries(resourcesOf(stack)).filter(([id]) => id.startsWith('Cache'));
  expect(own).toHaveLength(26);
  expect(JSON.stringify(own)).not.toMatch(/arn:aws:/);
});

describe('MemcachedPool', () => {
  const make = (stack: Stack, vpc: IVpc) => new MemcachedPool(stack, 'Pool', { vpc, nodeCount: 3 });
  const ZONES: { [vpc: string]: unknown[] } = {
    'a VPC of a stack that may go anywhere': [0, 1, 0].map(index => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] })),
    'a VPC of a stack with a Region': ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    'a VPC that is looked up, while the answer is pending': ['dummy1a', 'dummy1b', 'dummy1a'],
    'a VPC of attributes': ['eu-west-1a', 'eu-west-1b', 'eu-west-1a'],
    'a VPC of imported values': [0, 1, 0].map(index => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] })),
  };

  test.each(VPCS.slice(0, -1))('%s has a zone for each node', (vpc, env, newVpc) => {
    const stack = stackOf(env);
    make(stack, newVpc(stack));
    expect(poolOf(stack)).toMatchObject({ AZMode: 'cross-az', PreferredAvailabilityZones: ZONES[vpc] });
    expect(warningsOf(stack).filter(text => text.includes('cdk-data-tier'))).toEqual([]);
  });

  test('where only CloudFormation knows the zones, none are written, and a warning says what that costs', () => {
    const [, env, newVpc] = VPCS[VPCS.length - 1];
    const stack = stackOf(env);
    make(stack, newVpc(stack));
    expect(poolOf(stack)).toMatchObject({ AZMode: 'cross-az' });
    expect(poolOf(stack).PreferredAvailabilityZones).toBeUndefined();
    expect(warningsOf(stack).filter(text => text.includes('cdk-data-tier'))).toEqual([
      'Without a zone for each node in `vpcSubnets` CloudFormation replaces the cluster when the number of nodes changes, and every item is lost. '
      + 'Name the zones of the nodes by `vpcSubnets`. [ack: cdk-data-tier::memcached-growth]',
    ]);
  });

  test('a VPC of one zone, and zones that are equal tokens, are warned of', () => {
    const one = stackOf(IRELAND);
    make(one, new Vpc(one, 'Vpc', { availabilityZones: zones(1) }));
    expect(poolOf(one)).toMatchObject({ PreferredAvailabilityZones: ['eu-west-1a', 'eu-west-1a', 'eu-west-1a'] });
    expect(poolOf(one).AZMode).toBeUndefined();
    const same = stackOf();
    const zone = Fn.select(0, Fn.getAzs());
    make(same, Vpc.fromVpcAttributes(same, 'Vpc', { vpcId: 'vpc-1', availabilityZones: [zone, zone], privateSubnetIds: ['subnet-1', 'subnet-2'] }));
    for (const stack of [one, same]) expect(warningsOf(stack).join()).toContain('[ack: cdk-data-tier::memcached-one-zone]');
  });

  test('a VPC with public subnets only is refused', () => {
    const stack = stackOf();
    const vpc = new Vpc(stack, 'Vpc', { subnetConfiguration: [{ name: 'open', subnetType: SubnetType.PUBLIC }] });
    expect(faultsOf(() => make(stack, vpc)).join()).toContain('[cdk-data-tier::public-subnets]');
  });

  test('a stack in a stage, a stack in a stack, and another partition', () => {
    const inStage = new Stack(new Stage(new App(), 'Prod'), 'Data');
    make(inStage, new Vpc(inStage, 'Vpc'));
    expect(poolOf(inStage).ClusterName).toMatch(/^prod-data-pool-[-a-z0-9]+$/);
    const nested = new NestedStack(stackOf({ account: '123456789012', region: 'cn-north-1' }), 'Nested');
    make(nested, new Vpc(nested, 'Vpc'));
    expect(poolOf(nested).ClusterName).toMatch(/^data-nested-pool-[-a-z0-9]+$/);
    expect(JSON.stringify(Object.entries(resourcesOf(nested)).filter(([id]) => id.startsWith('Pool')))).not.toMatch(/arn:aws:/);
  });
});
