import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:tls';
import { createNode } from 'memcache';
import { freePort, start, until } from '../../../../session-store/web/test/support/process.js';
import { makeCertificate } from '../../../../session-store/web/test/support/redis.js';

const SERVER = process.env.DATA_TIER_MEMCACHED_SERVER ?? 'memcached';
const USER = process.getuid() === 0 ? ['-u', 'root'] : [];

/** An authority for all connections of a test; this process and those that it starts trust it. */
export function certificate(t) {
  const files = makeCertificate(t);
  return { ...files, ca: readFileSync(files.caFile), key: readFileSync(files.keyFile), cert: readFileSync(files.certFile) };
}

/**
 * A real memcached on loopback that speaks TLS only, as ElastiCache runs one.
 *
 * @param {import('node:test').TestContext} t ends the server
 */
export async function startMemcached(t, { certFile, keyFile, ca }, ...options) {
  const port = await freePort();
  const tls = ['-Z', '-o', `ssl_chain_cert=${certFile},ssl_key=${keyFile}`];
  let server;
  const ask = async (command, kind) => {
    const node = createNode('127.0.0.1', port, { tls: { ca } });
    await node.connect();
    try {
      return await node.command(command, kind);
    } finally {
      await node.disconnect();
    }
  };
  const node = {
    host: '127.0.0.1', port, id: `127.0.0.1:${port}`,
    async up() {
      server = start([SERVER, '-l', '127.0.0.1', '-p', String(port), '-U', '0', ...USER, ...tls, ...options]);
      await until('memcached answers', () => {
        if (!server.running()) {
          throw new Error(server.output());
        }
        return ask('version');
      });
    },
    down: () => server.stop('SIGKILL'),
    freeze: () => server.signal('SIGSTOP'),
    thaw: () => server.signal('SIGCONT'),
    statistics: () => ask('stats', { isStats: true }),
  };
  t.after(() => server.stop('SIGKILL'));
  await node.up();
  return node;
}

/**
 * A configuration end point: it tells of `nodes`, which can be replaced, in the words of ElastiCache, and of nothing else.
 *
 * @param {import('node:test').TestContext} t closes it
 */
export async function startConfiguration(t, { key, cert }, nodes) {
  const connections = new Set();
  const endpoint = { host: '127.0.0.1', nodes, version: 1, questions: 0 };
  const server = createServer({ key, cert }, (socket) => {
    connections.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      if (String(data) !== 'config get cluster\r\n') {
        socket.write('ERROR\r\n');
        return;
      }
      endpoint.questions += 1;
      // The address is no good: certificates are made for names.
      const told = `${endpoint.version}\n${endpoint.nodes.map(({ host, port }) => `${host}|192.0.2.1|${port}`).join(' ')}\n`;
      socket.write(`CONFIG cluster 0 ${told.length}\r\n${told}\r\nEND\r\n`);
    });
  });
  server.on('tlsClientError', () => undefined);
  const listen = async (port) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  endpoint.port = server.address().port;
  endpoint.down = () => {
    server.close();
    connections.forEach((socket) => socket.destroy());
  };
  endpoint.up = () => listen(endpoint.port);
  endpoint.change = (others) => {
    endpoint.nodes = others;
    endpoint.version += 1;
  };
  t.after(() => endpoint.down());
  return endpoint;
}
