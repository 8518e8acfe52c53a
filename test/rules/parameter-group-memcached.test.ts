import { textsOf } from './cases';
import { memcachedParameterGroupRules } from '../../src/rules/parameter-group-memcached';
import { Properties, PropertyValue, UNKNOWN } from '../../src/rules/rule';

type Row = readonly [severity: string, name: string, phrase: string, accepted: readonly PropertyValue[], refused: readonly string[]];

const ON_OFF = ['one of 0, 1', ['0', '1', 1], ['', 'yes', '2', '-1']] as const;
const COUNT = ['a whole number of at least 0', ['0', 7], ['-1', '1.5', '']] as const;
const POSITIVE = ['a whole number of at least 1', ['1', '48'], ['0', '1.5']] as const;

const VALUES: readonly Row[] = [
  ['warning', 'max_item_size', 'a whole number from 1024 to 1073741824', ['1024', '1048576', '1073741824'], ['1023', '1073741825', '1m']],
  ['warning', 'chunk_size', ...POSITIVE],
  ['warning', 'chunk_size_growth_factor', 'a number above 1', ['1.01', '1.25', '2'], ['1', '0.5', 'twice', '']],
  ['warning', 'slab_chunk_max', ...POSITIVE],
  ['warning', 'slab_automove', 'a whole number from 0 to 2', ['0', '2'], ['-1', '3']],
  ['warning', 'slab_reassign', ...ON_OFF],
  ['warning', 'idle_timeout', ...COUNT],
  ['warning', 'binding_protocol', 'one of auto, ascii', ['auto', 'ascii'], ['binary', '']],
  ['warning', 'cas_disabled', ...ON_OFF],
  ['warning', 'error_on_memory_exhausted', ...ON_OFF],
  ['warning', 'disable_flush_all', ...ON_OFF],
  ['warning', 'hash_algorithm', 'one of jenkins, murmur3', ['jenkins', 'murmur3'], ['md5']],
  ['warning', 'lru_crawler', ...ON_OFF],
  ['warning', 'lru_maintainer', ...ON_OFF],
  ['warning', 'maxconns_fast', ...ON_OFF],
  ['warning', 'memcached_connections_overhead', ...COUNT],
  ['error', 'expirezero_does_not_evict', ...ON_OFF],
  ['error', 'modern', ...ON_OFF],
  ['error', 'no_modern', ...ON_OFF],
  ['error', 'inline_ascii_resp', ...ON_OFF],
];

/** Parameters that cannot be changed. */
const FIXED = [
  'max_simultaneous_connections', 'config_max', 'config_size_max', 'backlog_queue_limit', 'requests_per_event', 'max_cache_memory', 'num_threads',
];

/** Parameters that came with a later family. */
const SINCE_1_5 = ['no_modern', 'inline_ascii_resp'];

const ruleId = (name: string) => `parameter-${name.replace(/_/g, '-')}`;
const faults = (family: PropertyValue, parameters: PropertyValue) => {
  const properties: Properties = { CacheParameterGroupFamily: family, Properties: parameters };
  return memcachedParameterGroupRules.flatMap((rule) => textsOf(rule, properties).map((text) => [rule.severity, rule.id, text]));
};

test('every rule is tested', () => {
  expect(memcachedParameterGroupRules.map((rule) => rule.id).sort()).toEqual([
    ...VALUES.map(([, name]) => ruleId(name)),
    ...FIXED.map(ruleId),
    ...SINCE_1_5.map((name) => `${ruleId(name)}-family`),
    'redis-parameter-of-memcached',
    'memcached-item-size-chunks',
  ].sort());
});

describe.each(VALUES)('%s: %s', (severity, name, phrase, accepted, refused) => {
  const own = (family: PropertyValue, value: PropertyValue) => faults(family, { [name]: value }).filter(([, id]) => id === ruleId(name));

  test.each(accepted.map(String))('accepts "%s"', (value) => expect(own('memcached1.6', value)).toEqual([]));

  test.each(refused)('refuses "%s"', (value) => expect(own('memcached1.6', value)).toEqual([[
    severity,
    ruleId(name),
    `The parameter is ${phrase}: \`Properties.${name}\` (got "${value}"). Set \`Properties.${name}\` accordingly.`,
  ]]));

  test('is silent while the value or the family is unknown, or the family is another', () => {
    expect(own('memcached1.6', UNKNOWN)).toEqual([]);
    ([UNKNOWN, 'memcached9', 'redis7', undefined] as PropertyValue[]).forEach((family) => expect(own(family, refused[0])).toEqual([]));
  });
});

test.each(FIXED)('%s cannot be changed', (name) => expect(faults('memcached1.4', { [name]: '1' })).toEqual([[
  'error',
  ruleId(name),
  `The parameter is set by the service and cannot be changed: \`Properties.${name}\` (got "1"). Leave \`Properties.${name}\` out.`,
]]));

test.each(SINCE_1_5)('%s came with 1.5', (name) => {
  expect(faults('memcached1.4', { [name]: '1' })).toEqual([[
    'error',
    `${ruleId(name)}-family`,
    `The parameter exists from memcached1.5 on: \`Properties.${name}\` (got "1"), \`CacheParameterGroupFamily\` (got "memcached1.4"). `
      + `Leave \`Properties.${name}\` out.`,
  ]]);
  expect(faults('memcached1.5', { [name]: '1' })).toEqual([]);
});

test('parameters of Redis are refused, and unknown ones are legal', () => {
  expect(faults('memcached1.6', { 'maxmemory-policy': 'allkeys-lru' })).toEqual([[
    'error',
    'redis-parameter-of-memcached',
    'A group of Memcached has no parameters of Redis OSS and Valkey: `Properties` (got {"maxmemory-policy":"allkeys-lru"}), '
      + '`CacheParameterGroupFamily` (got "memcached1.6"). Leave them out of `Properties`.',
  ]]);
  expect(faults('memcached1.6', { brand_new: '1' })).toEqual([]);
  expect(faults('memcached1.6', undefined)).toEqual([]);
});

test('the largest item is made of whole chunks', () => {
  expect(faults('memcached1.6', { max_item_size: '1100000' })).toEqual([[
    'warning',
    'memcached-item-size-chunks',
    'The largest item is a whole multiple of the slab chunk, which has 524288 bytes unless told otherwise: `Properties.max_item_size` (got "1100000"), '
      + '`Properties.slab_chunk_max` (not set). Set `Properties.max_item_size` to such a multiple, or `Properties.slab_chunk_max` to a divisor of it.',
  ]]);
  expect(faults('memcached1.6', { max_item_size: '262144' }).map(([, id]) => id)).toEqual(['memcached-item-size-chunks']);
  expect(faults('memcached1.6', { max_item_size: '1048576', slab_chunk_max: '500000' }).map(([, id]) => id)).toEqual(['memcached-item-size-chunks']);
  (['524288', '1048576', '1572864', UNKNOWN] as PropertyValue[]).forEach((size) => expect(faults('memcached1.6', { max_item_size: size })).toEqual([]));
  expect(faults('memcached1.5', { max_item_size: '262144', slab_chunk_max: '262144' })).toEqual([]);
  expect(faults('memcached1.5', { max_item_size: '262144', slab_chunk_max: UNKNOWN })).toEqual([]);
  expect(faults('memcached1.4', { max_item_size: '1100000' })).toEqual([]);
});
