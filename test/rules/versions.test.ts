import { isAtLeast, majorOf } from '../../src/rules/versions';

test.each([
  ['7.1', '7.1', true],
  ['7.1', '7.0', true],
  ['7.0', '7.1', false],
  ['10.0', '9.1', true],
  ['9.1', '10.0', false],
  ['5.0.6', '5.0.6', true],
  ['5.0.5', '5.0.6', false],
  ['5.0', '5.0.6', false],
  ['5.1', '5.0.6', true],
  ['7', '7.0', true],
  ['7.0', '7', true],
  ['8.0', '7.9', true],
  ['6.x', '6.2', undefined],
  ['7.1', 'x', undefined],
  ['', '7.1', undefined],
  ['v7.1', '7.0', undefined],
  ['7.1 ', '7.0', undefined],
])('"%s" is at least "%s": %s', (version, minimum, expected) => {
  expect(isAtLeast(version, minimum)).toBe(expected);
});

test.each([
  ['7.1', 7],
  ['10.0.1', 10],
  ['6.x', 6],
  ['7', 7],
  ['x.1', undefined],
  ['7x.1', undefined],
  ['v7.1', undefined],
  ['', undefined],
])('the major of "%s" is %s', (version, expected) => {
  expect(majorOf(version)).toBe(expected);
});
