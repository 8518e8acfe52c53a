import { spawnSync } from 'node:child_process';
import { CACHE } from './launch';
import { Unmet } from './plan';
import { provideTools } from './tools';

/** Runs a command where it finds the servers that the tests start, Memcached and Valkey among them: `tsx emulator/launcher/with-tools.ts pytest …`. */
async function main([command, ...args]: string[]): Promise<number> {
  const { env } = await provideTools({ cache: CACHE, memcached: true, valkey: true, log: line => console.error(`… ${line}`) });
  return spawnSync(command, args, { env, stdio: 'inherit' }).status ?? 1;
}

main(process.argv.slice(2)).then(code => { process.exitCode = code; }, (error: Error) => {
  console.error(error.message);
  process.exitCode = error instanceof Unmet ? 2 : 1;
});
