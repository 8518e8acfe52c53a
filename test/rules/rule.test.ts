import {
  findFaults, known, Properties, propertiesIn, PropertyNames, PropertyValue, Rule, rulesOf, statementOf, UNDECIDED, UNKNOWN, valueAt,
} from '../../src/rules/rule';

const TYPE = 'AWS::Test::Thing';

/** A rule that always speaks, unless a test says otherwise. */
const rule = (own: Partial<Rule>): Rule => ({
  id: 'thing',
  type: TYPE,
  severity: 'error',
  source: 'A page',
  reads: [],
  text: 'Too much: {Count}.',
  remedy: 'Lower {Count}.',
  holds: () => false,
  ...own,
});

const texts = (own: Partial<Rule>, properties: Properties, names?: PropertyNames) =>
  findFaults([rule(own)], { type: TYPE, properties }, {}, names).map((fault) => fault.text);

describe('findFaults', () => {
  test('reports the rules that do not hold, in their order', () => {
    const rules = [rule({ id: 'a' }), rule({ id: 'b', holds: () => true }), rule({ id: 'c', severity: 'warning' })];
    const words = { problem: 'Too much: `Count` (got 3).', remedy: 'Lower `Count`.', text: 'Too much: `Count` (got 3). Lower `Count`.' };
    expect(findFaults(rules, { type: TYPE, properties: { Count: 3 } }, {})).toEqual([{ rule: rules[0], ...words }, { rule: rules[2], ...words }]);
  });

  test('leaves out rules of another type', () => {
    expect(findFaults([rule({})], { type: 'AWS::Test::Other', properties: {} }, {})).toEqual([]);
  });

  test('hands properties and surroundings to the rule', () => {
    const holds = jest.fn(() => true);
    const around = { maxZones: 2 };
    findFaults([rule({ holds })], { type: TYPE, properties: { Count: 3 } }, around);
    expect(holds).toHaveBeenCalledWith({ Count: 3 }, around);
  });

  test.each<[string, string[], Properties]>([
    ['a property', ['Count'], { Count: UNKNOWN }],
    ['a property that a condition may leave out', ['Count'], { Count: UNDECIDED }],
    ['a list that a condition may empty', ['Items[]'], { Items: UNDECIDED }],
    ['an element', ['Items'], { Items: ['a', UNKNOWN] }],
    ['a part deep inside', ['Items'], { Items: [{ Deep: { Er: UNKNOWN } }] }],
    ['a path', ['Outer.Inner'], { Outer: { Inner: UNKNOWN } }],
    ['the beginning of a path', ['Outer.Inner'], { Outer: UNKNOWN }],
    ['a whole list whose length is asked', ['Items[]'], { Items: UNKNOWN }],
    ['one of several', ['Count', 'Items'], { Count: 1, Items: UNKNOWN }],
  ])('skips a rule that reads %s that is unknown', (_what, reads, properties) => {
    expect(texts({ reads }, properties)).toEqual([]);
  });

  test.each<[string, string[], Properties]>([
    ['an absent property', ['Count'], {}],
    ['null', ['Count'], { Count: null }],
    ['an absent path', ['Outer.Inner'], { Outer: 'text' }],
    ['the length of a list of unknown elements', ['Items[]'], { Items: [UNKNOWN] }],
    ['something beside the unknown', ['Count'], { Count: [{ Deep: 1 }], Other: UNKNOWN }],
  ])('asks a rule that reads %s', (_what, reads, properties) => {
    expect(texts({ reads }, properties)).toHaveLength(1);
  });
});

describe('a text', () => {
  const text = 'Text';
  const remedy = 'Remedy {Count}, {Count:name}.';

  test.each<[string, PropertyNames | undefined, Properties, string]>([
    ['{Count}', undefined, { Count: 3 }, '`Count` (got 3)'],
    ['{Count}', undefined, { Count: 'three' }, '`Count` (got "three")'],
    ['{Count}', undefined, { Count: false }, '`Count` (got false)'],
    ['{Count}', undefined, {}, '`Count` (not set)'],
    ['{Count}', undefined, { Count: null }, '`Count` (not set)'],
    ['{Count}', undefined, { Count: UNKNOWN }, '`Count` (got "(known after deployment)")'],
    ['{Count}', undefined, { Count: UNDECIDED }, '`Count` (got "(known after deployment)")'],
    ['{Count}', undefined, { Count: [1, UNKNOWN] }, '`Count` (got [1,"(known after deployment)"])'],
    ['{Count:name}', undefined, { Count: 3 }, '`Count`'],
    ['{Outer.in-ner}', undefined, { Outer: { 'in-ner': 'x' } }, '`Outer.in-ner` (got "x")'],
    ['{Outer.in-ner}', { Outer: 'outer' }, { Outer: { 'in-ner': 'x' } }, '`outer.in-ner` (got "x")'],
    ['{Outer.in-ner}', { 'Outer': 'outer', 'Outer.in-ner': 'inner' }, { Outer: { 'in-ner': 'x' } }, '`inner` (got "x")'],
    ['{Count}', { Count: 'count' }, { Count: 3 }, '`count` (got 3)'],
    ['{Count}', { Count: { name: 'replicas', show: (n) => Number(n) - 1 } }, { Count: 7 }, '`replicas` (got 6)'],
    ['{Count}', { Count: { name: 'replicas', show: (n) => Number(n) - 1 } }, {}, '`replicas` (not set)'],
    ['{Count}', { Count: { name: 'replicas' } }, { Count: 7 }, '`replicas` (got 7)'],
    ['{Count}', { Count: { name: 'replicas', show: () => undefined } }, { Count: 7 }, '`replicas` (got undefined)'],
    ['{Count.deep}', { Count: { name: 'c', show: () => 0 } }, { Count: { deep: 1 } }, '`c.deep` (got 1)'],
    ['{Count} {Count}', undefined, { Count: 1 }, '`Count` (got 1) `Count` (got 1)'],
    ['{Count}', undefined, { Count: '$&' }, '`Count` (got "$&")'],
    ['{Count}', undefined, { Count: 'x'.repeat(118) }, `\`Count\` (got "${'x'.repeat(118)}")`],
    ['{Count}', undefined, { Count: 'x'.repeat(119) }, `\`Count\` (got "${'x'.repeat(119)}…)`],
    ['no {placeholder here', undefined, {}, 'no {placeholder here'],
  ])('%s with names %j', (template, names, properties, expected) => {
    expect(texts({ text: template, remedy: text }, properties, names)).toEqual([`${expected} Text`]);
  });

  test('never shows values in the remedy', () => {
    expect(texts({ text, remedy }, { Count: 3 })).toEqual(['Text Remedy `Count`, `Count`.']);
    expect(texts({ text, remedy }, { Count: 3 }, { Count: { name: 'n', show: () => 9 } })).toEqual(['Text Remedy `n`, `n`.']);
  });
});

describe('known', () => {
  test.each([
    ['text', 'text'],
    [0, 0],
    [false, false],
    [null, null],
    [undefined, undefined],
    [{ Ref: 'Thing' }, UNKNOWN],
    [{ 'Fn::GetAtt': ['Thing', 'Arn'] }, UNKNOWN],
    [{ 'Fn::ForEach::Loop': [], 'a': 1 }, UNKNOWN],
    [{ Condition: 'IsProd' }, UNKNOWN],
    ['{{resolve:secretsmanager:arn:SecretString:password}}', UNKNOWN],
    ['a{{resolve:ssm:/name}}b', UNKNOWN],
    [UNKNOWN, UNKNOWN],
    [UNDECIDED, UNDECIDED],
    [{ Ref: 'AWS::NoValue' }, undefined],
    [{ Ref: 'A', Other: 'b' }, { Ref: 'A', Other: 'b' }],
    [{ Condition: 'A', Other: 'b' }, { Condition: 'A', Other: 'b' }],
    [{ A: { B: [{ Ref: 'C' }, 'd'] } }, { A: { B: [UNKNOWN, 'd'] } }],
    [['a', { Ref: 'AWS::NoValue' }], ['a']],
    [['a', { 'Fn::If': ['Cond', 'b', 'c'] }], ['a', UNKNOWN]],
    [['a', { 'Fn::If': ['Cond', 'b', { Ref: 'AWS::NoValue' }] }], UNDECIDED],
    [{ 'Fn::If': ['Cond', { Ref: 'A' }, 'b'] }, UNKNOWN],
    [{ 'Fn::If': ['Cond', { Ref: 'A' }, { Ref: 'AWS::NoValue' }] }, UNDECIDED],
    [['a', { 'Fn::If': ['Cond', { 'Fn::If': ['Other', { Ref: 'AWS::NoValue' }, 'b'] }, 'c'] }], UNDECIDED],
    [[['a']], [['a']]],
    [[null, 1], [null, 1]],
  ])('%j', (template, expected) => {
    expect(known(template)).toEqual(expected);
  });
});

describe('valueAt', () => {
  test.each<[string, Properties, PropertyValue]>([
    ['A', { A: 1 }, 1],
    ['A.B', { A: { B: 1 } }, 1],
    ['A.B', { A: {} }, undefined],
    ['A.B', {}, undefined],
    ['A.B', { A: null }, undefined],
    ['A.B', { A: 'text' }, undefined],
    ['A.0', { A: ['x'] }, undefined],
    ['A.B.C', { A: UNKNOWN }, UNKNOWN],
    ['A.B.C', { A: { B: UNKNOWN } }, UNKNOWN],
    ['A.B', { A: UNDECIDED }, UNDECIDED],
  ])('%s in %j', (path, properties, expected) => {
    expect(valueAt(properties, path)).toEqual(expected);
  });
});

describe('what was found', () => {
  const saying = (...found: string[]) => findFaults([rule({ text: 'Too much.', found: () => found })], { type: TYPE, properties: {} }, {});

  test('stands behind the text, and before the remedy', () => {
    expect(saying('a', 'b 2').map(({ problem }) => problem)).toEqual(['Too much. Found: a; b 2.']);
    expect(saying('a').map(({ text, remedy }) => text.endsWith(`Found: a. ${remedy}`))).toEqual([true]);
  });

  test('is cut where it is long', () => {
    expect(saying('x'.repeat(120)).map(({ problem }) => problem)).toEqual([`Too much. Found: ${'x'.repeat(120)}.`]);
    expect(saying('x'.repeat(121)).map(({ problem }) => problem)).toEqual([`Too much. Found: ${'x'.repeat(120)}….`]);
  });
});

test('rulesOf gives every rule its type', () => {
  const { type, ...untyped } = rule({ id: 'a' });
  expect(rulesOf(type, [untyped])).toEqual([rule({ id: 'a', holds: untyped.holds })]);
});

test('statementOf says a rule without a resource', () => {
  expect(statementOf(rule({ text: 'Too much: {Count}, {A.B-c:name}.' }))).toBe('Too much: `Count`, `A.B-c`.');
});

test('propertiesIn names every property of the text once', () => {
  expect(propertiesIn(rule({ text: 'Too much: {Count}, {A.B-c:name}, {Count:name}.', remedy: 'Lower {Other}.' }))).toEqual(['Count', 'A.B-c']);
  expect(propertiesIn(rule({ text: 'Too much.' }))).toEqual([]);
});
