import { Annotations } from 'aws-cdk-lib';
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

/** Where a client has one of its variables from. */
interface Origin {
  readonly store: IConstruct;
  readonly prefix: string;
}

/** The variables that clients have been given. */
const GIVEN = new WeakMap<IConstruct, Map<string, Origin>>();

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
      text: `the function \`${fn.node.path}\` must be in a VPC to reach a data store (got none). Give it the \`vpc\` of the store.`,
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
  const given = GIVEN.get(client.construct) ?? new Map<string, Origin>();
  GIVEN.set(client.construct, given);
  // Different prefixes can clash as well: REDIS has a variable REDIS_READER_HOST, and so has REDIS_READER.
  const taken = Object.keys(environment).find(name => given.has(name) && !isFrom(given.get(name), store, prefix));
  if (taken !== undefined) {
    throw errorOf(store, [{
      id: 'link-prefix-taken',
      text: `the \`prefix\` of a link must be unique on its client: \`${client.construct.node.path}\` has ${taken} from `
        + `\`${given.get(taken)?.store.node.path}\` (got the prefix ${prefix}). Give this link a \`prefix\` of its own.`,
    }]);
  }
  open(client.peer, store);
  if (Object.keys(environment).some(name => given.has(name))) return;
  grant(client.grantee);
  for (const [name, value] of Object.entries(environment)) {
    given.set(name, { store, prefix });
    client.addEnvironment(name, value);
  }
}

/** Both rules stand on the client's side, and the one for egress is left out where the client may reach everything, which is no reason to warn. */
function open(peer: IConnectable, store: LinkTarget): void {
  peer.connections.allowToDefaultPort(store);
  for (const securityGroup of peer.connections.securityGroups) Annotations.of(securityGroup).acknowledgeWarning('@aws-cdk/aws-ec2:ipv4IgnoreEgressRule');
}

function isFrom(origin: Origin | undefined, store: IConstruct, prefix: string): boolean {
  return origin?.store === store && origin.prefix === prefix;
}
