import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Mode, Shape } from './modes';
import { Process } from './processes';
import { expect } from './proof';
import { ROOT, STACK } from './workspace';

/** No Docker is needed here: the processes that stand for the tasks run `web/` itself. */
const IMAGE = 'public.ecr.aws/docker/library/node:22-slim';
const APP = 'examples/session-store/app.ts';

/** The stock `cdk` CLI of the project. */
export class Cdk {
  private runs = 0;
  private current?: Process;

  constructor(private readonly directory: string, private readonly environment: NodeJS.ProcessEnv) {}

  async bootstrap(account: string, region: string): Promise<void> {
    await this.succeed('bootstrap', `aws://${account}/${region}`);
  }

  async deploy(mode: Mode, shape: Shape): Promise<void> {
    await this.succeed('deploy', STACK, ...this.app(APP, mode, shape), '--require-approval', 'never');
  }

  /** Deploys an app whose update cannot succeed. */
  async deployFailing(app: string, mode: Mode, shape: Shape): Promise<void> {
    const { code, output } = await this.run('deploy', STACK, ...this.app(app, mode, shape), '--require-approval', 'never');
    expect(code === 1, `cdk deploy ended with ${code}, not 1:\n${tail(output)}`);
  }

  async destroy(mode: Mode): Promise<void> {
    await this.succeed('destroy', STACK, ...this.app(APP, mode, mode.shape), '--force');
  }

  async stop(): Promise<void> {
    await this.current?.stop();
  }

  private app(path: string, mode: Mode, shape: Shape): string[] {
    const context = { image: IMAGE, mode: mode.name, shards: shape.shards, replicas: shape.replicasPerShard };
    return ['--app', `npx tsx ${path}`, ...Object.entries(context).flatMap(([name, value]) => ['--context', `${name}=${value}`])];
  }

  private async succeed(...args: string[]): Promise<void> {
    const { code, output } = await this.run(...args);
    expect(code === 0, `cdk ${args[0]} ended with ${code}:\n${tail(output)}`);
  }

  private async run(...args: string[]): Promise<{ code: number | null; output: string }> {
    const log = join(this.directory, `cdk-${++this.runs}-${args[0]}.log`);
    const command = [process.execPath, join(ROOT, 'node_modules/aws-cdk/bin/cdk'), ...args];
    const options = ['--output', join(this.directory, 'cdk.out'), '--no-notices', '--no-color'];
    this.current = new Process([...command, ...options], ROOT, this.environment, log);
    const code = await this.current.ended;
    return { code, output: readFileSync(log, 'utf8') };
  }
}

const tail = (text: string) => text.trim().split('\n').slice(-25).join('\n');
