/** What CloudWatch takes of alarms, and what they need to publish. */

/** CloudWatch API Reference, PutMetricAlarm and PutCompositeAlarm (AlarmName). */
export const ALARM_NAME_MAX_LENGTH = 255;

/** CloudWatch API Reference, PutMetricAlarm and PutCompositeAlarm (AlarmActions, OKActions, InsufficientDataActions). */
export const ACTIONS_PER_STATE = 5;

/** CloudWatch User Guide, "Limits" (alarm-limits): metrics of an alarm on a metric math expression. Not raisable. */
export const METRICS_PER_MATH_ALARM = 10;

/** CloudWatch API Reference, MetricStat (Period): besides multiples of a minute, for metrics of high resolution only; in seconds. */
export const HIGH_RESOLUTION_PERIODS: readonly number[] = [1, 5, 10, 20, 30];

/** ElastiCache User Guide, "Monitoring use with CloudWatch Metrics" (CacheMetrics): how often a node is measured; also the step of periods, in seconds. */
export const PERIOD_STEP = 60;

/** CloudWatch API Reference, PutMetricAlarm (Period): how far an alarm looks back at most, with periods shorter than an hour and with others; in seconds. */
export const EVALUATION_RANGE = { longPeriod: 3600, most: 86400, mostOfLongPeriods: 604800 } as const;

/** CloudWatch API Reference, PutCompositeAlarm (AlarmRule). */
export const ALARM_RULE_MAX_LENGTH = 10240;

/** CloudWatch API Reference, PutCompositeAlarm: alarms in one rule. */
export const ALARMS_PER_RULE = 100;

/** Who publishes for an alarm: AWS Knowledge Center, cloudwatch-receive-sns-for-alarm-trigger. */
export const CLOUDWATCH_PRINCIPAL = 'cloudwatch.amazonaws.com';

/** The key of AWS, whose policy admits no service: AWS Knowledge Center, cloudwatch-configure-alarm-sns. */
export const SNS_MANAGED_KEY = 'alias/aws/sns';

/** What publishing to a topic takes, and to one that is encrypted: SNS Developer Guide, "Key management" (sns-key-management). */
export const TOPIC_ACTION = 'sns:Publish';
export const TOPIC_KEY_ACTIONS = ['kms:GenerateDataKey', 'kms:Decrypt'] as const;
