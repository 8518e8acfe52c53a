/** The tables of `docs/alarms.md`: every alarm, and what alarms cost, as the code has it. What stands above the mark is written by hand. */
import { readFileSync } from 'fs';
import { join } from 'path';
import { alarmCost } from './alarm-cost';
import { alarmTable, SESSION_STORE, shortAlarmTable } from './alarm-tables';
import { MEMCACHED_ALARMS } from '../../src/cache/memcached-alarm-table';
import { REDIS_ALARMS } from '../../src/cache/redis-alarm-table';

const FILE = join(__dirname, '..', 'alarms.md');
const MARK = '<!-- Below this line: npx projen docs -->';
const BLOCK = /(<!-- alarms: npx projen docs -->\n)[\s\S]*?(<!-- \/alarms -->)/;
const TABLES = { RedisCluster: REDIS_ALARMS, MemcachedPool: MEMCACHED_ALARMS };

/** The page with its tables made anew. */
export function alarmsPage(): string {
  const [prose, rest] = readFileSync(FILE, 'utf8').split(MARK);
  if (rest === undefined) throw new Error(`${FILE} has no line ${MARK}`);
  return `${prose}${MARK}\n\n${[
    '## All alarms',
    '',
    'Where a threshold follows from the node type it stands here for `cache.t4g.medium` and `cache.r7g.xlarge`. *Essential* alarms are those that groups of more',
    'than 100 nodes have.',
    '',
    ...alarmTable(TABLES, SESSION_STORE),
    '',
    '## What they cost',
    '',
    ...alarmCost(),
  ].join('\n')}\n`;
}

/** A page with the shorter table made anew between its marks. */
export function withAlarmTable(page: string): string {
  if (!BLOCK.test(page)) throw new Error('The page has no lines <!-- alarms: npx projen docs --> and <!-- /alarms -->');
  return page.replace(BLOCK, (_match, begin: string, end: string) => `${begin}${shortAlarmTable(TABLES, SESSION_STORE).join('\n')}\n${end}`);
}
