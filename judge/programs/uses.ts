import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Dashboard, GraphWidget, IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Cluster, ContainerImage, FargateService, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { ArnPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import {
  CacheEndpoint, DataTierDashboard, IMemcachedPool, IRedisCluster, MemcachedAlarms, MemcachedPool, RedisAlarms, RedisCluster, SessionStore,
} from 'cdk-data-tier';
import fc, { Arbitrary } from 'fast-check';
import { Later, World } from './world';

/** A store, made by a program or imported. */
export type Store = IRedisCluster | SessionStore | IMemcachedPool;

/** What a store can be asked for, by what is behind it. */
const MEMBERS = {
  cluster: {
    metrics: ['metricEvictions', 'metricCacheHitRate', 'metricReplicationLag'],
    endpoints: ['endpoint', 'primaryEndpoint', 'readerEndpoint', 'configurationEndpoint'],
  },
  pool: {
    metrics: ['metricEvictions', 'metricCacheHitRate', 'metricCurrItems', 'metricBytesUsedForCacheItems', 'metricUnusedMemory'],
    endpoints: ['configurationEndpoint', 'nodeEndpoints'],
  },
} as const;
type Behind = keyof typeof MEMBERS;
type Metric<B extends Behind = Behind> = typeof MEMBERS[B]['metrics'][number];
type Endpoint<B extends Behind = Behind> = typeof MEMBERS[B]['endpoints'][number];

/** What a program does with its store once there is one. */
export type Use =
  | { readonly use: 'function'; readonly stack: 'data' | 'application'; readonly vpc: boolean; readonly prefixes: readonly (string | null)[] }
  | { readonly use: 'container'; readonly stack: 'data' | 'application'; readonly prefixes: readonly (string | null)[] }
  | { readonly use: 'scaling'; readonly of: 'shards' | 'replicas'; readonly min?: number; readonly max: number | Later<number>; readonly by: readonly ScalingStep[] }
  | { readonly use: 'grant'; readonly of: 'connect' | 'secret'; readonly to: 'role' | 'foreign' }
  | { readonly use: 'metric'; readonly named: Metric }
  | { readonly use: 'alarm'; readonly key: string }
  | { readonly use: 'dashboard' }
  | { readonly use: 'end point'; readonly named: Endpoint };

type ScalingStep = { readonly cpu: number } | { readonly memory: number } | { readonly schedule: { readonly min?: number; readonly max?: number } };

const PREFIXES = [[null], ['CACHE'], [null, 'SECOND'], [null, null]] as const;
const ODD_PREFIXES = [[''], ['lower'], ['1ST'], ['REDIS', 'REDIS_READER'], ['ÜBER']] as const;

/** The uses of one store; a careful writer keeps to those that are legal on their own. An import is nothing until it is used, and a pool does not scale. */
export function usesOf(careful: boolean, { behind, imported }: { readonly behind: Behind; readonly imported: boolean }): Arbitrary<readonly Use[]> {
  const pick = <T>(legal: readonly T[], odd: readonly T[]) => fc.constantFrom(...legal, ...careful ? [] : odd);
  const stack = fc.constantFrom('data' as const, 'application' as const);
  const prefixes = pick<readonly (string | null)[]>(PREFIXES, ODD_PREFIXES);
  const clients: Arbitrary<Use>[] = [
    fc.record({ use: fc.constant('function' as const), stack, vpc: pick([true], [false]), prefixes }),
    fc.record({ use: fc.constant('container' as const), stack, prefixes }),
    fc.record({ use: fc.constant('metric' as const), named: fc.constantFrom<Metric[]>(...MEMBERS[behind].metrics) }),
    fc.record({ use: fc.constant('alarm' as const), key: pick(['evictions', 'connections'], ['memory', 'cpu', 'latency', '']) }),
    fc.record({ use: fc.constant('dashboard' as const) }),
    fc.record({ use: fc.constant('end point' as const), named: fc.constantFrom<Endpoint[]>(...MEMBERS[behind].endpoints) }),
  ];
  const grants: Arbitrary<Use> =
    fc.record({ use: fc.constant('grant' as const), of: fc.constantFrom('connect' as const, 'secret' as const), to: fc.constantFrom('role' as const, 'foreign' as const) });
  const step: Arbitrary<ScalingStep> = fc.oneof(
    pick([35, 70], [34, 71, 0, -1, 50.5]).map(cpu => ({ cpu })),
    pick([35, 70], [100]).map(memory => ({ memory })),
    fc.record({ min: pick([1, 2], [0, -1, 9]), max: pick([2, 8], [0, 501]) }, { requiredKeys: careful ? ['max'] : [] }).map(schedule => ({ schedule })),
  );
  const scaling: Arbitrary<Use> = fc.record({
    use: fc.constant('scaling' as const),
    of: fc.constantFrom('shards' as const, 'replicas' as const),
    min: pick([1, 2], [0, 6, -1, 1.5]),
    max: pick<number | Later<number>>([2, 5], [500, 501, 6, 0, -1, 2.5, { later: 'parameter' }]),
    by: fc.array(step, { maxLength: 2 }),
  }, { requiredKeys: ['use', 'of', 'max', 'by'] });
  const users = fc.oneof(...clients, ...behind === 'pool' ? [] : [grants]);
  if (imported) return fc.array(users, { minLength: 1, maxLength: 2 });
  return fc.array(behind === 'pool' ? users : fc.oneof({ weight: 4, arbitrary: users }, { weight: 1, arbitrary: scaling }), { maxLength: 2 });
}

/** Does with a store what a program says. */
export function apply(world: World, store: Store, use: Use): void {
  switch (use.use) {
    case 'function': return linkFunction(world, store, use);
    case 'container': return linkContainer(world, store, use);
    // A graph takes the metrics of any number of nodes, an alarm of ten.
    case 'metric': return new Dashboard(world.application, world.id('Dashboard')).addWidgets(new GraphWidget({ left: [metricOf(store, use.named)] }));
    case 'alarm': return void alarmsOf(world, store)?.byKey(use.key);
    case 'dashboard': return new DataTierDashboard(world.application, world.id('Dashboard')).add(store);
    // Two stand for all: a stack takes 500 resources, and a pool may have more nodes.
    case 'end point': return endpointsOf(store, use.named).slice(0, 2)
      .forEach(({ hostname }) => new StringParameter(world.application, world.id('EndPoint'), { stringValue: hostname }));
    default: return isPool(store) ? undefined : applyToCluster(world, clusterOf(store), use);
  }
}

function applyToCluster(world: World, cluster: IRedisCluster, use: Extract<Use, { use: 'scaling' | 'grant' }>): void {
  if (use.use === 'scaling') return cluster instanceof RedisCluster ? scale(world, cluster, use) : undefined;
  const grantee = use.to === 'foreign'
    ? new ArnPrincipal('arn:aws:iam::210987654321:role/partner')
    : new Role(world.application, world.id('Role'), { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
  return void (use.of === 'connect' ? cluster.grantConnect(grantee) : cluster.grantReadSecret(grantee));
}

const isPool = (store: Store): store is IMemcachedPool => 'poolName' in store;
const clusterOf = (store: IRedisCluster | SessionStore) => store instanceof SessionStore ? store.cluster : store;

function metricOf(store: Store, named: Metric): IMetric {
  return isPool(store) ? store[named as Metric<'pool'>]() : clusterOf(store)[named as Metric<'cluster'>]();
}

/** The alarms that a store brings, or others where it brings none. */
function alarmsOf(world: World, store: Store): RedisAlarms | MemcachedAlarms | undefined {
  if (store instanceof SessionStore || store instanceof RedisCluster || store instanceof MemcachedPool) return store.alarms;
  return isPool(store) ? new MemcachedAlarms(world.data, world.id('Alarms'), { pool: store }) : new RedisAlarms(world.data, world.id('Alarms'), { cluster: store });
}

function endpointsOf(store: Store, named: Endpoint): CacheEndpoint[] {
  return [isPool(store) ? store[named as Endpoint<'pool'>] : clusterOf(store)[named as Endpoint<'cluster'>]].flat();
}

function linkFunction(world: World, store: Store, use: Extract<Use, { use: 'function' }>): void {
  const fn = new LambdaFunction(world[use.stack], world.id('Function'), {
    runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('exports.handler = () => {}'), vpc: use.vpc ? world.vpc : undefined,
  });
  for (const prefix of use.prefixes) store.linkFunction(fn, prefix === null ? undefined : { prefix });
}

function linkContainer(world: World, store: Store, use: Extract<Use, { use: 'container' }>): void {
  const stack = world[use.stack];
  const taskDefinition = new FargateTaskDefinition(stack, world.id('Task'));
  const container = taskDefinition.addContainer('Web', { image: ContainerImage.fromRegistry('web') });
  const cluster = Cluster.fromClusterAttributes(stack, world.id('ServiceCluster'), { clusterName: 'web', vpc: world.vpc });
  const service = new FargateService(stack, world.id('Service'), { cluster, taskDefinition, minHealthyPercent: 100 });
  for (const prefix of use.prefixes) store.linkContainer(container, service, prefix === null ? undefined : { prefix });
}

function scale(world: World, cluster: RedisCluster, { of, min, max, by }: Extract<Use, { use: 'scaling' }>): void {
  const limits = { minCapacity: min, maxCapacity: world.number(max) };
  const shards = of === 'shards' ? cluster.autoScaleShards(limits) : undefined;
  const scaled = shards ?? cluster.autoScaleReplicas(limits);
  for (const step of by) {
    const id = world.id('Step');
    if ('cpu' in step) scaled.scaleOnEngineCpuUtilization(id, { targetUtilizationPercent: step.cpu, scaleInCooldown: Duration.minutes(10) });
    if ('memory' in step) shards?.scaleOnMemoryUsage(id, { targetUtilizationPercent: step.memory });
    if ('schedule' in step) {
      scaled.scaleOnSchedule(id, { schedule: Schedule.cron({ hour: '6', minute: '0' }), minCapacity: step.schedule.min, maxCapacity: step.schedule.max });
    }
  }
}
