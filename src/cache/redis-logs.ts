import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { RedisLogFormat, RedisLogOptions } from './redis-log-options';
import { RedisEngine } from '../catalog/redis-engine';

/** The log groups of a cluster, and how they are filled. */
export interface RedisLogs {
  readonly slowLog?: LogGroup;
  readonly engineLog?: LogGroup;
  readonly deliveries: CfnReplicationGroup.LogDeliveryConfigurationRequestProperty[];
}

/** Delivers the logs that are asked for and that the engine can fill, and makes log groups for them unless they go to a stream. */
export function makeRedisLogs(
  scope: Construct, options: RedisLogOptions, engine: RedisEngine, key: IKey | undefined, removalPolicy: RemovalPolicy,
): RedisLogs {
  const { features } = engine._bind();
  const stream = options.destination?._bind();
  const deliveries: CfnReplicationGroup.LogDeliveryConfigurationRequestProperty[] = [];
  const deliver = (id: string, logType: string, wanted: boolean): LogGroup | undefined => {
    if (!wanted) return undefined;
    const common = { logType, logFormat: options.format ?? RedisLogFormat.JSON };
    if (stream) {
      const destinationDetails = { kinesisFirehoseDetails: { deliveryStream: stream.deliveryStreamName } };
      deliveries.push({ ...common, destinationType: 'kinesis-firehose', destinationDetails });
      return undefined;
    }
    const group = new LogGroup(scope, id, { retention: options.retention ?? RetentionDays.ONE_YEAR, encryptionKey: key, removalPolicy });
    const destinationDetails = { cloudWatchLogsDetails: { logGroup: group.logGroupName } };
    deliveries.push({ ...common, destinationType: 'cloudwatch-logs', destinationDetails });
    return group;
  };
  return {
    slowLog: deliver('SlowLog', 'slow-log', options.slowLog ?? features.includes('slowLog')),
    engineLog: deliver('EngineLog', 'engine-log', options.engineLog ?? features.includes('engineLog')),
    deliveries,
  };
}
