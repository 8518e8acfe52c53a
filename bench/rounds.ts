import { execFileSync } from 'child_process';
import { join } from 'path';
import { ProgramCost } from './measure-program';
import { Makers, Way } from './subjects';

/** What two ways took, side by side: in every round both ran, one after the other. */
export interface Pair<T> {
  readonly measured: T;
  readonly beside: T;
}

/** One pair of programs in fresh processes; rounds take turns at which comes first, so that neither always finds the machine warm. */
export function measurePrograms(
  round: number, ways: readonly [Way, Way], subject: keyof Makers, count: number, outdir: string,
): Pair<ProgramCost> {
  return pair(round, ways, way => JSON.parse(run('measure-program', way, subject, String(count), join(outdir, way))) as ProgramCost);
}

/** One pair of imports in fresh processes; by hand, nothing is imported. */
export function measureImports(round: number): Pair<number> {
  return pair(round, ['library', 'by-hand'], way => Number(run('measure-import', way)));
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}

function pair<T>(round: number, [first, second]: readonly [Way, Way], measure: (way: Way) => T): Pair<T> {
  if (round % 2 === 0) return { measured: measure(first), beside: measure(second) };
  const beside = measure(second);
  return { measured: measure(first), beside };
}

function run(script: string, ...args: string[]): string {
  return execFileSync(process.execPath, ['--expose-gc', join(__dirname, `${script}.js`), ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
