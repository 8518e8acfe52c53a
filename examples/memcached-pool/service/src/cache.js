import { createNode, Memcache } from 'memcache';
import { Ketama } from './ketama.js';
import { log } from './log.js';

/** A node that has failed is left alone for a moment: nobody waits for it meanwhile. */
const REST_MILLISECONDS = 1_000;
/** Connections that nobody uses are closed. */
const IDLE_MILLISECONDS = 300_000;

/** Items that are spread over the nodes of a pool. Nothing here throws: a node that does not answer has no items. */
export class Cache {
  #tls;
  #timeout;
  // The largest item is for the server to say.
  #client = new Memcache({ nodes: [], hash: new Ketama(), maxValueSize: Number.MAX_SAFE_INTEGER });
  /** @type {Map<import('memcache').MemcacheNode, Promise<void>>} */
  #connecting = new Map();
  /** @type {Map<import('memcache').MemcacheNode, NodeJS.Timeout>} */
  #resting = new Map();

  /**
   * @param {object} options
   * @param {boolean} options.tls
   * @param {number} options.timeoutMilliseconds the patience with a node, after which it is as if the item was not there
   */
  constructor({ tls, timeoutMilliseconds }) {
    this.#tls = tls;
    this.#timeout = timeoutMilliseconds;
  }

  /** The nodes that share the keys, as host and port. */
  get nodes() {
    return this.#client.nodeIds;
  }

  /** @param {{ host: string, port: number }[]} nodes those that share the keys from now on */
  async use(nodes) {
    const wanted = new Map(nodes.map(({ host, port }) => [`${host}:${port}`, { host, port }]));
    for (const node of this.#client.getNodes().filter(({ id }) => !wanted.has(id))) {
      await this.#client.removeNode(node.id);
      this.#wake(node);
    }
    for (const [id, { host, port }] of wanted) {
      if (!this.#client.getNode(id)) {
        await this.#client.addNode(createNode(host, port, { tls: this.#tls, timeout: IDLE_MILLISECONDS }));
      }
    }
  }

  /** @returns {Promise<string | undefined>} */
  async get(key) {
    return this.#ask(key, () => this.#client.get(key));
  }

  /** @returns {Promise<boolean>} whether it was stored */
  async set(key, value, seconds) {
    return await this.#ask(key, () => this.#client.set(key, value, seconds)) ?? false;
  }

  async close() {
    this.#client.getNodes().forEach((node) => this.#wake(node));
    await this.#client.disconnect();
  }

  async #ask(key, operation) {
    const [node] = this.#client.hash.getNodesByKey(key);
    if (!node || this.#resting.has(node)) {
      return undefined;
    }
    try {
      return await within(this.#timeout, this.#connected(node).then(operation));
    } catch (error) {
      await this.#rest(node, error);
      return undefined;
    }
  }

  /** Once for all who wait: each connect of a node would open a connection of its own. */
  #connected(node) {
    if (node.isConnected()) {
      return Promise.resolve();
    }
    if (!this.#connecting.has(node)) {
      // Unlike `connect` it forgets what was left half read.
      this.#connecting.set(node, node.reconnect().finally(() => this.#connecting.delete(node)));
    }
    return this.#connecting.get(node);
  }

  async #rest(node, error) {
    if (!this.#resting.has(node)) {
      log('warn', 'a node of the cache does not answer', { node: node.id, error: error.message });
      this.#resting.set(node, setTimeout(() => this.#resting.delete(node), REST_MILLISECONDS).unref());
      this.#connecting.delete(node);
      await node.disconnect(); // those who still wait are told
    }
  }

  #wake(node) {
    clearTimeout(this.#resting.get(node));
    this.#resting.delete(node);
  }
}

async function within(milliseconds, promise) {
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
