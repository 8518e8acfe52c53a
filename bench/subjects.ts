import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/** What is measured. */
export const SUBJECTS = ['RedisCluster, cluster mode disabled', 'RedisCluster, cluster mode enabled', 'SessionStore', 'MemcachedPool'] as const;

/** Ways to write the same thing. */
export const WAYS = ['library', 'by-hand'] as const;

export type Way = typeof WAYS[number];

/** How one way makes every subject. */
export type Makers = { readonly [subject in typeof SUBJECTS[number]]: Maker };

export type Maker = (scope: Construct, id: string, vpc: IVpc) => void;
