import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { inWords, Outcome, refusedBy, run } from './outcome';
import { CONSTRUCTS, Program, programs } from './program';
import { printed, shrunk } from './report';
import { Judge } from '../judges';
import { cdkValidation } from '../judges/cdk-validation';
import { cfnLint } from '../judges/cfn-lint';
import { preflight } from '../judges/preflight';

const JUDGES = [cdkValidation, preflight, cfnLint];
/** Every one takes some seconds to shrink, and one defect often fails many programs. */
const MOST_SHRUNK = 3;

const { values: { seed: seedText, path, runs: runsText } } = parseArgs({
  options: { seed: { type: 'string' }, path: { type: 'string' }, runs: { type: 'string', default: '500' } },
});
const seed = Number(seedText ?? Date.now() % 2 ** 31);
const numRuns = path === undefined ? Number(runsText) : 1;
console.log(`${numRuns} programs of seed ${seed}${path === undefined ? '' : `, path ${path}`}`);

const sample: Program[] = fc.sample(programs, { seed, path, numRuns });
const outcomes = sample.map((program, index) => run(`program ${path ?? index}`, program));
const apps = outcomes.flatMap(outcome => 'app' in outcome ? [outcome.app] : []);

/** What is wrong with each program, and the judge who says so, if it is one. */
const faults = new Map<number, { readonly fault: string; readonly judges: readonly Judge[] }>();
outcomes.forEach((outcome, index) => 'defect' in outcome && faults.set(index, { fault: outcome.defect, judges: [] }));
for (const judge of JUDGES) {
  const started = Date.now();
  const refused = refusedBy([judge], apps);
  for (const finding of refused) {
    const index = outcomes.findIndex(outcome => 'app' in outcome && outcome.app.name === finding.app);
    if (!faults.has(index)) faults.set(index, { fault: inWords(finding), judges: [judge] });
  }
  console.log(`${judge.name}: ${refused.length} findings in ${apps.length} apps, ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

printDistribution(outcomes);
for (const [index, { fault }] of faults) console.error(`failed: seed ${seed}, path ${path ?? index}: ${fault.split('\n', 2).join(' ')}`);
for (const [index, { fault, judges }] of [...faults].slice(0, MOST_SHRUNK)) {
  console.error(printed(shrunk(seed, path ?? String(index), judges) ?? { program: sample[index], fault }));
}
const isOneSided = numRuns >= 100 && (apps.length < numRuns / 3 || apps.length > numRuns * 0.8);
if (isOneSided) console.error(`${apps.length} of ${numRuns} programs are legal: the generators hardly ask anything`);
process.exitCode = faults.size > 0 || isOneSided ? 1 : 0;

function printDistribution(all: readonly Outcome[]): void {
  const refusals = all.flatMap(outcome => 'refusal' in outcome ? [outcome.refusal] : []);
  console.log(`${apps.length} legal, ${refusals.length} refused by documented errors`);
  for (const construct of Object.keys(CONSTRUCTS)) {
    const ofOne = all.filter((_outcome, index) => sample[index].construct === construct);
    console.log(`${String(ofOne.length).padStart(5)} ${construct}, ${ofOne.filter(outcome => 'app' in outcome).length} of them legal`);
  }
  const counts = new Map<string, number>();
  for (const id of refusals.flatMap(({ by }) => [...new Set(by)])) counts.set(id, (counts.get(id) ?? 0) + 1);
  console.log([...counts].sort(([, a], [, b]) => b - a).map(([id, count]) => `${String(count).padStart(5)} ${id}`).join('\n'));
}
