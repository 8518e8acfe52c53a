/**
 * @typedef {object} Config
 * @property {number} port port this application listens on
 * @property {string} listenAddress
 * @property {number} discoverySeconds
 * @property {number} timeoutMilliseconds how long a look-up may take
 * @property {{ host: string, port: number, tls: boolean }} pool its configuration end point
 */

/** What is wrong with the environment, in one line. */
export class ConfigError extends Error {}

/**
 * Reads the variables that `MemcachedPool.linkContainer` writes, and the few of this application's own. All faults are reported at once.
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

  oneOf('MEMCACHED_ENGINE', 'memcached');
  const config = {
    port: whole('PORT', 65535, '8080'),
    listenAddress: env.LISTEN_ADDRESS || '127.0.0.1',
    discoverySeconds: whole('DISCOVERY_SECONDS', 3600, '60'),
    timeoutMilliseconds: whole('TIMEOUT_MILLISECONDS', 60_000, '500'),
    pool: {
      host: text('MEMCACHED_HOST'),
      port: whole('MEMCACHED_PORT', 65535),
      tls: oneOf('MEMCACHED_TLS', 'true', 'false') === 'true',
    },
  };
  if (faults.length > 0) {
    throw new ConfigError(`The environment is at fault: ${faults.join('; ')}.`);
  }
  return config;
}
