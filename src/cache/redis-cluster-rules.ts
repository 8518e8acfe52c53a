import { Token } from 'aws-cdk-lib';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { IConstruct } from 'constructs';
import { CacheParts, checksOf, PARTS_RULES, referencesOf } from './cache-parts';
import { RedisClusterProps } from './redis-cluster-props';
import { RedisUserGroup } from './redis-users';
import { TransitEncryption } from './transit-encryption';
import { enforce, maxZonesOf, OwnFault, warn } from '../private/enforce';
import { cacheUserRules } from '../rules/cache-user';
import { replicationGroupRules } from '../rules/redis-replication-group';
import { PropertyNames, Rule } from '../rules/rule';
import { userGroupRules } from '../rules/user-group';

/** The props of a cluster by the properties of the replication group that they become. */
const GROUP_NAMES: PropertyNames = {
  ReplicationGroupId: 'replicationGroupName',
  ReplicationGroupDescription: 'description',
  Engine: 'engine',
  EngineVersion: 'engine',
  CacheNodeType: 'nodeType',
  DataTieringEnabled: { name: 'nodeType', show: () => 'data tiering' },
  NumCacheClusters: { name: 'clusterMode.replicas', show: nodes => typeof nodes === 'number' ? nodes - 1 : nodes },
  NumNodeGroups: 'clusterMode.shards',
  ReplicasPerNodeGroup: 'clusterMode.replicasPerShard',
  NodeGroupConfiguration: 'clusterMode.shardLayout',
  ClusterMode: 'clusterMode',
  AutomaticFailoverEnabled: { name: 'clusterMode', show: enabled => enabled === true ? 'automatic failover' : 'no failover' },
  MultiAZEnabled: { name: 'clusterMode', show: enabled => enabled === true ? 'replicas in other zones' : 'no replica' },
  Port: 'port',
  NetworkType: 'networkType',
  IpDiscovery: 'ipDiscovery',
  Durability: 'durability',
  SnapshottingClusterId: 'snapshotNode',
  CacheSubnetGroupName: 'vpcSubnets',
  SecurityGroupIds: 'securityGroups',
  CacheParameterGroupName: 'parameters',
  UserGroupIds: 'auth',
  AuthToken: 'auth',
  TransitEncryptionEnabled: { name: 'transitEncryption', show: enabled => enabled === true ? 'on' : TransitEncryption.DISABLED },
  TransitEncryptionMode: 'transitEncryption',
  KmsKeyId: 'encryption',
  SnapshotRetentionLimit: 'backupRetention',
  SnapshotWindow: 'backupWindow',
  PreferredMaintenanceWindow: 'maintenanceWindow',
  AutoMinorVersionUpgrade: 'autoMinorVersionUpgrade',
  LogDeliveryConfigurations: 'logs',
  NotificationTopicArn: 'notificationTopic',
  SnapshotName: 'restoreFrom',
  SnapshotArns: 'restoreFrom',
};

const USER_NAMES: PropertyNames = { UserName: 'auth.userName', AccessString: 'auth.access', AuthenticationMode: 'auth' };

const MODE_STEP = '`clusterMode` compatible is a step, and what CloudFormation does with the next one, to enabled, is not proved: the service changes the '
  + 'mode in place, the resource schema promises nothing. Change nothing else together with the mode, and try the next step on a copy first.';

/** Rules about ids that are made from the replication group's: what is wrong with them is wrong with that one, and said once. */
const DERIVED_IDS = ['user-id', 'user-group-id'];

/** The rules of the resources of a cluster. */
const RULES: readonly Rule[] = [...replicationGroupRules, ...PARTS_RULES, ...cacheUserRules, ...userGroupRules]
  .filter(({ id }) => !DERIVED_IDS.includes(id));

/** The resources of a cluster that rules concern. */
export interface RedisResources extends CacheParts {
  readonly group: CfnReplicationGroup;
  /** Undefined where clients log in without users. */
  readonly users?: RedisUserGroup;
}

/** Holds every resource of a cluster against the rules, in the words of its props. */
export function enforceRedisRules(owner: IConstruct, props: RedisClusterProps, resources: RedisResources): void {
  const { group, users, network } = resources;
  enforce(owner, RULES, [
    {
      resource: group,
      names: GROUP_NAMES,
      maxZones: maxZonesOf(network.subnets),
      behind: {
        ...referencesOf(resources, props.notificationTopic),
        UserGroupIds: users ? [users.cfnUserGroup, ...users.cfnUsers] : [],
      },
    },
    ...checksOf(resources, 'engine'),
    ...users ? [
      ...users.cfnUsers.map(resource => ({ resource, names: USER_NAMES })),
      { resource: users.cfnUserGroup, names: { UserIds: 'auth' }, behind: { UserIds: users.cfnUsers } },
    ] : [],
  ], [...network.faults, ...conflicts(props)]);
  if (group.clusterMode === 'compatible') warn(owner, 'cluster-mode-step', MODE_STEP);
}

function conflicts({ evictionPolicy, parameters, logs, snapshotNode }: RedisClusterProps): OwnFault[] {
  const [policy, clusterEnabled] = [parameters?.['maxmemory-policy'], parameters?.['cluster-enabled']];
  return [
    ...evictionPolicy === undefined || policy === undefined ? [] : [{
      id: 'eviction-policy-once',
      text: `\`evictionPolicy\` and the parameter \`maxmemory-policy\` are the same setting (got '${evictionPolicy}' and '${policy}'). Keep \`evictionPolicy\`.`,
    }],
    ...clusterEnabled === undefined ? [] : [{
      id: 'cluster-mode-once',
      text: `\`clusterMode\` and the parameter \`cluster-enabled\` are the same setting (got the parameter with '${clusterEnabled}'). Keep \`clusterMode\`.`,
    }],
    ...!Token.isUnresolved(snapshotNode) ? [] : [{
      id: 'snapshot-node-known',
      text: '`snapshotNode` must be known at synthesis, because the node is named by it (got a token). Read it from the context or the environment of the app.',
    }],
    ...logs?.retention === undefined || logs.destination?._bind() === undefined ? [] : [{
      id: 'log-retention-of-stream',
      text: `\`logs.retention\` is of log groups, and \`logs.destination\` is a delivery stream (got ${logs.retention} days). Leave \`logs.retention\` out.`,
    }],
  ];
}
