import { say, testRules } from './cases';
import { UNKNOWN } from '../../src/rules/rule';
import { subnetGroupRules } from '../../src/rules/subnet-group';

const subnets = (count: number) => Array.from({ length: count }, (_, i) => `s${i}`);
const NAME = 'A subnet group name has 1 to 255 letters, digits and hyphens: `CacheSubnetGroupName` (got "%"). Change `CacheSubnetGroupName`.';
const EMPTY = 'A subnet group needs at least one subnet: `SubnetIds` (%). Choose a subnet by `SubnetIds`.';

testRules(subnetGroupRules, {
  'subnet-group-name': {
    severity: 'error',
    legal: [[{}], [{ CacheSubnetGroupName: 'My-group-1' }], [{ CacheSubnetGroupName: 'x'.repeat(255) }]],
    faults: [
      ...['', 'my_group', 'my group', 'group.'].map((name) => [say(NAME, name), { CacheSubnetGroupName: name }] as const),
      [say(NAME.replace('%"', '%'), `${'x'.repeat(119)}…`), { CacheSubnetGroupName: 'x'.repeat(256) }],
    ],
  },
  'subnet-group-empty': {
    severity: 'error',
    legal: [[{ SubnetIds: ['a'] }], [{ SubnetIds: [UNKNOWN] }]],
    faults: [[say(EMPTY, 'not set'), {}], [say(EMPTY, 'got []'), { SubnetIds: [] }]],
  },
  'subnet-group-quota': {
    severity: 'warning',
    legal: [[{}], [{ SubnetIds: subnets(20) }]],
    faults: [[
      'More than 20 subnets need a higher quota: `SubnetIds` (got ["s0","s1","s2","s3","s4","s5","s6","s7","s8","s9","s10","s11","s12","s13","s14",'
        + '"s15","s16","s17","s18","s19","s20"]). Choose fewer by `SubnetIds`, or have the quota raised.',
      { SubnetIds: subnets(21) },
    ]],
  },
  'subnet-group-duplicates': {
    severity: 'warning',
    legal: [[{}], [{ SubnetIds: ['a', 'b'] }], [{ SubnetIds: [UNKNOWN, UNKNOWN] }]],
    faults: [['A subnet is listed twice: `SubnetIds` (got ["a","b","a"]). List every subnet of `SubnetIds` once.', { SubnetIds: ['a', 'b', 'a'] }]],
  },
});
