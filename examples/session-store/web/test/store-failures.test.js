import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { until } from './support/process.js';
import { startServices, startWeb, textOf, USER_SECRET, userSecret, Visitor } from './support/web.js';

const startWithoutStore = (t, env) => startWeb(t, env, 'instance-a', { awaitStore: false });
const ready = (web) => until('the application is ready', web.ready, 15);

describe('when the store fails', { timeout: 60_000 }, () => {
  test('while it is down a visitor reads a clear sentence, and is still signed in when it is back', async (t) => {
    const { env, redis } = await startServices(t);
    const web = await startWeb(t, env);
    const visitor = new Visitor();
    await visitor.signIn(web, 'Ada');
    const [key] = await redis.operator.keys('*');
    const data = await redis.operator.get(key);

    await redis.down();
    const response = await visitor.get(web.url);
    assert.equal(response.status, 503);
    assert.equal(response.headers.get('retry-after'), '2');
    assert.deepEqual(response.headers.getSetCookie(), []);
    assert.match(await response.text(), /The session store cannot be reached right now\. You are not signed out/);
    assert.equal((await new Visitor().signIn(web, 'Grace')).status, 503);
    assert.equal((await fetch(`${web.url}/healthz`)).status, 200);
    assert.equal((await fetch(`${web.url}/readyz`)).status, 503);

    await redis.up(); // empty, as after the loss of a group's only node: what another node had kept is put back
    await redis.operator.set(key, data);
    await ready(web);
    assert.equal(textOf(await visitor.page(web), 'name'), 'Ada');
    assert.ok(web.running());
  });

  test('a store that hangs is given up and found again', async (t) => {
    const { env, redis } = await startServices(t);
    const web = await startWeb(t, env);
    const visitor = new Visitor();
    await visitor.signIn(web, 'Ada');
    redis.freeze();
    t.after(() => redis.thaw());
    const start = Date.now();
    assert.equal((await visitor.get(web.url)).status, 503);
    assert.ok(Date.now() - start < 8_000, `answered after ${Date.now() - start} ms`);
    redis.thaw();
    await ready(web);
    assert.equal(textOf(await visitor.page(web), 'name'), 'Ada');
  });

  test('the application starts without the store and is ready as soon as it is there', async (t) => {
    const { env, redis } = await startServices(t);
    await redis.down();
    const web = await startWithoutStore(t, env);
    assert.equal(await web.ready(), false);
    await redis.up();
    await ready(web);
    assert.equal((await new Visitor().signIn(web, 'Ada')).status, 303);
  });

  test('a password replaced in server and secret needs no restart', async (t) => {
    const { env, redis, secretsManager } = await startServices(t);
    const web = await startWeb(t, env);
    const visitor = new Visitor();
    await visitor.signIn(web, 'Ada');
    await ready(web);
    const connects = secretsManager.reads.filter((arn) => arn === USER_SECRET).length;

    const next = randomBytes(16).toString('hex');
    await redis.replacePassword(next);
    secretsManager.secrets[USER_SECRET] = userSecret(redis.username, next);
    assert.equal(textOf(await visitor.page(web), 'name'), 'Ada', 'the connection that stands goes on');
    await redis.dropConnections();
    await ready(web);
    assert.equal(textOf(await visitor.page(web), 'name'), 'Ada', 'a new connection takes the new password');
    assert.ok(secretsManager.reads.filter((arn) => arn === USER_SECRET).length > connects);
    assert.doesNotMatch(web.output(), new RegExp(`${redis.password}|${next}`));
  });

  test('a password that only the server knows is taken as soon as the secret has it', async (t) => {
    const { env, redis, secretsManager } = await startServices(t);
    const web = await startWeb(t, env);
    await ready(web);
    const next = randomBytes(16).toString('hex');
    await redis.replacePassword(next);
    await redis.dropConnections();
    await until('the old password is refused', () => web.output().includes('WRONGPASS'));
    assert.equal(await web.ready(), false);
    secretsManager.secrets[USER_SECRET] = userSecret(redis.username, next);
    await ready(web);
  });

  test('a secret that is no user of the store is named without its text', async (t) => {
    const { env, secretsManager } = await startServices(t);
    secretsManager.secrets[USER_SECRET] = 'not-json-hunter2';
    const web = await startWithoutStore(t, env);
    assert.equal(await web.ready(), false);
    await until('the fault is logged', () => web.output().includes('connection failed'));
    assert.match(web.output(), /is not JSON with username and password/);
    assert.doesNotMatch(web.output(), /hunter2/);
  });

  test('a user who is refused is not taken for the default user', async (t) => {
    const { env, redis, secretsManager } = await startServices(t);
    await redis.operator.sendCommand(['ACL', 'SETUSER', 'default', 'on', 'nopass', '~*', '+@all']);
    secretsManager.secrets[USER_SECRET] = userSecret(redis.username, 'wrong');
    const web = await startWithoutStore(t, env);
    await until('the user is refused', () => web.output().includes('WRONGPASS'));
    assert.equal(await web.ready(), false);
    assert.equal((await new Visitor().signIn(web, 'Ada')).status, 503);
    assert.deepEqual(await redis.operator.keys('*'), []);
  });

  test('the certificate of the store is verified', async (t) => {
    const { env, redis } = await startServices(t);
    const { NODE_EXTRA_CA_CERTS: _ca, ...withoutCa } = env;
    const web = await startWithoutStore(t, withoutCa);
    assert.equal(await web.ready(), false);
    await until('the fault is logged', () => web.output().includes('connection failed'));
    assert.match(web.output(), /unable to verify the first certificate|self-signed certificate/);
    assert.equal((await new Visitor().signIn(web, 'Ada')).status, 503);
    assert.deepEqual(await redis.operator.keys('*'), []);
  });
});
