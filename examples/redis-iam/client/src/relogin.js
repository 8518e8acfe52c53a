import { log } from './log.js';

const RETRY_SECONDS = 30;
/** Tasks that were started together shall not log in together for ever. */
const JITTER = 0.1;

/**
 * Logs in anew on connections that stand, with a new token: ElastiCache cuts a connection twelve hours after its last login. Doing it every few
 * minutes survives many failures in a row, and tells early of a right that was taken away.
 */
export class Relogin {
  #connections;
  #credentials;
  #seconds;
  #timer;
  #stopped = true;

  /**
   * @param {object} options
   * @param {() => { reAuthenticate(credentials: { username: string, password: string }): Promise<void> }[]} options.connections those that stand;
   *   node-redis sends a login between transactions, never within one, where it would be refused
   * @param {() => Promise<{ username: string, password: string }>} options.credentials
   * @param {number} options.seconds from one login to the next
   */
  constructor({ connections, credentials, seconds }) {
    this.#connections = connections;
    this.#credentials = credentials;
    this.#seconds = seconds;
  }

  start() {
    this.#stopped = false;
    this.#schedule(this.#seconds);
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #schedule(seconds) {
    const early = 1 - Math.random() * JITTER;
    this.#timer = setTimeout(() => this.#round(), seconds * early * 1000);
  }

  async #round() {
    const succeeded = await this.#loginAll();
    if (!this.#stopped) {
      this.#schedule(succeeded ? this.#seconds : Math.min(RETRY_SECONDS, this.#seconds));
    }
  }

  /** One token for all of them: it is used at once. */
  async #loginAll() {
    try {
      const credentials = await this.#credentials();
      const connections = this.#stopped ? [] : this.#connections();
      const logins = await Promise.allSettled(connections.map((connection) => connection.reAuthenticate(credentials)));
      const failures = logins.filter(({ status }) => status === 'rejected');
      if (failures.length === 0) {
        log('info', 'logged in anew', { connections: logins.length });
        return true;
      }
      log('error', 'cannot log in anew', { connections: failures.length, error: failures[0].reason.message });
    } catch (error) {
      log('error', 'cannot sign a token', { error: error.message });
    }
    return false;
  }
}
