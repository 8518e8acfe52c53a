import { isUserGroupId } from './names';
import { CACHE_USER, USER_GROUP } from './resource-types';
import { Properties, rulesOf, Surroundings, valueAt } from './rule';
import { areDistinct, asList, asText, asWord, isAbsent, isOneOf, isTrue, knownTexts } from './values';
import { USER_ID_MAX_LENGTH, USERS_PER_USER_GROUP } from '../facts/elasticache-limits';

const CREATE = 'ElastiCache API Reference, CreateUserGroup';
const RBAC = 'ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC)';
/** The user that every account has is called so by id and by name. */
const DEFAULT = 'default';

/** What is known of one property of the users that are referred to. */
function referenced(property: string, { behind }: Surroundings): string[] {
  return (behind?.('UserIds') ?? []).filter(({ type }) => type === CACHE_USER).flatMap(({ properties }) => asText(properties[property]) ?? []);
}

/** The ids of the users, as far as they are known, as ElastiCache compares them. */
function userIds(p: Properties, around: Surroundings): string[] {
  return [...knownTexts(p.UserIds), ...referenced('UserId', around)].map((id) => id.toLowerCase());
}

/** The names of the users, as far as they are known. */
function userNames(p: Properties, around: Surroundings): string[] {
  return [...knownTexts(p.UserIds).filter((id) => id.toLowerCase() === DEFAULT).map(() => DEFAULT), ...referenced('UserName', around)];
}

/** What `AWS::ElastiCache::UserGroup` accepts. */
export const userGroupRules = rulesOf(USER_GROUP, [
  {
    id: 'user-group-id',
    severity: 'error',
    source: `${CREATE} (UserGroupId); longer ids were seen to be refused (github.com/aws/aws-cdk/pull/36459)`,
    reads: ['UserGroupId'],
    text: `A user group id has 1 to ${USER_ID_MAX_LENGTH} letters, digits and hyphens and begins with a letter: {UserGroupId}.`,
    remedy: 'Change {UserGroupId}.',
    holds: (p) => isUserGroupId(asText(p.UserGroupId) ?? ''),
  },
  {
    id: 'user-group-engine',
    severity: 'error',
    source: `${CREATE} (Engine)`,
    reads: ['Engine'],
    text: 'The engine of a user group is redis or valkey: {Engine}.',
    remedy: 'Set {Engine} to redis or valkey.',
    holds: (p) => !isAbsent(p.Engine) && isOneOf(p.Engine, ['redis', 'valkey']),
  },
  {
    id: 'user-group-default-user',
    severity: 'error',
    source: `${RBAC}; refused as DefaultUserRequired`,
    reads: ['Engine', 'UserIds[]'],
    text: 'A user group of engine redis needs a user whose name is default: {UserIds}.',
    remedy: 'Add a user of that name to {UserIds}, switched off by the access string "off ~* -@all".',
    holds: (p, around) => {
      const names = userNames(p, around);
      return asWord(p.Engine) !== 'redis' || names.length < asList(p.UserIds).length || names.includes(DEFAULT);
    },
  },
  {
    id: 'user-group-duplicates',
    severity: 'error',
    source: RBAC,
    reads: ['UserIds[]'],
    text: 'No two users of a group have the same id or the same name: {UserIds}.',
    remedy: 'Keep one of them in {UserIds}.',
    holds: (p, around) => areDistinct(userIds(p, around)) && areDistinct(userNames(p, around)),
  },
  {
    id: 'user-group-no-password',
    severity: 'warning',
    source: RBAC,
    reads: ['Engine'],
    text: 'The users of a group of engine valkey have passwords or log in by IAM, and one of {UserIds:name} does neither: {Engine}.',
    remedy: 'Give every user of {UserIds} a password or IAM, or set {Engine} to redis.',
    holds: (p, { behind }) => asWord(p.Engine) !== 'valkey' || !behind?.('UserIds').some(({ type, properties }) => type === CACHE_USER
      && (isTrue(properties.NoPasswordRequired) || asWord(valueAt(properties, 'AuthenticationMode.Type')) === 'no-password-required')),
  },
  {
    id: 'user-group-quota',
    severity: 'warning',
    source: 'ElastiCache User Guide, "Quotas" (quota-limits)',
    reads: ['UserIds[]'],
    text: `More than ${USERS_PER_USER_GROUP} users need a higher quota: {UserIds}.`,
    remedy: 'Put fewer users into {UserIds}, or have the quota raised.',
    holds: (p) => asList(p.UserIds).length <= USERS_PER_USER_GROUP,
  },
]);
