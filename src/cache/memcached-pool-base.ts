import { Fn, Token, Tokenization } from 'aws-cdk-lib';
import { MathExpression, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { CacheBase, CacheTraits, ICache } from './cache-base';
import { ShownCache } from './cache-dashboard';
import { CacheEndpoint } from './cache-endpoint';
import { MeasuredNode } from './cache-metrics';
import { MEMCACHED_ALARMS } from './memcached-alarm-table';
import { CacheNodeType } from '../catalog/cache-node-type';
import { MemcachedVersion } from '../catalog/memcached-version';
import { CACHE_NODE_DIMENSIONS, MEMCACHED_METRICS, MemcachedMetricName } from '../facts/elasticache-metrics';
import { symptomsOf } from '../monitoring/alarm-symptoms';
import { errorOf } from '../private/enforce';
import { EnvironmentValues } from '../private/environment';

const MEMCACHED_TRAITS: CacheTraits = {
  prefix: 'MEMCACHED',
  metrics: MEMCACHED_METRICS,
  lookUps: { hits: 'GetHits', misses: 'GetMisses' },
  unknownNodes: 'metrics and end points are kept per node, and the nodes of an imported pool are not known (got no `nodeIds`). '
    + "Give `nodeIds`, for example ['0001', '0002'], to `fromMemcachedPoolAttributes`.",
};

/** What tells the configuration end point from those of the nodes: ElastiCache User Guide, "Finding connection endpoints" (Endpoints). */
const CONFIGURATION_LABEL = '.cfg.';

/** A Memcached pool, made here or imported. */
export interface IMemcachedPool extends ICache {
  /** The name of the cluster. */
  readonly poolName: string;

  /** The end point that clients with auto discovery learn the nodes from. */
  readonly configurationEndpoint: CacheEndpoint;

  /** The end points of the nodes, for clients without auto discovery. They are told of more and fewer nodes by the next deployment only. */
  readonly nodeEndpoints: CacheEndpoint[];

  /**
   * Number of items in a node.
   *
   * @param options average over 5 minutes unless said otherwise.
   */
  metricCurrItems(options?: MetricOptions): MathExpression;

  /**
   * Memory that items take in a node, in bytes.
   *
   * @param options average over 5 minutes unless said otherwise.
   */
  metricBytesUsedForCacheItems(options?: MetricOptions): MathExpression;

  /**
   * Memory that a node has left for items, in bytes.
   *
   * @param options minimum over 5 minutes unless said otherwise.
   */
  metricUnusedMemory(options?: MetricOptions): MathExpression;
}

/**
 * What pools made here and imported ones share.
 * @internal
 */
export abstract class MemcachedPoolBase extends CacheBase implements IMemcachedPool {
  public abstract readonly poolName: string;
  public abstract readonly configurationEndpoint: CacheEndpoint;

  /** @internal */
  protected readonly _traits: CacheTraits = MEMCACHED_TRAITS;

  /**
   * Whether clients must speak TLS.
   * @internal
   */
  protected abstract readonly _tls: boolean;

  /**
   * Size of the nodes, where it is known.
   * @internal
   */
  public readonly _nodeType?: CacheNodeType;

  public get nodeEndpoints(): CacheEndpoint[] {
    const { hostname, port } = this.configurationEndpoint;
    if (!Token.isUnresolved(hostname) && !hostname.includes(CONFIGURATION_LABEL)) {
      throw errorOf(this, [{
        id: 'no-node-endpoints',
        text: 'the end points of the nodes follow from a configuration end point such as pool.abc123.cfg.euw1.cache.amazonaws.com '
          + `(got \`configurationEndpointAddress\` '${hostname}'). Give the one that the console shows to \`fromMemcachedPoolAttributes\`.`,
      }]);
    }
    return this._knownNodeIds().map(id => new CacheEndpoint(Fn.join(`.${id}.`, Fn.split(CONFIGURATION_LABEL, hostname)), port));
  }

  public metricCurrItems(options?: MetricOptions): MathExpression {
    return this.official('CurrItems', options);
  }

  public metricBytesUsedForCacheItems(options?: MetricOptions): MathExpression {
    return this.official('BytesUsedForCacheItems', options);
  }

  public metricUnusedMemory(options?: MetricOptions): MathExpression {
    return this.official('UnusedMemory', options);
  }

  /** @internal */
  public _environmentValues(): EnvironmentValues {
    const { hostname, port } = this.configurationEndpoint;
    return { host: hostname, port: Tokenization.stringifyNumber(port), tls: String(this._tls), engine: MemcachedVersion._ENGINE };
  }

  /**
   * Nothing: Memcached on nodes knows no login.
   * @internal
   */
  public _grantClient(): void {}

  /** @internal */
  public _shown(): ShownCache {
    const { _nodeType: nodeType, nodeIds: { length: nodes } } = this;
    return {
      kind: 'Memcached pool',
      name: this.poolName,
      nodeType,
      symptoms: symptomsOf(MEMCACHED_ALARMS, { nodeType, nodes }, nodes, {}),
      alarms: this._ownAlarms(),
    };
  }

  /** @internal */
  protected _measuredNode(nodeId: string): MeasuredNode {
    return { [CACHE_NODE_DIMENSIONS.cluster]: this.poolName, [CACHE_NODE_DIMENSIONS.node]: nodeId };
  }

  private official(metricName: MemcachedMetricName, options?: MetricOptions): MathExpression {
    return this.metric(metricName, options);
  }
}
