import { join } from 'node:path';
import { freePort, Process } from './processes';
import { expect, until } from './proof';

/** One running process of an application, with the environment of the deployed task definition. */
export class Instance {
  public url = '';
  private process?: Process;

  /** @param application its folder, an npm project */
  constructor(
    readonly name: string, private readonly application: string, private readonly environment: NodeJS.ProcessEnv, private readonly directory: string,
  ) {}

  get pid(): number | undefined {
    return this.process?.pid;
  }

  async start(): Promise<void> {
    const port = this.url ? new URL(this.url).port : await freePort();
    this.url = `http://127.0.0.1:${port}`;
    const environment = { PATH: process.env.PATH, ...this.environment, INSTANCE_NAME: this.name, PORT: String(port) };
    const started = new Process([process.execPath, 'src/server.js'], this.application, environment, join(this.directory, `${this.name}.log`));
    this.process = started;
    await until(15, async () => {
      expect(started.running, `${this.name} ended:\n${started.output()}`);
      expect((await fetch(`${this.url}/readyz`)).ok, `${this.name} is not ready:\n${started.output()}`);
    });
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async stop(): Promise<void> {
    await this.process?.stop();
  }
}
