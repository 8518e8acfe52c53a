import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { shellExports } from './client-environment';
import { launch } from './launch';
import { Unmet } from './plan';

async function main() {
  const { values } = parseArgs({ options: { memcached: { type: 'boolean', default: false }, valkey: { type: 'boolean', default: false } } });
  const aws = await launch({ ...values, log: line => console.error(`… ${line}`) });
  const interrupted = Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map(signal => once(process, signal)));

  console.log(`The local AWS is ready at ${aws.endpoint}, account ${aws.account}. In another shell:\n\n${shellExports(aws, process.env)}\n`);
  console.log('Interrupt (Ctrl-C) ends it and everything deployed onto it.');
  const unasked = await Promise.race([interrupted.then(() => false), aws.ended.then(() => true)]);
  await aws.stop();
  if (unasked) {
    throw new Error('The local AWS ended by itself.');
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = error instanceof Unmet ? 2 : 1;
});
