import { CompilerMistake } from './mistake';

/** What TypeScript itself refuses; the numbers are its own. */
export const COMPILER_MISTAKES: readonly CompilerMistake[] = [
  { name: 'no VPC', line: "new RedisCluster(stack, 'Cache', {});", error: 2345 },
  { name: 'a prop that there is not', line: "new RedisCluster(stack, 'Cache', { vpc, replicas: 2 });", error: 2353 },
  { name: 'a node type as text', line: "new RedisCluster(stack, 'Cache', { vpc, nodeType: 'cache.r7g.large' });", error: 2322 },
  { name: 'an engine as text', line: "new RedisCluster(stack, 'Cache', { vpc, engine: 'valkey' });", error: 2322 },
  { name: 'days as a number', line: "new RedisCluster(stack, 'Cache', { vpc, backupRetention: 7 });", error: 2322 },
  { name: 'a window as text', line: "new RedisCluster(stack, 'Cache', { vpc, backupWindow: '04:00-05:00' });", error: 2322 },
  { name: 'an AUTH token in plain text', line: "new RedisCluster(stack, 'Cache', { vpc, auth: RedisAuth.token('secret') });", error: 2554 },
  { name: 'a login of a session store, which has one of its own', line: "new SessionStore(stack, 'Sessions', { vpc, auth: RedisAuth.none() });", error: 2353 },
  { name: 'TLS switched off for sessions', line: "new SessionStore(stack, 'Sessions', { vpc, transitEncryption: TransitEncryption.DISABLED });", error: 2353 },
  { name: 'shards of a cluster without shards', line: 'ClusterMode.disabled({ shards: 2 });', error: 2353 },
  { name: 'a choice made with `new`', line: 'new ClusterMode();', error: 2673 },
  { name: 'scaling of replicas by memory', line: "new RedisCluster(stack, 'Cache', { vpc }).autoScaleReplicas({ maxCapacity: 3 }).scaleOnMemoryUsage('Memory', { targetUtilizationPercent: 60 });", error: 2339 },
  { name: 'a link to something that is no function', line: "new RedisCluster(stack, 'Cache', { vpc }).linkFunction(stack);", error: 2345 },
];
