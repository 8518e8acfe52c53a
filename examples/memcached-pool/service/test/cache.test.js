import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Cache } from '../src/cache.js';
import { until } from '../../../session-store/web/test/support/process.js';
import { certificate, startMemcached } from './support/pool.js';

const KEYS = Array.from({ length: 300 }, (_, number) => `key:${number}`);

/** Real servers, and a cache over them with every key in it. */
async function setUp(t, number, { options = [], timeoutMilliseconds = 3_000 } = {}) {
  const files = certificate(t);
  const nodes = await Promise.all(Array.from({ length: number }, () => startMemcached(t, files, ...options)));
  const cache = new Cache({ tls: { ca: files.ca }, timeoutMilliseconds });
  t.after(() => cache.close());
  await cache.use(nodes);
  await fill(cache);
  return { cache, nodes, files };
}

const fill = (cache) => Promise.all(KEYS.map((key) => cache.set(key, `value of ${key}`, 60)));

/** How many keys are found; what is found must be right. */
async function found(cache) {
  const values = await Promise.all(KEYS.map((key) => cache.get(key)));
  values.forEach((value, index) => assert.ok(value === undefined || value === `value of ${KEYS[index]}`));
  return values.filter((value) => value !== undefined).length;
}

const itemsOf = async (node) => Number((await node.statistics()).curr_items);

describe('a cache over real servers', { timeout: 60_000 }, () => {
  test('spreads its keys over the nodes, by one connection to each', async (t) => {
    const { cache, nodes } = await setUp(t, 3);
    assert.deepEqual(cache.nodes, nodes.map(({ id }) => id));
    assert.equal(await found(cache), KEYS.length);
    const counts = await Promise.all(nodes.map(itemsOf));
    assert.equal(counts.reduce((sum, count) => sum + count), KEYS.length);
    assert.ok(counts.every((count) => count > 30), counts.join());
    for (const node of nodes) {
      // The connection of this question, that of the cache, and one of the server's own.
      assert.ok(Number((await node.statistics()).total_connections) <= 6);
    }
  });

  test('finds the keys of the others when a node is added or removed', async (t) => {
    const { cache, nodes, files } = await setUp(t, 2);
    const third = await startMemcached(t, files);
    await cache.use([...nodes, third]);
    const kept = await found(cache);
    assert.ok(kept > KEYS.length / 2 && kept < KEYS.length * 0.85, `${kept}`);
    await fill(cache);
    assert.equal(await itemsOf(third), KEYS.length - kept);
    await cache.use(nodes);
    assert.deepEqual(cache.nodes, nodes.map(({ id }) => id));
    assert.ok(await found(cache) >= kept);
  });

  test('misses what a dead node had, and finds it again when the node is back', async (t) => {
    const { cache, nodes: [first, second] } = await setUp(t, 2);
    const lost = await itemsOf(second);
    await second.down();
    assert.equal(await found(cache), KEYS.length - lost);
    assert.equal((await Promise.all(KEYS.map((key) => cache.set(key, `value of ${key}`, 60)))).filter(Boolean).length, await itemsOf(first));
    await second.up();
    await until('all are kept', async () => { await fill(cache); return await found(cache) === KEYS.length; });
  });

  test('waits for a node that is silent once and not for long', async (t) => {
    const { cache, nodes: [, second] } = await setUp(t, 2, { timeoutMilliseconds: 500 });
    const lost = await itemsOf(second);
    second.freeze();
    const start = performance.now();
    assert.equal(await found(cache), KEYS.length - lost);
    assert.ok(performance.now() - start < 1_500, `${performance.now() - start} ms`);
    const again = performance.now();
    assert.equal(await found(cache), KEYS.length - lost);
    assert.ok(performance.now() - again < 300, `${performance.now() - again} ms`);
    second.thaw();
    await until('all are found', async () => await found(cache) === KEYS.length);
  });

  test('keeps what the server takes and nothing larger', async (t) => {
    const { cache } = await setUp(t, 1, { options: ['-I', String(2 * 2 ** 20)] });
    assert.equal(await cache.set('below', 'x'.repeat(1.5 * 2 ** 20), 60), true);
    assert.equal((await cache.get('below')).length, 1.5 * 2 ** 20);
    assert.equal(await cache.set('above', 'x'.repeat(2.5 * 2 ** 20), 60), false);
    assert.equal(await cache.get('above'), undefined);
    assert.equal(await found(cache), KEYS.length);
  });

  test('trusts no other certificate and nobody in plain text', async (t) => {
    const { nodes } = await setUp(t, 1);
    for (const tls of [true, false]) {
      const cache = new Cache({ tls, timeoutMilliseconds: 3_000 });
      t.after(() => cache.close());
      await cache.use(nodes);
      assert.equal(await cache.set('key', 'value', 60), false);
      assert.equal(await cache.get(KEYS[0]), undefined);
    }
  });

  test('without nodes has nothing and keeps nothing', async () => {
    const cache = new Cache({ tls: true, timeoutMilliseconds: 3_000 });
    assert.equal(await cache.set('key', 'value', 60), false);
    assert.equal(await cache.get('key'), undefined);
    assert.deepEqual(cache.nodes, []);
  });
});
