import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { RedisAlarmOptions } from './cache-alarm-options';
import { CacheIpDiscovery, CacheNetworkType } from './cache-network-type';
import { CacheBaseProps } from './cache-props';
import { ClusterMode } from './cluster-mode';
import { RedisAuth } from './redis-auth';
import { RedisLogOptions } from './redis-log-options';
import { RedisSnapshotSource } from './redis-snapshot-source';
import { TransitEncryption } from './transit-encryption';
import { CacheNodeType } from '../catalog/cache-node-type';
import { EvictionPolicy } from '../catalog/eviction-policy';
import { RedisEngine } from '../catalog/redis-engine';
import { Encryption } from '../common/encryption';
import { DailyWindow } from '../common/windows';

/** How safe a write is before it is confirmed. */
export enum RedisDurability {
  /** What AWS chooses for the engine. */
  DEFAULT = 'default',
  /** A write is confirmed before it is stored in several zones: the last ones may be lost with a primary. */
  ASYNC = 'async',
  /** A write is confirmed when it is stored in several zones: none that was confirmed is lost. */
  SYNC = 'sync',
  /** Data is in memory only. */
  DISABLED = 'disabled',
}

/** What every construct over a Redis OSS or Valkey cluster can be told. */
export interface RedisBaseProps extends CacheBaseProps {
  /**
   * The port, from 1150 to 65535 and not 8005.
   *
   * Update: would replace the cluster, which CloudFormation refuses because of the fixed name.
   *
   * @default 6379
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-elasticache-replicationgroup.html
   */
  readonly port?: number;

  /**
   * Engine and version.
   *
   * Update (later version): in place, with a short interruption. Update (from Redis OSS 6.2 with shards): not proved, CloudFormation may refuse it.
   * Update (Redis OSS to Valkey): not proved, CloudFormation may refuse it. Update (earlier version): refused by ElastiCache.
   *
   * @default RedisEngine.REDIS_7_1
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html
   */
  readonly engine?: RedisEngine;

  /**
   * Shards and replicas.
   *
   * Disabled becomes enabled in two deployments, by way of `ClusterMode.compatible()`, on Redis OSS 7.0 or later and Valkey. What CloudFormation does
   * with the second step is not proved: the service changes the mode in place, and the fixed name of the replication group makes CloudFormation
   * refuse a replacement rather than lose the data.
   *
   * Update (other numbers): in place. Update (disabled to compatible and back): in place. Update (compatible to enabled): not proved, CloudFormation
   * may refuse it. Update (disabled to enabled and back): would replace the cluster, which CloudFormation refuses because of the fixed name.
   *
   * @default - `ClusterMode.disabled({ replicas: 1 })`
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/modify-cluster-mode.html
   */
  readonly clusterMode?: ClusterMode;

  /**
   * The key of data, credentials and logs.
   *
   * Update: would replace the cluster, which CloudFormation refuses because of the fixed name.
   *
   * @default - a customer managed key of the construct's own
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html
   */
  readonly encryption?: Encryption;

  /**
   * How long daily backups are kept, in whole days from 0 (no backups) to 35.
   *
   * Update: in place.
   *
   * @default Duration.days(7)
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-automatic.html
   */
  readonly backupRetention?: Duration;

  /**
   * When backups are made, in UTC.
   *
   * Update: in place.
   *
   * @default - `DailyWindow.of('04:00-05:00')`
   */
  readonly backupWindow?: DailyWindow;

  /**
   * Whether minor versions of the engine are installed in the maintenance window.
   *
   * Update: in place.
   *
   * @default true
   */
  readonly autoMinorVersionUpgrade?: boolean;

  /**
   * Which logs are delivered, and how.
   *
   * Update: in place.
   *
   * @default - slow log and engine log, as JSON, kept for a year
   */
  readonly logs?: RedisLogOptions;

  /**
   * The alarms: what they do, and which are otherwise than AWS recommends.
   *
   * Update: nothing of the cluster.
   *
   * @default - all that say something of the cluster, without actions
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html
   */
  readonly alarms?: RedisAlarmOptions;

  /**
   * The id of the replication group: 1 to 40 letters, digits and single hyphens, beginning with a letter. Users, user group and nodes are named after
   * it.
   *
   * Update: replaces the cluster and loses its data.
   *
   * @default - made of the stack's name and the construct's path, so that CloudFormation refuses to replace the cluster by accident
   */
  readonly replicationGroupName?: string;

  /**
   * What the cluster is for, 1 to 255 characters.
   *
   * Update: in place.
   *
   * @default - the construct's path, of a long one the end
   */
  readonly description?: string;

  /**
   * What becomes of the cluster when it is removed from the stack. `SNAPSHOT` makes a last snapshot and keeps key and logs with it; `RETAIN` keeps
   * everything that the cluster uses.
   *
   * Update: in place.
   *
   * @default RemovalPolicy.SNAPSHOT
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** Props of a `RedisCluster`. */
export interface RedisClusterProps extends RedisBaseProps {
  /**
   * Size of the nodes.
   *
   * Update (data tiering as before): in place, with a short interruption. Update (to or from data tiering): would replace the cluster, which
   * CloudFormation refuses because of the fixed name.
   *
   * @default CacheNodeType.T4G_MEDIUM
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html
   */
  readonly nodeType?: CacheNodeType;

  /**
   * How clients log in.
   *
   * Update (none to users or IAM and back): in place. Update (users and IAM for each other): replaces the user. Update (to or from a token): would
   * replace the cluster, which CloudFormation refuses because of the fixed name.
   *
   * @default - `RedisAuth.users()`: one application user with a generated password
   */
  readonly auth?: RedisAuth;

  /**
   * Whether connections are encrypted. Of a cluster that has users ElastiCache takes no change: do not write `REQUIRED` out later where it was left
   * out, nor the other way round.
   *
   * Update (disabled to preferred, preferred to required): in place. Update (any other step): refused by ElastiCache.
   *
   * @default TransitEncryption.REQUIRED
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html
   */
  readonly transitEncryption?: TransitEncryption;

  /**
   * What is dropped when memory is full.
   *
   * Update: in place.
   *
   * @default EvictionPolicy.VOLATILE_LRU
   */
  readonly evictionPolicy?: EvictionPolicy;

  /**
   * Other parameters of the engine by name. Names, types and ranges that AWS documents are checked for the engine's family.
   *
   * Update: in place.
   *
   * @default - the engine's own
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html
   */
  readonly parameters?: { [name: string]: string };

  /**
   * What a new cluster is filled with. Leave it in place afterwards.
   *
   * Update: would replace the cluster, which CloudFormation refuses because of the fixed name.
   *
   * @default - the cluster starts empty
   */
  readonly restoreFrom?: RedisSnapshotSource;

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
   * Whether writes are stored in several zones before they are confirmed. Needs Valkey 9.0 or later with cluster mode enabled and replicas. Choose it
   * when the cluster is made.
   *
   * Update (async and sync for each other): in place. Update (on or off): refused by ElastiCache.
   *
   * @default - what AWS chooses for the engine
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/durability.html
   */
  readonly durability?: RedisDurability;

  /**
   * The node that backups are taken from, by its number: 1 is the first primary. With cluster mode enabled the service chooses one of every shard.
   *
   * Update: in place.
   *
   * @default - chosen by the service, a replica where there is one
   */
  readonly snapshotNode?: number;
}

/** What is known of a cluster that exists already. */
export interface RedisClusterAttributes {
  /** The id of the replication group. */
  readonly replicationGroupName: string;

  /**
   * Host name of the primary end point, which a cluster without shards has. With `configurationEndpointAddress` beside it the cluster is in cluster
   * mode compatible.
   *
   * @default - the cluster has cluster mode enabled, and asking for its primary is an error
   */
  readonly primaryEndpointAddress?: string;

  /**
   * Host name of the configuration end point, which a cluster with shards has.
   *
   * @default - the cluster has cluster mode disabled, and asking for its configuration end point is an error
   */
  readonly configurationEndpointAddress?: string;

  /**
   * Host name of the reader end point.
   *
   * @default - the cluster has none, and asking for it is an error
   */
  readonly readerEndpointAddress?: string;

  /**
   * The port.
   *
   * @default 6379
   */
  readonly port?: number;

  /**
   * Security groups of the nodes.
   *
   * @default - none: links open nothing on the side of the cluster
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * Secret with `username` and `password` of a user. Not together with `authToken` or `iamUserId`.
   *
   * @default - clients log in without a password
   */
  readonly secret?: ISecret;

  /**
   * Secret with the AUTH token of the cluster as `password`. Not together with `secret` or `iamUserId`.
   *
   * @default - clients log in without a token
   */
  readonly authToken?: ISecret;

  /**
   * Id, and name, of the user that clients log in as by IAM. Not together with `secret` or `authToken`.
   *
   * @default - clients do not log in by IAM
   */
  readonly iamUserId?: string;

  /**
   * Key of the secret, where it is a customer managed one.
   *
   * @default - the secret's own, or the AWS managed key
   */
  readonly encryptionKey?: IKey;

  /**
   * Engine and version.
   *
   * @default - unknown; clients are not told
   */
  readonly engine?: RedisEngine;

  /**
   * Whether clients must speak TLS.
   *
   * @default true
   */
  readonly tls?: boolean;

  /**
   * The ids of the nodes, for example `my-cache-001`, or with shards `my-cache-0001-001`. Metrics need them.
   *
   * @default - unknown, and asking for a metric of the cluster is an error
   */
  readonly nodeIds?: string[];
}
