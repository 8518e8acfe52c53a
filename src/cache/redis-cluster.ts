import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { EnableScalingProps } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Connections, Port } from 'aws-cdk-lib/aws-ec2';
import { CfnParameterGroup, CfnReplicationGroup, CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { DEFAULT_MAINTENANCE_WINDOW, ipDiscoveryOf, makeParameterGroup, makeSubnetGroup } from './cache-parts';
import { ClusterMode, ClusterModeConfig } from './cluster-mode';
import { endpointsOfCfn, importByAttributes, importCfn } from './imported-redis-cluster';
import { RedisAlarms } from './redis-alarms';
import { RedisAuth, RedisAuthConfig, RedisUser } from './redis-auth';
import { IRedisCluster, RedisClusterBase } from './redis-cluster-base';
import { RedisClusterAttributes, RedisClusterProps } from './redis-cluster-props';
import { enforceRedisRules } from './redis-cluster-rules';
import { endpointValues, RedisEndpoints } from './redis-endpoints';
import { factsOf, RedisFacts } from './redis-facts';
import { makeRedisLogs, RedisLogs } from './redis-logs';
import { RedisScaler, ScaledCluster } from './redis-scaler';
import { ScalableReplicaCount, ScalableShardCount } from './redis-scaling';
import { nodeIdsOf, scaledNodeIdsOf, shapeOf } from './redis-shape';
import { TransitEncryption } from './transit-encryption';
import { CacheNodeType } from '../catalog/cache-node-type';
import { EvictionPolicy } from '../catalog/eviction-policy';
import { RedisEngine } from '../catalog/redis-engine';
import { Encryption } from '../common/encryption';
import { DailyWindow } from '../common/windows';
import { DESCRIPTION_MAX_LENGTH, REPLICATION_GROUP_ID_MAX_LENGTH } from '../facts/elasticache-limits';
import { memberId } from '../facts/elasticache-metrics';
import { EVICTION_PARAMETER } from '../facts/elasticache-parameters';
import { admitLogs, makeDataKey } from '../private/data-key';
import { amountIn } from '../private/durations';
import { EnvironmentValues } from '../private/environment';
import { physicalName } from '../private/names';
import { Network, placeInNetwork } from '../private/network';
import { applyRemoval, removalOf } from '../private/removal';

const DEFAULT_BACKUP_WINDOW = DailyWindow.of('04:00-05:00');
const DEFAULT_BACKUP_RETENTION = Duration.days(7);
const CLUSTER_PARAMETER = 'cluster-enabled';

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
   * @throws when no address is known, a name, an address or an id is empty, the port is none, or there are several logins.
   */
  public static fromRedisClusterAttributes(scope: Construct, id: string, attributes: RedisClusterAttributes): IRedisCluster {
    return importByAttributes(scope, id, attributes);
  }

  /**
   * A cluster that this app made with the L1 construct.
   *
   * @param cfn the replication group.
   */
  public static fromCfnReplicationGroup(cfn: CfnReplicationGroup): IRedisCluster {
    return importCfn(cfn);
  }

  public readonly replicationGroupName: string;
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

  /** The log group of slow commands, unless switched off or delivered elsewhere. */
  public readonly slowLog?: LogGroup;

  /** The log group of the engine's own log, unless switched off or delivered elsewhere. */
  public readonly engineLog?: LogGroup;

  /** The alarms, unless switched off. */
  public readonly alarms?: RedisAlarms;

  /** @internal */
  public readonly _endpoints: RedisEndpoints;
  /** @internal */
  public readonly _iamUserId?: string;

  private readonly engine: RedisEngine;
  private readonly auth: RedisAuthConfig;
  private readonly transitEncryption: TransitEncryption;
  private readonly scaled: ScaledCluster;
  private readonly mode: ClusterModeConfig;
  private readonly most: { shards?: number; replicas?: number } = {};

  /**
   * @param scope the parent.
   * @param id the id below the parent.
   * @param props the VPC and what differs from the defaults.
   */
  constructor(scope: Construct, id: string, props: RedisClusterProps) {
    super(scope, id);

    this.engine = props.engine ?? RedisEngine.REDIS_7_1;
    this.replicationGroupName = physicalName(this, props.replicationGroupName, REPLICATION_GROUP_ID_MAX_LENGTH);
    this.transitEncryption = props.transitEncryption ?? TransitEncryption.REQUIRED;
    const mode = (props.clusterMode ?? ClusterMode.disabled())._bind();
    const port = props.port ?? this.engine._bind().port;
    const removal = removalOf(props.removalPolicy ?? RemovalPolicy.SNAPSHOT);

    this.encryptionKey = (props.encryption ?? Encryption.customerManaged())._bind(() => makeDataKey(this, ['elasticache'], removal.keyAndLogs));
    const network = placeInNetwork(this, props);
    const logs = makeRedisLogs(this, props.logs ?? {}, this.engine, this.encryptionKey, removal.keyAndLogs);
    if (this.encryptionKey) admitLogs(this, this.encryptionKey, [logs.slowLog, logs.engineLog].some(group => group !== undefined));
    this.auth = (props.auth ?? RedisAuth.users())._bind(this, this.replicationGroupName, this.encryptionKey);
    const subnetGroup = makeSubnetGroup(this, network);
    const parameterGroup = this.makeParameterGroup(props, mode);
    const group = this.makeReplicationGroup(props, { port, mode, network, logs, subnetGroup, parameterGroup });

    enforceRedisRules(this, props, { group, subnetGroup, parameterGroup, users: this.auth.group, network });
    group.applyRemovalPolicy(removal.store);
    const { secret, users, group: userGroup } = this.auth;
    applyRemoval(removal.attachments, [
      subnetGroup, parameterGroup, secret, ...userGroup?.cfnUsers ?? [], userGroup?.cfnUserGroup, network.ownSecurityGroup,
    ]);

    this.connections = new Connections({ securityGroups: network.securityGroups, defaultPort: Port.tcp(port) });
    this._endpoints = endpointsOfCfn(group, mode.mode, port);
    this.nodeIds = nodeIdsOf(this.replicationGroupName, mode);
    this.secret = secret;
    this.users = users;
    this._iamUserId = this.auth.kind === 'iam' ? users[0].userId : undefined;
    this.parameterGroupName = parameterGroup.ref;
    this.subnetGroupName = subnetGroup.ref;
    this.slowLog = logs.slowLog;
    this.engineLog = logs.engineLog;
    this.mode = mode;
    this.scaled = { owner: this, group, parameterGroup, dataTiering: group.dataTieringEnabled === true, onMost: this.onMost.bind(this) };
    if (props.alarms?.enabled !== false) this.alarms = new RedisAlarms(this, 'Alarms', { ...props.alarms, cluster: this });
  }

  /**
   * Lets Application Auto Scaling add and remove shards. Needs cluster mode enabled, and nodes of the sizes large to 2xlarge.
   *
   * A later deployment keeps the number that scaling found, as long as `clusterMode.shards` stays as it was: CloudFormation writes it only when it
   * changes, and then resets the number.
   *
   * @param limits the least and the most shards.
   * @throws when the cluster has no shards, or is told twice.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoScaling.html
   */
  public autoScaleShards(limits: EnableScalingProps): ScalableShardCount {
    return ScalableShardCount._of(new RedisScaler(this.scaled, 'shards', limits));
  }

  /**
   * Lets Application Auto Scaling add and remove replicas of every shard. Needs cluster mode enabled, and nodes of the sizes large to 2xlarge.
   *
   * A later deployment keeps the number that scaling found, as long as `clusterMode.replicasPerShard` stays as it was: CloudFormation writes it only
   * when it changes, and then resets the number.
   *
   * @param limits the least and the most replicas of a shard.
   * @throws when the cluster has no shards, or is told twice.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoScaling.html
   */
  public autoScaleReplicas(limits: EnableScalingProps): ScalableReplicaCount {
    return ScalableReplicaCount._of(new RedisScaler(this.scaled, 'replicas', limits));
  }

  /** @internal */
  public get _facts(): Partial<RedisFacts> {
    const { group, parameterGroup } = this.scaled;
    const parameters = parameterGroup.properties as { [name: string]: string };
    const facts = factsOf(group, parameters);
    return {
      ...facts,
      hasReplicas: this.most.replicas ? true : facts.hasReplicas,
      auth: this.auth.kind,
      isScaled: Object.keys(this.most).length > 0,
    };
  }

  /** @internal */
  public _watchedNodeIds(): string[] {
    return this._facts.isScaled ? scaledNodeIdsOf(this.replicationGroupName, this.mode, this.most) : this.nodeIds;
  }

  /** @internal */
  public _environmentValues(): EnvironmentValues {
    return {
      ...endpointValues(this, this._endpoints),
      tls: String(this.transitEncryption !== TransitEncryption.DISABLED),
      auth: this.auth.kind,
      user: this.users[0]?.userName,
      secretArn: this.secret?.secretArn,
      name: this.replicationGroupName,
      engine: this.engine.engine,
    };
  }

  /** @internal */
  protected _ownAlarms(): RedisAlarms | undefined {
    return this.alarms;
  }

  private onMost(dimension: 'shards' | 'replicas', most: number): void {
    this.most[dimension] = Math.max(most, this.most[dimension] ?? 0);
    this._scalingListeners.forEach(listener => listener());
  }

  /** The mode is in the id, so that a change of mode finds the new group made before it, and the old one still there. */
  private makeParameterGroup({ evictionPolicy, parameters }: RedisClusterProps, { mode }: ClusterModeConfig): CfnParameterGroup {
    return makeParameterGroup(this, mode === 'disabled' ? 'ParameterGroup' : 'ClusterParameterGroup', this.engine.family, {
      [EVICTION_PARAMETER]: evictionPolicy ?? EvictionPolicy.VOLATILE_LRU,
      ...mode !== 'disabled' && { [CLUSTER_PARAMETER]: 'yes' },
      ...parameters,
    });
  }

  private makeReplicationGroup(props: RedisClusterProps, parts: Parts): CfnReplicationGroup {
    const { mode, network } = parts;
    const { group: userGroup, authToken } = this.auth;
    const nodeType = props.nodeType ?? CacheNodeType.T4G_MEDIUM;
    const backupDays = amountIn(this, 'backupRetention', 'days', props.backupRetention ?? DEFAULT_BACKUP_RETENTION);
    const group = new CfnReplicationGroup(this, 'Resource', {
      ...shapeOf(mode, this.engine),
      replicationGroupId: this.replicationGroupName,
      replicationGroupDescription: props.description ?? this.node.path.slice(-DESCRIPTION_MAX_LENGTH),
      engine: this.engine.engine,
      engineVersion: this.engine.version,
      cacheNodeType: nodeType.name,
      dataTieringEnabled: nodeType.dataTiering || undefined,
      port: parts.port,
      networkType: props.networkType,
      ipDiscovery: ipDiscoveryOf(props.networkType, props.ipDiscovery),
      cacheSubnetGroupName: parts.subnetGroup.ref,
      securityGroupIds: network.securityGroups.map(securityGroup => securityGroup.securityGroupId),
      cacheParameterGroupName: parts.parameterGroup.ref,
      userGroupIds: userGroup && [userGroup.cfnUserGroup.ref],
      authToken,
      transitEncryptionEnabled: this.transitEncryption !== TransitEncryption.DISABLED,
      transitEncryptionMode: this.transitEncryptionMode(props.transitEncryption),
      atRestEncryptionEnabled: true,
      kmsKeyId: this.encryptionKey?.keyArn,
      durability: props.durability,
      snapshottingClusterId: props.snapshotNode === undefined ? undefined : memberId(this.replicationGroupName, props.snapshotNode),
      snapshotRetentionLimit: backupDays,
      snapshotWindow: props.backupWindow?.value ?? (backupDays === 0 ? undefined : DEFAULT_BACKUP_WINDOW.value),
      preferredMaintenanceWindow: (props.maintenanceWindow ?? DEFAULT_MAINTENANCE_WINDOW).value,
      autoMinorVersionUpgrade: props.autoMinorVersionUpgrade ?? true,
      logDeliveryConfigurations: parts.logs.deliveries,
      notificationTopicArn: props.notificationTopic?.topicArn,
      ...props.restoreFrom?._bind(),
    });
    // Without it a change of the number of shards replaces the group.
    if (mode.mode === 'enabled') group.cfnOptions.updatePolicy = { useOnlineResharding: true };
    return group;
  }

  /**
   * Written only where it was asked for, as the last of the two steps to TLS must. Versions before 7.0 know TLS as on or off only: an upgrade would
   * add the mode, and the service refuses any change of TLS of a cluster that has users (github.com/aws-controllers-k8s/community/issues/2536).
   */
  private transitEncryptionMode(stated: TransitEncryption | undefined): string | undefined {
    const known = stated === TransitEncryption.PREFERRED || this.engine._bind().features.includes('tlsInPlace');
    return stated === TransitEncryption.DISABLED || !known ? undefined : stated;
  }
}

/** What a replication group is put together from. */
interface Parts {
  readonly port: number;
  readonly mode: ClusterModeConfig;
  readonly network: Network;
  readonly logs: RedisLogs;
  readonly subnetGroup: CfnSubnetGroup;
  readonly parameterGroup: CfnParameterGroup;
}
