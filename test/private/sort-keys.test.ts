import { sortKeys } from '../../src/private/sort-keys';

test('keys are in the order of their characters, with their values', () => {
  expect(Object.entries(sortKeys({ 'b': 1, 'a-b': 2, 'a': 3, 'B': 4 }))).toEqual([['B', 4], ['a', 3], ['a-b', 2], ['b', 1]]);
  expect(sortKeys({})).toEqual({});
});
