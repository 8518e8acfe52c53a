import { isUnknown, LATER, Properties, PropertyValue, Rule, Surroundings, TextPart, UNKNOWN, valueAt } from './rule';
import { asList, asNumber, asText, isFalse, mayBeGiven } from './values';
import { CACHE_METRIC_NAMESPACE } from '../facts/elasticache-metrics';

/** What an alarm looks at: its own metric, or those of its formula. */

type NewRule = Omit<Rule, 'type'>;

/** A dimension of a metric, and where the template has its value. */
export interface AlarmDimension { readonly name?: string; readonly value: PropertyValue; readonly path: string }

/** A metric of ElastiCache in an alarm. */
export interface AlarmMetric {
  /** Its id within a formula. */
  readonly id?: string;
  readonly name?: string;
  readonly statistic?: string;
  readonly unit?: string;
  readonly period?: number;
  /** Undefined while not all of them have a known name. */
  readonly dimensions?: readonly AlarmDimension[];
}

/** A dozen rules ask the same of every alarm. */
const METRICS_OF_ALARM = new WeakMap<Properties, AlarmMetric[]>();

/** Every metric of ElastiCache that the alarm looks at. */
export function cacheMetricsOf(p: Properties): readonly AlarmMetric[] {
  const metrics = METRICS_OF_ALARM.get(p) ?? readMetrics(p);
  METRICS_OF_ALARM.set(p, metrics);
  return metrics;
}

function readMetrics(p: Properties): AlarmMetric[] {
  const queried = asList(p.Metrics).map((query, index) => [query, index] as const).filter(([query]) => mayBeGiven(at(query, 'MetricStat')));
  const own: AlarmMetric = {
    name: asText(p.MetricName),
    statistic: asText(p.Statistic) ?? asText(p.ExtendedStatistic),
    unit: asText(p.Unit),
    period: asNumber(p.Period),
    dimensions: dimensionsOf(p.Dimensions, 'Dimensions'),
  };
  return [
    ...isOfElastiCache(p.Namespace) ? [own] : [],
    ...queried.filter(([query]) => isOfElastiCache(at(query, 'MetricStat.Metric.Namespace'))).map(([query, index]) => ({
      id: asText(at(query, 'Id')),
      name: asText(at(query, 'MetricStat.Metric.MetricName')),
      statistic: asText(at(query, 'MetricStat.Stat')),
      unit: asText(at(query, 'MetricStat.Unit')),
      period: asNumber(at(query, 'MetricStat.Period')),
      dimensions: dimensionsOf(at(query, 'MetricStat.Metric.Dimensions'), `Metrics.${index}.MetricStat.Metric.Dimensions`),
    })),
  ];
}

/** Whether the alarm has to do with ElastiCache: rules leave all others alone. */
export function watchesCache(p: Properties): boolean {
  return cacheMetricsOf(p).length > 0 || asList(p.Metrics).some((query) => asText(at(query, 'Expression'))?.includes(CACHE_METRIC_NAMESPACE) === true);
}

/** The metric whose values the alarm compares as they are; undefined where it compares what a formula makes of metrics. */
export function comparedMetric(p: Properties): AlarmMetric | undefined {
  const [metric, ...others] = cacheMetricsOf(p);
  const isPlain = asList(p.Metrics).every((query) => !isFalse(at(query, 'ReturnData'))) && asList(p.Metrics).length <= 1;
  return isPlain && others.length === 0 ? metric : undefined;
}

/** The value of a dimension; undefined where the metric has none of that name. */
export function dimension({ dimensions = [] }: AlarmMetric, name: string): AlarmDimension | undefined {
  return dimensions.find((candidate) => candidate.name === name);
}

/** The value of a dimension in pieces. */
export function partsOf({ value, path }: AlarmDimension, { textAt }: Surroundings): TextPart[] {
  const text = asText(value);
  return text === undefined ? textAt?.(path) ?? [UNKNOWN] : [text];
}

/** A rule about each metric of ElastiCache in an alarm, which names those that break it. */
export function metricRule(
  rule: Omit<NewRule, 'reads' | 'holds' | 'found'>, isFault: (metric: AlarmMetric, around: Surroundings) => boolean,
): NewRule {
  const faulty = (p: Properties, around: Surroundings) => cacheMetricsOf(p).filter((metric) => isFault(metric, around));
  return {
    ...rule,
    reads: [],
    holds: (p, around) => faulty(p, around).length === 0,
    found: (p, around) => faulty(p, around).map(named),
  };
}

/** The value at a path within an element of a list. */
export function at(element: PropertyValue, path: string): PropertyValue {
  return valueAt({ element }, `element.${path}`);
}

/** The metric in words. */
function named({ id, name = LATER, unit, period, dimensions = [] }: AlarmMetric): string {
  const of = dimensions.map(({ name: key, value }) => `${key} ${asText(value) ?? LATER}`);
  const how = [...unit === undefined ? [] : [`in ${unit}`], ...period === undefined ? [] : [`every ${period} s`]];
  return [...id === undefined ? [] : [`${id}:`], name, ...of.length === 0 ? [] : [`of ${of.join(', ')}`], ...how].join(' ');
}

function isOfElastiCache(namespace: PropertyValue): boolean {
  return asText(namespace) === CACHE_METRIC_NAMESPACE;
}

function dimensionsOf(list: PropertyValue, path: string): AlarmDimension[] | undefined {
  const dimensions = asList(list).map((element, index): AlarmDimension =>
    ({ name: asText(at(element, 'Name')), value: at(element, 'Value'), path: `${path}.${index}.Value` }));
  return isUnknown(list) || dimensions.some(({ name }) => name === undefined) ? undefined : dimensions;
}
