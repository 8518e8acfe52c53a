import { Duration, Fn, RemovalPolicy, Token, Tokenization } from 'aws-cdk-lib';
import { Connections, ISecurityGroup, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnParameterGroup, CfnReplicationGroup, CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { CacheEndpoint } from './cache-endpoint';
import { ClusterMode, ClusterModeConfig } from './cluster-mode';
import { RedisAuth, RedisAuthConfig, RedisUser } from './redis-auth';
import { IRedisCluster, RedisClusterBase } from './redis-cluster-base';
import { CacheNetworkType, RedisClusterAttributes, RedisClusterProps } from './redis-cluster-props';
import { enforceRedisRules } from './redis-cluster-rules';
import { makeRedisLogs, RedisLogs } from './redis-logs';
import { CacheNodeType } from '../catalog/cache-node-type';
import { EvictionPolicy } from '../catalog/eviction-policy';
import { RedisEngine } from '../catalog/redis-engine';
import { Encryption } from '../common/encryption';
import { DailyWindow, WeeklyWindow } from '../common/windows';
import { DESCRIPTION_MAX_LENGTH, REPLICATION_GROUP_ID_MAX_LENGTH } from '../facts/elasticache-limits';
import { memberId } from '../facts/elasticache-metrics';
import { admitLogs, makeDataKey } from '../private/data-key';
import { errorOf } from '../private/enforce';
import { EnvironmentValues } from '../private/environment';
import { stableName } from '../private/names';
import { Network, placeInNetwork } from '../private/network';
import { applyRemoval, removalOf } from '../private/removal';

const DEFAULT_BACKUP_WINDOW = DailyWindow.of('04:00-05:00');
const DEFAULT_MAINTENANCE_WINDOW = WeeklyWindow.of('sun:05:30-sun:06:30');
const DEFAULT_BACKUP_RETENTION = Duration.days(7);
const EVICTION_PARAMETER = 'maxmemory-policy';

/**
 * A Redis OSS or Valkey cluster that is encrypted, authenticated, backed up and logged: a replication group of ElastiCache with its subnet group,
 * security group, key, parameter group, users and log groups.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/WhatIs.html
 */
export class RedisCluster extends RedisClusterBase {
  /**
   * A cluster that exists already.
   *
   * @param scope the parent.
   * @param id the id below the parent.
   * @param attributes what is known of the cluster.
   */
  public static fromRedisClusterAttributes(scope: Construct, id: string, attributes: RedisClusterAttributes): IRedisCluster {
    return new ImportedRedisCluster(scope, id, attributes, attributes.secret ? 'user' : 'none');
  }

  /**
   * A cluster that this app made with the L1 construct, cluster mode disabled.
   *
   * @param cfn the replication group.
   * @throws when the group has shards.
   */
  public static fromCfnReplicationGroup(cfn: CfnReplicationGroup): IRedisCluster {
    return importOf(cfn);
  }

  public readonly replicationGroupName: string;
  public readonly primaryEndpoint: CacheEndpoint;
  public readonly readerEndpoint: CacheEndpoint;
  public readonly connections: Connections;
  public readonly nodeIds: string[];
  public readonly secret?: ISecret;
  public readonly encryptionKey?: IKey;

  /** The users that applications log in as. */
  public readonly users: RedisUser[];

  /** The name of the parameter group, which CloudFormation generates. */
  public readonly parameterGroupName: string;

  /** The name of the subnet group, which CloudFormation generates. */
  public readonly subnetGroupName: string;

  /** The log group of slow commands, unless switched off. */
  public readonly slowLog?: LogGroup;

  /** The log group of the engine's own log, unless switched off. */
  public readonly engineLog?: LogGroup;

  private readonly engine: RedisEngine;

  /**
   * @param scope the parent.
   * @param id the id below the parent.
   * @param props the VPC and what differs from the defaults.
   */
  constructor(scope: Construct, id: string, props: RedisClusterProps) {
    super(scope, id);

    this.engine = props.engine ?? RedisEngine.REDIS_7_1;
    this.replicationGroupName = nameOf(this, props);
    const mode = (props.clusterMode ?? ClusterMode.disabled())._bind();
    const port = props.port ?? this.engine._bind().port;
    const removal = removalOf(props.removalPolicy ?? RemovalPolicy.SNAPSHOT);

    this.encryptionKey = (props.encryption ?? Encryption.customerManaged())._bind(() => makeDataKey(this, ['elasticache'], removal.keyAndLogs));
    const network = placeInNetwork(this, props);
    const logs = makeRedisLogs(this, props.logs ?? {}, this.engine, this.encryptionKey, removal.keyAndLogs);
    if (this.encryptionKey && logs.deliveries.length > 0) admitLogs(this, this.encryptionKey);
    const auth = (props.auth ?? RedisAuth.users())._bind(this, this.replicationGroupName, this.encryptionKey);
    const subnetGroup = new CfnSubnetGroup(this, 'SubnetGroup', {
      description: `Subnets of ${this.node.path}`,
      subnetIds: network.subnets.subnetIds,
    });
    const parameterGroup = new CfnParameterGroup(this, 'ParameterGroup', {
      description: `Parameters of ${this.node.path}`,
      cacheParameterGroupFamily: this.engine.family,
      properties: { [EVICTION_PARAMETER]: props.evictionPolicy ?? EvictionPolicy.VOLATILE_LRU, ...props.parameters },
    });
    const group = this.makeReplicationGroup(props, { port, mode, network, logs, auth, subnetGroup, parameterGroup });

    enforceRedisRules(this, props, { group, subnetGroup, parameterGroup, auth, network });
    group.applyRemovalPolicy(removal.store);
    applyRemoval(removal.attachments, [subnetGroup, parameterGroup, auth.secret, ...auth.cfnUsers, auth.cfnUserGroup, network.ownSecurityGroup]);

    this.connections = new Connections({ securityGroups: network.securityGroups, defaultPort: Port.tcp(port) });
    this.primaryEndpoint = new CacheEndpoint(group.attrPrimaryEndPointAddress, port);
    this.readerEndpoint = new CacheEndpoint(group.attrReaderEndPointAddress, port);
    this.nodeIds = nodeIdsOf(this.replicationGroupName, mode.replicas + 1);
    this.secret = auth.secret;
    this.users = auth.users;
    this.parameterGroupName = parameterGroup.ref;
    this.subnetGroupName = subnetGroup.ref;
    this.slowLog = logs.slowLog;
    this.engineLog = logs.engineLog;
  }

  /** @internal */
  public _environmentValues(): EnvironmentValues {
    return {
      ...endpointValues(this, this.readerEndpoint),
      tls: 'true',
      auth: 'user',
      user: this.users[0].userName,
      engine: this.engine.engine,
    };
  }

  private makeReplicationGroup(props: RedisClusterProps, parts: Parts): CfnReplicationGroup {
    const { mode, network, auth } = parts;
    const replicated = mode.replicas > 0;
    const nodeType = props.nodeType ?? CacheNodeType.T4G_MEDIUM;
    const backupDays = (props.backupRetention ?? DEFAULT_BACKUP_RETENTION).toDays();
    return new CfnReplicationGroup(this, 'Resource', {
      replicationGroupId: this.replicationGroupName,
      replicationGroupDescription: props.description ?? this.node.path.slice(-DESCRIPTION_MAX_LENGTH),
      engine: this.engine.engine,
      engineVersion: this.engine.version,
      cacheNodeType: nodeType.name,
      dataTieringEnabled: nodeType.dataTiering || undefined,
      numCacheClusters: mode.replicas + 1,
      automaticFailoverEnabled: replicated,
      multiAzEnabled: replicated,
      port: parts.port,
      networkType: props.networkType,
      ipDiscovery: props.networkType === CacheNetworkType.IPV6 ? 'ipv6' : undefined,
      cacheSubnetGroupName: parts.subnetGroup.ref,
      securityGroupIds: network.securityGroups.map(securityGroup => securityGroup.securityGroupId),
      cacheParameterGroupName: parts.parameterGroup.ref,
      userGroupIds: [auth.cfnUserGroup.ref],
      // Without a mode, which 6.2 does not know: an upgrade would add it, and the service refuses any change of TLS of a cluster that has users
      // (github.com/aws-controllers-k8s/community/issues/2536).
      transitEncryptionEnabled: true,
      atRestEncryptionEnabled: true,
      kmsKeyId: this.encryptionKey?.keyArn,
      snapshotRetentionLimit: backupDays,
      snapshotWindow: props.backupWindow?.value ?? (backupDays === 0 ? undefined : DEFAULT_BACKUP_WINDOW.value),
      preferredMaintenanceWindow: (props.maintenanceWindow ?? DEFAULT_MAINTENANCE_WINDOW).value,
      autoMinorVersionUpgrade: props.autoMinorVersionUpgrade ?? true,
      logDeliveryConfigurations: parts.logs.deliveries,
      notificationTopicArn: props.notificationTopic?.topicArn,
      ...props.restoreFrom?._bind(),
    });
  }
}

/** What a replication group is put together from. */
interface Parts {
  readonly port: number;
  readonly mode: ClusterModeConfig;
  readonly network: Network;
  readonly logs: RedisLogs;
  readonly auth: RedisAuthConfig;
  readonly subnetGroup: CfnSubnetGroup;
  readonly parameterGroup: CfnParameterGroup;
}

/** A cluster that was made elsewhere. */
class ImportedRedisCluster extends RedisClusterBase {
  public readonly replicationGroupName: string;
  public readonly primaryEndpoint: CacheEndpoint;
  public readonly connections: Connections;
  public readonly nodeIds: string[];
  public readonly secret?: ISecret;
  public readonly encryptionKey?: IKey;
  private readonly reader?: CacheEndpoint;

  constructor(scope: Construct, id: string, private readonly attributes: RedisClusterAttributes, private readonly auth: string | undefined) {
    super(scope, id);
    const port = attributes.port ?? (attributes.engine ?? RedisEngine.REDIS_7_1)._bind().port;
    this.replicationGroupName = attributes.replicationGroupName;
    this.primaryEndpoint = new CacheEndpoint(attributes.primaryEndpointAddress, port);
    this.reader = attributes.readerEndpointAddress === undefined ? undefined : new CacheEndpoint(attributes.readerEndpointAddress, port);
    this.connections = new Connections({ securityGroups: attributes.securityGroups, defaultPort: Port.tcp(port) });
    this.nodeIds = attributes.nodeIds ?? [];
    this.secret = attributes.secret;
    this.encryptionKey = attributes.encryptionKey;
  }

  public get readerEndpoint(): CacheEndpoint {
    if (this.reader) return this.reader;
    throw errorOf(this, [{
      id: 'no-reader-endpoint',
      text: 'the reader end point of this imported cluster is not known (got no `readerEndpointAddress`). '
        + 'Give it to `fromRedisClusterAttributes`, or use `primaryEndpoint`.',
    }]);
  }

  public _environmentValues(): EnvironmentValues {
    return {
      ...endpointValues(this, this.reader),
      tls: String(this.attributes.tls ?? true),
      auth: this.auth,
      engine: this.attributes.engine?.engine,
    };
  }
}

/** Imports an L1 once, however often it is asked for. */
function importOf(cfn: CfnReplicationGroup): IRedisCluster {
  const id = '@RedisCluster';
  const existing = cfn.node.tryFindChild(id);
  if (existing) return existing as ImportedRedisCluster;
  const shards = (['numNodeGroups', 'replicasPerNodeGroup', 'nodeGroupConfiguration'] as const).find(property => cfn[property] !== undefined)
    ?? (['enabled', 'compatible'].includes(cfn.clusterMode ?? '') ? 'clusterMode' : undefined);
  if (shards !== undefined) {
    throw errorOf(cfn, [{
      id: 'import-has-shards',
      text: `only a replication group with cluster mode disabled can be imported (got \`${shards}\`). Describe its nodes by \`numCacheClusters\`.`,
    }]);
  }
  const name = cfn.replicationGroupId ?? cfn.ref;
  return new ImportedRedisCluster(cfn, id, {
    replicationGroupName: cfn.ref,
    primaryEndpointAddress: cfn.attrPrimaryEndPointAddress,
    readerEndpointAddress: cfn.attrReaderEndPointAddress,
    port: cfn.port,
    securityGroups: securityGroupsOf(cfn),
    tls: cfn.transitEncryptionEnabled === true,
    nodeIds: nodeIdsOf(name, cfn.numCacheClusters ?? 1),
  }, authOf(cfn));
}

/** The security groups of an L1; of a list that only CloudFormation knows, the first, which is enough to let a client in. */
function securityGroupsOf(cfn: CfnReplicationGroup): ISecurityGroup[] {
  const ids = cfn.securityGroupIds ?? [];
  return (Token.isUnresolved(ids) ? [Fn.select(0, ids)] : ids).map((id, index) => SecurityGroup.fromSecurityGroupId(cfn, `@SecurityGroup${index}`, id));
}

/** How clients of an L1 log in; undefined where its users are not known, who may have passwords or IAM. */
function authOf(cfn: CfnReplicationGroup): string | undefined {
  if (cfn.authToken !== undefined) return 'token';
  return cfn.userGroupIds === undefined || cfn.userGroupIds.length === 0 ? 'none' : undefined;
}

/** The group's id as ElastiCache stores it: in lower case. */
function nameOf(scope: Construct, { replicationGroupName }: RedisClusterProps): string {
  if (replicationGroupName === undefined) return stableName(scope, REPLICATION_GROUP_ID_MAX_LENGTH);
  return Token.isUnresolved(replicationGroupName) ? replicationGroupName : replicationGroupName.toLowerCase();
}

function nodeIdsOf(replicationGroupName: string, nodes: number): string[] {
  return Array.from({ length: nodes }, (_, index) => memberId(replicationGroupName, index + 1));
}

function endpointValues(cluster: IRedisCluster, reader: CacheEndpoint | undefined): EnvironmentValues {
  const { port } = cluster.primaryEndpoint;
  return {
    host: cluster.primaryEndpoint.hostname,
    port: Tokenization.stringifyNumber(port),
    readerHost: reader?.hostname,
    clusterMode: 'disabled',
    secretArn: cluster.secret?.secretArn,
    name: cluster.replicationGroupName,
  };
}
