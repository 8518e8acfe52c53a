import assert from 'node:assert/strict';
import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test, TestContext } from 'node:test';
import { STS } from '@aws-sdk/client-sts';

const MAIN = join(__dirname, '../main.ts');

/** `npm run emulator`, as soon as it says that it is ready. */
async function startMain(t: TestContext): Promise<{ child: ChildProcess; exports: Record<string, string>; ended: Promise<unknown[]> }> {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  let output = '';
  for await (const chunk of child.stdout) {
    output += chunk;
    if (output.includes('Interrupt (Ctrl-C) ends it')) {
      break;
    }
  }
  return { child, ended, exports: Object.fromEntries([...output.matchAll(/^export (\w+)='(.*)'$/gm)].map(match => [match[1], match[2]])) };
}

function sts(exports: Record<string, string>): STS {
  return new STS({
    endpoint: exports.AWS_ENDPOINT_URL,
    region: exports.AWS_REGION,
    credentials: { accessKeyId: exports.AWS_ACCESS_KEY_ID, secretAccessKey: exports.AWS_SECRET_ACCESS_KEY },
    maxAttempts: 1,
  });
}

async function gone(exports: Record<string, string>): Promise<void> {
  const fileOfTheRun = exports.NODE_EXTRA_CA_CERTS;
  for (let attempt = 0; attempt < 100 && existsSync(fileOfTheRun); attempt++) {
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  assert.equal(existsSync(fileOfTheRun), false, `${fileOfTheRun} is there`);
  await assert.rejects(sts(exports).getCallerIdentity(), /ECONNREFUSED/);
}

describe('the launcher', { timeout: 180_000 }, () => {
  test('starts two local AWS side by side, each of which answers with its account; an interrupt and a kill leave nothing', async t => {
    const [one, other] = [await startMain(t), await startMain(t)];
    assert.notEqual(one.exports.AWS_ENDPOINT_URL, other.exports.AWS_ENDPOINT_URL);
    for (const { exports } of [one, other]) {
      assert.equal((await sts(exports).getCallerIdentity()).Account, exports.AWS_ACCESS_KEY_ID);
      assert.ok(existsSync(exports.NODE_EXTRA_CA_CERTS));
    }
    one.child.kill('SIGINT');
    assert.deepEqual(await one.ended, [0, null]);
    await gone(one.exports);
    assert.equal((await sts(other.exports).getCallerIdentity()).Account, other.exports.AWS_ACCESS_KEY_ID);
    other.child.kill('SIGKILL');
    await gone(other.exports);
  });
});
