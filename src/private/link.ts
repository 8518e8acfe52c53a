import { IConnectable } from 'aws-cdk-lib/aws-ec2';
import { ContainerDefinition } from 'aws-cdk-lib/aws-ecs';
import { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { errorOf } from './enforce';

/** What a store offers to its clients. */
export interface LinkTarget extends IConstruct, IConnectable {
  /** The variables that a client reads. */
  environmentVariables(prefix?: string): { [name: string]: string };
}

/** The prefixes that clients have been given, and by which store. */
const PREFIXES = new WeakMap<IConstruct, Map<string, IConstruct>>();

interface Client {
  readonly construct: IConstruct;
  readonly peer: IConnectable;
  readonly grantee: IGrantable;
  readonly addEnvironment: (name: string, value: string) => void;
}

/** Links a function: network, grants and environment, all written on its side. */
export function linkFunction(store: LinkTarget, fn: LambdaFunction, prefix: string, grant: (grantee: IGrantable) => void): void {
  if (!fn.isBoundToVpc) {
    throw errorOf(store, [{
      id: 'link-needs-vpc',
      text: `the function \`${fn.node.path}\` is in no VPC and cannot reach a data store. Give it the \`vpc\` of the store.`,
    }]);
  }
  link(store, prefix, grant, {
    construct: fn,
    peer: fn,
    grantee: fn,
    addEnvironment: (name, value) => fn.addEnvironment(name, value),
  });
}

/** Links a container of a task: network of the service that runs it, grants to the task role, environment of the container. */
export function linkContainer(
  store: LinkTarget, container: ContainerDefinition, peer: IConnectable, prefix: string, grant: (grantee: IGrantable) => void,
): void {
  link(store, prefix, grant, {
    construct: container,
    peer,
    grantee: container.taskDefinition.taskRole,
    addEnvironment: (name, value) => container.addEnvironment(name, value),
  });
}

function link(store: LinkTarget, prefix: string, grant: (grantee: IGrantable) => void, client: Client): void {
  const environment = store.environmentVariables(prefix);
  const prefixes = PREFIXES.get(client.construct) ?? new Map<string, IConstruct>();
  PREFIXES.set(client.construct, prefixes);
  const owner = prefixes.get(prefix);
  if (owner && owner !== store) {
    throw errorOf(store, [{
      id: 'link-prefix-taken',
      text: `the \`prefix\` of a link must be unique on its client: \`${client.construct.node.path}\` has ${prefix} from \`${owner.node.path}\` `
        + '(got it again). Give this link a `prefix` of its own.',
    }]);
  }
  client.peer.connections.allowToDefaultPort(store);
  if (owner === store) return;
  prefixes.set(prefix, store);
  grant(client.grantee);
  for (const [name, value] of Object.entries(environment)) client.addEnvironment(name, value);
}
