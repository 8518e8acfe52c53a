import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { until } from './support/process.js';
import { makeCertificate, newPassword } from './support/redis.js';
import { startRedisCluster } from './support/redis-cluster.js';
import { startServices, startWeb, textOf, USER_SECRET, userSecret, Visitor } from './support/web.js';

async function startShardedServices(t) {
  return startServices(t, { redis: await startRedisCluster(t), clusterMode: 'enabled' });
}

/** Visitors who are signed in, at least one in each shard, and in which shard each is. */
async function signInUntilEachShardHasOne(redis, web) {
  const visitors = [];
  const counts = async () => (await redis.keys()).map((keys) => keys.length);
  do {
    const visitor = new Visitor();
    const before = await counts();
    assert.equal((await visitor.signIn(web, `Visitor ${visitors.length}`)).status, 303);
    const after = await counts();
    visitors.push({ visitor, name: `Visitor ${visitors.length}`, shard: after.findIndex((count, shard) => count > before[shard]) });
  } while (new Set(visitors.map(({ shard }) => shard)).size < redis.shards.length);
  return visitors;
}

async function assertKnown(visitors, web) {
  for (const { visitor, name } of visitors) {
    assert.equal(textOf(await visitor.page(web), 'name'), name);
  }
}

describe('a store with shards', { concurrency: false, timeout: 120_000 }, () => {
  test('holds the sessions of all instances, spread over its shards', async (t) => {
    const { env, redis } = await startShardedServices(t);
    const [a, b] = await Promise.all([startWeb(t, env, 'instance-a'), startWeb(t, env, 'instance-b')]);
    const visitors = await signInUntilEachShardHasOne(redis, a);
    await assertKnown(visitors, b);
    const keys = (await redis.keys()).flat();
    assert.equal(keys.length, visitors.length);
    assert.ok(keys.every((key) => key.startsWith('sess:')));
    for (const { visitor } of visitors) {
      await visitor.post(`${b.url}/sign-out`);
    }
    assert.deepEqual((await redis.keys()).flat(), []);
  });

  test('loses a primary: the other shard serves on, and every session is known after the promotion', async (t) => {
    const { env, redis } = await startShardedServices(t);
    const web = await startWeb(t, env);
    const visitors = await signInUntilEachShardHasOne(redis, web);
    const [primary, replica] = redis.shards[0];
    await primary.run('WAIT', 1, 5_000);
    await primary.down();

    const [lost, unharmed] = [0, 1].map((number) => visitors.filter(({ shard }) => shard === number));
    assert.equal((await lost[0].visitor.get(web.url)).status, 503);
    await assertKnown(unharmed, web);
    assert.equal(await web.ready(), false);

    await replica.run('CLUSTER', 'FAILOVER', 'TAKEOVER');
    await until('the application is ready', web.ready, 15);
    await assertKnown(visitors, web);
  });

  test('moves a slot while its visitor goes on', async (t) => {
    const { env, redis } = await startShardedServices(t);
    const web = await startWeb(t, env);
    const visitor = new Visitor();
    await visitor.signIn(web, 'Ada');
    const from = (await redis.keys()).findIndex((keys) => keys.length > 0);
    const [source, destination] = [redis.shards[from][0], redis.shards[1 - from][0]];
    const [key] = await source.run('KEYS', '*');
    const slot = await source.run('CLUSTER', 'KEYSLOT', key);

    await destination.run('CLUSTER', 'SETSLOT', slot, 'IMPORTING', source.id);
    await source.run('CLUSTER', 'SETSLOT', slot, 'MIGRATING', destination.id);
    assert.equal(textOf(await visitor.page(web), 'name'), 'Ada', 'the session is where it was');
    await source.run('MIGRATE', destination.host, destination.port, '', 0, 5_000, 'AUTH2', 'operator', redis.operatorPassword, 'KEYS', key);
    assert.equal(textOf(await visitor.page(web), 'name'), 'Ada', 'the session has gone before its slot: ASK');
    for (const node of [destination, source]) {
      await node.run('CLUSTER', 'SETSLOT', slot, 'NODE', destination.id);
    }
    assert.equal(textOf(await visitor.page(web), 'name'), 'Ada', 'the slot has gone: MOVED');
    assert.deepEqual(await destination.run('KEYS', '*'), [key]);
  });

  test('is away when the application starts, and found as soon as it is there', async (t) => {
    const { env, redis } = await startShardedServices(t);
    const [primary] = redis.shards[1];
    await primary.down();
    const web = await startWeb(t, env, 'instance-a', { awaitStore: false });
    assert.equal(await web.ready(), false);
    await until('the fault is logged', () => web.output().includes('connection failed'));
    await primary.up();
    await until('the shard takes writes', async () => (await primary.run('CLUSTER', 'INFO')).includes('cluster_state:ok'));
    await until('the application is ready', web.ready, 15);
    await signInUntilEachShardHasOne(redis, web);
  });

  test('has a shard that was lost before the application started and is promoted afterwards', async (t) => {
    const { env, redis } = await startShardedServices(t);
    const [primary, replica] = redis.shards[1];
    await primary.down();
    const web = await startWeb(t, env, 'instance-a', { awaitStore: false });
    await until('the fault is logged', () => web.output().includes('connection failed'));
    await replica.run('CLUSTER', 'FAILOVER', 'TAKEOVER');
    await until('the application is ready', web.ready, 15);
  });

  test('has a primary that hangs: it is given up and found again', async (t) => {
    const { env, redis } = await startShardedServices(t);
    const web = await startWeb(t, env);
    const [hanging] = await signInUntilEachShardHasOne(redis, web);
    const [primary] = redis.shards[hanging.shard];
    primary.freeze();
    t.after(() => primary.thaw());
    const start = Date.now();
    assert.equal((await hanging.visitor.get(web.url)).status, 503);
    assert.ok(Date.now() - start < 8_000, `answered after ${Date.now() - start} ms`);
    primary.thaw();
    await until('the application is ready', web.ready, 15);
    await assertKnown([hanging], web);
  });

  test('has its password replaced: no restart is needed', async (t) => {
    const { env, redis, secretsManager } = await startShardedServices(t);
    const web = await startWeb(t, env);
    const visitors = await signInUntilEachShardHasOne(redis, web);
    const next = newPassword();
    await Promise.all(redis.nodes.map((node) => node.replacePassword(next)));
    await Promise.all(redis.nodes.map((node) => node.dropConnections()));
    await until('the old password is refused', () => web.output().includes('WRONGPASS'));
    assert.equal(await web.ready(), false);
    secretsManager.secrets[USER_SECRET] = userSecret(redis.username, next);
    await until('the application is ready', web.ready, 15);
    await assertKnown(visitors, web);
    assert.doesNotMatch(web.output(), new RegExp(`${redis.password}|${next}`));
  });

  test('has a node with a certificate of another authority: it is not spoken to', async (t) => {
    const { env, redis } = await startShardedServices(t);
    const { certFile, keyFile } = makeCertificate(t);
    const [foreign] = redis.shards[1];
    await foreign.run('CONFIG', 'SET', 'tls-cert-file', certFile, 'tls-key-file', keyFile);
    const web = await startWeb(t, env, 'instance-a', { awaitStore: false });
    await until('the fault is logged', () => /unable to verify the first certificate|self-signed certificate/.test(web.output()));
    assert.equal(await web.ready(), false);
    const users = await foreign.run('CLIENT', 'LIST');
    assert.doesNotMatch(users, new RegExp(`user=${redis.username}`));
  });

  for (const away of [false, true]) {
    test(`SIGTERM ends the application with 0${away ? ', also while the store is away' : ''}`, async (t) => {
      const { env, redis } = await startShardedServices(t);
      const web = await startWeb(t, env);
      await new Visitor().signIn(web, 'Ada');
      if (away) {
        await Promise.all(redis.nodes.map((node) => node.down()));
      }
      assert.equal(await web.stop('SIGTERM'), 0);
    });
  }
});

test('in cluster mode compatible a client that knows no shards serves', async (t) => {
  const redis = await startRedisCluster(t, { shards: 1, replicas: 1 });
  const { env } = await startServices(t, { redis, clusterMode: 'compatible' });
  const [a, b] = await Promise.all([startWeb(t, env, 'instance-a'), startWeb(t, env, 'instance-b')]);
  const visitor = new Visitor();
  await visitor.signIn(a, 'Ada');
  assert.equal(textOf(await visitor.page(b), 'name'), 'Ada');
  assert.equal((await redis.keys()).flat().length, 1);
});
