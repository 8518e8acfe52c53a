export * from './cache-node-type';
export * from './eviction-policy';
export * from './memcached-version';
export * from './redis-engine';
