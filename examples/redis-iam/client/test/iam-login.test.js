import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, mock, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { IamLogin } from '../src/iam-login.js';

const SIGN = fileURLToPath(new URL('fixtures/sign.py', import.meta.url));
/** A Python with botocore, which then signs anew what is compared. */
const PYTHON = process.env.DATA_TIER_BOTOCORE_PYTHON;
const NOW = Date.parse('2026-01-02T03:04:05.678Z');

const cases = JSON.parse(readFileSync(new URL('fixtures/tokens.json', import.meta.url), 'utf8'));
const inSeconds = (seconds) => new Date(NOW + seconds * 1000);

function atTime(t, time) {
  mock.timers.enable({ apis: ['Date'], now: time });
  t.after(() => mock.timers.reset());
}

/** A login whose role has first the one credentials, and after a refresh the other. */
function loginOf(known, refreshed) {
  const asked = [];
  const credentials = async (options) => {
    asked.push(options?.forceRefresh ?? false);
    const found = options?.forceRefresh ? refreshed : known;
    if (found instanceof Error) {
      throw found;
    }
    return { accessKeyId: 'ASIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret', sessionToken: 'session', ...found };
  };
  return { asked, login: new IamLogin({ cacheName: 'sessions', userName: 'sessions-iam', region: 'us-east-1', credentials }) };
}

const queryOf = (token) => Object.fromEntries(new URL(`http://${token}`).searchParams);
const secondsOf = async (login) => Number(queryOf((await login.credentials()).password)['X-Amz-Expires']);

describe('the token is that of botocore', () => {
  for (const { name, token, time, seconds, cacheName, userName, region, ...keys } of cases) {
    test(name, async (t) => {
      atTime(t, Date.parse(time));
      const expiration = seconds < 900 ? { expiration: new Date(Date.parse(time) + seconds * 1000) } : {};
      const login = new IamLogin({ cacheName, userName, region, credentials: async () => ({ ...keys, ...expiration }) });
      const { username, password } = await login.credentials();
      assert.equal(username, userName);
      assert.equal(password.split('?')[0], token.split('?')[0]);
      assert.deepEqual(queryOf(password), queryOf(token));
      assert.match(queryOf(password)['X-Amz-Signature'], /^[0-9a-f]{64}$/);
    });
  }

  if (PYTHON) {
    test('as the botocore that is installed signs it', () => {
      assert.deepEqual(JSON.parse(execFileSync(PYTHON, [SIGN, '--print'], { encoding: 'utf8' })), cases);
    });
  }
});

describe('a token lives no longer than the credentials that sign it', () => {
  test('those that outlive it are not renewed', async (t) => {
    atTime(t, NOW);
    const { login, asked } = loginOf({ expiration: inSeconds(900) });
    assert.equal(await secondsOf(login), 900);
    assert.deepEqual(asked, [false]);
  });

  test('those that end before it are renewed', async (t) => {
    atTime(t, NOW);
    const { login, asked } = loginOf({ expiration: inSeconds(899.9) }, { accessKeyId: 'ASIANEWER', expiration: inSeconds(3600) });
    const query = queryOf((await login.credentials()).password);
    assert.equal(query['X-Amz-Expires'], '900');
    assert.match(query['X-Amz-Credential'], /^ASIANEWER\//);
    assert.deepEqual(asked, [false, true]);
  });

  test('where there are no newer ones, the token is shorter', async (t) => {
    atTime(t, NOW);
    assert.equal(await secondsOf(loginOf({ expiration: inSeconds(300.9) }, { expiration: inSeconds(300.9) }).login), 300);
    assert.equal(await secondsOf(loginOf({ expiration: inSeconds(300.9) }, new Error('no metadata service')).login), 300);
  });

  test('expired ones sign nothing', async (t) => {
    atTime(t, NOW);
    const expired = { expiration: inSeconds(0) };
    await assert.rejects(loginOf(expired, expired).login.credentials(),
      new Error('The credentials of the role have expired, and no newer ones are to be had.'));
    await assert.rejects(loginOf(expired, new Error('no metadata service')).login.credentials(), new Error('no metadata service'));
    assert.equal(await secondsOf(loginOf(expired, { expiration: inSeconds(1800) }).login), 900);
  });
});

test('every login has a token of its own time', async (t) => {
  atTime(t, NOW);
  const { login } = loginOf({});
  const first = queryOf((await login.credentials()).password);
  mock.timers.tick(60_000);
  const second = queryOf((await login.credentials()).password);
  assert.deepEqual([first['X-Amz-Date'], second['X-Amz-Date']], ['20260102T030405Z', '20260102T030505Z']);
  assert.notEqual(first['X-Amz-Signature'], second['X-Amz-Signature']);
});
