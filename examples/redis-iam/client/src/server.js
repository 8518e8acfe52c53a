import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { createApp } from './app.js';
import { checkCache, createCache, openConnections } from './cache.js';
import { ConfigError, readConfig } from './config.js';
import { IamLogin } from './iam-login.js';
import { log } from './log.js';
import { Relogin } from './relogin.js';

const STOP_SECONDS = 10;
const CONNECT_RETRY_MILLISECONDS = 1_000;

function main() {
  const config = readConfig(process.env);
  const login = new IamLogin({
    cacheName: config.cache.name, userName: config.cache.user, region: config.region, credentials: defaultProvider(),
  });
  const credentials = () => login.credentials();
  const cache = createCache(config.cache, credentials);
  const relogin = new Relogin({ connections: () => openConnections(cache), credentials, seconds: config.reloginSeconds });
  connectForEver(cache);
  relogin.start();

  const server = createServer(createApp({ cache, ready: () => checkCache(cache, config.cache.user) }));
  server.on('error', fail);
  server.listen(config.port, config.listenAddress, () => log('info', 'listening', { address: config.listenAddress, port: config.port }));

  const stop = (signal) => {
    log('info', 'stopping', { signal });
    setTimeout(() => process.exit(1), STOP_SECONDS * 1000).unref();
    relogin.stop();
    server.close(() => {
      cache.destroy();
      process.exit(0);
    });
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** Each failure is logged by the cache. A single connection tries on by itself, a cluster gives up when no node tells it of the others. */
async function connectForEver(cache) {
  while (!cache.isOpen) {
    await cache.connect().catch(() => sleep(CONNECT_RETRY_MILLISECONDS));
  }
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
