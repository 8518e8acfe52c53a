import { Duration, Token } from 'aws-cdk-lib';
import {
  AlarmStatusWidget, Color, Column, GraphWidget, HorizontalAnnotation, IAlarmRef, IWidget, MathExpression, Metric, Row, SingleValueWidget, TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Measured, Reading } from './alarm-definition';
import { metricOf, NamedMetric, namesOf, replaced } from './alarm-metrics';
import { AlarmSeverity } from './alarm-options';
import { sentencesOf, Symptom } from './alarm-symptoms';

/** CloudWatch API Reference, "Dashboard Body Structure and Syntax": the columns of a dashboard. */
export const GRID_WIDTH = 24;

/** CloudWatch User Guide, "CloudWatch service quotas": metrics of a widget, and CloudWatch API Reference, GetMetricData: metrics and formulas of a request. */
const QUERIES_PER_GRAPH = 500;

/** With more lines than this nobody finds the one that stands out. */
const MOST_LINES = 10;

const GRAPH = { width: 8, height: 6 };
const REMEDY = { width: GRAPH.width, height: 3 };
const NUMBER = { width: 4, height: 3 };

/** Alarms that stand side by side in a widget of full width. */
const ALARMS_PER_ROW = 4;

const COLORS = { [AlarmSeverity.WARNING]: Color.ORANGE, [AlarmSeverity.CRITICAL]: Color.RED };

/** What a section of a dashboard is made of. */
export interface SectionSource {
  readonly title: string;
  readonly description: string;
  /** What is drawn: one symptom for each key, whether there are alarms of it or not. */
  readonly symptoms: readonly Symptom[];
  /** The symptoms that there are alarms of. */
  readonly alarmed: readonly Symptom[];
  readonly alarms: IAlarmRef[];
  readonly measured: Measured;
}

/** One number of the top of a dashboard. */
export interface Headline {
  readonly title: string;
  readonly metric: MathExpression;
}

/** A row of numbers under the name of what they are of. */
export function headlineWidgets(title: string, headlines: readonly Headline[]): IWidget[] {
  const numbers = headlines.map(({ metric, ...own }) => new SingleValueWidget({ ...NUMBER, ...own, metrics: [metric], sparkline: true }));
  return [new TextWidget({ markdown: `**${title}**`, width: GRID_WIDTH, height: 1 }), new Row(...numbers)];
}

/** A title, the state of the alarms where there are some, and a graph for every symptom. */
export function sectionWidgets({ title, description, symptoms, alarmed, alarms, measured }: SectionSource): IWidget[] {
  const graphs = symptoms.map(symptom => graphOf(symptom, alarmed.filter(({ key }) => key === symptom.key), measured));
  const status = new AlarmStatusWidget({ title: 'Alarms', alarms, width: GRID_WIDTH, height: 1 + Math.ceil(alarms.length / ALARMS_PER_ROW) });
  return [
    new TextWidget({ markdown: `## ${title}\n${description}`, width: GRID_WIDTH, height: 2 }),
    ...alarms.length === 0 ? [] : [status],
    new Row(...graphs),
  ];
}

/** A graph with the thresholds of the alarms, and what to do beneath it. */
function graphOf(symptom: Symptom, alarmed: readonly Symptom[], measured: Measured): IWidget {
  const { key, unit, reading, remedy, runbook, tuning } = symptom;
  const queries = (namesOf(reading).length + (hasFormulaByNode(reading) ? 1 : 0)) * measured.nodeIds.length;
  const sentences = tuning.description ?? (alarmed.length === 0 ? remedy : sentencesOf(symptom, alarmed.map(({ threshold }) => threshold)));
  const text = `${sentences} [More](${runbook})`;
  if (queries > QUERIES_PER_GRAPH) {
    const markdown = `**${titleOf(key)}**: ${queries} metrics and formulas are more than the ${QUERIES_PER_GRAPH} that a graph takes. ${text}`;
    return new TextWidget({ markdown, width: GRAPH.width, height: GRAPH.height + REMEDY.height });
  }
  const graph = new GraphWidget({
    ...GRAPH,
    title: titleOf(key),
    left: linesOf(symptom, measured),
    leftYAxis: { label: unit, showUnits: false, min: 0, ...unit === 'percent' && { max: 100 } },
    leftAnnotations: alarmed.map(annotationOf),
  });
  return new Column(graph, new TextWidget({ markdown: text, ...REMEDY }));
}

/** Whether a formula joins what other formulas make of each node. */
function hasFormulaByNode(reading: Reading): boolean {
  return 'worst' in reading || 'missing' in reading;
}

/** A line for each node; of many nodes the worst and the average. What is said of all nodes together is one line. */
function linesOf(symptom: Symptom, { nodeIds, metricForNode }: Measured): (Metric | MathExpression)[] {
  const { reading, statistic, comparison, periodMinutes, tuning } = symptom;
  const period = tuning.period ?? Duration.minutes(periodMinutes);
  const names = namesOf(reading);
  const byNode = nodeIds.map((nodeId, node) => names.map((name, index): NamedMetric =>
    ({ id: `m${index + 1}_${node + 1}`, name, metric: metricForNode(nodeId, name, { statistic, period }) })));
  const usingMetrics = Object.fromEntries(byNode.flat().map(({ id, metric }) => [id, metric]));
  const line = (expression: string, label: string) => new MathExpression({ expression, usingMetrics, label, period });

  if ('missing' in reading) return [metricOf(symptom, byNode.flat(), period).with({ label: 'nodes without metrics' })];
  if (nodeIds.length <= MOST_LINES) return byNode.map((own, node) => metricOf(symptom, own, period).with({ label: nodeIds[node] }));
  // A formula that named each of many metrics would be too long.
  if ('together' in reading) return [line(replaced(reading.together, names, name => `METRICS("m${names.indexOf(name) + 1}_")`), 'all nodes')];
  if ('worst' in reading) return [metricOf(symptom, byNode.flat(), period).with({ label: 'worst node' })];
  return [line(`${comparison === '<' ? 'MIN' : 'MAX'}(METRICS())`, 'worst node'), line('AVG(METRICS())', 'average')];
}

function annotationOf({ comparison, threshold, severity }: Symptom): HorizontalAnnotation {
  const label = Token.isUnresolved(threshold) ? severity : `${severity} ${comparison} ${threshold}`;
  return { value: threshold, label, color: COLORS[severity] };
}

/** The key of an alarm as people read it: `engineCpu` as "Engine CPU". */
export function titleOf(key: string): string {
  const words = key.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`).replace('cpu', 'CPU');
  return words[0].toUpperCase() + words.slice(1);
}
