import { RemovalPolicy, Size } from 'aws-cdk-lib';
import { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { MemcachedAlarmOptions } from './cache-alarm-options';
import { CacheIpDiscovery, CacheNetworkType } from './cache-network-type';
import { CacheBaseProps } from './cache-props';
import { CacheNodeType } from '../catalog/cache-node-type';
import { MemcachedVersion } from '../catalog/memcached-version';

/** Props of a `MemcachedPool`. */
export interface MemcachedPoolProps extends CacheBaseProps {
  /**
   * Number of nodes, at least 1, spread over the zones of the subnets. More than 60 need a higher quota. Nodes that are added start empty; the items
   * of nodes that are taken away are lost.
   *
   * Update (2 or more before and after): in place. Update (from or to one node): not proved, CloudFormation may refuse it.
   *
   * @default 2
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/quota-limits.html
   */
  readonly nodeCount?: number;

  /**
   * Size of the nodes. For another size make a second pool, and link the clients to it.
   *
   * Update: refused by ElastiCache.
   *
   * @default CacheNodeType.T4G_MEDIUM
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html
   */
  readonly nodeType?: CacheNodeType;

  /**
   * The version of Memcached.
   *
   * Update (later version): in place, and every node starts empty. Update (earlier version): refused by ElastiCache.
   *
   * @default MemcachedVersion.V1_6_22
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html
   */
  readonly version?: MemcachedVersion;

  /**
   * Whether connections are encrypted. Needs Memcached 1.6.12 or later, and clients that speak TLS. Without it data crosses the network in
   * the clear.
   *
   * Update: refused by ElastiCache.
   *
   * @default true
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html
   */
  readonly transitEncryption?: boolean;

  /**
   * The largest item that can be stored, from 1 KiB to 1 GiB, in whole multiples of 512 KiB unless the parameter `slab_chunk_max` is set. A change
   * takes effect when a node restarts.
   *
   * Update: in place.
   *
   * @default - 1 MiB, as the engine has it
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Memcached.html
   */
  readonly maxItemSize?: Size;

  /**
   * The least room that the smallest item takes with key, value and flags, at least 1 byte. A change takes effect when a node restarts.
   *
   * Update: in place.
   *
   * @default - 48 bytes, as the engine has it
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Memcached.html
   */
  readonly chunkSize?: Size;

  /**
   * Other parameters of the engine by name. Names, types and ranges are checked for the family of the version.
   *
   * Update: in place.
   *
   * @default - the engine's own
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Memcached.html
   */
  readonly parameters?: { [name: string]: string };

  /**
   * The alarms: what they do, and which are otherwise than AWS recommends.
   *
   * Update: nothing of the cluster.
   *
   * @default - all that say something of the pool, without actions
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html
   */
  readonly alarms?: MemcachedAlarmOptions;

  /**
   * The port, from 1150 to 65535 and not 8005.
   *
   * Update: would replace the cluster, which CloudFormation refuses because of the fixed name.
   *
   * @default 11211
   */
  readonly port?: number;

  /**
   * The address family.
   *
   * Update: would replace the cluster, which CloudFormation refuses because of the fixed name.
   *
   * @default CacheNetworkType.IPV4
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/network-type.html
   */
  readonly networkType?: CacheNetworkType;

  /**
   * The addresses that clients are given for the nodes, in a network of both families.
   *
   * Update: in place.
   *
   * @default - IPv6 with `CacheNetworkType.IPV6`, else IPv4
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/network-type.html
   */
  readonly ipDiscovery?: CacheIpDiscovery;

  /**
   * The name of the cluster: 1 to 50 letters, digits and single hyphens, beginning with a letter.
   *
   * Update: replaces the cluster and loses its data.
   *
   * @default - made of the stack's name and the construct's path, so that CloudFormation refuses to replace the pool by accident
   */
  readonly poolName?: string;

  /**
   * What becomes of the pool when it is removed from the stack. `RETAIN` keeps everything that the pool uses; `SNAPSHOT` is an error, because
   * Memcached makes none.
   *
   * Update: in place.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** What is known of a pool that exists already. */
export interface MemcachedPoolAttributes {
  /** The name of the cluster. */
  readonly poolName: string;

  /** Host name of the configuration end point. */
  readonly configurationEndpointAddress: string;

  /**
   * The port.
   *
   * @default 11211
   */
  readonly port?: number;

  /**
   * Security groups of the nodes.
   *
   * @default - none: links open nothing on the side of the pool
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * Whether clients must speak TLS.
   *
   * @default true
   */
  readonly tls?: boolean;

  /**
   * The ids of the nodes, for example `0001` and `0002`. Metrics and node end points need them.
   *
   * @default - unknown, and asking for a metric of the pool or for the end points of its nodes is an error
   */
  readonly nodeIds?: string[];
}
