import { say, testRules } from './cases';
import { replicationGroupShardRules } from '../../src/rules/redis-replication-group-shards';
import { Properties, PropertyValue, Surroundings, UNDECIDED, UNKNOWN } from '../../src/rules/rule';

const layout = (...shards: PropertyValue[]): Properties => ({ NodeGroupConfiguration: shards });
const slots = (...ranges: PropertyValue[]): Properties => layout(...ranges.map((range): PropertyValue => ({ Slots: range })));
const entries = (count: number) => Array<PropertyValue>(count).fill({});

const updated = (online: PropertyValue): Surroundings => ({ updatePolicy: { UseOnlineResharding: online } });

const RESHARDING = 'Without UseOnlineResharding in the UpdatePolicy another number of shards replaces the group, and its data are lost: '
  + '`NumNodeGroups` (%), `NodeGroupConfiguration` (%). Set UseOnlineResharding to true in the UpdatePolicy of the group before `NumNodeGroups` changes.';
const COUNT = 'A group has 1 to 500 shards: `NumNodeGroups` (got %). Set `NumNodeGroups` in that range.';
const TWICE = 'The number of shards is that of the entries: `NumNodeGroups` (got %), `NodeGroupConfiguration` (got %). '
  + 'Give one entry of `NodeGroupConfiguration` to every shard, or leave `NumNodeGroups` out.';
const QUOTA = 'More than 90 nodes in one group need a higher quota: `NumNodeGroups` (%), `ReplicasPerNodeGroup` (%). '
  + 'Ask for fewer shards or replicas, or have the quota raised.';
const LIMIT = 'No quota allows more than 500 nodes in one group, or 250 before Redis OSS 5.0.6: `NumNodeGroups` (%), `ReplicasPerNodeGroup` (%). '
  + 'Ask for fewer shards or replicas.';
const ID = 'The id of a shard has 1 to 4 digits: `NodeGroupConfiguration` (got [{"NodeGroupId":"%"}]). '
  + 'Write such an id to every NodeGroupId in `NodeGroupConfiguration`.';
const SAME_ID = 'No two shards have the same id, with or without zeros before it: `NodeGroupConfiguration` (got [{"NodeGroupId":"%"},{"NodeGroupId":"%"}]). '
  + 'Give every shard of `NodeGroupConfiguration` an id of its own.';
const NO_ID = 'Online resharding needs the id of every shard: `NodeGroupConfiguration` (got %). '
  + 'Write a NodeGroupId to every entry of `NodeGroupConfiguration`, and keep it.';
const REPLICAS = 'A shard has one primary and 0 to 5 replicas: `NodeGroupConfiguration` (got [{"ReplicaCount":%}]). '
  + 'Set every ReplicaCount in `NodeGroupConfiguration` in that range.';
const NO_REPLICA = 'Without replicas the loss of one node loses the data of its shard, and later updates may fail for want of a replica: '
  + '`NodeGroupConfiguration` (got %). Ask for at least one replica in every entry of `NodeGroupConfiguration`.';
const ZONES = 'A shard that names the zones of its replicas names one for each: `NodeGroupConfiguration` (got %), `ReplicasPerNodeGroup` (%). '
  + 'List as many zones in `NodeGroupConfiguration` as the shard has replicas.';
const ONE_ZONE = 'Multi-AZ keeps the nodes of a shard in at least two zones: `MultiAZEnabled` (got true), `NodeGroupConfiguration` (got %). '
  + 'Name a second zone for every shard of `NodeGroupConfiguration`, or set `MultiAZEnabled` to false.';
const SLOTS = 'The slots of a shard read start-end within 0 to 16383: `NodeGroupConfiguration` (got [{"Slots":%}]). '
  + 'Write Slots in `NodeGroupConfiguration` in that form, for example 0-8191.';
const SHARED = 'A slot belongs to one shard: `NodeGroupConfiguration` (got [{"Slots":"%"},{"Slots":"%"}]). '
  + 'Set Slots in `NodeGroupConfiguration` so that no two shards share one.';
const COVER = 'The slots of all shards together are 0 to 16383: `NodeGroupConfiguration` (got [%]). '
  + 'Set Slots in `NodeGroupConfiguration` so that none is left out, or give no shard any.';
const SOME = 'Slots are given to every shard or to none: `NodeGroupConfiguration` (got %). Write Slots to every entry of `NodeGroupConfiguration`, or to none.';
const RESTORED = 'A group of several shards that is restored from files needs the slots of each: `SnapshotArns` (got ["a"]), `NodeGroupConfiguration` (%). '
  + 'Write Slots to one entry of `NodeGroupConfiguration` for each shard.';

testRules(replicationGroupShardRules, {
  'shard-count': {
    severity: 'error',
    legal: [[{}], [{ NumNodeGroups: 1 }], [{ NumNodeGroups: 500 }], [{ NumNodeGroups: '2' }]],
    faults: [0, 501, 1.5, -1].map((count) => [say(COUNT, String(count)), { NumNodeGroups: count }]),
  },
  'shard-layout-count': {
    severity: 'error',
    legal: [[{}], [layout()], [layout(...entries(500))], [layout(UNKNOWN)]],
    faults: [['A group has 1 to 500 shards: `NodeGroupConfiguration` has more. List fewer in `NodeGroupConfiguration`.', layout(...entries(501))]],
  },
  'shard-count-stated-twice': {
    severity: 'error',
    legal: [
      [{}],
      [{ NumNodeGroups: 2 }],
      [{ NumNodeGroups: 2, NodeGroupConfiguration: [] }],
      [layout({}, {})],
      [{ NumNodeGroups: 2, ...layout({}, UNKNOWN) }],
      [{ NumNodeGroups: '1', ...layout({}) }],
    ],
    faults: [
      [say(TWICE, '2', '[{}]'), { NumNodeGroups: 2, ...layout({}) }],
      [say(TWICE, '1', '[{},{}]'), { NumNodeGroups: 1, ...layout({}, {}) }],
    ],
  },
  'cluster-node-quota': {
    severity: 'warning',
    legal: [
      [{}],
      [{ NumNodeGroups: 90 }],
      [{ NumNodeGroups: 90, ReplicasPerNodeGroup: 0 }],
      [{ NumNodeGroups: 45, ReplicasPerNodeGroup: 1 }],
      [{ NumNodeGroups: 15, ReplicasPerNodeGroup: 5 }],
      [{ NumNodeGroups: 251, ReplicasPerNodeGroup: 1 }],
    ],
    faults: [
      [say(QUOTA, 'got 91', 'not set'), { NumNodeGroups: 91 }],
      [say(QUOTA, 'got 46', 'got 1'), { NumNodeGroups: 46, ReplicasPerNodeGroup: 1 }],
      [say(QUOTA, 'got 250', 'got 1'), { NumNodeGroups: 250, ReplicasPerNodeGroup: 1 }],
      [say(QUOTA, 'not set', 'got 5'), { ReplicasPerNodeGroup: 5, ...layout(...entries(15), { ReplicaCount: 0 }) }],
    ],
  },
  'cluster-node-limit': {
    severity: 'error',
    legal: [
      [{}],
      [{ NumNodeGroups: 500 }],
      [{ NumNodeGroups: 250, ReplicasPerNodeGroup: 1, Engine: 'valkey', EngineVersion: '7.2' }],
      [{ NumNodeGroups: 250, ReplicasPerNodeGroup: 1, Engine: 'redis', EngineVersion: '5.0.6' }],
      [{ NumNodeGroups: 250, ReplicasPerNodeGroup: 0, Engine: 'redis', EngineVersion: '4.0.10' }],
      [{ NumNodeGroups: 500, Engine: 'valkey', EngineVersion: '4.0' }],
      [{ NumNodeGroups: 500, Engine: 'redis', EngineVersion: 'x' }],
    ],
    faults: [
      [say(LIMIT, 'got 251', 'got 1'), { NumNodeGroups: 251, ReplicasPerNodeGroup: 1 }],
      [say(LIMIT, 'got 251', 'got 0'), { NumNodeGroups: 251, ReplicasPerNodeGroup: 0, Engine: 'redis', EngineVersion: '4.0.10' }],
      [say(LIMIT, 'not set', 'got 1'), { ReplicasPerNodeGroup: 1, ...layout(...entries(251)) }],
    ],
  },
  'shard-id-form': {
    severity: 'error',
    legal: [[{}], [layout({})], ...['1', '0001', '9999'].map((id): [Properties] => [layout({ NodeGroupId: id })]), [layout({ NodeGroupId: UNKNOWN }, UNKNOWN)]],
    faults: ['', '10000', 'a', '1a', ' 1', '-1'].map((id) => [say(ID, id), layout({ NodeGroupId: id })]),
  },
  'shard-id-duplicates': {
    severity: 'error',
    legal: [[{}], [layout({}, {})], [layout({ NodeGroupId: '1' }, { NodeGroupId: '10' })], [layout({ NodeGroupId: UNKNOWN }, { NodeGroupId: UNKNOWN })]],
    faults: [['1', '1'], ['1', '0001'], ['0010', '10']].map(([one, two]) => [say(SAME_ID, one, two), layout({ NodeGroupId: one }, { NodeGroupId: two })]),
  },
  'shard-id-missing': {
    severity: 'warning',
    legal: [[{}], [layout({ NodeGroupId: '1' }, { NodeGroupId: UNKNOWN }, UNKNOWN)]],
    faults: [
      [say(NO_ID, '[{}]'), layout({})],
      [say(NO_ID, '[{"NodeGroupId":"1"},{"ReplicaCount":1}]'), layout({ NodeGroupId: '1' }, { ReplicaCount: 1 })],
    ],
  },
  'online-resharding': {
    severity: 'warning',
    legal: [
      [{ NumNodeGroups: 2 }],
      [{ NumNodeGroups: 2 }, updated(true)],
      [{ NumNodeGroups: 2 }, updated('true')],
      [{ NumNodeGroups: 2 }, updated(UNKNOWN)],
      [{}, updated(undefined)],
      [{ ClusterMode: 'disabled' }, updated(undefined)],
      [{ ClusterMode: 'compatible' }, updated(undefined)],
    ],
    faults: [
      [say(RESHARDING, 'got 2', 'not set'), { NumNodeGroups: 2 }, updated(undefined)],
      [say(RESHARDING, 'got 2', 'not set'), { NumNodeGroups: 2 }, updated(false)],
      [say(RESHARDING, 'not set', 'got [{},{}]'), layout({}, {}), updated(undefined)],
      [say(RESHARDING, 'not set', 'not set'), { ClusterMode: 'enabled' }, updated(undefined)],
    ],
  },
  'shard-layout-replicas': {
    severity: 'error',
    legal: [[{}], [layout({})], [layout({ ReplicaCount: 0 }, { ReplicaCount: 5 }, { ReplicaCount: UNKNOWN })]],
    faults: [-1, 6, 0.5].map((count) => [say(REPLICAS, String(count)), layout({ ReplicaCount: count })]),
  },
  'no-replica-in-shard': {
    severity: 'warning',
    legal: [
      [{}],
      [{ ReplicasPerNodeGroup: 0 }],
      [layout({})],
      [layout({ ReplicaCount: 1 }, { ReplicaCount: UNKNOWN }, UNKNOWN)],
      [{ ReplicasPerNodeGroup: 0, ...layout({ ReplicaCount: 1 }) }],
    ],
    faults: [
      [say(NO_REPLICA, '[{"ReplicaCount":1},{"ReplicaCount":0}]'), layout({ ReplicaCount: 1 }, { ReplicaCount: 0 })],
      [say(NO_REPLICA, '[{}]'), { ReplicasPerNodeGroup: 0, ...layout({}) }],
    ],
  },
  'shard-zones-count': {
    severity: 'error',
    legal: [
      [{}],
      [layout({ ReplicaCount: 1 })],
      [layout({ ReplicaCount: 0, ReplicaAvailabilityZones: [] })],
      [layout({ ReplicaCount: 2, ReplicaAvailabilityZones: ['a', UNKNOWN] })],
      [layout({ ReplicaCount: 1, ReplicaAvailabilityZones: UNDECIDED }, { ReplicaCount: UNKNOWN, ReplicaAvailabilityZones: ['a'] })],
      [layout({ ReplicaAvailabilityZones: ['a'] })],
      [{ ReplicasPerNodeGroup: 2, ...layout({ ReplicaAvailabilityZones: ['a', 'b'] }, { ReplicaCount: 1, ReplicaAvailabilityZones: ['a'] }) }],
    ],
    faults: [
      [
        say(ZONES, '[{"ReplicaCount":2,"ReplicaAvailabilityZones":["a"]}]', 'not set'),
        layout({ ReplicaCount: 2, ReplicaAvailabilityZones: ['a'] }),
      ],
      [
        say(ZONES, '[{"ReplicaCount":1,"ReplicaAvailabilityZones":["a","b"]}]', 'got 2'),
        { ReplicasPerNodeGroup: 2, ...layout({ ReplicaCount: 1, ReplicaAvailabilityZones: ['a', 'b'] }) },
      ],
      [
        say(ZONES, '[{"ReplicaAvailabilityZones":["a"]}]', 'got 2'),
        { ReplicasPerNodeGroup: 2, ...layout({ ReplicaAvailabilityZones: ['a'] }) },
      ],
    ],
  },
  'shard-zones-multi-az': {
    severity: 'error',
    legal: [
      [{ MultiAZEnabled: true }],
      [{ MultiAZEnabled: true, ...layout({}) }],
      [{ MultiAZEnabled: true, ...layout({ PrimaryAvailabilityZone: 'a' }) }],
      [{ MultiAZEnabled: true, ...layout({ PrimaryAvailabilityZone: 'a', ReplicaAvailabilityZones: ['b'] }) }],
      [{ MultiAZEnabled: true, ...layout({ PrimaryAvailabilityZone: 'a', ReplicaAvailabilityZones: ['a', 'b'] }) }],
      [{ MultiAZEnabled: true, ...layout({ PrimaryAvailabilityZone: 'a', ReplicaAvailabilityZones: UNKNOWN }) }],
      [{ MultiAZEnabled: true, ...layout({ PrimaryAvailabilityZone: UNKNOWN, ReplicaAvailabilityZones: ['a', 'a'] }) }],
      [{ MultiAZEnabled: false, ...layout({ PrimaryAvailabilityZone: 'a', ReplicaAvailabilityZones: ['a'] }) }],
    ],
    faults: [
      [
        say(ONE_ZONE, '[{"PrimaryAvailabilityZone":"a","ReplicaAvailabilityZones":["a"]}]'),
        { MultiAZEnabled: true, ...layout({ PrimaryAvailabilityZone: 'a', ReplicaAvailabilityZones: ['a'] }) },
      ],
    ],
  },
  'shard-slots-form': {
    severity: 'error',
    legal: [[{}], [layout({})], [slots('0-16383')], [slots('0-4,6-10')], [slots(UNKNOWN)]],
    faults: ['a', '2-1', '0-16384', ''].map((text) => [say(SLOTS, `"${text}"`), slots(text)]),
  },
  'shard-slots-overlap': {
    severity: 'error',
    legal: [[{}], [slots('0-8191', '8192-16383')], [slots('8192-16383', '0-8191')], [slots('0-9', UNKNOWN)], [slots('0-9', 'x')]],
    faults: [['0-8192', '8192-16383'], ['5-9', '0-5'], ['0-9', '3-4']].map(([one, two]) => [say(SHARED, one, two), slots(one, two)]),
  },
  'shard-slots-cover': {
    severity: 'error',
    legal: [
      [{}],
      [layout()],
      [layout({}, {})],
      [slots('0-16383')],
      [slots('8192-16383', '0-8191')],
      [slots('0-4,10-16383', '5-9')],
      [slots('0-9', 'x')],
      [slots('0-8192', '8192-16383', '9000')],
      [layout({ Slots: '0-9' }, {})],
    ],
    faults: [
      [say(COVER, '{"Slots":"0-16382"}'), slots('0-16382')],
      [say(COVER, '{"Slots":"1-16383"}'), slots('1-16383')],
      [say(COVER, '{"Slots":"0-8190"},{"Slots":"8192-16383"}'), slots('0-8190', '8192-16383')],
    ],
  },
  'shard-slots-partial': {
    severity: 'warning',
    legal: [[{}], [layout({}, {})], [slots('0-9', '10-16383')], [slots('0-9', UNKNOWN)]],
    faults: [[say(SOME, '[{"Slots":"0-9"},{}]'), layout({ Slots: '0-9' }, {})]],
  },
  'restored-shards-need-slots': {
    severity: 'warning',
    legal: [
      [{}],
      [{ NumNodeGroups: 2 }],
      [{ SnapshotArns: ['a'] }],
      [{ SnapshotArns: ['a'], NumNodeGroups: 1 }],
      [{ SnapshotArns: ['a'], ...layout({}) }],
      [{ SnapshotArns: ['a'], ...slots('0-8191', '8192-16383') }],
      [{ SnapshotArns: ['a'], ...slots(UNKNOWN, UNKNOWN) }],
    ],
    faults: [
      [say(RESTORED, 'not set'), { SnapshotArns: ['a'], NumNodeGroups: 2 }],
      [say(RESTORED, 'got [{},{"Slots":"0-9"}]'), { SnapshotArns: ['a'], ...layout({}, { Slots: '0-9' }) }],
    ],
  },
});
