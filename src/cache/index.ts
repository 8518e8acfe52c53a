export * from './access-string';
export * from './cache-endpoint';
export * from './cluster-mode';
export * from './redis-auth';
export type { IRedisCluster } from './redis-cluster-base';
export * from './redis-cluster';
export * from './redis-cluster-props';
export { RedisLogFormat, type RedisLogOptions } from './redis-logs';
export * from './redis-snapshot-source';
