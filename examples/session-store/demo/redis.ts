import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { createClient } from 'redis';
import type { LocalAws } from '../../../emulator/launcher/client-environment';

export interface Server {
  readonly host: string;
  readonly port: number;
}

export interface Node extends Server {
  readonly id: string;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Sends one command over a TLS connection of its own, whose certificate is verified; rejects with the words of the server. */
export async function ask(server: Server, caFile: string, credentials: Credentials | undefined, ...command: string[]): Promise<unknown> {
  const client = createClient({
    ...credentials,
    socket: { host: server.host, port: server.port, tls: true, ca: readFileSync(caFile), connectTimeout: 3_000, reconnectStrategy: false },
    disableClientInfo: true,
    maintNotifications: 'disabled',
  });
  client.on('error', () => undefined); // `connect` rejects with it
  try {
    await client.connect();
    return await client.sendCommand(command);
  } finally {
    client.destroy();
  }
}

/** What a server says to a client that speaks without TLS. */
export async function askInPlainText(server: Server): Promise<string> {
  const socket = connect(server.port, server.host);
  let answer = '';
  socket.setTimeout(3_000, () => socket.destroy(new Error('no answer within 3 s')));
  socket.on('data', chunk => { answer += chunk.toString('latin1'); });
  socket.on('error', () => undefined); // a reset is as good as an end
  await once(socket, 'connect');
  socket.write('PING\r\n');
  await once(socket, 'close');
  return answer;
}

/** The emulator's own connection to each node of a group: what an operator inside AWS would see. */
export class Operator {
  constructor(private readonly aws: LocalAws, private readonly group: string) {}

  nodes(): Node[] {
    return this.read().groups[this.group] ?? [];
  }

  async ask(node: Node, ...command: string[]): Promise<unknown> {
    const { username, password } = this.read();
    return ask(node, this.aws.caFile, { username, password }, ...command);
  }

  async info(node: Node, section: string): Promise<Record<string, string>> {
    const text = String(await this.ask(node, 'INFO', section));
    return Object.fromEntries(text.split('\r\n').filter(line => line.includes(':')).map(line => line.split(/:(.*)/s).slice(0, 2)));
  }

  async parameter(node: Node, name: string): Promise<string | undefined> {
    const answer = await this.ask(node, 'CONFIG', 'GET', name);
    return (Array.isArray(answer) ? answer[1] : (answer as Record<string, string>)[name]) as string | undefined;
  }

  /** The one node that says it is the primary, among those that answer. */
  async primary(): Promise<Node> {
    for (const node of this.nodes()) {
      const role = await this.info(node, 'replication').then(({ role: answer }) => answer, () => undefined);
      if (role === 'master') {
        return node;
      }
    }
    throw new Error('no node says that it is the primary');
  }

  async pid(node: Node): Promise<number> {
    return Number((await this.info(node, 'server')).process_id);
  }

  private read(): Credentials & { groups: Record<string, Node[]> } {
    return JSON.parse(readFileSync(this.aws.operatorFile, 'utf8'));
  }
}
