import { PropertyValue, UNDECIDED, UNKNOWN } from '../../src/rules/rule';
import {
  areDistinct, asList, asNumber, asText, asWord, column, isAbsent, isFalse, isGiven, isOneOf, isTrue, isWhole, knownTexts, mayBeGiven,
} from '../../src/rules/values';

/** Keeps the type of UNKNOWN, which a plain list would widen. */
const values = (...list: PropertyValue[]) => list;

test('absent and given', () => {
  expect(values(undefined, null, false, 0, '', UNKNOWN, []).map(isAbsent)).toEqual([true, true, false, false, false, false, false]);
  expect(values(undefined, null, [], false, 0, '', UNKNOWN, ['a'], {}).map(isGiven)).toEqual([false, false, false, true, true, true, true, true, true]);
  expect(values(undefined, null, [], false, UNKNOWN, UNDECIDED).map(mayBeGiven)).toEqual([false, false, false, true, true, true]);
  expect([isGiven(UNDECIDED), isAbsent(UNDECIDED)]).toEqual([false, false]);
});

test('text, words and numbers', () => {
  expect(values('Ab', 7, true, UNKNOWN, undefined, ['a']).map(asText)).toEqual(['Ab', '7', undefined, undefined, undefined, undefined]);
  expect(values('Ab', 7, true).map(asWord)).toEqual(['ab', '7', undefined]);
  expect(values('2', ' 2 ', 2.5, '-1', '', ' ', 'two', true, null).map(asNumber)).toEqual([2, 2, 2.5, -1, undefined, undefined, undefined, undefined, undefined]);
});

test('switches', () => {
  expect(values(true, 'true', 'True', false, 'false', 1, undefined).map(isTrue)).toEqual([true, true, true, false, false, false, false]);
  expect(values(false, 'false', 'False', true, 'true', 0, undefined).map(isFalse)).toEqual([true, true, true, false, false, false, false]);
});

test('whole numbers within bounds', () => {
  expect(values(0, 1, 3, 4, '2', 1.5, 'x', undefined).map((value) => isWhole(value, 1, 3))).toEqual([false, true, true, false, true, false, false, false]);
  expect(isWhole(1e12, 1)).toBe(true);
});

test('one of some words', () => {
  expect(values(undefined, null, 'a', 'A', 'c', '', 1, {}).map((value) => isOneOf(value, ['a', 'b']))).toEqual([true, true, true, true, false, false, false, false]);
});

test('lists', () => {
  expect(values(['a'], 'a', undefined, UNKNOWN).map(asList)).toEqual([['a'], [], [], []]);
  expect(knownTexts(['a', UNKNOWN, 1, { b: 'c' }, 'd'])).toEqual(['a', '1', 'd']);
  expect([[], ['a', 'b'], ['a', 'b', 'a']].map(areDistinct)).toEqual([true, true, false]);
});

test('columns of a list', () => {
  expect(column([{ a: { b: 1 } }, { a: UNKNOWN }, UNKNOWN, {}, 'x'], 'a.b')).toEqual([1, UNKNOWN, UNKNOWN, undefined, undefined]);
  expect([column(UNKNOWN, 'a'), column(undefined, 'a')]).toEqual([[], []]);
});
