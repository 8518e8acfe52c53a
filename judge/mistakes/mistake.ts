import { CfnCacheClusterProps, CfnReplicationGroupProps } from 'aws-cdk-lib/aws-elasticache';
import { MemcachedPoolProps, RedisClusterProps, SessionStoreProps } from 'cdk-data-tier';
import { World } from '../programs/world';

/** Something that a user could really do, and who must notice it. */
export type Mistake = ConstructMistake | TemplateMistake | CompilerMistake | JudgedMistake;

/** Made with a construct of this library, which says so by an error or a warning of a rule. */
export interface ConstructMistake {
  readonly name: string;
  readonly make: (world: World) => void;
  readonly rule: string;
}

/** Made with the L1s of aws-cdk-lib, and reported by `DataTierValidations` under a rule. */
export interface TemplateMistake {
  readonly name: string;
  readonly resources: (world: World) => void;
  readonly validation: string;
}

/** A line of TypeScript in a program that has the `vpc`, a `stack` and everything of the library in scope; the compiler refuses it. */
export interface CompilerMistake {
  readonly name: string;
  readonly line: string;
  readonly error: number;
}

/** What this library leaves to others: a finding of one of the judges. */
export interface JudgedMistake {
  readonly name: string;
  readonly template: (world: World) => void;
  readonly judge: string;
  readonly finding: string;
}

export type ClusterProps = Partial<RedisClusterProps>;
export type StoreProps = Partial<SessionStoreProps>;
export type PoolProps = Partial<MemcachedPoolProps>;
export type CacheClusterProps = Partial<CfnCacheClusterProps>;
export type GroupProps = Partial<CfnReplicationGroupProps>;
