import { CfnResource } from 'aws-cdk-lib';
import { CfnParameterGroup, CfnReplicationGroup, CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { IConstruct } from 'constructs';
import { RedisAuthConfig } from './redis-auth';
import { RedisClusterProps } from './redis-cluster-props';
import { enforce, maxZonesOf, OwnFault } from '../private/enforce';
import { Network } from '../private/network';
import { elasticacheRules } from '../rules/elasticache';
import { PropertyNames } from '../rules/rule';

/** The props of a cluster by the properties of the replication group that they become. */
const GROUP_NAMES: PropertyNames = {
  ReplicationGroupId: 'replicationGroupName',
  ReplicationGroupDescription: 'description',
  Engine: 'engine',
  EngineVersion: 'engine',
  CacheNodeType: 'nodeType',
  DataTieringEnabled: { name: 'nodeType', show: () => 'data tiering' },
  NumCacheClusters: { name: 'clusterMode.replicas', show: nodes => typeof nodes === 'number' ? nodes - 1 : nodes },
  AutomaticFailoverEnabled: 'clusterMode',
  MultiAZEnabled: { name: 'clusterMode', show: enabled => enabled === true ? 'replicas in other zones' : 'no replica' },
  Port: 'port',
  NetworkType: 'networkType',
  CacheSubnetGroupName: 'vpcSubnets',
  SecurityGroupIds: 'securityGroups',
  CacheParameterGroupName: 'parameters',
  UserGroupIds: 'auth',
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

const PARAMETER_GROUP_NAMES: PropertyNames = { CacheParameterGroupFamily: 'engine', Properties: 'parameters' };
const SUBNET_GROUP_NAMES: PropertyNames = { SubnetIds: 'vpcSubnets' };
const USER_NAMES: PropertyNames = { UserName: 'auth.userName', AccessString: 'auth.access', AuthenticationMode: 'auth' };

/** Rules about ids that are made from the replication group's: what is wrong with them is wrong with that one, and said once. */
const DERIVED_IDS = ['user-id', 'user-group-id'];
const RULES = elasticacheRules.filter(({ id }) => !DERIVED_IDS.includes(id));

/** The resources of a cluster that rules concern. */
export interface RedisResources {
  readonly group: CfnReplicationGroup;
  readonly subnetGroup: CfnSubnetGroup;
  readonly parameterGroup: CfnParameterGroup;
  readonly auth: RedisAuthConfig;
  readonly network: Network;
}

/** Holds every resource of a cluster against the rules, in the words of its props. */
export function enforceRedisRules(owner: IConstruct, props: RedisClusterProps, resources: RedisResources): void {
  const { group, subnetGroup, parameterGroup, auth, network } = resources;
  const maxZones = maxZonesOf(network.subnets);
  enforce(owner, RULES, [
    {
      resource: group,
      names: GROUP_NAMES,
      maxZones,
      behind: {
        CacheParameterGroupName: [parameterGroup],
        CacheSubnetGroupName: [subnetGroup],
        UserGroupIds: [auth.cfnUserGroup],
        NotificationTopicArn: resourcesOf(props.notificationTopic),
      },
    },
    { resource: parameterGroup, names: PARAMETER_GROUP_NAMES },
    { resource: subnetGroup, names: SUBNET_GROUP_NAMES, maxZones },
    ...auth.cfnUsers.map(resource => ({ resource, names: USER_NAMES })),
    { resource: auth.cfnUserGroup, names: { UserIds: 'auth' }, behind: { UserIds: auth.cfnUsers } },
  ], [...network.faults, ...conflicts(props)]);
}

function conflicts({ evictionPolicy, parameters }: RedisClusterProps): OwnFault[] {
  const byName = parameters?.['maxmemory-policy'];
  return evictionPolicy === undefined || byName === undefined ? [] : [{
    id: 'eviction-policy-once',
    text: `\`evictionPolicy\` and the parameter \`maxmemory-policy\` are the same setting (got '${evictionPolicy}' and '${byName}'). Keep \`evictionPolicy\`.`,
  }];
}

/** The L1 of a topic that this app owns; nothing is known of an imported one. */
function resourcesOf(topic: ITopic | undefined): CfnResource[] {
  const resource = topic?.node.defaultChild;
  return CfnResource.isCfnResource(resource) ? [resource] : [];
}
