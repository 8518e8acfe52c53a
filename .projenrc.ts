import { relative } from 'path';
import { awscdk, javascript } from 'projen';
import { ReleaseTrigger } from 'projen/lib/release';
import { importZones } from './projenrc/import-zones';
import { packAllLanguages } from './projenrc/packages';
import { checkEveryChange } from './projenrc/workflows';

/** The newest version that npm, PyPI, Maven Central and the Go proxy all serve: Python, Java and Go users must be able to install us. */
const CDK_VERSION = '2.263.0';
const AWS_SDK_VERSION = '3.1127.0';
/** Of the workflows; the library itself runs on `minNodeVersion`. */
const WORKFLOW_NODE_VERSION = '22';
/** Folders of TypeScript that tsx runs, without a compiler to see type errors. */
const TYPE_CHECKED = ['bench', 'docs/generators', 'emulator/launcher', 'emulator/tests/cli/app', 'examples', 'languages', 'rosetta'];

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-data-tier',
  description: 'L3 AWS CDK constructs for the data tier behind a stateless application: caches, session stores and databases, production-ready by default.',
  keywords: ['aws', 'aws-cdk', 'cdk', 'elasticache', 'memcached', 'redis', 'valkey', 'session-store'],
  author: 'The cdk-data-tier contributors',
  authorAddress: 'https://github.com/cdk-data-tier',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-data-tier/cdk-data-tier',
  defaultReleaseBranch: 'main',
  license: 'Apache-2.0',
  packageManager: javascript.NodePackageManager.NPM,
  projenVersion: '0.103.25',
  projenrcTs: true,
  cdkVersion: CDK_VERSION,
  constructsVersion: '10.6.0',
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.3', // 7 is not supported by ts-jest and jsii yet
  minNodeVersion: '20.0.0',

  github: true,
  githubOptions: { mergify: false, pullRequestLint: false },
  pullRequestTemplate: false,
  workflowNodeVersion: WORKFLOW_NODE_VERSION,
  buildWorkflow: false, // ours runs everything that must pass
  depsUpgrade: false,
  releaseTrigger: ReleaseTrigger.workflowDispatch(),
  majorVersion: 0,
  bumpPackage: 'commit-and-tag-version@^12', // 13 needs Node 22
  publishDryRun: true, // nothing is published until somebody decides it: the jobs print what they would do
  npmTrustedPublishing: true,
  npmignoreEnabled: false, // `files` says what ships

  jestOptions: {
    jestVersion: '^30',
    jestConfig: {
      collectCoverage: false,
      globalSetup: '<rootDir>/test/global-setup.ts',
      globalTeardown: '<rootDir>/test/global-teardown.ts',
      modulePathIgnorePatterns: ['.cache', 'dist', 'examples', 'judge', 'languages'].map(folder => `<rootDir>/${folder}/`),
    },
    updateSnapshot: javascript.UpdateSnapshot.NEVER, // the default rewrites snapshots in every run
    passWithNoTests: false,
    junitReporting: false,
  },
  eslintOptions: {
    dirs: ['src', 'test', 'projenrc', 'judge', ...TYPE_CHECKED],
    devdirs: ['test', 'projenrc', 'judge', ...TYPE_CHECKED],
    commandOptions: { fix: false, extraArgs: ['--max-warnings', '0'] },
  },

  docgen: true,
  publishToPypi: { distName: 'cdk-data-tier', module: 'cdk_data_tier', trustedPublishing: true },
  publishToMaven: {
    javaPackage: 'io.github.cdkdatatier',
    mavenGroupId: 'io.github.cdk-data-tier',
    mavenArtifactId: 'cdk-data-tier',
  },
  publishToNuget: { dotNetNamespace: 'CdkDataTier', packageId: 'CdkDataTier', trustedPublishing: true },
  publishToGo: { moduleName: 'github.com/cdk-data-tier/cdk-data-tier-go', packageName: 'cdkdatatier' },

  lambdaAutoDiscover: true,
  lambdaOptions: { runtime: awscdk.LambdaRuntime.NODEJS_24_X, awsSdkConnectionReuse: false },

  devDeps: [
    '@aws-cdk/cloudformation-diff@2.187.5',
    '@stryker-mutator/core@9.6.1', // 10 needs Node 22
    '@stryker-mutator/jest-runner@9.6.1',
    'aws-cdk@2.1148.1', // 3.0.0 cannot read the assemblies of aws-cdk-lib 2.263
    'fast-check@^4.10.2',
    'tsx@^4',
    'redis@6.3.1',
    '@types/node@^20',
    ...['cloudformation', 'ecs', 'elasticache', 'secrets-manager', 'sts'].map(client => `@aws-sdk/client-${client}@${AWS_SDK_VERSION}`),
  ],
});

// The generated go.mod repeats the installed version of every transitive jsii module, and its .zip must be on the Go proxy.
project.package.addPackageResolutions(
  '@aws-cdk/cloud-assembly-schema@54.11.0',
  '@aws-cdk/asset-node-proxy-agent-v6@2.1.2',
  '@aws-cdk/asset-awscli-v1@2.2.282',
  'unrs-resolver@1.12.2', // 1.13.0 lacks most platform packages, and `npm ci` then refuses the lock file
);
project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');

// The package knows itself by its name, so that examples and README snippets import it as users do.
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  './package.json': './package.json',
  './.jsii': './.jsii',
});

project.compileTask.reset('jsii --fail-on-warnings');
project.compileTask.exec('tsx projenrc/lazy-exports.ts', { env: { TSX_DISABLE_CACHE: '1' } });

// `npm test` works on a fresh clone: it builds what the tests read, and ts-jest alone would not see type errors.
const prerequisites = project.addTask('test:prerequisites', { description: 'Compiles, checks that API.md is current and type checks tests and examples' });
const bundle = project.tasks.tryFind('bundle');
if (bundle) prerequisites.spawn(bundle);
prerequisites.spawn(project.compileTask);
prerequisites.exec('jsii-docgen -o .cache/API.md && diff -u API.md .cache/API.md');
prerequisites.exec(['test', ...TYPE_CHECKED].map(folder => `tsc -p ${folder}/tsconfig.json`).join(' && '));
project.testTask.prependSpawn(prerequisites);

for (const folder of TYPE_CHECKED) {
  new javascript.TypescriptConfig(project, {
    fileName: `${folder}/tsconfig.json`,
    extends: javascript.TypescriptConfigExtends.fromPaths([relative(folder, 'tsconfig.json')]),
    compilerOptions: { noEmit: true, rootDir: relative(folder, '.'), types: folder === 'docs/generators' ? ['jest', 'node'] : ['node'] },
    include: ['**/*.ts'],
    exclude: ['**/node_modules'],
  });
}

project.addTask('rosetta', {
  description: 'Compiles the snippets of README, docstrings and docs strictly',
  steps: [
    { spawn: project.compileTask.name }, // the README is read from the assembly
    { exec: 'rm -f .jsii.tabl.json && jsii-rosetta extract --strict' },
    { exec: 'tsx rosetta/compile-docs.ts' },
  ],
});
// tsx would leave its cache in the temporary folder.
const env = { TSX_DISABLE_CACHE: '1' };
project.addTask('picture', {
  description: 'Draws the dashboard in docs/ from metrics of real servers on the local AWS, which it records first',
  env: { ...env, DATA_TIER_METRIC_MINUTE: '0.5' },
  steps: [
    { exec: 'tsx docs/generators/record-dashboard.ts docs/images/dashboard-record.json' },
    { exec: 'tsx docs/generators/dashboard-picture.ts docs/images/dashboard-record.json docs/images/dashboard.svg' },
  ],
});
project.addTask('docs', { description: 'Writes the pages that are made from the code', env, exec: 'tsx docs/generators/main.ts' });
project.addTask('goldens', {
  description: 'Accepts differences in place from the golden templates, and refuses what would replace or remove data',
  env,
  exec: 'tsx test/contract/updates/write-goldens.ts',
});
project.addTask('emulator', { description: 'Starts the local AWS', env, exec: 'tsx emulator/launcher/main.ts', receiveArgs: true });
project.addTask('demo', {
  description: 'Deploys the session-store example onto the local AWS and proves what the README says of it',
  env,
  steps: [{ spawn: project.compileTask.name }, { exec: 'tsx examples/session-store/demo/main.ts', receiveArgs: true }],
});
project.addTask('demo:memcached', {
  description: 'Deploys the memcached-pool example onto the local AWS, adds a node and kills one',
  env,
  steps: [{ spawn: project.compileTask.name }, { exec: 'tsx examples/memcached-pool/demo/main.ts', receiveArgs: true }],
});
project.addTask('judge', {
  description: 'Holds templates, generated programs and known mistakes before checkers that others wrote',
  env,
  steps: [
    { spawn: project.compileTask.name }, // what is packed is judged
    { exec: 'judge/install.sh && tsc -p judge' },
    // One seed, so that a change is judged by what it changes; other programs are tried by hand.
    ...['test', 'run judge', 'run mistakes', 'run programs -- --seed 1'].map(command => ({ exec: `npm --prefix judge ${command}` })),
  ],
});
project.addTask('bench', {
  description: 'Measures the library beside the same resources written by hand',
  steps: [
    { spawn: project.compileTask.name },
    { exec: 'tsc -p bench --noEmit false --rootDir bench --outDir .cache/bench && node .cache/bench/main.js' }, // plain JavaScript, as users run it
  ],
});
project.addTask('mutation', { description: 'Mutation testing of the rules, by hand', exec: 'node test/mutation.mjs', receiveArgs: true });
new awscdk.CdkConfig(project, { app: 'npx tsx examples/session-store/app.ts' });

project.eslint!.addRules({
  'import/no-restricted-paths': ['error', { zones: importZones() }],
  '@typescript-eslint/no-unused-vars': 'error',
});
project.eslint!.addOverride({
  files: ['src/**/*.ts'],
  rules: {
    '@typescript-eslint/no-explicit-any': 'error',
    '@typescript-eslint/no-non-null-assertion': 'error',
    'no-restricted-imports': ['error', { patterns: [{ regex: '^\\.\\./\\w+$', message: 'Import the file, not the folder.' }] }],
  },
});

project.eslint!.addOverride({
  files: ['emulator/launcher/test/**/*.ts', 'judge/**/*.test.ts'],
  rules: { '@typescript-eslint/no-floating-promises': 'off' }, // the runner of Node awaits the tests that it is given
});
project.eslint!.addOverride({
  files: ['judge/**/*.ts'],
  // A project of its own, which is installed when it is run, with the packed library beside its lock file; `tsc -p judge` resolves then.
  rules: { 'import/no-extraneous-dependencies': 'off', 'import/no-unresolved': 'off' },
});

packAllLanguages(project);
checkEveryChange(project, WORKFLOW_NODE_VERSION);

project.gitignore.exclude('.jsii.tabl.json', '/.cache/', '/cdk.out/', '__pycache__/', '.pytest_cache/', '.ruff_cache/');

project.synth();
