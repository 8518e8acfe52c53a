import { CACHE_FAMILIES } from '../../../../src/facts/elasticache-engine-versions';
import { ENGINE_PARAMETERS } from '../../../../src/facts/elasticache-parameters';
import { AllowedValues, EngineParameter } from '../../../../src/facts/engine-parameters';

/** Left out: what the cluster mode decides, and what a prop of its own sets. */
const OTHERWISE = ['cluster-enabled', 'maxmemory-policy'];

type Values = { [name: string]: string };

/** Its highest value would leave no memory at all, which the local servers refuse. */
const WITHOUT_HIGHEST = ['reserved-memory-percent'];

/** The lowest and the highest value of every catalogued parameter of a family, as far as it has bounds. */
export function extremes(family: string): { lowest: Values; highest: Values } {
  const parameters = parametersOf(family);
  return {
    lowest: valuesOf(parameters, lowest),
    highest: valuesOf(parameters.filter(({ name }) => !WITHOUT_HIGHEST.includes(name)), highest),
  };
}

function valuesOf(parameters: EngineParameter<string>[], pick: (allowed: AllowedValues) => string | number | undefined): Values {
  return Object.fromEntries(parameters.flatMap(({ name, allowed }) => {
    const value = pick(allowed);
    return value === undefined ? [] : [[name, String(value)]];
  }));
}

function parametersOf(family: string): EngineParameter<string>[] {
  const age = (name: string) => CACHE_FAMILIES.findIndex(known => known === name);
  return ENGINE_PARAMETERS.filter(({ name, since = CACHE_FAMILIES[0], until = family }) =>
    !OTHERWISE.includes(name) && age(since) <= age(family) && age(family) <= age(until));
}

function lowest(allowed: AllowedValues): string | number | undefined {
  if (typeof allowed === 'string') return undefined;
  if ('words' in allowed) return allowed.words[0];
  if ('above' in allowed) return undefined; // no least value, and no parameter of Redis OSS and Valkey has such a bound
  return 'letters' in allowed ? '' : allowed.min;
}

function highest(allowed: AllowedValues): string | number | undefined {
  if (typeof allowed === 'string') return undefined;
  if ('words' in allowed) return allowed.words.at(-1);
  if ('above' in allowed) return undefined;
  return 'letters' in allowed ? allowed.letters : allowed.max;
}
