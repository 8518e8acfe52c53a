/**
 * Mutation testing of the rules: `npm run mutation [-- FILE...]`, by hand. Figure and reading: src/rules/README.md.
 *
 * Rules are data, so nearly half of the mutants take effect when a file is loaded, and Stryker runs every test for each of these. Therefore two passes: the test
 * of the file first, and every test of the rules only for what survives that.
 */
import { existsSync, readdirSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';

const CAUGHT = ['Killed', 'Timeout'];
const MISSED = ['Survived', 'NoCoverage'];
const ENOUGH = 90; // per cent

/** Mutates files, or places in files, with the given tests, and gives the mutants that count. */
async function mutate(places, tests) {
  const mutants = await new Stryker({
    mutate: places,
    testRunner: 'jest',
    coverageAnalysis: 'perTest',
    jest: {
      projectType: 'custom',
      config: {
        globalSetup: null, // the rules write no files
        globalTeardown: null,
        watchman: false,
        testMatch: tests.map(test => `<rootDir>/${test}`),
        // What random input happens to notice today, it may miss tomorrow: only tests that always say the same count.
        testPathIgnorePatterns: ['robustness.test.ts$'],
      },
    },
    concurrency: Number(process.env.MUTATION_CONCURRENCY ?? 2),
    maxTestRunnerReuse: 200, // the memory of a runner grows
    disableTypeChecks: 'src/rules/*.ts',
    ignorePatterns: ['**', '!package.json', '!tsconfig.json', '!src/{facts,rules}/*.ts', '!test/tsconfig.json', '!test/rules/*.ts'],
    tempDirName: '.cache/mutation',
    reporters: [],
    logLevel: 'warn',
    allowConsoleColors: false,
  }).runMutationTest();
  return mutants.filter(({ status }) => [...CAUGHT, ...MISSED].includes(status));
}

/** As `mutate` takes it: columns begin with 0 there, and with 1 in what Stryker reports. */
function place({ fileName, location: { start, end } }) {
  return `${relative('.', fileName)}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`;
}

function identity(mutant) {
  return [place(mutant), mutant.mutatorName, mutant.replacement].join(' ');
}

function isMissed({ status }) {
  return MISSED.includes(status);
}

/** In per cent. */
function shareCaught(mutants) {
  return 100 * mutants.filter(mutant => !isMissed(mutant)).length / mutants.length;
}

function score(mutants) {
  return `${shareCaught(mutants).toFixed(1)} % of ${mutants.length}`;
}

const asked = process.argv.slice(2);
const files = asked.length > 0 ? asked : readdirSync('src/rules').filter(name => name.endsWith('.ts')).map(name => `src/rules/${name}`);

const first = [];
for (const file of files) {
  const own = `test/rules/${basename(file, '.ts')}.test.ts`;
  const mutants = await mutate([file], [existsSync(own) ? own : 'test/rules/*.test.ts']);
  first.push(...mutants);
  console.log(`${file}: ${mutants.length === 0 ? 'nothing to mutate' : score(mutants)} by ${existsSync(own) ? 'its own test' : 'all tests'}`);
}

const places = [...new Set(first.filter(isMissed).map(place))];
const second = new Map(places.length === 0 ? [] : (await mutate(places, ['test/rules/*.test.ts'])).map(mutant => [identity(mutant), mutant]));
const forgotten = first.filter(isMissed).find(mutant => !second.has(identity(mutant)));
if (forgotten) throw new Error(`The second pass left out ${identity(forgotten)}.`);
const mutants = first.map(mutant => isMissed(mutant) ? second.get(identity(mutant)) : mutant);

for (const mutant of mutants.filter(isMissed)) console.log(`survived: ${identity(mutant)}`);
for (const file of files) {
  const own = mutants.filter(({ fileName }) => fileName.endsWith(file));
  if (own.length > 0) console.log(`| \`${basename(file)}\` | ${score(own)} |`);
}
console.log(`In all ${score(mutants)} mutants are caught.`);
if (shareCaught(mutants) < ENOUGH) process.exitCode = 1;
