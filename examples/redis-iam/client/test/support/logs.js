/**
 * What is logged from now on. The test runner writes to stdout as well, and is let through.
 *
 * @param {import('node:test').TestContext} t
 */
export function logsOf(t) {
  const logs = [];
  const write = process.stdout.write.bind(process.stdout);
  t.mock.method(process.stdout, 'write', (text, ...rest) => (String(text).startsWith('{"time"') ? logs.push(text) > 0 : write(text, ...rest)));
  return logs;
}
