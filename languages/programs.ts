import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Step } from './steps';

/** A program in one language, and how it comes from the packed library to templates. */
export interface Program {
  /** The folder that it is in. */
  readonly name: string;
  /** Commands that fail where the toolchain is missing. */
  readonly toolchain: readonly (readonly string[])[];
  readonly steps: readonly Step[];
  /** A line of the program with a number, and the same with another one. */
  readonly change?: Change;
}

export interface Change {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const ROOT = join(__dirname, '..');
const DIST = join(ROOT, 'dist');
const { name, version, devDependencies: versions } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const GO_MODULE = 'github.com/cdk-data-tier/cdk-data-tier-go/cdkdatatier';

/** Maven keeps what it has once resolved, and the version of what is packed here never changes. */
export const STALE_IN_MAVEN = join(ROOT, '.cache', 'm2', 'io', 'github', name);

const maven = (goal: string): string[] => [
  'mvn', '--quiet', '--batch-mode', `-Dmaven.repo.local=${join(ROOT, '.cache', 'm2')}`, `-Dpacked.url=file://${join(DIST, 'java')}`,
  `-Dpacked.version=${version}`, `-Dcdk.version=${versions['aws-cdk-lib']}`, goal,
];

/** The first is what the others are compared with. */
export const PROGRAMS: readonly Program[] = [
  {
    name: 'typescript',
    toolchain: [['node', '--version'], ['npm', '--version']],
    steps: [
      {
        name: 'install',
        command: [
          'npm', 'install', '--prefix', '.', '--no-audit', '--no-fund', '--no-package-lock', join(DIST, 'js', `${name}@${version}.jsii.tgz`),
          ...['aws-cdk-lib', 'constructs', 'typescript', '@types/node'].map(dependency => `${dependency}@${versions[dependency]}`),
        ],
      },
      { name: 'build', command: ['npx', 'tsc'] },
      { name: 'synthesize', command: ['node', 'out/app.js'] },
    ],
  },
  {
    name: 'python',
    toolchain: [['python3', '-m', 'venv', '--help']],
    steps: [
      { name: 'install', command: ['python3', '-m', 'venv', '.venv'] },
      {
        name: 'install',
        command: [
          '.venv/bin/pip', 'install', '--quiet', '--disable-pip-version-check', '--no-compile',
          join(DIST, 'python', `${name.replaceAll('-', '_')}-${version}-py3-none-any.whl`),
          ...['aws-cdk-lib', 'constructs'].map(dependency => `${dependency}==${versions[dependency]}`),
        ],
      },
      { name: 'synthesize', command: ['.venv/bin/python', 'app.py'] },
    ],
    change: { file: 'redis_clusters_stack.py', from: 'ClusterMode.disabled(replicas=2)', to: 'ClusterMode.disabled(replicas=3)' },
  },
  {
    name: 'java',
    toolchain: [['java', '-version'], ['mvn', '--version']],
    steps: [
      { name: 'build', command: maven('compile') },
      { name: 'synthesize', command: maven('exec:java') },
    ],
  },
  {
    name: 'go',
    toolchain: [['go', 'version']],
    steps: [
      { name: 'install', command: ['go', 'mod', 'edit', `-replace=${GO_MODULE}=${join(DIST, 'go', 'cdkdatatier')}`] },
      { name: 'install', command: ['go', 'mod', 'tidy'] },
      { name: 'build', command: ['go', 'build', '-o', 'shop'] },
      { name: 'synthesize', command: ['./shop'] },
    ],
  },
];
