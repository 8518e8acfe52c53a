import { Duration, Token } from 'aws-cdk-lib';
import { AlarmDefinition, AlarmTable, Tunings } from './alarm-definition';
import { AlarmOptions, AlarmSeverity, AlarmTuning } from './alarm-options';
import { OwnFault } from '../private/enforce';

/** Up to here a group has every alarm by default. */
export const LARGE_GROUP = 100;

/** CloudWatch API Reference, PutMetricAlarm (EvaluationPeriods): what all periods together may be, in minutes, and with periods of an hour and more. */
const LONGEST = { usual: 24 * 60, hourly: 7 * 24 * 60 };

/** One symptom at one severity, as it was asked for. */
export interface Symptom extends Omit<AlarmDefinition<never>, 'threshold' | 'applies'> {
  /** The name of the option. */
  readonly key: string;
  /** What the alarm is named by: the key, and `Critical` where it is the second one. */
  readonly name: string;
  readonly threshold: number;
  readonly tuning: AlarmTuning;
}

/** The symptoms that apply and are not switched off; one with two thresholds is there twice. */
export function symptomsOf<Key extends string, Facts>(
  table: AlarmTable<Key, Facts>, facts: Facts, nodes: number, options: AlarmOptions & Tunings<Key>,
): Symptom[] {
  if (options.enabled === false) return [];
  return Object.entries<AlarmDefinition<Facts>>(table).flatMap(([key, { threshold: usual, applies, ...definition }]): Symptom[] => {
    const tuning: AlarmTuning = options[key as Key] ?? {};
    const { upToNodes = definition.essential ? Infinity : LARGE_GROUP } = definition;
    const isUsual = applies?.(facts) !== false && (nodes <= upToNodes || options.complete === true);
    if (!(tuning.enabled ?? isUsual)) return [];
    const { threshold = usual(facts) ?? NaN, criticalThreshold } = tuning;
    const symptom = { ...definition, key, name: key, severity: tuning.severity ?? definition.severity, threshold, tuning };
    if (criticalThreshold === undefined) return [symptom];
    return [
      { ...symptom, severity: tuning.severity ?? AlarmSeverity.WARNING },
      { ...symptom, name: `${key}Critical`, severity: AlarmSeverity.CRITICAL, threshold: criticalThreshold },
    ];
  });
}

/** What has happened when values are beyond thresholds, and what to do. */
export function sentencesOf({ symptom, remedy }: Symptom, thresholds: readonly number[]): string {
  const shown = thresholds.map(threshold => Token.isUnresolved(threshold) ? 'the threshold' : String(threshold)).join(' or ');
  return `${symptom.replace('{threshold}', shown)}. ${remedy}`;
}

/** What is wrong with the numbers of symptoms. `prefix` is where the options stand among the props. */
export function faultsOf(symptoms: readonly Symptom[], prefix: string): OwnFault[] {
  return symptoms.filter(({ key, name }) => key === name).flatMap(symptom => {
    const fault = (option: keyof AlarmTuning, rule: string, got: unknown, remedy: string): OwnFault => ({
      id: `alarm-tuning-${option.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`,
      text: `\`${prefix}${symptom.key}.${option}\` must ${rule} (got ${String(got)}). ${remedy}.`,
    });
    const { threshold, comparison, unit, tuning, tuning: { criticalThreshold, severity, period, datapointsToAlarm } } = symptom;
    const evaluationPeriods = tuning.evaluationPeriods ?? symptom.evaluationPeriods;
    const minutes = period === undefined ? symptom.periodMinutes : minutesOf(period);
    return [
      ...isNumber(threshold) ? [] : [
        fault('threshold', `be a number of ${unit}, which does not follow from the cache`, tuning.threshold, 'Give the value beyond which the alarm goes off'),
      ],
      ...criticalThreshold === undefined || isBeyond(comparison, criticalThreshold, threshold) ? [] : [
        fault('criticalThreshold', `be ${comparison === '<' ? 'less' : 'more'} than \`threshold\`, which is ${threshold}`, criticalThreshold,
          'Give the value at which it is urgent'),
      ],
      ...criticalThreshold === undefined || severity !== AlarmSeverity.CRITICAL ? [] : [
        fault('severity', 'not be critical beside `criticalThreshold`', severity, 'Remove one of the two'),
      ],
      ...period === undefined || isCount(minutes) ? [] : [
        fault('period', 'be whole minutes from 1', period.toHumanString(), 'Node metrics are published once a minute'),
      ],
      ...(['evaluationPeriods', 'datapointsToAlarm'] as const).filter(option => !isCount(tuning[option])).map(option =>
        fault(option, 'be a whole number from 1', tuning[option], 'Give a number of periods')),
      ...isAtMost(datapointsToAlarm, evaluationPeriods) ? [] : [
        fault('datapointsToAlarm', `not be more than \`evaluationPeriods\`, which is ${evaluationPeriods}`, datapointsToAlarm, 'Look at more periods'),
      ],
      ...isAtMost(minutes * evaluationPeriods, minutes < 60 ? LONGEST.usual : LONGEST.hourly) ? [] : [
        fault('evaluationPeriods', 'span a day at most, or 7 days with periods of an hour and more',
          `${evaluationPeriods} periods of ${Duration.minutes(minutes).toHumanString()}`, 'Look at fewer periods, or at shorter ones'),
      ],
    ];
  });
}

function isNumber(value: number): boolean {
  return Token.isUnresolved(value) || Number.isFinite(value);
}

/** A period that only CloudFormation knows counts as one minute. */
function minutesOf(period: Duration): number {
  return period.isUnresolved() ? 1 : period.toMinutes({ integral: false });
}

function isCount(value: number | undefined): boolean {
  return value === undefined || Token.isUnresolved(value) || (Number.isInteger(value) && value >= 1);
}

function isAtMost(value: number | undefined, most: number): boolean {
  return value === undefined || Token.isUnresolved(value) || Token.isUnresolved(most) || value <= most;
}

/** A threshold that is missing is another fault. */
function isBeyond(comparison: Symptom['comparison'], value: number, threshold: number): boolean {
  if (Token.isUnresolved(value) || Token.isUnresolved(threshold) || !isNumber(threshold)) return true;
  return comparison === '<' ? value < threshold : value > threshold;
}
