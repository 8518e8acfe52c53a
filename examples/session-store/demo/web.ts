import { Instance } from '../../demo/instance';
import { expect } from '../../demo/proof';

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
