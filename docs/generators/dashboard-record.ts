/** What a dashboard asks CloudWatch for, and what was answered. */

/** A widget of the body of a dashboard (CloudWatch API Reference, "Dashboard Body Structure and Syntax"), as far as ours have it. */
export interface Widget {
  readonly type: 'alarm' | 'metric' | 'text';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly view?: 'singleValue' | 'timeSeries';
    readonly title?: string;
    readonly markdown?: string;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly Line[];
    readonly annotations?: { readonly horizontal: readonly { readonly value: number; readonly label: string; readonly color: string }[] };
    readonly yAxis?: { readonly left: { readonly label?: string; readonly min?: number; readonly max?: number } };
  };
}

/** Namespace, name and dimensions of a metric, or nothing before the options of a formula. */
export type Line = readonly (string | LineOptions)[];
interface LineOptions {
  readonly id?: string;
  readonly expression?: string;
  readonly label?: string;
  readonly period?: number;
  readonly stat?: string;
  readonly visible?: boolean;
}

/** One of the queries of a GetMetricData request. */
export interface Query {
  readonly Id: string;
  readonly Label?: string;
  readonly ReturnData: boolean;
  readonly Expression?: string;
  readonly Period?: number;
  readonly MetricStat?: { readonly Metric: Metric; readonly Period: number; readonly Stat: string };
}
interface Metric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
}

/** One of the answers. */
export interface Result { readonly Id: string; readonly Label: string; readonly Timestamps: readonly string[]; readonly Values: readonly number[] }

/** A dashboard with what it showed. */
export interface DashboardRecord {
  readonly body: { readonly widgets: readonly Widget[] };
  /** The states of the alarms by their ARNs. */
  readonly states: { readonly [arn: string]: string };
  /** The answers to each widget, in the order of the widgets; none where it asks nothing. */
  readonly results: readonly (readonly Result[])[];
}

const DEFAULT_PERIOD = 300;

/** What CloudWatch must be asked to draw a widget; none where it draws no metrics. */
export function queriesOf({ properties: { metrics = [] } }: Widget): Query[] {
  return metrics.map((line, index) => {
    const { id, label, expression, period = DEFAULT_PERIOD, stat = 'Average', visible = true } = optionsOf(line);
    const common = { Id: id ?? `line${index + 1}`, ReturnData: visible, ...label !== undefined && { Label: label } };
    if (expression !== undefined) return { ...common, Expression: expression, Period: period };
    const [Namespace, MetricName, ...dimensions] = line.filter(part => typeof part === 'string');
    const Dimensions = dimensions.flatMap((Name, at) => at % 2 === 0 ? [{ Name, Value: dimensions[at + 1] }] : []);
    return { ...common, MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period: period, Stat: stat } };
  });
}

function optionsOf(line: Line): LineOptions {
  const last = line.at(-1);
  return typeof last === 'object' ? last : {};
}
