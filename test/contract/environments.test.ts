import { App, CfnParameter, Environment, Fn, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { IVpc, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CacheNodeType, ClusterMode, RedisAuth, RedisCluster, SessionStore } from '../../src';
import { faultsOf, groupOf, newFunction, resourcesOf, warningsOf } from '../helpers';

const CONSTRUCTS: [string, (stack: Stack, vpc: IVpc) => unknown][] = [
  ['RedisCluster', (stack, vpc) => new RedisCluster(stack, 'Store', { vpc })],
  ['RedisCluster in shards', (stack, vpc) => new RedisCluster(stack, 'Store', { vpc, clusterMode: ClusterMode.enabled() })],
  ['SessionStore', (stack, vpc) => new SessionStore(stack, 'Store', { vpc })],
];
const IRELAND = { account: '123456789012', region: 'eu-west-1' };
const stackOf = (env?: Environment) => new Stack(new App(), 'Data', { env });
const zones = (count: number) => ['a', 'b', 'c'].slice(0, count).map(letter => `eu-west-1${letter}`);

describe.each(CONSTRUCTS)('%s', (_name, make) => {
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
  expect(own).toHaveLength(11);
  expect(JSON.stringify(own)).not.toMatch(/arn:aws:/);
});
