import { CfnOutput } from 'aws-cdk-lib';
import { CfnCacheCluster } from 'aws-cdk-lib/aws-elasticache';
import { RedisCluster } from 'cdk-data-tier';
import { JudgedMistake } from './mistake';
import { newGroup } from './with-templates';

/** What no rule of ours speaks of, because others do so already. */
export const JUDGED_MISTAKES: readonly JudgedMistake[] = [
  {
    name: 'a property that the resource has not, by an override',
    judge: 'aws-cdk-lib',
    finding: 'F3002',
    template: world => newGroup(world).addPropertyOverride('Sharded', true),
  },
  {
    name: 'a number where the resource wants a truth, by an escape hatch',
    judge: 'aws-cdk-lib',
    finding: 'F3012',
    template: world => {
      const cluster = new RedisCluster(world.data, 'Cache', { vpc: world.vpc });
      (cluster.node.defaultChild as ReturnType<typeof newGroup>).addPropertyOverride('MultiAZEnabled', 'perhaps');
    },
  },
  {
    name: 'an attribute that a group has not',
    judge: 'aws-cdk-lib',
    finding: 'F6101',
    template: world => void new CfnOutput(world.data, 'Host', { value: newGroup(world).getAtt('Endpoint.Address').toString() }),
  },
  {
    name: 'Redis in a cache cluster of two nodes',
    judge: 'cdk-preflight',
    finding: 'pf-elasticache-cache-cluster-nodes',
    template: world => void new CfnCacheCluster(world.data, 'Cache', { engine: 'redis', cacheNodeType: 'cache.t4g.micro', numCacheNodes: 2 }),
  },
];
