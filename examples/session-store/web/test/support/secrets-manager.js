import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * The one call of Secrets Manager that the application makes, over its real protocol. Change `secrets` to rotate one.
 *
 * @param {import('node:test').TestContext} t
 * @param {Record<string, string>} secrets text by ARN
 */
export async function startSecretsManager(t, secrets) {
  const reads = [];
  const server = createServer(async (request, response) => {
    const { SecretId } = JSON.parse((await request.toArray()).join(''));
    const known = request.headers['x-amz-target'] === 'secretsmanager.GetSecretValue' && SecretId in secrets;
    reads.push(SecretId);
    response.writeHead(known ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(known
      ? { ARN: SecretId, Name: SecretId, SecretString: secrets[SecretId], VersionStages: ['AWSCURRENT'] }
      : { __type: 'ResourceNotFoundException', message: "Secrets Manager can't find the specified secret." }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { endpoint: `http://127.0.0.1:${server.address().port}`, secrets, reads };
}
