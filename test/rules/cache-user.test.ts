import { RuleCases, say, testRules } from './cases';
import { cacheUserRules } from '../../src/rules/cache-user';
import { Properties, PropertyValue, UNDECIDED, UNKNOWN } from '../../src/rules/rule';

const ID = 'A user id has letters, digits and hyphens and begins with a letter: `UserId` (%). Change `UserId`.';
const USER_NAME = 'A user needs a name: `UserName` (%). Give `UserName` at least one character.';
const ENGINE = 'The engine of a user is redis or valkey: `Engine` (%). Set `Engine` to redis or valkey.';
const NO_ACCESS = 'A user needs an access string: `AccessString` is not set. Set `AccessString`, for example to "on ~app:* +@read".';
const PASSWORD_IN_ACCESS = 'An access string holds no passwords: `AccessString` has a word that begins with > < # or !, or the word nopass. '
  + 'Give the user its passwords by `AuthenticationMode`.';
const RESET = 'An access string cannot say reset: `AccessString` does. Leave reset out of `AccessString`: every user begins with no rights.';
const PARTIAL_RESET = 'CreateUser has refused the words resetkeys, resetchannels and resetpass: `AccessString` has one. '
  + 'Leave them out of `AccessString`: every user begins with no rights.';
const WORD = 'Every word of an access string is a state, or begins with ~ % & + or -: `AccessString` has another one. '
  + 'Write keys as ~pattern in `AccessString`, a command as +get, and neither with blanks.';
const STATE = 'A user whose access string says neither on nor off is off: `AccessString`. Begin `AccessString` with on or off.';
const NO_AUTHENTICATION = 'A user needs a password, IAM, or leave to do without: none of `AuthenticationMode`, `Passwords` and `NoPasswordRequired` is set. '
  + 'Set `AuthenticationMode`.';
const TYPE = 'The type of authentication is password, iam or no-password-required: `AuthenticationMode.Type` (%). '
  + 'Set `AuthenticationMode.Type` to one of the three.';
const IAM = 'With IAM authentication the id and the name of a user are the same: `UserId` (got "app"), `UserName` (got "%"). '
  + 'Set `UserName` to the value of `UserId`.';
const OPEN = 'Whoever reaches the port may log in as this user without a password: `NoPasswordRequired`. '
  + 'Choose a password or IAM by `AuthenticationMode`, or switch the user off in `AccessString`.';

/** The same three rules hold wherever passwords are written; no message shows one. */
function passwordCases(id: string, name: string, of: (passwords: PropertyValue) => Properties): { [id: string]: RuleCases } {
  const length = say('A password has 16 to 128 characters: one of `%` has not. Generate `%` with a length in that range.', name, name);
  const characters = say('A password has none of , " / @ and no blanks: one of `%` has. Generate `%` without these characters.', name, name);
  const good = 'correct-horse-battery';
  return {
    [`${id}-count`]: {
      severity: 'error',
      legal: [[{}], [of([good, good])], [of([UNKNOWN, UNKNOWN])]],
      faults: [[say('A user has at most 2 passwords: `%` has more. Keep the current and the next one in `%`.', name, name), of([good, good, UNKNOWN])]],
    },
    [`${id}-length`]: {
      severity: 'error',
      legal: [[{}], [of([UNKNOWN])], [of(['x'.repeat(16), 'x'.repeat(128)])]],
      faults: [[length, of([good, 'x'.repeat(15)])], [length, of(['x'.repeat(129)])]],
    },
    [`${id}-characters`]: {
      severity: 'warning',
      legal: [[{}], [of([UNKNOWN, '!~#$%^&*()azAZ09'])]],
      faults: [',', '"', '/', '@', ' ', 'é', '\t'].map((character) => [characters, of([good, `${good}${character}`])]),
    },
  };
}

testRules(cacheUserRules, {
  'user-id': {
    severity: 'error',
    legal: [[{ UserId: 'a' }], [{ UserId: 'App-user-1' }], [{ UserId: 'a-' }]],
    faults: [
      [say(ID, 'not set'), {}],
      ...['', '1a', '-a', 'a_b', 'a b', '$a'].map((id) => [say(ID, `got "${id}"`), { UserId: id }] as const),
    ],
  },
  'user-name': {
    severity: 'error',
    legal: [[{ UserName: 'default' }]],
    faults: [[say(USER_NAME, 'not set'), {}], [say(USER_NAME, 'got ""'), { UserName: '' }]],
  },
  'user-engine': {
    severity: 'error',
    legal: [[{ Engine: 'redis' }], [{ Engine: 'VALKEY' }]],
    faults: [[say(ENGINE, 'not set'), {}], [say(ENGINE, 'got "memcached"'), { Engine: 'memcached' }]],
  },
  'access-string-missing': {
    severity: 'error',
    legal: [[{ AccessString: 'on' }]],
    faults: [[NO_ACCESS, {}], [NO_ACCESS, { AccessString: '' }], [NO_ACCESS, { AccessString: ' ' }]],
  },
  'access-string-password': {
    severity: 'error',
    legal: [[{}], [{ AccessString: 'on ~app:* &* %R~a>b +@all -@dangerous +acl|whoami' }], [{ AccessString: 'off ~* -@all' }]],
    faults: ['on >secret', '<secret', 'on\t#abc', 'on !abc', 'on nopass ~*', 'on NOPASS'].map((access) => [PASSWORD_IN_ACCESS, { AccessString: access }]),
  },
  'access-string-reset': {
    severity: 'error',
    legal: [[{}], [{ AccessString: 'on resetchannels resetkeys ~a' }]],
    faults: ['reset', 'on reset ~*', 'on  RESET'].map((access) => [RESET, { AccessString: access }]),
  },
  'access-string-partial-reset': {
    severity: 'warning',
    legal: [[{}], [{ AccessString: 'on ~resetkeys:* &resetchannels -@all +@read' }]],
    faults: ['on resetkeys ~a', 'on ~a RESETCHANNELS -@all', 'on resetpass'].map((access) => [PARTIAL_RESET, { AccessString: access }]),
  },
  'access-string-word': {
    severity: 'error',
    legal: [[{}], [{ AccessString: 'on allkeys %RW~a %R~b ~c &d +get -@all' }], [{ AccessString: 'OFF  skip-sanitize-payload (~x +@read allchannels)' }]],
    faults: ['on app:* +@read', 'on ~two words', 'enabled ~*', 'on get'].map((access) => [WORD, { AccessString: access }]),
  },
  'access-string-state': {
    severity: 'warning',
    legal: [[{}], [{ AccessString: 'on ~*' }], [{ AccessString: '~* OFF' }]],
    faults: ['~* +@all', 'only ~*', ''].map((access) => [STATE, { AccessString: access }]),
  },
  'authentication-missing': {
    severity: 'error',
    legal: [[{ AuthenticationMode: UNKNOWN }], [{ AuthenticationMode: UNDECIDED }], [{ Passwords: UNDECIDED }], [{ AuthenticationMode: { Type: 'iam' } }], [{ Passwords: UNKNOWN }], [{ NoPasswordRequired: true }]],
    faults: [[NO_AUTHENTICATION, {}], [NO_AUTHENTICATION, { Passwords: [], NoPasswordRequired: false }]],
  },
  'authentication-type': {
    severity: 'error',
    legal: [
      [{}],
      [{ AuthenticationMode: { Type: 'password' } }],
      [{ AuthenticationMode: { Type: 'IAM' } }],
      [{ AuthenticationMode: { Type: 'no-password-required' } }],
    ],
    faults: [
      [say(TYPE, 'not set'), { AuthenticationMode: {} }],
      [say(TYPE, 'got "token"'), { AuthenticationMode: { Type: 'token' } }],
    ],
  },
  'iam-user-name': {
    severity: 'error',
    legal: [
      [{ AuthenticationMode: { Type: 'iam' }, UserId: 'app', UserName: 'app' }],
      [{ AuthenticationMode: { Type: 'iam' }, UserId: 'App', UserName: 'app' }],
      [{ AuthenticationMode: { Type: 'password' }, UserId: 'my-default', UserName: 'default' }],
      [{ UserId: 'my-default', UserName: 'default' }],
    ],
    faults: [[say(IAM, 'application'), { AuthenticationMode: { Type: 'iam' }, UserId: 'app', UserName: 'application' }]],
  },
  'no-password-required': {
    severity: 'warning',
    indifferentTo: ['AccessString'],
    legal: [
      [{}],
      [{ AccessString: 'on ~*' }],
      [{ AccessString: 'on ~*', AuthenticationMode: { Type: 'password' } }],
      [{ AccessString: 'on ~*', NoPasswordRequired: false }],
      [{ AccessString: 'off ~* -@all', NoPasswordRequired: true }],
      [{ AccessString: 'off ~* -@all', AuthenticationMode: { Type: 'no-password-required' } }],
    ],
    faults: [
      [OPEN, { AccessString: 'on ~*', NoPasswordRequired: true }],
      [OPEN, { AccessString: 'on ~*', AuthenticationMode: { Type: 'no-password-required' } }],
      [OPEN, { AccessString: UNKNOWN, NoPasswordRequired: 'true' }],
    ],
  },
  'passwords-without-effect': {
    severity: 'warning',
    legal: [[{}], [{ Passwords: ['a'] }], [{ NoPasswordRequired: true }], [{ Passwords: [], NoPasswordRequired: true }]],
    faults: [[
      'Passwords and no password required exclude each other: `Passwords` and `NoPasswordRequired` are set. Leave `NoPasswordRequired` out.',
      { Passwords: [UNKNOWN], NoPasswordRequired: true },
    ]],
  },
  ...passwordCases('passwords', 'Passwords', (passwords) => ({ Passwords: passwords })),
  ...passwordCases('authentication-passwords', 'AuthenticationMode.Passwords', (passwords) => ({ AuthenticationMode: { Type: 'password', Passwords: passwords } })),
});
