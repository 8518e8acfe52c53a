import { Token } from 'aws-cdk-lib';

const DEFAULT_SHARDS = 2;
const DEFAULT_REPLICAS = 1;

/** A cluster without shards. */
export interface ClusterModeDisabledOptions {
  /**
   * Number of replicas beside the primary, from 0 to 5.
   *
   * With a replica, a failed primary is replaced by it; without one the data is gone with the node.
   *
   * Update: in place.
   *
   * @default 1
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html
   */
  readonly replicas?: number;
}

/** A cluster on its way from cluster mode disabled to enabled. */
export interface ClusterModeCompatibleOptions {
  /**
   * Number of replicas beside the primary, from 1 to 5. Leave it as it was before: nothing else may change together with the mode.
   *
   * Update: refused by ElastiCache.
   *
   * @default 1
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/modify-cluster-mode.html
   */
  readonly replicas?: number;
}

/** A cluster with shards. */
export interface ClusterModeEnabledOptions {
  /**
   * Number of shards, from 1 to 500; an account may have 90 nodes in a cluster until AWS raises its quota. Shards are added and removed while the
   * cluster runs; change nothing else in the same deployment.
   *
   * Update: in place.
   *
   * @default - 2, or as many as `shardLayout` describes
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/scaling-redis-cluster-mode-enabled.html
   */
  readonly shards?: number;

  /**
   * Number of replicas of every shard, from 0 to 5. Without replicas the loss of a node loses the data of its shard.
   *
   * Update: in place.
   *
   * @default 1
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html
   */
  readonly replicasPerShard?: number;

  /**
   * Every shard on its own, where zones, slots or the numbers of replicas matter.
   *
   * Update (more or fewer shards): in place. Update (given or left out): not proved, CloudFormation may refuse it.
   *
   * @default - the service spreads slots evenly and nodes over the zones
   */
  readonly shardLayout?: ShardLayout[];
}

/** One shard. */
export interface ShardLayout {
  /**
   * The id of the shard: 1 to 4 digits, which its nodes are named after. Keep it as long as the shard lives: another id is another shard.
   *
   * Update: not proved, CloudFormation may refuse it.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_NodeGroupConfiguration.html
   */
  readonly shardId: string;

  /**
   * Number of replicas, from 0 to 5.
   *
   * Update (shards alike before or after): would replace the cluster, which CloudFormation refuses because of the fixed name. Update (shards
   * different before and after): not proved, CloudFormation may refuse it.
   *
   * @default - as many as `replicaZones` names, or else `replicasPerShard`
   */
  readonly replicas?: number;

  /**
   * The slots of the shard, for example `0-8191`. They count when the cluster is made: leave them out when you add or remove shards, so that the
   * service moves slots evenly.
   *
   * Update: not proved, CloudFormation may refuse it.
   *
   * @default - the service spreads the slots evenly
   */
  readonly slots?: string;

  /**
   * The zone of the primary.
   *
   * Update: not proved, CloudFormation may refuse it.
   *
   * @default - chosen by the service
   */
  readonly primaryZone?: string;

  /**
   * The zones of the replicas, one for each.
   *
   * Update: not proved, CloudFormation may refuse it.
   *
   * @default - chosen by the service
   */
  readonly replicaZones?: string[];
}

/** Whether the keys are spread over shards. */
export class ClusterMode {
  /**
   * Cluster mode disabled: one primary holds all keys, replicas hold copies.
   *
   * @param options the number of replicas.
   */
  public static disabled(options: ClusterModeDisabledOptions = {}): ClusterMode {
    return new ClusterMode({ mode: 'disabled', replicas: knownCount('disabled', 'replicas', options.replicas ?? DEFAULT_REPLICAS) });
  }

  /**
   * The step between cluster mode disabled and enabled: one shard that clients of both kinds can use, through the end points of both kinds.
   *
   * Deploy it, move every client to `configurationEndpoint`, then deploy `ClusterMode.enabled({ shards: 1 })`. There is a way back to disabled, but
   * none from enabled.
   *
   * @param options the number of replicas.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/modify-cluster-mode.html
   */
  public static compatible(options: ClusterModeCompatibleOptions = {}): ClusterMode {
    return new ClusterMode({ mode: 'compatible', replicas: knownCount('compatible', 'replicas', options.replicas ?? DEFAULT_REPLICAS) });
  }

  /**
   * Cluster mode enabled: every shard holds a part of the keys. Clients must speak the cluster protocol.
   *
   * @param options the shards.
   */
  public static enabled(options: ClusterModeEnabledOptions = {}): ClusterMode {
    const replicas = knownCount('enabled', 'replicasPerShard', options.replicasPerShard ?? DEFAULT_REPLICAS);
    const layout = options.shardLayout?.map(shard => ({ ...shard, replicas: shard.replicas ?? shard.replicaZones?.length ?? replicas }));
    layout?.forEach(shard => knownCount('enabled', 'shardLayout.replicas', shard.replicas));
    const shards = knownCount('enabled', 'shards', options.shards ?? layout?.length ?? DEFAULT_SHARDS);
    if (layout && layout.length !== shards) {
      throw new Error(`ClusterMode.enabled: \`shardLayout\` must describe every shard (got ${layout.length} for ${shards} \`shards\`). `
        + 'Leave `shards` out, or describe as many.');
    }
    return new ClusterMode({ mode: 'enabled', shards, layout, replicas: layout ? Math.min(...layout.map(shard => shard.replicas)) : replicas });
  }

  private constructor(private readonly config: ClusterModeConfig) {}

  /**
   * What a cluster has to build.
   * @internal
   */
  public _bind(): ClusterModeConfig {
    return this.config;
  }
}

/**
 * The shape of a cluster.
 * @internal
 */
export interface ClusterModeConfig {
  readonly mode: 'disabled' | 'compatible' | 'enabled';
  /** How many replicas every shard has at least. */
  readonly replicas: number;
  /** How many shards there are; undefined for a mode that has none. */
  readonly shards?: number;
  /** The shards one by one; undefined where all are alike. */
  readonly layout?: readonly (ShardLayout & { readonly replicas: number })[];
}

/** Nodes are named by their numbers, and metrics and CloudFormation's own counts need them at synthesis. */
function knownCount(mode: string, option: string, count: number): number {
  if (!Token.isUnresolved(count)) return count;
  const reason = mode === 'enabled' ? 'nodes are named by it' : 'CloudFormation cannot add the primary to it';
  throw new Error(`ClusterMode.${mode}: \`${option}\` must be known at synthesis, because ${reason} (got a token). `
    + 'Read it from the context or the environment of the app.');
}
