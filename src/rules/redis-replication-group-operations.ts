import { mayBeSecondary, offers } from './engine';
import { maintenanceWindow, maintenanceWindowRules, notificationTopicRule, REPLICATION_GROUP_KIND, windowRules } from './node-based';
import { REPLICATION_GROUP } from './resource-types';
import { isUnknown, Properties, PropertyValue, Rule, rulesOf, valueAt } from './rule';
import { isClustered } from './shards';
import { areDistinct, asList, asNumber, asText, asWord, column, isAbsent, isGiven, isWhole, knownTexts, mayBeGiven } from './values';
import { parseDailyWindow, windowsOverlap } from './windows';
import { LOG_DESTINATION_TYPES, LOG_FORMATS, MAX_NODES_PER_SHARD, SNAPSHOT_RETENTION_DAYS_MAX } from '../facts/elasticache-limits';
import { memberId } from '../facts/elasticache-metrics';

const CREATE = 'ElastiCache API Reference, CreateReplicationGroup';
const LOGS = 'ElastiCache User Guide, "Log delivery" (Log_Delivery)';

/** Where each type of destination is named. */
const LOG_DETAILS: ReadonlyMap<string, string> = new Map([
  ['cloudwatch-logs', 'CloudWatchLogsDetails.LogGroup'],
  ['kinesis-firehose', 'KinesisFirehoseDetails.DeliveryStream'],
]);

const snapshotWindow = (p: Properties) => parseDailyWindow(asText(p.SnapshotWindow) ?? '');

/** The known values that the log deliveries give to one of their properties. */
function logValues(p: Properties, property: string): PropertyValue[] {
  return column(p.LogDeliveryConfigurations, property).filter((value) => !isUnknown(value));
}

/** The words that one property of every log delivery accepts. */
function logWordRule(id: string, property: string, words: readonly string[]): Omit<Rule, 'type'> {
  return {
    id,
    severity: 'error',
    source: LOGS,
    reads: ['LogDeliveryConfigurations[]'],
    text: `${property} of a log delivery is ${words.join(' or ')}: {LogDeliveryConfigurations}.`,
    remedy: `Set ${property} to one of them in {LogDeliveryConfigurations}.`,
    holds: (p) => logValues(p, property).every((value) => words.includes(asWord(value) ?? '')),
  };
}

/** The engine versions that deliver one log. */
function logVersionRule(logType: string, feature: 'slowLog' | 'engineLog', versions: string): Omit<Rule, 'type'> {
  return {
    id: `${logType}-engine-version`,
    severity: 'error',
    source: LOGS,
    reads: ['LogDeliveryConfigurations[]', 'Engine', 'EngineVersion'],
    text: `Delivery of the ${logType} needs ${versions}: {EngineVersion}.`,
    remedy: `Raise {EngineVersion}, or leave the ${logType} out of {LogDeliveryConfigurations}.`,
    holds: (p) => !logValues(p, 'LogType').some((value) => asWord(value) === logType) || offers(p, feature),
  };
}

/** Windows, backups, logs and notifications of a replication group. */
export const replicationGroupOperationsRules = rulesOf(REPLICATION_GROUP, [
  ...windowRules(REPLICATION_GROUP_KIND, 'snapshot-window', 'SnapshotWindow', 'hh24:mi-hh24:mi', '04:00-05:00', snapshotWindow),
  ...maintenanceWindowRules(REPLICATION_GROUP_KIND),
  {
    id: 'windows-overlap',
    severity: 'error',
    source: `${CREATE} (SnapshotWindow); seen to be refused even while backups are off`,
    reads: ['SnapshotWindow', 'PreferredMaintenanceWindow'],
    text: 'Backup and maintenance must not overlap: {SnapshotWindow}, {PreferredMaintenanceWindow}.',
    remedy: 'Move {SnapshotWindow} or {PreferredMaintenanceWindow}.',
    holds: (p) => {
      const [daily, weekly] = [snapshotWindow(p).window, maintenanceWindow(p).window];
      return daily === undefined || weekly === undefined || !windowsOverlap(daily, weekly);
    },
  },
  {
    id: 'snapshot-retention',
    severity: 'error',
    source: `${CREATE} (SnapshotRetentionLimit)`,
    reads: ['SnapshotRetentionLimit'],
    text: `Backups are kept for 0 to ${SNAPSHOT_RETENTION_DAYS_MAX} whole days: {SnapshotRetentionLimit}.`,
    remedy: 'Set {SnapshotRetentionLimit} in that range.',
    holds: (p) => isAbsent(p.SnapshotRetentionLimit) || isWhole(p.SnapshotRetentionLimit, 0, SNAPSHOT_RETENTION_DAYS_MAX),
  },
  {
    id: 'no-backups',
    severity: 'warning',
    source: 'Security Hub ElastiCache.1',
    reads: ['SnapshotRetentionLimit'],
    text: 'No backups are made: {SnapshotRetentionLimit}.',
    remedy: 'Set {SnapshotRetentionLimit} to at least 1 day.',
    holds: (p) => isAbsent(p.SnapshotRetentionLimit) ? mayBeSecondary(p) : asNumber(p.SnapshotRetentionLimit) !== 0,
  },
  {
    id: 'snapshot-window-unused',
    severity: 'warning',
    source: `${CREATE} (SnapshotWindow)`,
    reads: ['SnapshotRetentionLimit'],
    text: 'A backup window without backups has no effect: {SnapshotWindow}, {SnapshotRetentionLimit}.',
    remedy: 'Set {SnapshotRetentionLimit} to at least 1 day, or leave {SnapshotWindow} out.',
    holds: (p) => !isGiven(p.SnapshotWindow) || (asNumber(p.SnapshotRetentionLimit) ?? 0) !== 0,
  },
  {
    id: 'snapshotting-cluster-mode',
    severity: 'error',
    source: `${CREATE} (SnapshottingClusterId)`,
    reads: ['ClusterMode', 'NumNodeGroups', 'NodeGroupConfiguration[]'],
    text: 'The node that backups are taken from is chosen in cluster mode disabled only: {SnapshottingClusterId:name} is set.',
    remedy: 'Leave {SnapshottingClusterId} out.',
    holds: (p, around) => !isGiven(p.SnapshottingClusterId) || isClustered(p, around) !== true,
  },
  {
    // A warning only: nodes that were added and removed since can have other numbers than 1 to their count.
    id: 'snapshotting-member',
    severity: 'warning',
    source: 'ElastiCache User Guide, "Finding connection endpoints" (Endpoints)',
    reads: ['SnapshottingClusterId', 'ReplicationGroupId', 'NumCacheClusters'],
    text: 'Backups are taken from one of the nodes of the group, which are numbered from 001: '
      + '{SnapshottingClusterId}, {ReplicationGroupId}, {NumCacheClusters}.',
    remedy: 'Set {SnapshottingClusterId} to the id of such a node.',
    holds: (p) => {
      const [id, nodes] = [asWord(p.ReplicationGroupId), asNumber(p.NumCacheClusters)];
      return isAbsent(p.SnapshottingClusterId) || id === undefined || nodes === undefined
        || Array.from({ length: Math.min(nodes, MAX_NODES_PER_SHARD) }, (_, i) => memberId(id, i + 1)).includes(asWord(p.SnapshottingClusterId) ?? '');
    },
  },
  {
    id: 'one-restore-source',
    severity: 'error',
    source: `${CREATE} (SnapshotName, SnapshotArns)`,
    reads: ['SnapshotArns[]'],
    text: 'A group is restored from a snapshot or from files, not both: {SnapshotName:name} and {SnapshotArns:name} are set.',
    remedy: 'Leave {SnapshotName} or {SnapshotArns} out.',
    holds: (p) => !isGiven(p.SnapshotName) || !isGiven(p.SnapshotArns),
  },
  {
    id: 'snapshot-arns-form',
    severity: 'error',
    source: `${CREATE} (SnapshotArns)`,
    reads: ['SnapshotArns[]'],
    text: 'A backup file is named by the ARN of an S3 object without commas: {SnapshotArns}.',
    remedy: 'List ARNs such as arn:aws:s3:::bucket/backup.rdb in {SnapshotArns}.',
    holds: (p) => knownTexts(p.SnapshotArns).every((arn) => /^arn:[a-z-]+:s3:::[^,/]+\/[^,]+$/.test(arn)),
  },
  logWordRule('log-type', 'LogType', ['slow-log', 'engine-log']),
  logWordRule('log-destination-type', 'DestinationType', LOG_DESTINATION_TYPES),
  logWordRule('log-format', 'LogFormat', LOG_FORMATS),
  {
    id: 'log-destination-details',
    severity: 'error',
    source: LOGS,
    reads: ['LogDeliveryConfigurations[]'],
    text: 'A log goes to the LogGroup of CloudWatchLogsDetails or to the DeliveryStream of KinesisFirehoseDetails, as its DestinationType says: '
      + '{LogDeliveryConfigurations}.',
    remedy: 'Write DestinationDetails that match to every entry of {LogDeliveryConfigurations}.',
    holds: (p) => asList(p.LogDeliveryConfigurations).every((delivery) => {
      const [type] = column([delivery], 'DestinationType');
      const path = LOG_DETAILS.get(asWord(type) ?? '');
      return path === undefined || mayBeGiven(valueAt({ delivery }, `delivery.DestinationDetails.${path}`));
    }),
  },
  {
    id: 'log-type-once',
    severity: 'error',
    source: LOGS,
    reads: ['LogDeliveryConfigurations[]'],
    text: 'Each log has one destination: {LogDeliveryConfigurations}.',
    remedy: 'Keep one entry for each LogType in {LogDeliveryConfigurations}.',
    holds: (p) => areDistinct(logValues(p, 'LogType').flatMap((value) => asWord(value) ?? [])),
  },
  logVersionRule('slow-log', 'slowLog', 'Redis OSS 6.0 or later, or Valkey'),
  logVersionRule('engine-log', 'engineLog', 'Redis OSS 6.2 or later, or Valkey'),
  notificationTopicRule(REPLICATION_GROUP_KIND),
]);
