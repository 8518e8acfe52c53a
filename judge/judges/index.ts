import { cdkValidation } from './cdk-validation';
import { cfnLint } from './cfn-lint';
import { Judge } from './judge';
import { awsSolutions, nist } from './nag';
import { partition } from './partition';
import { preflight } from './preflight';

export type { Finding, Judge } from './judge';

/** All judges, in the order in which they are asked: one after the other, because an engine takes a gigabyte of memory. */
export const JUDGES: readonly Judge[] = [cdkValidation, preflight, awsSolutions, nist, cfnLint, partition];
