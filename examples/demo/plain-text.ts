import { once } from 'node:events';
import { connect } from 'node:net';

export interface Server {
  readonly host: string;
  readonly port: number;
}

/** What a server says to a client that speaks without TLS. */
export async function askInPlainText(server: Server, words: string): Promise<string> {
  const socket = connect(server.port, server.host);
  let answer = '';
  socket.setTimeout(3_000, () => socket.destroy(new Error('no answer within 3 s')));
  socket.on('data', chunk => { answer += chunk.toString('latin1'); });
  socket.on('error', () => undefined); // a reset is as good as an end
  await once(socket, 'connect');
  socket.write(`${words}\r\n`);
  await once(socket, 'close');
  return answer;
}
