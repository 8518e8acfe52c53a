/** Installs the packed library into one program in every language, and compares the templates that they make, byte by byte. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unusedApi } from './coverage';
import { Change, Program, PROGRAMS, STALE_IN_MAVEN } from './programs';
import { run, Step } from './steps';
import { differences, templatesIn } from './templates';

const WORK = join(__dirname, '..', '.cache', 'languages');
const ASSEMBLY = 'cdk.out';
const CHANGED_ASSEMBLY = 'cdk.out.changed';
/** What the CDK CLI passes, without what names the language; the checks that aws-cdk-lib runs itself take seconds, and say the same in every language. */
const ENVIRONMENT = {
  CDK_CONTEXT_JSON: JSON.stringify({
    '@aws-cdk/core:enableAnalyticsReporting': false,
    'aws:cdk:enable-path-metadata': true,
    'aws:cdk:enable-asset-metadata': true,
  }),
  CDK_VALIDATION: 'false',
  JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: process.versions.node.split('.')[0],
};

type Seconds = { [step in Step['name']]?: number };

function refuseMissingToolchains(): void {
  const missing = PROGRAMS.flatMap(program => program.toolchain.filter(([command, ...args]) => spawnSync(command, args).status !== 0)
    .map(command => `${program.name}: \`${command.join(' ')}\` fails`));
  if (missing.length > 0) throw new Error(`a toolchain is missing:\n${missing.join('\n')}`);
}

const folderOf = (program: Program): string => join(WORK, program.name);

function synthesize(program: Program, { command }: Step, assembly: string): Promise<number> {
  const folder = folderOf(program);
  return run(command, folder, { ...process.env, ...ENVIRONMENT, CDK_OUTDIR: join(folder, assembly) });
}

async function build(program: Program): Promise<Seconds> {
  const folder = folderOf(program);
  cpSync(join(__dirname, program.name), folder, { recursive: true });
  const seconds: Seconds = {};
  for (const step of program.steps) {
    const taken = await (step.name === 'synthesize' ? synthesize(program, step, ASSEMBLY) : run(step.command, folder));
    seconds[step.name] = (seconds[step.name] ?? 0) + taken;
  }
  return seconds;
}

/** The comparison is worth something only if it sees a number that was changed. */
async function refuseBlindness(program: Program, { file, from, to }: Change): Promise<void> {
  const path = join(folderOf(program), file);
  const code = readFileSync(path, 'utf8');
  if (code.split(from).length !== 2) throw new Error(`${file} does not hold \`${from}\` once`);
  writeFileSync(path, code.replace(from, to));
  await synthesize(program, program.steps.at(-1)!, CHANGED_ASSEMBLY);
  if (differences(join(folderOf(program), ASSEMBLY), join(folderOf(program), CHANGED_ASSEMBLY)).length === 0) {
    throw new Error(`the comparison does not see that \`${from}\` became \`${to}\``);
  }
}

function report(program: Program, seconds: Seconds): void {
  const parts = Object.entries(seconds).map(([step, taken]) => `${step} ${taken.toFixed(1)}`).join(', ');
  const total = Object.values(seconds).reduce((sum, taken) => sum + taken, 0);
  console.log(`${program.name.padEnd(10)} ${total.toFixed(1).padStart(6)} s  (${parts})`);
}

async function main(): Promise<void> {
  refuseMissingToolchains();
  rmSync(WORK, { recursive: true, force: true });
  rmSync(STALE_IN_MAVEN, { recursive: true, force: true });
  mkdirSync(WORK, { recursive: true });

  const results = await Promise.allSettled(PROGRAMS.map(async program => {
    report(program, await build(program));
    if (program.change) await refuseBlindness(program, program.change);
  }));
  const faults = results.flatMap((result, index) => result.status === 'rejected' ? [`${PROGRAMS[index].name}: ${String(result.reason)}`] : []);
  if (faults.length > 0) throw new Error(faults.join('\n\n'));

  const [reference, ...others] = PROGRAMS;
  const expected = join(folderOf(reference), ASSEMBLY);
  const differing = others.flatMap(program => differences(expected, join(folderOf(program), ASSEMBLY)));
  if (differing.length > 0) throw new Error(differing.join('\n'));
  console.log(`${templatesIn(expected).length} templates are the same bytes in ${PROGRAMS.length} languages; a changed number is seen`);

  const unused = unusedApi(join(folderOf(reference), 'node_modules', 'cdk-data-tier'), folderOf(reference));
  if (unused.length > 0) throw new Error(`no program uses these, so nothing shows how they read in other languages:\n${unused.join('\n')}`);
  console.log('the programs use the whole public API');
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
