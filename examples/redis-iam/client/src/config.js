/**
 * @typedef {object} Config
 * @property {number} port port this application listens on
 * @property {string} listenAddress
 * @property {string} region
 * @property {number} reloginSeconds
 * @property {{ host: string, port: number, clusterMode: string, user: string, name: string }} cache
 */

/** What is wrong with the environment, in one line. */
export class ConfigError extends Error {}

/** Well before the 12 hours after which ElastiCache cuts a connection. */
const MOST_RELOGIN_SECONDS = 6 * 3600;

/**
 * Reads the variables that `RedisCluster.linkContainer` writes, and the few of this application's own. All faults are reported at once.
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
  const whole = (name, most, fallback) => {
    const value = fallback === undefined ? text(name) : env[name] || fallback;
    const number = Number(value);
    if (value && !(Number.isInteger(number) && number >= 1 && number <= most)) {
      faults.push(`${name} must be a whole number from 1 to ${most}, got '${value}'`);
    }
    return number;
  };

  oneOf('REDIS_AUTH', 'iam');
  oneOf('REDIS_TLS', 'true'); // ElastiCache knows no login by IAM without it
  const config = {
    port: whole('PORT', 65535, '8080'),
    listenAddress: env.LISTEN_ADDRESS || '127.0.0.1',
    region: text('AWS_REGION'),
    reloginSeconds: whole('RELOGIN_SECONDS', MOST_RELOGIN_SECONDS, '600'),
    cache: {
      host: text('REDIS_HOST'),
      port: whole('REDIS_PORT', 65535),
      clusterMode: oneOf('REDIS_CLUSTER_MODE', 'disabled', 'compatible', 'enabled'),
      user: text('REDIS_USER'),
      name: text('REDIS_NAME'),
    },
  };
  if (faults.length > 0) {
    throw new ConfigError(`The environment is at fault: ${faults.join('; ')}.`);
  }
  return config;
}
