import { Case, casesOf } from './change';
import * as options from './option-changes';
import { BASE_PROPS, CLUSTER_PROPS, STORE_PROPS } from './prop-changes';

/** Every change of every prop of every construct. */
export const CASES: readonly Case[] = [
  ...casesOf(BASE_PROPS),
  ...casesOf(CLUSTER_PROPS),
  ...casesOf(STORE_PROPS),
  ...casesOf(options.MODE_DISABLED),
  ...casesOf(options.MODE_COMPATIBLE),
  ...casesOf(options.MODE_ENABLED),
  ...casesOf(options.SHARD_LAYOUT),
  ...casesOf(options.ENGINE),
  ...casesOf(options.USERS),
  ...casesOf(options.IAM),
  ...casesOf(options.ACCESS_KEYS),
  ...casesOf(options.LOGS),
  ...casesOf(options.CAPACITY),
  ...casesOf(options.LINK),
  ...casesOf(options.SCALING),
];
