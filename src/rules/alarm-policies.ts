import { at } from './alarm-metrics';
import { isUnknown, PropertyValue } from './rule';
import { asText, isAbsent } from './values';

/** Who a policy of a resource lets in, as far as that can be told from the policy alone. */

/** Whether an AWS account that is let in may stand for a service: an alarm publishes to a topic for its account, but uses a key for itself. */
export interface PolicyReading { readonly accountsMayServe: boolean }

/** Whether the service may take an action: false only where no statement can be meant. */
export function mayTake(action: string, service: string, document: PropertyValue, { accountsMayServe }: PolicyReading): boolean {
  const statements = at(document, 'Statement');
  return isUnreadable(document) || isUnknown(statements)
    || listOf(statements).some((statement) => isUnknown(statement) || (asText(at(statement, 'Effect')) !== 'Deny'
      && admits(statement, service, accountsMayServe) && covers(statement, action)));
}

/** What is no object may be text that only the service reads. */
function isUnreadable(document: PropertyValue): boolean {
  return isUnknown(document) || typeof document === 'string';
}

function admits(statement: PropertyValue, service: string, accountsMayServe: boolean): boolean {
  const principal = at(statement, 'Principal');
  const accounts = at(principal, 'AWS');
  return isAbsent(principal) || isUnknown(principal) || asText(principal) === '*'
    || (accountsMayServe ? !isAbsent(accounts) : listOf(accounts).some((account) => asText(account) === '*'))
    || listOf(at(principal, 'Service')).some((name) => isUnknown(name) || asText(name) === service);
}

/** A statement without actions names those that it does not mean. */
function covers(statement: PropertyValue, action: string): boolean {
  const actions = at(statement, 'Action');
  return isAbsent(actions) || listOf(actions).some((pattern) => isUnknown(pattern) || matches(asText(pattern) ?? '', action));
}

/** Actions are compared without case; `*` stands for any text, `?` for one character. */
function matches(pattern: string, action: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${escaped}$`, 'i').test(action);
}

/** Policies write a list of one as the element itself. */
function listOf(value: PropertyValue): PropertyValue[] {
  return isAbsent(value) ? [] : Array.isArray(value) ? value : [value];
}
