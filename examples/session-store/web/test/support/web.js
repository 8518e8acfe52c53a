import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { freePort, start, until } from './process.js';
import { startRedis } from './redis.js';
import { startSecretsManager } from './secrets-manager.js';

const SERVER = fileURLToPath(new URL('../../src/server.js', import.meta.url));
export const USER_SECRET = 'arn:aws:secretsmanager:us-east-1:000000000042:secret:session-user-AbCdEf';
export const COOKIE_SECRET = 'arn:aws:secretsmanager:us-east-1:000000000042:secret:cookie-AbCdEf';

/**
 * Redis, Secrets Manager and the environment that `SessionStore.linkContainer` would write for them.
 *
 * @param {import('node:test').TestContext} t
 * @param {object} [options] the store that runs already, and its cluster mode
 */
export async function startServices(t, { redis, clusterMode = 'disabled' } = {}) {
  redis ??= await startRedis(t);
  const secretsManager = await startSecretsManager(t, {
    [USER_SECRET]: userSecret(redis.username, redis.password),
    [COOKIE_SECRET]: randomBytes(32).toString('hex'),
  });
  return {
    redis,
    secretsManager,
    env: {
      PATH: process.env.PATH,
      AWS_ENDPOINT_URL: secretsManager.endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: '000000000042',
      AWS_SECRET_ACCESS_KEY: 'dummy',
      NODE_EXTRA_CA_CERTS: redis.caFile,
      COOKIE_SECRET_ARN: COOKIE_SECRET,
      SESSION_STORE_HOST: redis.host,
      SESSION_STORE_PORT: String(redis.port),
      SESSION_STORE_TLS: 'true',
      SESSION_STORE_CLUSTER_MODE: clusterMode,
      SESSION_STORE_AUTH: 'user',
      SESSION_STORE_SECRET_ARN: USER_SECRET,
      SESSION_STORE_ENGINE: 'redis',
      SESSION_STORE_KEY_PREFIX: 'sess:',
      SESSION_STORE_IDLE_TIMEOUT_SECONDS: '1800',
      SESSION_STORE_ABSOLUTE_TIMEOUT_SECONDS: '43200',
    },
  };
}

export const userSecret = (username, password) =>
  JSON.stringify({ username, password, user_arn: `arn:aws:elasticache:us-east-1:000000000042:user:${username}` });

/** The application as its container runs it: a process of its own with nothing but `env`. */
export function runWeb(env) {
  return start([process.execPath, SERVER], { env });
}

/** A running instance of the application, as soon as it can use the store; `awaitStore: false` gives one that merely listens. */
export async function startWeb(t, env, name = 'instance-a', { awaitStore = true } = {}) {
  const port = await freePort();
  const web = runWeb({ ...env, INSTANCE_NAME: name, PORT: String(port) });
  t.after(() => web.stop('SIGKILL'));
  const url = `http://127.0.0.1:${port}`;
  const ok = async (path) => (await fetch(url + path)).ok;
  await until(`${name} answers`, () => {
    if (!web.running()) {
      throw new Error(web.output());
    }
    return ok(awaitStore ? '/readyz' : '/healthz');
  });
  return { ...web, url, ready: () => ok('/readyz') };
}

/** As much of a browser as sessions need: it keeps cookies, and names the origin of what it posts. */
export class Visitor {
  cookies = new Map();

  get(url, headers = {}) {
    return this.#send(url, { headers });
  }

  post(url, fields = {}, headers = {}) {
    return this.#send(url, { method: 'POST', body: new URLSearchParams(fields), headers: { origin: new URL(url).origin, ...headers } });
  }

  signIn(web, name) {
    return this.post(`${web.url}/sign-in`, { name });
  }

  async page(web) {
    const response = await this.get(`${web.url}/`);
    return response.text();
  }

  async #send(url, init) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, ...(cookie && { cookie }) } });
    await response.clone().arrayBuffer(); // express-session writes until the answer has ended
    for (const line of response.headers.getSetCookie()) {
      const [name, value] = line.split(';')[0].split('=');
      this.cookies.set(name, value);
    }
    return response;
  }
}

/** The text of the element with this id. */
export const textOf = (page, id) => page.match(new RegExp(`id="${id}"[^>]*>([^<]*)<`))?.[1];
