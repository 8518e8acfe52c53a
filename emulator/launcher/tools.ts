import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listDirectory, MEMCACHED, Need, onPath, OPENSSL, PYTHON, REDIS, SETPRIV, VALKEY } from './needs';
import { installPackages, unpackPackages } from './packages';
import { look, Machine, plan, refusal, Step, Unmet } from './plan';

/** They lead to the libraries of other programs. */
const PYTHON_LIBRARIES = ['PYTHONHOME', 'PYTHONPATH'];

export interface Tools {
  readonly python: string;
  /** The environment in which all programs are found, with the libraries of those that were unpacked. */
  readonly env: NodeJS.ProcessEnv;
}

export interface ToolsOptions {
  /** Where packages are unpacked to. */
  readonly cache: string;
  readonly valkey?: boolean;
  readonly memcached?: boolean;
  readonly log: (line: string) => void;
  /** @default - the environment of this process */
  readonly env?: NodeJS.ProcessEnv;
  /** @default - this machine */
  readonly machine?: Machine;
}

/**
 * Finds all programs that the local AWS needs, and gets what is missing.
 *
 * @throws Unmet with the one command to run, before anything is started
 */
export async function provideTools(options: ToolsOptions): Promise<Tools> {
  const inherited = options.env ?? process.env;
  const machine = options.machine ?? thisMachine(inherited);
  const unpacked = join(options.cache, `tools-${machine.release.replace(' ', '-')}-${process.arch}`);
  const needs = [REDIS, PYTHON, OPENSSL, SETPRIV, ...(options.valkey ? [VALKEY] : []), ...(options.memcached ? [MEMCACHED] : [])];

  const first = look(needs, toolsEnvironment(inherited, unpacked));
  const steps = plan(first.missing, machine);
  for (const step of steps) {
    await take(step, unpacked, inherited, options.log).catch((error: Error) => { throw refusal(first.missing, machine, error.message); });
  }
  const env = toolsEnvironment(inherited, unpacked); // anew: an unpacked library folder has come into being
  const { programs, missing } = steps.length > 0 ? look(needs, env) : first;
  if (missing.length > 0) {
    throw refusal(missing, machine);
  }
  return { python: program(programs, PYTHON), env: { ...env, ...serverVariables(programs) } };
}

async function take(step: Step, directory: string, env: NodeJS.ProcessEnv, log: (line: string) => void): Promise<void> {
  log(`${step.action === 'install' ? 'installing' : 'unpacking'} ${step.packages.join(', ')}`);
  await (step.action === 'install' ? installPackages(step.packages, env) : unpackPackages(step.packages, directory, step.backports, env));
}

/** The programs that were found, not whatever bears their name first on PATH. */
function serverVariables(programs: Map<Need, string>): NodeJS.ProcessEnv {
  const [memcached, valkey] = [programs.get(MEMCACHED), programs.get(VALKEY)];
  return {
    DATA_TIER_REDIS_SERVER: program(programs, REDIS),
    ...(memcached && { DATA_TIER_MEMCACHED_SERVER: memcached }),
    ...(valkey && { DATA_TIER_VALKEY_SERVER: valkey }),
  };
}

function program(programs: Map<Need, string>, need: Need): string {
  const path = programs.get(need);
  if (!path) {
    throw new Unmet(`The local AWS needs ${need.what}.`);
  }
  return path;
}

/** What is unpacked comes after PATH and needs its libraries named, since it does not lie where it was built for. */
function toolsEnvironment(inherited: NodeJS.ProcessEnv, unpacked: string): NodeJS.ProcessEnv {
  const env = Object.fromEntries(Object.entries(inherited).filter(([name]) => !PYTHON_LIBRARIES.includes(name)));
  const libraries = ['usr/lib', 'lib'].flatMap(parent =>
    listDirectory(join(unpacked, parent)).filter(name => name.endsWith('-linux-gnu')).map(name => join(unpacked, parent, name)));
  const path = [env.PATH, join(unpacked, 'usr/bin'), join(unpacked, 'bin')];
  return {
    ...env,
    PATH: path.filter(Boolean).join(':'),
    ...(libraries.length > 0 && { LD_LIBRARY_PATH: [env.LD_LIBRARY_PATH, ...libraries].filter(Boolean).join(':') }),
  };
}

function thisMachine(env: NodeJS.ProcessEnv): Machine {
  return {
    platform: process.platform,
    root: process.getuid?.() === 0,
    apt: onPath('apt-get', env).length > 0,
    release: readRelease('/etc/os-release'),
  };
}

export function readRelease(file: string): string {
  try {
    const lines = readFileSync(file, 'utf8').split('\n').map(line => line.split('='));
    const value = (name: string) => lines.find(([key]) => key === name)?.[1]?.replaceAll('"', '') ?? '';
    return `${value('ID')} ${value('VERSION_ID')}`.trim();
  } catch {
    return '';
  }
}
