import { CfnReplicationGroupProps } from 'aws-cdk-lib/aws-elasticache';
import { ClusterModeConfig } from './cluster-mode';
import { RedisEngine } from '../catalog/redis-engine';
import { NODES_PER_CLUSTER } from '../facts/elasticache-limits';
import { memberId, numbersTo, shardMemberId } from '../facts/elasticache-metrics';

/** The properties of a replication group that say how many nodes there are, and where. */
type Shape = Pick<CfnReplicationGroupProps,
'automaticFailoverEnabled' | 'clusterMode' | 'multiAzEnabled' | 'nodeGroupConfiguration' | 'numCacheClusters' | 'numNodeGroups' | 'replicasPerNodeGroup'>;

/** Nodes, failover and mode of a replication group. */
export function shapeOf(config: ClusterModeConfig, engine: RedisEngine): Shape {
  const { mode, replicas, shards, layout } = config;
  const multiAzEnabled = replicas > 0;
  if (mode !== 'enabled') {
    return {
      numCacheClusters: replicas + 1,
      automaticFailoverEnabled: mode === 'compatible' || multiAzEnabled,
      multiAzEnabled,
      clusterMode: mode === 'compatible' ? mode : undefined,
    };
  }
  const alike = layout === undefined || layout.every(shard => shard.replicas === replicas);
  return {
    numNodeGroups: shards,
    replicasPerNodeGroup: alike ? replicas : undefined,
    nodeGroupConfiguration: layout?.map(shard => ({
      nodeGroupId: shard.shardId,
      replicaCount: shard.replicas,
      slots: shard.slots,
      primaryAvailabilityZone: shard.primaryZone,
      replicaAvailabilityZones: shard.replicaZones,
    })),
    automaticFailoverEnabled: true,
    multiAzEnabled,
    // Engines that cannot change their mode do not know the property: the parameter group alone decides.
    clusterMode: engine._bind().features.includes('clusterModeMigration') ? mode : undefined,
  };
}

/** ElastiCache User Guide, "Quotas" (quota-limits): no cluster has more nodes, whatever its scaling allows. */
const MOST_NODES = NODES_PER_CLUSTER.most;

/** The ids that nodes can have when shards and replicas are scaled up to limits. */
export function scaledNodeIdsOf(
  replicationGroupName: string, config: ClusterModeConfig, most: { readonly shards?: number; readonly replicas?: number },
): string[] {
  const shards = Math.max(config.shards ?? 0, most.shards ?? 0);
  const replicas = most.replicas ?? 0;
  const own = config.layout ?? [];
  const taken = own.map(({ shardId }) => Number(shardId));
  const free = numbersTo(shards + own.length).filter(number => !taken.includes(number));
  const added = free.slice(0, shards - own.length).map(number => ({ shardId: String(number), replicas: config.replicas }));
  const layout = [...own, ...added].map(shard => ({ shardId: shard.shardId, replicas: Math.max(shard.replicas, replicas) }));
  return nodeIdsOf(replicationGroupName, { ...config, layout }).slice(0, MOST_NODES);
}

/** The ids of a cluster's nodes. */
export function nodeIdsOf(replicationGroupName: string, { mode, replicas, shards, layout }: ClusterModeConfig): string[] {
  if (mode !== 'enabled') return numbersTo(replicas + 1).map(node => memberId(replicationGroupName, node));
  const described = layout ?? numbersTo(shards ?? 0).map(shard => ({ shardId: String(shard), replicas }));
  return described.flatMap(shard => numbersTo(shard.replicas + 1).map(node => shardMemberId(replicationGroupName, shard.shardId, node)));
}
