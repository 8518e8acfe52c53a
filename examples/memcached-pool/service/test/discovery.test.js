import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Discovery } from '../src/discovery.js';
import { until } from '../../../session-store/web/test/support/process.js';
import { certificate, startConfiguration } from './support/pool.js';

const NODES = [{ host: 'localhost', port: 11 }, { host: 'localhost', port: 12 }];

async function setUp(t, { tls } = {}) {
  const files = certificate(t);
  const configuration = await startConfiguration(t, files, NODES);
  const found = mock.fn(async () => undefined);
  const discovery = new Discovery({ host: configuration.host, port: configuration.port, tls: tls ?? { ca: files.ca }, seconds: 0.1, found });
  t.after(() => discovery.stop());
  return { configuration, discovery, told: () => found.mock.calls.map(({ arguments: [nodes] }) => nodes), found };
}

describe('discovery', { timeout: 30_000 }, () => {
  test('tells the names of the nodes at first and when they have changed', async (t) => {
    const { configuration, discovery, told } = await setUp(t);
    discovery.start();
    await until('it has asked three times', () => configuration.questions >= 3);
    assert.deepEqual(told(), [NODES]);
    configuration.change([...NODES, { host: 'localhost', port: 13 }]);
    await until('it has told', () => told().length === 2);
    assert.deepEqual(told()[1].map(({ port }) => port), [11, 12, 13]);
  });

  test('goes on while the end point is away', async (t) => {
    const { configuration, discovery, told } = await setUp(t);
    configuration.down();
    discovery.start();
    await sleep(300);
    assert.deepEqual(told(), []);
    await configuration.up();
    await until('it has told', () => told().length === 1);
    configuration.down();
    await sleep(300);
    configuration.change(NODES.slice(1));
    await configuration.up();
    await until('it has told again', () => told().length === 2);
  });

  test('tells again what could not be taken in', async (t) => {
    const { discovery, found, told } = await setUp(t);
    found.mock.mockImplementationOnce(async () => { throw new Error('not now'); });
    discovery.start();
    await until('it has told twice', () => told().length === 2);
  });

  test('believes nobody whose certificate is not trusted, and nobody in plain text', async (t) => {
    for (const tls of [true, false]) {
      const { configuration, discovery, told } = await setUp(t, { tls });
      discovery.start();
      await sleep(500);
      assert.deepEqual([configuration.questions, told()], [0, []]);
    }
  });

  test('ends', async (t) => {
    const { configuration, discovery } = await setUp(t);
    discovery.start();
    await until('it has asked', () => configuration.questions >= 1);
    discovery.stop();
    await sleep(200);
    const { questions } = configuration;
    await sleep(400);
    assert.equal(configuration.questions, questions);
  });
});
