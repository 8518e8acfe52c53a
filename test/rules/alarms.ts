import { Description, Properties, PropertyValue, Reference, Surroundings, TextPart, UNKNOWN } from '../../src/rules/rule';

/** Alarms and what they refer to, as templates describe them. */

/** An alarm on one metric, which has everything that an alarm needs. */
export function alarmOn(MetricName: string, dimensions: { readonly [name: string]: PropertyValue }, more: Properties = {}): Properties {
  return {
    Namespace: 'AWS/ElastiCache',
    MetricName,
    Dimensions: dimensionsOf(dimensions),
    Statistic: 'Average',
    Period: 60,
    EvaluationPeriods: 5,
    Threshold: 90,
    ComparisonOperator: 'GreaterThanThreshold',
    ...more,
  };
}

/** A metric or an expression of a formula. */
export interface Query { [key: string]: PropertyValue }

/** A metric within a formula. */
export function query(Id: string, MetricName: string, dimensions: { readonly [name: string]: PropertyValue }, more: Properties = {}): Query {
  const Metric = { Namespace: 'AWS/ElastiCache', MetricName, Dimensions: dimensionsOf(dimensions) };
  return { Id, ReturnData: false, MetricStat: { Metric, Stat: 'Average', Period: 60, ...more } };
}

/** An alarm on a formula. */
export function formula(Expression: PropertyValue, ...queries: Query[]): Properties {
  return { Metrics: [{ Id: 'worst', Expression }, ...queries], EvaluationPeriods: 5, Threshold: 90, ComparisonOperator: 'GreaterThanThreshold' };
}

function dimensionsOf(dimensions: { readonly [name: string]: PropertyValue }): PropertyValue[] {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}

export const group = (properties: Properties, surroundings?: Surroundings): Description => ({ type: 'AWS::ElastiCache::ReplicationGroup', properties, surroundings });
export const pool = (properties: Properties): Description => ({ type: 'AWS::ElastiCache::CacheCluster', properties: { Engine: 'memcached', ...properties } });
export const ref = (to: Description, attribute?: string): Reference => attribute === undefined ? { to } : { to, attribute };

/** A template with these resources. */
export function among(...resources: Description[]): Surroundings {
  return { all: (type) => resources.filter((resource) => resource.type === type) };
}

/** A template whose texts are put together from these pieces. */
export function written(texts: { readonly [path: string]: TextPart[] }, ...resources: Description[]): Surroundings {
  return { ...among(...resources), textAt: (path) => texts[path] ?? [UNKNOWN] };
}
