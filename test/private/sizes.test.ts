import { Size, Stack, Token } from 'aws-cdk-lib';
import { bytesIn } from '../../src/private/sizes';

const store = new Stack(undefined, 'Store');
const later = Token.asNumber({ Ref: 'Size' });

test.each([
  ['bytes', Size.bytes(48), 48],
  ['a part of a byte', Size.bytes(48.5), 48.5],
  ['another unit', Size.mebibytes(1), 1048576],
  ['another unit that is no whole number of bytes', Size.kibibytes(1.3), 1331.2],
  ['bytes that only CloudFormation knows', Size.bytes(later), later],
])('%s', (_name, size, bytes) => expect(bytesIn(store, 'room', size)).toBe(bytes));

test('what only CloudFormation knows is not converted', () => {
  expect(() => bytesIn(store, 'room', Size.mebibytes(later))).toThrow(new Error(
    'Store has 1 fault:\n- `room` must be in bytes while only CloudFormation knows it, which cannot convert it (got a token in another unit). '
    + 'Write it as `Size.bytes()`. [cdk-data-tier::size-unit]'));
});
