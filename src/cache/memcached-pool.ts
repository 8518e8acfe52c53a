import { RemovalPolicy, Tokenization } from 'aws-cdk-lib';
import { Connections, Port, SelectedSubnets } from 'aws-cdk-lib/aws-ec2';
import { CfnCacheCluster } from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';
import { CacheEndpoint } from './cache-endpoint';
import { CacheParts, DEFAULT_MAINTENANCE_WINDOW, ipDiscoveryOf, makeParameterGroup, makeSubnetGroup } from './cache-parts';
import { refuseEmptyTexts, refuseOtherPorts } from './import-checks';
import { MemcachedAlarms } from './memcached-alarms';
import { IMemcachedPool, MemcachedPoolBase } from './memcached-pool-base';
import { MemcachedPoolAttributes, MemcachedPoolProps } from './memcached-pool-props';
import { enforceMemcachedRules } from './memcached-pool-rules';
import { CacheNodeType } from '../catalog/cache-node-type';
import { MemcachedVersion } from '../catalog/memcached-version';
import { CACHE_CLUSTER_NAME_MAX_LENGTH, MEMCACHED_DEFAULT_PORT } from '../facts/elasticache-limits';
import { memcachedNodeId, numbersTo } from '../facts/elasticache-metrics';
import { CHUNK_SIZE, MAX_ITEM_SIZE } from '../facts/memcached-parameters';
import { maxZonesOf, zonesOf } from '../private/enforce';
import { physicalName } from '../private/names';
import { placeInNetwork } from '../private/network';
import { applyRemoval, removalOf } from '../private/removal';
import { bytesIn } from '../private/sizes';

const DEFAULT_NODE_COUNT = 2;

/**
 * A pool of Memcached nodes that clients spread their keys over: a cache cluster of ElastiCache with TLS, in several zones, with its subnet group,
 * security group and parameter group.
 *
 * Memcached keeps items in memory only. It replicates nothing, knows no login and no encryption at rest, and makes no backups: it is for what can be
 * lost and computed again. For anything else use a `RedisCluster`.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/SelectEngine.html
 */
export class MemcachedPool extends MemcachedPoolBase {
  /**
   * A pool that exists already.
   *
   * @param scope the parent.
   * @param id the id below the parent.
   * @param attributes what is known of the pool.
   * @throws when a name, an address or a node id is empty, or the port is none.
   */
  public static fromMemcachedPoolAttributes(scope: Construct, id: string, attributes: MemcachedPoolAttributes): IMemcachedPool {
    const { poolName, configurationEndpointAddress, port = MEMCACHED_DEFAULT_PORT, securityGroups, tls = true, nodeIds = [] } = attributes;
    refuseEmptyTexts('MemcachedPool.fromMemcachedPoolAttributes', { poolName, configurationEndpointAddress, nodeIds });
    refuseOtherPorts('MemcachedPool.fromMemcachedPoolAttributes', port);

    class ImportedMemcachedPool extends MemcachedPoolBase {
      public readonly poolName = poolName;
      public readonly nodeIds = nodeIds;
      public readonly configurationEndpoint = new CacheEndpoint(configurationEndpointAddress, port);
      public readonly connections = new Connections({ securityGroups, defaultPort: Port.tcp(port) });
      protected readonly _tls = tls;
    }

    return new ImportedMemcachedPool(scope, id);
  }

  public readonly poolName: string;
  public readonly connections: Connections;
  public readonly configurationEndpoint: CacheEndpoint;
  public readonly nodeIds: string[];

  /** The name of the parameter group, which CloudFormation generates. */
  public readonly parameterGroupName: string;

  /** The name of the subnet group, which CloudFormation generates. */
  public readonly subnetGroupName: string;

  /** The alarms, unless switched off. */
  public readonly alarms?: MemcachedAlarms;

  /** @internal */
  public readonly _nodeType: CacheNodeType;

  /** @internal */
  protected readonly _tls: boolean;

  /**
   * @param scope the parent.
   * @param id the id below the parent.
   * @param props the VPC and what differs from the defaults.
   */
  constructor(scope: Construct, id: string, props: MemcachedPoolProps) {
    super(scope, id);

    const version = props.version ?? MemcachedVersion.V1_6_22;
    const port = props.port ?? MEMCACHED_DEFAULT_PORT;
    const removal = removalOf(props.removalPolicy ?? RemovalPolicy.DESTROY);
    this.poolName = physicalName(this, props.poolName, CACHE_CLUSTER_NAME_MAX_LENGTH);
    this._nodeType = props.nodeType ?? CacheNodeType.T4G_MEDIUM;
    this._tls = props.transitEncryption ?? true;

    const network = placeInNetwork(this, props);
    const subnetGroup = makeSubnetGroup(this, network);
    const parameterGroup = makeParameterGroup(this, 'ParameterGroup', version.family, parametersOf(this, props));
    const pool = this.makePool(props, version, port, { network, subnetGroup, parameterGroup });

    enforceMemcachedRules(this, props, { pool, subnetGroup, parameterGroup, network });
    pool.applyRemovalPolicy(removal.store);
    applyRemoval(removal.attachments, [subnetGroup, parameterGroup, network.ownSecurityGroup]);

    this.connections = new Connections({ securityGroups: network.securityGroups, defaultPort: Port.tcp(port) });
    this.configurationEndpoint = new CacheEndpoint(pool.attrConfigurationEndpointAddress, port);
    this.nodeIds = numbersTo(pool.numCacheNodes).map(memcachedNodeId);
    this.parameterGroupName = parameterGroup.ref;
    this.subnetGroupName = subnetGroup.ref;
    if (props.alarms?.enabled !== false) this.alarms = new MemcachedAlarms(this, 'Alarms', { ...props.alarms, pool: this });
  }

  /** @internal */
  protected _ownAlarms(): MemcachedAlarms | undefined {
    return this.alarms;
  }

  private makePool(props: MemcachedPoolProps, version: MemcachedVersion, port: number, parts: CacheParts): CfnCacheCluster {
    const { network, subnetGroup, parameterGroup } = parts;
    const nodeCount = props.nodeCount ?? DEFAULT_NODE_COUNT;
    return new CfnCacheCluster(this, 'Resource', {
      clusterName: this.poolName,
      engine: MemcachedVersion._ENGINE,
      engineVersion: version.version,
      cacheNodeType: this._nodeType.name,
      numCacheNodes: nodeCount,
      azMode: nodeCount > 1 && maxZonesOf(network.subnets) !== 1 ? 'cross-az' : undefined,
      preferredAvailabilityZones: zonesOfNodes(network.subnets, nodeCount),
      port,
      networkType: props.networkType,
      ipDiscovery: ipDiscoveryOf(props.networkType, props.ipDiscovery),
      cacheSubnetGroupName: subnetGroup.ref,
      vpcSecurityGroupIds: network.securityGroups.map(securityGroup => securityGroup.securityGroupId),
      cacheParameterGroupName: parameterGroup.ref,
      transitEncryptionEnabled: this._tls,
      preferredMaintenanceWindow: (props.maintenanceWindow ?? DEFAULT_MAINTENANCE_WINDOW).value,
      notificationTopicArn: props.notificationTopic?.topicArn,
    });
  }
}

/**
 * A zone for each node, taken in turn, so that nodes that are added change nothing for those that are there. CloudFormation replaces a cluster whose
 * number of nodes changes when no zones are written. Undefined where one of the two numbers is not known.
 */
function zonesOfNodes(subnets: SelectedSubnets, nodeCount: number): string[] | undefined {
  const zones = zonesOf(subnets) ?? [];
  return zones.length === 0 || !Number.isSafeInteger(nodeCount) ? undefined : numbersTo(nodeCount).map(node => zones[(node - 1) % zones.length]);
}

function parametersOf(owner: Construct, { maxItemSize, chunkSize, parameters }: MemcachedPoolProps): { [name: string]: string } {
  return {
    ...maxItemSize && { [MAX_ITEM_SIZE]: Tokenization.stringifyNumber(bytesIn(owner, 'maxItemSize', maxItemSize)) },
    ...chunkSize && { [CHUNK_SIZE]: Tokenization.stringifyNumber(bytesIn(owner, 'chunkSize', chunkSize)) },
    ...parameters,
  };
}
