import { Duration, Stack, Token } from 'aws-cdk-lib';
import { amountIn } from '../../src/private/durations';

const store = new Stack(undefined, 'Store');
const later = Token.asNumber({ Ref: 'Span' });

test.each([
  ['days', Duration.days(7), 7],
  ['days', Duration.hours(48), 2],
  ['days', Duration.hours(36), 1.5],
  ['days', Duration.days(later), later],
  ['seconds', Duration.minutes(30), 1800],
  ['seconds', Duration.millis(500), 0.5],
  ['seconds', Duration.seconds(later), later],
] as const)('%s of %s are %d', (unit, duration, amount) => expect(amountIn(store, 'span', unit, duration)).toBe(amount));

test('what only CloudFormation knows is not converted', () => {
  expect(() => amountIn(store, 'span', 'days', Duration.hours(later))).toThrow(new Error(
    'Store has 1 fault:\n- `span` must be in days while only CloudFormation knows it, which cannot convert it (got a token in hours). '
    + 'Write it as `Duration.days()`. [cdk-data-tier::duration-unit]'));
});
