import { join } from 'node:path';
import { freePort, Process } from './processes';
import { expect, until } from './proof';
import { WEB } from './workspace';

/** One running process of the web application, with the environment of the deployed task definition. */
export class Instance {
  public url = '';
  private process?: Process;

  constructor(readonly name: string, private readonly environment: NodeJS.ProcessEnv, private readonly directory: string) {}

  get pid(): number | undefined {
    return this.process?.pid;
  }

  async start(): Promise<void> {
    const port = this.url ? new URL(this.url).port : await freePort();
    this.url = `http://127.0.0.1:${port}`;
    const environment = { PATH: process.env.PATH, ...this.environment, INSTANCE_NAME: this.name, PORT: String(port) };
    const web = new Process([process.execPath, 'src/server.js'], WEB, environment, join(this.directory, `${this.name}.log`));
    this.process = web;
    await until(15, async () => {
      expect(web.running, `${this.name} ended:\n${web.output()}`);
      expect((await fetch(`${this.url}/readyz`)).ok, `${this.name} is not ready:\n${web.output()}`);
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

/** What the page says to a visitor who is signed in. */
export interface Page {
  readonly name: string;
  readonly instance: string;
  readonly signedInBy: string;
  readonly views: number;
}

/** The store could not be asked for the moment: an answer that signs nobody out. */
export class Unavailable extends Error {}

/** A visitor with a browser's cookie, which the instances share as the tasks behind one load balancer do. */
export class Visitor {
  private cookie = '';

  async signIn(instance: Instance, name: string): Promise<void> {
    const response = await fetch(`${instance.url}/sign-in`, {
      method: 'POST', redirect: 'manual', headers: { origin: instance.url }, body: new URLSearchParams({ name }),
    });
    await response.arrayBuffer(); // express-session writes until the answer has ended
    expect(response.status === 303, `${instance.name} answered ${response.status} to the login`);
    this.cookie = response.headers.getSetCookie().map(line => line.split(';')[0]).join('; ');
  }

  /** The page as this visitor sees it; rejects when it is not that of somebody signed in. */
  async page(instance: Instance): Promise<Page> {
    const response = await fetch(instance.url, { headers: { cookie: this.cookie } });
    const text = await response.text();
    if (response.status === 503) {
      throw new Unavailable(`${instance.name} answered 503`);
    }
    const of = (id: string) => new RegExp(`id="${id}"[^>]*>([^<]*)<`).exec(text)?.[1];
    const [name, by] = [of('name'), of('signed-in-by')];
    expect(response.ok && name && by, `${instance.name} answered ${response.status}: ${/<h1[^>]*>([^<]*)/.exec(text)?.[1]}`);
    return { name, instance: of('instance') ?? '', signedInBy: by, views: Number(of('views')) };
  }
}
