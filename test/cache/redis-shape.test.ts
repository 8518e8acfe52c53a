import { ClusterMode, RedisClusterProps, RedisEngine } from '../../src';
import { groupOf, newCluster, resourceOf, warningsOf } from '../helpers';

const GROUP = 'AWS::ElastiCache::ReplicationGroup';
const PARAMETERS = 'AWS::ElastiCache::ParameterGroup';

/** What of a group says its shape. */
function shapeOf(props: Partial<RedisClusterProps>): object {
  const {
    NumCacheClusters, NumNodeGroups, ReplicasPerNodeGroup, NodeGroupConfiguration, ClusterMode: mode, AutomaticFailoverEnabled, MultiAZEnabled,
  } = groupOf(newCluster(props));
  return Object.fromEntries(Object.entries({
    NumCacheClusters, NumNodeGroups, ReplicasPerNodeGroup, NodeGroupConfiguration, ClusterMode: mode, AutomaticFailoverEnabled, MultiAZEnabled,
  }).filter(([, value]) => value !== undefined));
}

describe('the replication group', () => {
  const rows: [string, Partial<RedisClusterProps>, object][] = [
    ['disabled', {}, { NumCacheClusters: 2, AutomaticFailoverEnabled: true, MultiAZEnabled: true }],
    ['compatible', { clusterMode: ClusterMode.compatible() }, {
      NumCacheClusters: 2, ClusterMode: 'compatible', AutomaticFailoverEnabled: true, MultiAZEnabled: true,
    }],
    ['enabled', { clusterMode: ClusterMode.enabled() }, {
      NumNodeGroups: 2, ReplicasPerNodeGroup: 1, ClusterMode: 'enabled', AutomaticFailoverEnabled: true, MultiAZEnabled: true,
    }],
    ['enabled without replicas', { clusterMode: ClusterMode.enabled({ shards: 3, replicasPerShard: 0 }) }, {
      NumNodeGroups: 3, ReplicasPerNodeGroup: 0, ClusterMode: 'enabled', AutomaticFailoverEnabled: true, MultiAZEnabled: false,
    }],
    ['enabled on Valkey', { clusterMode: ClusterMode.enabled(), engine: RedisEngine.VALKEY_8_1 }, {
      NumNodeGroups: 2, ReplicasPerNodeGroup: 1, ClusterMode: 'enabled', AutomaticFailoverEnabled: true, MultiAZEnabled: true,
    }],
    ['enabled on an engine that cannot change its mode', { clusterMode: ClusterMode.enabled(), engine: RedisEngine.REDIS_6_2 }, {
      NumNodeGroups: 2, ReplicasPerNodeGroup: 1, AutomaticFailoverEnabled: true, MultiAZEnabled: true,
    }],
    ['shards one by one, all alike', { clusterMode: ClusterMode.enabled({ shardLayout: [{ shardId: '1' }, { shardId: '0002' }] }) }, {
      NumNodeGroups: 2,
      ReplicasPerNodeGroup: 1,
      NodeGroupConfiguration: [{ NodeGroupId: '1', ReplicaCount: 1 }, { NodeGroupId: '0002', ReplicaCount: 1 }],
      ClusterMode: 'enabled',
      AutomaticFailoverEnabled: true,
      MultiAZEnabled: true,
    }],
    ['shards one by one, with slots, zones and replicas of their own', {
      clusterMode: ClusterMode.enabled({
        shardLayout: [
          { shardId: '1', slots: '0-9999', primaryZone: 'eu-west-1a', replicaZones: ['eu-west-1b'] },
          { shardId: '2', slots: '10000-16383', replicas: 2, primaryZone: 'eu-west-1b', replicaZones: ['eu-west-1a', 'eu-west-1b'] },
        ],
      }),
    }, {
      NumNodeGroups: 2,
      NodeGroupConfiguration: [
        { NodeGroupId: '1', ReplicaCount: 1, Slots: '0-9999', PrimaryAvailabilityZone: 'eu-west-1a', ReplicaAvailabilityZones: ['eu-west-1b'] },
        {
          NodeGroupId: '2', ReplicaCount: 2, Slots: '10000-16383', PrimaryAvailabilityZone: 'eu-west-1b', ReplicaAvailabilityZones: ['eu-west-1a', 'eu-west-1b'],
        },
      ],
      ClusterMode: 'enabled',
      AutomaticFailoverEnabled: true,
      MultiAZEnabled: true,
    }],
  ];
  test.each(rows)('%s', (_name, props, shape) => expect(shapeOf(props)).toEqual(shape));

  test('one shard without replicas among others turns Multi-AZ off', () => {
    const shardLayout = [{ shardId: '1' }, { shardId: '2', replicas: 0 }];
    expect(shapeOf({ clusterMode: ClusterMode.enabled({ shardLayout }) })).toMatchObject({ MultiAZEnabled: false, AutomaticFailoverEnabled: true });
  });

  test('shards are added and removed while the cluster runs', () => {
    const policyOf = (clusterMode: ClusterMode) => resourceOf(newCluster({ clusterMode }), GROUP);
    expect(policyOf(ClusterMode.enabled())).toMatchObject({ UpdatePolicy: { UseOnlineResharding: true } });
    expect(policyOf(ClusterMode.compatible())).not.toHaveProperty('UpdatePolicy');
    expect(policyOf(ClusterMode.disabled())).not.toHaveProperty('UpdatePolicy');
  });
});

describe('the parameter group', () => {
  test.each([['enabled', ClusterMode.enabled()], ['compatible', ClusterMode.compatible()]])('speaks the cluster protocol: %s', (_name, clusterMode) => {
    const cluster = newCluster({ clusterMode, parameters: { timeout: '300' } });
    expect(resourceOf(cluster, PARAMETERS).Properties.Properties)
      .toEqual({ 'maxmemory-policy': 'volatile-lru', 'cluster-enabled': 'yes', 'timeout': '300' });
    expect(cluster.node.tryFindChild('ClusterParameterGroup')).toBeDefined();
    expect(cluster.node.tryFindChild('ParameterGroup')).toBeUndefined();
    expect(groupOf(cluster).CacheParameterGroupName).toEqual({ Ref: 'CacheClusterParameterGroup973439B1' });
  });

  test('is one resource while disabled, and another one from compatible on', () => {
    const idOf = (clusterMode: ClusterMode) => groupOf(newCluster({ clusterMode })).CacheParameterGroupName.Ref;
    expect(idOf(ClusterMode.disabled())).toBe('CacheParameterGroup32BBAE3A');
    expect(idOf(ClusterMode.enabled())).toBe(idOf(ClusterMode.compatible()));
  });
});

describe('node ids', () => {
  const rows: [string, ClusterMode, string[]][] = [
    ['compatible', ClusterMode.compatible({ replicas: 2 }), ['001', '002', '003']],
    ['enabled', ClusterMode.enabled(), ['0001-001', '0001-002', '0002-001', '0002-002']],
    ['shards with ids', ClusterMode.enabled({ shardLayout: [{ shardId: '7', replicas: 0 }, { shardId: '0042', replicas: 1 }] }), ['0007-001', '0042-001', '0042-002']],
  ];
  test.each(rows)('%s', (_name, clusterMode, nodes) => {
    expect(newCluster({ clusterMode }).nodeIds).toEqual(nodes.map(node => `data-cache-a610ade3-${node}`));
  });
});

test('a cluster with shards is nothing to warn of', () => {
  expect(warningsOf(newCluster({ clusterMode: ClusterMode.enabled() }))).toEqual([]);
});
