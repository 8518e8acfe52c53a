import { say, testRules } from './cases';
import { replicationGroupSecurityRules } from '../../src/rules/redis-replication-group-security';
import { Surroundings, UNDECIDED, UNKNOWN } from '../../src/rules/rule';

const userGroup = (engine: string, type = 'AWS::ElastiCache::UserGroup'): Surroundings => ({
  behind: (property) => property === 'UserGroupIds' ? [{ type, properties: { Engine: engine } }] : [],
});

const users = (authentication: string, type = 'AWS::ElastiCache::User'): Surroundings => ({
  behind: (property) => property !== 'UserGroupIds' ? [] : [
    { type: 'AWS::ElastiCache::UserGroup', properties: { Engine: 'redis' } },
    { type, properties: { AuthenticationMode: { Type: 'no-password-required' } } },
    { type, properties: { AuthenticationMode: { Type: authentication } } },
  ],
});

const MODE_ALONE = 'A mode of in-transit encryption has no effect while that is off: `TransitEncryptionMode` is set, `TransitEncryptionEnabled` (%). '
  + 'Turn `TransitEncryptionEnabled` on, or leave `TransitEncryptionMode` out.';
const TOKEN_LENGTH = 'An AUTH token has 16 to 128 characters: `AuthToken` has not. Generate `AuthToken` with a length in that range.';
const TOKEN_CHARACTERS = 'An AUTH token has letters, digits and ! & # $ ^ < > - only: `AuthToken` has others. Generate `AuthToken` without other characters.';
const NO_TLS = 'Without in-transit encryption data and passwords cross the network in the clear: `TransitEncryptionEnabled` (%). '
  + 'Turn `TransitEncryptionEnabled` on.';
const USERS_TLS = 'Users need in-transit encryption: `UserGroupIds` (got ["a"]), `TransitEncryptionEnabled` (%). Turn `TransitEncryptionEnabled` on.';
const TOKEN_TLS = 'An AUTH token needs in-transit encryption: `AuthToken` is set, `TransitEncryptionEnabled` (%). Turn `TransitEncryptionEnabled` on.';
const AT_REST = 'Data and backups are not encrypted at rest, and a later change replaces the group: `AtRestEncryptionEnabled` (%). '
  + 'Turn `AtRestEncryptionEnabled` on.';
const KMS = 'A KMS key needs at-rest encryption: `KmsKeyId` is set, `AtRestEncryptionEnabled` (%). '
  + 'Turn `AtRestEncryptionEnabled` on, or leave `KmsKeyId` out.';
const NO_AUTH = 'Every client that reaches the port may do everything: `UserGroupIds` names no users, and there is no AUTH token. Give the group users by `UserGroupIds`.';
const SUBNETS = 'The nodes go to the default subnet group of the account: `CacheSubnetGroupName` (%). '
  + 'Give `CacheSubnetGroupName` a group of private subnets.';
const PORT = 'A port is a whole number from 1150 to 65535: `Port` (got %). Set `Port` to a free one, for example 6379.';

testRules(replicationGroupSecurityRules, {
  'valkey-tls-explicit': {
    severity: 'error',
    legal: [[{}], [{ Engine: 'redis' }], [{ Engine: 'valkey', TransitEncryptionEnabled: false }], [{ Engine: 'valkey', TransitEncryptionEnabled: true }]],
    faults: [[
      'Valkey needs in-transit encryption to be stated, on or off: `Engine` (got "valkey"), `TransitEncryptionEnabled` (not set). '
        + 'Turn `TransitEncryptionEnabled` on.',
      { Engine: 'valkey' },
    ]],
  },
  'no-tls': {
    severity: 'warning',
    indifferentTo: ['GlobalReplicationGroupId'],
    legal: [[{ TransitEncryptionEnabled: true }], [{ TransitEncryptionEnabled: 'true' }], [{ GlobalReplicationGroupId: UNKNOWN }]],
    faults: [[say(NO_TLS, 'not set'), {}], [say(NO_TLS, 'got false'), { TransitEncryptionEnabled: false, GlobalReplicationGroupId: UNKNOWN }]],
  },
  'tls-mode-word': {
    severity: 'error',
    legal: [[{}], [{ TransitEncryptionMode: 'preferred' }], [{ TransitEncryptionMode: 'required' }]],
    faults: [[
      'The mode of in-transit encryption is preferred or required: `TransitEncryptionMode` (got "optional"). Set `TransitEncryptionMode` to one of them.',
      { TransitEncryptionMode: 'optional' },
    ]],
  },
  'tls-mode-without-tls': {
    severity: 'warning',
    indifferentTo: ['TransitEncryptionMode'],
    legal: [
      [{}],
      [{ TransitEncryptionEnabled: false }],
      [{ TransitEncryptionMode: 'required', TransitEncryptionEnabled: true }],
      [{ TransitEncryptionMode: 'required', GlobalReplicationGroupId: UNKNOWN }],
      [{ TransitEncryptionMode: UNDECIDED }],
    ],
    faults: [
      [say(MODE_ALONE, 'not set'), { TransitEncryptionMode: 'required' }],
      [say(MODE_ALONE, 'got false'), { TransitEncryptionMode: 'preferred', TransitEncryptionEnabled: false }],
    ],
  },
  'tls-preferred': {
    severity: 'warning',
    legal: [[{}], [{ TransitEncryptionMode: 'required' }]],
    faults: [[
      'Clients may still connect without encryption: `TransitEncryptionMode` (got "preferred"). '
        + 'Set `TransitEncryptionMode` to required once every client encrypts.',
      { TransitEncryptionMode: 'preferred' },
    ]],
  },
  'tls-preferred-engine-version': {
    severity: 'error',
    legal: [
      [{ TransitEncryptionMode: 'preferred', Engine: 'redis', EngineVersion: '7.0' }],
      [{ TransitEncryptionMode: 'preferred', Engine: 'valkey', EngineVersion: '7.2' }],
      [{ TransitEncryptionMode: 'preferred' }],
      [{ TransitEncryptionMode: 'required', Engine: 'redis', EngineVersion: '6.2' }],
      [{ Engine: 'redis', EngineVersion: '6.2' }],
    ],
    faults: [[
      'Encrypted and plain connections side by side need Redis OSS 7.0 or later, or Valkey: `TransitEncryptionMode` (got "preferred"), '
        + '`EngineVersion` (got "6.2"). Raise `EngineVersion`, or leave `TransitEncryptionMode` out.',
      { TransitEncryptionMode: 'preferred', Engine: 'redis', EngineVersion: '6.2' },
    ]],
  },
  'tls-preferred-with-users': {
    severity: 'error',
    legal: [
      [{ TransitEncryptionMode: 'preferred' }],
      [{ TransitEncryptionMode: 'preferred', UserGroupIds: UNKNOWN }],
      [{ TransitEncryptionMode: 'required', UserGroupIds: ['users'] }],
      [{ UserGroupIds: ['users'] }],
    ],
    faults: [[
      'Users need every connection encrypted: `TransitEncryptionMode` (got "preferred") beside `UserGroupIds`. '
        + 'Set `TransitEncryptionMode` to required, or do without users in `UserGroupIds` until it is.',
      { TransitEncryptionMode: 'preferred', UserGroupIds: ['users'] },
    ]],
  },
  'tls-preferred-with-token': {
    severity: 'error',
    indifferentTo: ['AuthToken'],
    legal: [
      [{ TransitEncryptionMode: 'preferred' }],
      [{ TransitEncryptionMode: 'preferred', AuthToken: UNDECIDED }],
      [{ TransitEncryptionMode: 'required', AuthToken: UNKNOWN }],
      [{ AuthToken: UNKNOWN }],
    ],
    faults: [[
      'An AUTH token needs every connection encrypted: `TransitEncryptionMode` (got "preferred") beside `AuthToken`. '
        + 'Set `TransitEncryptionMode` to required.',
      { TransitEncryptionMode: 'preferred', AuthToken: UNKNOWN },
    ]],
  },
  'user-group-needs-tls': {
    severity: 'error',
    legal: [[{}], [{ UserGroupIds: [] }], [{ UserGroupIds: ['a'], TransitEncryptionEnabled: true }], [{ UserGroupIds: ['a'], GlobalReplicationGroupId: UNKNOWN }]],
    faults: [
      [say(USERS_TLS, 'not set'), { UserGroupIds: ['a'] }],
      [say(USERS_TLS, 'got false'), { UserGroupIds: ['a'], TransitEncryptionEnabled: false }],
    ],
  },
  'one-user-group': {
    severity: 'warning',
    legal: [[{}], [{ UserGroupIds: ['a'] }], [{ UserGroupIds: [UNKNOWN] }]],
    faults: [[
      'A replication group is given 1 user group: `UserGroupIds` (got ["a","b"]). Put all users into one group and name it alone in `UserGroupIds`.',
      { UserGroupIds: ['a', 'b'] },
    ]],
  },
  'user-group-engine-version': {
    severity: 'error',
    legal: [
      [{ UserGroupIds: ['a'], Engine: 'redis', EngineVersion: '6.0' }],
      [{ UserGroupIds: ['a'], Engine: 'valkey', EngineVersion: '7.2' }],
      [{ UserGroupIds: ['a'], Engine: 'valkey', EngineVersion: '99.0' }],
      [{ UserGroupIds: ['a'] }],
      [{ EngineVersion: '5.0.6' }],
    ],
    faults: [[
      'Users need Redis OSS 6.0 or later, or Valkey: `EngineVersion` (got "5.0.6"). Raise `EngineVersion`, or do without users in `UserGroupIds`.',
      { UserGroupIds: ['a'], Engine: 'redis', EngineVersion: '5.0.6' },
    ]],
  },
  'user-group-engine-match': {
    severity: 'error',
    legal: [
      [{ Engine: 'redis' }],
      [{ Engine: 'redis' }, userGroup('redis')],
      [{ Engine: 'redis' }, userGroup('valkey', 'AWS::ElastiCache::User')],
      [{ Engine: 'valkey' }, userGroup('valkey')],
      [{ Engine: 'valkey' }, userGroup('redis')],
      [{}, userGroup('valkey')],
    ],
    faults: [[
      'A user group of engine valkey attaches to Valkey only: `Engine` (got "redis"). Give `UserGroupIds` a group of engine redis, which attaches to both.',
      { Engine: 'redis' },
      userGroup('VALKEY'),
    ]],
  },
  'iam-user-engine-version': {
    severity: 'error',
    legal: [
      [{ Engine: 'redis', EngineVersion: '6.2' }],
      [{ Engine: 'redis', EngineVersion: '6.2' }, users('password')],
      [{ Engine: 'redis', EngineVersion: '6.2' }, users('iam', 'AWS::ElastiCache::UserGroup')],
      [{ Engine: 'redis', EngineVersion: '7.0' }, users('iam')],
      [{ Engine: 'valkey', EngineVersion: '7.2' }, users('iam')],
      [{ Engine: 'redis', EngineVersion: '99.0' }, users('iam')],
    ],
    faults: [[
      'Users that log in by IAM need Redis OSS 7.0 or later, or Valkey: `EngineVersion` (got "6.2"), and a user of `UserGroupIds` does. '
        + 'Raise `EngineVersion`, or give the user of `UserGroupIds` a password.',
      { Engine: 'redis', EngineVersion: '6.2' },
      users('IAM'),
    ]],
  },
  'auth-token-needs-tls': {
    severity: 'error',
    indifferentTo: ['AuthToken'],
    legal: [
      [{}],
      [{ AuthToken: UNKNOWN, TransitEncryptionEnabled: true }],
      [{ AuthToken: UNDECIDED }],
      [{ AuthToken: UNKNOWN, GlobalReplicationGroupId: UNKNOWN }],
    ],
    faults: [
      [say(TOKEN_TLS, 'not set'), { AuthToken: UNKNOWN }],
      [say(TOKEN_TLS, 'got false'), { AuthToken: 'secret-of-16-chars', TransitEncryptionEnabled: false }],
    ],
  },
  'auth-token-or-users': {
    severity: 'error',
    indifferentTo: ['AuthToken', 'UserGroupIds'],
    legal: [[{}], [{ AuthToken: UNKNOWN }], [{ UserGroupIds: ['a'] }], [{ AuthToken: UNKNOWN, UserGroupIds: [] }], [{ AuthToken: UNDECIDED, UserGroupIds: UNDECIDED }]],
    faults: [[
      'A replication group authenticates by an AUTH token or by users, not both: `AuthToken` and `UserGroupIds` are set. '
        + 'Keep `UserGroupIds` and leave `AuthToken` out.',
      { AuthToken: UNKNOWN, UserGroupIds: UNKNOWN },
    ]],
  },
  'auth-token-length': {
    severity: 'error',
    legal: [[{}], [{ AuthToken: 'x'.repeat(16) }], [{ AuthToken: 'x'.repeat(128) }]],
    faults: [[TOKEN_LENGTH, { AuthToken: 'x'.repeat(15) }], [TOKEN_LENGTH, { AuthToken: 'x'.repeat(129) }], [TOKEN_LENGTH, { AuthToken: '' }]],
  },
  'auth-token-characters': {
    severity: 'warning',
    legal: [[{}], [{ AuthToken: 'azAZ09!&#$^<>-' }]],
    faults: ['@', '"', '/', ' ', '%', 'é'].map((character) => [TOKEN_CHARACTERS, { AuthToken: `a${character}b` }]),
  },
  'no-authentication': {
    severity: 'warning',
    legal: [[{ AuthToken: UNKNOWN }], [{ AuthToken: UNDECIDED }], [{ UserGroupIds: UNKNOWN }], [{ UserGroupIds: [UNKNOWN] }]],
    faults: [[NO_AUTH, {}], [NO_AUTH, { UserGroupIds: [] }], [NO_AUTH, { AuthToken: null }]],
  },
  'no-at-rest-encryption': {
    severity: 'warning',
    legal: [[{ AtRestEncryptionEnabled: true }], [{ GlobalReplicationGroupId: UNKNOWN }], [{ Engine: 'valkey' }], [{ Engine: 'valkey', AtRestEncryptionEnabled: true }]],
    faults: [
      [say(AT_REST, 'not set'), {}],
      [say(AT_REST, 'not set'), { Engine: 'redis' }],
      [say(AT_REST, 'got false'), { Engine: 'valkey', AtRestEncryptionEnabled: false }],
    ],
  },
  'kms-key-without-encryption': {
    severity: 'error',
    indifferentTo: ['KmsKeyId', 'GlobalReplicationGroupId'],
    legal: [[{}], [{ AtRestEncryptionEnabled: false }], [{ KmsKeyId: UNDECIDED }], [{ KmsKeyId: UNKNOWN, GlobalReplicationGroupId: UNKNOWN }], [{ KmsKeyId: UNKNOWN, AtRestEncryptionEnabled: true }], [{ KmsKeyId: 'key', Engine: 'valkey' }]],
    faults: [
      [say(KMS, 'not set'), { KmsKeyId: UNKNOWN }],
      [say(KMS, 'got false'), { KmsKeyId: 'key', AtRestEncryptionEnabled: false, GlobalReplicationGroupId: UNKNOWN }],
    ],
  },
  'default-subnet-group': {
    severity: 'warning',
    legal: [[{ CacheSubnetGroupName: 'mine' }]],
    faults: [[say(SUBNETS, 'not set'), {}], [say(SUBNETS, 'got "default"'), { CacheSubnetGroupName: 'default' }]],
  },
  'port-range': {
    severity: 'error',
    legal: [[{}], [{ Port: 1150 }], [{ Port: 65535 }], [{ Port: '6379' }]],
    faults: [1149, 65536, 6379.5, -1].map((port) => [say(PORT, String(port)), { Port: port }]),
  },
  'port-reserved': {
    severity: 'error',
    legal: [[{}], [{ Port: 8004 }], [{ Port: 8006 }]],
    faults: [
      ['ElastiCache keeps this port for itself: `Port` (got 8005). Set `Port` to another one, for example 6379.', { Port: 8005 }],
      ['ElastiCache keeps this port for itself: `Port` (got "8005"). Set `Port` to another one, for example 6379.', { Port: '8005' }],
    ],
  },
});
