/** Builds and synthesizes one program in a process of its own, and prints what it took: WAY SUBJECT COUNT OUTDIR. */
import { processorTime } from './processor-time';
import { build } from './program';
import { Makers, Way } from './subjects';

/** Milliseconds of processor time, mebibytes and a number. */
export interface ProgramCost {
  readonly construct: number;
  readonly synth: number;
  readonly heap: number;
  readonly rss: number;
  readonly resources: number;
}

const MEBIBYTE = 2 ** 20;

const WAYS: { readonly [way in Way]: () => Promise<{ readonly makers: Makers }> } = {
  'with-alarms': () => import('./with-alarms.js'),
  'library': () => import('./library.js'),
  'by-hand': () => import('./by-hand.js'),
};

async function main([way, subject, count, outdir]: string[]): Promise<ProgramCost> {
  const start = processorTime();
  // Loading is a part of it, because libraries load what they need when it is needed.
  const { makers } = await WAYS[way as Way]();
  const app = build(makers[subject as keyof Makers], Number(count), outdir);
  const constructed = processorTime();
  gc?.(); // or the garbage of one phase is collected in the next
  const cleared = processorTime();
  const assembly = app.synth();
  const synthesized = processorTime();
  gc?.(); // what is left is in use
  const { heapUsed, rss } = process.memoryUsage();
  const resources = assembly.stacks.flatMap(({ template }) => Object.keys(template.Resources ?? {})).length;
  return { construct: constructed - start, synth: synthesized - cleared, heap: heapUsed / MEBIBYTE, rss: rss / MEBIBYTE, resources };
}

void main(process.argv.slice(2)).then(cost => console.log(JSON.stringify(cost)));
