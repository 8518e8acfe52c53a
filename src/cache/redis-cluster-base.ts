import { IResource, Resource } from 'aws-cdk-lib';
import { MathExpression, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import { ContainerDefinition } from 'aws-cdk-lib/aws-ecs';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { CacheEndpoint } from './cache-endpoint';
import { endpointOf, mainEndpointOf, RedisEndpoints } from './redis-endpoints';
import { groupHitRate, groupMetric, MeasuredNodes, nodeMetric } from './redis-metrics';
import { cacheArn } from './redis-users';
import { LinkOptions } from '../common/link-options';
import { CacheMetricName } from '../facts/elasticache-metrics';
import { viaService } from '../private/data-key';
import { errorOf } from '../private/enforce';
import { environmentOf, EnvironmentValues } from '../private/environment';
import { linkContainer, linkFunction } from '../private/link';

const DEFAULT_PREFIX = 'REDIS';

/** A Redis OSS or Valkey cluster, made here or imported. */
export interface IRedisCluster extends IResource, IConnectable {
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

  /** The ids of the nodes, under which CloudWatch keeps their metrics. */
  readonly nodeIds: string[];

  /**
   * What a client needs to know to connect, as environment variables. Grants nothing and opens nothing.
   *
   * @param prefix the beginning of each name; `REDIS` unless given.
   */
  environmentVariables(prefix?: string): { [name: string]: string };

  /**
   * Lets a function use the cluster: opens the network, grants what the login needs and sets the environment variables, all on the function's
   * side, so that the two may live in different stacks.
   *
   * @param fn a function in the VPC.
   * @param options the prefix of the environment variables.
   * @throws when the function has no VPC, or has the prefix from another store.
   */
  linkFunction(fn: LambdaFunction, options?: LinkOptions): void;

  /**
   * Lets a container use the cluster: opens the network of the service that runs it, grants what the login needs to the task role and sets the
   * environment variables, all on the client's side, so that the two may live in different stacks.
   *
   * @param container the container that connects.
   * @param peer the service that runs the task.
   * @param options the prefix of the environment variables.
   * @throws when the container has the prefix from another store.
   */
  linkContainer(container: ContainerDefinition, peer: IConnectable, options?: LinkOptions): void;

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
   * A metric of the whole cluster: the nodes put together by the statistic (average, maximum, minimum or sum).
   *
   * CloudWatch takes the metrics of at most 10 nodes in an alarm, and 500 metrics in a graph. Nodes that Application Auto Scaling adds are not among
   * them.
   *
   * @param metricName an official name, for example `Evictions`.
   * @param options statistic, period and so on.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html
   */
  metric(metricName: string, options?: MetricOptions): MathExpression;

  /**
   * A metric of one node.
   *
   * @param nodeId one of `nodeIds`.
   * @param metricName an official name, for example `Evictions`.
   * @param options statistic, period and so on.
   */
  metricForNode(nodeId: string, metricName: string, options?: MetricOptions): Metric;

  /**
   * CPU use of the hosts, in percent: the measure for nodes of up to 2 vCPUs.
   *
   * @param options average over 5 minutes unless said otherwise.
   */
  metricCpuUtilization(options?: MetricOptions): MathExpression;

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
   * Free memory of the hosts, in bytes.
   *
   * @param options minimum over 5 minutes unless said otherwise.
   */
  metricFreeableMemory(options?: MetricOptions): MathExpression;

  /**
   * Swap in use on the hosts, in bytes.
   *
   * @param options maximum over 5 minutes unless said otherwise.
   */
  metricSwapUsage(options?: MetricOptions): MathExpression;

  /**
   * Number of keys dropped because memory was full.
   *
   * @param options sum over 5 minutes unless said otherwise.
   */
  metricEvictions(options?: MetricOptions): MathExpression;

  /**
   * Number of open connections.
   *
   * @param options average over 5 minutes unless said otherwise.
   */
  metricCurrConnections(options?: MetricOptions): MathExpression;

  /**
   * Number of connections that were opened.
   *
   * @param options sum over 5 minutes unless said otherwise.
   */
  metricNewConnections(options?: MetricOptions): MathExpression;

  /**
   * How far replicas are behind the primary, in seconds. The primary publishes none.
   *
   * @param options average over 5 minutes unless said otherwise.
   */
  metricReplicationLag(options?: MetricOptions): MathExpression;

  /**
   * Hits in percent of all look-ups, weighted by the traffic of each node. There is no data while there is no traffic.
   *
   * It takes two metrics of each node, and an alarm takes ten: with more than 5 nodes it is for graphs only.
   *
   * @param options the statistic is always a sum over 5 minutes, unless the period is said otherwise.
   */
  metricCacheHitRate(options?: MetricOptions): MathExpression;

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
export abstract class RedisClusterBase extends Resource implements IRedisCluster {
  public abstract readonly replicationGroupName: string;
  public abstract readonly secret?: ISecret;
  public abstract readonly encryptionKey?: IKey;
  public abstract readonly nodeIds: string[];
  public abstract readonly connections: Connections;

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

  public environmentVariables(prefix?: string): { [name: string]: string } {
    return environmentOf(this, prefix ?? DEFAULT_PREFIX, this._environmentValues());
  }

  public linkFunction(fn: LambdaFunction, options: LinkOptions = {}): void {
    linkFunction(this, fn, options.prefix ?? DEFAULT_PREFIX, grantee => this._grantClient(grantee));
  }

  public linkContainer(container: ContainerDefinition, peer: IConnectable, options: LinkOptions = {}): void {
    linkContainer(this, container, peer, options.prefix ?? DEFAULT_PREFIX, grantee => this._grantClient(grantee));
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

  public metric(metricName: string, options?: MetricOptions): MathExpression {
    return groupMetric(this.measuredNodes(), metricName, options);
  }

  public metricForNode(nodeId: string, metricName: string, options?: MetricOptions): Metric {
    return nodeMetric(nodeId, metricName, options);
  }

  public metricCpuUtilization(options?: MetricOptions): MathExpression {
    return this.official('CPUUtilization', options);
  }

  public metricEngineCpuUtilization(options?: MetricOptions): MathExpression {
    return this.official('EngineCPUUtilization', options);
  }

  public metricDatabaseMemoryUsagePercentage(options?: MetricOptions): MathExpression {
    return this.official('DatabaseMemoryUsagePercentage', options);
  }

  public metricFreeableMemory(options?: MetricOptions): MathExpression {
    return this.official('FreeableMemory', options);
  }

  public metricSwapUsage(options?: MetricOptions): MathExpression {
    return this.official('SwapUsage', options);
  }

  public metricEvictions(options?: MetricOptions): MathExpression {
    return this.official('Evictions', options);
  }

  public metricCurrConnections(options?: MetricOptions): MathExpression {
    return this.official('CurrConnections', options);
  }

  public metricNewConnections(options?: MetricOptions): MathExpression {
    return this.official('NewConnections', options);
  }

  public metricReplicationLag(options?: MetricOptions): MathExpression {
    return this.official('ReplicationLag', options);
  }

  public metricCacheHitRate(options?: MetricOptions): MathExpression {
    return groupHitRate(this.measuredNodes(), options);
  }

  public metricAuthenticationFailures(options?: MetricOptions): MathExpression {
    return this.official('AuthenticationFailures', options);
  }

  /**
   * What clients are told.
   * @internal
   */
  public abstract _environmentValues(): EnvironmentValues;

  /**
   * Grants what a client needs to log in.
   * @internal
   */
  public _grantClient(grantee: IGrantable): void {
    if (this._iamUserId !== undefined) this.grantConnect(grantee);
    if (this.secret) this.grantReadSecret(grantee);
  }

  private official(metricName: CacheMetricName, options?: MetricOptions): MathExpression {
    return this.metric(metricName, options);
  }

  private measuredNodes(): MeasuredNodes {
    if (this.nodeIds.length > 0) return { owner: this, nodeIds: this.nodeIds };
    throw errorOf(this, [{
      id: 'no-node-ids',
      text: 'CloudWatch keeps metrics per node, and the nodes of an imported cluster are not known (got no `nodeIds`). '
        + "Give `nodeIds`, for example ['my-cache-001', 'my-cache-002'], to `fromRedisClusterAttributes`.",
    }]);
  }
}
