import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { RedisLogDestination } from './redis-log-destination';

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
   * Whether commands that take longer than `slowlog-log-slower-than` (10 ms unless set) are delivered.
   *
   * Update: in place.
   *
   * @default true
   */
  readonly slowLog?: boolean;

  /**
   * Whether the engine's own log is delivered.
   *
   * Update: in place.
   *
   * @default true
   */
  readonly engineLog?: boolean;

  /**
   * Where the logs go.
   *
   * Update: in place.
   *
   * @default - `RedisLogDestination.cloudWatch()`: a log group for each
   */
  readonly destination?: RedisLogDestination;

  /**
   * How a line is written.
   *
   * Update: in place.
   *
   * @default RedisLogFormat.JSON
   */
  readonly format?: RedisLogFormat;

  /**
   * How long lines are kept in log groups.
   *
   * Update: in place.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly retention?: RetentionDays;
}
