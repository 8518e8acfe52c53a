import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServices, startWeb, textOf, Visitor } from './support/web.js';

describe('sessions', { concurrency: false, timeout: 60_000 }, () => {
  test('a login on one instance is honoured by another, and a sign-out on either ends it', async (t) => {
    const { env, redis } = await startServices(t);
    const [a, b] = await Promise.all([startWeb(t, env, 'instance-a'), startWeb(t, env, 'instance-b')]);
    const ada = new Visitor();

    const login = await ada.signIn(a, 'Ada');
    assert.equal(login.status, 303);
    assert.equal(login.headers.get('location'), '/');

    const onB = await ada.page(b);
    assert.equal(textOf(onB, 'name'), 'Ada');
    assert.equal(textOf(onB, 'instance'), 'instance-b');
    assert.equal(textOf(onB, 'signed-in-by'), 'instance-a');
    assert.equal(textOf(onB, 'views'), '1');
    assert.equal(textOf(await ada.page(a), 'views'), '2');

    assert.equal((await redis.operator.keys('*')).length, 1);
    await ada.post(`${b.url}/sign-out`);
    assert.deepEqual(await redis.operator.keys('*'), []);
    assert.match(await ada.page(a), /action="\/sign-in"/);
  });

  test('a visitor who does not sign in leaves nothing in the store and gets no cookie', async (t) => {
    const { env, redis } = await startServices(t);
    const web = await startWeb(t, env);
    const response = await new Visitor().get(`${web.url}/`);
    assert.deepEqual(response.headers.getSetCookie(), []);
    assert.deepEqual(await redis.operator.keys('*'), []);
  });

  test('a login changes the session id and removes the session that was known before', async (t) => {
    const { env, redis } = await startServices(t);
    const web = await startWeb(t, env);
    const visitor = new Visitor();
    await visitor.signIn(web, 'Ada');
    const [before] = await redis.operator.keys('*');
    await visitor.signIn(web, 'Grace');
    const after = await redis.operator.keys('*');
    assert.equal(after.length, 1);
    assert.notEqual(after[0], before);
    assert.equal(textOf(await visitor.page(web), 'name'), 'Grace');
  });

  test('a cookie with another signature is not honoured', async (t) => {
    const { env } = await startServices(t);
    const web = await startWeb(t, env);
    const visitor = new Visitor();
    await visitor.signIn(web, 'Ada');
    visitor.cookies.set('session', `${visitor.cookies.get('session').slice(0, -8)}AAAAAAAA`);
    assert.match(await visitor.page(web), /action="\/sign-in"/);
  });

  test('each use renews the idle timeout; an unused session ends', async (t) => {
    const { env, redis } = await startServices(t);
    const web = await startWeb(t, { ...env, SESSION_STORE_IDLE_TIMEOUT_SECONDS: '2' });
    const visitor = new Visitor();
    await visitor.signIn(web, 'Ada');
    for (let use = 0; use < 3; use++) {
      await sleep(1_000);
      assert.equal(textOf(await visitor.page(web), 'name'), 'Ada', `use ${use}, ${use + 1} s after the login`);
    }
    const [key] = await redis.operator.keys('sess:*');
    const ttl = await redis.operator.pTTL(key);
    assert.ok(ttl > 1_000 && ttl <= 2_000, `renewed to 2 s, got ${ttl} ms`);
    await sleep(2_200);
    assert.match(await visitor.page(web), /action="\/sign-in"/);
  });

  test('no use renews a session beyond its absolute timeout', async (t) => {
    const { env, redis } = await startServices(t);
    const web = await startWeb(t, { ...env, SESSION_STORE_ABSOLUTE_TIMEOUT_SECONDS: '3' });
    const visitor = new Visitor();
    await visitor.signIn(web, 'Ada');
    await sleep(1_500);
    assert.equal(textOf(await visitor.page(web), 'name'), 'Ada');
    const [key] = await redis.operator.keys('sess:*');
    assert.ok(await redis.operator.pTTL(key) <= 2_000, 'the key ends with the session');
    await sleep(1_700);
    assert.match(await visitor.page(web), /action="\/sign-in"/);
    assert.deepEqual(await redis.operator.keys('*'), []);
  });

  test('the absolute timeout holds although the key is still there', async (t) => {
    const { env, redis } = await startServices(t);
    const web = await startWeb(t, env);
    const visitor = new Visitor();
    await visitor.signIn(web, 'Ada');
    const [key] = await redis.operator.keys('sess:*');
    const data = JSON.parse(await redis.operator.get(key));
    await redis.operator.set(key, JSON.stringify({ ...data, signedInAt: Date.now() - 43_200_000 }), { expiration: 'KEEPTTL' });
    const page = await visitor.page(web);
    assert.match(page, /had reached its absolute limit/);
    assert.match(page, /action="\/sign-in"/);
    assert.deepEqual(await redis.operator.keys('*'), []);
  });
});
