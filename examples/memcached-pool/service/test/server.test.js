import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { render } from '../src/app.js';
import { readConfig } from '../src/config.js';
import { freePort, start, until } from '../../../session-store/web/test/support/process.js';
import { certificate, startConfiguration, startMemcached } from './support/pool.js';

const SERVER = fileURLToPath(new URL('../src/server.js', import.meta.url));

/** Two real nodes, and the variables that a link would write for their pool. */
async function setUp(t) {
  const files = certificate(t);
  const nodes = await Promise.all([startMemcached(t, files), startMemcached(t, files)]);
  const configuration = await startConfiguration(t, files, nodes);
  const env = {
    PATH: process.env.PATH,
    NODE_EXTRA_CA_CERTS: files.caFile,
    MEMCACHED_HOST: configuration.host,
    MEMCACHED_PORT: String(configuration.port),
    MEMCACHED_TLS: 'true',
    MEMCACHED_ENGINE: 'memcached',
    DISCOVERY_SECONDS: '1',
    TIMEOUT_MILLISECONDS: '3000',
  };
  return { nodes, configuration, env };
}

async function run(t, env) {
  const port = await freePort();
  const service = start([process.execPath, SERVER], { env: { ...env, PORT: String(port) } });
  t.after(() => service.stop('SIGKILL'));
  const request = async (path, method = 'GET') => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
    return [response.status, await response.json()];
  };
  return { ...service, request, ready: () => until('it is ready', async () => (await request('/readyz'))[0] === 200) };
}

describe('the service', { timeout: 60_000 }, () => {
  test('renders a page once, whichever instance is asked', async (t) => {
    const { env, nodes } = await setUp(t);
    const [a, b] = await Promise.all([run(t, env), run(t, env)]);
    await Promise.all([a.ready(), b.ready()]);
    assert.deepEqual(await a.request('/readyz'), [200, { status: 'ok', nodes: nodes.map(({ id }) => id) }]);
    assert.deepEqual(await a.request('/pages/one'), [200, { text: render('one'), cached: false }]);
    assert.deepEqual(await b.request('/pages/one'), [200, { text: render('one'), cached: true }]);
    for (const path of ['/', '/pages/', '/pages/a%20b', `/pages/${'x'.repeat(61)}`]) {
      assert.deepEqual(await a.request(path), [404, { error: 'There is no such page.' }], path);
    }
    assert.equal((await a.request('/pages/one', 'POST'))[0], 405);
    assert.deepEqual(await Promise.all([a.stop(), b.stop()]), [0, 0]);
  });

  test('answers without a node, without the configuration end point, and without any of them', async (t) => {
    const { env, nodes, configuration } = await setUp(t);
    const service = await run(t, env);
    await service.ready();
    const pages = Array.from({ length: 40 }, (_, number) => `/pages/page-${number}`);
    const cached = async () => {
      const answers = await Promise.all(pages.map((path) => service.request(path)));
      assert.ok(answers.every(([status]) => status === 200));
      return answers.filter(([, body]) => body.cached).length;
    };
    assert.equal(await cached(), 0);
    assert.equal(await cached(), 40);
    configuration.down();
    await nodes[0].down();
    const left = await cached();
    assert.ok(left > 0 && left < 40, `${left}`);
    await nodes[1].down();
    assert.equal(await cached(), 0);
    assert.deepEqual(await service.request('/healthz'), [200, { status: 'ok' }]);
    await Promise.all(nodes.map((node) => node.up()));
    await until('it caches again', async () => await cached() === 40);
    assert.match(service.output(), /a node of the cache does not answer/);
  });

  test('starts without the configuration end point, and uses the nodes as soon as it is there', async (t) => {
    const { env, configuration } = await setUp(t);
    configuration.down();
    const service = await run(t, env);
    await until('it listens', async () => (await service.request('/healthz'))[0] === 200);
    assert.deepEqual(await service.request('/readyz'), [503, { error: 'No node of the cache is known yet.' }]);
    assert.equal((await service.request('/pages/one'))[1].cached, false);
    await configuration.up();
    await service.ready();
    await service.request('/pages/one');
    assert.equal((await service.request('/pages/one'))[1].cached, true);
  });

  test('with an environment at fault ends with one line', async (t) => {
    const service = await run(t, { PATH: process.env.PATH, MEMCACHED_TLS: 'yes' });
    assert.equal(await service.ended, 1);
    assert.equal(service.output().trim().split('\n').length, 1);
    assert.equal(JSON.parse(service.output()).message, 'The environment is at fault: MEMCACHED_ENGINE is not set; MEMCACHED_HOST is not set; '
      + "MEMCACHED_PORT is not set; MEMCACHED_TLS must be true or false, got 'yes'.");
  });
});

test('the configuration is what the link writes', () => {
  const env = { MEMCACHED_HOST: 'pages.cfg', MEMCACHED_PORT: '11222', MEMCACHED_TLS: 'false', MEMCACHED_ENGINE: 'memcached' };
  assert.deepEqual(readConfig(env), {
    port: 8080, listenAddress: '127.0.0.1', discoverySeconds: 60, timeoutMilliseconds: 500, pool: { host: 'pages.cfg', port: 11222, tls: false },
  });
  assert.throws(() => readConfig({ ...env, DISCOVERY_SECONDS: '0' }), /DISCOVERY_SECONDS must be a whole number from 1 to 3600, got '0'/);
});
