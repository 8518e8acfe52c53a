import { DataTierDashboard } from '../../src';
import { resourceOf } from '../helpers';

/** One line, or a metric behind it: namespace, name and dimensions, or else a formula; how it is drawn stands last. */
export type Line = (string | LineOptions)[];
interface LineOptions {
  readonly label?: string;
  readonly expression?: string;
  readonly visible?: boolean;
}

/** A widget as CloudWatch gets it. */
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
    readonly alarms?: string[];
    readonly metrics?: Line[];
    readonly annotations?: { readonly horizontal: { readonly value: number; readonly label: string; readonly color: string }[] };
  };
}

/** The body of a dashboard; what only CloudFormation knows stands in it as `${AWS::Region}`. */
export function bodyOf(dashboard: DataTierDashboard): { readonly widgets: Widget[]; readonly start: string; readonly periodOverride: string } {
  const body: Joined = resourceOf(dashboard, 'AWS::CloudWatch::Dashboard').Properties.DashboardBody;
  return JSON.parse(typeof body === 'string' ? body : body['Fn::Join'][1].map(part => typeof part === 'string' ? part : `\${${part.Ref}}`).join(''));
}

type Joined = string | { readonly 'Fn::Join': [string, (string | { readonly Ref: string })[]] };

/** The widgets of a dashboard. */
export function widgetsOf(dashboard: DataTierDashboard): Widget[] {
  return bodyOf(dashboard).widgets;
}

/** The graph with a title. */
export function graphOf(dashboard: DataTierDashboard, title: string): Widget {
  const found = graphsOf(widgetsOf(dashboard)).filter(({ properties }) => properties.title === title);
  expect(found).toHaveLength(1);
  return found[0];
}

/** The graphs among widgets. */
export function graphsOf(widgets: readonly Widget[]): Widget[] {
  return widgets.filter(({ properties }) => properties.view === 'timeSeries');
}

/** The titles of the headline numbers. */
export function headlinesOf(widgets: readonly Widget[]): (string | undefined)[] {
  return widgets.filter(({ properties }) => properties.view === 'singleValue').map(({ properties }) => properties.title);
}

/** What stands right below a widget. */
export function textBelow(dashboard: DataTierDashboard, { x, y, height }: Widget): string | undefined {
  return widgetsOf(dashboard).find(widget => widget.x === x && widget.y === y + height)?.properties.markdown;
}

/** The lines that are seen: label and formula, or label, name and the values of the dimensions. */
export function seen({ properties: { metrics = [] } }: Widget): string[] {
  return metrics.flatMap(line => {
    const { label, expression, visible } = line.at(-1) as LineOptions;
    return visible === false ? [] : [`${label}: ${expression ?? `${String(line[1])} of ${line.slice(2, -1).filter((_part, index) => index % 2 === 1).join('/')}`}`];
  });
}

/** The lines of thresholds. */
export function thresholdsOf({ properties }: Widget): string[] {
  return (properties.annotations?.horizontal ?? []).map(({ value, label, color }) => `${value} ${color} ${label}`);
}

/** How many metrics widgets take in, those of formulas included. */
export function metricsIn(...widgets: readonly Widget[]): number {
  return widgets.flatMap(({ properties }) => properties.metrics ?? []).filter(([first]) => first === 'AWS/ElastiCache').length;
}
