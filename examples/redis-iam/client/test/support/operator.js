import { readFileSync } from 'node:fs';
import { createClient } from 'redis';

/** The emulator's own connection to the nodes of a group: what an operator inside AWS would see. */
export class Operator {
  #aws;
  #group;

  /**
   * @param {import('../../../../../emulator/launcher/client-environment').LocalAws} aws
   * @param {string} group id of the replication group
   */
  constructor(aws, group) {
    this.#aws = aws;
    this.#group = group;
  }

  /** The connections of a user to all nodes, by node and number; it stays the same as long as the connection stands. */
  async connections(user) {
    const lists = await this.#askAll('CLIENT', 'LIST');
    return lists.flatMap(([node, list]) =>
      [...list.matchAll(/^id=(\d+) .* user=(\S+)/gm)].filter(([, , name]) => name === user).map(([, id]) => `${node} ${id}`)).sort();
  }

  /** How often somebody logged in on a connection that stood, by node; the first login of node-redis is a HELLO. */
  async loginsAnew() {
    const statistics = await this.#askAll('INFO', 'commandstats');
    return Object.fromEntries(statistics.map(([node, text]) => [node, Number(/cmdstat_auth:calls=(\d+)/.exec(text)?.[1] ?? 0)]));
  }

  /** Cuts all connections of a user, as ElastiCache does twelve hours after a login. */
  async cut(user) {
    await this.#askAll('CLIENT', 'KILL', 'USER', user);
  }

  async #askAll(...command) {
    const { username, password, groups } = JSON.parse(readFileSync(this.#aws.operatorFile, 'utf8'));
    const socket = { tls: true, ca: readFileSync(this.#aws.caFile), reconnectStrategy: false };
    return Promise.all(groups[this.#group].map(async ({ id, host, port }) => {
      const client = createClient({ username, password, socket: { ...socket, host, port } });
      client.on('error', () => undefined); // `connect` rejects with it
      try {
        await client.connect();
        return [id, String(await client.sendCommand(command))];
      } finally {
        client.destroy();
      }
    }));
  }
}
