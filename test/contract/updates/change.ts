import { Template } from 'aws-cdk-lib/assertions';
import { changesBetween, effectOf, ResourceChange, Resources } from './behavior';
import { Effect } from './effect';
import { Layout, layout, resourcesOf } from '../../helpers';

/** Two values of a prop, in an app of its own each. */
export type Step<P> = readonly [before: (world: Layout) => P, after: (world: Layout) => P];

/** One way in which a prop is changed. */
export interface Change<P> {
  /** Which change it is, where a prop has several that do different things. */
  readonly variant?: string;
  readonly steps: readonly Step<P>[];
  /** What to know before one does it. */
  readonly know?: string;
}

/** A struct of the library whose props are changed one by one: the compiler asks for every one of them. */
export interface ChangedStruct<S, P = Partial<S>> {
  readonly struct: string;
  /** What users know it by. */
  readonly title: string;
  /** The constructs that are given the props, by their names. */
  readonly constructs: { readonly [name: string]: (world: Layout, props: P) => void };
  readonly changes: { readonly [prop in keyof S]-?: readonly Change<P>[] };
}

/** What an update was seen to do. */
export interface Outcome {
  readonly effect?: Effect;
  readonly changes: readonly ResourceChange[];
  /** Whether an export goes away that a client's stack imports. */
  readonly losesExport: boolean;
}

/** One change of one prop of one construct. */
export interface Case {
  readonly struct: string;
  readonly title: string;
  readonly prop: string;
  readonly construct: string;
  readonly variant?: string;
  readonly know?: string;
  /** What happens, once for every step. */
  readonly outcomes: () => Outcome[];
}

/** Every change of a struct, for each of its constructs. */
export function casesOf<S, P>({ struct, title, constructs, changes }: ChangedStruct<S, P>): Case[] {
  return Object.entries<readonly Change<P>[]>(changes).flatMap(([prop, variants]) => variants.flatMap(({ variant, know, steps }) =>
    Object.entries(constructs).map(([construct, make]) => {
      let outcomes: Outcome[] | undefined;
      return { struct, title, prop, construct, variant, know, outcomes: () => outcomes ??= steps.map(step => outcomeOf(step, make)) };
    })));
}

/** The sentence that the doc of a prop says of a change. */
export function sentenceOf(variant: string | undefined, effect: Effect): string {
  return `Update${variant ? ` (${variant})` : ''}: ${effect}.`;
}

/** The sentences of that form in a doc. */
export function sentencesIn(doc: string): string[] {
  return doc.replace(/\s+/g, ' ').match(/Update(?: \([^)]*\))?: [^.]*\./g) ?? [];
}

function outcomeOf<P>([before, after]: Step<P>, make: (world: Layout, props: P) => void): Outcome {
  const [old, now] = [before, after].map(propsOf => synthesize(world => make(world, propsOf(world))));
  const changes = changesBetween(old.data, now.data);
  const clientsTold = changesBetween(old.application, now.application).length > 0;
  return {
    changes,
    effect: effectOf(changes) ?? (clientsTold ? Effect.CLIENTS_TOLD : undefined),
    losesExport: old.exports.some(name => !now.exports.includes(name)),
  };
}

interface Synthesized { readonly data: Resources; readonly application: Resources; readonly exports: string[] }

function synthesize(make: (world: Layout) => void): Synthesized {
  const world = layout();
  make(world);
  const outputs = Template.fromStack(world.data).findOutputs('*');
  return {
    data: resourcesOf(world.data),
    application: resourcesOf(world.application),
    exports: Object.values(outputs).flatMap(({ Export }) => Export ? [Export.Name] : []),
  };
}
