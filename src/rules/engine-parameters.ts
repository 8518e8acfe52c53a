import { Properties, PropertyValue, Rule, valueAt } from './rule';
import { asNumber, asText, isAbsent, isGiven, isWhole } from './values';
import { CACHE_FAMILIES } from '../facts/elasticache-engine-versions';
import { ENGINE_PARAMETERS } from '../facts/elasticache-parameters';
import { AllowedValues, EngineParameter } from '../facts/engine-parameters';
import { MEMCACHED_PARAMETERS } from '../facts/memcached-parameters';
import { MEMCACHED_FAMILIES } from '../facts/memcached-versions';

/** How tables of engine parameters become rules. */

const FAMILY = 'CacheParameterGroupFamily';

/** Families that continue each other, from old to new, and their parameters. */
export interface Lineage {
  readonly source: string;
  readonly families: readonly string[];
  readonly parameters: readonly EngineParameter<string>[];
}

export const REDIS: Lineage = { source: 'ElastiCache User Guide, "Engine specific parameters" (ParameterGroups.Engine)', families: CACHE_FAMILIES, parameters: ENGINE_PARAMETERS };
export const MEMCACHED: Lineage = { source: 'ElastiCache User Guide, "Memcached specific parameters" (ParameterGroups.Memcached)', families: MEMCACHED_FAMILIES, parameters: MEMCACHED_PARAMETERS };

/** The place of the group's family among those of an engine; undefined for a family of another engine, or one that is not in the table. */
export function ageOf(p: Properties, { families }: Lineage): number | undefined {
  const age = families.indexOf(asText(p[FAMILY]) ?? '');
  return age < 0 ? undefined : age;
}

function isOutside(age: number, { families }: Lineage, { since, until }: EngineParameter<string>): boolean {
  return (since !== undefined && age < families.indexOf(since)) || (until !== undefined && age > families.indexOf(until));
}

/** Tells whether a group of one engine has no parameter that only the other one knows. */
export function hasOnlyOwn(own: Lineage, other: Lineage): Rule['holds'] {
  const names = new Set(own.parameters.map(({ name }) => name));
  const foreign = other.parameters.filter(({ name }) => !names.has(name)).map(({ name }) => `Properties.${name}`);
  return (p) => ageOf(p, own) === undefined || !foreign.some((path) => isGiven(valueAt(p, path)));
}

function accepts(allowed: AllowedValues, value: PropertyValue): boolean {
  if (typeof allowed === 'string') {
    return allowed === 'text';
  }
  if ('words' in allowed) {
    return allowed.words.includes(asText(value) ?? '');
  }
  if ('above' in allowed) {
    return (asNumber(value) ?? allowed.above) > allowed.above;
  }
  if ('letters' in allowed) {
    return [...asText(value) ?? ''].every((letter) => allowed.letters.includes(letter));
  }
  return isWhole(value, allowed.min, allowed.max) || (allowed.or !== undefined && asNumber(value) === allowed.or);
}

function inWords(allowed: AllowedValues): string {
  if (typeof allowed === 'string') {
    return 'set by the service';
  }
  if ('words' in allowed) {
    return `one of ${allowed.words.join(', ')}`;
  }
  if ('above' in allowed) {
    return `a number above ${allowed.above}`;
  }
  if ('letters' in allowed) {
    return `made of the letters ${allowed.letters}`;
  }
  const alternative = allowed.or === undefined ? '' : `${allowed.or} or `;
  const range = allowed.max === undefined ? `of at least ${allowed.min}` : `from ${allowed.min} to ${allowed.max}`;
  return `${alternative}a whole number ${range}`;
}

/** The rules of every parameter of an engine, which apply where the family is in the table and the parameter is set. */
export function parameterRules(lineage: Lineage): Omit<Rule, 'type'>[] {
  return lineage.parameters.flatMap((parameter) => rulesOfOne(parameter, lineage));
}

function rulesOfOne(parameter: EngineParameter<string>, lineage: Lineage): Omit<Rule, 'type'>[] {
  const { name, allowed, documented, since, until } = parameter;
  const path = `Properties.${name}`;
  const id = `parameter-${name.replace(/_/g, '-')}`;
  const common = { severity: documented ? 'error' : 'warning', source: lineage.source, reads: [path, FAMILY] } as const;
  const whereSet = (judge: (value: PropertyValue, age: number) => boolean) => (p: Properties) => {
    // Hundreds of parameters are asked for, and few are set: no path is followed to find that out.
    const value = (p.Properties as Properties | undefined)?.[name];
    const age = isAbsent(value) ? undefined : ageOf(p, lineage);
    return age === undefined || judge(value, age);
  };
  const rules: Omit<Rule, 'type'>[] = [];
  if (since !== undefined || until !== undefined) {
    const families = [since && `from ${since} on`, until && `up to ${until}`].filter(Boolean).join(' ');
    rules.push({
      ...common,
      id: `${id}-family`,
      text: `The parameter exists ${families}: {${path}}, {${FAMILY}}.`,
      remedy: `Leave {${path}} out.`,
      holds: whereSet((_value, age) => !isOutside(age, lineage, parameter)),
    });
  }
  if (allowed === 'fixed') {
    rules.push({
      ...common,
      id,
      text: `The parameter is set by the service and cannot be changed: {${path}}.`,
      remedy: `Leave {${path}} out.`,
      holds: whereSet(() => false),
    });
  } else if (allowed !== 'text') {
    rules.push({
      ...common,
      id,
      text: `The parameter is ${inWords(allowed)}: {${path}}.`,
      remedy: `Set {${path}} accordingly.`,
      holds: whereSet((value, age) => isOutside(age, lineage, parameter) || accepts(allowed, value)),
    });
  }
  return rules;
}
