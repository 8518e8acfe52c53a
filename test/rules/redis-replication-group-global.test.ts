import { RuleCases, say, testRules } from './cases';
import { replicationGroupGlobalRules } from '../../src/rules/redis-replication-group-global';
import { PropertyValue, UNDECIDED, UNKNOWN } from '../../src/rules/rule';

const TAKEN = 'A secondary of a Global Datastore takes this from the primary: `%` is set beside `GlobalReplicationGroupId`. Leave `%` out.';
const NETWORK = 'A Global Datastore has no IPv6: `NetworkType` (got "%"), and `GlobalReplicationGroupId` is set. Set `NetworkType` to ipv4.';

const taken = (property: string, value: PropertyValue): RuleCases => ({
  severity: 'warning',
  indifferentTo: ['GlobalReplicationGroupId', property],
  legal: [
    [{ [property]: value }],
    [{ GlobalReplicationGroupId: UNKNOWN }],
    [{ GlobalReplicationGroupId: UNDECIDED, [property]: value }],
    [{ GlobalReplicationGroupId: UNKNOWN, [property]: UNDECIDED }],
  ],
  faults: [
    [say(TAKEN, property, property), { GlobalReplicationGroupId: UNKNOWN, [property]: value }],
    [say(TAKEN, property, property), { GlobalReplicationGroupId: 'ldgnf-a', [property]: UNKNOWN }],
  ],
});

testRules(replicationGroupGlobalRules, {
  'global-secondary-node-type': taken('CacheNodeType', 'cache.r7g.large'),
  'global-secondary-engine': taken('Engine', 'redis'),
  'global-secondary-engine-version': taken('EngineVersion', '7.1'),
  'global-secondary-parameter-group': taken('CacheParameterGroupName', 'a'),
  'global-secondary-shards': taken('NumNodeGroups', 1),
  'global-secondary-in-transit-encryption': taken('TransitEncryptionEnabled', true),
  'global-secondary-at-rest-encryption': taken('AtRestEncryptionEnabled', false),
  'global-secondary-failover': taken('AutomaticFailoverEnabled', true),
  'global-secondary-snapshot-name': taken('SnapshotName', 'a'),
  'global-secondary-snapshot-files': taken('SnapshotArns', ['a']),
  'global-network-type': {
    severity: 'error',
    indifferentTo: ['GlobalReplicationGroupId'],
    legal: [
      [{ NetworkType: 'ipv6' }],
      [{ GlobalReplicationGroupId: UNKNOWN }],
      [{ GlobalReplicationGroupId: UNKNOWN, NetworkType: 'ipv4' }],
      [{ GlobalReplicationGroupId: UNDECIDED, NetworkType: 'ipv6' }],
    ],
    faults: ['ipv6', 'dual_stack'].map((type) => [say(NETWORK, type), { GlobalReplicationGroupId: UNKNOWN, NetworkType: type }]),
  },
});
