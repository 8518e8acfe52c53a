import { inspect } from 'node:util';
import fc from 'fast-check';
import { faultOf } from './outcome';
import { Program, programs } from './program';
import { Judge } from '../judges';

/** A program that failed, and why. */
export interface Failure {
  readonly program: Program;
  readonly fault: string;
  /** Where a run finds it again. */
  readonly path?: string;
}

/** Judges take seconds for each of the programs that shrinking tries. */
const SHRINKING_MILLISECONDS = 60_000;

/** The smallest program that fails like the one of a path. */
export function shrunk(seed: number, path: string, judges: readonly Judge[]): Failure | undefined {
  const faults = new Map<string, string>();
  const holds = fc.property(programs, program => {
    const fault = faultOf(program, judges);
    if (fault !== undefined) faults.set(JSON.stringify(program), fault);
    return fault === undefined;
  });
  const { counterexample, counterexamplePath } = fc.check(holds, { seed, path, numRuns: 1, interruptAfterTimeLimit: SHRINKING_MILLISECONDS });
  if (!counterexample) return undefined;
  const [program] = counterexample;
  return { program, fault: faults.get(JSON.stringify(program)) ?? '', path: counterexamplePath ?? undefined };
}

/** A failure as a text from which a test can be made. */
export function printed({ program, fault, path }: Failure): string {
  const code = inspect(program, { depth: null, breakLength: 120, maxStringLength: null, maxArrayLength: null });
  return `${fault}\n${path === undefined ? '' : `path ${path}\n`}${code}\n`;
}
