import { ArnFormat, Aspects, Duration, Stack } from 'aws-cdk-lib';
import { Alarm, AlarmBase, AlarmRule, AlarmState, CfnAlarm, CfnCompositeAlarm, CompositeAlarm, IAlarmAction, IAlarmRef, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct, IConstruct } from 'constructs';
import { COMPARISONS, Measured } from './alarm-definition';
import { chunksOf, inPieces } from './alarm-metrics';
import { AlarmOptions, AlarmSeverity } from './alarm-options';
import { faultsOf, sentencesOf, Symptom } from './alarm-symptoms';
import { errorOf } from '../private/enforce';
import { stableName } from '../private/names';

/** A name may have 255 characters; it is short because the rule of a composite names all of its alarms, and may have 10,240. */
const NAME_MAX_LENGTH = 60;

/** A rule of so many alarms is shorter than that, whatever the names of the Region and the partition; CloudWatch itself takes 100 alarms. */
const ALARMS_PER_COMPOSITE = 50;

/** CloudWatch API Reference, PutMetricAlarm (AlarmDescription): 1,024 characters, of which a path leaves some for what is said of it. */
const SUBJECT_MAX_LENGTH = 500;

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
  private isBound = false;
  private source: AlarmSource;

  /** @param sourceOf what the alarms are made of; it is asked again when that has changed. */
  constructor(scope: Construct, id: string, private readonly sourceOf: (set: Construct) => AlarmSource) {
    super(scope, id);
    this.source = sourceOf(this);
    this.make();
    // At synthesis only: some actions leave constructs behind, which would outlive alarms that are made anew.
    Aspects.of(this).add({ visit: node => node === this && this.bindActions() });
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
  }

  /**
   * What the alarms watch for, for dashboards.
   * @internal
   */
  public get _symptoms(): readonly Symptom[] {
    return this.source.symptoms;
  }

  /**
   * The alarm of every symptom, for dashboards: by its name, so that one in another stack imports nothing and holds no alarm back.
   * @internal
   */
  public get _shown(): IAlarmRef[] {
    return [...this.alarms.values()].map(alarm => {
      const { alarmName } = alarm.node.defaultChild as CfnAlarm | CfnCompositeAlarm;
      const alarmArn = Stack.of(this).formatArn({
        service: 'cloudwatch', resource: 'alarm', resourceName: alarmName, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      });
      return Object.create(alarm, { alarmRef: { value: { alarmArn } } }) as IAlarmRef;
    });
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
    const { name, tuning, threshold } = symptom;
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
    return chunks.length === 1 ? chunks[0] : this.makeComposite(name, chunks, description);
  }

  /** Once, however often the app is synthesized. */
  private bindActions(): void {
    if (this.isBound) return;
    this.isBound = true;
    const { actions = [], criticalActions = actions, okActions = [] } = this.source.options;
    for (const [{ severity }, alarm] of this.alarms) {
      alarm.addAlarmAction(...severity === AlarmSeverity.CRITICAL ? criticalActions : actions, ...this.added);
      alarm.addOkAction(...okActions);
    }
  }

  /** A composite, or a tree of them where a rule of all alarms would be too long. */
  private makeComposite(name: string, all: readonly AlarmBase[], description: string): CompositeAlarm {
    const alarms = all.length <= ALARMS_PER_COMPOSITE ? all : inPieces(all, ALARMS_PER_COMPOSITE).map((piece, index) =>
      this.makeComposite(`${name}-part${index + 1}`, piece, description));
    return new CompositeAlarm(this, pascal(name), {
      compositeAlarmName: this.nameOf(name),
      alarmDescription: description,
      alarmRule: AlarmRule.anyOf(...alarms.map(alarm => AlarmRule.fromAlarm(alarm, AlarmState.ALARM))),
    });
  }

  private nameOf(suffix: string): string {
    return `${stableName(this, NAME_MAX_LENGTH)}-${suffix}`;
  }

  private describe(symptom: Symptom): string {
    return `${this.source.subject.slice(-SUBJECT_MAX_LENGTH)}: ${sentencesOf(symptom, [symptom.threshold])} ${symptom.runbook}`;
  }
}

/** `any-critical` as `AnyCritical`. */
function pascal(name: string): string {
  return name.replace(/(?:^|-)([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
