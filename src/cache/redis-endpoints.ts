import { Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { CacheEndpoint } from './cache-endpoint';
import { ClusterModeConfig } from './cluster-mode';
import { errorOf } from '../private/enforce';
import { EnvironmentValues } from '../private/environment';

type Mode = ClusterModeConfig['mode'];
type Kind = 'primary' | 'reader' | 'configuration';

/** The end points of a cluster, as far as they are known. */
export interface RedisEndpoints {
  readonly mode: Mode;
  readonly primary?: CacheEndpoint;
  readonly reader?: CacheEndpoint;
  readonly configuration?: CacheEndpoint;
}

/** The end points that the service offers in each mode: ElastiCache User Guide, "Finding connection endpoints" (Endpoints). */
const OFFERED: { readonly [mode in Mode]: readonly Kind[] } = {
  disabled: ['primary', 'reader'],
  compatible: ['primary', 'reader', 'configuration'],
  enabled: ['configuration'],
};

/** The end points at the addresses that the mode has. */
export function endpointsAt(mode: Mode, port: number, addresses: { readonly [kind in Kind]: () => string | undefined }): RedisEndpoints {
  const known = OFFERED[mode].flatMap(kind => {
    const address = addresses[kind]();
    return address === undefined ? [] : [[kind, new CacheEndpoint(address, port)]];
  });
  return { mode, ...Object.fromEntries(known) };
}

/** One end point. One that the mode does not have, or that is not known, is an error that names what to do. */
export function endpointOf(owner: IConstruct, endpoints: RedisEndpoints, kind: Kind): CacheEndpoint {
  const endpoint = endpoints[kind];
  if (endpoint) return endpoint;
  const { mode } = endpoints;
  if (OFFERED[mode].includes(kind)) {
    throw errorOf(owner, [{
      id: `no-${kind}-endpoint`,
      text: `the ${kind} end point of this imported cluster is not known (got no \`${kind}EndpointAddress\`). `
        + 'Give it to `fromRedisClusterAttributes`, or use `primaryEndpoint`.',
    }]);
  }
  throw errorOf(owner, [{
    id: 'endpoint-of-other-mode',
    text: `a cluster with cluster mode ${mode} has no ${kind} end point (got \`${kind}Endpoint\`). `
      + (mode === 'enabled'
        ? 'Use `configurationEndpoint`, from which clients learn the nodes of every shard.'
        : 'Use `primaryEndpoint` to write, and `readerEndpoint` to read from the replicas.'),
  }]);
}

/** The end point that serves every mode: with shards the one that clients learn them from, else the primary's. */
export function mainEndpointOf(owner: IConstruct, endpoints: RedisEndpoints): CacheEndpoint {
  return endpointOf(owner, endpoints, endpoints.mode === 'enabled' ? 'configuration' : 'primary');
}

/** What clients are told of the end points. */
export function endpointValues(owner: IConstruct, endpoints: RedisEndpoints): EnvironmentValues {
  const { hostname, port } = mainEndpointOf(owner, endpoints);
  return {
    host: hostname,
    port: Tokenization.stringifyNumber(port),
    readerHost: endpoints.reader?.hostname,
    clusterMode: endpoints.mode,
  };
}
