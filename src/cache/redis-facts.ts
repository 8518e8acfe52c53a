import { Token } from 'aws-cdk-lib';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { NodeFacts } from './cache-alarms';
import { CacheNodeType } from '../catalog/cache-node-type';
import { EvictionPolicy } from '../catalog/eviction-policy';
import { EVICTION_PARAMETER } from '../facts/elasticache-parameters';

/** What alarms know of a Redis OSS or Valkey cluster; undefined is unknown. */
export interface RedisFacts extends NodeFacts {
  readonly hasReplicas?: boolean;
  /** How clients log in. */
  readonly auth?: string;
  readonly isDurable?: boolean;
  /** Whether writes fail when memory is full. */
  readonly refusesWrites?: boolean;
}

/** What an L1 tells. */
export function factsOf(group: CfnReplicationGroup, parameters: { readonly [name: string]: string } = {}): Omit<RedisFacts, 'nodes'> {
  const { cacheNodeType, durability, numCacheClusters, replicasPerNodeGroup } = group;
  return {
    nodeType: cacheNodeType === undefined || Token.isUnresolved(cacheNodeType) ? undefined : CacheNodeType.of(cacheNodeType),
    hasReplicas: numCacheClusters === 1 || (numCacheClusters === undefined && replicasPerNodeGroup === 0) ? false : undefined,
    isDurable: durability === 'async' || durability === 'sync',
    refusesWrites: parameters[EVICTION_PARAMETER] === EvictionPolicy.NOEVICTION,
  };
}
