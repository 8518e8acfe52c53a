import fc, { Arbitrary } from 'fast-check';
import { later, Prop, prop } from './prop';
import { Later } from './world';
import { AllowedValues, EngineParameter } from '../../src/facts/engine-parameters';

/** A value that the table of parameters allows. */
function within(allowed: AllowedValues): Arbitrary<string> {
  if (allowed === 'text') return fc.constantFrom('', 'some text');
  if (allowed === 'fixed') return fc.constant('1');
  if ('words' in allowed) return fc.constantFrom(...allowed.words);
  if ('above' in allowed) return fc.constant(String(allowed.above + 0.25));
  if ('letters' in allowed) return fc.subarray([...allowed.letters]).map(letters => letters.join(''));
  const { min, max = min + 1, or = min } = allowed;
  return fc.constantFrom(min, max, or).map(String);
}

/** A value that it does not, or only just. */
function beyond(allowed: AllowedValues): Arbitrary<string> {
  if (typeof allowed === 'string') return within(allowed);
  if ('words' in allowed) return fc.constantFrom('', 'maybe', allowed.words[0].toUpperCase());
  if ('above' in allowed) return fc.constantFrom(String(allowed.above), 'many', '');
  if ('letters' in allowed) return fc.constantFrom('?', `${allowed.letters}${allowed.letters}`);
  return fc.constantFrom(String(allowed.min - 1), `${allowed.min}.5`, 'many', '', ...allowed.max === undefined ? [] : [String(allowed.max + 1)]);
}

type Table = readonly EngineParameter<string>[];

const entry = (table: Table, value: (allowed: AllowedValues) => Arbitrary<string | Later<string>>) =>
  fc.constantFrom(...table).chain(({ name, allowed }) => value(allowed).map(chosen => ({ [name]: chosen })));
const several = (one: Arbitrary<{ [name: string]: string | Later<string> }>) =>
  fc.array(one, { minLength: 1, maxLength: 3 }).map(entries => Object.assign({}, ...entries) as { [name: string]: string | Later<string> });

/**
 * The prop `parameters`: each known parameter of an engine at and beyond its bounds, of every family, and unknown ones.
 *
 * @param own those that the construct sets itself, which are for the odd values
 */
export function parametersIn(table: Table, own: readonly string[] = []): Prop<{ [name: string]: string }> {
  const free = table.filter(({ name, allowed, since, until }) => !own.includes(name) && allowed !== 'fixed' && since === undefined && until === undefined);
  return prop(
    several(entry(free, allowed => fc.oneof({ weight: 5, arbitrary: within(allowed) }, { weight: 1, arbitrary: later('1') }))),
    several(fc.oneof(entry(table, within), entry(table, beyond), fc.constant({ 'new-parameter': 'whatever' }))),
    (world, plain) => Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, world.text(value)])),
  );
}
