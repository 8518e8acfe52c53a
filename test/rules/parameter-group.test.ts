import { textsOf } from './cases';
import { parameterGroupRules } from '../../src/rules/parameter-group';
import { Properties, PropertyValue, UNKNOWN } from '../../src/rules/rule';

type Row = readonly [name: string, phrase: string, accepted: readonly PropertyValue[], refused: readonly string[]];

const YES_NO = ['one of yes, no', ['yes', 'no'], ['', 'YES', 'true', '1']] as const;
const COUNT = ['a whole number of at least 0', ['0', 7], ['-1', '1.5', '', 'many']] as const;
const PERCENT = ['a whole number from 1 to 100', ['1', '100'], ['0', '101']] as const;
const CYCLE = ['a whole number from 1 to 75', ['1', '75'], ['0', '76']] as const;
const LENGTH = ['a whole number from 0 to 1024', ['0', '1024'], ['-1', '1025']] as const;

/** Parameters whose values AWS prints, which are errors. */
const DOCUMENTED: readonly Row[] = [
  [
    'maxmemory-policy',
    'one of volatile-lru, allkeys-lru, volatile-lfu, allkeys-lfu, volatile-random, allkeys-random, volatile-ttl, noeviction',
    ['volatile-lru', 'allkeys-lru', 'volatile-lfu', 'allkeys-lfu', 'volatile-random', 'allkeys-random', 'volatile-ttl', 'noeviction'],
    ['', 'lru', 'volatile-lru ', 'noevict'],
  ],
  ['reserved-memory-percent', 'a whole number from 0 to 100', ['0', '100', 25], ['-1', '101', '12.5']],
  ['timeout', '0 or a whole number of at least 20', ['0', '20', '3600'], ['1', '19', '-1', 'never']],
  ['notify-keyspace-events', 'made of the letters KEg$lshzxetdmnA', ['', 'Ex', 'KEA', 'K$'], ['q', 'K E', 'e,x']],
  ['cluster-enabled', ...YES_NO],
  ['activedefrag', ...YES_NO],
  ['active-defrag-threshold-lower', ...PERCENT],
  ['active-defrag-threshold-upper', ...PERCENT],
  ['active-defrag-cycle-min', ...CYCLE],
  ['active-defrag-cycle-max', ...CYCLE],
  ['active-defrag-max-scan-fields', 'a whole number from 1 to 1000000', ['1', '1000000'], ['0', '1000001']],
  ['maxmemory-samples', 'a whole number of at least 1', ['1', '64', '65'], ['0']],
  ['acl-pubsub-default', 'one of allchannels, resetchannels', ['allchannels', 'resetchannels'], ['all']],
  ['cluster-allow-pubsub-shard-when-down', ...YES_NO],
  ['cluster-preferred-endpoint-type', 'one of ip, tls-dynamic', ['ip', 'tls-dynamic'], ['tls']],
  ['latency-tracking', ...YES_NO],
  ['hash-max-listpack-entries', ...COUNT],
  ['hash-max-listpack-value', ...COUNT],
  ['zset-max-listpack-entries', ...COUNT],
  ['zset-max-listpack-value', ...COUNT],
  ['stream-node-max-bytes', ...COUNT],
  ['stream-node-max-entries', ...COUNT],
];

/** The same, in the families of Valkey 8 and later only. */
const VALKEY_8: readonly Row[] = [
  ['commandlog-large-request-max-len', ...LENGTH],
  ['commandlog-large-reply-max-len', ...LENGTH],
  ['extended-redis-compatibility', ...YES_NO],
  ['search-fanout-target-mode', 'one of client, throughput', ['client', 'throughput'], ['server']],
  ['search-default-timeout-ms', 'a whole number from 1 to 60000', ['1', '60000'], ['0', '60001']],
  ['search-enable-partial-results', ...YES_NO],
];

const VALKEY_9: readonly Row[] = [
  ['cluster-databases', '0 or a whole number from 1 to 10000', ['0', '1', '10000'], ['-1', '10001']],
];

const VALKEY_7: readonly Row[] = [
  ['lazyfree-lazy-eviction', ...YES_NO],
  ['lazyfree-lazy-expire', ...YES_NO],
  ['lazyfree-lazy-server-del', ...YES_NO],
];

/** Parameters whose values the engine alone tells, which are warnings. */
const UNDOCUMENTED: readonly Row[] = [
  ['reserved-memory', ...COUNT],
  ['tcp-keepalive', ...COUNT],
  ['databases', 'a whole number of at least 1', ['1', '16'], ['0']],
  ['cluster-require-full-coverage', ...YES_NO],
  ['cluster-allow-reads-when-down', ...YES_NO],
  ['slowlog-log-slower-than', 'a whole number of at least -1', ['-1', '0', '10000'], ['-2']],
  ['slowlog-max-len', ...COUNT],
  ['active-defrag-ignore-bytes', 'a whole number of at least 1', ['1', '1048576'], ['0']],
  ['lfu-log-factor', ...COUNT],
  ['lfu-decay-time', ...COUNT],
  ['active-expire-effort', 'a whole number from 1 to 10', ['1', '10'], ['0', '11']],
  ['repl-backlog-size', 'a whole number of at least 16384', ['16384'], ['16383']],
  ['repl-backlog-ttl', ...COUNT],
  ['min-replicas-to-write', ...COUNT],
  ['min-replicas-max-lag', ...COUNT],
  ['close-on-replica-write', ...YES_NO],
  ['acllog-max-len', ...COUNT],
  ['tracking-table-max-keys', 'a whole number from 1 to 100000000', ['1', '100000000'], ['0', '100000001']],
  ['list-compress-depth', ...COUNT],
  ['hll-sparse-max-bytes', 'a whole number from 1 to 16000', ['1', '16000'], ['0', '16001']],
  ['client-query-buffer-limit', 'a whole number from 1048576 to 1073741824', ['1048576', '1073741824'], ['1048575', '1073741825']],
  ['proto-max-bulk-len', 'a whole number from 1048576 to 536870912', ['1048576', '536870912'], ['1048575', '536870913']],
  ['client-output-buffer-limit-pubsub-hard-limit', ...COUNT],
  ['client-output-buffer-limit-pubsub-soft-limit', ...COUNT],
  ['client-output-buffer-limit-pubsub-soft-seconds', ...COUNT],
];

const UNDOCUMENTED_VALKEY_8: readonly Row[] = [
  ['commandlog-request-larger-than', ...COUNT],
  ['commandlog-reply-larger-than', ...COUNT],
];

const UNDOCUMENTED_REDIS_6: readonly Row[] = [
  ['lazyfree-lazy-user-del', ...YES_NO],
  ['activerehashing', ...YES_NO],
];

const TABLES = [
  ['error', 'valkey7', DOCUMENTED],
  ['error', 'valkey8', VALKEY_8],
  ['error', 'valkey9', VALKEY_9],
  ['error', 'valkey7', VALKEY_7],
  ['warning', 'redis7', UNDOCUMENTED],
  ['warning', 'valkey8', UNDOCUMENTED_VALKEY_8],
  ['warning', 'redis6.x', UNDOCUMENTED_REDIS_6],
] as const;

/** Parameters that cannot be changed. */
const FIXED = [
  ['error', 'maxclients'],
  ['error', 'maxmemory'],
  ['error', 'lua-time-limit'],
  ['error', 'repl-timeout'],
  ['error', 'replica-ignore-maxmemory'],
  ['error', 'client-output-buffer-limit-normal-hard-limit'],
  ['error', 'client-output-buffer-limit-normal-soft-limit'],
  ['error', 'client-output-buffer-limit-normal-soft-seconds'],
  ['error', 'client-output-buffer-limit-replica-hard-limit'],
  ['error', 'client-output-buffer-limit-replica-soft-limit'],
  ['error', 'client-output-buffer-limit-replica-soft-seconds'],
  ['warning', 'appendonly'],
  ['warning', 'appendfsync'],
] as const;

/** Families on both sides of where a parameter begins or ends. */
const FAMILIES = [
  ['error', 'cluster-databases', 'from valkey9 on', '16', ['valkey9'], ['valkey8', 'redis7']],
  ['warning', 'cluster-allow-reads-when-down', 'from redis6.x on', 'yes', ['redis6.x', 'valkey9'], ['redis5.0']],
  ['error', 'cluster-allow-pubsub-shard-when-down', 'from redis7 on', 'yes', ['redis7', 'valkey7'], ['redis6.x']],
  ['error', 'cluster-preferred-endpoint-type', 'from redis7 on', 'ip', ['redis7', 'valkey9'], ['redis6.x']],
  ['warning', 'commandlog-request-larger-than', 'from valkey8 on', '1', ['valkey8', 'valkey9'], ['valkey7']],
  ['warning', 'commandlog-reply-larger-than', 'from valkey8 on', '1', ['valkey8', 'valkey9'], ['valkey7']],
  ['error', 'commandlog-large-request-max-len', 'from valkey8 on', '1', ['valkey8', 'valkey9'], ['valkey7']],
  ['error', 'commandlog-large-reply-max-len', 'from valkey8 on', '1', ['valkey8', 'valkey9'], ['valkey7']],
  ['error', 'lazyfree-lazy-eviction', 'up to valkey7', 'yes', ['redis4.0', 'valkey7'], ['valkey8', 'valkey9']],
  ['error', 'lazyfree-lazy-expire', 'up to valkey7', 'yes', ['redis4.0', 'valkey7'], ['valkey8']],
  ['error', 'lazyfree-lazy-server-del', 'up to valkey7', 'yes', ['redis4.0', 'valkey7'], ['valkey8']],
  ['warning', 'lazyfree-lazy-user-del', 'from redis6.x on up to valkey7', 'yes', ['redis6.x', 'valkey7'], ['redis5.0', 'valkey8']],
  ['warning', 'active-expire-effort', 'from redis6.x on', '1', ['redis6.x'], ['redis5.0']],
  ['error', 'acl-pubsub-default', 'from redis6.x on', 'allchannels', ['redis6.x'], ['redis5.0']],
  ['warning', 'acllog-max-len', 'from redis6.x on', '1', ['redis6.x'], ['redis5.0']],
  ['warning', 'tracking-table-max-keys', 'from redis6.x on', '1', ['redis6.x'], ['redis5.0']],
  ['error', 'latency-tracking', 'from redis7 on', 'yes', ['redis7'], ['redis6.x']],
  ['error', 'hash-max-listpack-entries', 'from redis7 on', '1', ['redis7'], ['redis6.x']],
  ['error', 'hash-max-listpack-value', 'from redis7 on', '1', ['redis7'], ['redis6.x']],
  ['error', 'zset-max-listpack-entries', 'from redis7 on', '1', ['redis7'], ['redis6.x']],
  ['error', 'zset-max-listpack-value', 'from redis7 on', '1', ['redis7'], ['redis6.x']],
  ['error', 'stream-node-max-bytes', 'from redis5.0 on', '1', ['redis5.0'], ['redis4.0']],
  ['error', 'stream-node-max-entries', 'from redis5.0 on', '1', ['redis5.0'], ['redis4.0']],
  ['warning', 'rename-commands', 'from redis5.0 on', 'a b', ['redis5.0'], ['redis4.0']],
  ['error', 'extended-redis-compatibility', 'from valkey8 on', 'yes', ['valkey8'], ['valkey7']],
  ['error', 'search-fanout-target-mode', 'from valkey8 on', 'client', ['valkey8'], ['valkey7']],
  ['error', 'search-default-timeout-ms', 'from valkey8 on', '1', ['valkey8'], ['valkey7']],
  ['error', 'search-enable-partial-results', 'from valkey8 on', 'yes', ['valkey8'], ['valkey7']],
  ['warning', 'activerehashing', 'up to redis6.x', 'yes', ['redis4.0', 'redis6.x'], ['redis7']],
] as const;

const faults = (family: PropertyValue, parameters: PropertyValue) => {
  const properties: Properties = { CacheParameterGroupFamily: family, Properties: parameters };
  return parameterGroupRules.flatMap((rule) => textsOf(rule, properties).map((text) => [rule.severity, rule.id, text]));
};

test('every rule is tested', () => {
  expect(parameterGroupRules.map((rule) => rule.id).sort()).toEqual([
    ...TABLES.flatMap(([, , rows]) => rows.map(([name]) => `parameter-${name}`)),
    ...FIXED.map(([, name]) => `parameter-${name}`),
    ...FAMILIES.map(([, name]) => `parameter-${name}-family`),
    'databases-in-cluster-mode',
    'keyspace-events-without-channel',
    'memcached-parameter-of-redis',
    'memory-reserved-twice',
  ].sort());
});

TABLES.forEach(([severity, family, rows]) => rows.forEach(([name, phrase, accepted, refused]) => describe(name, () => {
  test.each(accepted.map(String))('accepts "%s"', (value) => {
    expect(faults(family, { [name]: value }).filter(([, id]) => id === `parameter-${name}`)).toEqual([]);
  });

  test.each(refused)('refuses "%s"', (value) => {
    expect(faults(family, { [name]: value })).toContainEqual([
      severity,
      `parameter-${name}`,
      `The parameter is ${phrase}: \`Properties.${name}\` (got "${value}"). Set \`Properties.${name}\` accordingly.`,
    ]);
  });

  test('is silent while the value or the family is unknown', () => {
    expect(faults(family, { [name]: UNKNOWN })).toEqual([]);
    expect(faults(family, UNKNOWN)).toEqual([]);
    expect(faults(UNKNOWN, { [name]: refused[0] }).filter(([, id]) => id === `parameter-${name}`)).toEqual([]);
  });

  test('is silent in families that are not in the table', () => {
    ['memcached1.6', 'valkey99', undefined].forEach((other) =>
      expect(faults(other, { [name]: refused[0] }).filter(([, id]) => id === `parameter-${name}`)).toEqual([]));
  });
})));

test.each(FIXED)('%s: %s cannot be changed', (severity, name) => {
  expect(faults('redis7', { [name]: '1' })).toEqual([[
    severity,
    `parameter-${name}`,
    `The parameter is set by the service and cannot be changed: \`Properties.${name}\` (got "1"). Leave \`Properties.${name}\` out.`,
  ]]);
});

FAMILIES.forEach(([severity, name, phrase, value, inside, outside]) => {
  test.each(inside)(`${name} exists in %s`, (family) => {
    expect(faults(family, { [name]: value })).toEqual([]);
  });

  test.each(outside)(`${name} does not exist in %s`, (family) => {
    expect(faults(family, { [name]: value })).toEqual([[
      severity,
      `parameter-${name}-family`,
      `The parameter exists ${phrase}: \`Properties.${name}\` (got "${value}"), \`CacheParameterGroupFamily\` (got "${family}"). `
        + `Leave \`Properties.${name}\` out.`,
    ]]);
  });
});

test('a value is not judged in a family without the parameter', () => {
  expect(faults('valkey8', { 'lazyfree-lazy-expire': 'maybe' }).map(([, id]) => id)).toEqual(['parameter-lazyfree-lazy-expire-family']);
});

test('a parameter that is not in the table is legal', () => {
  expect(faults('redis7', { 'brand-new': 'anything' })).toEqual([]);
  expect(faults('redis7', { 'rename-commands': 'flushall "" keys ""' })).toEqual([]);
  expect(faults('redis7', undefined)).toEqual([]);
});

test.each(['x', 'Ag'])('keyspace events "%s" reach nobody', (events) => {
  expect(faults('redis7', { 'notify-keyspace-events': events })).toEqual([[
    'warning',
    'keyspace-events-without-channel',
    `Keyspace events are published only with K or E among the letters: \`Properties.notify-keyspace-events\` (got "${events}"). `
      + 'Add K, E or both to `Properties.notify-keyspace-events`.',
  ]]);
});

test.each(['', 'Kx', 'xE', 'KEA'])('keyspace events "%s" are fine', (events) => {
  expect(faults('redis7', { 'notify-keyspace-events': events })).toEqual([]);
});

test('in cluster mode there is one database', () => {
  const both = { 'databases': '16', 'cluster-enabled': 'yes' };
  expect(faults('redis7', both)).toEqual([[
    'warning',
    'databases-in-cluster-mode',
    'In cluster mode all keys are in database 0, and more databases have no effect: `Properties.databases` (got "16"), '
      + '`Properties.cluster-enabled` (got "yes"). Leave `Properties.databases` out.',
  ]]);
  expect(faults('valkey8', { ...both, databases: '2' }).map(([, id]) => id)).toEqual(['databases-in-cluster-mode']);
  expect(faults('redis7', { ...both, databases: '1' })).toEqual([]);
  expect(faults('redis7', { ...both, 'cluster-enabled': 'no' })).toEqual([]);
  expect(faults('redis7', { ...both, databases: UNKNOWN })).toEqual([]);
  expect(faults('redis7', { ...both, 'cluster-enabled': UNKNOWN })).toEqual([]);
  expect(faults('redis7', { 'cluster-enabled': 'yes' })).toEqual([]);
  expect(faults('redis7', { databases: '16' })).toEqual([]);
});

test('memory is reserved in one way', () => {
  const both = { 'reserved-memory': '1000', 'reserved-memory-percent': '25' };
  expect(faults('redis7', both)).toEqual([[
    'warning',
    'memory-reserved-twice',
    'Memory is reserved in bytes or in percent, not both: `Properties.reserved-memory` (got "1000"), `Properties.reserved-memory-percent` (got "25"). '
      + 'Leave `Properties.reserved-memory` out.',
  ]]);
  expect(faults('redis7', { ...both, 'reserved-memory': '0' })).toEqual([]);
  expect(faults('redis7', { ...both, 'reserved-memory': UNKNOWN })).toEqual([]);
  expect(faults('redis7', { ...both, 'reserved-memory-percent': UNKNOWN })).toEqual([]);
  expect(faults('redis7', { 'reserved-memory': '1000' })).toEqual([]);
  expect(faults('redis7', { 'reserved-memory-percent': '25' })).toEqual([]);
});

test('parameters of Memcached are refused', () => {
  expect(faults('redis7', { timeout: '0', max_item_size: UNKNOWN })).toEqual([[
    'error',
    'memcached-parameter-of-redis',
    'A group of Redis OSS or Valkey has no parameters of Memcached: `Properties` (got {"timeout":"0","max_item_size":"(known after deployment)"}), '
      + '`CacheParameterGroupFamily` (got "redis7"). Leave them out of `Properties`.',
  ]]);
  expect(faults('valkey99', { max_item_size: '1048576' })).toEqual([]);
});
