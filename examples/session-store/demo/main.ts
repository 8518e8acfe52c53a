import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Cdk } from './cdk';
import { Abandoned, Proof } from './proof';
import { Demo } from './proofs';
import { createWorkspace, WEB } from './workspace';
import { clientEnvironment, clientVariables } from '../../../emulator/launcher/client-environment';
import { launch } from '../../../emulator/launcher/launch';
import { Unmet } from '../../../emulator/launcher/plan';

const HELP = `Deploys the session-store example onto a local AWS with real Redis servers, and proves what is said of it.
  --keep   leaves it running until you interrupt it (Ctrl-C)
`;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { keep: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const start = performance.now();
  const interruption = onInterrupt();
  const cleanups: (() => unknown)[] = [];
  const proof = new Proof();
  try {
    const demo = await Promise.race([interruption, prove(proof, cleanups)]);
    if (values.keep) {
      console.log(`\n${proof.table()}\n\nIt is running: sign in at ${demo.addresses.join(' and ')}\nInterrupt (Ctrl-C) ends it and leaves nothing behind.`);
      await interruption.catch(() => undefined);
      return proof.failed === 0 ? 0 : 1;
    }
    await Promise.race([interruption, demo.takeDown()]);
  } catch (error) {
    if (error instanceof Interrupted) {
      proof.close();
      console.log('\nInterrupted: stopping everything.');
      return 130;
    }
    if (!(error instanceof Abandoned)) {
      throw error;
    }
  } finally {
    for (const cleanup of cleanups.reverse()) {
      await cleanup();
    }
  }
  console.log(`\n${proof.table()}\n\n${proof.failed === 0 ? 'All of it holds' : `${proof.failed} FAILED`}, ${((performance.now() - start) / 1000).toFixed(0)} s.`);
  return proof.failed === 0 ? 0 : 1;
}

async function prove(proof: Proof, cleanups: (() => unknown)[]): Promise<Demo> {
  const log = (line: string) => console.log(`… ${line}`);
  const workspace = createWorkspace();
  cleanups.push(workspace.remove);
  log('starting the local AWS');
  const aws = await launch({ log });
  cleanups.push(aws.stop);
  installWeb(log);

  // The clients of this process and the CLI read the same variables: what STS says holds for both.
  process.env = clientEnvironment(aws, process.env);
  const demo = new Demo(aws, new Cdk(workspace.directory, process.env), proof, workspace.directory);
  cleanups.push(() => demo.stop());
  await demo.account();
  log('bootstrapping and deploying take half a minute');
  await demo.deploy();
  await demo.startInstances(clientVariables(aws));
  await demo.shareSession();
  await demo.refusals();
  await demo.losePrimary();
  await demo.addReplica();
  await demo.failUpdate();
  return demo;
}

/** The web application is an npm project of its own, as its container builds it. */
function installWeb(log: (line: string) => void): void {
  const installed = join(WEB, 'node_modules/.package-lock.json');
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(join(WEB, 'package-lock.json')).mtimeMs) {
    log('installing the web application');
    execFileSync('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund'], { cwd: WEB, stdio: ['ignore', 'ignore', 'inherit'] });
  }
}

class Interrupted extends Error {}

/** Rejects at the first interrupt, so that whatever is under way is left and cleaned up. */
function onInterrupt(): Promise<never> {
  const interruption = new Promise<never>((_resolve, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => reject(new Interrupted(signal)));
    }
  });
  interruption.catch(() => undefined); // also when nobody waits for it
  return interruption;
}

main().then(code => process.exit(code), (error: Error) => {
  console.error(error.message);
  process.exit(error instanceof Unmet ? 2 : 1);
});
