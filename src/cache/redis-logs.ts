import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { RedisEngine } from '../catalog/redis-engine';

/** How a log line is written. */
export enum RedisLogFormat {
  /** One JSON object a line. */
  JSON = 'json',
  /** Plain text. */
  TEXT = 'text',
}

/**
 * The logs of a cluster.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Log_Delivery.html
 */
export interface RedisLogOptions {
  /**
   * Whether commands that take longer than `slowlog-log-slower-than` (10 ms unless set) are delivered to a log group.
   *
   * @default true
   */
  readonly slowLog?: boolean;

  /**
   * Whether the engine's own log is delivered to a log group.
   *
   * @default true
   */
  readonly engineLog?: boolean;

  /**
   * How a line is written.
   *
   * @default RedisLogFormat.JSON
   */
  readonly format?: RedisLogFormat;

  /**
   * How long lines are kept.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly retention?: RetentionDays;
}

/** The log groups of a cluster, and how they are filled. */
export interface RedisLogs {
  readonly slowLog?: LogGroup;
  readonly engineLog?: LogGroup;
  readonly deliveries: CfnReplicationGroup.LogDeliveryConfigurationRequestProperty[];
}

/** Makes the log groups that are asked for and that the engine can fill. */
export function makeRedisLogs(
  scope: Construct, options: RedisLogOptions, engine: RedisEngine, key: IKey | undefined, removalPolicy: RemovalPolicy,
): RedisLogs {
  const { features } = engine._bind();
  const groupOf = (id: string, wanted: boolean | undefined, possible: boolean) => wanted ?? possible ? new LogGroup(scope, id, {
    retention: options.retention ?? RetentionDays.ONE_YEAR,
    encryptionKey: key,
    removalPolicy,
  }) : undefined;
  const slowLog = groupOf('SlowLog', options.slowLog, features.includes('slowLog'));
  const engineLog = groupOf('EngineLog', options.engineLog, features.includes('engineLog'));
  const delivery = (logType: string, group: LogGroup | undefined) => group ? [{
    logType,
    logFormat: options.format ?? RedisLogFormat.JSON,
    destinationType: 'cloudwatch-logs',
    destinationDetails: { cloudWatchLogsDetails: { logGroup: group.logGroupName } },
  }] : [];
  return { slowLog, engineLog, deliveries: [...delivery('slow-log', slowLog), ...delivery('engine-log', engineLog)] };
}
