import { IConstruct } from 'constructs';
import { resourcesOf, TemplateResource } from '../helpers';

/** A metric alarm of a template in a form that can be written out as a literal. */
export interface ReadAlarm {
  /** The metrics by their ids, each with everything that CloudWatch finds it by. */
  readonly metrics: readonly string[];
  /** The formulas, the one that decides first; none where the alarm is on a metric. */
  readonly formulas: readonly string[];
  readonly when: string;
}

interface Dimension { readonly Name: string; readonly Value: string }
interface Metric { readonly Namespace: string; readonly MetricName: string; readonly Dimensions: readonly Dimension[] }
interface Entry {
  readonly Id: string;
  readonly Expression?: string;
  readonly ReturnData?: boolean;
  readonly MetricStat?: { readonly Metric: Metric; readonly Period: number; readonly Stat: string; readonly Unit?: string };
}

const COMPARISONS: { readonly [name: string]: string } = {
  GreaterThanThreshold: '>', GreaterThanOrEqualToThreshold: '>=', LessThanThreshold: '<',
};

/** What a template knows of alarms, by their names without the part that all of a construct share. */
export function alarmsOf(construct: IConstruct): { [name: string]: ReadAlarm } {
  return byName(construct, 'AWS::CloudWatch::Alarm', read);
}

/** The rules of the composites of a template, with names in place of ARNs. */
export function rulesOf(construct: IConstruct): { [name: string]: string } {
  const resources = resourcesOf(construct);
  const nameOf = (id: string) => shortened(resources[id].Properties.AlarmName);
  return byName(construct, 'AWS::CloudWatch::CompositeAlarm', ({ AlarmRule }) => {
    const parts: (string | { 'Fn::GetAtt': [string, string] })[] = AlarmRule['Fn::Join'][1];
    return parts.map(part => typeof part === 'string' ? part : nameOf(part['Fn::GetAtt'][0])).join('');
  });
}

/** The alarms and composites of a template. */
export function watchersOf(construct: IConstruct): [string, TemplateResource][] {
  return Object.entries(resourcesOf(construct)).filter(([, { Type }]) => /^AWS::CloudWatch::(Composite)?Alarm$/.test(Type));
}

/** The metrics and formulas of an alarm, whose own form there is for a single metric. */
export function entriesOf({ Properties }: TemplateResource): Entry[] {
  const { Metrics, MetricName, Namespace, Dimensions, Period, Statistic, Unit } = Properties;
  return Metrics ?? [{ Id: 'm1', MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period, Stat: Statistic, Unit } }];
}

/** A metric as a text with all that it is found by. */
export function described({ Id, MetricStat }: Entry): string {
  const { Metric: metric, Period, Stat, Unit } = MetricStat!;
  const dimensions = metric.Dimensions.map(({ Name, Value }) => `${Name}=${Value}`).join(', ');
  return `${Id}: ${metric.Namespace} ${metric.MetricName} {${dimensions}} ${Stat} of ${Period} s${Unit ? ` in ${Unit}` : ''}`;
}

function byName<T>(construct: IConstruct, type: string, of: (properties: TemplateResource['Properties']) => T): { [name: string]: T } {
  const found = Object.values(resourcesOf(construct)).filter(({ Type }) => Type === type);
  expect(found).not.toHaveLength(0);
  return Object.fromEntries(found.map(({ Properties }) => [shortened(Properties.AlarmName), of(Properties)]));
}

function shortened(name: string): string {
  return name.replace(/^.*-[0-9a-f]{8}-/, '');
}

function read(properties: TemplateResource['Properties']): ReadAlarm {
  const entries = entriesOf({ Type: '', Properties: properties });
  const formulas = entries.filter(({ Expression }) => Expression !== undefined);
  const { ComparisonOperator, Threshold, DatapointsToAlarm, EvaluationPeriods, TreatMissingData } = properties;
  return {
    metrics: entries.filter(({ MetricStat }) => MetricStat !== undefined).map(described),
    formulas: [...formulas.filter(({ ReturnData }) => ReturnData), ...formulas.filter(({ ReturnData }) => !ReturnData)]
      .map(({ Id, Expression, ReturnData }) => ReturnData ? String(Expression) : `${Id}: ${Expression}`),
    when: `${COMPARISONS[ComparisonOperator]} ${Threshold}, ${DatapointsToAlarm} of ${EvaluationPeriods}, ${TreatMissingData}`,
  };
}
