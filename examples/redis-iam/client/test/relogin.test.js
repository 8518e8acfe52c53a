import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { Relogin } from '../src/relogin.js';
import { logsOf } from './support/logs.js';

const TWELVE_HOURS = 12 * 3600;
const CREDENTIALS = { username: 'app', password: 'a-token-that-nobody-shall-read' };

/** Connections that note when they logged in, in seconds of a clock that stands still until it is told to go on. */
function setUp(t, { credentials = async () => CREDENTIALS, connections = 1, seconds = 600 } = {}) {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 0 });
  t.after(() => mock.timers.reset());
  const logs = logsOf(t);
  const opened = Array.from({ length: connections }, () => ({
    logins: [],
    async reAuthenticate(given) {
      if (this.failure) {
        throw new Error(this.failure);
      }
      this.logins.push({ at: Date.now() / 1000, ...given });
    },
  }));
  const relogin = new Relogin({ connections: () => opened, credentials, seconds });
  relogin.start();
  t.after(() => relogin.stop());
  return { opened, relogin, logged: () => logs.join('') };
}

async function pass(seconds) {
  for (let second = 0; second < seconds; second += 1) {
    mock.timers.tick(1000);
    await new Promise(setImmediate);
  }
}

describe('connections that stand', () => {
  test('log in anew every ten minutes, and a little earlier', async (t) => {
    const { opened: [{ logins }], logged } = setUp(t);
    await pass(TWELVE_HOURS);
    assert.ok(logins.length >= 71 && logins.length <= 80, `${logins.length} logins`);
    const times = [0, ...logins.map(({ at }) => at)];
    const pauses = times.slice(1).map((at, index) => at - times[index]);
    assert.ok(pauses.every((pause) => pause >= 540 && pause <= 601), pauses.join());
    assert.ok(new Set(pauses).size > 10, 'the pauses differ');
    assert.deepEqual(logins[0], { at: times[1], ...CREDENTIALS });
    assert.ok(!logged().includes(CREDENTIALS.password));
  });

  test('are all served by one token', async (t) => {
    let signed = 0;
    const credentials = async () => ({ username: 'app', password: `token ${signed += 1}` });
    const { opened } = setUp(t, { credentials, connections: 3 });
    await pass(601);
    assert.deepEqual(opened.map(({ logins }) => logins.map(({ password }) => password)), [['token 1'], ['token 1'], ['token 1']]);
  });

  test('are tried again within half a minute when one of them is refused', async (t) => {
    const { opened, logged } = setUp(t, { connections: 2 });
    opened[1].failure = 'WRONGPASS';
    while (opened[0].logins.length === 0) {
      await pass(1);
    }
    assert.match(logged(), /"cannot log in anew","connections":1,"error":"WRONGPASS"/);
    delete opened[1].failure;
    await pass(31);
    assert.deepEqual(opened.map(({ logins }) => logins.length), [2, 1]);
  });

  test('wait for a token that cannot be signed yet', async (t) => {
    let failing = true;
    const credentials = async () => {
      if (failing) {
        throw new Error('no credentials');
      }
      return CREDENTIALS;
    };
    const { opened: [{ logins }], logged } = setUp(t, { credentials });
    await pass(700);
    assert.equal(logins.length, 0);
    assert.match(logged(), /"cannot sign a token","error":"no credentials"/);
    failing = false;
    await pass(31);
    assert.equal(logins.length, 1);
  });

  test('are left alone after the end', async (t) => {
    const { opened: [{ logins }], relogin } = setUp(t);
    relogin.stop();
    await pass(1200);
    assert.equal(logins.length, 0);
  });

  test('are left alone after an end that comes while a token is signed', async (t) => {
    const signing = [];
    const { opened: [{ logins }], relogin } = setUp(t, { credentials: () => new Promise((resolve) => { signing.push(resolve); }) });
    await pass(601);
    relogin.stop();
    signing[0](CREDENTIALS);
    await pass(1200);
    assert.deepEqual([signing.length, logins.length], [1, 0]);
  });
});
