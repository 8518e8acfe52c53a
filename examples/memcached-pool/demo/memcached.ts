import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { Server } from '../../demo/plain-text';

/** Sends one command over a TLS connection of its own, whose certificate is verified, and gives the answer up to its last line. */
export async function ask(server: Server, caFile: string, command: string, last: RegExp): Promise<string> {
  const socket = connect({ host: server.host, port: server.port, ca: readFileSync(caFile) });
  socket.setTimeout(3_000, () => socket.destroy(new Error('no answer within 3 s')));
  try {
    await once(socket, 'secureConnect');
    socket.write(`${command}\r\n`);
    let answer = '';
    for await (const chunk of socket) {
      answer += chunk;
      if (last.test(answer)) {
        return answer;
      }
    }
    throw new Error(`the connection was closed after ${JSON.stringify(answer)}`);
  } finally {
    socket.destroy();
  }
}

/** What a node says of itself. */
export async function statistics(server: Server, caFile: string): Promise<Record<string, string>> {
  const answer = await ask(server, caFile, 'stats', /END\r\n$/);
  return Object.fromEntries([...answer.matchAll(/^STAT (\S+) (.*)\r$/gm)].map(([, name, value]) => [name, value]));
}

/** Stores an item of this size; answers with the words of the server. */
export async function store(server: Server, caFile: string, bytes: number): Promise<string> {
  return (await ask(server, caFile, `set demo 0 60 ${bytes}\r\n${'x'.repeat(bytes)}`, /\r\n$/)).trim();
}
