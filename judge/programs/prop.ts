import { Duration, Size } from 'aws-cdk-lib';
import fc, { Arbitrary } from 'fast-check';
import { Later, World } from './world';

/** What a program is written in, so that a failing one can be printed, shrunk and kept. */
export type Plain = string | number | boolean | null | undefined | readonly Plain[] | { readonly [key: string]: Plain };

/** One prop of a construct: values that are legal on their own, values at and beyond a bound, and what becomes of a value. */
export interface Prop<T> {
  readonly legal: Arbitrary<Plain>;
  readonly odd: Arbitrary<Plain>;
  readonly make: (world: World, plain: Plain) => T;
}

/** The props of a struct: the compiler asks for every one of them. */
export type Props<T> = { readonly [prop in keyof T]-?: Prop<T[prop]> };

/** A prop whose plain values have a type of their own. */
export function prop<P, T>(legal: Arbitrary<P>, odd: Arbitrary<P>, make: (world: World, plain: P) => T): Prop<T> {
  return { legal: legal as Arbitrary<Plain>, odd: odd as Arbitrary<Plain>, make: (world, plain) => make(world, plain as P) };
}

/** A prop of plain values that are taken as they are. */
export function asIs<T extends Plain>(legal: readonly T[], odd: readonly T[] = legal): Prop<T> {
  return prop(fc.constantFrom(...legal), fc.constantFrom(...odd), (_world, plain) => plain);
}

/** A prop of texts, some of them known later. */
export function text(legal: Arbitrary<string | Later<string>>, odd: Arbitrary<string | Later<string>>): Prop<string> {
  return prop(legal, odd, (world, plain) => world.text(plain));
}

/** A prop of numbers, some of them known later. */
export function number(legal: Arbitrary<number | Later<number>>, odd: Arbitrary<number | Later<number>>): Prop<number> {
  return prop(legal, odd, (world, plain) => world.number(plain));
}

/** Some of the props of a struct; more of them are left out than given. A careful writer keeps to values that are legal on their own. */
export function someOf<T>(props: Props<T>, careful: boolean): Arbitrary<{ readonly [prop in keyof T]?: Plain }> {
  const entries = Object.entries<Prop<unknown>>(props).map(([name, { legal, odd }]) => {
    const value = careful ? legal : fc.oneof({ weight: 6, arbitrary: legal }, { weight: 1, arbitrary: odd });
    return [name, fc.oneof({ withCrossShrink: true }, { weight: 5, arbitrary: fc.constant(undefined) }, { weight: 2, arbitrary: value })] as const;
  });
  return (fc.record(Object.fromEntries(entries)) as Arbitrary<{ [prop: string]: Plain }>)
    .map(record => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as { [prop in keyof T]?: Plain });
}

/** The props that the plain values stand for. */
export function propsFrom<T>(props: Props<T>, world: World, plain: { readonly [prop in keyof T]?: Plain }): Partial<T> {
  return Object.fromEntries(Object.entries<Plain | undefined>(plain)
    .map(([name, value]) => [name, props[name as keyof T].make(world, value)])) as Partial<T>;
}

/** A text or number that is known later; with the values a lazy one may have, where it is to have any. */
export function later<T = string>(...lazy: T[]): Arbitrary<Later<T>> {
  const kinds: Later<T>[] = [{ later: 'parameter' }, { later: 'import' }, ...lazy.map(value => ({ later: 'lazy', value }) as const)];
  return fc.constantFrom(...kinds);
}

/** A time span in one of its units. */
export type Span = { readonly [unit in 'days' | 'hours' | 'minutes' | 'seconds' | 'millis']?: number | Later<number> };

/** The time span that is meant. */
export function durationOf(world: World, span: Span): Duration {
  const [[unit, amount]] = Object.entries(span) as [keyof Span, number | Later<number>][];
  return Duration[unit](world.number(amount));
}

/** An amount of memory in one of its units. */
export type Amount = { readonly [unit in 'bytes' | 'kibibytes' | 'mebibytes' | 'gibibytes']?: number | Later<number> };

/** The amount of memory that is meant. */
export function sizeOf(world: World, memory: Amount): Size {
  const [[unit, amount]] = Object.entries(memory) as [keyof Amount, number | Later<number>][];
  return Size[unit](world.number(amount));
}
