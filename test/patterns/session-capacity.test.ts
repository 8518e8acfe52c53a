import { Size, Token } from 'aws-cdk-lib';
import { SessionCapacity } from '../../src';

const typeFor = (concurrentSessions: number, averageSize?: Size) => SessionCapacity.of({ concurrentSessions, averageSize }).nodeType.name;

/**
 * Sessions that fit at most, by hand: memory in GiB × 2^30 × 0.75 usable × 0.60 filled ÷ (size + 200), rounded down.
 * For example 1.37 × 1 073 741 824 × 0.45 ÷ 2248 = 294 467.
 */
test.each([
  [294_467, 'cache.t4g.small', 'cache.t4g.medium'], // 1.37 GiB
  [664_162, 'cache.t4g.medium', 'cache.m7g.large'], // 3.09 GiB
  [1_371_313, 'cache.m7g.large', 'cache.r7g.large'], // 6.38 GiB
  [2_809_258, 'cache.r7g.large', 'cache.r7g.xlarge'], // 13.07 GiB
])('%i sessions of 2 KiB fit a %s, and one more needs a %s', (sessions, type, next) => {
  expect(typeFor(sessions)).toBe(type);
  expect(typeFor(sessions + 1)).toBe(next);
});

test('the size counts', () => {
  expect(typeFor(63_406, Size.kibibytes(10))).toBe('cache.t4g.small'); // 661 961 834 ÷ 10 440
  expect(typeFor(63_407, Size.kibibytes(10))).toBe('cache.t4g.medium');
  expect(typeFor(3_309_809, Size.bytes(0))).toBe('cache.t4g.small'); // 661 961 834 ÷ 200
  expect(typeFor(1)).toBe('cache.t4g.small');
});

test('the ladder climbs through r7g', () => {
  const sizes = [52.82, 105.81, 209.55, 317.77, 419.09].map(memoryGiB => Math.floor(memoryGiB * 2 ** 30 * 0.45 / 2248));
  expect(sizes.map(sessions => typeFor(sessions - 1))).toEqual(['2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge'].map(size => `cache.r7g.${size}`));
});

test.each([
  [Size.bytes(800), 1_000_000],
  [Size.kibibytes(1.3), 1_531_200],
])('the bytes are told', (averageSize, bytes) => expect(SessionCapacity.of({ concurrentSessions: 1000, averageSize }).bytes).toBe(bytes));

test('more than the largest node holds names cluster mode', () => {
  expect(typeFor(90_078_962)).toBe('cache.r7g.16xlarge'); // 419.09 GiB
  expect(() => typeFor(90_078_963)).toThrow(new Error(
    'SessionCapacity.of: `concurrentSessions` of this size need 420 GiB (got 90078963), and a single node has at most 419.09 GiB (cache.r7g.16xlarge). '
    + 'Store less in a session, or spread the sessions over the shards of a cluster in cluster mode enabled.'));
});

test.each([[0, '0'], [-1, '-1'], [1.5, '1.5'], [Number.NaN, 'NaN'], [Number.POSITIVE_INFINITY, 'Infinity'], [Token.asNumber({ Ref: 'Sessions' }), 'a token']])(
  '%p sessions are refused', (sessions, got) => {
    expect(() => typeFor(sessions)).toThrow(new Error(`SessionCapacity.of: \`concurrentSessions\` must be a whole number from 1, known at synthesis (got ${got}). `
      + 'Give the largest number of sessions that live at the same time.'));
  });

test('a size that only CloudFormation knows is refused', () => {
  expect(() => typeFor(1, Size.bytes(Token.asNumber({ Ref: 'Bytes' })))).toThrow(new Error(
    'SessionCapacity.of: `averageSize` must be known at synthesis (got a token). Give the average size of a stored session.'));
});
