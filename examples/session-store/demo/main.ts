import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Mode, MODES } from './modes';
import { ModeDemo } from './proofs';
import { Demo, exitWith, perform, Stage } from '../../demo/perform';

const HELP = `Deploys the session-store example onto a local AWS with real Redis servers, and proves what is said of it.
  --mode disabled|enabled   in this cluster mode only; else in one after the other
  --keep                    leaves the last one running until you interrupt it (Ctrl-C)
`;

/** The example deployed in one cluster mode after the other. */
class ModesDemo implements Demo {
  private readonly demos: ModeDemo[] = [];

  constructor(private readonly modes: readonly Mode[]) {}

  get addresses(): string[] {
    return this.demos.at(-1)?.addresses ?? [];
  }

  get pids(): number[] {
    return this.demos.flatMap(({ pids }) => pids);
  }

  /** Leaves the last mode deployed. */
  async run(stage: Stage): Promise<void> {
    for (const mode of this.modes) {
      await this.takeDown();
      stage.proof.begin(`Cluster mode ${mode.name}`);
      const demo = new ModeDemo(mode, stage);
      this.demos.push(demo);
      await demo.run();
    }
  }

  async takeDown(): Promise<void> {
    await this.demos.at(-1)?.takeDown();
  }

  async stop(): Promise<void> {
    await Promise.all(this.demos.map(demo => demo.stop()));
  }
}

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
  return perform(new ModesDemo(modes), { application: join(__dirname, '../web'), keep: values.keep });
}

exitWith(main());
