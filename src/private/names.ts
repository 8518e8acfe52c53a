import { createHash } from 'crypto';
import { Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

const HASH_LENGTH = 8;

/**
 * A physical name that is known at synthesis and stays as long as stack name and construct path do: CloudFormation then refuses to replace the
 * resource instead of destroying its data. A nested stack, whose own name only CloudFormation knows, is a part of the path.
 *
 * Letters, digits and single hyphens in lower case, beginning with a letter.
 */
export function stableName(scope: IConstruct, maxLength: number): string {
  let stack = Stack.of(scope);
  while (stack.nestedStackParent) stack = stack.nestedStackParent;
  const path = [stack.stackName, ...scope.node.scopes.slice(stack.node.scopes.length).map(({ node }) => node.id)].join('/');
  return hashed(readable(path), path, maxLength);
}

/** A name that was given, as ElastiCache stores it: in lower case. Where none was given, a stable one. */
export function physicalName(scope: IConstruct, given: string | undefined, maxLength: number): string {
  if (given === undefined) return stableName(scope, maxLength);
  return Token.isUnresolved(given) ? given : given.toLowerCase();
}

/** The name of something that belongs to a named resource: its name and a suffix, or a cut and a hash of the two where that is too long. */
export function derivedName(owner: string, suffix: string, maxLength: number): string {
  const name = `${owner}-${(Token.isUnresolved(suffix) ? '' : readable(suffix)) || 'user'}`;
  return Token.isUnresolved(name) || name.length <= maxLength ? name : hashed(name, name, maxLength);
}

function readable(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z0-9]+|-+$/g, '');
}

function hashed(name: string, identity: string, maxLength: number): string {
  const hash = createHash('sha256').update(identity).digest('hex').slice(0, HASH_LENGTH);
  const cut = name.replace(/^[^a-z]+/, '').slice(0, maxLength - HASH_LENGTH - 1).replace(/-+$/, '');
  return cut === '' ? `c${hash}` : `${cut}-${hash}`;
}
