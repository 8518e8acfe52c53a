import { POOL } from './pool-templates';
import { Changes, Properties, Resources, SINGLE } from './templates';

/** Alarms on a cache as somebody writes them by hand, and for every rule of them what makes one of no use. */

const ref = (logicalId: string) => ({ Ref: logicalId });
const arn = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const sub = (text: string) => ({ 'Fn::Sub': text });
const by = (dimensions: Properties) => Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
const statement = (Principal: unknown, Action: unknown, Effect = 'Allow') => ({ Effect, Principal, Action, Resource: '*' });
const policy = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
const CLOUDWATCH = { Service: 'cloudwatch.amazonaws.com' };
const ACCOUNT = { AWS: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root') };

const alarm = (properties: Properties) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 5, DatapointsToAlarm: 3, Threshold: 90, AlarmActions: [ref('Alerts')], ...properties },
});

const onCache = (MetricName: string, dimensions: Properties, more: Properties = {}) => alarm({
  Namespace: 'AWS/ElastiCache', MetricName, Dimensions: by(dimensions), Statistic: 'Average', Period: 60, ...more,
});

const query = (Id: string, MetricName: string, dimensions: Properties, more: Properties = {}) => ({
  Id, ReturnData: false, MetricStat: { Metric: { Namespace: 'AWS/ElastiCache', MetricName, Dimensions: by(dimensions) }, Stat: 'Maximum', Period: 60, ...more },
});

const member = (number: string) => ({ CacheClusterId: sub(`\${Group}-${number}`) });
const formula = (Expression: unknown, ...queries: object[]) => [{ Id: 'worst', Expression }, ...queries];
const NODES = [query('m1', 'EngineCPUUtilization', member('001')), query('m2', 'EngineCPUUtilization', member('002'))];

/** A group with a replica, a pool of two nodes, and alarms on both that tell an encrypted topic. */
export const WATCHED: Resources = {
  ...SINGLE,
  Group: { ...SINGLE.Group, Properties: { ...SINGLE.Group.Properties, ReplicationGroupId: 'shop', ClusterMode: 'disabled' } },
  Pool: {
    ...POOL.Pool,
    Properties: { ...POOL.Pool.Properties, ClusterName: 'pages', CacheParameterGroupName: 'default.memcached1.6' },
  },
  Cpu: alarm({ Metrics: formula('MAX([m1, m2])', ...NODES) }),
  Memory: onCache('DatabaseMemoryUsagePercentage', { CacheClusterId: 'shop-001', CacheNodeId: '0001' }, { Unit: 'Percent' }),
  PageCpu: onCache('CPUUtilization', { CacheClusterId: ref('Pool'), CacheNodeId: '0002' }),
  Any: {
    Type: 'AWS::CloudWatch::CompositeAlarm',
    Properties: { AlarmRule: { 'Fn::Join': ['', ['ALARM("', arn('Cpu'), '") OR ALARM("', arn('Memory'), '")']] }, AlarmActions: [ref('Alerts')] },
  },
  Alerts: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: ref('Key') } },
  Key: {
    Type: 'AWS::KMS::Key',
    Properties: { KeyPolicy: policy(statement(ACCOUNT, 'kms:*'), statement(CLOUDWATCH, ['kms:Decrypt', 'kms:GenerateDataKey*'])) },
  },
  Admission: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [ref('Alerts')], PolicyDocument: policy(statement(CLOUDWATCH, 'sns:Publish')) } },
};

const cpu = (...queries: object[]) => ({ Cpu: { Metrics: formula('MAX([m1, m2])', ...queries) } });
const memory = (changes: Properties) => ({ Memory: changes });
const memoryBy = (dimensions: Properties) => memory({ Dimensions: by(dimensions) });
const any = (changes: Properties) => ({ Any: changes });
const SIX = Array.from({ length: 6 }, (_, index) => `arn:aws:sns:eu-west-1:1:alerts-${index}`);

/** Faults of the topic and of its key, which every kind of alarm tells of. */
const faultsOfTopics = (prefix: string): { readonly [id: string]: Changes } => ({
  [`${prefix}topic-managed-key`]: { Alerts: { KmsMasterKeyId: sub('arn:aws:kms:${AWS::Region}:${AWS::AccountId}:alias/aws/sns') } },
  [`${prefix}topic-key-policy`]: { Key: { KeyPolicy: policy(statement(ACCOUNT, 'kms:*')) } },
  [`${prefix}topic-policy`]: { Admission: { PolicyDocument: policy(statement({ Service: 'events.amazonaws.com' }, 'sns:Publish')) } },
});

/** What breaks a rule in the template with alarms. */
export const FAULTS_OF_ALARMS: { readonly [id: string]: Changes } = {
  'alarm-dimensions': memoryBy({ ReplicationGroupId: 'shop' }),
  'alarm-replication-group-id': cpu(query('m1', 'EngineCPUUtilization', { CacheClusterId: ref('Group') })),
  'alarm-member': cpu(NODES[0], query('m2', 'EngineCPUUtilization', member('003'))),
  'alarm-member-node-id': memoryBy({ CacheClusterId: 'shop-001', CacheNodeId: '0002' }),
  'alarm-memcached-node': { PageCpu: { Dimensions: by({ CacheClusterId: ref('Pool'), CacheNodeId: '0003' }) } },
  'alarm-metric-engine': { PageCpu: { MetricName: 'EngineCPUUtilization' } },
  'alarm-unit': memory({ Unit: 'Bytes' }),
  'alarm-period': memory({ Period: 90 }),
  'alarm-high-resolution': memory({ Period: 10 }),
  'alarm-evaluation-range': memory({ Period: 3600, EvaluationPeriods: 169 }),
  'alarm-datapoints': memory({ DatapointsToAlarm: 6 }),
  'alarm-threshold-out-of-reach': { PageCpu: { Threshold: 100 } },
  'alarm-math-metrics': cpu(...Array.from({ length: 11 }, (_, index) => query(`m${index}`, 'Evictions', member('001')))),
  'alarm-math-search': { Cpu: { Metrics: formula('MAX(SEARCH(\'{AWS/ElastiCache,CacheClusterId} EngineCPUUtilization\', \'Maximum\'))') } },
  'alarm-math-return-data': cpu({ ...NODES[0], ReturnData: true }, NODES[1]),
  'alarm-math-periods': cpu(NODES[0], query('m2', 'EngineCPUUtilization', member('002'), { Period: 300 })),
  'alarm-name': memory({ AlarmName: '' }),
  'alarm-actions': memory({ OKActions: SIX }),
  ...faultsOfTopics('alarm-'),
  'composite-alarm-rule-length': any({ AlarmRule: `ALARM("${'a'.repeat(10240)}")` }),
  'composite-alarm-count': any({ AlarmRule: Array.from({ length: 101 }, (_, index) => `ALARM("a${index}")`).join(' OR ') }),
  'composite-alarm-name': any({ AlarmName: 'a'.repeat(256) }),
  'composite-alarm-actions': any({ AlarmActions: SIX }),
  ...faultsOfTopics('composite-alarm-'),
};
