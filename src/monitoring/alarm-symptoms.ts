import { Duration, Token } from 'aws-cdk-lib';
import { AlarmDefinition, AlarmTable, Tunings } from './alarm-definition';
import { AlarmOptions, AlarmSeverity, AlarmTuning } from './alarm-options';
import { OwnFault } from '../private/enforce';

/** Up to here a group has every alarm by default. */
export const LARGE_GROUP = 100;

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
    if (criticalThreshold === undefined) return [{ ...definition, key, name: key, severity: tuning.severity ?? definition.severity, threshold, tuning }];
    return [
      { ...definition, key, name: key, severity: tuning.severity ?? AlarmSeverity.WARNING, threshold, tuning },
      { ...definition, key, name: `${key}Critical`, severity: AlarmSeverity.CRITICAL, threshold: criticalThreshold, tuning },
    ];
  });
}

/** What is wrong with the numbers of symptoms. `prefix` is where the options stand among the props. */
export function faultsOf(symptoms: readonly Symptom[], prefix: string): OwnFault[] {
  return symptoms.filter(({ key, name }) => key === name).flatMap(symptom => {
    const fault = (option: keyof AlarmTuning, rule: string, got: unknown, remedy: string): OwnFault => ({
      id: `alarm-${option.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`,
      text: `\`${prefix}${symptom.key}.${option}\` must ${rule} (got ${String(got)}). ${remedy}.`,
    });
    const { threshold, comparison, unit, tuning, tuning: { criticalThreshold, severity, period } } = symptom;
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
      ...period === undefined || isWholeMinutes(period) ? [] : [
        fault('period', 'be whole minutes from 1', period.toHumanString(), 'Node metrics are published once a minute'),
      ],
      ...(['evaluationPeriods', 'datapointsToAlarm'] as const).filter(option => !isCount(tuning[option])).map(option =>
        fault(option, 'be a whole number from 1', tuning[option], 'Give a number of periods')),
    ];
  });
}

function isNumber(value: number): boolean {
  return Token.isUnresolved(value) || Number.isFinite(value);
}

function isWholeMinutes(period: Duration): boolean {
  const minutes = period.isUnresolved() ? 1 : period.toMinutes({ integral: false });
  return Number.isInteger(minutes) && minutes >= 1;
}

function isCount(value: number | undefined): boolean {
  return value === undefined || Token.isUnresolved(value) || (Number.isInteger(value) && value >= 1);
}

function isBeyond(comparison: Symptom['comparison'], value: number, threshold: number): boolean {
  if (Token.isUnresolved(value) || Token.isUnresolved(threshold)) return true;
  return comparison === '<' ? value < threshold : value > threshold;
}
