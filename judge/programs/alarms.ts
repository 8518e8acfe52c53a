import { Duration } from 'aws-cdk-lib';
import { IAlarmAction, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AlarmSeverity, AlarmTuning, RedisAlarmOptions } from 'cdk-data-tier';
import fc, { Arbitrary } from 'fast-check';
import { asIs, durationOf, later, Prop, prop, Props, propsFrom, someOf, Span } from './prop';
import { Later } from './world';

/** What alarms are told. */

const constant = fc.constantFrom;
const number = (legal: Arbitrary<number | Later<number>>, odd: Arbitrary<number | Later<number>>): Prop<number> =>
  prop(legal, odd, (world, plain) => world.number(plain));

const TUNING_PROPS: Props<AlarmTuning> = {
  enabled: asIs([true, false]),
  threshold: number(fc.oneof(constant(1, 50, 70.5), later(60)), constant(0, -1, 1e12)),
  criticalThreshold: number(constant(75, 1000), fc.oneof(constant(0, 0.5, -1), later(80))),
  severity: asIs(Object.values(AlarmSeverity)),
  period: prop<Span, Duration>(
    constant<Span>({ minutes: 1 }, { minutes: 5 }, { hours: 1 }),
    fc.oneof(constant<Span>({ seconds: 30 }, { seconds: 90 }, { minutes: 0 }, { days: 2 }), later(1).map(minutes => ({ minutes }))),
    durationOf,
  ),
  evaluationPeriods: number(constant(5, 6, 24), fc.oneof(constant(0, -1, 1.5, 289, 1441), later(5))),
  datapointsToAlarm: number(constant(1, 2), fc.oneof(constant(0, 2.5, 25), later(3))),
  treatMissingData: asIs(Object.values(TreatMissingData)),
  description: asIs(['Ask the data team'], ['', 'x'.repeat(1024)]),
};
const tuning = prop(someOf(TUNING_PROPS, true), someOf(TUNING_PROPS, false), (world, plain) => propsFrom(TUNING_PROPS, world, plain));

type TopicKind = 'plain' | 'encrypted' | 'imported';

const actions = prop<readonly TopicKind[], IAlarmAction[]>(
  constant(['plain'], ['encrypted'], ['imported'], ['plain', 'imported']), constant([]),
  (world, kinds) => kinds.map(kind => {
    if (kind === 'imported') return new SnsAction(Topic.fromTopicArn(world.data, world.id('Topic'), world.arn('sns', 'alarms')));
    const masterKey = kind === 'encrypted' ? new Key(world.data, world.id('Key'), { enableKeyRotation: true }) : undefined;
    masterKey?.grantEncryptDecrypt(new ServicePrincipal('cloudwatch.amazonaws.com'));
    return new SnsAction(new Topic(world.data, world.id('Topic'), { masterKey }));
  }),
);

const ALARM_PROPS: Props<RedisAlarmOptions> = {
  enabled: asIs([true, false]),
  complete: asIs([true, false]),
  actions,
  criticalActions: actions,
  okActions: actions,
  cpu: tuning,
  engineCpu: tuning,
  memory: tuning,
  capacity: tuning,
  replicationLag: tuning,
  authenticationFailures: tuning,
  authorizationFailures: tuning,
  trafficManagement: tuning,
  durabilityLag: tuning,
  failedCommands: tuning,
  evictions: tuning,
  connections: tuning,
  freeMemory: tuning,
  nodes: tuning,
  networkAllowances: tuning,
  cpuCredits: tuning,
  hitRate: tuning,
};

/** The `alarms` of a cluster or of a session store. */
export const alarms = prop(someOf(ALARM_PROPS, true), someOf(ALARM_PROPS, false), (world, plain) => propsFrom(ALARM_PROPS, world, plain));
