import { Arn, Duration } from 'aws-cdk-lib';
import { CfnAlarm, CfnAlarmProps } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { Alias, Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { TemplateMistake } from './mistake';
import { newGroup, newPool } from './with-templates';
import { World } from '../programs/world';

type AlarmProps = Partial<CfnAlarmProps>;

/** An alarm written by hand on the first node of a group; without faults unless props say otherwise. */
export const newAlarm = ({ data }: World, group: CfnReplicationGroup, props: AlarmProps = {}) => new CfnAlarm(data, 'Alarm', {
  namespace: 'AWS/ElastiCache',
  metricName: 'EngineCPUUtilization',
  dimensions: [{ name: 'CacheClusterId', value: `${group.ref}-001` }],
  statistic: 'Average',
  period: 60,
  evaluationPeriods: 5,
  threshold: 90,
  comparisonOperator: 'GreaterThanThreshold',
  ...props,
});

type Given = AlarmProps | ((group: CfnReplicationGroup, world: World) => AlarmProps);

const alarm = (name: string, validation: string, props: Given): TemplateMistake => ({
  name,
  validation,
  resources: world => {
    const group = newGroup(world, { clusterMode: 'disabled' });
    newAlarm(world, group, typeof props === 'function' ? props(group, world) : props);
  },
});
const of = (value: string, ...more: { readonly name: string; readonly value: string }[]): AlarmProps =>
  ({ dimensions: [{ name: 'CacheClusterId', value }, ...more] });

/** An alarm on a formula in place of a metric. */
const math = (metrics: CfnAlarm.MetricDataQueryProperty[]): AlarmProps =>
  ({ namespace: undefined, metricName: undefined, dimensions: undefined, statistic: undefined, period: undefined, metrics });
const evictionsOf = (group: CfnReplicationGroup, node: number, period = 60): CfnAlarm.MetricDataQueryProperty => ({
  id: `m${node}`,
  returnData: false,
  metricStat: {
    metric: {
      namespace: 'AWS/ElastiCache',
      metricName: 'Evictions',
      dimensions: [{ name: 'CacheClusterId', value: `${group.ref}-001` }, { name: 'CacheNodeId', value: '0001' }],
    },
    stat: 'Sum',
    period,
  },
});
const SUM = { id: 'sum', expression: 'SUM(METRICS())' };

const tells = (topic: Topic): AlarmProps => ({ alarmActions: [topic.topicArn] });

/** Mistakes in alarms that are written by hand. */
export const ALARM_MISTAKES: readonly TemplateMistake[] = [
  alarm('an alarm by the id of the group, under which there is no such metric', 'alarm-dimensions', group => ({
    metricName: 'CPUUtilization', dimensions: [{ name: 'ReplicationGroupId', value: group.ref }],
  })),
  alarm('an alarm on the id of a group as if it were a node', 'alarm-replication-group-id', group => of(group.ref)),
  alarm('an alarm on a node beyond the last', 'alarm-member', group => of(`${group.ref}-003`)),
  alarm('an alarm on a node as those of Memcached are counted', 'alarm-member-node-id', group => of(`${group.ref}-001`, { name: 'CacheNodeId', value: '0002' })),
  alarm('an alarm on a metric of the other engine', 'alarm-metric-engine', { metricName: 'CmdGet' }),
  {
    name: 'an alarm on a node of Memcached that there is not',
    validation: 'alarm-memcached-node',
    resources: world => {
      const pool = newPool(world);
      new CfnAlarm(world.data, 'Alarm', {
        namespace: 'AWS/ElastiCache',
        metricName: 'Evictions',
        dimensions: [{ name: 'CacheClusterId', value: pool.ref }, { name: 'CacheNodeId', value: '0003' }],
        statistic: 'Sum',
        period: 60,
        evaluationPeriods: 5,
        threshold: 100,
        comparisonOperator: 'GreaterThanThreshold',
      });
    },
  },
  alarm('a unit that the metric is not published in', 'alarm-unit', { unit: 'Count' }),
  alarm('a period of half a minute', 'alarm-high-resolution', { period: 30 }),
  alarm('a period of a minute and a half', 'alarm-period', { period: 90 }),
  alarm('an alarm that looks back for two days', 'alarm-evaluation-range', { period: 300, evaluationPeriods: 576 }),
  alarm('more data points than are looked at', 'alarm-datapoints', { datapointsToAlarm: 6 }),
  alarm('a percentage above 100', 'alarm-threshold-out-of-reach', { threshold: 100 }),
  alarm('a formula of eleven metrics', 'alarm-math-metrics', group =>
    math([SUM, ...Array.from({ length: 11 }, (_, node) => evictionsOf(group, node + 1))])),
  alarm('a SEARCH for the nodes', 'alarm-math-search', math([
    { id: 'all', expression: "SUM(SEARCH('{AWS/ElastiCache,CacheClusterId} MetricName=\"Evictions\"', 'Sum', 60))" },
  ])),
  alarm('a formula beside metrics that return their data', 'alarm-math-return-data', group =>
    math([SUM, { ...evictionsOf(group, 1), returnData: undefined }])),
  alarm('a formula of metrics by the minute and by the hour', 'alarm-math-periods', group =>
    math([SUM, evictionsOf(group, 1), evictionsOf(group, 2, Duration.hours(1).toSeconds())])),
  alarm('a topic whose key does not admit CloudWatch', 'alarm-topic-key-policy', (_group, { data }) =>
    tells(new Topic(data, 'Topic', { masterKey: new Key(data, 'TopicKey') }))),
  alarm('a topic with the key of SNS, whose policy nobody can change', 'alarm-topic-managed-key', (_group, { data }) =>
    tells(new Topic(data, 'Topic', { masterKey: Alias.fromAliasName(data, 'TopicKey', 'alias/aws/sns') }))),
  alarm('six actions', 'alarm-actions', (_group, { data }) => ({
    alarmActions: Array.from({ length: 6 }, (_, topic) => Arn.format({ service: 'sns', resource: `topic${topic}` }, data)),
  })),
];
