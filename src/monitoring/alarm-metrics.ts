import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmDefinition, Measured, Reading } from './alarm-definition';

/** CloudWatch User Guide, "CloudWatch service quotas": metrics of one metric math alarm. */
const METRICS_PER_ALARM = 10;

/** CloudWatch User Guide, "CloudWatch service quotas": expressions of one metric math alarm. */
const EXPRESSIONS_PER_ALARM = 10;

type Definition = Pick<AlarmDefinition<never>, 'reading' | 'statistic' | 'comparison' | 'whole'>;

/** A metric or formula under the id that it has within its alarm. */
interface Part { readonly id: string; readonly metric: Metric | MathExpression }

/** One metric of one node. */
export interface NamedMetric extends Part { readonly name: string }

/** The metrics of a group in as many pieces as alarms need. */
export function chunksOf(definition: Definition, measured: Measured, period: Duration): (Metric | MathExpression)[] {
  const { whole, comparison } = definition;
  if (whole !== undefined && measured.metricForWhole) {
    return [measured.metricForWhole(whole, { statistic: comparison === '<' ? 'Minimum' : 'Maximum', period })];
  }
  const names = namesOf(definition.reading);
  const pairs = measured.nodeIds.flatMap(node => names.map(name => ({ node, name })));
  return chunked(pairs, definition.reading).map(piece => metricOf(definition, piece.map(({ node, name }, index) => ({
    id: `m${index + 1}`, name, metric: measured.metricForNode(node, name, { statistic: definition.statistic, period }),
  })), period));
}

/** A plain list may be cut anywhere; a formula needs all metrics of a node, and those of each node take an expression beside the one that joins them. */
function chunked<T>(metrics: readonly T[], reading: Reading): T[][] {
  if ('worstOf' in reading) return inPieces(metrics, METRICS_PER_ALARM);
  if ('missing' in reading) return inEvenPieces(metrics, EXPRESSIONS_PER_ALARM - 1);
  return inPieces(metrics, Math.floor(METRICS_PER_ALARM / reading.of.length) * reading.of.length);
}

/** The official names of the metrics that a reading takes of each node. */
export function namesOf(reading: Reading): readonly string[] {
  if ('missing' in reading) return [reading.missing];
  return 'worstOf' in reading ? reading.worstOf : reading.of;
}

/** The one value that a reading makes of metrics: of all nodes, or of as many as are given. */
export function metricOf({ reading, comparison }: Definition, metrics: NamedMetric[], period: Duration): Metric | MathExpression {
  const worst = comparison === '<' ? 'MIN' : 'MAX';
  if ('worstOf' in reading) return metrics.length === 1 ? metrics[0].metric : joined(worst, metrics, period);
  if ('together' in reading) {
    const idsOf = (name: string) => listOf(metrics.filter(metric => metric.name === name));
    return formula(replaced(reading.together, reading.of, idsOf), metrics, period);
  }
  if ('missing' in reading) {
    // A node that publishes nothing has no value, and is left out of the sum.
    const reporting = ofEachNode(metrics, [reading.missing], `${reading.missing} * 0 + 1`, period);
    return formula(`${reporting.length} - SUM(${listOf(reporting)})`, reporting, period);
  }
  const byNode = ofEachNode(metrics, reading.of, reading.worst, period);
  return byNode.length === 1 ? byNode[0].metric : joined(worst, byNode, period);
}

/** What a formula makes of each node, whose metrics stand together. */
function ofEachNode(metrics: NamedMetric[], names: readonly string[], text: string, period: Duration): Part[] {
  return inPieces(metrics, names.length).map((own, index) => ({
    id: `e${index + 1}`,
    metric: formula(replaced(text, names, name => own[names.indexOf(name)].id), own, period),
  }));
}

function joined(reducer: 'MAX' | 'MIN', metrics: readonly Part[], period: Duration): MathExpression {
  return formula(`${reducer}(${listOf(metrics)})`, metrics, period);
}

function formula(expression: string, metrics: readonly Part[], period: Duration): MathExpression {
  return new MathExpression({ expression, usingMetrics: Object.fromEntries(metrics.map(({ id, metric }) => [id, metric])), period });
}

/** A formula with ids in place of the official names. */
export function replaced(text: string, names: readonly string[], idOf: (name: string) => string): string {
  return text.replace(/[A-Za-z]+/g, word => names.includes(word) ? idOf(word) : word);
}

function listOf(parts: readonly Part[]): string {
  return `[${parts.map(({ id }) => id).join(', ')}]`;
}

/** No piece is left with a lone node, which nobody could tell from a group without data. */
function inEvenPieces<T>(items: readonly T[], most: number): T[][] {
  const count = Math.ceil(items.length / most);
  const startOf = (index: number) => Math.ceil(index * items.length / count);
  return Array.from({ length: count }, (_, index) => items.slice(startOf(index), startOf(index + 1)));
}

export function inPieces<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}
