import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { createClient } from 'redis';

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
  try {
    return await askOne(server, caFile, credentials, command);
  } catch (error) {
    const [, host, port] = /^MOVED \d+ (.+):(\d+)$/.exec((error as Error).message) ?? []; // to the shard of the key
    if (!host) {
      throw error;
    }
    return askOne({ host, port: Number(port) }, caFile, credentials, command);
  }
}

async function askOne(server: Server, caFile: string, credentials: Credentials | undefined, command: string[]): Promise<unknown> {
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
