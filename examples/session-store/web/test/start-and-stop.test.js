import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, test } from 'node:test';
import { readConfig } from '../src/config.js';
import { instanceName } from '../src/instance.js';
import { COOKIE_SECRET, runWeb, startServices, startWeb, Visitor } from './support/web.js';

const COMPLETE = {
  COOKIE_SECRET_ARN: 'arn:cookie',
  SESSION_STORE_HOST: 'store.example',
  SESSION_STORE_PORT: '6379',
  SESSION_STORE_TLS: 'true',
  SESSION_STORE_CLUSTER_MODE: 'disabled',
  SESSION_STORE_AUTH: 'user',
  SESSION_STORE_SECRET_ARN: 'arn:user',
  SESSION_STORE_ENGINE: 'valkey',
  SESSION_STORE_KEY_PREFIX: 'sess:',
  SESSION_STORE_IDLE_TIMEOUT_SECONDS: '1800',
  SESSION_STORE_ABSOLUTE_TIMEOUT_SECONDS: '43200',
};

describe('the environment', () => {
  test('is read', () => {
    assert.deepEqual(readConfig(COMPLETE), {
      port: 8080,
      listenAddress: '127.0.0.1',
      cookieSecretArn: 'arn:cookie',
      store: { host: 'store.example', port: 6379, tls: true, sharded: false, secretArn: 'arn:user', engine: 'valkey', keyPrefix: 'sess:' },
      idleSeconds: 1800,
      absoluteSeconds: 43200,
    });
  });

  for (const [mode, sharded] of [['compatible', false], ['enabled', true]]) {
    test(`in cluster mode ${mode} asks for a client that ${sharded ? 'knows' : 'need not know'} shards`, () => {
      assert.equal(readConfig({ ...COMPLETE, SESSION_STORE_CLUSTER_MODE: mode }).store.sharded, sharded);
    });
  }

  for (const name of Object.keys(COMPLETE).filter((key) => key !== 'SESSION_STORE_ENGINE')) {
    test(`without ${name} is refused`, () => {
      const { [name]: _left, ...env } = COMPLETE;
      assert.throws(() => readConfig(env), { message: `The environment is incomplete: ${name} is not set.` });
    });
  }

  for (const [name, value, text] of [
    ['SESSION_STORE_TLS', 'yes', "must be true or false, got 'yes'"],
    ['SESSION_STORE_CLUSTER_MODE', 'on', "must be disabled or compatible or enabled, got 'on'"],
    ['SESSION_STORE_AUTH', 'iam', "must be user, got 'iam'"],
    ['SESSION_STORE_PORT', '65536', "must be a whole number from 1 to 65535, got '65536'"],
    ['PORT', 'http', "must be a whole number from 1 to 65535, got 'http'"],
    ['SESSION_STORE_IDLE_TIMEOUT_SECONDS', '0', "must be a whole number from 1 to 31536000, got '0'"],
    ['SESSION_STORE_ABSOLUTE_TIMEOUT_SECONDS', '1.5', "must be a whole number from 1 to 31536000, got '1.5'"],
  ]) {
    test(`with ${name}=${value} is refused`, () => {
      assert.throws(() => readConfig({ ...COMPLETE, [name]: value }), { message: `The environment is incomplete: ${name} ${text}.` });
    });
  }

  test('names all its faults at once, in one line of the log, and ends with 1', async (t) => {
    const web = runWeb({ ...COMPLETE, SESSION_STORE_HOST: '', SESSION_STORE_TLS: '', PATH: process.env.PATH });
    t.after(() => web.stop('SIGKILL'));
    assert.equal(await web.ended, 1);
    const [line, ...rest] = web.output().trim().split('\n');
    assert.deepEqual(rest, []);
    assert.equal(JSON.parse(line).message, 'The environment is incomplete: SESSION_STORE_HOST is not set; SESSION_STORE_TLS is not set.');
  });
});

describe('the name of an instance', () => {
  test('is the id of its ECS task', async (t) => {
    const metadata = createServer((request, response) => {
      const known = request.url === '/v4/abc/task';
      response.end(JSON.stringify(known ? { TaskARN: 'arn:aws:ecs:us-east-1:000000000042:task/cluster/0f9de17a6465404e8b1b2356dc13c2f8' } : {}));
    }).listen(0, '127.0.0.1');
    await once(metadata, 'listening');
    t.after(() => {
      metadata.close();
      metadata.closeAllConnections();
    });
    const uri = `http://127.0.0.1:${metadata.address().port}/v4/abc`;
    assert.equal(await instanceName({ ECS_CONTAINER_METADATA_URI_V4: uri }), '0f9de17a6465404e8b1b2356dc13c2f8');
    assert.equal(await instanceName({ ECS_CONTAINER_METADATA_URI_V4: uri, INSTANCE_NAME: 'b' }), 'b');
  });
});

describe('start and stop', { timeout: 60_000 }, () => {
  test('a cookie secret that is missing or short ends the start with 1, without its text', async (t) => {
    const { env, secretsManager } = await startServices(t);
    secretsManager.secrets[COOKIE_SECRET] = 'hunter2'.padEnd(31, 'x');
    for (const [arn, text] of [[COOKIE_SECRET, /is shorter than 32 characters/], [`${COOKIE_SECRET}x`, /can't find the specified secret/]]) {
      const web = runWeb({ ...env, COOKIE_SECRET_ARN: arn });
      t.after(() => web.stop('SIGKILL'));
      assert.equal(await web.ended, 1);
      assert.match(web.output(), text);
      assert.doesNotMatch(web.output(), /hunter2/);
    }
  });

  test('a port that is taken ends the start with 1', async (t) => {
    const { env } = await startServices(t);
    const first = await startWeb(t, env);
    const second = runWeb({ ...env, PORT: new URL(first.url).port });
    t.after(() => second.stop('SIGKILL'));
    assert.equal(await second.ended, 1);
    assert.match(second.output(), /EADDRINUSE/);
  });

  for (const signal of ['SIGTERM', 'SIGINT']) {
    test(`${signal} ends it with 0, also while the store is away`, async (t) => {
      const { env, redis } = await startServices(t);
      const [quiet, cut] = await Promise.all([startWeb(t, env, 'quiet'), startWeb(t, env, 'cut')]);
      await new Visitor().signIn(quiet, 'Ada');
      assert.equal(await quiet.stop(signal), 0);
      await redis.down();
      assert.equal(await cut.stop(signal), 0);
    });
  }

  test('every line of the log is JSON, and none holds a password or a session id', async (t) => {
    const { env, redis } = await startServices(t);
    const web = await startWeb(t, env);
    const visitor = new Visitor();
    await visitor.signIn(web, 'Ada');
    await visitor.page(web);
    const [key] = await redis.operator.keys('*');
    await web.stop();
    const lines = web.stdout().trim().split('\n').map((line) => JSON.parse(line));
    assert.deepEqual(lines.filter(({ message }) => message === 'request').map(({ method, path, status }) => [method, path, status]),
      [['POST', '/sign-in', 303], ['GET', '/', 200]]);
    assert.doesNotMatch(web.output(), new RegExp(`${redis.password}|${key.slice('sess:'.length)}`));
  });
});
