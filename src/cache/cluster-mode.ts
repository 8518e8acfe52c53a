import { Token } from 'aws-cdk-lib';

/** A cluster without shards. */
export interface ClusterModeDisabledOptions {
  /**
   * Number of replicas beside the primary, from 0 to 5. It can be changed on the running cluster.
   *
   * With a replica, a failed primary is replaced by it; without one the data is gone with the node.
   *
   * @default 1
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html
   */
  readonly replicas?: number;
}

/** Whether the keys are spread over shards. */
export class ClusterMode {
  /**
   * Cluster mode disabled: one primary holds all keys, replicas hold copies.
   *
   * @param options the number of replicas.
   */
  public static disabled(options: ClusterModeDisabledOptions = {}): ClusterMode {
    const replicas = options.replicas ?? 1;
    if (Token.isUnresolved(replicas)) {
      throw new Error('ClusterMode.disabled: `replicas` must be known at synthesis, because CloudFormation cannot add the primary to it (got a token). '
        + 'Read it from the context or the environment of the app.');
    }
    return new ClusterMode(replicas);
  }

  private constructor(private readonly replicas: number) {}

  /**
   * What a cluster has to build.
   * @internal
   */
  public _bind(): ClusterModeConfig {
    return { mode: 'disabled', replicas: this.replicas };
  }
}

/**
 * The shape of a cluster.
 * @internal
 */
export interface ClusterModeConfig {
  readonly mode: 'disabled';
  readonly replicas: number;
}
