import fc, { Arbitrary } from 'fast-check';
import { later, prop } from './prop';
import { Later } from './world';
import { ENGINE_PARAMETERS } from '../../src/facts/elasticache-parameters';
import { AllowedValues } from '../../src/facts/engine-parameters';

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

/** Parameters that the constructs set by props of their own are for the odd values. */
const OWN = ['cluster-enabled', 'maxmemory-policy'];
const free = ENGINE_PARAMETERS.filter(({ name, allowed, since, until }) => !OWN.includes(name) && allowed !== 'fixed' && since === undefined && until === undefined);

const entry = (table: typeof ENGINE_PARAMETERS, value: (allowed: AllowedValues) => Arbitrary<string | Later<string>>) =>
  fc.constantFrom(...table).chain(({ name, allowed }) => value(allowed).map(chosen => ({ [name]: chosen })));
const several = (one: Arbitrary<{ [name: string]: string | Later<string> }>) =>
  fc.array(one, { minLength: 1, maxLength: 3 }).map(entries => Object.assign({}, ...entries) as { [name: string]: string | Later<string> });

/** The prop `parameters`: each known parameter at and beyond its bounds, of every family, and unknown ones. */
export const parameters = prop(
  several(entry(free, allowed => fc.oneof({ weight: 5, arbitrary: within(allowed) }, { weight: 1, arbitrary: later('1') }))),
  several(fc.oneof(entry(ENGINE_PARAMETERS, within), entry(ENGINE_PARAMETERS, beyond), fc.constant({ 'new-parameter': 'whatever' }))),
  (world, plain) => Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, world.text(value)])),
);
