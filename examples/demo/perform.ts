import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Cdk } from './cdk';
import { isAlive } from './processes';
import { Abandoned, expect, Proof } from './proof';
import { Services } from './services';
import { createWorkspace } from './workspace';
import { clientEnvironment } from '../../emulator/launcher/client-environment';
import { launch, LaunchOptions, RunningAws } from '../../emulator/launcher/launch';
import { Unmet } from '../../emulator/launcher/plan';

/** What a demo is given: a local AWS, the stock CLI in its environment, and where to write down what is proven. */
export interface Stage {
  readonly aws: RunningAws;
  readonly cdk: Cdk;
  readonly proof: Proof;
  /** Of this run alone. */
  readonly directory: string;
}

/** A demo of one example. */
export interface Demo {
  /** Where its processes can be visited. */
  readonly addresses: string[];
  /** Every process that it has started or seen. */
  readonly pids: number[];
  /** All steps but the last. */
  run(stage: Stage): Promise<void>;
  /** The last step, which takes it down. */
  takeDown(): Promise<void>;
  /** Ends its processes, whatever is under way. */
  stop(): Promise<void>;
}

export interface DemoOptions {
  /** The folder of the application: an npm project of its own, as its container builds it. */
  readonly application: string;
  readonly servers?: Pick<LaunchOptions, 'memcached' | 'valkey'>;
  /** Leave it running until it is interrupted. */
  readonly keep: boolean;
}

/** Ends this process: with 0 when all is proven, 1 when not, 2 when the machine lacks something, 130 when interrupted. */
export function exitWith(code: Promise<number>): void {
  code.then(number => process.exit(number), (error: Error) => {
    console.error(error.message);
    process.exit(error instanceof Unmet ? 2 : 1);
  });
}

/** Performs a demo, and gives the exit code that says how it went. */
export async function perform(demo: Demo, options: DemoOptions): Promise<number> {
  const start = performance.now();
  const interruption = onInterrupt();
  const cleanups: (() => unknown)[] = [];
  const proof = new Proof();
  try {
    const stage = await Promise.race([interruption, setUp(proof, options, cleanups)]);
    cleanups.push(() => Promise.all([stage.cdk.stop(), demo.stop()]));
    await Promise.race([interruption, demo.run(stage)]);
    if (options.keep) {
      console.log(`\n${proof.tables()}\n\nIt is running: ${demo.addresses.join(' and ')}\nInterrupt (Ctrl-C) ends it and leaves nothing behind.`);
      await interruption.catch(() => undefined);
      return proof.failed === 0 ? 0 : 1;
    }
    await Promise.race([interruption, demo.takeDown().then(() => leave(stage, demo))]);
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
  console.log(`\n${proof.tables()}\n\n${proof.failed === 0 ? 'All of it holds' : `${proof.failed} FAILED`}, ${((performance.now() - start) / 1000).toFixed(0)} s.`);
  return proof.failed === 0 ? 0 : 1;
}

async function setUp(proof: Proof, { application, servers }: DemoOptions, cleanups: (() => unknown)[]): Promise<Stage> {
  const { directory, remove } = createWorkspace();
  cleanups.push(remove);
  log('starting the local AWS');
  const aws = await launch({ ...servers, log });
  cleanups.push(aws.stop);
  install(application);

  // The clients of this process and the CLI read the same variables: what STS says holds for both.
  process.env = clientEnvironment(aws, process.env);
  const cdk = new Cdk(directory, process.env);
  cleanups.push(() => cdk.stop());
  proof.begin('The account');
  await proof.require('No real account is used', 'STS GetCallerIdentity, with the environment of the cdk CLI', async () => {
    const account = await new Services().account();
    expect(account === aws.account, `account ${account} is not the emulator's ${aws.account}`);
    return `account ${account} at ${aws.endpoint}`;
  });
  await proof.require('The stock cdk CLI bootstraps the account', 'cdk bootstrap', async () => {
    await cdk.bootstrap(aws.account, aws.region);
    return 'done';
  });
  return { aws, cdk, proof, directory };
}

async function leave({ aws, proof }: Stage, demo: Demo): Promise<void> {
  proof.begin('Afterwards');
  await proof.check('Nothing is left behind', 'the process table and the run folder, after the emulator has ended', async () => {
    await aws.stop();
    const left = [aws.pid, ...demo.pids].filter(isAlive);
    expect(left.length === 0, `processes ${left} are alive`);
    expect(!existsSync(aws.runDir), 'the run folder of the emulator is there');
    return 'no process and no run folder';
  });
}

function log(line: string): void {
  console.log(`… ${line}`);
}

function install(application: string): void {
  const installed = join(application, 'node_modules/.package-lock.json');
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(join(application, 'package-lock.json')).mtimeMs) {
    log('installing the application');
    execFileSync('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund'], { cwd: application, stdio: ['ignore', 'ignore', 'inherit'] });
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
