import * as alarms from '../../src/facts/cloudwatch-alarms';

test('the words and figures of the pages', () => {
  expect({ ...alarms }).toEqual({
    ALARM_NAME_MAX_LENGTH: 255,
    ACTIONS_PER_STATE: 5,
    METRICS_PER_MATH_ALARM: 10,
    HIGH_RESOLUTION_PERIODS: [1, 5, 10, 20, 30],
    PERIOD_STEP: 60,
    EVALUATION_RANGE: { longPeriod: 3600, most: 86400, mostOfLongPeriods: 604800 },
    ALARM_RULE_MAX_LENGTH: 10240,
    ALARMS_PER_RULE: 100,
    CLOUDWATCH_PRINCIPAL: 'cloudwatch.amazonaws.com',
    SNS_MANAGED_KEY: 'alias/aws/sns',
    TOPIC_ACTION: 'sns:Publish',
    TOPIC_KEY_ACTIONS: ['kms:GenerateDataKey', 'kms:Decrypt'],
  });
});
