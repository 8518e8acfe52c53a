import { readFileSync } from 'fs';
import { join } from 'path';
import { alarmsPage, withAlarmTable } from '../../docs/generators/alarms';
import { MEMCACHED_ALARMS } from '../../src/cache/memcached-alarm-table';
import { REDIS_ALARMS } from '../../src/cache/redis-alarm-table';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'alarms.md'), 'utf8');

/** What is in a column of the rows of a construct. */
function column(construct: string, index: number): string[] {
  return page.split('\n').filter(line => line.startsWith(`| \`${construct}\` |`)).map(line => line.split(' | ')[index]);
}

test('docs/alarms.md is current; `npx projen docs` makes it so', () => expect(page).toBe(alarmsPage()));

test('docs/alarms.md has a row for every alarm', () => {
  const keysOf = (construct: string) => column(construct, 1).map(cell => cell.split('`')[1]);
  expect(keysOf('RedisCluster')).toEqual(Object.keys(REDIS_ALARMS));
  expect(keysOf('MemcachedPool')).toEqual(Object.keys(MEMCACHED_ALARMS));
  expect(keysOf('SessionStore')).toEqual(['memory', 'evictions', 'capacity']);
  expect(column('SessionStore', 3)[0]).toBe('`>` 60 and 75 percent. What a cache can lose a session store cannot.');
  expect(page).toContain('| `RedisCluster` | `cpu`, essential | `CPUUtilization` of the worst node, Average of 1 minute | `>` 45 percent. '
    + 'AWS: 90 divided by the number of vCPUs, because commands run on one thread: 45 with 2 vCPUs. On nodes of up to 2 vCPUs. | 5 of 5 × 1 minute '
    + '| not breaching | critical | Choose larger nodes, add shards, or read from replicas. '
    + '[More](https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html) |');
});

test('docs/alarms.md says what two nodes and five hundred cost', () => {
  const rows = page.split('\n');
  // Eight alarms of one metric of each node, three of two and one of four: 36 × 0.10 + 2 × 0.50.
  expect(rows).toContain('| 2 | 12 + 2 | 36 | $4.60 | 12 + 2 | $4.60 | 7 + 2 | 24 | $3.40 |');
  expect(rows.find(row => row.startsWith('| 500 |'))).toMatch(/^\| 500 \| 250 \+ 7 \| 2500 \| \$253\.50 \|/);
});

test('the shorter table stands between its marks, and both engines share a row where they share an alarm', () => {
  const between = '<!-- alarms: npx projen docs -->\nold\n<!-- /alarms -->';
  const [first, ...lines] = withAlarmTable(`before\n${between}\nafter`).split('\n');
  expect([first, ...lines.slice(0, 2)]).toEqual([
    'before', '<!-- alarms: npx projen docs -->', '| construct | alarm | threshold and why | severity and evaluation | missing data | what to do |',
  ]);
  expect(lines.slice(-2)).toEqual(['<!-- /alarms -->', 'after']);
  expect(lines.filter(line => line.startsWith('| `RedisCluster`, `MemcachedPool` | `connections`'))).toHaveLength(1);
  expect(() => withAlarmTable('before')).toThrow('The page has no lines <!-- alarms: npx projen docs --> and <!-- /alarms -->');
});
