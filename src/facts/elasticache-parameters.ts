import { CacheFamily } from './elasticache-engine-versions';
import { EngineParameter, parametersOf } from './engine-parameters';

/** Engine parameters of Redis OSS and Valkey: ElastiCache User Guide, "Engine specific parameters" (ParameterGroups.Engine). */

const YES_NO = { words: ['yes', 'no'] };
const ANY_COUNT = { min: 0 };
const PERCENT = { min: 1, max: 100 };

const { table, engine, fixed } = parametersOf<CacheFamily>();

/** Every parameter whose values are known. */
export const ENGINE_PARAMETERS: readonly EngineParameter<CacheFamily>[] = [
  table('maxmemory-policy', {
    words: ['volatile-lru', 'allkeys-lru', 'volatile-lfu', 'allkeys-lfu', 'volatile-random', 'allkeys-random', 'volatile-ttl', 'noeviction'],
  }),
  table('reserved-memory-percent', { min: 0, max: 100 }),
  engine('reserved-memory', ANY_COUNT),
  table('timeout', { or: 0, min: 20 }),
  engine('tcp-keepalive', ANY_COUNT),
  table('notify-keyspace-events', { letters: 'KEg$lshzxetdmnA' }),
  table('cluster-enabled', YES_NO),
  engine('databases', { min: 1 }),
  table('cluster-databases', { or: 0, min: 1, max: 10000 }, { since: 'valkey9' }),
  engine('cluster-require-full-coverage', YES_NO),
  engine('cluster-allow-reads-when-down', YES_NO, { since: 'redis6.x' }),
  table('cluster-allow-pubsub-shard-when-down', YES_NO, { since: 'redis7' }),
  table('cluster-preferred-endpoint-type', { words: ['ip', 'tls-dynamic'] }, { since: 'redis7' }),
  engine('slowlog-log-slower-than', { min: -1 }),
  engine('slowlog-max-len', ANY_COUNT),
  engine('commandlog-request-larger-than', ANY_COUNT, { since: 'valkey8' }),
  engine('commandlog-reply-larger-than', ANY_COUNT, { since: 'valkey8' }),
  table('commandlog-large-request-max-len', { min: 0, max: 1024 }, { since: 'valkey8' }),
  table('commandlog-large-reply-max-len', { min: 0, max: 1024 }, { since: 'valkey8' }),
  table('activedefrag', YES_NO),
  table('active-defrag-threshold-lower', PERCENT),
  table('active-defrag-threshold-upper', PERCENT),
  table('active-defrag-cycle-min', { min: 1, max: 75 }),
  table('active-defrag-cycle-max', { min: 1, max: 75 }),
  engine('active-defrag-ignore-bytes', { min: 1 }),
  table('active-defrag-max-scan-fields', { min: 1, max: 1000000 }),
  table('lazyfree-lazy-eviction', YES_NO, { until: 'valkey7' }),
  table('lazyfree-lazy-expire', YES_NO, { until: 'valkey7' }),
  table('lazyfree-lazy-server-del', YES_NO, { until: 'valkey7' }),
  engine('lazyfree-lazy-user-del', YES_NO, { since: 'redis6.x', until: 'valkey7' }),
  engine('lfu-log-factor', ANY_COUNT),
  engine('lfu-decay-time', ANY_COUNT),
  table('maxmemory-samples', { min: 1 }),
  engine('active-expire-effort', { min: 1, max: 10 }, { since: 'redis6.x' }),
  engine('repl-backlog-size', { min: 16384 }),
  engine('repl-backlog-ttl', ANY_COUNT),
  engine('min-replicas-to-write', ANY_COUNT),
  engine('min-replicas-max-lag', ANY_COUNT),
  engine('close-on-replica-write', YES_NO),
  table('acl-pubsub-default', { words: ['allchannels', 'resetchannels'] }, { since: 'redis6.x' }),
  engine('acllog-max-len', ANY_COUNT, { since: 'redis6.x' }),
  engine('tracking-table-max-keys', { min: 1, max: 100000000 }, { since: 'redis6.x' }),
  table('latency-tracking', YES_NO, { since: 'redis7' }),
  table('hash-max-listpack-entries', ANY_COUNT, { since: 'redis7' }),
  table('hash-max-listpack-value', ANY_COUNT, { since: 'redis7' }),
  table('zset-max-listpack-entries', ANY_COUNT, { since: 'redis7' }),
  table('zset-max-listpack-value', ANY_COUNT, { since: 'redis7' }),
  engine('list-compress-depth', ANY_COUNT),
  engine('hll-sparse-max-bytes', { min: 1, max: 16000 }),
  table('stream-node-max-bytes', ANY_COUNT, { since: 'redis5.0' }),
  table('stream-node-max-entries', ANY_COUNT, { since: 'redis5.0' }),
  engine('client-query-buffer-limit', { min: 1048576, max: 1073741824 }),
  engine('proto-max-bulk-len', { min: 1048576, max: 536870912 }),
  engine('client-output-buffer-limit-pubsub-hard-limit', ANY_COUNT),
  engine('client-output-buffer-limit-pubsub-soft-limit', ANY_COUNT),
  engine('client-output-buffer-limit-pubsub-soft-seconds', ANY_COUNT),
  engine('rename-commands', 'text', { since: 'redis5.0' }),
  table('extended-redis-compatibility', YES_NO, { since: 'valkey8' }),
  table('search-fanout-target-mode', { words: ['client', 'throughput'] }, { since: 'valkey8' }),
  table('search-default-timeout-ms', { min: 1, max: 60000 }, { since: 'valkey8' }),
  table('search-enable-partial-results', YES_NO, { since: 'valkey8' }),
  engine('activerehashing', YES_NO, { until: 'redis6.x' }),
  fixed('maxclients'),
  fixed('maxmemory'),
  fixed('lua-time-limit'),
  fixed('repl-timeout'),
  fixed('replica-ignore-maxmemory'),
  fixed('client-output-buffer-limit-normal-hard-limit'),
  fixed('client-output-buffer-limit-normal-soft-limit'),
  fixed('client-output-buffer-limit-normal-soft-seconds'),
  fixed('client-output-buffer-limit-replica-hard-limit'),
  fixed('client-output-buffer-limit-replica-soft-limit'),
  fixed('client-output-buffer-limit-replica-soft-seconds'),
  engine('appendonly', 'fixed'),
  engine('appendfsync', 'fixed'),
];

/** The parameter that says what is dropped when memory is full: ElastiCache User Guide, "Engine specific parameters" (ParameterGroups.Engine). */
export const EVICTION_PARAMETER = 'maxmemory-policy';
