import { isCacheClusterName, isReplicationGroupId, isSubnetGroupName, isUserGroupId, isUserId } from '../../src/rules/names';

test.each(['a', 'A', 'a-1', 'a-b-c', 'a'.repeat(40)])('"%s" is a replication group id', (id) => {
  expect(isReplicationGroupId(id)).toBe(true);
});

test.each(['', '1', '-a', 'a-', 'a--b', 'a.b', ' a', 'a!', 'a\n', 'a'.repeat(41)])('"%s" is none', (id) => {
  expect(isReplicationGroupId(id)).toBe(false);
});

test.each(['a', 'Z', 'a-1', 'a--b', 'a-'])('"%s" is a user id', (id) => {
  expect(isUserId(id)).toBe(true);
});

test.each(['', '1a', '-a', 'a_b', ' a', 'a '])('"%s" is no user id', (id) => {
  expect(isUserId(id)).toBe(false);
});

test.each(['a', '1', 'A-b', 'a'.repeat(255)])('"%s" is a subnet group name', (name) => {
  expect(isSubnetGroupName(name)).toBe(true);
});

test.each(['', 'a_b', ' a', 'a ', 'a'.repeat(256)])('"%s" is no subnet group name', (name) => {
  expect(isSubnetGroupName(name)).toBe(false);
});

test('a user group id is a user id of at most 40 characters', () => {
  expect(['a', 'a-', 'a'.repeat(40), 'a'.repeat(41), '1a', ''].map(isUserGroupId)).toEqual([true, true, true, false, false, false]);
});

test('a cache cluster has the same grammar, and ten characters more', () => {
  expect(['a', 'a-1', 'a'.repeat(50)].every(isCacheClusterName)).toBe(true);
  expect(['', '1', 'a-', 'a--b', 'a'.repeat(51)].some(isCacheClusterName)).toBe(false);
});
