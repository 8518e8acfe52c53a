export * from './cache-node-type';
export * from './eviction-policy';
export * from './redis-engine';
