import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { freePort, start, until } from './process.js';

/** Any server that ElastiCache could run; Valkey's does as well. */
const SERVER = process.env.DATA_TIER_REDIS_SERVER ?? 'redis-server';

/** What the session user of the SessionStore construct may do, and nothing else. */
export const SESSION_ACCESS = 'on ~sess:* -@all +get +set +expire +del +ping +acl|whoami';

/**
 * A real redis-server on loopback, as ElastiCache runs one: TLS only, `default` user disabled, one session user.
 * The operator connection is the test's own.
 *
 * @param {import('node:test').TestContext} t ends the server and removes its files
 * @param {object} [options] a login, what it may do, settings beyond those that every server has, and a certificate to share
 */
export async function startRedis(t, {
  username = 'session-user', password = newPassword(), operatorPassword = newPassword(), access = SESSION_ACCESS, settings = [], certificate,
} = {}) {
  const directory = newDirectory(t);
  const file = (name) => join(directory, name);
  const port = await freePort();
  const { caFile, certFile, keyFile } = certificate ?? makeCertificate(t);
  writeFileSync(file('users.acl'), [
    'user default off resetpass ~* -@all',
    `user operator on #${sha256(operatorPassword)} ~* &* +@all`,
    `user ${username} #${sha256(password)} ${access}`,
  ].join('\n'), { mode: 0o600 });
  writeFileSync(file('redis.conf'), [
    'bind 127.0.0.1', 'port 0', `tls-port ${port}`, 'tls-auth-clients no', 'save ""', `dir ${directory}`,
    `tls-cert-file ${certFile}`, `tls-key-file ${keyFile}`, `tls-ca-cert-file ${caFile}`, `aclfile ${file('users.acl')}`,
    ...settings,
  ].join('\n'));

  let server;
  const operator = createClient({
    socket: { host: '127.0.0.1', port, tls: true, ca: readFileSync(caFile), reconnectStrategy: 50 },
    username: 'operator',
    password: operatorPassword,
  });
  operator.on('error', () => undefined); // the tests take the server away

  const redis = {
    host: '127.0.0.1', port, caFile, username, password, operator,
    async up() {
      server = start([SERVER, file('redis.conf')]);
      await until('redis-server answers', () => {
        if (!server.running()) {
          throw new Error(server.output());
        }
        return operator.isReady;
      });
    },
    down: () => server.stop('SIGKILL'),
    freeze: () => server.signal('SIGSTOP'),
    thaw: () => server.signal('SIGCONT'),
    /** Replaces the password, as the last step of a rotation does; connections that stand are left alone. */
    replacePassword: (next) => operator.sendCommand(['ACL', 'SETUSER', username, 'resetpass', `#${sha256(next)}`]),
    dropConnections: () => operator.sendCommand(['CLIENT', 'KILL', 'USER', username]),
  };
  t.after(async () => {
    operator.destroy();
    await server.stop('SIGKILL');
  });
  operator.connect().catch(() => undefined);
  await redis.up();
  return redis;
}

export const newPassword = () => randomBytes(16).toString('hex');
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** A certificate for loopback, made by an authority of its own. */
export function makeCertificate(t) {
  const directory = newDirectory(t);
  const openssl = (...args) => execFileSync('openssl', args, { cwd: directory, stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.crt', '-days', '2', '-subj', '/CN=test CA');
  openssl('req', '-x509', ...key, '-keyout', 'server.key', '-out', 'server.crt', '-days', '1', '-subj', '/CN=redis',
    '-CA', 'ca.crt', '-CAkey', 'ca.key', '-addext', 'subjectAltName=IP:127.0.0.1', '-addext', 'basicConstraints=critical,CA:FALSE');
  return { caFile: join(directory, 'ca.crt'), certFile: join(directory, 'server.crt'), keyFile: join(directory, 'server.key') };
}

function newDirectory(t) {
  const directory = mkdtempSync(join(tmpdir(), 'session-store-redis-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
