import { Stack } from 'aws-cdk-lib';
import { ENVIRONMENT_VARIABLES, environmentOf } from '../../src/private/environment';

const store = new Stack(undefined, 'Store');

test('the names of the variables are public API', () => {
  expect(ENVIRONMENT_VARIABLES).toEqual({
    host: 'HOST',
    port: 'PORT',
    readerHost: 'READER_HOST',
    tls: 'TLS',
    clusterMode: 'CLUSTER_MODE',
    auth: 'AUTH',
    user: 'USER',
    secretArn: 'SECRET_ARN',
    name: 'NAME',
    engine: 'ENGINE',
    keyPrefix: 'KEY_PREFIX',
    database: 'DATABASE',
    idleTimeoutSeconds: 'IDLE_TIMEOUT_SECONDS',
    absoluteTimeoutSeconds: 'ABSOLUTE_TIMEOUT_SECONDS',
  });
});

test('every value has its variable, and what has no value has none', () => {
  expect(environmentOf(store, 'CART_2', { port: '6379', host: 'cache.example.com', user: undefined })).toEqual({ CART_2_HOST: 'cache.example.com', CART_2_PORT: '6379' });
  expect(environmentOf(store, 'X', {})).toEqual({});
});

test.each(['redis', '2ND', '_X', 'A-B', '', 'A B', 'Ä'])('the prefix %j is refused', prefix => {
  expect(() => environmentOf(store, prefix, {})).toThrow(new Error('Store has 1 fault:\n- the `prefix` of environment variables has capitals, digits and underscores and begins with a letter '
    + `(got '${prefix}'). Write it like REDIS or SESSION_STORE. [cdk-data-tier::prefix-form]`));
});
