import { execFileSync } from 'child_process';
import { join } from 'path';
import { ProgramCost } from './measure-program';
import { Comparison, Makers, Way } from './subjects';

/** So many of a subject, made in two ways. */
interface Programs extends Pick<Comparison, 'ways' | 'checked'> {
  readonly subject: keyof Makers;
  readonly count: number;
}

/** What two ways took, side by side: in every round both ran, one after the other. */
export interface Pair<T> {
  readonly measured: T;
  readonly beside: T;
}

/** One pair of programs in fresh processes; rounds take turns at which comes first, so that neither always finds the machine warm. */
export function measurePrograms(round: number, { ways, checked, subject, count }: Programs, outdir: string): Pair<ProgramCost> {
  const env = { ...process.env, CDK_VALIDATION: String(checked) };
  return pair(round, ways, way => JSON.parse(run(env, 'measure-program', way, subject, String(count), join(outdir, way))) as ProgramCost);
}

/** One pair of imports in fresh processes; by hand, nothing is imported. */
export function measureImports(round: number): Pair<number> {
  return pair(round, ['library', 'by-hand'], way => Number(run(process.env, 'measure-import', way)));
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

function run(env: NodeJS.ProcessEnv, script: string, ...args: string[]): string {
  const command = ['--expose-gc', join(__dirname, `${script}.js`), ...args];
  return execFileSync(process.execPath, command, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] });
}
