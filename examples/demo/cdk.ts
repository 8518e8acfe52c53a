import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Process } from './processes';
import { expect } from './proof';
import { ROOT } from './workspace';

/** No Docker is needed here: the processes that stand for the tasks run the application itself. */
const IMAGE = 'public.ecr.aws/docker/library/node:22-slim';

/** An example as the CLI is told of it. */
export interface Application {
  readonly stack: string;
  /** Its file, from the root of the project. */
  readonly path: string;
  readonly context: Record<string, string | number>;
}

/** The stock `cdk` CLI of the project. */
export class Cdk {
  private runs = 0;
  private current?: Process;

  constructor(private readonly directory: string, private readonly environment: NodeJS.ProcessEnv) {}

  async bootstrap(account: string, region: string): Promise<void> {
    await this.succeed('bootstrap', `aws://${account}/${region}`);
  }

  async deploy(application: Application): Promise<void> {
    await this.succeed('deploy', ...told(application), '--require-approval', 'never');
  }

  /** Deploys an app whose update cannot succeed. */
  async deployFailing(application: Application): Promise<void> {
    const { code, output } = await this.run('deploy', ...told(application), '--require-approval', 'never');
    expect(code === 1, `cdk deploy ended with ${code}, not 1:\n${tail(output)}`);
  }

  async destroy(application: Application): Promise<void> {
    await this.succeed('destroy', ...told(application), '--force');
  }

  async stop(): Promise<void> {
    await this.current?.stop();
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

function told({ stack, path, context }: Application): string[] {
  const values = Object.entries({ image: IMAGE, ...context });
  return [stack, '--app', `npx tsx ${path}`, ...values.flatMap(([name, value]) => ['--context', `${name}=${value}`])];
}

const tail = (text: string) => text.trim().split('\n').slice(-25).join('\n');
