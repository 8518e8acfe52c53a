import { alarmActionRules } from './alarm-actions';
import { alarmDimensionRules } from './alarm-dimensions';
import { alarmEvaluationRules } from './alarm-evaluation';
import { alarmFormulaRules } from './alarm-formula';
import { watchesCache } from './alarm-metrics';
import { ALARM } from './resource-types';
import { Rule, rulesOf } from './rule';

/** What keeps an alarm on metrics of ElastiCache from ever going off, or from telling anybody: `AWS::CloudWatch::Alarm`. */
export const alarmRules: readonly Rule[] = [
  ...alarmDimensionRules,
  ...alarmEvaluationRules,
  ...alarmFormulaRules,
  ...rulesOf(ALARM, alarmActionRules({ prefix: 'alarm-', create: 'CloudWatch API Reference, PutMetricAlarm', concerns: watchesCache })),
];
