import { elasticacheRules } from '../../src/rules/elasticache';

/** The properties of each type in the CloudFormation Template Reference. */
const PROPERTIES: { readonly [type: string]: readonly string[] } = {
  'AWS::ElastiCache::ReplicationGroup': [
    'AtRestEncryptionEnabled', 'AuthToken', 'AutoMinorVersionUpgrade', 'AutomaticFailoverEnabled', 'CacheNodeType', 'CacheParameterGroupName',
    'CacheSecurityGroupNames', 'CacheSubnetGroupName', 'ClusterMode', 'DataTieringEnabled', 'Durability', 'Engine', 'EngineVersion',
    'GlobalReplicationGroupId', 'IpDiscovery', 'KmsKeyId', 'LogDeliveryConfigurations', 'MultiAZEnabled', 'NetworkType', 'NodeGroupConfiguration',
    'NotificationTopicArn', 'NumCacheClusters', 'NumNodeGroups', 'Port', 'PreferredCacheClusterAZs', 'PreferredMaintenanceWindow', 'PrimaryClusterId',
    'ReplicasPerNodeGroup', 'ReplicationGroupDescription', 'ReplicationGroupId', 'SecurityGroupIds', 'SnapshotArns', 'SnapshotName',
    'SnapshotRetentionLimit', 'SnapshotWindow', 'SnapshottingClusterId', 'Tags', 'TransitEncryptionEnabled', 'TransitEncryptionMode', 'UserGroupIds',
  ],
  'AWS::ElastiCache::CacheCluster': [
    'AZMode', 'AutoMinorVersionUpgrade', 'CacheNodeType', 'CacheParameterGroupName', 'CacheSecurityGroupNames', 'CacheSubnetGroupName', 'ClusterName',
    'Engine', 'EngineVersion', 'IpDiscovery', 'LogDeliveryConfigurations', 'NetworkType', 'NotificationTopicArn', 'NumCacheNodes', 'Port',
    'PreferredAvailabilityZone', 'PreferredAvailabilityZones', 'PreferredMaintenanceWindow', 'SnapshotArns', 'SnapshotName', 'SnapshotRetentionLimit',
    'SnapshotWindow', 'Tags', 'TransitEncryptionEnabled', 'VpcSecurityGroupIds',
  ],
  'AWS::ElastiCache::ParameterGroup': ['CacheParameterGroupFamily', 'Description', 'Properties', 'Tags'],
  'AWS::ElastiCache::SubnetGroup': ['CacheSubnetGroupName', 'Description', 'SubnetIds', 'Tags'],
  'AWS::ElastiCache::User': ['AccessString', 'AuthenticationMode', 'Engine', 'NoPasswordRequired', 'Passwords', 'Tags', 'UserId', 'UserName'],
  'AWS::ElastiCache::UserGroup': ['Engine', 'Tags', 'UserGroupId', 'UserIds'],
  'AWS::ApplicationAutoScaling::ScalableTarget': [
    'MaxCapacity', 'MinCapacity', 'ResourceId', 'RoleARN', 'ScalableDimension', 'ScheduledActions', 'ServiceNamespace', 'SuspendedState',
  ],
  'AWS::ApplicationAutoScaling::ScalingPolicy': [
    'PolicyName', 'PolicyType', 'PredictiveScalingPolicyConfiguration', 'ResourceId', 'ScalableDimension', 'ScalingTargetId', 'ServiceNamespace',
    'StepScalingPolicyConfiguration', 'TargetTrackingScalingPolicyConfiguration',
  ],
  'AWS::CloudWatch::Alarm': [
    'ActionsEnabled', 'AlarmActions', 'AlarmDescription', 'AlarmName', 'ComparisonOperator', 'DatapointsToAlarm', 'Dimensions',
    'EvaluateLowSampleCountPercentile', 'EvaluationCriteria', 'EvaluationInterval', 'EvaluationPeriods', 'EvaluationWindow', 'ExtendedStatistic',
    'InsufficientDataActions', 'MetricName', 'Metrics', 'Namespace', 'OKActions', 'Period', 'Statistic', 'Tags', 'Threshold', 'ThresholdMetricId',
    'TreatMissingData', 'Unit', 'WarmUpConfiguration',
  ],
  'AWS::CloudWatch::CompositeAlarm': [
    'ActionsEnabled', 'ActionsSuppressor', 'ActionsSuppressorExtensionPeriod', 'ActionsSuppressorWaitPeriod', 'AlarmActions', 'AlarmDescription', 'AlarmName',
    'AlarmRule', 'InsufficientDataActions', 'OKActions', 'Tags',
  ],
};

/** It speaks of a window that is of no use, whatever it is. */
const SHOWS_UNASKED = ['snapshot-window-unused: SnapshotWindow'];

const pathsIn = (text: string): string[] => [...text.matchAll(/\{([\w.-]+)(?::name)?\}/g)].map(([, path]) => path);
const shownIn = (text: string): string[] => [...text.matchAll(/\{([\w.-]+)\}/g)].map(([, path]) => path);

test('rules read and name properties that the type has', () => {
  expect(elasticacheRules.flatMap(({ id, type, reads, text, remedy }) => [...reads, ...pathsIn(`${text} ${remedy}`)]
    .filter((path) => !PROPERTIES[type].includes(path.replace('[]', '').split('.')[0]))
    .map((path) => `${id}: ${path}`))).toEqual([]);
});

test('a rule asks for the values that it shows', () => {
  expect(elasticacheRules.flatMap(({ id, reads, text }) => shownIn(text)
    .filter((path) => !reads.some((read) => read.replace('[]', '') === path))
    .map((path) => `${id}: ${path}`))).toEqual(SHOWS_UNASKED);
});
