import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SessionStore, SessionStoreWhenFull } from '../../src';
import { REDIS_ALARMS } from '../../src/cache/redis-alarm-table';
import { RedisFacts } from '../../src/cache/redis-facts';
import { CacheNodeType } from '../../src/catalog/cache-node-type';
import { AlarmDefinition, AlarmTable, Reading } from '../../src/monitoring/alarm-definition';
import { Symptom } from '../../src/monitoring/alarm-symptoms';
import { newSessionStore } from '../../test/helpers';

/** The node types that thresholds are shown for: one that is small and burstable, one that is neither. */
const NODE_TYPES = [CacheNodeType.T4G_MEDIUM, CacheNodeType.R7G_XLARGE];

type Table = AlarmTable<string, RedisFacts>;
type Definition = AlarmDefinition<RedisFacts>;

/** An alarm that a construct changes. */
interface Change {
  readonly key: string;
  readonly threshold: string;
  readonly evaluation: string;
  readonly severity: string;
  readonly remedy: string;
  readonly definition: Definition;
}

const STORES = Object.values(SessionStoreWhenFull).flatMap(whenFull =>
  [CacheNodeType.T4G_SMALL, CacheNodeType.R6GD_XLARGE].map(nodeType => newSessionStore({ whenFull, nodeType })));

/** What a session store does otherwise than the cluster that it is. */
export const SESSION_STORE = changesOf(STORES);

/** What missing data is to every alarm. */
const MISSING_DATA = missingDataOf(STORES);

/** Every alarm of every construct in all of its columns. */
export function alarmTable(tables: { readonly [construct: string]: Table }, changes: readonly Change[]): string[] {
  return [
    ...heading('construct', 'alarm', 'metric and statistic', 'threshold and why', 'evaluation', 'missing data', 'severity', 'what to do'),
    ...Object.entries(tables).flatMap(([construct, table]) => Object.entries(table).map(([key, definition]) => row(
      `\`${construct}\``, nameOf(key, definition), readingOf(definition), thresholdOf(definition), evaluationOf(definition), MISSING_DATA,
      definition.severity, `${definition.remedy} [More](${definition.runbook})`,
    ))),
    ...changes.map(({ key, definition, threshold, evaluation, severity, remedy }) => row(
      '`SessionStore`', nameOf(key, definition), readingOf(definition), threshold, evaluation, MISSING_DATA, severity, `${remedy} [More](${definition.runbook})`,
    )),
  ];
}

/** The same in the columns that fit a README: a row for both engines where they have the same alarm. */
export function shortAlarmTable(tables: { readonly [construct: string]: Table }, changes: readonly Change[]): string[] {
  const rows = Object.entries(tables).flatMap(([construct, table]) => Object.entries(table).map(([key, definition]) => ({
    construct: `\`${construct}\``,
    cells: [nameOf(key, definition), `${thresholdOf(definition)}`, `${definition.severity}, ${evaluationOf(definition)}`, MISSING_DATA, definition.remedy],
  })));
  const grouped = new Map<string, string[]>();
  for (const { construct, cells } of rows) grouped.set(cells.join(' | '), [...grouped.get(cells.join(' | ')) ?? [], construct]);
  return [
    ...heading('construct', 'alarm', 'threshold and why', 'severity and evaluation', 'missing data', 'what to do'),
    ...[...grouped].map(([cells, constructs]) => `| ${constructs.join(', ')} | ${cells} |`),
    ...changes.map(({ key, definition, threshold, evaluation, severity, remedy }) =>
      row('`SessionStore`', nameOf(key, definition), threshold, `${severity}, ${evaluation}`, MISSING_DATA, remedy)),
  ];
}

/** The head of a table. */
export function heading(...names: readonly string[]): string[] {
  return [row(...names), row(...names.map(() => '---'))];
}

/** A row of a table: a bar ends a cell, and `<` begins a tag. */
export function row(...cells: readonly string[]): string {
  return `| ${cells.map(cell => cell.replaceAll('|', '\\|').replace(/<(?![^`]*`)/g, '&lt;')).join(' | ')} |`;
}

function nameOf(key: string, { essential }: Definition): string {
  return `\`${key}\`${essential ? ', essential' : ''}`;
}

function readingOf({ reading, statistic, periodMinutes }: Definition): string {
  return `${measureOf(reading)}, ${statistic} of ${minutes(periodMinutes)}`;
}

function measureOf(reading: Reading): string {
  if ('worstOf' in reading) return `${reading.worstOf.map(name => `\`${name}\``).join(', ')} of the worst node`;
  if ('worst' in reading) return `\`${reading.worst}\` of the worst node`;
  return 'together' in reading ? `\`${reading.together}\` of all nodes` : `nodes without \`${reading.missing}\``;
}

function thresholdOf({ comparison, threshold, applies, unit, why }: Definition): string {
  const known = NODE_TYPES.flatMap(nodeType => {
    const facts = { nodeType, nodes: 2, hasReplicas: true, auth: 'user', isDurable: true, refusesWrites: true };
    const value = threshold(facts);
    return value === undefined || !appliesBySize(applies, facts) ? [] : [{ nodeType, value }];
  });
  const values = [...new Set(known.map(({ value }) => value))];
  const shown = values.length === 1 ? amount(values[0]) : known.map(({ nodeType, value }) => `${amount(value)} (\`${nodeType.name}\`)`).join(' or ');
  return `\`${comparison}\` ${shown}${unitOf(unit)}. ${why}`;
}

/** Whether it is the size of the nodes alone that decides. */
function appliesBySize(applies: Definition['applies'], facts: RedisFacts): boolean {
  const others = NODE_TYPES.map(nodeType => ({ ...facts, nodeType }));
  return applies === undefined || applies(facts) || !others.some(other => applies(other));
}

function evaluationOf({ evaluationPeriods, datapointsToAlarm, periodMinutes }: Pick<Definition, 'evaluationPeriods' | 'datapointsToAlarm' | 'periodMinutes'>): string {
  return `${datapointsToAlarm} of ${evaluationPeriods} × ${minutes(periodMinutes)}`;
}

/** 100000000 as "100 000 000". */
function amount(value: number): string {
  return Number.isInteger(value) ? String(value).replace(/\B(?=(\d{3})+$)/g, ' ') : String(value);
}

function unitOf(unit: Definition['unit']): string {
  return unit === 'count' ? '' : ` ${unit}`;
}

function minutes(count: number): string {
  return count === 1 ? '1 minute' : `${count} minutes`;
}

function missingDataOf(stores: readonly SessionStore[]): string {
  const alarms = stores.flatMap(({ node }) => node.findAll()).filter(child => child instanceof CfnAlarm);
  const [found, ...others] = new Set(alarms.map(({ treatMissingData }) => treatMissingData));
  if (found === undefined || others.length > 0) throw new Error(`Alarms treat missing data differently: ${[found, ...others].join(', ')}.`);
  return found.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
}

function changesOf(stores: readonly SessionStore[]): Change[] {
  const symptoms = stores.flatMap(({ alarms }) => alarms?._symptoms ?? []);
  const changed = symptoms.filter(({ tuning }) => Object.keys(tuning).length > 0);
  return [...new Set(changed.map(({ key }) => key))].map(key => changeOf(key, changed.filter(symptom => symptom.key === key)));
}

function changeOf(key: string, symptoms: readonly Symptom[]): Change {
  const definition = (REDIS_ALARMS as Table)[key];
  const [{ tuning, comparison, unit, remedy }] = symptoms;
  const periodMinutes = tuning.period?.toMinutes() ?? definition.periodMinutes;
  const evaluationPeriods = tuning.evaluationPeriods ?? definition.evaluationPeriods;
  const datapointsToAlarm = tuning.datapointsToAlarm ?? (tuning.evaluationPeriods === undefined ? definition.datapointsToAlarm : evaluationPeriods);
  return {
    key,
    definition: { ...definition, periodMinutes: periodMinutes as 1 | 5 },
    threshold: `\`${comparison}\` ${[...new Set(symptoms.map(({ threshold }) => amount(threshold)))].join(' and ')}${unitOf(unit)}. What a cache can lose a session store cannot.`,
    evaluation: evaluationOf({ evaluationPeriods, datapointsToAlarm, periodMinutes: periodMinutes as 1 | 5 }),
    severity: [...new Set(symptoms.map(({ severity }) => severity))].join(' and '),
    remedy: tuning.description?.replace(/^\S+: /, '') ?? remedy,
  };
}
