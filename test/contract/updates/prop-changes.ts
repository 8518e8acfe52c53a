import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { SecurityGroup, Subnet, SubnetSelection, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Change, ChangedStruct, Step } from './change';
import {
  CacheBaseProps, CacheIpDiscovery, CacheNetworkType, CacheNodeType, ClusterMode, DailyWindow, Encryption, EvictionPolicy, MemcachedPoolProps,
  RedisAuth, RedisBaseProps, RedisClusterProps, RedisDurability, RedisEngine, RedisSnapshotSource, SessionCapacity, SessionStoreProps,
  SessionStoreWhenFull, TransitEncryption, WeeklyWindow,
} from '../../../src';
import { Layout, newCluster, newFunction, newPool, newSessionStore } from '../../helpers';

/** Constructs with a client in another stack, who is told what the client has to know. */
export const CLUSTER = {
  RedisCluster: (world: Layout, props: Partial<RedisClusterProps>) => newCluster(props, world).linkFunction(newClient(world)),
};
export const STORE = {
  SessionStore: (world: Layout, props: Partial<SessionStoreProps>) => newSessionStore(props, world).linkFunction(newClient(world)),
};
export const POOL = {
  MemcachedPool: (world: Layout, props: Partial<MemcachedPoolProps>) => newPool(props, world).linkFunction(newClient(world)),
};
export const BOTH = { ...CLUSTER, ...STORE };

/** A step between two sets of props that need nothing of the app. */
export function step<P>(before: P, after: P): Step<P> {
  return [() => before, () => after];
}

/** What every change of a prop does. */
export function change<P>(steps: readonly Step<P>[], know?: string): Change<P> {
  return { steps, know };
}

/** What one kind of change of a prop does. */
export function variant<P>(name: string, steps: readonly Step<P>[], know?: string): Change<P> {
  return { variant: name, steps, know };
}

/** A client in a stack of its own. */
export function newClient({ application, vpc }: Layout): LambdaFunction {
  return newFunction(application, vpc);
}

const subnets = ({ data }: Layout, zones: string): SubnetSelection => ({
  subnets: [...zones].map(zone => Subnet.fromSubnetAttributes(data, zone, { subnetId: `subnet-${zone}`, availabilityZone: `eu-west-1${zone}` })),
});
const otherVpc = ({ data }: Layout) => Vpc.fromVpcAttributes(data, 'OtherVpc', {
  vpcId: 'vpc-2', availabilityZones: ['eu-west-1a', 'eu-west-1b'], privateSubnetIds: ['subnet-c', 'subnet-d'],
});
const tlsStep = (before: TransitEncryption, after: TransitEncryption): Step<Partial<RedisClusterProps>> =>
  step({ auth: RedisAuth.none(), transitEncryption: before }, { auth: RedisAuth.none(), transitEncryption: after });
const modeStep = (before: ClusterMode, after: ClusterMode) => step({ clusterMode: before }, { clusterMode: after });

const NODE_TYPE: readonly Change<{ nodeType?: CacheNodeType }>[] = [
  variant('data tiering as before', [step({ nodeType: CacheNodeType.T4G_MEDIUM }, { nodeType: CacheNodeType.M7G_LARGE })],
    'The data must fit into the new type. Without a replica the interruption is longer.'),
  variant('to or from data tiering', [
    step({ nodeType: CacheNodeType.R7G_XLARGE }, { nodeType: CacheNodeType.R6GD_XLARGE }),
    step({ nodeType: CacheNodeType.R6GD_XLARGE }, { nodeType: CacheNodeType.R7G_XLARGE }),
  ], 'Make a second cluster, and restore a snapshot into it.'),
];

export const CACHE_PROPS: ChangedStruct<CacheBaseProps, Partial<CacheBaseProps>> = {
  struct: 'CacheBaseProps',
  title: 'Props of RedisCluster, SessionStore and MemcachedPool',
  constructs: { ...BOTH, ...POOL },
  changes: {
    vpc: [change([[() => ({}), world => ({ vpc: otherVpc(world) })]], 'Make a second one in the other VPC. A snapshot of a cluster can be restored into it.')],
    vpcSubnets: [
      variant('more subnets', [[world => ({ vpcSubnets: subnets(world, 'ab') }), world => ({ vpcSubnets: subnets(world, 'abc') })]],
        'Nodes stay where they are; new ones may be put into the new subnets.'),
      variant('away from subnets with nodes', [[world => ({ vpcSubnets: subnets(world, 'abc') }), world => ({ vpcSubnets: subnets(world, 'ab') })]],
        'A subnet without nodes can be taken away.'),
    ],
    securityGroups: [change([[() => ({}), ({ data }) => ({ securityGroups: [SecurityGroup.fromSecurityGroupId(data, 'Mine', 'sg-1')] })]],
      'The construct\'s own group goes when you bring one, and with it what was opened in it by hand.')],
    maintenanceWindow: [change([step({}, { maintenanceWindow: WeeklyWindow.of('mon:08:00-mon:09:00') })])],
    notificationTopic: [change([[() => ({}), ({ data }) => ({
      notificationTopic: Topic.fromTopicArn(data, 'Topic', 'arn:aws:sns:eu-west-1:123456789012:events'),
    })]])],
  },
};

export const BASE_PROPS: ChangedStruct<Omit<RedisBaseProps, keyof CacheBaseProps>, Partial<RedisBaseProps>> = {
  struct: 'RedisBaseProps',
  title: 'Props of RedisCluster and SessionStore',
  constructs: BOTH,
  changes: {
    port: [change([step({}, { port: 7000 })], 'Make a second cluster, and restore a snapshot into it.')],
    engine: [
      variant('later version', [
        step({ engine: RedisEngine.REDIS_7_0 }, { engine: RedisEngine.REDIS_7_1 }),
        step({ engine: RedisEngine.REDIS_6_2 }, { engine: RedisEngine.REDIS_7_1 }),
        step({ engine: RedisEngine.VALKEY_7_2 }, { engine: RedisEngine.VALKEY_8_1 }),
      ], 'There is no way back. A version of another family gets a new parameter group first. Without a replica the interruption is longer.'),
      variant('from Redis OSS 6.2 with shards', [step(
        { engine: RedisEngine.REDIS_6_2, clusterMode: ClusterMode.enabled() }, { engine: RedisEngine.REDIS_7_1, clusterMode: ClusterMode.enabled() },
      )], 'The template names the cluster mode from 7.0 on, which is what it was; no page says what ElastiCache answers.'),
      variant('Redis OSS to Valkey', [step({ engine: RedisEngine.REDIS_7_1 }, { engine: RedisEngine.VALKEY_8_1 })],
        'ElastiCache upgrades in place; the schema of CloudFormation says replacement. Users and their group stay as they are.'),
      variant('earlier version', [step({ engine: RedisEngine.REDIS_7_1 }, { engine: RedisEngine.REDIS_7_0 })]),
    ],
    clusterMode: [
      variant('other numbers', [
        modeStep(ClusterMode.disabled(), ClusterMode.disabled({ replicas: 2 })),
        modeStep(ClusterMode.enabled(), ClusterMode.enabled({ shards: 3 })),
      ], 'Change nothing else in the same deployment. More in the options of each mode below.'),
      variant('disabled to compatible and back', [modeStep(ClusterMode.disabled(), ClusterMode.compatible()), modeStep(ClusterMode.compatible(), ClusterMode.disabled())],
        'Keep the number of replicas. The group of parameters is another one, which is made first.'),
      variant('compatible to enabled', [modeStep(ClusterMode.compatible(), ClusterMode.enabled({ shards: 1 }))],
        'ElastiCache does it in place; the schema of CloudFormation says replacement of the properties that change. There is no way back.'),
      variant('disabled to enabled and back', [modeStep(ClusterMode.disabled(), ClusterMode.enabled()), modeStep(ClusterMode.enabled(), ClusterMode.disabled())],
        'Go by way of compatible. From enabled there is no way back but a second cluster.'),
    ],
    encryption: [change([
      step({}, { encryption: Encryption.awsManaged() }),
      [() => ({}), ({ data }) => ({ encryption: Encryption.customerManaged(new Key(data, 'Mine')) })],
    ], 'Make a second cluster, and restore a snapshot into it. The update is rolled back as a whole, with what it did to secret and logs.')],
    backupRetention: [change([step({}, { backupRetention: Duration.days(1) }), step({ backupRetention: Duration.days(0) }, {})])],
    backupWindow: [change([step({}, { backupWindow: DailyWindow.of('01:00-02:00') })])],
    autoMinorVersionUpgrade: [change([step({}, { autoMinorVersionUpgrade: false })])],
    logs: [change([step({}, { logs: { slowLog: false } })], 'A log group that is no longer filled is kept, unless `removalPolicy` says otherwise.')],
    alarms: [change([
      step<Partial<RedisBaseProps>>({}, { alarms: { replicationLag: { enabled: false } } }),
      step<Partial<RedisBaseProps>>({ alarms: { enabled: false } }, {}),
    ])],
    replicationGroupName: [change([step({}, { replicationGroupName: 'mine' })],
      'The way to replace a cluster on purpose. The new one is empty, with new users and a new password; with the default `removalPolicy` a last snapshot of the old one stays.')],
    description: [change([step({}, { description: 'Mine' })])],
    removalPolicy: [change([...[RemovalPolicy.RETAIN, RemovalPolicy.DESTROY].map(removalPolicy => step({}, { removalPolicy }))],
      'Deploy the new policy before you remove the cluster: CloudFormation goes by the template that is deployed.')],
  },
};

export const CLUSTER_PROPS: ChangedStruct<Omit<RedisClusterProps, keyof RedisBaseProps>, Partial<RedisClusterProps>> = {
  struct: 'RedisClusterProps',
  title: 'Props of RedisCluster',
  constructs: CLUSTER,
  changes: {
    nodeType: NODE_TYPE,
    auth: [
      variant('none to users or IAM and back', [
        step({ auth: RedisAuth.none() }, { auth: RedisAuth.users() }),
        step({ auth: RedisAuth.none() }, { auth: RedisAuth.iam() }),
        step({ auth: RedisAuth.users() }, { auth: RedisAuth.none() }),
      ],
      'TLS must be required already. Clients that do not log in are shut out at once.'),
      variant('users and IAM for each other', [step({ auth: RedisAuth.users() }, { auth: RedisAuth.iam() }), step({ auth: RedisAuth.iam() }, { auth: RedisAuth.users() })],
        'The new user is there before the old one goes; linked clients get it with the same deployment.'),
      variant('to or from a token', [
        step({ auth: RedisAuth.users() }, { auth: RedisAuth.token() }),
        step({ auth: RedisAuth.token() }, { auth: RedisAuth.users() }),
        step({ auth: RedisAuth.none() }, { auth: RedisAuth.token() }),
        step({ auth: RedisAuth.token() }, { auth: RedisAuth.none() }),
      ], 'ElastiCache could go from a token to users in place; CloudFormation cannot (cloudformation-coverage-roadmap, 2356).'),
    ],
    transitEncryption: [
      variant('disabled to preferred, preferred to required', [
        tlsStep(TransitEncryption.DISABLED, TransitEncryption.PREFERRED),
        tlsStep(TransitEncryption.PREFERRED, TransitEncryption.REQUIRED),
      ], 'End points get other names with the first step, and the second drops plain connections. It needs Redis OSS 7.0 or later, or Valkey, and a '
        + 'cluster without users. Where a client\'s stack imports the end points, CloudFormation refuses to change them: weaken the references first, as with ¹.'),
      variant('any other step', [
        tlsStep(TransitEncryption.DISABLED, TransitEncryption.REQUIRED),
        tlsStep(TransitEncryption.REQUIRED, TransitEncryption.DISABLED),
        step<Partial<RedisClusterProps>>({}, { transitEncryption: TransitEncryption.REQUIRED }),
      ], 'With users ElastiCache refuses every change of TLS, also to write `REQUIRED` out where it was left out, or to leave it out again.'),
    ],
    evictionPolicy: [change([step({}, { evictionPolicy: EvictionPolicy.ALLKEYS_LRU })])],
    parameters: [change([step({}, { parameters: { timeout: '300' } })], 'Most take effect at once; AWS marks those that do so for new nodes only.')],
    restoreFrom: [change([
      step({}, { restoreFrom: RedisSnapshotSource.snapshot('nightly') }),
      step({ restoreFrom: RedisSnapshotSource.snapshot('nightly') }, {}),
      step({ restoreFrom: RedisSnapshotSource.snapshot('nightly') }, { restoreFrom: RedisSnapshotSource.snapshot('weekly') }),
    ], 'Leave it in place after the restore. To restore again, make a second cluster.')],
    networkType: [change([step({}, { networkType: CacheNetworkType.DUAL_STACK })], 'Make a second cluster, and restore a snapshot into it.')],
    ipDiscovery: [change([step(
      { networkType: CacheNetworkType.DUAL_STACK }, { networkType: CacheNetworkType.DUAL_STACK, ipDiscovery: CacheIpDiscovery.IPV6 },
    )])],
    durability: [
      variant('async and sync for each other', [durabilityStep(RedisDurability.SYNC, RedisDurability.ASYNC), durabilityStep(RedisDurability.ASYNC, RedisDurability.SYNC)]),
      variant('on or off', [durabilityStep(undefined, RedisDurability.SYNC), durabilityStep(RedisDurability.ASYNC, RedisDurability.DISABLED)],
        'Make a second cluster, and restore a snapshot into it.'),
    ],
    snapshotNode: [change([step({}, { snapshotNode: 2 })])],
  },
};

export const STORE_PROPS: ChangedStruct<Omit<SessionStoreProps, keyof RedisBaseProps>, Partial<SessionStoreProps>> = {
  struct: 'SessionStoreProps',
  title: 'Props of SessionStore',
  constructs: STORE,
  changes: {
    capacity: [change([step(
      { capacity: SessionCapacity.of({ concurrentSessions: 100_000 }) }, { capacity: SessionCapacity.of({ concurrentSessions: 1_000_000 }) },
    )], 'Only where it chooses another node type.')],
    nodeType: NODE_TYPE,
    idleTimeout: [change([step({}, { idleTimeout: Duration.minutes(10) })], 'Sessions that live already keep the expiry that the application gave them.')],
    absoluteTimeout: [change([step({}, { absoluteTimeout: Duration.hours(8) })])],
    whenFull: [change([step({}, { whenFull: SessionStoreWhenFull.REFUSE_WRITES })])],
  },
};

function durabilityStep(before: RedisDurability | undefined, after: RedisDurability): Step<Partial<RedisClusterProps>> {
  const props = { engine: RedisEngine.VALKEY_9_0, nodeType: CacheNodeType.R7G_LARGE, clusterMode: ClusterMode.enabled() };
  return step({ ...props, durability: before }, { ...props, durability: after });
}
