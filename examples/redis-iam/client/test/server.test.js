import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { freePort, start, until } from '../../../session-store/web/test/support/process.js';
import { startRedis } from '../../../session-store/web/test/support/redis.js';

const SERVER = fileURLToPath(new URL('../src/server.js', import.meta.url));
// No server here can verify a token: it takes any.
const ACCESS = 'nopass on ~counter:* -@all +get +incr +ping +acl|whoami +cluster|slots';
const SECRET = 'a-secret-that-nobody-shall-read';

/** A server of one cluster mode, which can be taken away, and the variables that a link would write for it. */
async function setUp(t, clusterMode) {
  const cluster = ['cluster-enabled yes', 'tls-cluster yes', `cluster-port ${await freePort()}`, 'cluster-announce-ip 127.0.0.1'];
  const settings = clusterMode === 'enabled' ? cluster : [];
  const redis = await startRedis(t, { username: 'counters-iam', access: ACCESS, settings });
  if (clusterMode === 'enabled') {
    await redis.operator.sendCommand(['CLUSTER', 'ADDSLOTSRANGE', '0', '16383']);
    await until('the cluster is complete', async () => (await redis.operator.sendCommand(['CLUSTER', 'INFO'])).includes('cluster_state:ok'));
  }
  const env = {
    PATH: process.env.PATH,
    NODE_EXTRA_CA_CERTS: redis.caFile,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: SECRET,
    REDIS_HOST: redis.host,
    REDIS_PORT: String(redis.port),
    REDIS_TLS: 'true',
    REDIS_CLUSTER_MODE: clusterMode,
    REDIS_AUTH: 'iam',
    REDIS_USER: redis.username,
    REDIS_NAME: 'counters',
    REDIS_ENGINE: 'redis',
  };
  return { redis, env };
}

async function run(t, env) {
  const port = await freePort();
  const app = start([process.execPath, SERVER], { env: { ...env, PORT: String(port) } });
  t.after(() => app.stop('SIGKILL'));
  const request = async (path, method = 'GET') => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
    return [response.status, await response.json()];
  };
  return { ...app, request, answers: async (path) => (await request(path))[0] === 200 };
}

for (const clusterMode of ['disabled', 'enabled']) {
  describe(`the application with cluster mode ${clusterMode}`, { timeout: 60_000 }, () => {
    test('counts', async (t) => {
      const { env } = await setUp(t, clusterMode);
      const app = await run(t, env);
      await until('it is ready', () => app.answers('/readyz'));
      assert.deepEqual(await app.request('/counters/a'), [200, { value: 0 }]);
      assert.deepEqual(await app.request('/counters/a', 'POST'), [200, { value: 1 }]);
      assert.deepEqual(await app.request('/counters/a', 'POST'), [200, { value: 2 }]);
      assert.deepEqual(await app.request('/counters/a'), [200, { value: 2 }]);
      for (const [method, path] of [['DELETE', '/counters/a'], ['GET', '/counters/'], ['POST', '/counters/a%20b'], ['GET', '/']]) {
        assert.deepEqual(await app.request(path, method), [404, { error: 'There is no such page.' }], `${method} ${path}`);
      }
      assert.equal(await app.stop(), 0);
      assert.doesNotMatch(app.output(), new RegExp(`${SECRET}|X-Amz`));
    });

    test('starts without a cache, and finds it when it is there and when it is back', async (t) => {
      const { redis, env } = await setUp(t, clusterMode);
      await redis.down();
      const app = await run(t, env);
      await until('it listens', () => app.answers('/healthz'));
      for (let round = 0; round < 2; round += 1) {
        await until('the failure is logged', () => app.output().includes('connection to the cache failed'));
        assert.deepEqual(await app.request('/readyz'), [503, { error: 'The cache cannot be reached right now.' }]);
        assert.deepEqual(await app.request('/counters/a', 'POST'), [503, { error: 'The cache cannot be reached right now.' }]);
        assert.deepEqual(await app.request('/healthz'), [200, { status: 'ok' }]);
        await redis.up();
        await until('it is ready', () => app.answers('/readyz'), 20);
        // a node of a cluster that has just started tells of itself before it takes writes
        await until('it counts', async () => (await app.request('/counters/a', 'POST'))[0] === 200);
        assert.deepEqual(await app.request('/counters/a'), [200, { value: 1 }]);
        await redis.down();
      }
      assert.ok(app.running());
      assert.equal(await app.stop(), 0);
    });
  });
}

test('an environment at fault ends it with one line', async (t) => {
  const app = await run(t, { PATH: process.env.PATH, REDIS_AUTH: 'token' });
  assert.equal(await app.ended, 1);
  assert.equal(app.output().trim().split('\n').length, 1);
  assert.match(JSON.parse(app.output()).message, /^The environment is at fault: REDIS_AUTH must be iam, got 'token'; REDIS_TLS is not set;/);
});
