import { createServer } from 'node:http';
import { createApp } from './app.js';
import { Cache } from './cache.js';
import { ConfigError, readConfig } from './config.js';
import { Discovery } from './discovery.js';
import { log } from './log.js';

const STOP_SECONDS = 10;

function main() {
  const { pool, port, listenAddress, discoverySeconds, timeoutMilliseconds } = readConfig(process.env);
  const cache = new Cache({ tls: pool.tls, timeoutMilliseconds });
  const discovery = new Discovery({ ...pool, seconds: discoverySeconds, found: (nodes) => cache.use(nodes) });
  discovery.start();

  const server = createServer(createApp({ cache }));
  server.on('error', fail);
  server.listen(port, listenAddress, () => log('info', 'listening', { address: listenAddress, port }));

  const stop = (signal) => {
    log('info', 'stopping', { signal });
    setTimeout(() => process.exit(1), STOP_SECONDS * 1000).unref();
    discovery.stop();
    server.close(async () => {
      await cache.close();
      process.exit(0);
    });
    server.closeIdleConnections();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function fail(error) {
  log('error', error instanceof ConfigError ? error.message : `cannot start: ${error.message}`);
  process.exit(1);
}

try {
  main();
} catch (error) {
  fail(error);
}
