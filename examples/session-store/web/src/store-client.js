import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, createCluster } from 'redis';
import { log } from './log.js';

const RETRY_MILLISECONDS = 1_000;

/** @typedef {import('redis').RedisClientType | import('redis').RedisClusterType} StoreClient */

/**
 * The connection to the session store. It reconnects for ever, and asks for the credentials at each connect: after a rotation the old
 * password serves the connections that stand, and a new connection finds the new one.
 *
 * @param {import('./config.js').Config['store']} store
 * @param {() => Promise<{ username: string, password: string }>} credentials
 * @returns {StoreClient}
 */
export function createStoreClient(store, credentials) {
  const options = {
    socket: {
      tls: store.tls,
      connectTimeout: 3_000,
      // a primary that dies with its host closes nothing: silence after a PING is the only sign of it
      socketTimeout: 5_000,
      reconnectStrategy: backoff,
    },
    pingInterval: 2_000,
    credentialsProvider: { type: 'async-credentials-provider', credentials },
    // queued commands go out with the login, unasked whether it succeeds; and a visitor is better told at once than kept waiting
    disableOfflineQueue: true,
    // neither is a command that the session user is allowed
    maintNotifications: 'disabled',
    disableClientInfo: true,
  };
  const endpoint = { host: store.host, port: store.port };
  return store.sharded ? createShardedClient(endpoint, options) : createSingleClient(endpoint, options);
}

/** Connects, however long it takes. */
export async function connectStore(client) {
  for (;;) {
    try {
      await client.connect();
      return;
    } catch {
      client.destroy(); // what it has learned of the shards may be the reason; each failure is in the log
      await sleep(RETRY_MILLISECONDS);
    }
  }
}

/**
 * Whether the store answers with all its primaries, and answers this user: with an open `default` user a refused login would go unnoticed.
 *
 * @param {StoreClient} client
 * @param {string} username
 */
export async function checkStore(client, username) {
  if (!client.isReady) {
    throw new Error('The session store is not connected.');
  }
  const primaries = client.masters ? await Promise.all(client.masters.map((node) => client.nodeClient(node))) : [client];
  await Promise.all(primaries.map(async (primary) => {
    await primary.ping();
    const user = await primary.aclWhoAmI();
    if (user !== username) {
      throw new Error(`The session store knows this connection as '${user}', not as '${username}'.`);
    }
  }));
}

function createSingleClient(endpoint, { socket, ...options }) {
  return createClient({ ...options, socket: { ...socket, ...endpoint } })
    .on('error', (error) => log('error', 'session store connection failed', { error: error.message }))
    .on('ready', () => log('info', 'session store connected', { ...endpoint, tls: socket.tls }));
}

/** Learns of the shards at the configuration end point, and anew whenever a node sends it elsewhere or is lost. */
function createShardedClient(endpoint, options) {
  const reached = new Set();
  const logFailure = (error, node = endpoint) => log('error', 'session store connection failed', { ...node, error: error.message });
  return createCluster({
    rootNodes: [{ socket: endpoint }],
    defaults: options,
    topologyRefreshOnReconnectionAttemptStrategy: 500,
    nodeAddressMap: (address) => {
      const [, host, port] = /^(.*):(\d+)$/.exec(address);
      // learning of the shards waits for each node that is new: one that cannot be reached must not hold up the others
      return { host, port: Number(port), reconnectStrategy: (retries) => (reached.has(address) || retries < 1) && backoff(retries) };
    },
  })
    .on('error', (error) => logFailure(error))
    .on('node-error', logFailure)
    .on('node-ready', (node) => {
      reached.add(`${node.host}:${node.port}`);
      log('info', 'session store connected', { ...node, tls: options.socket.tls });
    })
    .on('node-disconnect', (node) => reached.delete(`${node.host}:${node.port}`));
}

function backoff(retries) {
  return Math.min(50 * 2 ** retries, 2_000) + Math.random() * 200;
}
