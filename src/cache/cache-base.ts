import { IResource, Resource } from 'aws-cdk-lib';
import { IWidget, MathExpression, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import { ContainerDefinition } from 'aws-cdk-lib/aws-ecs';
import { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { cacheHeadlines, cacheSection, ShownCache } from './cache-dashboard';
import { groupHitRate, groupMetric, MeasuredNode, MeasuredNodes, nodeMetric } from './cache-metrics';
import { LinkOptions } from '../common/link-options';
import { CacheMetricName, CacheMetricTable, MemcachedMetricName } from '../facts/elasticache-metrics';
import { AlarmSet } from '../monitoring/alarm-set';
import { IDashboardSection } from '../monitoring/dashboard-section';
import { errorOf } from '../private/enforce';
import { environmentOf, EnvironmentValues } from '../private/environment';
import { linkContainer, linkFunction } from '../private/link';

/** A cache of any engine, made here or imported. */
export interface ICache extends IResource, IConnectable, IDashboardSection {
  /** The ids of the nodes, under which CloudWatch keeps their metrics. */
  readonly nodeIds: string[];

  /**
   * What a client needs to know to connect, as environment variables. Grants nothing and opens nothing.
   *
   * @param prefix the beginning of each name; `REDIS` or `MEMCACHED` unless given.
   */
  environmentVariables(prefix?: string): { [name: string]: string };

  /**
   * Lets a function use the cache: opens the network, grants what the login needs and sets the environment variables, all on the function's
   * side, so that the two may live in different stacks.
   *
   * @param fn a function in the VPC.
   * @param options the prefix of the environment variables.
   * @throws when the function has no VPC, or has the prefix from another store.
   */
  linkFunction(fn: LambdaFunction, options?: LinkOptions): void;

  /**
   * Lets a container use the cache: opens the network of the service that runs it, grants what the login needs to the task role and sets the
   * environment variables, all on the client's side, so that the two may live in different stacks.
   *
   * @param container the container that connects.
   * @param peer the service that runs the task.
   * @param options the prefix of the environment variables.
   * @throws when the container has the prefix from another store.
   */
  linkContainer(container: ContainerDefinition, peer: IConnectable, options?: LinkOptions): void;

  /**
   * A metric of the whole cache: the nodes put together by the statistic (average, maximum, minimum or sum).
   *
   * CloudWatch takes the metrics of at most 10 nodes in an alarm, and 500 metrics in a graph. Nodes that came by other ways than this template are
   * not among them.
   *
   * @param metricName an official name, for example `Evictions`.
   * @param options statistic, period and so on.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.html
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
   * CPU use of the hosts, in percent: the measure for Memcached, and for Redis OSS and Valkey on nodes of up to 2 vCPUs.
   *
   * @param options average over 5 minutes unless said otherwise.
   */
  metricCpuUtilization(options?: MetricOptions): MathExpression;

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
   * Hits in percent of all look-ups, weighted by the traffic of each node. There is no data while there is no traffic.
   *
   * It takes two metrics of each node, and an alarm takes ten: with more than 5 nodes it is for graphs only.
   *
   * @param options the statistic is always a sum over 5 minutes, unless the period is said otherwise.
   */
  metricCacheHitRate(options?: MetricOptions): MathExpression;
}

/**
 * What one engine does in a way of its own.
 * @internal
 */
export interface CacheTraits {
  /** The prefix of the environment variables. */
  readonly prefix: string;
  /** The metrics of a node. */
  readonly metrics: CacheMetricTable;
  /** The metrics that count look-ups. */
  readonly lookUps: { readonly hits: string; readonly misses: string };
  /** What an import whose nodes are not known is told. */
  readonly unknownNodes: string;
}

/**
 * What caches of every engine share, those made here and imported ones.
 * @internal
 */
export abstract class CacheBase extends Resource implements ICache {
  public abstract readonly nodeIds: string[];
  public abstract readonly connections: Connections;

  /** @internal */
  protected abstract readonly _traits: CacheTraits;

  public environmentVariables(prefix?: string): { [name: string]: string } {
    return environmentOf(this, prefix ?? this._traits.prefix, this._environmentValues());
  }

  public linkFunction(fn: LambdaFunction, options: LinkOptions = {}): void {
    linkFunction(this, fn, options.prefix ?? this._traits.prefix, grantee => this._grantClient(grantee));
  }

  public linkContainer(container: ContainerDefinition, peer: IConnectable, options: LinkOptions = {}): void {
    linkContainer(this, container, peer, options.prefix ?? this._traits.prefix, grantee => this._grantClient(grantee));
  }

  public metric(metricName: string, options?: MetricOptions): MathExpression {
    return groupMetric(this.measuredNodes(), metricName, options);
  }

  public metricForNode(nodeId: string, metricName: string, options?: MetricOptions): Metric {
    return nodeMetric(this._traits.metrics, this._measuredNode(nodeId), metricName, options);
  }

  public metricCpuUtilization(options?: MetricOptions): MathExpression {
    return this.shared('CPUUtilization', options);
  }

  public metricFreeableMemory(options?: MetricOptions): MathExpression {
    return this.shared('FreeableMemory', options);
  }

  public metricSwapUsage(options?: MetricOptions): MathExpression {
    return this.shared('SwapUsage', options);
  }

  public metricEvictions(options?: MetricOptions): MathExpression {
    return this.shared('Evictions', options);
  }

  public metricCurrConnections(options?: MetricOptions): MathExpression {
    return this.shared('CurrConnections', options);
  }

  public metricNewConnections(options?: MetricOptions): MathExpression {
    return this.shared('NewConnections', options);
  }

  public metricCacheHitRate(options?: MetricOptions): MathExpression {
    return groupHitRate(this.measuredNodes(), this._traits.lookUps, options);
  }

  public dashboardHeadlines(): IWidget[] {
    return cacheHeadlines(this, this._shown(), this.node.path);
  }

  public dashboardWidgets(): IWidget[] {
    return cacheSection(this, this._shown(), this.node.path);
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
  public abstract _grantClient(grantee: IGrantable): void;

  /**
   * What dashboards show.
   * @internal
   */
  public abstract _shown(): ShownCache;

  /**
   * The alarms that the cache brings.
   * @internal
   */
  protected _ownAlarms(): AlarmSet | undefined {
    return undefined;
  }

  /**
   * The dimensions under which CloudWatch keeps the metrics of a node.
   * @internal
   */
  protected abstract _measuredNode(nodeId: string): MeasuredNode;

  /**
   * The ids of the nodes, for what cannot do without.
   * @internal
   */
  public _knownNodeIds(): string[] {
    if (this.nodeIds.length > 0) return this.nodeIds;
    throw errorOf(this, [{ id: 'no-node-ids', text: this._traits.unknownNodes }]);
  }

  /**
   * The ids of the nodes that alarms watch: also those that scaling may bring.
   * @internal
   */
  public _watchedNodeIds(): string[] {
    return this._knownNodeIds();
  }

  private measuredNodes(): MeasuredNodes {
    return { owner: this, metrics: this._traits.metrics, nodes: this._knownNodeIds().map(id => this._measuredNode(id)) };
  }

  private shared(metricName: CacheMetricName & MemcachedMetricName, options?: MetricOptions): MathExpression {
    return this.metric(metricName, options);
  }
}
