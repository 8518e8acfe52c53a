import { parametersOf } from '../../src/facts/engine-parameters';

test('the words that tables are written in', () => {
  const { table, engine, fixed } = parametersOf<'old' | 'new'>();
  expect(table('a', { words: ['x'] })).toEqual({ name: 'a', allowed: { words: ['x'] }, documented: true });
  expect(engine('b', { min: 1 }, { since: 'new' })).toEqual({ name: 'b', allowed: { min: 1 }, documented: false, since: 'new' });
  expect(fixed('c')).toEqual({ name: 'c', allowed: 'fixed', documented: true });
});
