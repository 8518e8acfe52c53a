import { CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** What a removal policy of a store means for what stands around it. */
export interface Removal {
  /** For the store itself. */
  readonly store: RemovalPolicy;
  /** For the key, without which a snapshot is lost, and for the logs. */
  readonly keyAndLogs: RemovalPolicy;
  /** For what a store that is kept goes on using: CloudFormation could not delete it. Undefined when it goes with the store. */
  readonly attachments?: RemovalPolicy;
}

/** Spreads the removal policy of a store. */
export function removalOf(policy: RemovalPolicy): Removal {
  const kept = policy === RemovalPolicy.RETAIN || policy === RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
  return {
    store: policy,
    // What a failed creation has made is of no use to anybody.
    keyAndLogs: policy === RemovalPolicy.SNAPSHOT ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : policy,
    attachments: kept ? policy : undefined,
  };
}

/** Applies a policy, where there is one, to the CloudFormation resources of the given constructs. */
export function applyRemoval(policy: RemovalPolicy | undefined, constructs: readonly (IConstruct | undefined)[]): void {
  if (policy === undefined) return;
  for (const resource of constructs.flatMap(construct => construct?.node.findAll() ?? [])) {
    if (CfnResource.isCfnResource(resource)) resource.applyRemovalPolicy(policy);
  }
}
