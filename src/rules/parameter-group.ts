import { isCacheFamily } from './engine';
import { PARAMETER_GROUP } from './resource-types';
import { Properties, PropertyValue, Rule, rulesOf, valueAt } from './rule';
import { asNumber, asText, isAbsent, isWhole } from './values';
import { CACHE_FAMILIES, CacheFamily } from '../facts/elasticache-engine-versions';
import { AllowedValues, ENGINE_PARAMETERS, EngineParameter } from '../facts/elasticache-parameters';

const SOURCE = 'ElastiCache User Guide, "Engine specific parameters" (ParameterGroups.Engine)';
const FAMILY = 'CacheParameterGroupFamily';

/** The group's family; undefined for one that is not in the table, where nothing is judged. */
function familyOf(p: Properties): CacheFamily | undefined {
  const family = asText(p[FAMILY]);
  return isCacheFamily(family) ? family : undefined;
}

function isOutside(family: CacheFamily, { since, until }: EngineParameter): boolean {
  const age = CACHE_FAMILIES.indexOf(family);
  return (since !== undefined && age < CACHE_FAMILIES.indexOf(since)) || (until !== undefined && age > CACHE_FAMILIES.indexOf(until));
}

function accepts(allowed: AllowedValues, value: PropertyValue): boolean {
  if (typeof allowed === 'string') {
    return allowed === 'text';
  }
  if ('words' in allowed) {
    return allowed.words.includes(asText(value) ?? '');
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
  if ('letters' in allowed) {
    return `made of the letters ${allowed.letters}`;
  }
  const alternative = allowed.or === undefined ? '' : `${allowed.or} or `;
  const range = allowed.max === undefined ? `of at least ${allowed.min}` : `from ${allowed.min} to ${allowed.max}`;
  return `${alternative}a whole number ${range}`;
}

/** The rules of one parameter, which apply where the family is in the table and the parameter is set. */
function parameterRules(parameter: EngineParameter): Omit<Rule, 'type'>[] {
  const { name, allowed, documented, since, until } = parameter;
  const path = `Properties.${name}`;
  const common = { severity: documented ? 'error' : 'warning', source: SOURCE, reads: [path, FAMILY] } as const;
  const whereSet = (judge: (value: PropertyValue, family: CacheFamily) => boolean) => (p: Properties) => {
    // Hundreds of parameters are asked for, and few are set: no path is followed to find that out.
    const value = (p.Properties as Properties | undefined)?.[name];
    const family = isAbsent(value) ? undefined : familyOf(p);
    return family === undefined || judge(value, family);
  };
  const rules: Omit<Rule, 'type'>[] = [];
  if (since !== undefined || until !== undefined) {
    const families = [since && `from ${since} on`, until && `up to ${until}`].filter(Boolean).join(' ');
    rules.push({
      ...common,
      id: `parameter-${name}-family`,
      text: `The parameter exists ${families}: {${path}}, {${FAMILY}}.`,
      remedy: `Leave {${path}} out.`,
      holds: whereSet((_value, family) => !isOutside(family, parameter)),
    });
  }
  if (allowed === 'fixed') {
    rules.push({
      ...common,
      id: `parameter-${name}`,
      text: `The parameter is set by the service and cannot be changed: {${path}}.`,
      remedy: `Leave {${path}} out.`,
      holds: whereSet(() => false),
    });
  } else if (allowed !== 'text') {
    rules.push({
      ...common,
      id: `parameter-${name}`,
      text: `The parameter is ${inWords(allowed)}: {${path}}.`,
      remedy: `Set {${path}} accordingly.`,
      holds: whereSet((value, family) => isOutside(family, parameter) || accepts(allowed, value)),
    });
  }
  return rules;
}

/** What the parameters of `AWS::ElastiCache::ParameterGroup` may be; one that is not in the table is legal. */
export const parameterGroupRules = rulesOf(PARAMETER_GROUP, [
  ...ENGINE_PARAMETERS.flatMap(parameterRules),
  {
    id: 'keyspace-events-without-channel',
    severity: 'warning',
    source: SOURCE,
    reads: ['Properties.notify-keyspace-events'],
    text: 'Keyspace events are published only with K or E among the letters: {Properties.notify-keyspace-events}.',
    remedy: 'Add K, E or both to {Properties.notify-keyspace-events}.',
    holds: (p) => /^$|[KE]/.test(asText(valueAt(p, 'Properties.notify-keyspace-events')) ?? ''),
  },
  {
    id: 'databases-in-cluster-mode',
    severity: 'warning',
    source: 'ElastiCache User Guide, "Modifying cluster mode" (modify-cluster-mode): all keys are in database 0',
    reads: ['Properties.databases', 'Properties.cluster-enabled'],
    text: 'In cluster mode all keys are in database 0, and more databases have no effect: {Properties.databases}, {Properties.cluster-enabled}.',
    remedy: 'Leave {Properties.databases} out.',
    holds: (p) => asText(valueAt(p, 'Properties.cluster-enabled')) !== 'yes' || (asNumber(valueAt(p, 'Properties.databases')) ?? 1) <= 1,
  },
  {
    id: 'memory-reserved-twice',
    severity: 'warning',
    source: 'ElastiCache User Guide, "Managing reserved memory" (redis-memory-management)',
    reads: ['Properties.reserved-memory', 'Properties.reserved-memory-percent'],
    text: 'Memory is reserved in bytes or in percent, not both: {Properties.reserved-memory}, {Properties.reserved-memory-percent}.',
    remedy: 'Leave {Properties.reserved-memory} out.',
    holds: (p) => (asNumber(valueAt(p, 'Properties.reserved-memory')) ?? 0) === 0 || isAbsent(valueAt(p, 'Properties.reserved-memory-percent')),
  },
]);
