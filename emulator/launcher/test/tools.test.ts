import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { FakeMachine, MEMCACHED_16, OPENSSL_3, PYTHON_312, REDIS_6, REDIS_7, WORKS } from './machine';
import { Machine, Unmet } from '../plan';
import { provideTools, readRelease } from '../tools';

const TRIXIE: Machine = { platform: 'linux', root: false, apt: true, release: 'debian 13' };
const ALL_BUT_REDIS = { python3: PYTHON_312, openssl: OPENSSL_3, setpriv: WORKS };

/** Writes down how it is called; `download` leaves a package. */
const aptGet = (behaviour: string) => `echo "$*" >> "$(/usr/bin/dirname "$0")/../../apt.log"\n${behaviour}`;
const APT_ANSWERS = `case "$*" in
  *--simulate*) echo 'Inst redis-server (5:8.0.2 Debian:13 [amd64])'; echo 'Inst liblzf1 (3.6-4 Debian:13 [amd64])'; echo 'Inst libc6 [2.41-1] (2.41-2 Debian:13 [amd64])' ;;
  *' download '*|download*) : > redis-server_8.0.2_amd64.deb ;;
esac`;
const APT_GET = aptGet(APT_ANSWERS);
/** What a package unpacks to: a program and a library. */
const DPKG = `/usr/bin/mkdir -p "$3/usr/bin" "$3/usr/lib/x86_64-linux-gnu"
/usr/bin/printf '%s\\n' '#!/bin/sh' '${REDIS_7.replaceAll("'", "'\\''")}' > "$3/usr/bin/redis-server"; /usr/bin/chmod 755 "$3/usr/bin/redis-server"`;

function provide(machine: FakeMachine, over: Partial<Machine> = {}) {
  const log: string[] = [];
  const done = provideTools({ cache: machine.cache, env: machine.env, machine: { ...TRIXIE, ...over }, log: line => log.push(line) });
  return { done, log };
}
const aptLog = (machine: FakeMachine) => existsSync(machine.path('apt.log')) ? readFileSync(machine.path('apt.log'), 'utf8') : '';

describe('the tools of the local AWS', () => {
  test('are those on PATH, and apt is not asked', async t => {
    const machine = new FakeMachine(t, { ...ALL_BUT_REDIS, 'redis-server': REDIS_7, 'apt-get': APT_GET });
    const { done, log } = provide(machine);
    const { python, env } = await done;
    assert.equal(python, machine.path('usr/bin/python3'));
    assert.equal(env.DATA_TIER_REDIS_SERVER, machine.path('usr/bin/redis-server'));
    assert.equal(env.LD_LIBRARY_PATH, undefined);
    assert.deepEqual(log, []);
    assert.equal(aptLog(machine), '');
    assert.equal(existsSync(machine.cache), false);
  });

  test('are a Memcached server as well when one is asked for', async t => {
    const machine = new FakeMachine(t, { ...ALL_BUT_REDIS, 'redis-server': REDIS_7, 'memcached': MEMCACHED_16 });
    assert.equal((await provide(machine).done).env.DATA_TIER_MEMCACHED_SERVER, undefined);
    const { env } = await provideTools({ cache: machine.cache, env: machine.env, machine: TRIXIE, memcached: true, log: assert.fail });
    assert.equal(env.DATA_TIER_MEMCACHED_SERVER, machine.path('usr/bin/memcached'));
  });

  test('are unpacked with what they depend on, upgrading nothing, and found again without apt', async t => {
    const machine = new FakeMachine(t, { ...ALL_BUT_REDIS, 'redis-server': REDIS_6, 'apt-get': APT_GET, 'dpkg': DPKG });
    const unpacked = join(machine.cache, `tools-debian-13-${process.arch}`);
    const { done, log } = provide(machine);
    const { env } = await done;
    assert.equal(env.DATA_TIER_REDIS_SERVER, join(unpacked, 'usr/bin/redis-server'));
    assert.equal(env.LD_LIBRARY_PATH, join(unpacked, 'usr/lib/x86_64-linux-gnu'));
    assert.deepEqual(log, ['unpacking redis-server, redis-tools']);
    assert.equal(aptLog(machine), 'install --simulate --no-install-recommends redis-server redis-tools\ndownload redis-server redis-tools liblzf1\n');
    assert.equal((await provide(machine).done).env.DATA_TIER_REDIS_SERVER, env.DATA_TIER_REDIS_SERVER);
    assert.equal(aptLog(machine).split('\n').length, 3, 'apt was not asked again');
  });

  test('are unpacked by fresh lists of our own where those of the machine do not know them', async t => {
    const unknowing = 'case "$*" in install*) echo "E: Unable to locate package" >&2; exit 100 ;; esac';
    const machine = new FakeMachine(t, { ...ALL_BUT_REDIS, 'apt-get': aptGet(`${unknowing}\n${APT_ANSWERS}`), 'dpkg': DPKG });
    await provide(machine).done;
    const [first, update, simulate, download] = aptLog(machine).split('\n');
    assert.equal(first, 'install --simulate --no-install-recommends redis-server redis-tools');
    assert.match(update, /^-o Dir::State::lists=\S+\/lists -o Dir::Cache=\S+\/cache -o APT::Sandbox::User=root update -qq$/);
    assert.match(simulate, /APT::Sandbox::User=root install --simulate/);
    assert.match(download, /APT::Sandbox::User=root download redis-server redis-tools liblzf1$/);
  });

  test('that cannot be fetched are refused with the reason and one command, and nothing is left', async t => {
    const machine = new FakeMachine(t, { ...ALL_BUT_REDIS, 'redis-server': REDIS_6, 'apt-get': aptGet('echo "E: Unable to connect" >&2; exit 100') });
    await assert.rejects(provide(machine).done, (error: Error) => {
      assert.ok(error instanceof Unmet);
      assert.equal(error.message, [
        'The local AWS needs',
        `  - redis-server 7.0 or newer with TLS: ${machine.path('usr/bin/redis-server')} is version 6.2`,
        'It could not be fetched: E: Unable to connect',
        'Run this, then try again:',
        '  sudo apt-get update && sudo apt-get install -y --no-install-recommends redis-server',
      ].join('\n'));
      return true;
    });
    assert.equal(existsSync(join(machine.cache, `tools-debian-13-${process.arch}`, 'usr')), false);
  });

  test('that are not fit after all are refused', async t => {
    const machine = new FakeMachine(t, { ...ALL_BUT_REDIS, 'apt-get': APT_GET, 'dpkg': WORKS });
    await assert.rejects(provide(machine).done, /redis-server 7\.0 or newer with TLS: not on PATH/);
  });

  test('do not see the Python libraries of other programs', async t => {
    const machine = new FakeMachine(t, { ...ALL_BUT_REDIS, 'redis-server': REDIS_7 });
    Object.assign(machine.env, { PYTHONPATH: '/elsewhere', PYTHONHOME: '/elsewhere', KEPT: '1' });
    const { env } = await provide(machine).done;
    assert.deepEqual([env.PYTHONPATH, env.PYTHONHOME, env.KEPT], [undefined, undefined, '1']);
  });
});

test('the release is read from os-release', t => {
  const machine = new FakeMachine(t, {});
  machine.write('os-release', 'PRETTY_NAME="Ubuntu 24.04.3 LTS"\nID=ubuntu\nVERSION_ID="24.04"\nID_LIKE=debian');
  assert.equal(readRelease(machine.path('os-release')), 'ubuntu 24.04');
  assert.equal(readRelease(machine.path('none')), '');
});
