import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError, readConfig } from '../src/config.js';

const LINKED = {
  REDIS_HOST: 'sessions.abcdef.clustercfg.use1.cache.amazonaws.com',
  REDIS_PORT: '6379',
  REDIS_TLS: 'true',
  REDIS_CLUSTER_MODE: 'enabled',
  REDIS_AUTH: 'iam',
  REDIS_USER: 'sessions-iam',
  REDIS_NAME: 'sessions',
  REDIS_ENGINE: 'redis',
  AWS_REGION: 'us-east-1',
};

test('the variables of a link are enough', () => {
  assert.deepEqual(readConfig(LINKED), {
    port: 8080,
    listenAddress: '127.0.0.1',
    region: 'us-east-1',
    reloginSeconds: 600,
    cache: {
      host: 'sessions.abcdef.clustercfg.use1.cache.amazonaws.com', port: 6379, clusterMode: 'enabled', user: 'sessions-iam', name: 'sessions',
    },
  });
});

test('what may be said besides', () => {
  const config = readConfig({ ...LINKED, PORT: '80', LISTEN_ADDRESS: '0.0.0.0', RELOGIN_SECONDS: '21600' });
  assert.deepEqual([config.port, config.listenAddress, config.reloginSeconds], [80, '0.0.0.0', 21600]);
});

test('all that is missing is said at once', () => {
  assert.throws(() => readConfig({}), new ConfigError('The environment is at fault: REDIS_AUTH is not set; REDIS_TLS is not set; '
    + 'AWS_REGION is not set; REDIS_HOST is not set; REDIS_PORT is not set; REDIS_CLUSTER_MODE is not set; REDIS_USER is not set; '
    + 'REDIS_NAME is not set.'));
});

for (const [name, value, fault] of [
  ['REDIS_AUTH', 'user', "REDIS_AUTH must be iam, got 'user'"],
  ['REDIS_TLS', 'false', "REDIS_TLS must be true, got 'false'"],
  ['REDIS_CLUSTER_MODE', 'on', "REDIS_CLUSTER_MODE must be disabled or compatible or enabled, got 'on'"],
  ['REDIS_PORT', '65536', "REDIS_PORT must be a whole number from 1 to 65535, got '65536'"],
  ['PORT', '0', "PORT must be a whole number from 1 to 65535, got '0'"],
  ['RELOGIN_SECONDS', '21601', "RELOGIN_SECONDS must be a whole number from 1 to 21600, got '21601'"],
  ['RELOGIN_SECONDS', '1.5', "RELOGIN_SECONDS must be a whole number from 1 to 21600, got '1.5'"],
]) {
  test(`${name}=${value} is refused`, () => {
    assert.throws(() => readConfig({ ...LINKED, [name]: value }), new ConfigError(`The environment is at fault: ${fault}.`));
  });
}
