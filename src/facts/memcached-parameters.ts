import { EngineParameter, parametersOf } from './engine-parameters';
import { MemcachedFamily } from './memcached-versions';

/**
 * Parameters of Memcached: ElastiCache User Guide, "Memcached specific parameters" (ParameterGroups.Memcached). Bounds that the guide does not print
 * are those that the engine refuses to start beyond.
 */

const ON_OFF = { words: ['0', '1'] };
const ANY_COUNT = { min: 0 };

const { table, engine, fixed } = parametersOf<MemcachedFamily>();

/** Largest item and smallest chunk, which constructs have props for. */
export const MAX_ITEM_SIZE = 'max_item_size';
export const CHUNK_SIZE = 'chunk_size';

/** The unit that large items are stored in. */
export const SLAB_CHUNK_MAX = { name: 'slab_chunk_max', bytes: 524288 } as const;

/** Every parameter whose values are known. */
export const MEMCACHED_PARAMETERS: readonly EngineParameter<MemcachedFamily>[] = [
  engine(MAX_ITEM_SIZE, { min: 1024, max: 1073741824 }),
  engine(CHUNK_SIZE, { min: 1 }),
  engine('chunk_size_growth_factor', { above: 1 }),
  engine(SLAB_CHUNK_MAX.name, { min: 1 }),
  engine('slab_automove', { min: 0, max: 2 }),
  engine('slab_reassign', ON_OFF),
  engine('idle_timeout', ANY_COUNT),
  engine('binding_protocol', { words: ['auto', 'ascii'] }),
  engine('cas_disabled', ON_OFF),
  engine('error_on_memory_exhausted', ON_OFF),
  engine('disable_flush_all', ON_OFF),
  engine('hash_algorithm', { words: ['jenkins', 'murmur3'] }),
  engine('lru_crawler', ON_OFF),
  engine('lru_maintainer', ON_OFF),
  engine('maxconns_fast', ON_OFF),
  engine('memcached_connections_overhead', ANY_COUNT),
  table('expirezero_does_not_evict', ON_OFF),
  table('modern', ON_OFF),
  table('no_modern', ON_OFF, { since: 'memcached1.5' }),
  table('inline_ascii_resp', ON_OFF, { since: 'memcached1.5' }),
  fixed('max_simultaneous_connections'),
  fixed('config_max'),
  fixed('config_size_max'),
  fixed('backlog_queue_limit'),
  fixed('requests_per_event'),
  fixed('max_cache_memory'),
  fixed('num_threads'),
];
