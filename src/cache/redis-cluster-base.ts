import { MathExpression, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { CacheBase, CacheTraits, ICache } from './cache-base';
import { ShownCache } from './cache-dashboard';
import { CacheEndpoint } from './cache-endpoint';
import { MeasuredNode, nodeMetric } from './cache-metrics';
import { REDIS_ALARMS } from './redis-alarm-table';
import { endpointOf, mainEndpointOf, RedisEndpoints } from './redis-endpoints';
import { RedisFacts } from './redis-facts';
import { cacheArn } from './redis-users';
import { CACHE_METRICS, CACHE_NODE_DIMENSIONS, CACHE_NODE_ID, CacheMetricName, REPLICATION_GROUP_METRICS } from '../facts/elasticache-metrics';
import { symptomsOf } from '../monitoring/alarm-symptoms';
import { viaService } from '../private/data-key';
import { errorOf } from '../private/enforce';

const REDIS_TRAITS: CacheTraits = {
  prefix: 'REDIS',
  metrics: CACHE_METRICS,
  lookUps: { hits: 'CacheHits', misses: 'CacheMisses' },
  unknownNodes: 'CloudWatch keeps metrics per node, and the nodes of an imported cluster are not known (got no `nodeIds`). '
    + "Give `nodeIds`, for example ['my-cache-001', 'my-cache-002'], to `fromRedisClusterAttributes`.",
};

/** A Redis OSS or Valkey cluster, made here or imported. */
export interface IRedisCluster extends ICache {
  /** The id of the replication group. */
  readonly replicationGroupName: string;

  /** The end point to write to and read from: with cluster mode enabled the one that clients learn the shards from, else the primary's. */
  readonly endpoint: CacheEndpoint;

  /** The end point of the primary node. Asking for it is an error with cluster mode enabled, where every shard has a primary. */
  readonly primaryEndpoint: CacheEndpoint;

  /**
   * The end point that spreads reads over the replicas. It is the primary's when there are none. Asking for it is an error with cluster mode
   * enabled, where clients find the replicas themselves.
   */
  readonly readerEndpoint: CacheEndpoint;

  /** The end point from which clients of the cluster protocol learn the shards. Asking for it is an error with cluster mode disabled. */
  readonly configurationEndpoint: CacheEndpoint;

  /** The secret with the login of the application user or with the AUTH token, when there is one. */
  readonly secret?: ISecret;

  /** The customer managed key of data and secret, when there is one. */
  readonly encryptionKey?: IKey;

  /**
   * Lets somebody read the login of the application user, and decrypt it.
   *
   * The permission is written into the grantee's policy only.
   *
   * @param grantee who shall read.
   * @throws when the cluster has no secret.
   */
  grantReadSecret(grantee: IGrantable): Grant;

  /**
   * Lets somebody log in by IAM: `elasticache:Connect` on the cluster and on its user, and on nothing else.
   *
   * The permission is written into the grantee's policy only.
   *
   * @param grantee who shall connect.
   * @throws when clients do not log in by IAM.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
   */
  grantConnect(grantee: IGrantable): Grant;

  /**
   * CPU use of the engine's main thread, in percent: the measure for nodes of 4 vCPUs and more.
   *
   * @param options average over 5 minutes unless said otherwise.
   */
  metricEngineCpuUtilization(options?: MetricOptions): MathExpression;

  /**
   * Memory in use, in percent of what data may take.
   *
   * @param options average over 5 minutes unless said otherwise.
   */
  metricDatabaseMemoryUsagePercentage(options?: MetricOptions): MathExpression;

  /**
   * How far replicas are behind the primary, in seconds. The primary publishes none.
   *
   * @param options average over 5 minutes unless said otherwise.
   */
  metricReplicationLag(options?: MetricOptions): MathExpression;

  /**
   * Number of logins that were refused.
   *
   * @param options sum over 5 minutes unless said otherwise.
   */
  metricAuthenticationFailures(options?: MetricOptions): MathExpression;
}

/**
 * What clusters made here and imported ones share.
 * @internal
 */
export abstract class RedisClusterBase extends CacheBase implements IRedisCluster {
  public abstract readonly replicationGroupName: string;
  public abstract readonly secret?: ISecret;
  public abstract readonly encryptionKey?: IKey;

  /** @internal */
  protected readonly _traits: CacheTraits = REDIS_TRAITS;

  /**
   * The end points that there are.
   * @internal
   */
  public abstract readonly _endpoints: RedisEndpoints;

  /**
   * The id, and name, of the user that clients log in as by IAM.
   * @internal
   */
  public abstract readonly _iamUserId?: string;

  /**
   * What is known for the alarms.
   * @internal
   */
  public abstract readonly _facts: Partial<RedisFacts>;

  /**
   * Who wants to know that scaling brings other nodes. What was made elsewhere is not scaled here.
   * @internal
   */
  protected readonly _scalingListeners: (() => void)[] = [];

  /** @internal */
  public _onScaling(listener: () => void): void {
    this._scalingListeners.push(listener);
  }

  public get endpoint(): CacheEndpoint {
    return mainEndpointOf(this, this._endpoints);
  }

  public get primaryEndpoint(): CacheEndpoint {
    return endpointOf(this, this._endpoints, 'primary');
  }

  public get readerEndpoint(): CacheEndpoint {
    return endpointOf(this, this._endpoints, 'reader');
  }

  public get configurationEndpoint(): CacheEndpoint {
    return endpointOf(this, this._endpoints, 'configuration');
  }

  public grantReadSecret(grantee: IGrantable): Grant {
    const { secret, encryptionKey } = this;
    if (!secret) {
      throw errorOf(this, [{
        id: 'no-secret',
        text: 'a login can be read only from a cluster that has a secret (got none). Give `secret` to `fromRedisClusterAttributes`.',
      }]);
    }
    const grant = Grant.addToPrincipal({
      grantee,
      actions: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
      // Secrets Manager adds six characters to the name, which an ARN made from the name lacks.
      resourceArns: [secret.secretFullArn ?? `${secret.secretArn}-??????`],
    });
    const key = secret.encryptionKey ?? encryptionKey;
    return key ? grant.combine(Grant.addToPrincipal({
      grantee,
      actions: ['kms:Decrypt'],
      resourceArns: [key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': viaService('secretsmanager') } },
    })) : grant;
  }

  public grantConnect(grantee: IGrantable): Grant {
    const userId = this._iamUserId;
    if (userId === undefined) {
      throw errorOf(this, [{
        id: 'no-iam-user',
        text: 'a connection can be granted only to a cluster that clients log in to by IAM (got another `auth`). '
          + 'Choose `RedisAuth.iam()`, or give `iamUserId` to `fromRedisClusterAttributes`.',
      }]);
    }
    return Grant.addToPrincipal({
      grantee,
      actions: ['elasticache:Connect'],
      resourceArns: [cacheArn(this, 'replicationgroup', this.replicationGroupName), cacheArn(this, 'user', userId)],
    });
  }

  public metricEngineCpuUtilization(options?: MetricOptions): MathExpression {
    return this.official('EngineCPUUtilization', options);
  }

  public metricDatabaseMemoryUsagePercentage(options?: MetricOptions): MathExpression {
    return this.official('DatabaseMemoryUsagePercentage', options);
  }

  public metricReplicationLag(options?: MetricOptions): MathExpression {
    return this.official('ReplicationLag', options);
  }

  public metricAuthenticationFailures(options?: MetricOptions): MathExpression {
    return this.official('AuthenticationFailures', options);
  }

  /** @internal */
  public _grantClient(grantee: IGrantable): void {
    if (this._iamUserId !== undefined) this.grantConnect(grantee);
    if (this.secret) this.grantReadSecret(grantee);
  }

  /** @internal */
  public _shown(): ShownCache {
    const nodes = this._watchedNodeIds().length;
    return {
      kind: 'Redis OSS or Valkey cluster',
      name: this.replicationGroupName,
      nodeType: this._facts.nodeType,
      symptoms: symptomsOf(REDIS_ALARMS, { ...this._facts, nodes }, nodes, {}),
      alarms: this._ownAlarms(),
    };
  }

  /**
   * A metric of the group, whatever nodes it has.
   * @internal
   */
  public _metricForGroup(metricName: string, options: MetricOptions): Metric {
    return nodeMetric(CACHE_METRICS, { [REPLICATION_GROUP_METRICS.dimension]: this.replicationGroupName }, metricName, options);
  }

  /** @internal */
  protected _measuredNode(nodeId: string): MeasuredNode {
    return { [CACHE_NODE_DIMENSIONS.cluster]: nodeId, [CACHE_NODE_DIMENSIONS.node]: CACHE_NODE_ID };
  }

  private official(metricName: CacheMetricName, options?: MetricOptions): MathExpression {
    return this.metric(metricName, options);
  }
}
