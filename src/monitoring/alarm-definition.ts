import { ComparisonOperator, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmSeverity, AlarmTuning } from './alarm-options';

/** What is measured: nodes, or what else a construct consists of, each with its metrics. */
export interface Measured {
  readonly nodeIds: readonly string[];
  readonly metricForNode: (nodeId: string, metricName: string, options: MetricOptions) => Metric;
  /** The metric of all nodes together, whichever there are: for what comes and goes. */
  readonly metricForWhole?: (metricName: string, options: MetricOptions) => Metric;
}

/**
 * How the metrics of several nodes become the one value of an alarm. Formulas are CloudWatch's own, with official names for the metrics of a node.
 */
export type Reading =
  /** The worst of the metrics of all nodes. */
  | { readonly worstOf: readonly string[] }
  /** The worst of what a formula makes of each node. */
  | { readonly worst: string; readonly of: readonly string[] }
  /** What a formula makes of all nodes; a name stands for the list of their metrics. */
  | { readonly together: string; readonly of: readonly string[] }
  /** How many nodes have not published a metric, while others have. */
  | { readonly missing: string };

/** A symptom and when it is one, as data. `Facts` is what is known of the construct at synthesis. */
export interface AlarmDefinition<Facts> {
  readonly reading: Reading;
  /** The metric that tells the same of all nodes together. */
  readonly whole?: string;
  readonly statistic: 'Average' | 'Maximum' | 'Minimum' | 'Sum' | 'SampleCount';
  readonly periodMinutes: 1 | 5;
  readonly comparison: keyof typeof COMPARISONS;
  /** The value beyond which it is a symptom; undefined where there is no such value. */
  readonly threshold: (facts: Facts) => number | undefined;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly severity: AlarmSeverity;
  /** Whether it says something of this construct. */
  readonly applies?: (facts: Facts) => boolean;
  /** Whether groups of any size have it by default. */
  readonly essential?: boolean;
  /** Up to how many nodes a group has it by default, where that is fewer than for others. */
  readonly upToNodes?: number;
  /** The unit of value and threshold. */
  readonly unit: 'percent' | 'bytes' | 'count' | 'seconds' | 'milliseconds' | 'nodes' | 'credits';
  /** What has happened; `{threshold}` becomes the threshold. */
  readonly symptom: string;
  /** What to do. */
  readonly remedy: string;
  /** The page that tells more. */
  readonly runbook: string;
  /** When it applies, and where the threshold comes from: for the documentation. */
  readonly why: string;
}

export const COMPARISONS = {
  '>': ComparisonOperator.GREATER_THAN_THRESHOLD,
  '>=': ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  '<': ComparisonOperator.LESS_THAN_THRESHOLD,
} as const;

/** The definitions of a construct's alarms by their keys. */
export type AlarmTable<Key extends string, Facts> = { readonly [key in Key]: AlarmDefinition<Facts> };

/** What users may say of each alarm. */
export type Tunings<Key extends string> = { readonly [key in Key]?: AlarmTuning };
