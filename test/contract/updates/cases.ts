import { Case, casesOf } from './change';
import * as options from './option-changes';
import { MEMCACHED_VERSION, POOL_PROPS } from './pool-changes';
import { BASE_PROPS, CACHE_PROPS, CLUSTER_PROPS, STORE_PROPS } from './prop-changes';

/** Every change of every prop of every construct. */
export const CASES: readonly Case[] = [
  ...casesOf(CACHE_PROPS),
  ...casesOf(BASE_PROPS),
  ...casesOf(CLUSTER_PROPS),
  ...casesOf(STORE_PROPS),
  ...casesOf(POOL_PROPS),
  ...casesOf(options.MODE_DISABLED),
  ...casesOf(options.MODE_COMPATIBLE),
  ...casesOf(options.MODE_ENABLED),
  ...casesOf(options.SHARD_LAYOUT),
  ...casesOf(options.ENGINE),
  ...casesOf(MEMCACHED_VERSION),
  ...casesOf(options.USERS),
  ...casesOf(options.IAM),
  ...casesOf(options.ACCESS_KEYS),
  ...casesOf(options.LOGS),
  ...casesOf(options.CAPACITY),
  ...casesOf(options.LINK),
  ...casesOf(options.SCALING),
];
