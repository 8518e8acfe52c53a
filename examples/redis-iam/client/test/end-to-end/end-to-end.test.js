import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, mock, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { ECS } from '@aws-sdk/client-ecs';
import { ElastiCache } from '@aws-sdk/client-elasticache';
import { createClient } from 'redis';
import { freePort, start, until } from '../../../../session-store/web/test/support/process.js';
import { IamLogin } from '../../src/iam-login.js';
import { cdk, example } from '../support/cdk.js';
import { clientEnvironment, clientVariables, launch } from '../support/local-aws.js';
import { Operator } from '../support/operator.js';

const SERVER = fileURLToPath(new URL('../../src/server.js', import.meta.url));
const STACK = 'RedisIamExample';
const MINUTES = 60_000;

let aws;
const directory = mkdtempSync(join(tmpdir(), 'redis-iam-'));
const output = join(directory, 'cdk.out');

before(async () => {
  aws = await launch({ log: console.error });
  process.env = clientEnvironment(aws, process.env);
  await cdk(process.env, output, 'bootstrap', `aws://${aws.account}/${aws.region}`);
});

after(async () => {
  await aws?.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** The variables of the deployed container, and nothing else of the stack. */
async function deployedEnvironment() {
  const { Stacks: [{ Outputs }] } = await new CloudFormation().describeStacks({ StackName: STACK });
  const { OutputValue: taskDefinition } = Outputs.find(({ OutputKey }) => OutputKey === 'TaskDefinitionArn');
  const { taskDefinition: { containerDefinitions: [{ environment }] } } = await new ECS().describeTaskDefinition({ taskDefinition });
  return Object.fromEntries(environment.map(({ name, value }) => [name, value]));
}

/** The application as its container runs it, with a login every second. */
async function startApplication(t, environment) {
  const port = await freePort();
  const app = start([process.execPath, SERVER], {
    env: { PATH: process.env.PATH, ...clientVariables(aws), ...environment, PORT: String(port), RELOGIN_SECONDS: '1' },
  });
  t.after(() => app.stop('SIGKILL'));
  const request = (method, path) => fetch(`http://127.0.0.1:${port}${path}`, { method });
  await until('the application is ready', async () => {
    assert.ok(app.running(), app.output());
    return (await request('GET', '/readyz')).ok;
  });
  return { ...app, count: async (method, name) => (await (await request(method, `/counters/${name}`)).json()).value };
}

/** Who the server takes a client for that logs in with this password; rejects with the words of the server. */
async function whoAmI({ REDIS_HOST: host, REDIS_PORT: port }, username, password) {
  const client = createClient({
    username,
    password,
    socket: { host, port: Number(port), tls: true, ca: readFileSync(aws.caFile), reconnectStrategy: false },
    disableClientInfo: true,
    maintNotifications: 'disabled',
  });
  client.on('error', () => undefined); // `connect` rejects with it
  try {
    await client.connect();
    return await client.aclWhoAmI();
  } finally {
    client.destroy();
  }
}

/** A token that differs from the right one in what is given. */
async function token(environment, different = {}) {
  const keys = { accessKeyId: aws.account, secretAccessKey: clientVariables(aws).AWS_SECRET_ACCESS_KEY };
  const login = new IamLogin({
    cacheName: environment.REDIS_NAME,
    userName: environment.REDIS_USER,
    region: environment.AWS_REGION,
    credentials: async () => ({ ...keys, ...different.keys }),
    ...different,
  });
  mock.timers.enable({ apis: ['Date'], now: Date.now() - (different.age ?? 0) });
  try {
    return (await login.credentials()).password;
  } finally {
    mock.timers.reset();
  }
}

for (const [mode, shards, nodes] of [['disabled', 1, 2], ['enabled', 2, 4]]) {
  describe(`cluster mode ${mode}`, { timeout: 5 * MINUTES }, () => {
    let environment;

    test('is deployed by the stock CLI', async () => {
      await cdk(process.env, output, 'deploy', ...example(mode), '--require-approval', 'never');
      environment = await deployedEnvironment();
      const { ReplicationGroups: [group] } = await new ElastiCache().describeReplicationGroups({ ReplicationGroupId: environment.REDIS_NAME });
      assert.deepEqual([group.ClusterEnabled, group.NodeGroups.length, group.MemberClusters.length], [mode === 'enabled', shards, nodes]);
    });

    test('lets in who has a token, and nobody else', async () => {
      const { REDIS_USER: user } = environment;
      assert.equal(await whoAmI(environment, user, await token(environment)), user);
      assert.equal(await whoAmI(environment, user, await token(environment, { age: 14 * MINUTES })), user);
      for (const [what, password] of Object.entries({
        'of another user': await token(environment, { userName: 'default' }),
        'for another cache': await token(environment, { cacheName: 'another' }),
        'for another region': await token(environment, { region: 'eu-central-1' }),
        'with a wrong signature': await token(environment, { keys: { secretAccessKey: 'wrong' } }),
        'of an unknown key': await token(environment, { keys: { accessKeyId: '111111111111' } }),
        'expired': await token(environment, { age: 16 * MINUTES }),
        'none': 'a password',
      })) {
        await assert.rejects(whoAmI(environment, user, password), /WRONGPASS/, what);
      }
      await assert.rejects(whoAmI(environment, 'default', await token(environment, { userName: 'default' })), /WRONGPASS/);
      await assert.rejects(whoAmI(environment), /NOAUTH|NOPERM/);
    });

    test('runs the application with the variables of the task, which logs in anew on connections that stand and at those it opens', async (t) => {
      const app = await startApplication(t, environment);
      const names = Array.from({ length: 20 }, (_, index) => `counter-${index}`); // on every shard
      for (const name of names) {
        assert.deepEqual([await app.count('POST', name), await app.count('POST', name), await app.count('GET', name)], [1, 2, 2]);
      }
      const operator = new Operator(aws, environment.REDIS_NAME);
      const [connections, before] = [await operator.connections(environment.REDIS_USER), await operator.loginsAnew()];
      const primaries = connections.map((connection) => connection.split(' ')[0]);
      assert.equal(new Set(primaries).size, shards);

      await until('it has logged in anew on every connection', async () => {
        const logins = await operator.loginsAnew();
        return primaries.every((node) => logins[node] >= before[node] + 2);
      });
      assert.deepEqual(await operator.connections(environment.REDIS_USER), connections);
      for (const name of names) {
        assert.equal(await app.count('POST', name), 3);
      }

      await operator.cut(environment.REDIS_USER);
      for (const name of names) {
        await until('it is back with a new token', async () => await app.count('GET', name) === 3);
      }
      const opened = await operator.connections(environment.REDIS_USER);
      assert.ok(opened.length >= shards && !opened.some((connection) => connections.includes(connection)), opened.join());
      assert.doesNotMatch(app.output(), /X-Amz|Signature|cannot/);
      assert.equal(await app.stop(), 0);
    });

    test('leaves nothing when it is destroyed', async () => {
      await cdk(process.env, output, 'destroy', ...example(mode), '--force');
      await assert.rejects(new CloudFormation().describeStacks({ StackName: STACK }), /does not exist/);
      assert.deepEqual((await new ElastiCache().describeReplicationGroups()).ReplicationGroups, []);
      // the one that every account has
      assert.deepEqual((await new ElastiCache().describeUsers()).Users.map(({ UserId }) => UserId), ['default']);
      assert.equal(JSON.parse(readFileSync(aws.operatorFile, 'utf8')).groups[environment.REDIS_NAME], undefined);
      await assert.rejects(whoAmI(environment, environment.REDIS_USER, await token(environment)), /ECONNREFUSED/);
    });
  });
}
