import { hasOnlyOwn, MEMCACHED, parameterRules, REDIS } from './engine-parameters';
import { PARAMETER_GROUP } from './resource-types';
import { rulesOf, valueAt } from './rule';
import { asNumber, asText, isAbsent } from './values';

const { source: SOURCE } = REDIS;

/** What the parameters of Redis OSS and Valkey in an `AWS::ElastiCache::ParameterGroup` may be; one that is not in the table is legal. */
export const parameterGroupRules = rulesOf(PARAMETER_GROUP, [
  ...parameterRules(REDIS),
  {
    id: 'keyspace-events-without-channel',
    severity: 'warning',
    source: SOURCE,
    reads: ['Properties.notify-keyspace-events'],
    text: 'Keyspace events are published only with K or E among the letters: {Properties.notify-keyspace-events}.',
    remedy: 'Add K, E or both to {Properties.notify-keyspace-events}.',
    holds: (p) => /^$|[KE]/.test(asText(valueAt(p, 'Properties.notify-keyspace-events')) ?? ''),
  },
  {
    id: 'databases-in-cluster-mode',
    severity: 'warning',
    source: 'ElastiCache User Guide, "Modifying cluster mode" (modify-cluster-mode): all keys are in database 0',
    reads: ['Properties.databases', 'Properties.cluster-enabled'],
    text: 'In cluster mode all keys are in database 0, and more databases have no effect: {Properties.databases}, {Properties.cluster-enabled}.',
    remedy: 'Leave {Properties.databases} out.',
    holds: (p) => asText(valueAt(p, 'Properties.cluster-enabled')) !== 'yes' || (asNumber(valueAt(p, 'Properties.databases')) ?? 1) <= 1,
  },
  {
    id: 'memory-reserved-twice',
    severity: 'warning',
    source: 'ElastiCache User Guide, "Managing reserved memory" (redis-memory-management)',
    reads: ['Properties.reserved-memory', 'Properties.reserved-memory-percent'],
    text: 'Memory is reserved in bytes or in percent, not both: {Properties.reserved-memory}, {Properties.reserved-memory-percent}.',
    remedy: 'Leave {Properties.reserved-memory} out.',
    holds: (p) => (asNumber(valueAt(p, 'Properties.reserved-memory')) ?? 0) === 0 || isAbsent(valueAt(p, 'Properties.reserved-memory-percent')),
  },
  {
    id: 'memcached-parameter-of-redis',
    severity: 'error',
    source: SOURCE,
    reads: ['CacheParameterGroupFamily', 'Properties[]'],
    text: 'A group of Redis OSS or Valkey has no parameters of Memcached: {Properties}, {CacheParameterGroupFamily}.',
    remedy: 'Leave them out of {Properties}.',
    holds: hasOnlyOwn(REDIS, MEMCACHED),
  },
]);
