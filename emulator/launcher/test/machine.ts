import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';

/** What programs answer, in the words of the real ones. */
export const REDIS_7 = version('--version', 'Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64', 'Failed to configure TLS. Check logs for more info.');
export const REDIS_6 = version('--version', 'Redis server v=6.2.14 sha=00000000:0', 'Failed to configure TLS. Check logs for more info.');
export const REDIS_WITHOUT_TLS = version('--version', 'Redis server v=7.0.15 sha=00000000:0', "*** FATAL CONFIG FILE ERROR *** >>> 'tls-port \"1\"'");
export const VALKEY_AS_REDIS = version('--version', 'Valkey server v=8.1.1 sha=00000000:0', 'Failed to configure TLS. Check logs for more info.');
export const MEMCACHED_16 = version('-V', 'memcached 1.6.18', '-Z, --enable-ssl          enable TLS/SSL');
export const MEMCACHED_15 = version('-V', 'memcached 1.5.22', '-Z, --enable-ssl          enable TLS/SSL');
export const MEMCACHED_WITHOUT_TLS = version('-V', 'memcached 1.6.40', '-p, --port=<num>          TCP port to listen on (default: 11211)');
export const OPENSSL_3 = version('version', 'OpenSSL 3.0.19 27 Jan 2026 (Library: OpenSSL 3.0.19 27 Jan 2026)', '');
export const PYTHON_39 = version('--version', 'Python 3.9.2', '');
export const PYTHON_312 = version('--version', 'Python 3.12.3', '');
export const PYTHON_312_WITHOUT_VENV = 'case "$*" in --version) echo Python 3.12.3 ;; *) exit 1 ;; esac';
export const PYTHON_312_WITHOUT_PIP = 'case "$*" in --version) echo Python 3.12.3 ;; *ensurepip*) exit 1 ;; esac';
export const WORKS = 'exit 0';

function version(option: string, answer: string, otherwise: string): string {
  return `case "$1" in ${option}) echo '${answer}' ;; *) echo "${otherwise.replaceAll('"', '\\"')}" ;; esac`;
}

/** A machine of which only the programs named here are on PATH, each a shell script. */
export class FakeMachine {
  readonly root = mkdtempSync(join(tmpdir(), 'launcher-test-'));
  readonly env: NodeJS.ProcessEnv = { PATH: join(this.root, 'usr/bin') };
  readonly cache = join(this.root, 'cache');

  constructor(t: TestContext, programs: Record<string, string>) {
    t.after(() => rmSync(this.root, { recursive: true, force: true }));
    for (const [name, script] of Object.entries(programs)) {
      this.write(name.includes('/') ? name : `usr/bin/${name}`, script);
    }
  }

  path(name: string): string {
    return join(this.root, name);
  }

  write(name: string, script: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), `#!/bin/sh\n${script}\n`);
    chmodSync(this.path(name), 0o755);
  }

  link(name: string, target: string): void {
    symlinkSync(target, this.path(`usr/bin/${name}`));
  }
}
