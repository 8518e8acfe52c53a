import { createHash } from 'crypto';
import { Names, Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

const HASH_LENGTH = 8;

/**
 * A physical name that is known at synthesis and stays as long as stack name and construct path do: CloudFormation then refuses to replace the
 * resource instead of destroying its data.
 *
 * Letters, digits and single hyphens in lower case, beginning with a letter.
 */
export function stableName(scope: IConstruct, maxLength: number): string {
  const stack = Stack.of(scope);
  const stackName = Token.isUnresolved(stack.stackName) ? Names.nodeUniqueId(stack.node) : stack.stackName;
  const path = [stackName, ...scope.node.scopes.slice(stack.node.scopes.length).map(({ node }) => node.id)].join('/');
  const hash = createHash('sha256').update(path).digest('hex').slice(0, HASH_LENGTH);
  const readable = path.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+/, '');
  const cut = readable.slice(0, maxLength - HASH_LENGTH - 1).replace(/-+$/, '');
  return cut === '' ? `c${hash}` : `${cut}-${hash}`;
}
