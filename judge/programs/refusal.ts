import { elasticacheRules } from '../../src/rules/elasticache';

/** The faults that no template shows, by their ids: what was handed to a construct or asked of it. */
export const OWN_FAULTS = [
  'alarm-by-key', 'alarm-tuning-critical-threshold', 'alarm-tuning-datapoints-to-alarm', 'alarm-tuning-evaluation-periods', 'alarm-tuning-period', 'alarm-tuning-severity', 'alarm-tuning-threshold',
  'alarms-before-scaling', 'dashboard-section-twice',
  'capacity-or-node-type', 'chunk-size-once', 'cluster-mode-once', 'duration-unit', 'endpoint-of-other-mode', 'eviction-policy-once', 'idle-within-absolute',
  'link-needs-vpc', 'link-prefix-taken', 'log-retention-of-stream', 'max-item-size-once', 'memcached-no-snapshot', 'no-configuration-endpoint', 'no-iam-user',
  'no-node-endpoints', 'no-node-ids', 'no-primary-endpoint', 'no-reader-endpoint', 'node-count-known',
  'no-secret', 'no-security-group', 'prefix-form', 'public-subnets', 'scaling-once', 'session-store-replica', 'session-timeout', 'size-unit',
  'snapshot-node-known', 'subnets-of-vpc', 'too-many-metrics',
];

/** A documented error: the ids of its faults, or the class and method that refused a value before there was a construct. */
export interface Refusal {
  readonly by: readonly string[];
}

const HEAD = /^Data(?:\/\w+)+ has (?:1 fault|(\d+) faults):$/;
const FAULT = /^- (.+) \[cdk-data-tier::([a-z0-9-]+)\]$/;
/** Prop, what came instead, and what to do about it. */
const OWN_TEXT = /^(?=.*`.+`)(?=.+ \(got .+\)).+\. [A-Z].+\.$/s;
const VALUE_ERROR = /^([A-Z]\w+\.\w+): (.+)$/s;

/** How each rule words a fault: any name for a property, any value. */
const RULE_TEXTS = new Map(elasticacheRules.map(({ id, text, remedy }) => [id, textForm(`${text} ${remedy}`)]));

/** What the library says by an error; undefined for an error that is none of the documented ones. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof Error) || error.constructor !== Error) return undefined;
  const value = VALUE_ERROR.exec(error.message);
  if (value) return OWN_TEXT.test(value[2]) ? { by: [value[1]] } : undefined;
  const [head, ...lines] = error.message.split('\n');
  const [, count = '1'] = HEAD.exec(head) ?? [undefined, 'none'];
  const faults = lines.flatMap(line => idOf(line) ?? []);
  return faults.length === lines.length && String(faults.length) === count ? { by: faults } : undefined;
}

function idOf(line: string): string | undefined {
  const [, text = '', id = ''] = FAULT.exec(line) ?? [];
  const form = RULE_TEXTS.get(id) ?? (OWN_FAULTS.includes(id) ? OWN_TEXT : undefined);
  return form?.test(text) ? id : undefined;
}

function textForm(text: string): RegExp {
  const literal = (part: string) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const parts = text.split(/\{[\w.-]+(?::name)?\}/).map(literal);
  return new RegExp(`^${parts.join('`[^`]+`(?: \\((?:got .+|not set)\\))?')}$`, 's');
}
