import { among } from './alarms';
import { say, testRules } from './cases';
import { alarmActionRules } from '../../src/rules/alarm-actions';
import { Description, Properties, PropertyValue, rulesOf, Surroundings, TextPart, UNDECIDED, UNKNOWN } from '../../src/rules/rule';

const RULES = rulesOf('AWS::CloudWatch::Alarm', alarmActionRules({
  prefix: 'some-', create: 'Some page', concerns: ({ Namespace }) => Namespace !== 'Shop',
}));

const NAME = 'A name has 1 to 255 characters, control characters not among them: `AlarmName` (got %). Change `AlarmName`.';
const ACTIONS = 'An alarm takes 5 actions for each state: `AlarmActions`, `OKActions`, `InsufficientDataActions`. '
  + 'Let one topic of `AlarmActions` tell several subscribers.';
const MANAGED = 'An alarm cannot publish to a topic that is encrypted with alias/aws/sns, whose policy nobody can change: '
  + '`AlarmActions`, `OKActions`, `InsufficientDataActions`. '
  + 'Encrypt the topic of `AlarmActions` with a key of your own that admits cloudwatch.amazonaws.com, or not at all.';
const KEY = 'An alarm cannot publish to a topic whose key does not admit cloudwatch.amazonaws.com, for which no account stands: '
  + '`AlarmActions`, `OKActions`, `InsufficientDataActions`. '
  + 'Allow cloudwatch.amazonaws.com kms:Decrypt and kms:GenerateDataKey* in the policy of the key behind `AlarmActions`.';
const POLICY = 'A topic\'s own policy takes the place of the one that lets alarms of its account publish, and it does not admit cloudwatch.amazonaws.com: '
  + '`AlarmActions`, `OKActions`, `InsufficientDataActions`. Allow cloudwatch.amazonaws.com sns:Publish in the policy of the topic in `AlarmActions`.';

const TOLD: Properties = { AlarmActions: [UNKNOWN] };
const ELSEWHERE: Properties = { ...TOLD, Namespace: 'Shop' };
const states = ['AlarmActions', 'OKActions', 'InsufficientDataActions'];

/** A template in which a state of the alarm leads to these resources. */
const telling = (...told: Description[]) => tellingIn('AlarmActions', told);
const tellingIn = (state: string, told: Description[], ...others: Description[]): Surroundings =>
  ({ ...among(...others), behind: (path) => path === state ? told : [] });

const resource = (type: string, properties: Properties, references: { readonly [property: string]: Description[] } = {}): Description =>
  ({ type, properties, surroundings: { behind: (path) => references[path] ?? [] } });
const topic = (references: { readonly [property: string]: Description[] } = {}) => resource('AWS::SNS::Topic', {}, references);
const keyed = (...parts: TextPart[]): Description => ({ type: 'AWS::SNS::Topic', properties: {}, surroundings: { textAt: () => parts } });

const admitting = (Service: string, Action: PropertyValue): { Statement: { [key: string]: PropertyValue }[] } => ({ Statement: [{ Effect: 'Allow', Principal: { Service }, Action, Resource: '*' }] });
const ROOT = { Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::1:root' }, Action: 'kms:*' }] };
const key = (KeyPolicy: PropertyValue) => resource('AWS::KMS::Key', { KeyPolicy });
const alias = (of: Description) => resource('AWS::KMS::Alias', {}, { TargetKeyId: [of] });
const encrypted = (by: Description) => telling(topic({ KmsMasterKeyId: [by] }));

const OWN = topic();
const policy = (PolicyDocument: PropertyValue, of = OWN) => resource('AWS::SNS::TopicPolicy', { PolicyDocument }, { Topics: [topic(), of] });
const inline = (PolicyDocument: PropertyValue) => resource('AWS::SNS::TopicInlinePolicy', { PolicyDocument }, { TopicArn: [OWN] });
const EVENTS = admitting('events.amazonaws.com', 'sns:Publish');
const CLOUDWATCH = admitting('cloudwatch.amazonaws.com', 'SNS:Publish');
const withPolicies = (...policies: Description[]) => tellingIn('OKActions', [OWN], ...policies);

testRules(RULES, {
  'some-name': {
    severity: 'error',
    legal: [[{}], [{ AlarmName: 'a' }], [{ AlarmName: 'Speicher über 90 % – cache/1' }], [{ AlarmName: 'a'.repeat(255) }], [{ AlarmName: '', Namespace: 'Shop' }]],
    faults: [
      [say(NAME, '""'), { AlarmName: '' }],
      [say(NAME, `"${'a'.repeat(119)}…`), { AlarmName: 'a'.repeat(256) }],
      [say(NAME, '"a\\tb"'), { AlarmName: 'a\tb' }],
    ],
  },
  'some-actions': {
    severity: 'error',
    legal: [
      [{}],
      ...states.map((state): [Properties] => [{ [state]: ['a', 'b', 'c', 'd', 'e'] }]),
      [{ AlarmActions: UNDECIDED }],
      [{ AlarmActions: ['a', 'b', 'c', 'd', 'e', 'f'], Namespace: 'Shop' }],
    ],
    faults: states.map((state) => [ACTIONS, { [state]: ['a', 'b', 'c', 'd', 'e', UNKNOWN] }]),
  },
  'some-topic-managed-key': {
    severity: 'warning',
    indifferentTo: states,
    legal: [
      [TOLD],
      [TOLD, telling()],
      [TOLD, telling(keyed('alias/shop'))],
      [TOLD, telling(keyed('alias/aws/sns', UNKNOWN))],
      [TOLD, telling(keyed(UNKNOWN))],
      [TOLD, telling(topic())],
      [TOLD, telling({ ...keyed('alias/aws/sns'), type: 'AWS::SQS::Queue' })],
      [ELSEWHERE, telling(keyed('alias/aws/sns'))],
    ],
    faults: [
      ...states.map((state): [string, Properties, Surroundings] => [MANAGED, { [state]: [UNKNOWN] }, tellingIn(state, [keyed('alias/aws/sns')])]),
      [MANAGED, TOLD, telling(keyed('alias/shop'), keyed('arn:', UNKNOWN, ':kms:eu-west-1:1:alias/aws/sns'))],
      [MANAGED, TOLD, telling({ type: 'AWS::SNS::Topic', properties: { KmsMasterKeyId: 'alias/aws/sns' } })],
    ],
  },
  'some-topic-key-policy': {
    severity: 'warning',
    indifferentTo: ['AlarmActions'],
    legal: [
      [TOLD],
      [TOLD, telling(topic())],
      [TOLD, encrypted(key(admitting('cloudwatch.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey*'])))],
      [TOLD, encrypted(key(admitting('cloudwatch.amazonaws.com', 'kms:*')))],
      [TOLD, encrypted(key({ Statement: [...ROOT.Statement, ...admitting('cloudwatch.amazonaws.com', 'kms:*').Statement] }))],
      [TOLD, encrypted(key(UNKNOWN))],
      [TOLD, encrypted(alias(key(UNKNOWN)))],
      [TOLD, encrypted(resource('AWS::KMS::Alias', {}))],
      [ELSEWHERE, encrypted(key(ROOT))],
    ],
    faults: [
      [KEY, TOLD, encrypted(key(ROOT))],
      [KEY, TOLD, encrypted(key(undefined))],
      [KEY, TOLD, encrypted(key(admitting('cloudwatch.amazonaws.com', 'kms:Decrypt')))],
      [KEY, TOLD, encrypted(key(admitting('cloudwatch.amazonaws.com', 'kms:GenerateDataKey*')))],
      [KEY, TOLD, encrypted(key(admitting('sns.amazonaws.com', 'kms:*')))],
      [KEY, TOLD, encrypted(alias(key(ROOT)))],
      [KEY, TOLD, telling(topic(), topic({ KmsMasterKeyId: [key(ROOT)] }))],
    ],
  },
  'some-topic-policy': {
    severity: 'warning',
    indifferentTo: ['OKActions'],
    legal: [
      [TOLD, withPolicies()],
      [TOLD, { ...withPolicies(), all: undefined }],
      [TOLD, withPolicies(policy(CLOUDWATCH))],
      [TOLD, withPolicies(policy(EVENTS), policy(CLOUDWATCH))],
      [TOLD, withPolicies(policy(EVENTS), inline(CLOUDWATCH))],
      [TOLD, withPolicies(policy(EVENTS, topic()))],
      [TOLD, withPolicies(policy(UNKNOWN))],
      [TOLD, withPolicies(policy({ Statement: [{ ...ROOT.Statement[0], Action: 'sns:Publish' }] }))],
      [ELSEWHERE, withPolicies(policy(EVENTS))],
    ],
    faults: [
      [POLICY, { OKActions: [UNKNOWN] }, withPolicies(policy(EVENTS))],
      [POLICY, { OKActions: [UNKNOWN] }, withPolicies(inline(EVENTS))],
      [POLICY, { OKActions: [UNKNOWN] }, withPolicies(policy({ Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sns:Publish' }] }))],
    ],
  },
});
