import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/** What is measured. */
export const SUBJECTS = ['RedisCluster, cluster mode disabled', 'RedisCluster, cluster mode enabled', 'SessionStore', 'MemcachedPool'] as const;

/** Ways to make a subject. */
export type Way = 'with-alarms' | 'library' | 'by-hand';

/** Two ways side by side, and how much more the first may take. */
export interface Comparison {
  readonly ways: readonly [measured: Way, beside: Way];
  readonly goals: Goals;
  readonly subjects: readonly (typeof SUBJECTS[number])[];
  readonly counts: readonly number[];
  /** Whether synthesis is what users see, with aws-cdk-lib's checks of every template, which take seconds and hide what the two ways take. */
  readonly checked: boolean;
}

/** Ratios of times; what has none is shown only. */
export interface Goals {
  readonly construct?: number;
  readonly synth?: number;
}

const WATCHED = ['RedisCluster, cluster mode disabled', 'MemcachedPool'] as const;

export const COMPARISONS: readonly Comparison[] = [
  { ways: ['library', 'by-hand'], goals: { construct: 1.5, synth: 1.15 }, subjects: SUBJECTS, counts: [1, 10, 50], checked: false },
  { ways: ['with-alarms', 'library'], goals: { synth: 1.25 }, subjects: WATCHED, counts: [1], checked: true },
  // Alarms are two or three times as many resources, which many caches cannot hide.
  { ways: ['with-alarms', 'library'], goals: {}, subjects: WATCHED, counts: [10, 50], checked: false },
];

/** How one way makes every subject. */
export type Makers = { readonly [subject in typeof SUBJECTS[number]]: Maker };

export type Maker = (scope: Construct, id: string, vpc: IVpc) => void;
