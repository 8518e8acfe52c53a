import { Size } from 'aws-cdk-lib';
import { DeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ChangedStruct, Step } from './change';
import { BOTH, change, CLUSTER, newClient, step, STORE, variant } from './prop-changes';
import {
  AccessStringOptions, AccessString, CacheNodeType, ClusterMode, ClusterModeCompatibleOptions, ClusterModeDisabledOptions, ClusterModeEnabledOptions,
  LinkOptions, RedisAuth, RedisBaseProps, RedisClusterProps, RedisEngine, RedisEngineOptions, RedisIamOptions, RedisLogDestination, RedisLogFormat,
  RedisLogOptions, RedisScalingProps, RedisUsersOptions, SessionCapacity, SessionCapacityOptions, SessionStoreProps, ShardLayout,
} from '../../../src';
import { newCluster, newPool, newSessionStore } from '../../helpers';

type BaseStep = Step<Partial<RedisBaseProps>>;
type ClusterStep = Step<Partial<RedisClusterProps>>;

const disabled = (replicas: number) => ({ clusterMode: ClusterMode.disabled({ replicas }) });
const compatible = (replicas: number) => ({ clusterMode: ClusterMode.compatible({ replicas }) });
const enabled = (options: ClusterModeEnabledOptions) => ({ clusterMode: ClusterMode.enabled(options) });
const log = (before: RedisLogOptions, after: RedisLogOptions): BaseStep => step({ logs: before }, { logs: after });
const users = (before: RedisUsersOptions, after: RedisUsersOptions): ClusterStep =>
  step({ auth: RedisAuth.users(before) }, { auth: RedisAuth.users(after) });
const engine = (before: RedisEngineOptions, after: RedisEngineOptions): BaseStep =>
  step({ engine: RedisEngine.of(before) }, { engine: RedisEngine.of(after) });

/** A change of one shard of two. */
function layout(before: ShardLayout, after: ShardLayout): BaseStep {
  return step(enabled({ shardLayout: [{ shardId: '2' }, before] }), enabled({ shardLayout: [{ shardId: '2' }, after] }));
}

const LAYOUT_KNOW = 'ElastiCache adds and removes shards, and moves slots evenly; no call of it changes this of a shard that stays.';

export const MODE_DISABLED: ChangedStruct<ClusterModeDisabledOptions, Partial<RedisBaseProps>> = {
  struct: 'ClusterModeDisabledOptions',
  title: '`ClusterMode.disabled()`',
  constructs: BOTH,
  changes: {
    replicas: [change([step(disabled(1), disabled(2)), step(disabled(2), disabled(1))], 'Readers of a replica that goes lose their connections.')],
  },
};

export const MODE_COMPATIBLE: ChangedStruct<ClusterModeCompatibleOptions, Partial<RedisBaseProps>> = {
  struct: 'ClusterModeCompatibleOptions',
  title: '`ClusterMode.compatible()`',
  constructs: BOTH,
  changes: { replicas: [change([step(compatible(1), compatible(2))], 'Change it before or after: in this mode ElastiCache takes no other change.')] },
};

export const MODE_ENABLED: ChangedStruct<ClusterModeEnabledOptions, Partial<RedisBaseProps>> = {
  struct: 'ClusterModeEnabledOptions',
  title: '`ClusterMode.enabled()`',
  constructs: BOTH,
  changes: {
    shards: [change([step(enabled({ shards: 2 }), enabled({ shards: 3 })), step(enabled({ shards: 3 }), enabled({ shards: 2 }))],
      'Slots move while clients read and write. Change nothing else in the same deployment; a failed update is not rolled back.')],
    replicasPerShard: [change([step(enabled({ replicasPerShard: 1 }), enabled({ replicasPerShard: 2 }))],
      'AWS said so in July 2026 (cloudformation-coverage-roadmap, 918), of a change of nothing else; the schema says replacement, which the fixed name would refuse.')],
    shardLayout: [
      variant('more or fewer shards', [
        step(enabled({ shardLayout: [{ shardId: '1' }, { shardId: '2' }] }), enabled({ shardLayout: [{ shardId: '1' }, { shardId: '2' }, { shardId: '3' }] })),
        step(enabled({ shardLayout: [{ shardId: '1' }, { shardId: '2' }] }), enabled({ shardLayout: [{ shardId: '1' }] })),
        step(
          enabled({ shardLayout: [{ shardId: '1', slots: '0-9999' }, { shardId: '2', slots: '10000-16383' }] }),
          enabled({ shardLayout: [{ shardId: '1' }, { shardId: '2' }, { shardId: '3' }] }),
        ),
      ], 'As with `shards`. Leave `slots` out in the same deployment, and from then on.'),
      variant('given or left out', [
        step(enabled({ shards: 2 }), enabled({ shardLayout: [{ shardId: '1' }, { shardId: '2' }] })),
        step(enabled({ shardLayout: [{ shardId: '1' }, { shardId: '2' }] }), enabled({ shards: 2 })),
      ], 'Describe the shards when the cluster is made, or never.'),
    ],
  },
};

export const SHARD_LAYOUT: ChangedStruct<ShardLayout, Partial<RedisBaseProps>> = {
  struct: 'ShardLayout',
  title: 'A shard of `shardLayout`',
  constructs: BOTH,
  changes: {
    shardId: [change([layout({ shardId: '1' }, { shardId: '3' })], 'Another id is another shard: add it in one deployment, and remove the old one in the next.')],
    replicas: [
      variant('shards alike before or after', [layout({ shardId: '1', replicas: 1 }, { shardId: '1', replicas: 2 })],
        'Give shards different numbers when the cluster is made, or never. All alike are changed by `replicasPerShard`.'),
      variant('shards different before and after', [layout({ shardId: '1', replicas: 2 }, { shardId: '1', replicas: 3 })],
        'ElastiCache changes the replicas of one shard in place.'),
    ],
    slots: [change([layout({ shardId: '1' }, { shardId: '1', slots: '0-8191' })], LAYOUT_KNOW)],
    primaryZone: [change([layout({ shardId: '1', primaryZone: 'eu-west-1a' }, { shardId: '1', primaryZone: 'eu-west-1b' })], LAYOUT_KNOW)],
    replicaZones: [change([layout({ shardId: '1', replicaZones: ['eu-west-1a'] }, { shardId: '1', replicaZones: ['eu-west-1b'] })], LAYOUT_KNOW)],
  },
};

export const USERS: ChangedStruct<RedisUsersOptions, Partial<RedisClusterProps>> = {
  struct: 'RedisUsersOptions',
  title: '`RedisAuth.users()`',
  constructs: CLUSTER,
  changes: {
    userName: [change([users({}, { userName: 'shop' })],
      'The new user has a new password, in the same secret: clients that hold the old one are shut out. When the update is rolled back, the secret no longer fits the user that stays.')],
    access: [change([users({}, { access: AccessString.readOnly() })], 'It holds for the next command of every connection.')],
  },
};

export const IAM: ChangedStruct<RedisIamOptions, Partial<RedisClusterProps>> = {
  struct: 'RedisIamOptions',
  title: '`RedisAuth.iam()`',
  constructs: CLUSTER,
  changes: {
    access: [change([step({ auth: RedisAuth.iam() }, { auth: RedisAuth.iam({ access: AccessString.readOnly() }) })],
      'It holds for the next command of every connection.')],
  },
};

export const ACCESS_KEYS: ChangedStruct<AccessStringOptions, Partial<RedisClusterProps>> = {
  struct: 'AccessStringOptions',
  title: '`AccessString.readOnly()` and `readWrite()`',
  constructs: CLUSTER,
  changes: {
    keys: [change([users({ access: AccessString.readOnly() }, { access: AccessString.readOnly({ keys: ['cart:*'] }) })])],
  },
};

export const LOGS: ChangedStruct<RedisLogOptions, Partial<RedisBaseProps>> = {
  struct: 'RedisLogOptions',
  title: '`logs`',
  constructs: BOTH,
  changes: {
    slowLog: [change([log({}, { slowLog: false }), log({ slowLog: false }, {})])],
    engineLog: [change([log({}, { engineLog: false }), log({ engineLog: false }, {})])],
    destination: [change([[() => ({}), ({ data }) => ({
      logs: { destination: RedisLogDestination.firehose(DeliveryStream.fromDeliveryStreamArn(data, 'Stream', 'arn:aws:firehose:eu-west-1:123456789012:deliverystream/lines')) },
    })]], 'The log groups are kept, unless `removalPolicy` says otherwise.')],
    format: [change([log({}, { format: RedisLogFormat.TEXT })])],
    retention: [change([log({}, { retention: RetentionDays.ONE_WEEK })], 'Older lines are deleted.')],
  },
};

export const ENGINE: ChangedStruct<RedisEngineOptions, Partial<RedisBaseProps>> = {
  struct: 'RedisEngineOptions',
  title: '`RedisEngine.of()`',
  constructs: BOTH,
  changes: {
    engine: [change([engine({ engine: 'redis', version: '7.1', family: 'redis7' }, { engine: 'valkey', version: '8.1', family: 'valkey8' })],
      'As with `engine` from Redis OSS to Valkey.')],
    version: [change([engine({ engine: 'valkey', version: '8.1', family: 'valkey8' }, { engine: 'valkey', version: '8.3', family: 'valkey8' })],
      'To a later version; ElastiCache refuses an earlier one.')],
    family: [change([engine({ engine: 'valkey', version: '9.1', family: 'valkey9' }, { engine: 'valkey', version: '10.0', family: 'valkey10' })],
      'Together with `version`: ElastiCache refuses a family that the version does not read.')],
  },
};

export const CAPACITY: ChangedStruct<SessionCapacityOptions, Partial<SessionStoreProps>> = {
  struct: 'SessionCapacityOptions',
  title: '`SessionCapacity.of()`',
  constructs: STORE,
  changes: {
    concurrentSessions: [change([step(
      { capacity: SessionCapacity.of({ concurrentSessions: 100_000 }) }, { capacity: SessionCapacity.of({ concurrentSessions: 1_000_000 }) },
    )], 'Only where another node type is chosen.')],
    averageSize: [change([step(
      { capacity: SessionCapacity.of({ concurrentSessions: 100_000 }) },
      { capacity: SessionCapacity.of({ concurrentSessions: 100_000, averageSize: Size.kibibytes(64) }) },
    )], 'Only where another node type is chosen.')],
  },
};

export const LINK: ChangedStruct<LinkOptions> = {
  struct: 'LinkOptions',
  title: '`linkFunction()` and `linkContainer()`',
  constructs: {
    RedisCluster: (world, options) => newCluster({}, world).linkFunction(newClient(world), options),
    SessionStore: (world, options) => newSessionStore({}, world).linkFunction(newClient(world), options),
    MemcachedPool: (world, options) => newPool({}, world).linkFunction(newClient(world), options),
  },
  changes: { prefix: [change([step({}, { prefix: 'SHARED' })])] },
};

export const SCALING: ChangedStruct<Pick<RedisScalingProps, 'targetUtilizationPercent'>> = {
  struct: 'RedisScalingProps',
  title: '`autoScaleShards()` and `autoScaleReplicas()`',
  constructs: {
    RedisCluster: (world, { targetUtilizationPercent = 60 }) =>
      newCluster({ nodeType: CacheNodeType.R7G_LARGE, clusterMode: ClusterMode.enabled() }, world)
        .autoScaleShards({ maxCapacity: 8 }).scaleOnEngineCpuUtilization('Cpu', { targetUtilizationPercent }),
  },
  changes: { targetUtilizationPercent: [change([step({}, { targetUtilizationPercent: 50 })])] },
};
