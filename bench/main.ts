/** What the library costs beside the same resources written by hand. Fails when a goal is missed. */
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ProgramCost } from './measure-program';
import { measureImports, measurePrograms, median, Pair } from './rounds';
import { proveSameTemplates } from './same-template';
import { Comparison, COMPARISONS, Goals, Makers } from './subjects';

const ROUNDS = 3;
const IMPORT_ROUNDS = 11;
/** A goal that is missed is measured again, so that a busy moment of the machine fails nothing. */
const MOST_ROUNDS = 9;

/** Milliseconds over a file that only extends a class of aws-cdk-lib. */
const IMPORT_GOAL = 15;

interface Row extends Comparison {
  readonly subject: keyof Makers;
  readonly count: number;
  readonly pairs: Pair<ProgramCost>[];
}

function main(outdir: string): void {
  proveSameTemplates(outdir);
  console.log('By hand and by the library the templates are the same.\n');

  const rows = COMPARISONS.flatMap(comparison => comparison.subjects.flatMap(subject =>
    comparison.counts.map((count): Row => ({ ...comparison, subject, count, pairs: [] }))));
  let toMeasure = rows;
  for (let round = 0; round < MOST_ROUNDS && toMeasure.length > 0; round++) {
    toMeasure.forEach(({ pairs, ...row }) => pairs.push(measurePrograms(round, row, outdir)));
    if (round + 1 >= ROUNDS) toMeasure = toMeasure.filter(row => missedGoals(row).length > 0);
  }
  const imports = Array.from({ length: IMPORT_ROUNDS }, (_, round) => measureImports(round));
  const importCost = median(imports.map(pair => pair.measured)) - median(imports.map(pair => pair.beside));

  COMPARISONS.forEach(({ ways }) => print(rows.filter(row => row.ways === ways)));
  const missed = [
    ...rows.flatMap(row => missedGoals(row).map(goal => `${row.ways[0]}, ${row.count} × ${row.subject}: ${goal}`)),
    ...importCost > IMPORT_GOAL ? [`import: ${importCost.toFixed(1)} ms, the goal is ${IMPORT_GOAL} ms`] : [],
  ];
  console.log(`\nImport: ${importCost.toFixed(1)} ms more than a file that only extends cdk.Resource (goal ${IMPORT_GOAL} ms)`);
  missed.forEach(line => console.error(`MISSED  ${line}`));
  if (missed.length > 0) process.exitCode = 1;
}

function missedGoals(row: Row): string[] {
  return Object.entries<number>({ ...row.goals })
    .map(([measure, goal]) => ({ measure, goal, ratio: ratioOf(row, measure as keyof Goals) }))
    .filter(({ goal, ratio }) => ratio > goal)
    .map(({ measure, goal, ratio }) => `${measure} ${ratio.toFixed(2)}, the goal is ${goal}`);
}

function ratioOf({ pairs }: Row, measure: keyof ProgramCost): number {
  return median(pairs.map(pair => pair.measured[measure] / pair.beside[measure]));
}

function print(rows: Row[]): void {
  const columns: [string, (row: Row) => string][] = [
    ['', row => `${row.count} × ${row.subject}`],
    ['construct', row => cell(row, 'construct')],
    ['synth', row => cell(row, 'synth')],
    ['heap', row => cell(row, 'heap')],
    ['RSS', row => cell(row, 'rss')],
    ['resources', row => `${row.pairs[0].measured.resources} (${row.pairs[0].beside.resources})`],
    ['rounds', row => String(row.pairs.length)],
  ];
  const lines = [columns.map(([title]) => title), ...rows.map(row => columns.map(([, show]) => show(row)))];
  const widths = columns.map((_, column) => Math.max(...lines.map(line => line[column].length)));
  lines.forEach(line => console.log(line.map((text, column) => column === 0 ? text.padEnd(widths[column]) : text.padStart(widths[column])).join('   ')));
  const [{ ways: [measured, beside], goals, checked }] = rows;
  const told = Object.entries<number>({ ...goals }).map(([measure, goal]) => `${measure} ${goal}`).join(', ') || 'none';
  console.log(`\nRatios of ${measured} to ${beside}, and what ${measured} took, in ms and MiB, ${checked ? 'with' : 'without'} template checks; goals: ${told}\n`);
}

function cell(row: Row, measure: keyof ProgramCost): string {
  return `${ratioOf(row, measure).toFixed(2)} (${median(row.pairs.map(pair => pair.measured[measure])).toFixed(0)})`;
}

// Whether two templates are the same needs no checks of either.
process.env.CDK_VALIDATION = 'false';

const outdir = mkdtempSync(join(tmpdir(), 'cdk-data-tier-bench-'));
try {
  main(outdir);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
