import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { until } from '../../../session-store/web/test/support/process.js';
import { startRedis } from '../../../session-store/web/test/support/redis.js';
import { checkCache, createCache, openConnections } from '../src/cache.js';
import { Relogin } from '../src/relogin.js';
import { logsOf } from './support/logs.js';

const ACCESS = 'on ~counter:* -@all +incr +multi +exec +ping +client|id +acl|whoami';

/** A real server, and a connection to it whose password is `login.password` of that moment. */
async function setUp(t) {
  const logs = logsOf(t);
  const redis = await startRedis(t, { username: 'sessions-iam', access: ACCESS });
  const login = { password: redis.password, count: 0 };
  const credentials = async () => {
    login.count += 1;
    return { username: redis.username, password: login.password };
  };
  const config = { host: redis.host, port: redis.port, clusterMode: 'disabled', user: redis.username };
  const cache = createCache(config, credentials, { ca: readFileSync(redis.caFile) });
  t.after(() => cache.destroy());
  await cache.connect();
  const relogin = new Relogin({ connections: () => openConnections(cache), credentials, seconds: 0.2 });
  t.after(() => relogin.stop());
  return { redis, cache, login, relogin, logged: () => logs.join('') };
}

/** How often the server was asked to log somebody in on a connection that stands; the first login of node-redis is a HELLO. */
async function loginsAnew(redis) {
  const statistics = await redis.operator.info('commandstats');
  return Number(/cmdstat_auth:calls=(\d+)/.exec(statistics)?.[1] ?? 0);
}

describe('a connection to a real server', { timeout: 60_000 }, () => {
  test('logs in anew without being opened anew', async (t) => {
    const { redis, cache, login, relogin } = await setUp(t);
    const connection = await cache.clientId();
    relogin.start();
    await until('it has logged in three times', async () => await loginsAnew(redis) >= 3);
    login.password = 'another token';
    await redis.replacePassword(login.password);
    const before = await loginsAnew(redis);
    await until('it has logged in with the new token', async () => await loginsAnew(redis) >= before + 2);
    assert.equal(await cache.clientId(), connection);
    await checkCache(cache, redis.username);
  });

  test('asks for a token of its own at each connect', async (t) => {
    const { redis, cache, login } = await setUp(t);
    assert.equal(login.count, 1);
    for (const password of ['second token', 'third token']) {
      login.password = password;
      await redis.replacePassword(password);
      await redis.dropConnections();
      await until('it is back', async () => (await checkCache(cache, redis.username), true));
    }
    assert.equal(login.count, 3);
  });

  test('goes on when a new login is refused, and says so without the token', async (t) => {
    const { redis, cache, login, relogin, logged } = await setUp(t);
    const connection = await cache.clientId();
    login.password = 'wrong-token-hunter2';
    relogin.start();
    await until('it was refused', () => /cannot log in anew.*WRONGPASS/.test(logged()));
    assert.equal(await cache.incr('counter:a'), 1);
    login.password = redis.password;
    await until('it is let in', () => /logged in anew/.test(logged()));
    assert.equal(await cache.clientId(), connection);
    assert.doesNotMatch(logged(), new RegExp(`hunter2|${redis.password}`));
  });

  test('never logs in within a transaction', async (t) => {
    const { redis, cache } = await setUp(t);
    const [client] = openConnections(cache);
    const rounds = Array.from({ length: 200 }, () => [
      cache.multi().incr('counter:a').incr('counter:b').exec(), client.reAuthenticate({ username: redis.username, password: redis.password }),
    ]);
    await Promise.all(rounds.flat());
    assert.equal(await cache.incr('counter:b'), 201);
    assert.equal(await loginsAnew(redis), 200);
  });

  test('is not looked after while it is away', async (t) => {
    const { redis, cache, logged } = await setUp(t);
    assert.equal(openConnections(cache).length, 1);
    await redis.down();
    await until('it has noticed', () => logged().includes('connection to the cache failed'));
    assert.deepEqual(openConnections(cache), []);
    await redis.up();
  });

  test('is not taken for one of the user when the default user is open', async (t) => {
    const { redis, cache, login, logged } = await setUp(t);
    await redis.operator.sendCommand(['ACL', 'SETUSER', 'default', 'on', 'nopass', '~*', '+@all']);
    login.password = 'wrong';
    await redis.dropConnections();
    await until('it is refused', () => logged().includes('WRONGPASS'));
    await assert.rejects(checkCache(cache, redis.username));
  });

  test('is good for its user only', async (t) => {
    const { cache } = await setUp(t);
    await assert.rejects(checkCache(cache, 'somebody'), new Error("The cache knows this connection as 'sessions-iam', not as 'somebody'."));
  });

  test('is not opened to a server whose certificate is not trusted', async (t) => {
    const { redis, login, logged } = await setUp(t);
    const cache = createCache({ host: redis.host, port: redis.port, clusterMode: 'disabled' }, async () => login);
    t.after(() => cache.destroy());
    cache.connect().catch(() => undefined); // it tries for ever
    await until('it is refused', () => /unable to verify the first certificate|self-signed certificate/.test(logged()));
    assert.deepEqual(openConnections(cache), []);
  });
});
