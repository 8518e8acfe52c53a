import { Duration } from 'aws-cdk-lib';
import { IAlarmAction, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';

/** How urgent an alarm is. */
export enum AlarmSeverity {
  /** Somebody looks at it during the day. */
  WARNING = 'warning',
  /** Somebody is woken up. */
  CRITICAL = 'critical',
}

/** What one alarm does otherwise than by default. */
export interface AlarmTuning {
  /**
   * Whether there is such an alarm.
   *
   * @default - true where the alarm says something of the cache: the table in the README tells when
   */
  readonly enabled?: boolean;

  /**
   * The value beyond which the alarm goes off, in the unit of the alarm.
   *
   * @default - the value in the table of the README
   */
  readonly threshold?: number;

  /**
   * The value beyond which a second, critical alarm goes off, in the unit of the alarm. It must be beyond `threshold`.
   *
   * @default - there is one alarm, with the severity of `severity`
   */
  readonly criticalThreshold?: number;

  /**
   * How urgent the alarm is.
   *
   * @default - the severity in the table of the README
   */
  readonly severity?: AlarmSeverity;

  /**
   * Over how long a value is taken: whole minutes.
   *
   * @default - one or five minutes, as the table of the README says
   */
  readonly period?: Duration;

  /**
   * How many periods are looked at. All of them together are one day at most, or 7 days with periods of an hour and more.
   *
   * @default - the number in the table of the README
   */
  readonly evaluationPeriods?: number;

  /**
   * In how many of these periods the value must be beyond the threshold.
   *
   * @default - the number in the table of the README, or `evaluationPeriods` where that is given
   */
  readonly datapointsToAlarm?: number;

  /**
   * What a period without data means.
   *
   * @default TreatMissingData.NOT_BREACHING
   */
  readonly treatMissingData?: TreatMissingData;

  /**
   * The sentence for whoever is called.
   *
   * @default - what happened and what to do
   */
  readonly description?: string;
}

/** What the alarms of every construct can be told. */
export interface AlarmOptions {
  /**
   * Whether there are alarms.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * What alarms do when they go off, at most five.
   *
   * @default - nothing: their state is seen in CloudWatch only
   */
  readonly actions?: IAlarmAction[];

  /**
   * What critical alarms do instead of `actions`, at most five.
   *
   * @default - `actions`
   */
  readonly criticalActions?: IAlarmAction[];

  /**
   * What alarms do when all is well again, at most five.
   *
   * @default - nothing
   */
  readonly okActions?: IAlarmAction[];

  /**
   * Whether a group of more than 100 nodes has every alarm, and not only those that the table in the README calls essential.
   *
   * @default false
   */
  readonly complete?: boolean;
}
