import { alarmActionRules } from './alarm-actions';
import { ALARM, COMPOSITE_ALARM } from './resource-types';
import { Description, rulesOf, Surroundings, TextPart } from './rule';
import { asText } from './values';
import { ALARM_RULE_MAX_LENGTH, ALARMS_PER_RULE } from '../facts/cloudwatch-alarms';

const CREATE = 'CloudWatch API Reference, PutCompositeAlarm';

/** ALARM("name") and its like, with or without quotes. */
const NAMED = /\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]+)"|([^\s"()]+))\s*\)/g;

function ruleOf({ textAt }: Surroundings): TextPart[] {
  return textAt?.('AlarmRule') ?? [];
}

/** The alarms that a piece of a rule names: by their names where these are known, which may be in an ARN. */
function alarmsIn(part: TextPart): (string | Description)[] {
  if (typeof part === 'string') {
    return Array.from(part.matchAll(NAMED), ([, quoted, bare]) => (quoted ?? bare).replace(/^arn:.*:alarm:/, ''));
  }
  return typeof part === 'symbol' || ![ALARM, COMPOSITE_ALARM].includes(part.to.type) ? [] : [asText(part.to.properties.AlarmName) ?? part.to];
}

/** How many alarms the rule names at least: those that only CloudFormation will know may be the same. */
function alarmCount(around: Surroundings): number {
  return new Set(ruleOf(around).flatMap(alarmsIn)).size;
}

/** How long the rule is at least: an ARN is longer than the name in it. */
function ruleLength(around: Surroundings): number {
  const lengths = ruleOf(around).map((part) => {
    const [text] = typeof part === 'string' ? [part] : alarmsIn(part);
    return typeof text === 'string' ? text.length : 1;
  });
  return lengths.reduce((sum, length) => sum + length, 0);
}

/** Alarms that watch other alarms: `AWS::CloudWatch::CompositeAlarm`. */
export const compositeAlarmRules = rulesOf(COMPOSITE_ALARM, [
  {
    id: 'composite-alarm-rule-length',
    severity: 'error',
    source: `${CREATE} (AlarmRule)`,
    reads: [],
    text: `A rule has at most ${ALARM_RULE_MAX_LENGTH} characters: {AlarmRule:name}.`,
    remedy: 'Join some alarms of {AlarmRule} by composite alarms of their own.',
    holds: (_p, around) => ruleLength(around) <= ALARM_RULE_MAX_LENGTH,
    found: (_p, around) => [`${ruleLength(around)} characters or more`],
  },
  {
    id: 'composite-alarm-count',
    severity: 'warning',
    source: CREATE,
    reads: [],
    text: `A rule names at most ${ALARMS_PER_RULE} alarms: {AlarmRule:name}.`,
    remedy: 'Join some alarms of {AlarmRule} by composite alarms of their own.',
    holds: (_p, around) => alarmCount(around) <= ALARMS_PER_RULE,
    found: (_p, around) => [`${alarmCount(around)} alarms`],
  },
  ...alarmActionRules({ prefix: 'composite-alarm-', create: CREATE, concerns: () => true }),
]);
