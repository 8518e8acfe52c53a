import { AlarmOptions, AlarmTuning } from '../monitoring/alarm-options';

/** What the alarms of a cache of any engine can be told. */
export interface CacheAlarmOptions extends AlarmOptions {
  /**
   * CPU of the host, in percent: for Memcached, and for Redis OSS and Valkey on nodes of up to 2 vCPUs.
   *
   * @default - critical above 90 percent, divided by the number of vCPUs with Redis OSS and Valkey, for 5 minutes
   */
  readonly cpu?: AlarmTuning;

  /**
   * Keys that a node drops in 5 minutes because memory is full.
   *
   * @default - a warning above 100, in 2 of 3 periods; none under the policy `noeviction`
   */
  readonly evictions?: AlarmTuning;

  /**
   * Connections of a node.
   *
   * @default - a warning above four fifths of what the node type takes, for 10 minutes
   */
  readonly connections?: AlarmTuning;

  /**
   * Free memory of the host, in bytes, taken as none while more swap is in use than memory is free.
   *
   * @default - a warning below 100 000 000, for 5 minutes
   */
  readonly freeMemory?: AlarmTuning;

  /**
   * Nodes that publish no metrics, in a group where others do.
   *
   * @default - critical above 0 for 5 minutes, in a group of more than one node that is not scaled
   */
  readonly nodes?: AlarmTuning;

  /**
   * Packets that a node has queued or dropped in a minute because the network allowance of its type was used up.
   *
   * @default - a warning above 0, in 3 of 5 minutes
   */
  readonly networkAllowances?: AlarmTuning;

  /**
   * CPU credits of a burstable node.
   *
   * @default - a warning below a tenth of what the node type keeps at most, for 15 minutes
   */
  readonly cpuCredits?: AlarmTuning;

  /**
   * Hits in percent of all look-ups of up to five nodes, weighted by the traffic of each; fewer than 100 look-ups in a period count as 100 percent.
   *
   * @default - a warning below 80 percent for 4 of 6 periods of 5 minutes, in a group of up to 50 nodes
   */
  readonly hitRate?: AlarmTuning;
}

/** What the alarms of a Memcached pool can be told. */
export interface MemcachedAlarmOptions extends CacheAlarmOptions {}

/** What the alarms of a Redis OSS or Valkey cluster can be told. */
export interface RedisAlarmOptions extends CacheAlarmOptions {
  /**
   * CPU of the engine's thread, in percent: for nodes of 4 vCPUs and more.
   *
   * @default - critical above 90 percent, for 5 minutes
   */
  readonly engineCpu?: AlarmTuning;

  /**
   * Memory in use, in percent of what the engine may take.
   *
   * @default - a warning above 80 percent for 5 minutes, on nodes without data tiering
   */
  readonly memory?: AlarmTuning;

  /**
   * Memory and SSD in use, in percent of what the engine may take.
   *
   * @default - a warning above 80 percent for 5 minutes, on nodes with data tiering
   */
  readonly capacity?: AlarmTuning;

  /**
   * How far a replica is behind, in seconds.
   *
   * @default - a warning above 1 second for 3 of 5 minutes, where there are replicas
   */
  readonly replicationLag?: AlarmTuning;

  /**
   * Failed logins in a minute.
   *
   * @default - a warning above 0, where clients log in
   */
  readonly authenticationFailures?: AlarmTuning;

  /**
   * Commands and keys in a minute that were refused because the user may not use them.
   *
   * @default - a warning above 0, where clients log in as users
   */
  readonly authorizationFailures?: AlarmTuning;

  /**
   * Whether a node sheds load: 1 when it does.
   *
   * @default - a warning at 1, in 3 of 5 minutes
   */
  readonly trafficManagement?: AlarmTuning;

  /**
   * How far durable storage is behind, in milliseconds.
   *
   * @default - a warning above 5000 for 3 of 5 minutes, where `durability` is on
   */
  readonly durabilityLag?: AlarmTuning;

  /**
   * Commands that failed in a minute. Under the policy `noeviction` writes fail when memory is full.
   *
   * @default - critical above 0 for 3 of 5 minutes, under the policy `noeviction`
   */
  readonly failedCommands?: AlarmTuning;
}
