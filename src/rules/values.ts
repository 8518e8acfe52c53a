import { PropertyValue, UNDECIDED, valueAt } from './rule';

/** How rules read a value: CloudFormation takes `"2"` for 2 and `"true"` for true, so rules do too. */

/** Whether a property was left out. */
export function isAbsent(value: PropertyValue): value is null | undefined {
  return value === undefined || value === null;
}

/** Whether a property may be given: its value, and whether a condition leaves it out, need not be known. */
export function mayBeGiven(value: PropertyValue): boolean {
  return !isAbsent(value) && !(Array.isArray(value) && value.length === 0);
}

/** Whether a property is given for certain, be its value known or not. */
export function isGiven(value: PropertyValue): boolean {
  return value !== UNDECIDED && mayBeGiven(value);
}

/** The value as text; undefined where it is none. */
export function asText(value: PropertyValue): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}

/** The value as a lower-case word: AWS compares its own words without case. */
export function asWord(value: PropertyValue): string | undefined {
  return asText(value)?.toLowerCase();
}

/** The value as a number; undefined where it is none. */
export function asNumber(value: PropertyValue): number | undefined {
  const text = asText(value)?.trim();
  return text === undefined || text === '' || Number.isNaN(Number(text)) ? undefined : Number(text);
}

/** Whether the value is switched on. */
export function isTrue(value: PropertyValue): boolean {
  return value === true || asWord(value) === 'true';
}

/** Whether the value is switched off in so many words. */
export function isFalse(value: PropertyValue): boolean {
  return value === false || asWord(value) === 'false';
}

/** Whether the value is a whole number from min to max. */
export function isWhole(value: PropertyValue, min: number, max = Number.POSITIVE_INFINITY): boolean {
  const number = asNumber(value);
  return number !== undefined && Number.isInteger(number) && number >= min && number <= max;
}

/** Whether the value is left out or one of the words. */
export function isOneOf(value: PropertyValue, words: readonly string[]): boolean {
  return isAbsent(value) || words.includes(asWord(value) ?? '');
}

/** The elements of a list; of anything else, none. */
export function asList(value: PropertyValue): PropertyValue[] {
  return Array.isArray(value) ? value : [];
}

/** What each element of a list says at a path, unknown values among them. */
export function column(list: PropertyValue, path: string): PropertyValue[] {
  return asList(list).map((element) => valueAt({ element }, `element.${path}`));
}

/** The known texts among the elements of a list. */
export function knownTexts(value: PropertyValue): string[] {
  return asList(value).flatMap((element) => asText(element) ?? []);
}

/** Whether no text occurs twice. */
export function areDistinct(texts: readonly string[]): boolean {
  return new Set(texts).size === texts.length;
}
