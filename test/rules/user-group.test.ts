import { say, testRules } from './cases';
import { Description, Properties, PropertyValue, Surroundings, UNKNOWN } from '../../src/rules/rule';
import { userGroupRules } from '../../src/rules/user-group';

const users = (...names: PropertyValue[]): Surroundings => ({
  behind: (property) => property !== 'UserIds' ? [] : [
    { type: 'AWS::ElastiCache::ReplicationGroup', properties: { UserName: 'default' } },
    ...names.map((name): Description => ({ type: 'AWS::ElastiCache::User', properties: { UserName: name } })),
  ],
});
const usersById = (...ids: PropertyValue[]): Surroundings => ({
  behind: () => ids.map((id): Description => ({ type: 'AWS::ElastiCache::User', properties: { UserId: id } })),
});
const member = (properties: Properties): Surroundings => ({ behind: () => [{ type: 'AWS::ElastiCache::User', properties }] });
const members = (count: number) => Array.from({ length: count }, (_, i) => `u${i}`);

const ID = 'A user group id has 1 to 40 letters, digits and hyphens and begins with a letter: `UserGroupId` (%). Change `UserGroupId`.';
const ENGINE = 'The engine of a user group is redis or valkey: `Engine` (%). Set `Engine` to redis or valkey.';
const DEFAULT = 'A user group of engine redis needs a user whose name is default: `UserIds` (%). '
  + 'Add a user of that name to `UserIds`, switched off by the access string "off ~* -@all".';
const NO_PASSWORD = 'The users of a group of engine valkey have passwords or log in by IAM, and one of `UserIds` does neither: `Engine` (got "valkey"). '
  + 'Give every user of `UserIds` a password or IAM, or set `Engine` to redis.';
const TWICE = 'No two users of a group have the same id or the same name: `UserIds` (got %). Keep one of them in `UserIds`.';
const TWO_UNKNOWN = '["(known after deployment)","(known after deployment)"]';

testRules(userGroupRules, {
  'user-group-id': {
    severity: 'error',
    legal: [[{ UserGroupId: 'App-1' }], [{ UserGroupId: 'a'.repeat(40) }]],
    faults: [[say(ID, 'not set'), {}], ...['', '1a', 'a'.repeat(41)].map((id) => [say(ID, `got "${id}"`), { UserGroupId: id }] as const)],
  },
  'user-group-engine': {
    severity: 'error',
    legal: [[{ Engine: 'redis' }], [{ Engine: 'Valkey' }]],
    faults: [[say(ENGINE, 'not set'), {}], [say(ENGINE, 'got "memcached"'), { Engine: 'memcached' }]],
  },
  'user-group-default-user': {
    severity: 'error',
    legal: [
      [{ Engine: 'redis', UserIds: ['default'] }],
      [{ Engine: 'redis', UserIds: ['Default', UNKNOWN] }],
      [{ Engine: 'redis', UserIds: ['elsewhere'] }],
      [{ Engine: 'redis', UserIds: [UNKNOWN] }],
      [{ Engine: 'redis', UserIds: [UNKNOWN, UNKNOWN] }, users('app')],
      [{ Engine: 'redis', UserIds: [UNKNOWN, UNKNOWN] }, users('app', 'default')],
      [{ Engine: 'redis', UserIds: [UNKNOWN, UNKNOWN] }, users('app', UNKNOWN)],
      [{ Engine: 'valkey', UserIds: [UNKNOWN] }, users('app')],
      [{ Engine: 'valkey' }],
    ],
    faults: [
      [say(DEFAULT, 'not set'), { Engine: 'redis' }],
      [say(DEFAULT, 'got []'), { Engine: 'REDIS', UserIds: [] }],
      [say(DEFAULT, `got ${TWO_UNKNOWN}`), { Engine: 'redis', UserIds: [UNKNOWN, UNKNOWN] }, users('app', 'other')],
    ],
  },
  'user-group-duplicates': {
    severity: 'error',
    legal: [
      [{}],
      [{ UserIds: ['a', 'b', UNKNOWN, UNKNOWN] }],
      [{ UserIds: [UNKNOWN, UNKNOWN] }, users('app', 'default')],
      [{ UserIds: [UNKNOWN, UNKNOWN] }, users(UNKNOWN, UNKNOWN)],
      [{ UserIds: [UNKNOWN, UNKNOWN] }, usersById('a', 'b')],
      [{ UserIds: [UNKNOWN, UNKNOWN] }, usersById(UNKNOWN, UNKNOWN)],
    ],
    faults: [
      [say(TWICE, '["a","A"]'), { UserIds: ['a', 'A'] }],
      [say(TWICE, TWO_UNKNOWN), { UserIds: [UNKNOWN, UNKNOWN] }, users('app', 'app')],
      [say(TWICE, TWO_UNKNOWN), { UserIds: [UNKNOWN, UNKNOWN] }, usersById('a', 'A')],
      [say(TWICE, '["a","(known after deployment)"]'), { UserIds: ['a', UNKNOWN] }, usersById('A')],
      [say(TWICE, '["default","(known after deployment)"]'), { UserIds: ['default', UNKNOWN] }, users('default')],
    ],
  },
  'user-group-no-password': {
    severity: 'warning',
    legal: [
      [{}, member({ NoPasswordRequired: true })],
      [{ Engine: 'redis' }, member({ NoPasswordRequired: true })],
      [{ Engine: 'valkey' }],
      [{ Engine: 'valkey' }, member({ NoPasswordRequired: false })],
      [{ Engine: 'valkey' }, member({ NoPasswordRequired: UNKNOWN })],
      [{ Engine: 'valkey' }, member({ AuthenticationMode: { Type: 'iam' } })],
      [{ Engine: 'valkey' }, member({ AuthenticationMode: UNKNOWN })],
      [{ Engine: 'valkey' }, { behind: () => [{ type: 'AWS::ElastiCache::UserGroup', properties: { NoPasswordRequired: true } }] }],
    ],
    faults: [
      [NO_PASSWORD, { Engine: 'valkey' }, member({ NoPasswordRequired: true })],
      [NO_PASSWORD, { Engine: 'valkey' }, member({ NoPasswordRequired: 'true' })],
      [NO_PASSWORD, { Engine: 'valkey' }, member({ AuthenticationMode: { Type: 'no-password-required' } })],
    ],
  },
  'user-group-quota': {
    severity: 'warning',
    legal: [[{}], [{ UserIds: members(100) }]],
    faults: [[
      'More than 100 users need a higher quota: `UserIds` (got ["u0","u1","u2","u3","u4","u5","u6","u7","u8","u9","u10","u11","u12","u13","u14","u15","u16",'
        + '"u17","u18","u19","u20","u2…). Put fewer users into `UserIds`, or have the quota raised.',
      { UserIds: members(101) },
    ]],
  },
});
