import { Duration } from 'aws-cdk-lib';
import { IAlarmAction, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AlarmSeverity, AlarmTuning, MemcachedAlarmOptions, RedisAlarmOptions } from 'cdk-data-tier';
import fc from 'fast-check';
import { asIs, durationOf, later, number, Prop, prop, Props, propsFrom, someOf, Span } from './prop';

/** What alarms are told. */

const constant = fc.constantFrom;

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

const POOL_ALARMS: Props<MemcachedAlarmOptions> = {
  enabled: asIs([true, false]),
  complete: asIs([true, false]),
  actions,
  criticalActions: actions,
  okActions: actions,
  cpu: tuning,
  evictions: tuning,
  connections: tuning,
  freeMemory: tuning,
  nodes: tuning,
  networkAllowances: tuning,
  cpuCredits: tuning,
  hitRate: tuning,
};

const CLUSTER_ALARMS: Props<RedisAlarmOptions> = {
  ...POOL_ALARMS,
  engineCpu: tuning,
  memory: tuning,
  capacity: tuning,
  replicationLag: tuning,
  authenticationFailures: tuning,
  authorizationFailures: tuning,
  trafficManagement: tuning,
  durabilityLag: tuning,
  failedCommands: tuning,
};

function alarmsFrom<Options extends object>(options: Props<Options>): Prop<Partial<Options>> {
  return prop(someOf(options, true), someOf(options, false), (world, plain) => propsFrom(options, world, plain));
}

/** The `alarms` of a cluster or of a session store, and those of a pool. */
export const clusterAlarms = alarmsFrom(CLUSTER_ALARMS);
export const poolAlarms = alarmsFrom(POOL_ALARMS);
