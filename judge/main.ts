import { performance } from 'node:perf_hooks';
import { ACCEPTED } from './accepted';
import { CASES } from './cases';
import { Finding, JUDGES } from './judges';
import { synthesize, withResources } from './synthesize';
import { passes, verdictOf } from './verdict';

/** Judges every case, and tells what nobody has accepted. */
function main(): number {
  const synthesis = timed(() => CASES.flatMap(({ name, build }) => [
    withResources(synthesize(name, build, 'none')),
    withResources(synthesize(`${name}, all flags`, build, 'recommended')),
  ]));
  const apps = synthesis.result;
  const templates = apps.flatMap(app => app.templates).length;
  console.log(`${CASES.length} cases, ${apps.length} apps, ${templates} templates, synthesized in ${synthesis.seconds} s\n`);

  const judged = JUDGES.map(judge => ({ judge, ...timed(() => judge.judge(apps)) }));
  const verdict = verdictOf(judged.flatMap(({ result }) => result), ACCEPTED);
  const { accepted, refused, stale } = verdict;
  console.table(Object.fromEntries(judged.map(({ judge, result, seconds }) => [judge.name, {
    cases: CASES.length,
    templates,
    findings: result.length,
    accepted: result.filter(finding => accepted.includes(finding)).length,
    refused: result.filter(finding => refused.includes(finding)).length,
    seconds,
  }])));

  tell('Refused, because nobody has accepted it', refused.map(lineOf));
  tell('Accepted, and not found any more: remove it from accepted.ts', stale.map(({ acceptance, rule }) => `${acceptance.judge} ${rule}: ${acceptance.reason}`));
  return passes(verdict) ? 0 : 1;
}

function timed<T>(work: () => T): { readonly result: T; readonly seconds: number } {
  const start = performance.now();
  const result = work();
  return { result, seconds: Math.round((performance.now() - start) / 100) / 10 };
}

function lineOf({ judge, rule, app, construct, text }: Finding): string {
  return `${judge} ${rule} in ${app}, ${construct}: ${text}`;
}

function tell(title: string, lines: readonly string[]): void {
  if (lines.length > 0) console.log(`\n${title}:\n${lines.map(line => `  ${line}`).join('\n')}`);
}

process.exitCode = main();
