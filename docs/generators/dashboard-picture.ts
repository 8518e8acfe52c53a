/**
 * Draws a dashboard from its body and what CloudWatch answered, without a browser:
 *
 *     tsx docs/generators/dashboard-picture.ts docs/images/dashboard-record.json docs/images/dashboard.svg
 */
import { readFileSync, writeFileSync } from 'fs';
import { DashboardRecord, Result, Widget } from './dashboard-record';

/** What a column and a row of the grid are wide and high, and what is left free between widgets. */
const UNIT = { x: 48, y: 34 };
const GAP = 6;
const COLUMNS = 24;

const COLORS = ['#1f77b4', '#2ca02c', '#9467bd', '#8c564b', '#e377c2', '#7f7f7f', '#bcbd22', '#17becf', '#aec7e8', '#98df8a'];
const STATES: { readonly [state: string]: string } = { OK: '#3d8b40', ALARM: '#c8442a' };
const UNKNOWN_STATE = '#7f8fa3';
const CHARACTER_WIDTH = 6.2;
const LINE_HEIGHT = 14;

const STYLE = "text{font:11px system-ui,-apple-system,'Segoe UI',sans-serif;fill:#3d4b5c}.t{font-weight:600;font-size:12px;fill:#1c2733}"
  + '.h{font-weight:600;font-size:16px;fill:#1c2733}.n{font-weight:600;font-size:26px;fill:#1c2733}.s{font-size:9.5px;fill:#5b6b82}'
  + '.a{fill:#3b6fd4}.w{fill:#fff;stroke:#d3dae3}';

interface Box { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
interface Point { readonly time: number; readonly value: number }
interface Series { readonly label: string; readonly points: readonly Point[] }

/** The picture of a dashboard. */
export function pictureOf({ body: { widgets }, states, results }: DashboardRecord): string {
  const width = COLUMNS * UNIT.x;
  const height = Math.max(...widgets.map(widget => widget.y + widget.height)) * UNIT.y;
  const drawn = widgets.map((widget, index) => group(widget, content(widget, boxOf(widget), results[index].map(seriesOf), states)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="A DataTierDashboard">`,
    `<style>${STYLE}</style>`,
    `<rect width="${width}" height="${height}" fill="#f4f6f9"/>`,
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}

function boxOf({ width, height }: Widget): Box {
  return { x: 8, y: 4, width: width * UNIT.x - GAP - 16, height: height * UNIT.y - GAP - 8 };
}

function group({ x, y, width, height }: Widget, inner: string): string {
  const frame = `<rect class="w" width="${width * UNIT.x - GAP}" height="${height * UNIT.y - GAP}" rx="4"/>`;
  return `<g transform="translate(${x * UNIT.x + GAP / 2} ${y * UNIT.y + GAP / 2})">${frame}${inner}</g>`;
}

function content({ type, properties }: Widget, box: Box, series: readonly Series[], states: DashboardRecord['states']): string {
  if (type === 'text') return markdown(properties.markdown ?? '', box);
  const heading = text(properties.title ?? '', box.x, box.y + 13, 't');
  if (type === 'alarm') return heading + alarms(properties.alarms ?? [], states, box);
  return heading + (properties.view === 'singleValue' ? number(series, box) : graph(properties, series, box));
}

/** The marks that our texts have: a heading, bold, and a link at the end. */
function markdown(source: string, { x, y, width }: Box): string {
  const [, body, link] = /^([\s\S]*?)(?: \[([^\]]*)\]\([^)]*\))?$/.exec(source) ?? [];
  const perLine = Math.floor(width / CHARACTER_WIDTH);
  const lines = body.split('\n').flatMap(line => line.startsWith('## ') ? [line] : wrapped(line, perLine));
  const drawn = lines.map((line, index) => text(line.replace(/^## |\*\*/g, ''), x, y + 13 + index * (LINE_HEIGHT + 4), classOf(line)));
  return drawn.join('') + (link === undefined ? '' : text(link, x, y + 13 + lines.length * (LINE_HEIGHT + 4), 'a'));
}

function classOf(line: string): string | undefined {
  return line.startsWith('## ') ? 'h' : line.startsWith('**') ? 't' : undefined;
}

function wrapped(line: string, most: number): string[] {
  return line.split(' ').reduce<string[]>((lines, word) => {
    const longer = `${lines.at(-1)} ${word}`;
    return lines.length > 0 && longer.length <= most ? [...lines.slice(0, -1), longer] : [...lines, word];
  }, []);
}

function alarms(arns: readonly string[], states: DashboardRecord['states'], { x, y, width }: Box): string {
  const perRow = 4;
  const cell = width / perRow;
  const most = Math.floor((cell - 36) / CHARACTER_WIDTH);
  return arns.map((arn, index) => {
    const [left, top] = [x + (index % perRow) * cell, y + 22 + Math.floor(index / perRow) * 26];
    const color = STATES[states[arn]] ?? UNKNOWN_STATE;
    return `<rect x="${round(left)}" y="${top}" width="${round(cell - 8)}" height="20" rx="3" fill="none" stroke="${color}"/>`
      + `<circle cx="${round(left + 11)}" cy="${top + 10}" r="4" fill="${color}"/>${text(ending(arn.split(':alarm:')[1], most), left + 20, top + 14)}`;
  }).join('');
}

/** The end of a name tells more than its beginning. */
function ending(name: string, most: number): string {
  return name.length <= most ? name : `…${name.slice(1 - most)}`;
}

function number(series: readonly Series[], { x, y }: Box): string {
  const [{ label, points } = { label: '', points: [] }] = series;
  return text(points.length === 0 ? '–' : shown(points[points.length - 1].value), x, y + 48, 'n') + text(label, x, y + 68, 's');
}

function graph({ annotations, yAxis }: Widget['properties'], series: readonly Series[], box: Box): string {
  const plot = { x: box.x + 44, y: box.y + 36, width: box.width - 50, height: box.height - 80 };
  const thresholds = annotations?.horizontal ?? [];
  const points = series.flatMap(one => one.points);
  const [first, last] = [Math.min(...points.map(({ time }) => time)), Math.max(...points.map(({ time }) => time))];
  const low = yAxis?.left.min ?? 0;
  const high = yAxis?.left.max ?? (1.1 * Math.max(...points.map(({ value }) => value), ...thresholds.map(({ value }) => value), 1 / 1.1));
  const atX = (time: number) => round(plot.x + plot.width * (last > first ? (time - first) / (last - first) : 1));
  const atY = (value: number) => round(plot.y + plot.height * (1 - (value - low) / (high - low)));
  const lines = series.map(({ points: own }, index) =>
    `<polyline fill="none" stroke="${colorOf(index)}" stroke-width="1.5" points="${own.map(({ time, value }) => `${atX(time)},${atY(value)}`).join(' ')}"/>`);
  const grid = [low, (low + high) / 2, high].map(value =>
    `<line x1="${plot.x}" x2="${plot.x + plot.width}" y1="${atY(value)}" y2="${atY(value)}" stroke="#e6eaf0"/>${text(shown(value), box.x, Number(atY(value)) + 3, 's')}`);
  const drawnThresholds = thresholds.map(({ value, label, color }) =>
    `<line x1="${plot.x}" x2="${plot.x + plot.width}" y1="${atY(value)}" y2="${atY(value)}" stroke="${color}" stroke-dasharray="5 3"/>`
    + `<text class="s" x="${plot.x + 4}" y="${round(Number(atY(value)) - 3)}" style="fill:${color}">${escaped(label)}</text>`);
  const times = points.length === 0 ? [text('no data', plot.x + plot.width / 2 - 20, plot.y + plot.height / 2, 's')]
    : [[first, plot.x], [last, plot.x + plot.width - 26]].map(([time, left]) => text(new Date(time).toISOString().slice(11, 16), left, plot.y + plot.height + 12, 's'));
  const legend = series.map(({ label }, index) => {
    const left = plot.x + index * (plot.width / Math.min(series.length, COLORS.length));
    const top = plot.y + plot.height + 22;
    return `<rect x="${round(left)}" y="${top}" width="8" height="8" fill="${colorOf(index)}"/>${text(label, left + 12, top + 8, 's')}`;
  });
  return [...grid, text(yAxis?.left.label ?? '', box.x, plot.y - 9, 's'), ...drawnThresholds, ...lines, ...times, ...legend].join('');
}

/** The answers come with the latest first, or else with the first first. */
function seriesOf({ Label, Timestamps, Values }: Result): Series {
  const points = Timestamps.map((timestamp, index) => ({ time: Date.parse(timestamp), value: Values[index] }));
  return { label: Label, points: points.sort((one, other) => one.time - other.time) };
}

function colorOf(index: number): string {
  return COLORS[index % COLORS.length];
}

function shown(value: number): string {
  return new Intl.NumberFormat('en', { notation: value >= 10_000 ? 'compact' : 'standard', maximumFractionDigits: 1 }).format(value);
}

function text(words: string, x: number, y: number, style?: string): string {
  return `<text${style ? ` class="${style}"` : ''} x="${round(x)}" y="${round(y)}">${escaped(words)}</text>`;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

if (require.main === module) {
  const [record, picture] = process.argv.slice(2);
  writeFileSync(picture, pictureOf(JSON.parse(readFileSync(record, 'utf8'))));
}
