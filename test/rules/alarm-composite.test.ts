import { ref, written } from './alarms';
import { say, testRules, textsOf } from './cases';
import { compositeAlarmRules } from '../../src/rules/alarm-composite';
import { Description, Surroundings, TextPart, UNKNOWN } from '../../src/rules/rule';

const LENGTH = 'A rule has at most 10240 characters: `AlarmRule`. Found: % characters or more. Join some alarms of `AlarmRule` by composite alarms of their own.';
const COUNT = 'A rule names at most 100 alarms: `AlarmRule`. Found: % alarms. Join some alarms of `AlarmRule` by composite alarms of their own.';

const alarm = (AlarmName?: string, type = 'Alarm'): Description => ({ type: `AWS::CloudWatch::${type}`, properties: { AlarmName } });
const alarms = (count: number): Description[] => Array.from({ length: count }, () => alarm());
const rule = (...AlarmRule: TextPart[]) => written({ AlarmRule });
const named = (count: number, write: (index: number) => string) => Array.from({ length: count }, (_, index) => write(index)).join(' OR ');
const ofAlarms = (list: readonly Description[]): Surroundings => rule(...list.flatMap((it): TextPart[] => ['ALARM("', ref(it, 'Arn'), '") OR ']), 'FALSE');

const [LENGTH_RULE, COUNT_RULE, ...ACTION_RULES] = compositeAlarmRules;

testRules([LENGTH_RULE, COUNT_RULE], {
  'composite-alarm-rule-length': {
    severity: 'error',
    legal: [
      [{}],
      [{}, rule('x'.repeat(10240))],
      [{}, rule('x'.repeat(10239), UNKNOWN)],
      [{}, rule('x'.repeat(10239), ref(alarm(), 'Arn'))],
      [{}, rule('x'.repeat(10235), ref(alarm('shop!')))],
    ],
    faults: [
      [say(LENGTH, '10241'), {}, rule('x'.repeat(10241))],
      [say(LENGTH, '10241'), {}, rule('x'.repeat(10000), UNKNOWN, 'x'.repeat(240))],
      [say(LENGTH, '10241'), {}, rule('x'.repeat(10236), ref(alarm('shop!')))],
    ],
  },
  'composite-alarm-count': {
    severity: 'warning',
    legal: [
      [{}],
      [{}, rule(named(100, (index) => `ALARM("a${index}")`))],
      [{}, rule(named(101, () => 'ALARM(a)'))],
      [{}, rule(named(101, (index) => `NALARM("a${index}")`))],
      [{}, ofAlarms(alarms(100))],
      [{}, ofAlarms([...alarms(99), alarm('a'), alarm('a')])],
      [{}, rule(...alarms(101).flatMap((): TextPart[] => ['ALARM("', UNKNOWN, '") OR ']))],
      [{}, rule(...alarms(101).map((): TextPart => ref({ type: 'AWS::SNS::Topic', properties: {} })))],
      [{}, rule(named(100, (index) => `ALARM("a${index}")`), ' AND NOT ALARM("', ref(alarm('a7')), '")')],
      [{}, rule(named(100, (index) => `ALARM("a${index}")`), ' AND OK("arn:aws:cloudwatch:eu-west-1:1:alarm:a7")')],
    ],
    faults: [
      [say(COUNT, '101'), {}, rule(named(101, (index) => `ALARM("a ${index}")`))],
      [say(COUNT, '101'), {}, rule(named(101, (index) => `INSUFFICIENT_DATA (a${index} )`))],
      [say(COUNT, '102'), {}, rule(named(101, (index) => `ALARM(a${index})`), ' AND NOT OK("', ref(alarm(), 'Arn'), '")')],
      [say(COUNT, '101'), {}, ofAlarms(alarms(101))],
      [say(COUNT, '101'), {}, ofAlarms([...alarms(99), alarm('a', 'CompositeAlarm'), alarm('b')])],
    ],
  },
});

test('a composite alarm is asked what every alarm is', () => {
  expect(ACTION_RULES.map(({ id, type }) => [id, type])).toEqual(
    ['name', 'actions', 'topic-managed-key', 'topic-key-policy', 'topic-policy'].map((id) => [`composite-alarm-${id}`, 'AWS::CloudWatch::CompositeAlarm']),
  );
  expect(textsOf(ACTION_RULES[0], { AlarmName: '' })).toHaveLength(1);
});
