import { RemovalPolicy, Size } from 'aws-cdk-lib';
import { CacheIpDiscovery, CacheNetworkType, MemcachedPoolProps, MemcachedVersion } from 'cdk-data-tier';
import fc from 'fast-check';
import { poolAlarms } from './alarms';
import { CACHE_PROPS, nodeType, port } from './cache-props';
import { parametersIn } from './parameters';
import { Amount, asIs, later, number, prop, Props, sizeOf, text } from './prop';
import { Later } from './world';
import { MEMCACHED_PARAMETERS } from '../../src/facts/memcached-parameters';

const constant = fc.constantFrom;

const VERSIONS = ['V1_5_16', 'V1_6_6', 'V1_6_12', 'V1_6_17', 'V1_6_22'] as const;
const OTHER_VERSIONS = [
  { version: '1.4.5', family: 'memcached1.4' },
  { version: '1.6.22', family: 'memcached1.5' },
  { version: '1.7.0', family: 'memcached1.7' },
  { version: '7.1', family: 'redis7' },
  { version: '', family: '' },
];

type Version = typeof VERSIONS[number] | { readonly version: string | Later<string>; readonly family: string | Later<string> };

const version = prop<Version, MemcachedVersion>(
  constant(...VERSIONS),
  fc.oneof(constant<Version>(...OTHER_VERSIONS), fc.record({ version: later(), family: later() })),
  (world, plain) => typeof plain === 'string'
    ? MemcachedVersion[plain]
    : MemcachedVersion.of({ version: world.text(plain.version), family: world.text(plain.family) }),
);

const size = (legal: Amount[], odd: Amount[]) => prop<Amount, Size>(
  fc.oneof(constant(...legal), later(1_048_576).map(bytes => ({ bytes }))),
  fc.oneof(constant(...odd), later(1).map(mebibytes => ({ mebibytes }))),
  sizeOf,
);

const REMOVAL_POLICIES = Object.values(RemovalPolicy);

/** The props of a `MemcachedPool`, but for the VPC. */
export const POOL_PROPS: Props<Omit<MemcachedPoolProps, 'vpc'>> = {
  ...CACHE_PROPS,
  nodeCount: number(constant(1, 2, 3, 60), fc.oneof(constant(0, -1, 1.5, 61, 300), later(2))),
  nodeType,
  version,
  transitEncryption: asIs([true, false]),
  maxItemSize: size(
    [{ kibibytes: 512 }, { mebibytes: 1.5 }, { mebibytes: 8 }, { gibibytes: 1 }],
    [{ bytes: 0 }, { bytes: 1023 }, { kibibytes: 1 }, { kibibytes: 513 }, { bytes: 1_073_741_825 }, { kibibytes: 600.0001 }],
  ),
  chunkSize: size([{ bytes: 1 }, { bytes: 48 }, { kibibytes: 1 }], [{ bytes: 0 }, { bytes: 48.5 }, { kibibytes: 0.3 }, { gibibytes: 2 }]),
  parameters: parametersIn(MEMCACHED_PARAMETERS),
  alarms: poolAlarms,
  port,
  networkType: asIs(Object.values(CacheNetworkType)),
  ipDiscovery: asIs(Object.values(CacheIpDiscovery)),
  poolName: text(
    fc.oneof(constant('a', 'shop-pages', 'Shop', 'a'.repeat(50)), later('later-name')),
    constant('', '1pool', 'pool-', 'my--pool', 'my_pool', 'a'.repeat(51), 'café'),
  ),
  removalPolicy: asIs(REMOVAL_POLICIES.filter(policy => policy !== RemovalPolicy.SNAPSHOT), REMOVAL_POLICIES),
};
