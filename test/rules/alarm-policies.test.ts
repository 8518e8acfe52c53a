import { mayTake } from '../../src/rules/alarm-policies';
import { PropertyValue, UNKNOWN } from '../../src/rules/rule';

const SERVICE = 'cloudwatch.amazonaws.com';
const takes = (document: PropertyValue, accountsMayServe = false, action = 'sns:Publish') => mayTake(action, SERVICE, document, { accountsMayServe });
const allowing = (statement: { [key: string]: PropertyValue }) => ({ Statement: [{ Effect: 'Allow', Action: 'sns:Publish', ...statement }] });
const to = (Service: PropertyValue) => allowing({ Principal: { Service } });

test.each<[string, PropertyValue]>([
  ['the service', to(SERVICE)],
  ['the service among others', to(['events.amazonaws.com', SERVICE])],
  ['a statement that is not in a list', { Statement: to(SERVICE).Statement[0] }],
  ['one statement of several', { Statement: [...to('events.amazonaws.com').Statement, ...to(SERVICE).Statement] }],
  ['everybody', allowing({ Principal: '*' })],
  ['every account', allowing({ Principal: { AWS: '*' } })],
  ['every account in a list', allowing({ Principal: { AWS: ['arn:aws:iam::1:root', '*'] } })],
  ['all but somebody', allowing({ NotPrincipal: { AWS: 'arn:aws:iam::1:root' } })],
  ['every action', { Statement: [{ Effect: 'Allow', Principal: { Service: SERVICE }, Action: '*' }] }],
  ['all but one action', { Statement: [{ Effect: 'Allow', Principal: { Service: SERVICE }, NotAction: 'sns:Subscribe' }] }],
  ['what is not known', UNKNOWN],
  ['statements that are not known', { Statement: UNKNOWN }],
  ['a statement that is not known', { Statement: [UNKNOWN] }],
  ['a principal that is not known', allowing({ Principal: UNKNOWN })],
  ['a service that is not known', to(UNKNOWN)],
  ['one of the services is not known', to(['events.amazonaws.com', UNKNOWN])],
  ['an action that is not known', { Statement: [{ Effect: 'Allow', Principal: { Service: SERVICE }, Action: ['sns:Subscribe', UNKNOWN] }] }],
  ['an effect that is not known', { Statement: [{ Effect: UNKNOWN, Principal: { Service: SERVICE }, Action: 'sns:Publish' }] }],
  ['text', '{}'],
])('may be let in: %s', (_name, document) => expect(takes(document)).toBe(true));

test.each<[string, PropertyValue]>([
  ['another service', to('events.amazonaws.com')],
  ['other services', to(['events.amazonaws.com', 's3.amazonaws.com'])],
  ['an account', allowing({ Principal: { AWS: 'arn:aws:iam::1:root' } })],
  ['an account that is not known', allowing({ Principal: { AWS: UNKNOWN } })],
  ['a denial', { Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sns:Publish' }] }],
  ['another action', { Statement: [{ Effect: 'Allow', Principal: { Service: SERVICE }, Action: 'sns:Subscribe' }] }],
  ['no statement', { Statement: [] }],
  ['nothing', undefined],
])('is not let in: %s', (_name, document) => expect(takes(document)).toBe(false));

test('an account may stand for the service where the reader says so', () => {
  expect(takes(allowing({ Principal: { AWS: 'arn:aws:iam::1:root' } }), true)).toBe(true);
  expect(takes(to('events.amazonaws.com'), true)).toBe(false);
});

test.each<[string, boolean]>([
  ['kms:GenerateDataKey', true], ['kms:generatedatakey', true], ['kms:GenerateDataKey*', true], ['kms:*', true], ['*', true], ['kms:Generate???aKey', true],
  ['kms:Decrypt', false], ['kms:GenerateData', false], ['xkms:GenerateDataKey', false], ['kms:GenerateDataKeyPair', false], ['kms.GenerateDataKey', false],
  ['kms:Generate??aKey', false], ['', false],
])('the pattern %s covers the action: %s', (Action, expected) => {
  const document = { Statement: [{ Effect: 'Allow', Principal: { Service: SERVICE }, Action }] };
  expect(takes(document, false, 'kms:GenerateDataKey')).toBe(expected);
});
