import { mayBeSecondary, offers } from './engine';
import { addressRules, REPLICATION_GROUP_KIND } from './node-based';
import { CACHE_USER, REPLICATION_GROUP, USER_GROUP } from './resource-types';
import { Properties, rulesOf, valueAt } from './rule';
import { asList, asText, asWord, isAbsent, isGiven, isOneOf, isTrue, mayBeGiven } from './values';
import { AUTH_TOKEN_LENGTH, DEFAULT_PORT, TRANSIT_ENCRYPTION_MODES, USER_GROUPS_PER_REPLICATION_GROUP } from '../facts/elasticache-limits';

const CREATE = 'ElastiCache API Reference, CreateReplicationGroup';
const AUTH = 'ElastiCache User Guide, "Authenticating with the AUTH command" (auth)';
const RBAC = 'ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC)';
const IN_TRANSIT = 'ElastiCache User Guide, "In-transit encryption" (in-transit-encryption)';
const IN_TRANSIT_STEPS = 'ElastiCache User Guide, "Enabling in-transit encryption" (in-transit-encryption-enable)';
const IAM = 'ElastiCache User Guide, "Authenticating with IAM" (auth-iam)';
const PREFERRED_REFUSED = 'Seen to be refused at deployment (github.com/cloudposse/terraform-aws-elasticache-redis/issues/239)';
const AT_REST = 'ElastiCache User Guide, "At-rest encryption" (at-rest-encryption)';

/** Whether data is encrypted at rest: Valkey encrypts unless told otherwise, Redis OSS does not. */
function isEncryptedAtRest(p: Properties): boolean {
  return isTrue(p.AtRestEncryptionEnabled) || (isAbsent(p.AtRestEncryptionEnabled) && (asWord(p.Engine) === 'valkey' || mayBeSecondary(p)));
}

/** Whether data is encrypted in transit. */
function isEncryptedInTransit(p: Properties): boolean {
  return isTrue(p.TransitEncryptionEnabled) || (isAbsent(p.TransitEncryptionEnabled) && mayBeSecondary(p));
}

/** Encryption, authentication and network access of a replication group. */
export const replicationGroupSecurityRules = rulesOf(REPLICATION_GROUP, [
  {
    id: 'valkey-tls-explicit',
    severity: 'error',
    source: 'aws-cloudformation/cfn-lint, aws_elasticache_replicationgroup/transitencryptionenabled_valkey.json',
    reads: ['Engine', 'TransitEncryptionEnabled'],
    text: 'Valkey needs in-transit encryption to be stated, on or off: {Engine}, {TransitEncryptionEnabled}.',
    remedy: 'Turn {TransitEncryptionEnabled} on.',
    holds: (p) => asWord(p.Engine) !== 'valkey' || !isAbsent(p.TransitEncryptionEnabled),
  },
  {
    id: 'no-tls',
    severity: 'warning',
    source: `${IN_TRANSIT}; Security Hub ElastiCache.5`,
    reads: ['TransitEncryptionEnabled'],
    text: 'Without in-transit encryption data and passwords cross the network in the clear: {TransitEncryptionEnabled}.',
    remedy: 'Turn {TransitEncryptionEnabled} on.',
    holds: isEncryptedInTransit,
  },
  {
    id: 'tls-mode-word',
    severity: 'error',
    source: `${CREATE} (TransitEncryptionMode)`,
    reads: ['TransitEncryptionMode'],
    text: `The mode of in-transit encryption is ${TRANSIT_ENCRYPTION_MODES.join(' or ')}: {TransitEncryptionMode}.`,
    remedy: 'Set {TransitEncryptionMode} to one of them.',
    holds: (p) => isOneOf(p.TransitEncryptionMode, TRANSIT_ENCRYPTION_MODES),
  },
  {
    id: 'tls-mode-without-tls',
    severity: 'warning',
    source: IN_TRANSIT_STEPS,
    reads: ['TransitEncryptionEnabled'],
    text: 'A mode of in-transit encryption has no effect while that is off: {TransitEncryptionMode:name} is set, {TransitEncryptionEnabled}.',
    remedy: 'Turn {TransitEncryptionEnabled} on, or leave {TransitEncryptionMode} out.',
    holds: (p) => !isGiven(p.TransitEncryptionMode) || isEncryptedInTransit(p),
  },
  {
    id: 'tls-preferred',
    severity: 'warning',
    source: IN_TRANSIT_STEPS,
    reads: ['TransitEncryptionMode'],
    text: 'Clients may still connect without encryption: {TransitEncryptionMode}.',
    remedy: 'Set {TransitEncryptionMode} to required once every client encrypts.',
    holds: (p) => asWord(p.TransitEncryptionMode) !== 'preferred',
  },
  {
    id: 'tls-preferred-engine-version',
    severity: 'error',
    source: IN_TRANSIT_STEPS,
    reads: ['TransitEncryptionMode', 'Engine', 'EngineVersion'],
    text: 'Encrypted and plain connections side by side need Redis OSS 7.0 or later, or Valkey: {TransitEncryptionMode}, {EngineVersion}.',
    remedy: 'Raise {EngineVersion}, or leave {TransitEncryptionMode} out.',
    holds: (p) => asWord(p.TransitEncryptionMode) !== 'preferred' || offers(p, 'tlsInPlace'),
  },
  {
    id: 'tls-preferred-with-users',
    severity: 'error',
    source: PREFERRED_REFUSED,
    reads: ['TransitEncryptionMode', 'UserGroupIds[]'],
    text: 'Users need every connection encrypted: {TransitEncryptionMode} beside {UserGroupIds:name}.',
    remedy: 'Set {TransitEncryptionMode} to required, or do without users in {UserGroupIds} until it is.',
    holds: (p) => asWord(p.TransitEncryptionMode) !== 'preferred' || !isGiven(p.UserGroupIds),
  },
  {
    id: 'tls-preferred-with-token',
    severity: 'error',
    source: PREFERRED_REFUSED,
    reads: ['TransitEncryptionMode'],
    text: 'An AUTH token needs every connection encrypted: {TransitEncryptionMode} beside {AuthToken:name}.',
    remedy: 'Set {TransitEncryptionMode} to required.',
    holds: (p) => asWord(p.TransitEncryptionMode) !== 'preferred' || !isGiven(p.AuthToken),
  },
  {
    id: 'user-group-needs-tls',
    severity: 'error',
    source: RBAC,
    reads: ['UserGroupIds[]', 'TransitEncryptionEnabled'],
    text: 'Users need in-transit encryption: {UserGroupIds}, {TransitEncryptionEnabled}.',
    remedy: 'Turn {TransitEncryptionEnabled} on.',
    holds: (p) => !isGiven(p.UserGroupIds) || isEncryptedInTransit(p),
  },
  {
    id: 'one-user-group',
    severity: 'warning',
    source: RBAC,
    reads: ['UserGroupIds[]'],
    text: `A replication group is given ${USER_GROUPS_PER_REPLICATION_GROUP} user group: {UserGroupIds}.`,
    remedy: 'Put all users into one group and name it alone in {UserGroupIds}.',
    holds: (p) => asList(p.UserGroupIds).length <= USER_GROUPS_PER_REPLICATION_GROUP,
  },
  {
    id: 'user-group-engine-version',
    severity: 'error',
    source: RBAC,
    reads: ['UserGroupIds[]', 'Engine', 'EngineVersion'],
    text: 'Users need Redis OSS 6.0 or later, or Valkey: {EngineVersion}.',
    remedy: 'Raise {EngineVersion}, or do without users in {UserGroupIds}.',
    holds: (p) => !isGiven(p.UserGroupIds) || offers(p, 'accessControl'),
  },
  {
    id: 'user-group-engine-match',
    severity: 'error',
    source: RBAC,
    reads: ['Engine'],
    text: 'A user group of engine valkey attaches to Valkey only: {Engine}.',
    remedy: 'Give {UserGroupIds} a group of engine redis, which attaches to both.',
    holds: (p, { behind }) => asWord(p.Engine) !== 'redis'
      || !behind?.('UserGroupIds').some(({ type, properties }) => type === USER_GROUP && asWord(properties.Engine) === 'valkey'),
  },
  {
    id: 'iam-user-engine-version',
    severity: 'error',
    source: IAM,
    reads: ['Engine', 'EngineVersion'],
    text: 'Users that log in by IAM need Redis OSS 7.0 or later, or Valkey: {EngineVersion}, and a user of {UserGroupIds:name} does.',
    remedy: 'Raise {EngineVersion}, or give the user of {UserGroupIds} a password.',
    holds: (p, { behind }) => offers(p, 'iamAuthentication') || !behind?.('UserGroupIds').some(({ type, properties }) =>
      type === CACHE_USER && asWord(valueAt(properties, 'AuthenticationMode.Type')) === 'iam'),
  },
  {
    id: 'auth-token-needs-tls',
    severity: 'error',
    source: AUTH,
    reads: ['TransitEncryptionEnabled'],
    text: 'An AUTH token needs in-transit encryption: {AuthToken:name} is set, {TransitEncryptionEnabled}.',
    remedy: 'Turn {TransitEncryptionEnabled} on.',
    holds: (p) => !isGiven(p.AuthToken) || isEncryptedInTransit(p),
  },
  {
    id: 'auth-token-or-users',
    severity: 'error',
    source: AUTH,
    reads: [],
    text: 'A replication group authenticates by an AUTH token or by users, not both: {AuthToken:name} and {UserGroupIds:name} are set.',
    remedy: 'Keep {UserGroupIds} and leave {AuthToken} out.',
    holds: (p) => !isGiven(p.AuthToken) || !isGiven(p.UserGroupIds),
  },
  {
    id: 'auth-token-length',
    severity: 'error',
    source: AUTH,
    reads: ['AuthToken'],
    text: `An AUTH token has ${AUTH_TOKEN_LENGTH.min} to ${AUTH_TOKEN_LENGTH.max} characters: {AuthToken:name} has not.`,
    remedy: 'Generate {AuthToken} with a length in that range.',
    holds: ({ AuthToken: token }) => {
      const { length } = asText(token) ?? '';
      return isAbsent(token) || (length >= AUTH_TOKEN_LENGTH.min && length <= AUTH_TOKEN_LENGTH.max);
    },
  },
  {
    id: 'auth-token-characters',
    severity: 'warning',
    source: AUTH,
    reads: ['AuthToken'],
    text: 'An AUTH token has letters, digits and ! & # $ ^ < > - only: {AuthToken:name} has others.',
    remedy: 'Generate {AuthToken} without other characters.',
    holds: (p) => /^[a-zA-Z0-9!&#$^<>-]*$/.test(asText(p.AuthToken) ?? ''),
  },
  {
    id: 'no-authentication',
    severity: 'warning',
    source: RBAC,
    reads: [],
    text: 'Every client that reaches the port may do everything: {UserGroupIds:name} names no users, and there is no AUTH token.',
    remedy: 'Give the group users by {UserGroupIds}.',
    holds: (p) => mayBeGiven(p.UserGroupIds) || mayBeGiven(p.AuthToken),
  },
  {
    id: 'no-at-rest-encryption',
    severity: 'warning',
    source: `${AT_REST}; Security Hub ElastiCache.4`,
    reads: ['AtRestEncryptionEnabled', 'Engine'],
    text: 'Data and backups are not encrypted at rest, and a later change replaces the group: {AtRestEncryptionEnabled}.',
    remedy: 'Turn {AtRestEncryptionEnabled} on.',
    holds: isEncryptedAtRest,
  },
  {
    id: 'kms-key-without-encryption',
    severity: 'error',
    source: AT_REST,
    reads: ['AtRestEncryptionEnabled', 'Engine'],
    text: 'A KMS key needs at-rest encryption: {KmsKeyId:name} is set, {AtRestEncryptionEnabled}.',
    remedy: 'Turn {AtRestEncryptionEnabled} on, or leave {KmsKeyId} out.',
    holds: (p) => !isGiven(p.KmsKeyId) || isEncryptedAtRest(p),
  },
  ...addressRules(REPLICATION_GROUP_KIND, DEFAULT_PORT),
]);
