import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from './processes';

export const ROOT = join(__dirname, '../..');
const CACHE = join(ROOT, '.cache');

/** A folder of this run alone, for its cloud assembly and logs; those of killed runs are removed. */
export function createWorkspace(): { directory: string; remove(): void } {
  mkdirSync(CACHE, { recursive: true });
  for (const name of readdirSync(CACHE)) {
    const pid = /^demo-(\d+)$/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) {
      rmSync(join(CACHE, name), { recursive: true, force: true });
    }
  }
  const directory = join(CACHE, `demo-${process.pid}`);
  mkdirSync(directory, { recursive: true });
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
