import { parseArgs } from 'node:util';
import { PoolDemo, SERVICE } from './pool-demo';
import { exitWith, perform } from '../../demo/perform';

const HELP = `Deploys the memcached-pool example onto a local AWS with real Memcached servers, and proves what is said of it.
  --keep   leaves it running until you interrupt it (Ctrl-C)
`;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { keep: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  return perform(new PoolDemo(), { application: SERVICE, servers: { memcached: true }, keep: values.keep });
}

exitWith(main());
