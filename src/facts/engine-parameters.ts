/**
 * How engine parameters are described, whatever the engine. A value that AWS may accept is never left out: an unknown parameter is legal, a doubtful
 * bound is left open.
 */

/** What a parameter accepts, all of it written as strings. */
export type AllowedValues =
  /** One of these words. */
  | { readonly words: readonly string[] }
  /** A whole number, in `or` or from `min` to `max`. */
  | { readonly min: number; readonly max?: number; readonly or?: number }
  /** Any number above this one. */
  | { readonly above: number }
  /** Any of these letters, each at most once. */
  | { readonly letters: string }
  /** Free text. */
  | 'text'
  /** Set by the service: nothing is accepted. */
  | 'fixed';

/** The families that have a parameter. */
interface Families<F> {
  /** First family that has the parameter; absent: every family has. */
  readonly since?: F;
  /** Last family that has the parameter; absent: no family has dropped it. */
  readonly until?: F;
}

/** One parameter of the families of one engine. */
export interface EngineParameter<F extends string> extends Families<F> {
  readonly name: string;
  readonly allowed: AllowedValues;
  /** Whether the AWS table itself prints the values; otherwise they are known from the engine only. */
  readonly documented: boolean;
}

/** The words that tables of parameters are written in. */
interface Vocabulary<F extends string> {
  /** The AWS table prints the allowed values. */
  readonly table: (name: string, allowed: AllowedValues, families?: Families<F>) => EngineParameter<F>;
  /** The AWS table prints the type only; the bounds are the engine's. */
  readonly engine: (name: string, allowed: AllowedValues, families?: Families<F>) => EngineParameter<F>;
  /** The AWS table marks the parameter as not modifiable. */
  readonly fixed: (name: string) => EngineParameter<F>;
}

/** The vocabulary for the families of one engine. */
export function parametersOf<F extends string>(): Vocabulary<F> {
  const table: Vocabulary<F>['table'] = (name, allowed, families = {}) => ({ name, allowed, documented: true, ...families });
  return {
    table,
    engine: (name, allowed, families = {}) => ({ name, allowed, documented: false, ...families }),
    fixed: (name) => table(name, 'fixed'),
  };
}
