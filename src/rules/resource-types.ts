/** CloudFormation types that rules judge or look up. */

export const REPLICATION_GROUP = 'AWS::ElastiCache::ReplicationGroup';
export const CACHE_CLUSTER = 'AWS::ElastiCache::CacheCluster';
export const PARAMETER_GROUP = 'AWS::ElastiCache::ParameterGroup';
export const SUBNET_GROUP = 'AWS::ElastiCache::SubnetGroup';
export const CACHE_USER = 'AWS::ElastiCache::User';
export const USER_GROUP = 'AWS::ElastiCache::UserGroup';
export const SCALABLE_TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';
export const SCALING_POLICY = 'AWS::ApplicationAutoScaling::ScalingPolicy';
export const SUBNET = 'AWS::EC2::Subnet';
export const ALARM = 'AWS::CloudWatch::Alarm';
export const COMPOSITE_ALARM = 'AWS::CloudWatch::CompositeAlarm';
export const TOPIC = 'AWS::SNS::Topic';
export const TOPIC_POLICY = 'AWS::SNS::TopicPolicy';
export const TOPIC_INLINE_POLICY = 'AWS::SNS::TopicInlinePolicy';
export const KEY = 'AWS::KMS::Key';
export const KEY_ALIAS = 'AWS::KMS::Alias';
