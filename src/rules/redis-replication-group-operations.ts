import { mayBeSecondary, offers } from './engine';
import { REPLICATION_GROUP } from './resource-types';
import { isUnknown, Properties, PropertyValue, Rule, rulesOf, valueAt } from './rule';
import { areDistinct, asList, asNumber, asText, asWord, isAbsent, isGiven, isOneOf, isWhole, knownTexts } from './values';
import { isLongEnough, ParsedWindow, parseDailyWindow, parseWeeklyWindow, windowsOverlap } from './windows';
import { IP_DISCOVERIES, LOG_DESTINATION_TYPES, LOG_FORMATS, NETWORK_TYPES, SNAPSHOT_RETENTION_DAYS_MAX, WINDOW_MIN_MINUTES } from '../facts/elasticache-limits';

const CREATE = 'ElastiCache API Reference, CreateReplicationGroup';
const LOGS = 'ElastiCache User Guide, "Log delivery" (Log_Delivery)';
const NETWORK = 'ElastiCache User Guide, "Choosing a network type" (network-type)';

const snapshotWindow = (p: Properties) => parseDailyWindow(asText(p.SnapshotWindow) ?? '');
const maintenanceWindow = (p: Properties) => parseWeeklyWindow(asText(p.PreferredMaintenanceWindow) ?? '');

/** Form and length of one window property. */
function windowRules(id: string, property: string, form: string, example: string, parse: (p: Properties) => ParsedWindow): Omit<Rule, 'type'>[] {
  return [
    {
      id: `${id}-form`,
      severity: 'error',
      source: `${CREATE} (${property})`,
      reads: [property],
      text: `The window reads ${form} in UTC: {${property}}.`,
      remedy: `Write {${property}} in that form, for example ${example}.`,
      holds: (p) => isAbsent(p[property]) || parse(p).window !== undefined,
    },
    {
      id: `${id}-length`,
      severity: 'error',
      source: `${CREATE} (${property})`,
      reads: [property],
      text: `The window lasts at least ${WINDOW_MIN_MINUTES} minutes: {${property}}.`,
      remedy: `Lengthen {${property}}.`,
      holds: (p) => {
        const { window } = parse(p);
        return window === undefined || isLongEnough(window);
      },
    },
  ];
}

/** The known values that the log deliveries give to one of their properties. */
function logValues(p: Properties, property: string): PropertyValue[] {
  return asList(p.LogDeliveryConfigurations)
    .map((delivery) => valueAt({ delivery }, `delivery.${property}`))
    .filter((value) => !isUnknown(value));
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

/** Windows, backups, logs, notifications and IP version of a replication group. */
export const replicationGroupOperationsRules = rulesOf(REPLICATION_GROUP, [
  ...windowRules('snapshot-window', 'SnapshotWindow', 'hh24:mi-hh24:mi', '04:00-05:00', snapshotWindow),
  ...windowRules('maintenance-window', 'PreferredMaintenanceWindow', 'ddd:hh24:mi-ddd:hh24:mi', 'sun:05:30-sun:06:30', maintenanceWindow),
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
  {
    id: 'encrypted-notification-topic',
    severity: 'warning',
    source: 'ElastiCache User Guide, "Managing ElastiCache Amazon SNS notifications" (ECEvents.SNS)',
    reads: [],
    text: 'ElastiCache cannot publish to a topic that is encrypted with KMS, and its subscription goes inactive: {NotificationTopicArn:name}.',
    remedy: 'Give {NotificationTopicArn} a topic without a KMS key, or follow the events by an EventBridge rule.',
    holds: (_p, { behind }) => !behind?.('NotificationTopicArn').some(({ type, properties }) =>
      type === 'AWS::SNS::Topic' && isGiven(properties.KmsMasterKeyId)),
  },
  {
    id: 'network-type',
    severity: 'error',
    source: NETWORK,
    reads: ['NetworkType'],
    text: `A network type is ${NETWORK_TYPES.join(', ')}: {NetworkType}.`,
    remedy: 'Set {NetworkType} to one of them.',
    holds: (p) => isOneOf(p.NetworkType, NETWORK_TYPES),
  },
  {
    id: 'ip-discovery',
    severity: 'error',
    source: NETWORK,
    reads: ['IpDiscovery'],
    text: `IP discovery is ${IP_DISCOVERIES.join(' or ')}: {IpDiscovery}.`,
    remedy: 'Set {IpDiscovery} to one of them.',
    holds: (p) => isOneOf(p.IpDiscovery, IP_DISCOVERIES),
  },
  {
    id: 'network-type-engine-version',
    severity: 'warning',
    source: NETWORK,
    reads: ['NetworkType', 'Engine', 'EngineVersion'],
    text: 'IPv6 needs Redis OSS 6.2 or later, or Valkey: {NetworkType}, {EngineVersion}.',
    remedy: 'Raise {EngineVersion}, or set {NetworkType} to ipv4.',
    holds: (p) => isOneOf(p.NetworkType, ['ipv4']) || offers(p, 'networkTypes'),
  },
]);
