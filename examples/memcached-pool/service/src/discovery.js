import { AutoDiscovery, createNode } from 'memcache';
import { log } from './log.js';

const TIMEOUT_MILLISECONDS = 3_000;

/**
 * Asks the configuration end point of a pool for its nodes, now and from time to time. While it does not answer, the nodes that are known stay.
 *
 * The `memcache` package discovers nodes as well, but asks in plain text even where the nodes speak TLS, and connects to their addresses, for
 * which the certificates of ElastiCache are not made.
 */
export class Discovery {
  #options;
  #version;
  #timer;
  #stopped = false;

  /**
   * @param {object} options
   * @param {string} options.host the configuration end point
   * @param {number} options.port
   * @param {boolean} options.tls
   * @param {number} options.seconds between two questions
   * @param {(nodes: { host: string, port: number }[]) => Promise<void>} options.found is told of the nodes, at first and when they have changed
   */
  constructor(options) {
    this.#options = options;
  }

  /** Returns at once: an application without its cache is slow, not down. */
  start() {
    this.#round();
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #round() {
    await this.#ask().catch((error) => log('warn', 'the nodes cannot be discovered', { error: error.message }));
    if (!this.#stopped) {
      const known = this.#version !== undefined;
      this.#timer = setTimeout(() => this.#round(), (known ? this.#options.seconds : Math.min(this.#options.seconds, 1)) * 1000);
    }
  }

  async #ask() {
    const { host, port, tls, found } = this.#options;
    const endpoint = createNode(host, port, { tls, timeout: TIMEOUT_MILLISECONDS });
    try {
      await endpoint.connect();
      const { version, nodes } = AutoDiscovery.parseConfigResponse(await endpoint.command('config get cluster', { isConfig: true }));
      if (version !== this.#version && !this.#stopped) {
        log('info', 'nodes discovered', { version, nodes: nodes.length });
        await found(nodes.map((node) => ({ host: node.hostname, port: node.port })));
        this.#version = version;
      }
    } finally {
      await endpoint.disconnect();
    }
  }
}
