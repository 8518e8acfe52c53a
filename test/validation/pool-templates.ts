import { Changes, Properties, Resources } from './templates';

/** A pool of Memcached as somebody writes it by hand, and for every rule of it what makes it faulty. */

const ref = (logicalId: string) => ({ Ref: logicalId });
const pool = (changes: Properties): Changes => ({ Pool: changes });
const parameters = (values: Properties): Changes => ({ Parameters: { Properties: values } });
const ZONES = ['eu-west-1a', 'eu-west-1b'];

/** Two nodes in two zones, with TLS. */
export const POOL: Resources = {
  Pool: {
    Type: 'AWS::ElastiCache::CacheCluster',
    Properties: {
      Engine: 'memcached',
      EngineVersion: '1.6.22',
      CacheNodeType: 'cache.r7g.large',
      NumCacheNodes: 2,
      AZMode: 'cross-az',
      PreferredAvailabilityZones: ZONES,
      TransitEncryptionEnabled: true,
      CacheSubnetGroupName: ref('Subnets'),
      CacheParameterGroupName: ref('Parameters'),
    },
  },
  Parameters: { Type: 'AWS::ElastiCache::ParameterGroup', Properties: { CacheParameterGroupFamily: 'memcached1.6', Description: 'Pages of the shop' } },
  Subnets: { Type: 'AWS::ElastiCache::SubnetGroup', Properties: { Description: 'Pages of the shop', SubnetIds: ['subnet-a', 'subnet-b'] } },
  Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: 'alias/shop' } },
};

const OLD = { EngineVersion: '1.5.16', TransitEncryptionEnabled: false, CacheParameterGroupName: 'default.memcached1.5' };
const ONE_NODE = { NumCacheNodes: 1, AZMode: undefined, PreferredAvailabilityZones: ['eu-west-1a'] };

/** What breaks a rule in the template of the pool. */
export const FAULTS_OF_A_POOL: { readonly [id: string]: Changes } = {
  'cache-cluster-name': pool({ ClusterName: 'shop-' }),
  'cache-cluster-node-count': pool({ NumCacheNodes: 0 }),
  'memcached-node-quota': pool({ NumCacheNodes: 61 }),
  'cache-cluster-redis-nodes': pool({ Engine: 'redis', EngineVersion: '7.1' }),
  'memcached-single-node': pool(ONE_NODE),
  'memcached-one-zone': pool({ PreferredAvailabilityZones: ['eu-west-1a', 'eu-west-1a'] }),
  'az-mode-word': pool({ AZMode: 'two-az' }),
  'az-mode-needs-nodes': pool({ ...ONE_NODE, AZMode: 'cross-az' }),
  'az-mode-zones': pool({ AZMode: 'single-az' }),
  'cache-cluster-zones-count': pool({ NumCacheNodes: 3 }),
  'cache-cluster-zones-once': pool({ PreferredAvailabilityZone: 'eu-west-1a' }),
  'memcached-growth': pool({ PreferredAvailabilityZones: undefined }),
  'cache-cluster-engine': pool({ Engine: 'couchbase' }),
  'cache-cluster-parameter-group-family': { Parameters: { CacheParameterGroupFamily: 'memcached1.5' } },
  'cache-cluster-node-type-engine': pool({ CacheNodeType: 'cache.r6gd.xlarge' }),
  'cache-cluster-node-type-engine-version': pool({ ...OLD, CacheNodeType: 'cache.r7g.large', EngineVersion: '1.4.5' }),
  'cache-cluster-previous-generation-node-type': pool({ CacheNodeType: 'cache.m4.large' }),
  'memcached-no-tls': pool({ TransitEncryptionEnabled: 'false' }),
  'memcached-tls-engine-version': pool({ ...OLD, TransitEncryptionEnabled: true }),
  'memcached-tls-node-type': pool({ CacheNodeType: 'cache.t2.small' }),
  'memcached-without-backups-and-logs': pool({ SnapshotRetentionLimit: 7 }),
  'cache-cluster-default-subnet-group': pool({ CacheSubnetGroupName: undefined }),
  'cache-cluster-port-range': pool({ Port: 1149 }),
  'cache-cluster-port-reserved': pool({ Port: '8005' }),
  'cache-cluster-network-type': pool({ NetworkType: 'ipv5' }),
  'cache-cluster-ip-discovery': pool({ IpDiscovery: 'ipv5' }),
  'cache-cluster-network-type-engine-version': pool({ ...OLD, NetworkType: 'ipv6' }),
  'cache-cluster-network-type-node-type': pool({ NetworkType: 'ipv6', CacheNodeType: 'cache.m4.large' }),
  'cache-cluster-ip-discovery-network-type': pool({ IpDiscovery: 'ipv6' }),
  'cache-cluster-maintenance-window-form': pool({ PreferredMaintenanceWindow: 'sun' }),
  'cache-cluster-maintenance-window-length': pool({ PreferredMaintenanceWindow: 'sun:04:00-sun:04:30' }),
  'cache-cluster-encrypted-notification-topic': pool({ NotificationTopicArn: ref('Topic') }),
  'redis-parameter-of-memcached': parameters({ 'maxmemory-policy': 'allkeys-lru' }),
  'memcached-item-size-chunks': parameters({ max_item_size: 600000 }),
};
