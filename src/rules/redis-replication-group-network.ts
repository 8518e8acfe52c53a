import { nodeTypeOf, offers } from './engine';
import { REPLICATION_GROUP } from './resource-types';
import { rulesOf } from './rule';
import { asWord, isAbsent, isOneOf } from './values';
import { IP_DISCOVERIES, NETWORK_TYPES } from '../facts/elasticache-limits';

const NETWORK = 'ElastiCache User Guide, "Choosing a network type" (network-type)';

/** IP versions of a replication group. */
export const replicationGroupNetworkRules = rulesOf(REPLICATION_GROUP, [
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
  {
    id: 'network-type-node-type',
    severity: 'warning',
    source: NETWORK,
    reads: ['NetworkType', 'CacheNodeType'],
    text: 'IPv6 needs a node type on the Nitro system, which those of previous generations are not: {NetworkType}, {CacheNodeType}.',
    remedy: 'Choose a current type for {CacheNodeType}, or set {NetworkType} to ipv4.',
    holds: (p) => isOneOf(p.NetworkType, ['ipv4']) || nodeTypeOf(p)?.previousGeneration !== true,
  },
  {
    id: 'ip-discovery-network-type',
    severity: 'error',
    source: NETWORK,
    reads: ['NetworkType', 'IpDiscovery'],
    text: 'Discovery answers with addresses that the nodes have: {IpDiscovery}, {NetworkType}.',
    remedy: 'Set {IpDiscovery} to the version of {NetworkType}, or {NetworkType} to dual_stack.',
    holds: (p) => isAbsent(p.IpDiscovery) || isOneOf(p.NetworkType ?? 'ipv4', ['dual_stack', asWord(p.IpDiscovery) ?? '']),
  },
]);
