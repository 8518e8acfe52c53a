import { say, testRules } from './cases';
import { replicationGroupNetworkRules } from '../../src/rules/redis-replication-group-network';

const NITRO = 'IPv6 needs a node type on the Nitro system, which those of previous generations are not: `NetworkType` (got "%"), `CacheNodeType` (got "%"). '
  + 'Choose a current type for `CacheNodeType`, or set `NetworkType` to ipv4.';
const DISCOVERY = 'Discovery answers with addresses that the nodes have: `IpDiscovery` (got "%"), `NetworkType` (%). '
  + 'Set `IpDiscovery` to the version of `NetworkType`, or `NetworkType` to dual_stack.';

testRules(replicationGroupNetworkRules, {
  'network-type': {
    severity: 'error',
    legal: [[{}], [{ NetworkType: 'ipv4' }], [{ NetworkType: 'ipv6' }], [{ NetworkType: 'dual_stack' }]],
    faults: [['A network type is ipv4, ipv6, dual_stack: `NetworkType` (got "dualstack"). Set `NetworkType` to one of them.', { NetworkType: 'dualstack' }]],
  },
  'ip-discovery': {
    severity: 'error',
    legal: [[{}], [{ IpDiscovery: 'ipv4' }], [{ IpDiscovery: 'ipv6' }]],
    faults: [['IP discovery is ipv4 or ipv6: `IpDiscovery` (got "dual_stack"). Set `IpDiscovery` to one of them.', { IpDiscovery: 'dual_stack' }]],
  },
  'network-type-engine-version': {
    severity: 'warning',
    legal: [
      [{ Engine: 'redis', EngineVersion: '6.0' }],
      [{ NetworkType: 'ipv4', Engine: 'redis', EngineVersion: '6.0' }],
      [{ NetworkType: 'ipv6', Engine: 'redis', EngineVersion: '6.2' }],
      [{ NetworkType: 'ipv6', Engine: 'valkey', EngineVersion: '7.2' }],
    ],
    faults: ['ipv6', 'dual_stack'].map((type) => [
      say('IPv6 needs Redis OSS 6.2 or later, or Valkey: `NetworkType` (got "%"), `EngineVersion` (got "6.0"). '
        + 'Raise `EngineVersion`, or set `NetworkType` to ipv4.', type),
      { NetworkType: type, Engine: 'redis', EngineVersion: '6.0' },
    ]),
  },
  'network-type-node-type': {
    severity: 'warning',
    legal: [
      [{ CacheNodeType: 'cache.t2.micro' }],
      [{ NetworkType: 'ipv4', CacheNodeType: 'cache.t2.micro' }],
      [{ NetworkType: 'ipv6', CacheNodeType: 'cache.t3.micro' }],
      [{ NetworkType: 'ipv6', CacheNodeType: 'cache.z9.huge' }],
      [{ NetworkType: 'ipv6' }],
    ],
    faults: [
      [say(NITRO, 'ipv6', 'cache.t2.micro'), { NetworkType: 'ipv6', CacheNodeType: 'cache.t2.micro' }],
      [say(NITRO, 'dual_stack', 'cache.r4.large'), { NetworkType: 'dual_stack', CacheNodeType: 'cache.r4.large' }],
    ],
  },
  'ip-discovery-network-type': {
    severity: 'error',
    legal: [
      [{}],
      [{ NetworkType: 'ipv6' }],
      [{ IpDiscovery: 'ipv4' }],
      [{ IpDiscovery: 'ipv4', NetworkType: 'ipv4' }],
      [{ IpDiscovery: 'ipv6', NetworkType: 'ipv6' }],
      [{ IpDiscovery: 'ipv4', NetworkType: 'dual_stack' }],
      [{ IpDiscovery: 'ipv6', NetworkType: 'dual_stack' }],
    ],
    faults: [
      [say(DISCOVERY, 'ipv6', 'not set'), { IpDiscovery: 'ipv6' }],
      [say(DISCOVERY, 'ipv6', 'got "ipv4"'), { IpDiscovery: 'ipv6', NetworkType: 'ipv4' }],
      [say(DISCOVERY, 'ipv4', 'got "ipv6"'), { IpDiscovery: 'ipv4', NetworkType: 'ipv6' }],
    ],
  },
});
