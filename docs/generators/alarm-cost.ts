import { App, Stack } from 'aws-cdk-lib';
import { CfnAlarm, CfnCompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { heading, row } from './alarm-tables';
import { CacheNodeType, MemcachedAlarms, MemcachedPool, RedisAlarms, RedisCluster } from '../../src';
import { NODES_PER_MEMCACHED_CLUSTER } from '../../src/facts/elasticache-limits';
import { memcachedNodeId, numbersTo } from '../../src/facts/elasticache-metrics';

/** Amazon CloudWatch Pricing (aws.amazon.com/cloudwatch/pricing), us-east-1, US dollars a month: of each metric of an alarm, and of a composite alarm. */
const PRICES = { metric: 0.10, composite: 0.50 };

const NODES = [1, 2, 10, 11, 90, 100, 101, 500];
const NODE_TYPE = CacheNodeType.R7G_XLARGE;

interface Count { readonly alarms: number; readonly metrics: number; readonly composites: number }

/** What alarms of how many nodes cost. */
export function alarmCost(): string[] {
  return [
    `A month of an alarm costs ${dollars(PRICES.metric)} for each metric that it watches, and a composite alarm ${dollars(PRICES.composite)}, in us-east-1`,
    '([Amazon CloudWatch Pricing](https://aws.amazon.com/cloudwatch/pricing/)): metrics × 0.10 + composites × 0.50. An alarm of ten nodes is an alarm of ten metrics.',
    `Counted on \`${NODE_TYPE.name}\` with a replica to each primary; a dash is more than the ${NODES_PER_MEMCACHED_CLUSTER} nodes that a pool has.`,
    '',
    ...heading('nodes', '`RedisCluster`: alarms + composites', 'metrics', 'a month', 'with `complete`', 'a month', '`MemcachedPool`: alarms + composites', 'metrics', 'a month'),
    ...NODES.map(nodes => {
      const [redis, complete] = [false, true].map(all => countOf(stack => redisAlarms(stack, nodes, all)));
      const pool = nodes <= NODES_PER_MEMCACHED_CLUSTER ? countOf(stack => memcachedAlarms(stack, nodes)) : undefined;
      return row(String(nodes), shown(redis), String(redis.metrics), priceOf(redis), shown(complete), priceOf(complete),
        ...pool ? [shown(pool), String(pool.metrics), priceOf(pool)] : ['–', '–', '–']);
    }),
  ];
}

function redisAlarms(stack: Stack, nodes: number, complete: boolean): void {
  const shards = numbersTo(Math.floor(nodes / 2)).map(shard => ({ replicaCount: shard === 1 ? 1 + nodes % 2 : 1 }));
  const group = new CfnReplicationGroup(stack, 'Group', {
    replicationGroupDescription: 'Cache',
    replicationGroupId: 'cache',
    cacheNodeType: NODE_TYPE.name,
    userGroupIds: ['users'],
    ...nodes <= 2 ? { numCacheClusters: nodes } : { clusterMode: 'enabled', nodeGroupConfiguration: shards },
  });
  new RedisAlarms(stack, 'Alarms', { cluster: RedisCluster.fromCfnReplicationGroup(group), complete });
}

function memcachedAlarms(stack: Stack, nodes: number): void {
  const pool = MemcachedPool.fromMemcachedPoolAttributes(stack, 'Pool', {
    poolName: 'pool', configurationEndpointAddress: 'pool.cfg.example', securityGroups: [], nodeIds: numbersTo(nodes).map(memcachedNodeId),
  });
  new MemcachedAlarms(stack, 'Alarms', { pool, nodeType: NODE_TYPE });
}

function countOf(make: (stack: Stack) => void): Count {
  const stack = new Stack(new App(), 'Data');
  make(stack);
  const children = stack.node.findAll();
  const alarms = children.filter(child => child instanceof CfnAlarm);
  const metrics = alarms.flatMap(alarm => stack.resolve(alarm.metrics) ?? [{ metricStat: alarm.metricName }]).filter(({ metricStat }) => metricStat);
  return { alarms: alarms.length, metrics: metrics.length, composites: children.filter(child => child instanceof CfnCompositeAlarm).length };
}

function shown({ alarms, composites }: Count): string {
  return `${alarms} + ${composites}`;
}

function priceOf({ metrics, composites }: Count): string {
  return dollars(metrics * PRICES.metric + composites * PRICES.composite);
}

function dollars(amount: number): string {
  return `$${amount.toFixed(2)}`;
}
