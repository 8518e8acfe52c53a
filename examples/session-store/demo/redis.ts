import { readFileSync } from 'node:fs';
import { createClient } from 'redis';
import { Server } from '../../demo/plain-text';

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
