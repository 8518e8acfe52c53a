import { createClient } from 'redis';
import { log } from './log.js';

/**
 * The connection to the session store. It reconnects for ever, and asks for the credentials at each connect: after a rotation the old
 * password serves the connections that stand, and a new connection finds the new one.
 *
 * @param {import('./config.js').Config['store']} store
 * @param {() => Promise<{ username: string, password: string }>} credentials
 */
export function createStoreClient(store, credentials) {
  const client = createClient({
    socket: {
      host: store.host,
      port: store.port,
      tls: store.tls,
      connectTimeout: 3_000,
      // a primary that dies with its host closes nothing: silence after a PING is the only sign of it
      socketTimeout: 5_000,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, 2_000) + Math.random() * 200,
    },
    pingInterval: 2_000,
    credentialsProvider: { type: 'async-credentials-provider', credentials },
    // queued commands go out with the login, unasked whether it succeeds; and a visitor is better told at once than kept waiting
    disableOfflineQueue: true,
    // neither is a command that the session user is allowed
    maintNotifications: 'disabled',
    disableClientInfo: true,
  });
  client.on('error', (error) => log('error', 'session store connection failed', { error: error.message }));
  client.on('ready', () => log('info', 'session store connected', { host: store.host, port: store.port, tls: store.tls }));
  return client;
}

/**
 * Whether the store answers, and answers this user: with an open `default` user a refused login would go unnoticed.
 *
 * @param {ReturnType<typeof createStoreClient>} client
 * @param {string} username
 */
export async function checkStore(client, username) {
  await client.ping();
  const user = await client.aclWhoAmI();
  if (user !== username) {
    throw new Error(`The session store knows this connection as '${user}', not as '${username}'.`);
  }
}
