import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port of loopback that was free a moment ago. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * A child process that the kernel ends with this one, however this one ends.
 *
 * @param {string[]} command
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function start(command, options = {}) {
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...command], { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  const [stdout, output] = [[], []];
  child.stdout.on('data', (chunk) => stdout.push(chunk));
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => output.push(chunk));
  }
  const ended = once(child, 'exit').then(([code]) => code);
  return {
    pid: child.pid,
    ended,
    running: () => child.exitCode === null && child.signalCode === null,
    stdout: () => Buffer.concat(stdout).toString(),
    output: () => Buffer.concat(output).toString(),
    signal: (name) => child.kill(name),
    async stop(name = 'SIGTERM') {
      child.kill(name);
      return ended;
    },
  };
}

/** Waits until `check` returns something true, and gives that; its last error tells why it never did. */
export async function until(what, check, seconds = 10) {
  const deadline = Date.now() + seconds * 1000;
  let reason;
  while (Date.now() < deadline) {
    try {
      const value = await check();
      if (value) {
        return value;
      }
    } catch (error) {
      reason = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`not within ${seconds} s: ${what}`, { cause: reason });
}
