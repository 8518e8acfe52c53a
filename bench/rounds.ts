import { execFileSync } from 'child_process';
import { join } from 'path';
import { ProgramCost } from './measure-program';
import { Makers, Way, WAYS } from './subjects';

/** What the two ways took, side by side: in every round both ran, one after the other. */
export type Pair<T> = { readonly [way in Way]: T };

/** One pair of programs in fresh processes; rounds take turns at which comes first, so that neither always finds the machine warm. */
export function measurePrograms(round: number, subject: keyof Makers, count: number, outdir: string): Pair<ProgramCost> {
  return pair(round, way => JSON.parse(run('measure-program', way, subject, String(count), join(outdir, way))) as ProgramCost);
}

/** One pair of imports in fresh processes; by hand, nothing is imported. */
export function measureImports(round: number): Pair<number> {
  return pair(round, way => Number(run('measure-import', way)));
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}

function pair<T>(round: number, measure: (way: Way) => T): Pair<T> {
  const order = round % 2 === 0 ? WAYS : [...WAYS].reverse();
  return Object.fromEntries(order.map(way => [way, measure(way)])) as Pair<T>;
}

function run(script: string, ...args: string[]): string {
  return execFileSync(process.execPath, ['--expose-gc', join(__dirname, `${script}.js`), ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
