import { testRules } from './cases';
import { cacheClusterRules } from '../../src/rules/cache-cluster';
import { cacheClusterEngineRules } from '../../src/rules/cache-cluster-engine';
import { cacheClusterNodeRules } from '../../src/rules/cache-cluster-nodes';
import { Description } from '../../src/rules/rule';

const OWN = [...cacheClusterNodeRules, ...cacheClusterEngineRules];
const topic = (properties: Description['properties']) => ({ behind: () => [{ type: 'AWS::SNS::Topic', properties }] });

describe('what is asked of every node-based cache', () => testRules(cacheClusterRules.filter((rule) => !OWN.includes(rule)), {
  'cache-cluster-default-subnet-group': {
    severity: 'warning',
    legal: [[{ CacheSubnetGroupName: 'mine' }]],
    faults: [[
      'The nodes go to the default subnet group of the account: `CacheSubnetGroupName` (not set). '
      + 'Give `CacheSubnetGroupName` a group of private subnets.',
      {},
    ]],
  },
  'cache-cluster-port-range': {
    severity: 'error',
    legal: [[{}], [{ Port: 1150 }], [{ Port: 65535 }], [{ Port: '11211' }]],
    faults: [
      ['A port is a whole number from 1150 to 65535: `Port` (got 1149). Set `Port` to a free one, for example 11211.', { Port: 1149 }],
      ['A port is a whole number from 1150 to 65535: `Port` (got 65536). Set `Port` to a free one, for example 11211.', { Port: 65536 }],
    ],
  },
  'cache-cluster-port-reserved': {
    severity: 'error',
    legal: [[{}], [{ Port: 8004 }], [{ Port: 8006 }]],
    faults: [['ElastiCache keeps this port for itself: `Port` (got 8005). Set `Port` to another one, for example 11211.', { Port: 8005 }]],
  },
  'cache-cluster-network-type': {
    severity: 'error',
    legal: [[{}], [{ NetworkType: 'ipv6' }]],
    faults: [['A network type is ipv4, ipv6, dual_stack: `NetworkType` (got "dual"). Set `NetworkType` to one of them.', { NetworkType: 'dual' }]],
  },
  'cache-cluster-ip-discovery': {
    severity: 'error',
    legal: [[{}], [{ IpDiscovery: 'ipv6' }]],
    faults: [['IP discovery is ipv4 or ipv6: `IpDiscovery` (got "both"). Set `IpDiscovery` to one of them.', { IpDiscovery: 'both' }]],
  },
  'cache-cluster-network-type-engine-version': {
    severity: 'warning',
    legal: [
      [{ NetworkType: 'ipv6', Engine: 'memcached', EngineVersion: '1.6.6' }],
      [{ NetworkType: 'ipv4', Engine: 'memcached', EngineVersion: '1.5.16' }],
      [{ NetworkType: 'ipv6', Engine: 'redis', EngineVersion: '6.2' }],
    ],
    faults: [[
      'IPv6 needs Memcached 1.6.6 or later, Redis OSS 6.2 or later, or Valkey: `NetworkType` (got "ipv6"), `EngineVersion` (got "1.5.16"). '
      + 'Raise `EngineVersion`, or set `NetworkType` to ipv4.',
      { NetworkType: 'ipv6', Engine: 'memcached', EngineVersion: '1.5.16' },
    ]],
  },
  'cache-cluster-network-type-node-type': {
    severity: 'warning',
    legal: [[{ NetworkType: 'ipv6', CacheNodeType: 'cache.t3.micro' }]],
    faults: [[
      'IPv6 needs a node type on the Nitro system, which those of previous generations are not: `NetworkType` (got "ipv6"), '
      + '`CacheNodeType` (got "cache.t2.micro"). Choose a current type for `CacheNodeType`, or set `NetworkType` to ipv4.',
      { NetworkType: 'ipv6', CacheNodeType: 'cache.t2.micro' },
    ]],
  },
  'cache-cluster-ip-discovery-network-type': {
    severity: 'error',
    legal: [[{}], [{ IpDiscovery: 'ipv6', NetworkType: 'dual_stack' }]],
    faults: [[
      'Discovery answers with addresses that the nodes have: `IpDiscovery` (got "ipv6"), `NetworkType` (not set). '
      + 'Set `IpDiscovery` to the version of `NetworkType`, or `NetworkType` to dual_stack.',
      { IpDiscovery: 'ipv6' },
    ]],
  },
  'cache-cluster-maintenance-window-form': {
    severity: 'error',
    legal: [[{}], [{ PreferredMaintenanceWindow: 'sun:05:30-sun:06:30' }]],
    faults: [[
      'The window reads ddd:hh24:mi-ddd:hh24:mi in UTC: `PreferredMaintenanceWindow` (got "04:00-05:00"). '
      + 'Write `PreferredMaintenanceWindow` in that form, for example sun:05:30-sun:06:30.',
      { PreferredMaintenanceWindow: '04:00-05:00' },
    ]],
  },
  'cache-cluster-maintenance-window-length': {
    severity: 'error',
    legal: [[{}], [{ PreferredMaintenanceWindow: 'sun:05:30-sun:06:30' }]],
    faults: [[
      'The window lasts at least 60 minutes: `PreferredMaintenanceWindow` (got "sun:05:30-sun:06:29"). Lengthen `PreferredMaintenanceWindow`.',
      { PreferredMaintenanceWindow: 'sun:05:30-sun:06:29' },
    ]],
  },
  'cache-cluster-encrypted-notification-topic': {
    severity: 'warning',
    indifferentTo: ['NotificationTopicArn'],
    legal: [[{ NotificationTopicArn: 'a' }], [{ NotificationTopicArn: 'a' }, topic({})]],
    faults: [[
      'ElastiCache cannot publish to a topic that is encrypted with KMS, and its subscription goes inactive: `NotificationTopicArn`. '
      + 'Give `NotificationTopicArn` a topic without a KMS key, or follow the events by an EventBridge rule.',
      { NotificationTopicArn: 'a' },
      topic({ KmsMasterKeyId: 'key' }),
    ]],
  },
}));
