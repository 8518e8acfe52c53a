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
}

/** Ratios of times. */
export interface Goals {
  readonly construct?: number;
  readonly synth?: number;
  readonly synthPerResource?: number;
}

export const COMPARISONS: readonly Comparison[] = [
  { ways: ['library', 'by-hand'], goals: { construct: 1.5, synth: 1.15 } },
  // There are two or three times as many resources with alarms; each of them may take what others take.
  { ways: ['with-alarms', 'library'], goals: { synthPerResource: 1.25 } },
];

/** How one way makes every subject. */
export type Makers = { readonly [subject in typeof SUBJECTS[number]]: Maker };

export type Maker = (scope: Construct, id: string, vpc: IVpc) => void;
