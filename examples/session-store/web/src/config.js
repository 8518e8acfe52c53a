/**
 * @typedef {object} Config
 * @property {number} port port this application listens on
 * @property {string} listenAddress
 * @property {string} cookieSecretArn
 * @property {{ host: string, port: number, tls: boolean, secretArn: string, engine?: string, keyPrefix: string }} store
 * @property {number} idleSeconds
 * @property {number} absoluteSeconds
 */

/** What is wrong with the environment, in one line. */
export class ConfigError extends Error {}

/**
 * Reads the variables that `SessionStore.linkContainer` writes, and the few of this application's own.
 * All faults are reported at once. The reader end point is not used: a replica may lag behind the write that created the session. In cluster mode
 * compatible, with its one shard, the host is the primary's end point, and a client that knows no shards serves well.
 *
 * @param {Record<string, string | undefined>} env
 * @returns {Config}
 */
export function readConfig(env) {
  const faults = [];

  const text = (name) => {
    if (!env[name]) {
      faults.push(`${name} is not set`);
    }
    return env[name];
  };
  const oneOf = (name, ...allowed) => {
    const value = text(name);
    if (value && !allowed.includes(value)) {
      faults.push(`${name} must be ${allowed.join(' or ')}, got '${value}'`);
    }
    return value;
  };
  const whole = (name, value, least, most) => {
    const number = Number(value);
    if (value && !(Number.isInteger(number) && number >= least && number <= most)) {
      faults.push(`${name} must be a whole number from ${least} to ${most}, got '${value}'`);
    }
    return number;
  };
  const port = (name, value) => whole(name, value, 1, 65535);
  const seconds = (name) => whole(name, text(name), 1, 365 * 86_400);

  const clusterMode = oneOf('SESSION_STORE_CLUSTER_MODE', 'disabled', 'compatible', 'enabled');
  oneOf('SESSION_STORE_AUTH', 'user');
  const config = {
    port: port('PORT', env.PORT || '8080'),
    listenAddress: env.LISTEN_ADDRESS || '127.0.0.1',
    cookieSecretArn: text('COOKIE_SECRET_ARN'),
    store: {
      host: text('SESSION_STORE_HOST'),
      port: port('SESSION_STORE_PORT', text('SESSION_STORE_PORT')),
      tls: oneOf('SESSION_STORE_TLS', 'true', 'false') === 'true',
      sharded: clusterMode === 'enabled',
      secretArn: text('SESSION_STORE_SECRET_ARN'),
      engine: env.SESSION_STORE_ENGINE,
      keyPrefix: text('SESSION_STORE_KEY_PREFIX'),
    },
    idleSeconds: seconds('SESSION_STORE_IDLE_TIMEOUT_SECONDS'),
    absoluteSeconds: seconds('SESSION_STORE_ABSOLUTE_TIMEOUT_SECONDS'),
  };
  if (faults.length > 0) {
    throw new ConfigError(`The environment is incomplete: ${faults.join('; ')}.`);
  }
  return config;
}
