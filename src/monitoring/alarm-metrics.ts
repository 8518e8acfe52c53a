import { Duration } from 'aws-cdk-lib';
import { IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmDefinition, Measured, Reading } from './alarm-definition';

/** CloudWatch User Guide, "CloudWatch service quotas": metrics of one metric math alarm. */
const METRICS_PER_ALARM = 10;

/** CloudWatch User Guide, "CloudWatch service quotas": expressions of one metric math alarm. */
const EXPRESSIONS_PER_ALARM = 10;

type Definition = Pick<AlarmDefinition<never>, 'reading' | 'statistic' | 'comparison'>;

/** A metric or formula under the id that it has within its alarm. */
interface Part { readonly id: string; readonly metric: IMetric }

/** One metric of one node. */
interface Named extends Part { readonly name: string }

/** The metrics of a group in as many pieces as alarms need. */
export function chunksOf(definition: Definition, measured: Measured, period: Duration): IMetric[] {
  const names = namesOf(definition.reading);
  const pairs = measured.nodeIds.flatMap(node => names.map(name => ({ node, name })));
  return inPieces(pairs, metricsPerChunk(definition.reading)).map(piece => metricOf(definition, piece.map(({ node, name }, index) => ({
    id: `m${index + 1}`, name, metric: measured.metricForNode(node, name, { statistic: definition.statistic, period }),
  })), period));
}

/** A plain list may be cut anywhere; a formula needs all metrics of a node, and those of each node take an expression beside the one that joins them. */
function metricsPerChunk(reading: Reading): number {
  if ('worstOf' in reading) return METRICS_PER_ALARM;
  if ('missing' in reading) return EXPRESSIONS_PER_ALARM - 1;
  return Math.floor(METRICS_PER_ALARM / reading.of.length) * reading.of.length;
}

/** The official names of the metrics that a reading takes of each node. */
export function namesOf(reading: Reading): readonly string[] {
  if ('missing' in reading) return [reading.missing];
  return 'worstOf' in reading ? reading.worstOf : reading.of;
}

function metricOf({ reading, comparison }: Definition, metrics: Named[], period: Duration): IMetric {
  const worst = comparison === '<' ? 'MIN' : 'MAX';
  if ('worstOf' in reading) return metrics.length === 1 ? metrics[0].metric : joined(worst, metrics, period);
  if ('together' in reading) {
    const idsOf = (name: string) => listOf(metrics.filter(metric => metric.name === name));
    return formula(replaced(reading.together, reading.of, idsOf), metrics, period);
  }
  if ('missing' in reading) {
    // A node that publishes nothing has no value, and is left out of the sum.
    const reporting = ofEachNode(metrics, [reading.missing], `IF(${reading.missing} >= 0, 1, 0)`, period);
    return formula(`${reporting.length} - SUM(${listOf(reporting)})`, reporting, period);
  }
  const byNode = ofEachNode(metrics, reading.of, reading.worst, period);
  return byNode.length === 1 ? byNode[0].metric : joined(worst, byNode, period);
}

/** What a formula makes of each node, whose metrics stand together. */
function ofEachNode(metrics: Named[], names: readonly string[], text: string, period: Duration): Part[] {
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
function replaced(text: string, names: readonly string[], idOf: (name: string) => string): string {
  return text.replace(/[A-Za-z]+/g, word => names.includes(word) ? idOf(word) : word);
}

function listOf(parts: readonly Part[]): string {
  return `[${parts.map(({ id }) => id).join(', ')}]`;
}

function inPieces<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}
