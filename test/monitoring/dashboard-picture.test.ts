import { readFileSync } from 'fs';
import { join } from 'path';
import { pictureOf } from '../../docs/generators/dashboard-picture';
import { DashboardRecord, queriesOf, Widget } from '../../docs/generators/dashboard-record';

const IMAGES = join(__dirname, '..', '..', 'docs', 'images');
const record: DashboardRecord = JSON.parse(readFileSync(join(IMAGES, 'dashboard-record.json'), 'utf8'));

const place = { x: 0, y: 0, width: 8, height: 6 };
const graph: Widget = {
  ...place,
  type: 'metric',
  properties: {
    view: 'timeSeries',
    title: 'Memory',
    metrics: [
      ['AWS/ElastiCache', 'DatabaseMemoryUsagePercentage', 'CacheClusterId', 'cache-001', { label: 'cache-001', period: 60, stat: 'Maximum' }],
      [{ label: 'rate', expression: 'm1 / 2' }],
      ['AWS/ElastiCache', 'CacheHits', 'CacheClusterId', 'pool', 'CacheNodeId', '0001', { id: 'm1', visible: false }],
    ],
    annotations: { horizontal: [{ value: 50, label: 'warning > 50', color: '#ff7f0e' }] },
    yAxis: { left: { label: 'percent', min: 0, max: 100 } },
  },
};

test('a widget is asked for as CloudWatch understands it', () => {
  expect(queriesOf(graph)).toEqual([
    {
      Id: 'line1',
      Label: 'cache-001',
      ReturnData: true,
      MetricStat: {
        Metric: { Namespace: 'AWS/ElastiCache', MetricName: 'DatabaseMemoryUsagePercentage', Dimensions: [{ Name: 'CacheClusterId', Value: 'cache-001' }] },
        Period: 60,
        Stat: 'Maximum',
      },
    },
    { Id: 'line2', Label: 'rate', ReturnData: true, Expression: 'm1 / 2', Period: 300 },
    {
      Id: 'm1',
      ReturnData: false,
      MetricStat: {
        Metric: {
          Namespace: 'AWS/ElastiCache', MetricName: 'CacheHits', Dimensions: [{ Name: 'CacheClusterId', Value: 'pool' }, { Name: 'CacheNodeId', Value: '0001' }],
        },
        Period: 300,
        Stat: 'Average',
      },
    },
  ]);
  expect(queriesOf({ ...place, type: 'text', properties: { markdown: 'text' } })).toEqual([]);
});

test('lines and thresholds are drawn where their values are', () => {
  const Timestamps = ['2026-01-01T10:00:00.000Z', '2026-01-01T10:30:00.000Z', '2026-01-01T11:00:00.000Z'];
  const results = [[{ Id: 'line1', Label: 'cache-001', Timestamps, Values: [0, 50, 100] }]];
  const picture = pictureOf({ body: { widgets: [graph] }, states: {}, results });
  const [, ...points] = /points="(\S+),(\S+) (\S+),(\S+) (\S+),(\S+)"/.exec(picture)!.map(Number);
  const [left, bottom, middle, center, right, top] = points;
  expect(middle).toBeCloseTo((left + right) / 2, 0);
  expect(center).toBeCloseTo((top + bottom) / 2, 0);
  expect(top).toBeLessThan(bottom);
  expect(picture).toContain(`y1="${center}" y2="${center}" stroke="#ff7f0e" stroke-dasharray="5 3"`);
  expect(picture).toContain('>warning &gt; 50</text>');
  expect(['10:00', '11:00', 'cache-001', 'percent'].filter(text => !picture.includes(`>${text}</text>`))).toEqual([]);
});

test('docs/images/dashboard.svg is drawn from the record', () => {
  expect(readFileSync(join(IMAGES, 'dashboard.svg'), 'utf8')).toBe(pictureOf(record));
});

test('the record shows a store that fills up: the alarms of its memory and evictions, and no other', () => {
  const firing = Object.entries(record.states).flatMap(([arn, state]) => state === 'ALARM' ? [arn.replace(/^.*-alarms-[0-9a-f]{8}-/, '')] : []);
  expect(firing.sort()).toEqual(['any-critical', 'any-warning', 'evictions-1', 'memory-1', 'memoryCritical-1']);
  const memory = record.body.widgets.findIndex(({ properties }) => properties.view === 'timeSeries' && properties.title === 'Memory');
  expect(record.results[memory].map(({ Label }) => Label)).toEqual(['shop-sessions-001', 'shop-sessions-002']);
  expect(Math.min(...record.results[memory][0].Values)).toBeLessThan(60);
  expect(Math.max(...record.results[memory][0].Values)).toBeGreaterThan(75);
  const graphs = record.body.widgets.flatMap(({ properties }, index) => properties.view === 'timeSeries' ? [index] : []);
  expect(graphs.filter(index => record.results[index].every(({ Values }) => Values.length === 0))).toEqual([]);
});
