import { say, testRules } from './cases';
import { replicationGroupOperationsRules } from '../../src/rules/redis-replication-group-operations';
import { Properties, PropertyValue, Surroundings, UNDECIDED, UNKNOWN } from '../../src/rules/rule';

const topic = (properties: Properties, type = 'AWS::SNS::Topic'): Surroundings => ({
  behind: (property) => property === 'NotificationTopicArn' ? [{ type, properties }] : [],
});

const DAILY = 'The window reads hh24:mi-hh24:mi in UTC: `SnapshotWindow` (got "%"). Write `SnapshotWindow` in that form, for example 04:00-05:00.';
const WEEKLY = 'The window reads ddd:hh24:mi-ddd:hh24:mi in UTC: `PreferredMaintenanceWindow` (got "%"). '
  + 'Write `PreferredMaintenanceWindow` in that form, for example sun:05:30-sun:06:30.';
const SHORT = 'The window lasts at least 60 minutes: `%` (got "%"). Lengthen `%`.';
const OVERLAP = 'Backup and maintenance must not overlap: `SnapshotWindow` (got "%"), `PreferredMaintenanceWindow` (got "%"). '
  + 'Move `SnapshotWindow` or `PreferredMaintenanceWindow`.';
const RETENTION = 'Backups are kept for 0 to 35 whole days: `SnapshotRetentionLimit` (got %). Set `SnapshotRetentionLimit` in that range.';
const NO_BACKUPS = 'No backups are made: `SnapshotRetentionLimit` (%). Set `SnapshotRetentionLimit` to at least 1 day.';
const UNUSED = 'A backup window without backups has no effect: `SnapshotWindow` (got "04:00-05:00"), `SnapshotRetentionLimit` (%). '
  + 'Set `SnapshotRetentionLimit` to at least 1 day, or leave `SnapshotWindow` out.';
const ARNS = 'A backup file is named by the ARN of an S3 object without commas: `SnapshotArns` (got ["%"]). '
  + 'List ARNs such as arn:aws:s3:::bucket/backup.rdb in `SnapshotArns`.';
const WORDS = '% of a log delivery is %: `LogDeliveryConfigurations` (got %). Set % to one of them in `LogDeliveryConfigurations`.';

const CHOSEN = 'The node that backups are taken from is chosen in cluster mode disabled only: `SnapshottingClusterId` is set. '
  + 'Leave `SnapshottingClusterId` out.';
const MEMBER = 'Backups are taken from one of the nodes of the group, which are numbered from 001: `SnapshottingClusterId` (got "%"), '
  + '`ReplicationGroupId` (got "a"), `NumCacheClusters` (got 2). Set `SnapshottingClusterId` to the id of such a node.';
const DETAILS = 'A log goes to the LogGroup of CloudWatchLogsDetails or to the DeliveryStream of KinesisFirehoseDetails, as its DestinationType says: '
  + '`LogDeliveryConfigurations` (got [%]). Write DestinationDetails that match to every entry of `LogDeliveryConfigurations`.';

const delivery = (type: PropertyValue, details: PropertyValue): Properties =>
  ({ LogDeliveryConfigurations: [{ DestinationType: type, DestinationDetails: details }] });
const slow = { LogType: 'slow-log', DestinationType: 'cloudwatch-logs', LogFormat: 'json' };
const engine = { LogType: 'engine-log', DestinationType: 'kinesis-firehose', LogFormat: 'text' };

testRules(replicationGroupOperationsRules, {
  'snapshot-window-form': {
    severity: 'error',
    legal: [[{}], [{ SnapshotWindow: '04:00-05:00' }], [{ SnapshotWindow: '23:30-00:30' }], [{ SnapshotWindow: '4:00-5:00' }]],
    faults: ['', '04:00', '04:00-24:00', '04:60-06:00', '4-5', 'sun:04:00-sun:05:00', '04:00-05:00 ', '104:00-05:00']
      .map((window) => [say(DAILY, window), { SnapshotWindow: window }]),
  },
  'snapshot-window-length': {
    severity: 'error',
    legal: [[{}], [{ SnapshotWindow: '04:00-05:00' }], [{ SnapshotWindow: '23:30-00:30' }], [{ SnapshotWindow: 'tea time' }]],
    faults: ['04:00-04:59', '23:30-00:29', '04:00-04:00'].map((window) =>
      [say(SHORT, 'SnapshotWindow', window, 'SnapshotWindow'), { SnapshotWindow: window }]),
  },
  'maintenance-window-form': {
    severity: 'error',
    legal: [
      [{}],
      [{ PreferredMaintenanceWindow: 'sun:05:30-sun:06:30' }],
      [{ PreferredMaintenanceWindow: 'Mon:22:00-Tue:02:00' }],
      [{ PreferredMaintenanceWindow: 'sun:23:30-mon:00:30' }],
    ],
    faults: ['', '05:30-06:30', 'son:05:30-son:06:30', 'sun:05:30-06:30', 'sun:24:00-mon:01:00', 'xsun:05:30-sun:06:30', 'sun:05:30-sun:06:301']
      .map((window) => [say(WEEKLY, window), { PreferredMaintenanceWindow: window }]),
  },
  'maintenance-window-length': {
    severity: 'error',
    legal: [[{}], [{ PreferredMaintenanceWindow: 'sun:05:30-sun:06:30' }], [{ PreferredMaintenanceWindow: 'sun:23:30-mon:00:30' }]],
    faults: ['sun:05:30-sun:06:29', 'sun:23:30-mon:00:29'].map((window) =>
      [say(SHORT, 'PreferredMaintenanceWindow', window, 'PreferredMaintenanceWindow'), { PreferredMaintenanceWindow: window }]),
  },
  'windows-overlap': {
    severity: 'error',
    legal: [
      [{}],
      [{ SnapshotWindow: '04:00-05:00' }],
      [{ PreferredMaintenanceWindow: 'sun:04:00-sun:05:00' }],
      [{ SnapshotWindow: '04:00-05:00', PreferredMaintenanceWindow: 'sun:05:00-sun:06:00' }],
      [{ SnapshotWindow: '04:00-05:00', PreferredMaintenanceWindow: 'sun:03:00-sun:04:00' }],
    ],
    faults: [['04:00-05:00', 'sun:04:59-sun:05:59'], ['04:00-05:00', 'sun:03:01-sun:04:01'], ['23:30-00:30', 'mon:00:00-mon:01:00']]
      .map(([daily, weekly]) => [say(OVERLAP, daily, weekly), { SnapshotWindow: daily, PreferredMaintenanceWindow: weekly }]),
  },
  'snapshot-retention': {
    severity: 'error',
    legal: [[{}], [{ SnapshotRetentionLimit: 0 }], [{ SnapshotRetentionLimit: 35 }]],
    faults: [-1, 36, 1.5].map((days) => [say(RETENTION, String(days)), { SnapshotRetentionLimit: days }]),
  },
  'no-backups': {
    severity: 'warning',
    legal: [[{ SnapshotRetentionLimit: 1 }], [{ GlobalReplicationGroupId: 'ldgnf-global' }]],
    faults: [[say(NO_BACKUPS, 'not set'), {}], [say(NO_BACKUPS, 'got 0'), { SnapshotRetentionLimit: 0 }]],
  },
  'snapshot-window-unused': {
    severity: 'warning',
    indifferentTo: ['SnapshotWindow'],
    legal: [[{}], [{ SnapshotRetentionLimit: 0 }], [{ SnapshotWindow: '04:00-05:00', SnapshotRetentionLimit: 1 }], [{ SnapshotWindow: UNDECIDED }]],
    faults: [
      [say(UNUSED, 'not set'), { SnapshotWindow: '04:00-05:00' }],
      [say(UNUSED, 'got 0'), { SnapshotWindow: '04:00-05:00', SnapshotRetentionLimit: 0 }],
    ],
  },
  'snapshotting-cluster-mode': {
    severity: 'error',
    indifferentTo: ['SnapshottingClusterId'],
    legal: [
      [{ ClusterMode: 'enabled' }],
      [{ SnapshottingClusterId: 'a-002' }],
      [{ SnapshottingClusterId: 'a-002', ClusterMode: 'disabled' }],
      [{ SnapshottingClusterId: UNDECIDED, ClusterMode: 'enabled' }],
      [{ SnapshottingClusterId: 'a-002', CacheParameterGroupName: 'default.redis7' }],
    ],
    faults: [
      [CHOSEN, { SnapshottingClusterId: 'a-0001-002', ClusterMode: 'enabled' }],
      [CHOSEN, { SnapshottingClusterId: 'a-0001-002', NumNodeGroups: 2 }],
      [CHOSEN, { SnapshottingClusterId: UNKNOWN, NodeGroupConfiguration: [{}, {}] }],
      [CHOSEN, { SnapshottingClusterId: 'a-002', CacheParameterGroupName: 'default.redis7.cluster.on' }],
    ],
  },
  'snapshotting-member': {
    severity: 'warning',
    legal: [
      [{ ReplicationGroupId: 'a', NumCacheClusters: 2 }],
      [{ SnapshottingClusterId: 'a-001', ReplicationGroupId: 'a', NumCacheClusters: 2 }],
      [{ SnapshottingClusterId: 'A-002', ReplicationGroupId: 'a', NumCacheClusters: 2 }],
      [{ SnapshottingClusterId: 'b-003', NumCacheClusters: 2 }],
      [{ SnapshottingClusterId: 'b-003', ReplicationGroupId: 'a' }],
    ],
    faults: ['a-000', 'a-003', 'a-2', 'b-002', 'a'].map((id) => [say(MEMBER, id), {
      SnapshottingClusterId: id, ReplicationGroupId: 'a', NumCacheClusters: 2,
    }]),
  },
  'one-restore-source': {
    severity: 'error',
    indifferentTo: ['SnapshotName'],
    legal: [[{}], [{ SnapshotName: 'a' }], [{ SnapshotArns: ['b'] }], [{ SnapshotName: 'a', SnapshotArns: [] }], [{ SnapshotName: UNDECIDED, SnapshotArns: ['b'] }]],
    faults: [[
      'A group is restored from a snapshot or from files, not both: `SnapshotName` and `SnapshotArns` are set. Leave `SnapshotName` or `SnapshotArns` out.',
      { SnapshotName: UNKNOWN, SnapshotArns: ['b'] },
    ]],
  },
  'snapshot-arns-form': {
    severity: 'error',
    legal: [
      [{}],
      [{ SnapshotArns: [UNKNOWN] }],
      [{ SnapshotArns: ['arn:aws:s3:::bucket/a.rdb', 'arn:aws-cn:s3:::bucket/folder/b.rdb'] }],
    ],
    faults: ['bucket/a.rdb', 'arn:aws:s3:::bucket', 'arn:aws:s3:::bucket/', 'arn:aws:s3:::bucket/a,b.rdb', 'xarn:aws:s3:::bucket/a']
      .map((arn) => [say(ARNS, arn), { SnapshotArns: [arn] }]),
  },
  'log-type': {
    severity: 'error',
    legal: [[{}], [{ LogDeliveryConfigurations: [slow, engine] }], [{ LogDeliveryConfigurations: [{ LogType: UNKNOWN }, UNKNOWN] }]],
    faults: [
      [
        say(WORDS, 'LogType', 'slow-log or engine-log', '[{"LogType":"audit-log"}]', 'LogType'),
        { LogDeliveryConfigurations: [{ LogType: 'audit-log' }] },
      ],
      [say(WORDS, 'LogType', 'slow-log or engine-log', '[{}]', 'LogType'), { LogDeliveryConfigurations: [{}] }],
    ],
  },
  'log-destination-type': {
    severity: 'error',
    legal: [[{}], [{ LogDeliveryConfigurations: [slow, engine] }]],
    faults: [[
      say(WORDS, 'DestinationType', 'cloudwatch-logs or kinesis-firehose', '[{"DestinationType":"s3"}]', 'DestinationType'),
      { LogDeliveryConfigurations: [{ DestinationType: 's3' }] },
    ]],
  },
  'log-format': {
    severity: 'error',
    legal: [[{}], [{ LogDeliveryConfigurations: [slow, engine] }]],
    faults: [[
      say(WORDS, 'LogFormat', 'json or text', '[{"LogFormat":"xml"}]', 'LogFormat'),
      { LogDeliveryConfigurations: [{ LogFormat: 'xml' }] },
    ]],
  },
  'log-destination-details': {
    severity: 'error',
    legal: [
      [{}],
      [delivery('cloudwatch-logs', { CloudWatchLogsDetails: { LogGroup: 'a' } })],
      [delivery('kinesis-firehose', { KinesisFirehoseDetails: { DeliveryStream: 'a' } })],
      [delivery('cloudwatch-logs', { CloudWatchLogsDetails: { LogGroup: UNKNOWN } })],
      [delivery('cloudwatch-logs', UNKNOWN)],
      [delivery(UNKNOWN, {})],
      [delivery('s3', {})],
      [{ LogDeliveryConfigurations: [UNKNOWN] }],
    ],
    faults: [
      [say(DETAILS, '{"DestinationType":"cloudwatch-logs"}'), { LogDeliveryConfigurations: [{ DestinationType: 'cloudwatch-logs' }] }],
      [
        say(DETAILS, '{"DestinationType":"cloudwatch-logs","DestinationDetails":{"KinesisFirehoseDetails":{"DeliveryStream":"a"}}}'),
        delivery('cloudwatch-logs', { KinesisFirehoseDetails: { DeliveryStream: 'a' } }),
      ],
      [
        say(DETAILS, '{"DestinationType":"kinesis-firehose","DestinationDetails":{"CloudWatchLogsDetails":{"LogGroup":"a"}}}'),
        delivery('kinesis-firehose', { CloudWatchLogsDetails: { LogGroup: 'a' } }),
      ],
    ],
  },
  'log-type-once': {
    severity: 'error',
    legal: [
      [{}],
      [{ LogDeliveryConfigurations: [slow, engine] }],
      [{ LogDeliveryConfigurations: [{ LogType: UNKNOWN }, { LogType: UNKNOWN }, {}, {}] }],
    ],
    faults: [[
      'Each log has one destination: `LogDeliveryConfigurations` (got [{"LogType":"slow-log"},{"LogType":"Slow-Log"}]). '
        + 'Keep one entry for each LogType in `LogDeliveryConfigurations`.',
      { LogDeliveryConfigurations: [{ LogType: 'slow-log' }, { LogType: 'Slow-Log' }] },
    ]],
  },
  'slow-log-engine-version': {
    severity: 'error',
    legal: [
      [{ LogDeliveryConfigurations: [slow], Engine: 'redis', EngineVersion: '6.0' }],
      [{ LogDeliveryConfigurations: [slow], Engine: 'valkey', EngineVersion: '7.2' }],
      [{ LogDeliveryConfigurations: [slow] }],
      [{ LogDeliveryConfigurations: [engine], Engine: 'redis', EngineVersion: '5.0.6' }],
      [{ Engine: 'redis', EngineVersion: '5.0.6' }],
    ],
    faults: [[
      'Delivery of the slow-log needs Redis OSS 6.0 or later, or Valkey: `EngineVersion` (got "5.0.6"). '
        + 'Raise `EngineVersion`, or leave the slow-log out of `LogDeliveryConfigurations`.',
      { LogDeliveryConfigurations: [engine, slow], Engine: 'redis', EngineVersion: '5.0.6' },
    ]],
  },
  'engine-log-engine-version': {
    severity: 'error',
    legal: [
      [{ LogDeliveryConfigurations: [engine], Engine: 'redis', EngineVersion: '6.2' }],
      [{ LogDeliveryConfigurations: [engine], Engine: 'valkey', EngineVersion: '7.2' }],
      [{ LogDeliveryConfigurations: [slow], Engine: 'redis', EngineVersion: '6.0' }],
    ],
    faults: [[
      'Delivery of the engine-log needs Redis OSS 6.2 or later, or Valkey: `EngineVersion` (got "6.0"). '
        + 'Raise `EngineVersion`, or leave the engine-log out of `LogDeliveryConfigurations`.',
      { LogDeliveryConfigurations: [engine], Engine: 'redis', EngineVersion: '6.0' },
    ]],
  },
  'encrypted-notification-topic': {
    severity: 'warning',
    indifferentTo: ['NotificationTopicArn'],
    legal: [[{}], [{}, topic({})], [{}, topic({ KmsMasterKeyId: 'key' }, 'AWS::SQS::Queue')]],
    faults: [[
      'ElastiCache cannot publish to a topic that is encrypted with KMS, and its subscription goes inactive: `NotificationTopicArn`. '
        + 'Give `NotificationTopicArn` a topic without a KMS key, or follow the events by an EventBridge rule.',
      { NotificationTopicArn: UNKNOWN },
      topic({ KmsMasterKeyId: UNKNOWN }),
    ]],
  },
});
