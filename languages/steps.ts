import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One command of a program's way from the package to the templates. */
export interface Step {
  readonly name: 'install' | 'build' | 'synthesize';
  readonly command: readonly string[];
}

const LINES_SHOWN = 40;
const children = new Set<ChildProcess>();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    for (const child of children) child.kill('SIGTERM');
    process.exit(1);
  });
}

/** Runs a command, with its output in a file, and gives the seconds that it took. */
export async function run(command: readonly string[], folder: string, env: NodeJS.ProcessEnv = process.env): Promise<number> {
  const start = Date.now();
  const log = join(folder, 'output.log');
  const output = openSync(log, 'w');
  const child = spawn(command[0], command.slice(1), { cwd: folder, env, stdio: ['ignore', output, output] });
  closeSync(output);
  children.add(child);
  const [code] = await once(child, 'exit').finally(() => children.delete(child));
  if (code !== 0) {
    throw new Error(`${command.join(' ')} ended with ${code}:\n${readFileSync(log, 'utf8').trimEnd().split('\n').slice(-LINES_SHOWN).join('\n')}`);
  }
  return (Date.now() - start) / 1000;
}
