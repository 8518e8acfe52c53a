import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FakeMachine, MEMCACHED_15, MEMCACHED_16, MEMCACHED_WITHOUT_TLS, OPENSSL_3, PYTHON_312, PYTHON_312_WITHOUT_PIP, PYTHON_312_WITHOUT_VENV, PYTHON_39, REDIS_6, REDIS_7, REDIS_WITHOUT_TLS, VALKEY_AS_REDIS, WORKS } from './machine';
import { MEMCACHED, Need, OPENSSL, PYTHON, REDIS, SETPRIV, VALKEY } from '../needs';
import { look, Machine, plan, Unmet } from '../plan';

const BOOKWORM: Machine = { platform: 'linux', root: false, apt: true, release: 'debian 12' };
const missing = (...needs: Need[]) => needs.map(need => ({ need, found: [] }));

describe('what is on PATH', () => {
  test('is taken when it will do', t => {
    const machine = new FakeMachine(t, {
      'redis-server': REDIS_7, 'memcached': MEMCACHED_16, 'python3': PYTHON_312, 'openssl': OPENSSL_3, 'setpriv': WORKS,
    });
    const { programs, missing: lacking } = look([REDIS, MEMCACHED, PYTHON, OPENSSL, SETPRIV], machine.env);
    assert.deepEqual(lacking, []);
    assert.equal(programs.get(MEMCACHED), machine.path('usr/bin/memcached'));
    assert.equal(programs.get(REDIS), machine.path('usr/bin/redis-server'));
    assert.equal(programs.get(PYTHON), machine.path('usr/bin/python3'));
  });

  for (const [what, need, name, script, why] of [
    ['a server older than 7.0', REDIS, 'redis-server', REDIS_6, 'is version 6.2'],
    ['a server without TLS', REDIS, 'redis-server', REDIS_WITHOUT_TLS, 'is built without TLS'],
    ['a Valkey under the name of Redis', REDIS, 'redis-server', VALKEY_AS_REDIS, 'says "Valkey server v=8.1.1 sha=00000000:0"'],
    ['a Redis under the name of Valkey', VALKEY, 'valkey-server', REDIS_7,
      'says "Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64"'],
    ['a Memcached older than 1.6', MEMCACHED, 'memcached', MEMCACHED_15, 'is version 1.5'],
    ['a Memcached without TLS', MEMCACHED, 'memcached', MEMCACHED_WITHOUT_TLS, 'is built without TLS'],
    ['a Python older than 3.11', PYTHON, 'python3', PYTHON_39, 'is version 3.9'],
    ['a Python without venv', PYTHON, 'python3', PYTHON_312_WITHOUT_VENV, 'comes without venv'],
    ['a Python without pip', PYTHON, 'python3', PYTHON_312_WITHOUT_PIP, 'comes without venv'],
    ['a program that fails', OPENSSL, 'openssl', 'exit 1', 'says ""'],
  ] as const) {
    test(`is not taken when it is ${what}`, t => {
      const machine = new FakeMachine(t, { [name]: script });
      assert.deepEqual(look([need], machine.env), {
        programs: new Map(),
        missing: [{ need, found: [`${machine.path(`usr/bin/${name}`)} ${why}`] }],
      });
    });
  }

  test('is passed over for a later one that will do', t => {
    const machine = new FakeMachine(t, {
      'redis-server': REDIS_6, 'other/bin/redis-server': REDIS_7, 'python3': PYTHON_39, 'python3.12': PYTHON_312,
    });
    const { programs } = look([REDIS, PYTHON], { PATH: `${machine.env.PATH}:${machine.path('other/bin')}` });
    assert.equal(programs.get(REDIS), machine.path('other/bin/redis-server'));
    assert.equal(programs.get(PYTHON), machine.path('usr/bin/python3.12'));
  });

  test('may be a Python without pip where a wheel of pip lies beside it', t => {
    const machine = new FakeMachine(t, { 'python3': PYTHON_312_WITHOUT_PIP, 'usr/share/python-wheels/pip-24.0-py3-none-any.whl': '' });
    assert.equal(look([PYTHON], machine.env).programs.get(PYTHON), machine.path('usr/bin/python3'));
  });

  test('must be a program', t => {
    const machine = new FakeMachine(t, {});
    machine.write('usr/bin/redis-server/file', '');
    machine.link('openssl', '/nonexistent');
    assert.deepEqual(look([REDIS, OPENSSL], machine.env).missing, missing(REDIS, OPENSSL));
  });
});

describe('what is missing', () => {
  test('is nothing to do when nothing is', () => {
    assert.deepEqual(plan([], BOOKWORM), []);
    assert.deepEqual(plan([], { ...BOOKWORM, apt: false, release: 'fedora 43' }), []);
  });

  test('is installed by root', () => {
    assert.deepEqual(plan(missing(REDIS, PYTHON, OPENSSL), { ...BOOKWORM, root: true }),
      [{ action: 'install', packages: ['redis-server', 'python3', 'python3-venv', 'openssl'] }]);
  });

  test('is unpacked by everybody else', () => {
    assert.deepEqual(plan(missing(REDIS, PYTHON, OPENSSL), BOOKWORM),
      [{ action: 'unpack', packages: ['redis-server', 'redis-tools', 'python3', 'python3-pip-whl', 'openssl'], backports: false }]);
  });

  test('comes from backports where the release has it only there, by root too without a new apt source', () => {
    assert.deepEqual(plan(missing(REDIS, VALKEY), { ...BOOKWORM, root: true }), [
      { action: 'install', packages: ['redis-server'] },
      { action: 'unpack', packages: ['valkey-server', 'valkey-tools'], backports: true },
    ]);
    assert.deepEqual(plan(missing(VALKEY), { ...BOOKWORM, root: true, release: 'debian 13' }), [{ action: 'install', packages: ['valkey-server'] }]);
  });

  for (const release of ['debian 12', 'debian 13', 'ubuntu 24.04', 'ubuntu 26.04', 'linuxmint 22']) {
    test(`can be had on ${release}`, () => {
      assert.equal(plan(missing(REDIS), { ...BOOKWORM, release }).length, 1);
    });
  }

  for (const [machine, reason] of [
    [{ release: 'debian 11' }, 'debian 11 has no packages that would do'],
    [{ release: 'ubuntu 22.04' }, 'ubuntu 22.04 has no packages that would do'],
    [{ release: 'fedora 43', apt: false }, 'There is no apt-get here to fetch it with'],
  ] as const) {
    test(`is refused on ${machine.release} with one command`, () => {
      const found = [{ need: REDIS, found: ['/usr/bin/redis-server is version 6.0'] }, ...missing(PYTHON)];
      for (const root of [true, false]) {
        assert.throws(() => plan(found, { ...BOOKWORM, ...machine, root }), (error: Error) => {
          assert.ok(error instanceof Unmet);
          assert.equal(error.message, [
            'The local AWS needs',
            '  - redis-server 7.0 or newer with TLS: /usr/bin/redis-server is version 6.0',
            '  - Python 3.11 or newer with venv: not on PATH',
            `${reason}. Put them on PATH, or run this in Debian 12 or 13 or Ubuntu 24.04, for example:`,
            '  docker run --rm -it -v "$PWD":/project -w /project node:22-bookworm sh -c "npm ci && npm run demo"',
          ].join('\n'));
          return true;
        });
      }
    });
  }

  test('is not even looked at outside Linux', () => {
    assert.throws(() => plan([], { ...BOOKWORM, platform: 'darwin' }), /^Error: The local AWS needs Linux \(this is darwin\): /);
  });
});
