import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** A process that ends with this one, however this one ends, and that no interrupt of the terminal reaches before we have said so. */
export class Process {
  private readonly child: ChildProcess;
  private readonly exited: Promise<number | null>;

  constructor(command: readonly string[], cwd: string, env: NodeJS.ProcessEnv, private readonly log: string) {
    const file = openSync(log, 'a');
    this.child = spawn('setpriv', ['--pdeathsig', 'KILL', ...command], { cwd, env, stdio: ['ignore', file, file], detached: true });
    closeSync(file);
    this.exited = once(this.child, 'exit').then(([code]) => code as number | null);
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Its exit code, as soon as it has ended. */
  get ended(): Promise<number | null> {
    return this.exited;
  }

  output(): string {
    return readFileSync(this.log, 'utf8');
  }

  /** Ends it and what it has started. */
  async stop(seconds = 15): Promise<void> {
    if (!this.running || !this.pid) {
      return;
    }
    const signal = (name: NodeJS.Signals) => {
      if (this.running && this.pid) {
        process.kill(-this.pid, name);
      }
    };
    signal('SIGTERM');
    const timer = setTimeout(signal, seconds * 1000, 'SIGKILL');
    await this.exited;
    clearTimeout(timer);
  }
}

/** Whether a process, ours or not, is alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A port of loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
