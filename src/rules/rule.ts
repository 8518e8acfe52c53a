/**
 * The mechanism of the rules: a rule is data and a pure function over a plain description of a resource,
 * so that constructs and template checks ask the very same question.
 */

/** A value that only CloudFormation will know. */
export const UNKNOWN: unique symbol = Symbol('unknown');

/** A value that only CloudFormation will know, and that a condition may leave out altogether. */
export const UNDECIDED: unique symbol = Symbol('undecided');

/** A property as CloudFormation writes it, with what is not known yet marked. */
export type PropertyValue =
  string | number | boolean | null | undefined | typeof UNKNOWN | typeof UNDECIDED | PropertyValue[] | { [key: string]: PropertyValue };

/** Properties by their CloudFormation names. */
export interface Properties { readonly [name: string]: PropertyValue }

/** A resource in CloudFormation's names and shapes. */
export interface Description {
  readonly type: string;
  readonly properties: Properties;
  /** What is known beyond it in turn; undefined where it is not looked at within a template. */
  readonly surroundings?: Surroundings;
}

/** A resource that a text names, or an attribute of it. */
export interface Reference { readonly to: Description; readonly attribute?: string }

/** A piece of a text that is put together at deployment. */
export type TextPart = string | Reference | typeof UNKNOWN;

/** What a rule may know beyond the resource itself. */
export interface Surroundings {
  /** An upper bound of the distinct zones of the chosen subnets; undefined means unknown. */
  readonly maxZones?: number;
  /** What the references at a path point to, and what these resources refer to in turn, where that is known. */
  readonly behind?: (path: string) => Description[];
  /** The pieces of the text at a path; undefined where the template is not known. */
  readonly textAt?: (path: string) => TextPart[];
  /** The resources of a type in the same template; undefined where that is not known. */
  readonly all?: (type: string) => Description[];
  /** How CloudFormation is told to update the resource; undefined where that is not known. */
  readonly updatePolicy?: Properties;
}

/** An error stops synthesis; a warning can be acknowledged. */
export type Severity = 'error' | 'warning';

/** One thing that a service asks of one resource type. */
export interface Rule {
  /** In kebab-case and without prefix. */
  readonly id: string;
  /** The CloudFormation type that the rule judges. */
  readonly type: string;
  readonly severity: Severity;
  /** The AWS page that says so. */
  readonly source: string;
  /** Properties that must be known: `X[]` asks only for the number of elements, `X.Y` follows a path. */
  readonly reads: readonly string[];
  /** The rule in words: `{X}` becomes the quoted name and its value, `{X:name}` the quoted name alone. */
  readonly text: string;
  /** One imperative sentence; every placeholder becomes the quoted name alone. */
  readonly remedy: string;
  readonly holds: (p: Properties, around: Surroundings) => boolean;
  /** What breaks the rule, where one of many elements does and the property would be too long to show. */
  readonly found?: (p: Properties, around: Surroundings) => readonly string[];
}

/** The rules of one resource type. */
export function rulesOf(type: string, rules: readonly Omit<Rule, 'type'>[]): readonly Rule[] {
  return rules.map((rule) => ({ ...rule, type }));
}

/** A rule that does not hold, in the words of the door that asked. */
export interface Fault {
  readonly rule: Rule;
  readonly problem: string;
  readonly remedy: string;
  /** Problem and remedy. */
  readonly text: string;
}

/** The name that users of a door know a property by, and how its value looks there. */
export interface PropertyName { readonly name: string; readonly show?: (value: PropertyValue) => PropertyValue }

/** Names by property; a name for `X` also serves every path below `X`. */
export type PropertyNames = { readonly [property: string]: string | PropertyName };

const PLACEHOLDER = /\{([\w.-]+)(:name)?\}/g;
const LONGEST_VALUE = 120;

/** How a value is shown that only CloudFormation will know. */
export const LATER = '(known after deployment)';

/** The faults of one resource, in the order of the rules. */
export function findFaults(rules: readonly Rule[], d: Description, around: Surroundings, names: PropertyNames = {}): Fault[] {
  const readable = readerOf(d.properties);
  return rulesFor(d.type, rules)
    .filter((rule) => rule.reads.every(readable) && !rule.holds(d.properties, around))
    .map((rule) => {
      const found = rule.found === undefined ? '' : ` Found: ${shortened(rule.found(d.properties, around).join('; '))}.`;
      const [problem, remedy] = [render(rule.text, d.properties, names) + found, render(rule.remedy, undefined, names)];
      return { rule, problem, remedy, text: `${problem} ${remedy}` };
    });
}

/** What a rule says of any resource, in CloudFormation's own names. */
export function statementOf(rule: Rule): string {
  return render(rule.text, undefined, {});
}

/** The paths of the properties that a rule speaks of. */
export function propertiesIn(rule: Rule): string[] {
  return [...new Set(Array.from(rule.text.matchAll(PLACEHOLDER), ([, path]) => path))];
}

/** Hundreds of rules are asked about every resource of an app: which concern a type, and the parts of their paths, are found out once. */
const RULES_BY_TYPE = new WeakMap<readonly Rule[], Map<string, readonly Rule[]>>();
const PARTS_OF_PATH = new Map<string, readonly string[]>();

function rulesFor(type: string, rules: readonly Rule[]): readonly Rule[] {
  const byType = remembered(RULES_BY_TYPE, rules, () => new Map<string, readonly Rule[]>());
  return remembered(byType, type, () => rules.filter((rule) => rule.type === type));
}

function partsOf(path: string): readonly string[] {
  return remembered(PARTS_OF_PATH, path, () => path.split('.'));
}

function remembered<K, V>(memory: { get(key: K): V | undefined; set(key: K, value: V): unknown }, key: K, make: () => V): V {
  const value = memory.get(key);
  if (value !== undefined) {
    return value;
  }
  const made = make();
  memory.set(key, made);
  return made;
}

/**
 * A template's value with every intrinsic function and dynamic reference as UNKNOWN, or as UNDECIDED where a condition may leave it out;
 * `AWS::NoValue` is an absent value.
 */
export function known(value: unknown): PropertyValue {
  if (typeof value === 'string') {
    return value.includes('{{resolve:') ? UNKNOWN : value;
  }
  if (Array.isArray(value)) {
    return value.some(mayVanish) ? UNDECIDED : value.map(known).filter((element) => element !== undefined);
  }
  if (isRecord(value)) {
    if (value.Ref === 'AWS::NoValue') {
      return undefined;
    }
    if (isIntrinsic(value)) {
      return mayVanish(value) ? UNDECIDED : UNKNOWN;
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, known(inner)]));
  }
  return value as PropertyValue;
}

/** Whether only CloudFormation will know the value. */
export function isUnknown(value: unknown): value is typeof UNKNOWN | typeof UNDECIDED {
  return value === UNKNOWN || value === UNDECIDED;
}

/** The value at a dotted path; unknown as soon as a part of the path is. */
export function valueAt(p: Properties, path: string): PropertyValue {
  let value: PropertyValue = p as { [key: string]: PropertyValue };
  for (const part of partsOf(path)) {
    if (!isRecord(value)) {
      return isUnknown(value) ? value : undefined;
    }
    value = value[part];
  }
  return value;
}

/** Tells whether a path can be read; the rules of a type ask for the same ones again and again. */
function readerOf(p: Properties): (path: string) => boolean {
  if (!Object.values(p).some(holdsUnknown)) {
    return () => true;
  }
  const answers = new Map<string, boolean>();
  return (path) => remembered(answers, path, () => isReadable(p, path));
}

function isReadable(p: Properties, path: string): boolean {
  return path.endsWith('[]') ? !isUnknown(valueAt(p, path.slice(0, -2))) : !holdsUnknown(valueAt(p, path));
}

function holdsUnknown(value: PropertyValue): boolean {
  return isUnknown(value) || (typeof value === 'object' && value !== null && Object.values(value).some(holdsUnknown));
}

function isRecord<T>(value: T | { [key: string]: T }): value is { [key: string]: T } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isIntrinsic(value: { [key: string]: unknown }): boolean {
  const keys = Object.keys(value);
  return keys.some((key) => key.startsWith('Fn::')) || (keys.length === 1 && (keys[0] === 'Ref' || keys[0] === 'Condition'));
}

/** Whether a condition may leave the value out; such an element makes the number of elements unknown. */
function mayVanish(element: unknown): boolean {
  if (!isRecord(element)) {
    return false;
  }
  const branches = element['Fn::If'];
  return Array.isArray(branches) && branches.some((branch) => known(branch) === undefined || mayVanish(branch));
}

/** Replaces the placeholders; without properties only names are written. */
function render(text: string, p: Properties | undefined, names: PropertyNames): string {
  return text.replace(PLACEHOLDER, (_match, path: string, nameOnly?: string) => {
    const { name, show } = nameOf(path, names);
    if (p === undefined || nameOnly !== undefined) {
      return `\`${name}\``;
    }
    const value = valueAt(p, path);
    return value === undefined || value === null ? `\`${name}\` (not set)` : `\`${name}\` (got ${print(show ? show(value) : value)})`;
  });
}

function nameOf(path: string, names: PropertyNames): PropertyName {
  const own = names[path];
  if (own !== undefined) {
    return typeof own === 'string' ? { name: own } : own;
  }
  const dot = path.lastIndexOf('.');
  return { name: dot < 0 ? path : `${nameOf(path.slice(0, dot), names).name}${path.slice(dot)}` };
}

function print(value: PropertyValue): string {
  return shortened(JSON.stringify(value, (_key, inner: unknown) => isUnknown(inner) ? LATER : inner) ?? 'undefined');
}

function shortened(text: string): string {
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
