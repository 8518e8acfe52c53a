import { Duration, Token } from 'aws-cdk-lib';
import { Alarm, AlarmBase, AlarmRule, AlarmState, CompositeAlarm, IAlarmAction, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct, IConstruct } from 'constructs';
import { COMPARISONS, Measured } from './alarm-definition';
import { chunksOf } from './alarm-metrics';
import { AlarmOptions, AlarmSeverity } from './alarm-options';
import { faultsOf, Symptom } from './alarm-symptoms';
import { errorOf } from '../private/enforce';
import { stableName } from '../private/names';

/** A name may have 255 characters; it is short because the rule of a composite names all of its alarms, and may have 10,240. */
const NAME_MAX_LENGTH = 60;

/** What alarms are made of. */
export interface AlarmSource {
  /** Whose props the options are, and where they stand among them. */
  readonly owner: IConstruct;
  readonly prefix: string;
  /** Whom the alarms are of, for the person who is called. */
  readonly subject: string;
  readonly symptoms: readonly Symptom[];
  readonly measured: Measured;
  readonly options: AlarmOptions;
}

/**
 * The alarms of a construct: one for each symptom and severity, and one above all of a severity, for deployments that shall be rolled back.
 * @internal
 */
export abstract class AlarmSet extends Construct {
  private readonly alarms = new Map<Symptom, AlarmBase>();
  private readonly composites = new Map<AlarmSeverity, CompositeAlarm>();
  private readonly added: IAlarmAction[] = [];
  private isAsked = false;
  private source: AlarmSource;

  /** @param sourceOf what the alarms are made of; it is asked again when that has changed. */
  constructor(scope: Construct, id: string, private readonly sourceOf: (set: Construct) => AlarmSource) {
    super(scope, id);
    this.source = sourceOf(this);
    this.make();
  }

  /** The alarm of every symptom and severity, each of which has the actions. */
  public get all(): AlarmBase[] {
    this.isAsked = true;
    return [...this.alarms.values()];
  }

  /** Is in ALARM while any warning is. It has no actions of its own. Undefined where there are no warnings. */
  public get anyWarning(): CompositeAlarm | undefined {
    this.isAsked = true;
    return this.composites.get(AlarmSeverity.WARNING);
  }

  /** Is in ALARM while any critical alarm is: for deployments that shall be rolled back. It has no actions of its own. Undefined where there are none. */
  public get anyCritical(): CompositeAlarm | undefined {
    this.isAsked = true;
    return this.composites.get(AlarmSeverity.CRITICAL);
  }

  /**
   * The alarm of one symptom.
   *
   * @param key the name of the option, for example `memory`.
   * @param severity needed where there are a warning and a critical alarm of it.
   * @throws when there is no such alarm, or more than one.
   */
  public byKey(key: string, severity?: AlarmSeverity): AlarmBase {
    this.isAsked = true;
    const found = [...this.alarms].filter(([symptom]) => symptom.key === key && (severity === undefined || symptom.severity === severity));
    if (found.length === 1) return found[0][1];
    const there = [...this.alarms.keys()].map(symptom => `${symptom.key} (${symptom.severity})`).join(', ') || 'none';
    throw errorOf(this, [{
      id: 'alarm-by-key',
      text: `\`byKey\` must name one alarm (got '${key}'${severity ? ` and ${severity}` : ''}, and there are: ${there}). Name one of these.`,
    }]);
  }

  /**
   * Adds actions to the alarm of every symptom.
   *
   * @param actions what the alarms do when they go off.
   */
  public addAction(...actions: IAlarmAction[]): void {
    this.added.push(...actions);
    this.alarms.forEach(alarm => alarm.addAlarmAction(...actions));
  }

  /**
   * What the alarms watch for, for dashboards.
   * @internal
   */
  public get _symptoms(): readonly Symptom[] {
    return this.source.symptoms;
  }

  /**
   * Makes the alarms anew, because scaling brings other nodes.
   * @internal
   */
  public _remake(): void {
    if (this.isAsked) {
      throw errorOf(this.source.owner, [{
        id: 'alarms-before-scaling',
        text: 'alarms must be asked for after scaling is set up, which changes what they watch (got an alarm that was handed out before). '
          + 'Call `autoScaleShards` and `autoScaleReplicas` first.',
      }]);
    }
    for (const { node } of this.node.children) this.node.tryRemoveChild(node.id);
    this.alarms.clear();
    this.composites.clear();
    this.source = this.sourceOf(this);
    this.make();
    this.alarms.forEach(alarm => alarm.addAlarmAction(...this.added));
  }

  private make(): void {
    const { owner, prefix, subject, symptoms } = this.source;
    const faults = faultsOf(symptoms, prefix);
    if (faults.length > 0) throw errorOf(owner, faults);
    for (const symptom of symptoms) this.alarms.set(symptom, this.makeAlarm(symptom));
    for (const severity of Object.values(AlarmSeverity)) {
      const alarms = [...this.alarms].filter(([symptom]) => symptom.severity === severity).map(([, alarm]) => alarm);
      if (alarms.length > 0) this.composites.set(severity, this.makeComposite(`any-${severity}`, alarms, `${subject}: a ${severity} alarm is active.`));
    }
  }

  /** One alarm, or as many as its nodes need under a composite. */
  private makeAlarm(symptom: Symptom): AlarmBase {
    const { name, severity, tuning, threshold } = symptom;
    const description = tuning.description ?? this.describe(symptom);
    const { evaluationPeriods = symptom.evaluationPeriods, period = Duration.minutes(symptom.periodMinutes) } = tuning;
    const chunks = chunksOf(symptom, this.source.measured, period).map((metric, index) => new Alarm(this, `${pascal(name)}${index + 1}`, {
      alarmName: this.nameOf(`${name}-${index + 1}`),
      alarmDescription: description,
      metric,
      comparisonOperator: COMPARISONS[symptom.comparison],
      threshold,
      evaluationPeriods,
      datapointsToAlarm: tuning.datapointsToAlarm ?? (tuning.evaluationPeriods === undefined ? symptom.datapointsToAlarm : evaluationPeriods),
      treatMissingData: tuning.treatMissingData ?? TreatMissingData.NOT_BREACHING,
    }));
    const alarm = chunks.length === 1 ? chunks[0] : this.makeComposite(name, chunks, description);
    const { actions = [], criticalActions = actions, okActions = [] } = this.source.options;
    alarm.addAlarmAction(...severity === AlarmSeverity.CRITICAL ? criticalActions : actions);
    alarm.addOkAction(...okActions);
    return alarm;
  }

  private makeComposite(name: string, alarms: readonly AlarmBase[], description: string): CompositeAlarm {
    return new CompositeAlarm(this, pascal(name), {
      compositeAlarmName: this.nameOf(name),
      alarmDescription: description,
      alarmRule: AlarmRule.anyOf(...alarms.map(alarm => AlarmRule.fromAlarm(alarm, AlarmState.ALARM))),
    });
  }

  private nameOf(suffix: string): string {
    return `${stableName(this, NAME_MAX_LENGTH)}-${suffix}`;
  }

  private describe({ symptom, threshold, remedy, runbook }: Symptom): string {
    const shown = Token.isUnresolved(threshold) ? 'the threshold' : String(threshold);
    return `${this.source.subject}: ${symptom.replace('{threshold}', shown)}. ${remedy} ${runbook}`;
  }
}

/** `any-critical` as `AnyCritical`. */
function pascal(name: string): string {
  return name.replace(/(?:^|-)([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
