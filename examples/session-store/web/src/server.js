import { createServer } from 'node:http';
import { createApp } from './app.js';
import { ConfigError, readConfig } from './config.js';
import { instanceName } from './instance.js';
import { log } from './log.js';
import { SecretReader } from './secrets.js';
import { checkStore, connectStore, createStoreClient } from './store-client.js';

const STOP_SECONDS = 10;

async function main() {
  const config = readConfig(process.env);
  const secrets = new SecretReader();
  const [cookieSecret, instance] = await Promise.all([secrets.cookieSecret(config.cookieSecretArn), instanceName(process.env)]);

  let username;
  const client = createStoreClient(config.store, async () => {
    const credentials = await secrets.credentials(config.store.secretArn);
    username = credentials.username;
    return credentials;
  });
  connectStore(client); // takes as long as it takes, and we answer meanwhile

  const app = createApp({ config, client, cookieSecret, instance, ready: () => checkStore(client, username) });
  const server = createServer(app);
  server.on('error', fail);
  server.listen(config.port, config.listenAddress, () => log('info', 'listening', { address: config.listenAddress, port: config.port, instance }));

  const stop = (signal) => {
    log('info', 'stopping', { signal });
    setTimeout(() => process.exit(1), STOP_SECONDS * 1000).unref();
    server.close(async () => {
      await (client.isReady ? client.close() : client.destroy());
      process.exit(0);
    });
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function fail(error) {
  log('error', error instanceof ConfigError ? error.message : `cannot start: ${error.message}`);
  process.exit(1);
}

main().catch(fail);
