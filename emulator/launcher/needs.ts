import { spawnSync } from 'node:child_process';
import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A program that the local AWS needs. */
export interface Need {
  /** As a person would ask for it. */
  readonly what: string;
  /** Names it may have on PATH; the first that does is taken. */
  readonly programs: readonly string[];
  /** Why the program at this path will not do; undefined if it will. */
  readonly unfit: (path: string, env: NodeJS.ProcessEnv) => string | undefined;
  /** Debian's packages of it, to be installed. */
  readonly packages: readonly string[];
  /** Packages to unpack: those that hold the files, for of a package that is installed already nothing is fetched. */
  readonly unpacked?: readonly string[];
  /** Releases that have it in their backports only, as `<distribution> <version>`. */
  readonly backports?: readonly string[];
}

const OLDEST_PYTHON = [3, 11];
/** Older servers cannot deny a sub-command such as `acl|setuser`. */
const OLDEST_REDIS = [7, 0];

function run(path: string, args: string[], env: NodeJS.ProcessEnv): string {
  const { stdout, stderr } = spawnSync(path, args, { env, encoding: 'utf8', timeout: 10_000, cwd: '/' });
  return `${stdout ?? ''}${stderr ?? ''}`;
}

function unfitVersion(text: string, pattern: RegExp, [major, minor]: number[]): string | undefined {
  const found = pattern.exec(text);
  if (!found) {
    return `says ${JSON.stringify(text.trim().split('\n')[0])}`;
  }
  const version = [Number(found[1]), Number(found[2])];
  return version[0] > major || (version[0] === major && version[1] >= minor) ? undefined : `is version ${version.join('.')}`;
}

/** Asked for a TLS port without a certificate, a server that knows TLS complains of the certificate, another of the setting. */
function unfitForTls(path: string, env: NodeJS.ProcessEnv): string | undefined {
  return run(path, ['--port', '0', '--tls-port', '1', '--save', ''], env).includes('Failed to configure TLS') ? undefined : 'is built without TLS';
}

export const REDIS: Need = {
  what: `redis-server ${OLDEST_REDIS.join('.')} or newer with TLS`,
  programs: ['redis-server'],
  unfit: (path, env) => unfitVersion(run(path, ['--version'], env), /^Redis server v=(\d+)\.(\d+)/, OLDEST_REDIS) ?? unfitForTls(path, env),
  packages: ['redis-server'],
  unpacked: ['redis-server', 'redis-tools'],
};

export const VALKEY: Need = {
  what: 'valkey-server with TLS',
  programs: ['valkey-server'],
  unfit: (path, env) => unfitVersion(run(path, ['--version'], env), /^Valkey server v=(\d+)\.(\d+)/, [7, 2]) ?? unfitForTls(path, env),
  packages: ['valkey-server'],
  unpacked: ['valkey-server', 'valkey-tools'],
  backports: ['debian 12'],
};

export const MEMCACHED: Need = {
  what: 'memcached 1.6 or newer with TLS',
  programs: ['memcached'],
  unfit: (path, env) => unfitVersion(run(path, ['-V'], env), /^memcached (\d+)\.(\d+)/, [1, 6])
    ?? (run(path, ['-h'], env).includes('--enable-ssl') ? undefined : 'is built without TLS'),
  packages: ['memcached'],
};

export const PYTHON: Need = {
  what: `Python ${OLDEST_PYTHON.join('.')} or newer with venv`,
  programs: ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11'],
  unfit: (path, env) => {
    const version = unfitVersion(run(path, ['--version'], env), /^Python (\d+)\.(\d+)/, OLDEST_PYTHON);
    return version ?? (hasModules(path, env, 'venv') && pipSource(path, env) ? undefined : 'comes without venv');
  },
  packages: ['python3', 'python3-venv'],
  unpacked: ['python3', 'python3-pip-whl'],
};

export const OPENSSL: Need = {
  what: 'openssl',
  programs: ['openssl'],
  unfit: (path, env) => unfitVersion(run(path, ['version'], env), /^OpenSSL (\d+)\.(\d+)/, [3, 0]),
  packages: ['openssl'],
};

export const SETPRIV: Need = {
  what: 'setpriv',
  programs: ['setpriv'],
  unfit: () => undefined,
  packages: ['util-linux'],
};

/** Where a virtual environment of this Python gets its pip from: the Python itself, or a wheel that lies in a folder of its own. */
export function pipSource(python: string, env: NodeJS.ProcessEnv): 'ensurepip' | { readonly wheel: string } | undefined {
  if (hasModules(python, env, 'ensurepip')) {
    return 'ensurepip';
  }
  for (const directory of (env.PATH ?? '').split(':').filter(path => path.endsWith('/usr/bin'))) {
    const wheels = join(directory, '../share/python-wheels');
    const wheel = listDirectory(wheels).find(name => /^pip-.*\.whl$/.test(name));
    if (wheel) {
      return { wheel: join(wheels, wheel) };
    }
  }
  return undefined;
}

function hasModules(python: string, env: NodeJS.ProcessEnv, modules: string): boolean {
  return spawnSync(python, ['-I', '-c', `import ${modules}`], { env, stdio: 'ignore' }).status === 0;
}

export function listDirectory(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** All programs of this name on the PATH of `env`, in its order. */
export function onPath(program: string, env: NodeJS.ProcessEnv): string[] {
  return (env.PATH ?? '').split(':').filter(Boolean).map(directory => join(directory, program)).filter(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
