import { createClient, createCluster } from 'redis';
import { log } from './log.js';

/**
 * The connection to the cache, or with cluster mode enabled those to its nodes. They reconnect for ever, and ask for the credentials at each
 * connect: a token that was good 15 minutes ago no longer is.
 *
 * node-redis also takes a provider that streams credentials, but subscribes to it anew at each reconnect and never ends the former subscription:
 * connections that stand are looked after by `Relogin` instead.
 *
 * @param {import('./config.js').Config['cache']} config
 * @param {() => Promise<{ username: string, password: string }>} credentials
 * @param {{ ca?: Buffer }} [tls] an authority other than those that Node.js trusts
 */
export function createCache(config, credentials, tls = {}) {
  const socket = {
    ...tls,
    tls: true,
    connectTimeout: 3_000,
    // a primary that dies with its host closes nothing: silence after a PING is the only sign of it
    socketTimeout: 5_000,
    reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, 2_000) + Math.random() * 200,
  };
  const address = { host: config.host, port: config.port };
  const options = {
    pingInterval: 2_000,
    credentialsProvider: { type: 'async-credentials-provider', credentials },
    // queued commands go out with the login, unasked whether it succeeds
    disableOfflineQueue: true,
    // neither is a command that the user is allowed
    maintNotifications: 'disabled',
    disableClientInfo: true,
  };
  const cache = config.clusterMode === 'enabled'
    ? createCluster({ rootNodes: [{ socket: address }], defaults: { ...options, socket } })
    : createClient({ ...options, socket: { ...socket, ...address } });
  for (const event of ['error', 'node-error']) {
    cache.on(event, (error) => log('error', 'connection to the cache failed', { error: error.message }));
  }
  for (const event of ['ready', 'node-ready']) {
    cache.on(event, () => log('info', 'logged in', { user: config.user }));
  }
  return cache;
}

/**
 * The connections that stand at this moment.
 *
 * @param {ReturnType<typeof createCache>} cache
 */
export function openConnections(cache) {
  const clients = 'masters' in cache ? [...cache.masters, ...cache.replicas].map(({ client }) => client) : [cache];
  return clients.filter((client) => client?.isReady);
}

/**
 * Whether the cache answers, and answers this user: with an open `default` user a refused login would go unnoticed.
 *
 * @param {ReturnType<typeof createCache>} cache
 * @param {string} user
 */
export async function checkCache(cache, user) {
  const known = await cache.aclWhoAmI();
  if (known !== user) {
    throw new Error(`The cache knows this connection as '${known}', not as '${user}'.`);
  }
}
