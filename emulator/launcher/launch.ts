import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { LocalAws, withoutAws } from './client-environment';
import { providePythonEnvironment } from './python-environment';
import { provideTools } from './tools';

const EMULATOR = join(__dirname, '..');
export const CACHE = join(EMULATOR, '../.cache/emulator');
const READY_SECONDS = 60;
const STOP_SECONDS = 30;

export interface LaunchOptions {
  /** Also have a Valkey server. */
  readonly valkey?: boolean;
  /** Also have a Memcached server. */
  readonly memcached?: boolean;
  readonly log: (line: string) => void;
}

export interface RunningAws extends LocalAws {
  /** Resolves when it ends, whoever ended it. */
  readonly ended: Promise<void>;
  /** Ends it and all its servers, and waits until they are gone. */
  stop(): Promise<void>;
}

/** Gets what the local AWS needs, starts it, and returns when it answers. It ends with this process, however this process ends. */
export async function launch(options: LaunchOptions): Promise<RunningAws> {
  const tools = await provideTools({ ...options, cache: CACHE });
  const python = await providePythonEnvironment(tools, join(EMULATOR, 'requirements.txt'), CACHE, options.log);

  // Not in the terminal's process group: an interrupt reaches it through us, when its clients have stopped.
  const child = spawn('setpriv', ['--pdeathsig', 'TERM', python, '-m', 'local_aws'], {
    cwd: EMULATOR, env: { ...withoutAws(tools.env), PYTHONUNBUFFERED: '1' }, stdio: ['ignore', 'pipe', 'pipe'], detached: true,
  });
  const ended = once(child, 'exit').then(() => undefined);
  try {
    return { ...await ready(child), ended, stop: () => stop(child, ended) };
  } catch (error) {
    await stop(child, ended);
    throw error;
  }
}

/** Its first line on stdout; what it writes to stderr is told only if that line does not come. */
async function ready(child: ChildProcess): Promise<LocalAws> {
  const complaints: string[] = [];
  createInterface({ input: child.stderr! }).on('line', line => { complaints.push(line); complaints.splice(0, complaints.length - 20); });
  const failed = (why: string) => new Error([`The local AWS ${why}.`, ...complaints].join('\n'));
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<LocalAws>((resolve, reject) => {
      timer = setTimeout(() => reject(failed(`was not ready within ${READY_SECONDS} s`)), READY_SECONDS * 1000);
      createInterface({ input: child.stdout! }).once('line', line => resolve(JSON.parse(line) as LocalAws));
      child.once('close', code => reject(failed(`ended with code ${code} before it was ready`)));
    });
  } finally {
    clearTimeout(timer);
  }
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_SECONDS * 1000);
  await ended;
  clearTimeout(timer);
}
