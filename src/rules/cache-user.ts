import { isUserId } from './names';
import { CACHE_USER } from './resource-types';
import { isUnknown, Properties, Rule, rulesOf, valueAt } from './rule';
import { asList, asText, asWord, isAbsent, isGiven, isOneOf, isTrue, knownTexts, mayBeGiven } from './values';
import { PASSWORD_FORBIDDEN, PASSWORDS_PER_USER, USER_PASSWORD_LENGTH } from '../facts/elasticache-limits';

const CREATE = 'ElastiCache API Reference, CreateUser';
const RBAC = 'ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC)';
const IAM = 'ElastiCache User Guide, "Authenticating with IAM" (auth-iam)';
const TYPE = 'AuthenticationMode.Type';

/** redis.io, "ACL SETUSER": the words without a sign in front; which of them ElastiCache refuses, other rules say. */
const ACCESS_WORDS = [
  'on', 'off', 'allkeys', 'allchannels', 'allcommands', 'nocommands', 'nopass', 'reset', 'resetkeys', 'resetchannels', 'resetpass', 'clearselectors',
  'sanitize-payload', 'skip-sanitize-payload',
];

/** The words of the access string, lower case; undefined entries of a template read as none. */
function accessWords(p: Properties): string[] {
  return (asWord(p.AccessString) ?? '').split(/\s+/);
}

/** Whether the access string lets nobody log in as this user. */
function isSwitchedOff(p: Properties): boolean {
  return !isUnknown(p.AccessString) && !accessWords(p).includes('on');
}

/** Passwords can be written in two places, which are judged alike; their values are never shown. */
function passwordRules(id: string, path: string): Omit<Rule, 'type'>[] {
  return [
    {
      id: `${id}-count`,
      severity: 'error',
      source: RBAC,
      reads: [`${path}[]`],
      text: `A user has at most ${PASSWORDS_PER_USER} passwords: {${path}:name} has more.`,
      remedy: `Keep the current and the next one in {${path}}.`,
      holds: (p) => asList(valueAt(p, path)).length <= PASSWORDS_PER_USER,
    },
    {
      id: `${id}-length`,
      severity: 'error',
      source: RBAC,
      reads: [`${path}[]`],
      text: `A password has ${USER_PASSWORD_LENGTH.min} to ${USER_PASSWORD_LENGTH.max} characters: one of {${path}:name} has not.`,
      remedy: `Generate {${path}} with a length in that range.`,
      holds: (p) => knownTexts(valueAt(p, path)).every(({ length }) => length >= USER_PASSWORD_LENGTH.min && length <= USER_PASSWORD_LENGTH.max),
    },
    {
      id: `${id}-characters`,
      severity: 'warning',
      source: RBAC,
      reads: [`${path}[]`],
      text: `A password has none of ${PASSWORD_FORBIDDEN.join(' ')} and no blanks: one of {${path}:name} has.`,
      remedy: `Generate {${path}} without these characters.`,
      holds: (p) => knownTexts(valueAt(p, path)).every((password) => /^[!-~]*$/.test(password)
        && !PASSWORD_FORBIDDEN.some((character) => password.includes(character))),
    },
  ];
}

/** What `AWS::ElastiCache::User` accepts. */
export const cacheUserRules = rulesOf(CACHE_USER, [
  {
    id: 'user-id',
    severity: 'error',
    source: `${CREATE} (UserId)`,
    reads: ['UserId'],
    text: 'A user id has letters, digits and hyphens and begins with a letter: {UserId}.',
    remedy: 'Change {UserId}.',
    holds: (p) => isUserId(asText(p.UserId) ?? ''),
  },
  {
    id: 'user-name',
    severity: 'error',
    source: `${CREATE} (UserName)`,
    reads: ['UserName'],
    text: 'A user needs a name: {UserName}.',
    remedy: 'Give {UserName} at least one character.',
    holds: (p) => (asText(p.UserName) ?? '') !== '',
  },
  {
    id: 'user-engine',
    severity: 'error',
    source: `${CREATE} (Engine)`,
    reads: ['Engine'],
    text: 'The engine of a user is redis or valkey: {Engine}.',
    remedy: 'Set {Engine} to redis or valkey.',
    holds: (p) => !isAbsent(p.Engine) && isOneOf(p.Engine, ['redis', 'valkey']),
  },
  {
    id: 'access-string-missing',
    severity: 'error',
    source: 'awsdocs/aws-cloudformation-user-guide 929: deployment ends in an internal error without it',
    reads: ['AccessString'],
    text: 'A user needs an access string: {AccessString:name} is not set.',
    remedy: 'Set {AccessString}, for example to "on ~app:* +@read".',
    holds: (p) => (asText(p.AccessString) ?? '').trim() !== '',
  },
  {
    id: 'access-string-password',
    severity: 'error',
    source: RBAC,
    reads: ['AccessString'],
    text: 'An access string holds no passwords: {AccessString:name} has a word that begins with > < # or !, or the word nopass.',
    remedy: 'Give the user its passwords by {AuthenticationMode}.',
    holds: (p) => !accessWords(p).some((word) => /^([><#!]|nopass$)/.test(word)),
  },
  {
    id: 'access-string-reset',
    severity: 'error',
    source: RBAC,
    reads: ['AccessString'],
    text: 'An access string cannot say reset: {AccessString:name} does.',
    remedy: 'Leave reset out of {AccessString}: every user begins with no rights.',
    holds: (p) => !accessWords(p).includes('reset'),
  },
  {
    id: 'access-string-partial-reset',
    severity: 'warning',
    source: 'cdk-preflight 0.0.143, pf-elasticache-user-access-string: refused by CreateUser on 2026-09-06',
    reads: ['AccessString'],
    text: 'CreateUser has refused the words resetkeys, resetchannels and resetpass: {AccessString:name} has one.',
    remedy: 'Leave them out of {AccessString}: every user begins with no rights.',
    holds: (p) => !accessWords(p).some((word) => ['resetkeys', 'resetchannels', 'resetpass'].includes(word)),
  },
  {
    id: 'access-string-word',
    severity: 'error',
    source: 'Seen to be refused by CreateUser: "The access-string is invalid." (cdk-preflight, pf-elasticache-user-access-string)',
    reads: ['AccessString'],
    text: 'Every word of an access string is a state, or begins with ~ % & + or -: {AccessString:name} has another one.',
    remedy: 'Write keys as ~pattern in {AccessString}, a command as +get, and neither with blanks.',
    holds: (p) => accessWords(p).every((word) => /^$|^[~%&+\-()><#!]/.test(word) || ACCESS_WORDS.includes(word.replace(/\)+$/, ''))),
  },
  {
    id: 'access-string-state',
    severity: 'warning',
    source: RBAC,
    reads: ['AccessString'],
    text: 'A user whose access string says neither on nor off is off: {AccessString:name}.',
    remedy: 'Begin {AccessString} with on or off.',
    holds: (p) => isAbsent(p.AccessString) || accessWords(p).some((word) => word === 'on' || word === 'off'),
  },
  {
    id: 'authentication-missing',
    severity: 'error',
    source: `${CREATE}; refused as "No password was provided"`,
    reads: ['NoPasswordRequired'],
    text: 'A user needs a password, IAM, or leave to do without: none of {AuthenticationMode:name}, {Passwords:name} and {NoPasswordRequired:name} is set.',
    remedy: 'Set {AuthenticationMode}.',
    holds: (p) => mayBeGiven(p.AuthenticationMode) || mayBeGiven(p.Passwords) || isTrue(p.NoPasswordRequired),
  },
  {
    id: 'authentication-type',
    severity: 'error',
    source: `${CREATE} (AuthenticationMode)`,
    reads: [TYPE],
    text: `The type of authentication is password, iam or no-password-required: {${TYPE}}.`,
    remedy: `Set {${TYPE}} to one of the three.`,
    holds: (p) => isAbsent(p.AuthenticationMode)
      || ['password', 'iam', 'no-password-required'].includes(asWord(valueAt(p, TYPE)) ?? ''),
  },
  {
    id: 'iam-user-name',
    severity: 'error',
    source: IAM,
    reads: [TYPE, 'UserId', 'UserName'],
    text: 'With IAM authentication the id and the name of a user are the same: {UserId}, {UserName}.',
    remedy: 'Set {UserName} to the value of {UserId}.',
    holds: (p) => asWord(valueAt(p, TYPE)) !== 'iam' || asWord(p.UserId) === asWord(p.UserName),
  },
  {
    id: 'no-password-required',
    severity: 'warning',
    source: RBAC,
    reads: ['NoPasswordRequired', TYPE],
    text: 'Whoever reaches the port may log in as this user without a password: {NoPasswordRequired:name}.',
    remedy: 'Choose a password or IAM by {AuthenticationMode}, or switch the user off in {AccessString}.',
    holds: (p) => isSwitchedOff(p) || !(isTrue(p.NoPasswordRequired) || asWord(valueAt(p, TYPE)) === 'no-password-required'),
  },
  {
    id: 'passwords-without-effect',
    severity: 'warning',
    source: `${CREATE} (Passwords, AuthenticationMode)`,
    reads: ['Passwords[]', 'NoPasswordRequired'],
    text: 'Passwords and no password required exclude each other: {Passwords:name} and {NoPasswordRequired:name} are set.',
    remedy: 'Leave {NoPasswordRequired} out.',
    holds: (p) => !(isGiven(p.Passwords) && isTrue(p.NoPasswordRequired)),
  },
  ...passwordRules('passwords', 'Passwords'),
  ...passwordRules('authentication-passwords', 'AuthenticationMode.Passwords'),
]);
