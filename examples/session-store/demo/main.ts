import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Cdk } from './cdk';
import { Mode, MODES } from './modes';
import { isAlive } from './processes';
import { Abandoned, expect, Proof } from './proof';
import { Demo } from './proofs';
import { Services } from './services';
import { createWorkspace, WEB } from './workspace';
import { clientEnvironment, clientVariables } from '../../../emulator/launcher/client-environment';
import { launch, RunningAws } from '../../../emulator/launcher/launch';
import { Unmet } from '../../../emulator/launcher/plan';

const HELP = `Deploys the session-store example onto a local AWS with real Redis servers, and proves what is said of it.
  --mode disabled|enabled   in this cluster mode only; else in one after the other
  --keep                    leaves the last one running until you interrupt it (Ctrl-C)
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { mode: { type: 'string' }, keep: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const modes = MODES.filter(({ name }) => name === (values.mode ?? name));
  if (modes.length === 0) {
    throw new Error(`--mode must be ${MODES.map(({ name }) => name).join(' or ')} (got ${values.mode}).`);
  }
  const start = performance.now();
  const interruption = onInterrupt();
  const cleanups: (() => unknown)[] = [];
  const proof = new Proof();
  try {
    const run = new Run(proof, cleanups);
    await Promise.race([interruption, run.prove(modes)]);
    if (values.keep) {
      console.log(`\n${proof.tables()}\n\nIt is running: sign in at ${run.addresses.join(' and ')}\nInterrupt (Ctrl-C) ends it and leaves nothing behind.`);
      await interruption.catch(() => undefined);
      return proof.failed === 0 ? 0 : 1;
    }
    await Promise.race([interruption, run.takeDown()]);
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

/** One local AWS, on which the example is deployed in one cluster mode after the other. */
class Run {
  private readonly demos: Demo[] = [];
  private aws!: RunningAws;

  constructor(private readonly proof: Proof, private readonly cleanups: (() => unknown)[]) {}

  get addresses(): string[] {
    return this.demos.at(-1)?.addresses ?? [];
  }

  /** Leaves the last mode deployed. */
  async prove(modes: readonly Mode[]): Promise<void> {
    const workspace = createWorkspace();
    this.cleanups.push(workspace.remove);
    log('starting the local AWS');
    const aws = this.aws = await launch({ log });
    this.cleanups.push(aws.stop);
    installWeb();

    // The clients of this process and the CLI read the same variables: what STS says holds for both.
    process.env = clientEnvironment(aws, process.env);
    const cdk = new Cdk(workspace.directory, process.env);
    await this.account(cdk);
    for (const mode of modes) {
      await this.demos.at(-1)?.takeDown();
      this.proof.begin(`Cluster mode ${mode.name}`);
      const demo = new Demo(mode, aws, cdk, this.proof, workspace.directory);
      this.demos.push(demo);
      this.cleanups.push(() => demo.stop());
      await demo.run(clientVariables(aws));
    }
  }

  async takeDown(): Promise<void> {
    await this.demos.at(-1)?.takeDown();
    this.proof.begin('Afterwards');
    await this.proof.check('Nothing is left behind', 'the process table and the run folder, after the emulator has ended', async () => {
      await this.aws.stop();
      const left = [this.aws.pid, ...this.demos.flatMap(({ pids }) => pids)].filter(isAlive);
      expect(left.length === 0, `processes ${left} are alive`);
      expect(!existsSync(this.aws.runDir), 'the run folder of the emulator is there');
      return 'no process and no run folder';
    });
  }

  /** Everything goes to the emulator, or nothing goes anywhere. */
  private async account(cdk: Cdk): Promise<void> {
    this.proof.begin('The account');
    await this.proof.require('No real account is used', 'STS GetCallerIdentity, with the environment of the cdk CLI', async () => {
      const account = await new Services().account();
      expect(account === this.aws.account, `account ${account} is not the emulator's ${this.aws.account}`);
      return `account ${account} at ${this.aws.endpoint}`;
    });
    await this.proof.require('The stock cdk CLI bootstraps the account', 'cdk bootstrap', async () => {
      await cdk.bootstrap(this.aws.account, this.aws.region);
      return 'done';
    });
  }
}

function log(line: string): void {
  console.log(`… ${line}`);
}

/** The web application is an npm project of its own, as its container builds it. */
function installWeb(): void {
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
