import { Stack } from 'aws-cdk-lib';
import { ClusterMode } from '../../src';
import { faultsOf, newCluster } from '../helpers';

const disabled = newCluster();
const compatible = newCluster({ clusterMode: ClusterMode.compatible() });
const enabled = newCluster({ clusterMode: ClusterMode.enabled(), port: 7000 });
const attribute = (name: string) => ({ 'Fn::GetAtt': ['Cache18F6EE16', name] });
const hostOf = (cluster: typeof disabled, endpoint: 'endpoint' | 'primaryEndpoint' | 'readerEndpoint' | 'configurationEndpoint') =>
  Stack.of(cluster).resolve(cluster[endpoint].hostname);

test('compatible has end points of both kinds, and writes go to the primary', () => {
  expect(hostOf(compatible, 'endpoint')).toEqual(attribute('PrimaryEndPoint.Address'));
  expect(hostOf(compatible, 'primaryEndpoint')).toEqual(attribute('PrimaryEndPoint.Address'));
  expect(hostOf(compatible, 'readerEndpoint')).toEqual(attribute('ReaderEndPoint.Address'));
  expect(hostOf(compatible, 'configurationEndpoint')).toEqual(attribute('ConfigurationEndPoint.Address'));
});

test('enabled has the configuration end point', () => {
  expect(hostOf(enabled, 'endpoint')).toEqual(attribute('ConfigurationEndPoint.Address'));
  expect(enabled.configurationEndpoint.port).toBe(7000);
  expect(enabled.endpoint).toBe(enabled.configurationEndpoint);
});

test('an end point that the mode does not have is an error that names the right one', () => {
  expect(faultsOf(() => enabled.primaryEndpoint)).toEqual([
    'Data/Cache has 1 fault:',
    '- a cluster with cluster mode enabled has no primary end point (got `primaryEndpoint`). '
    + 'Use `configurationEndpoint`, from which clients learn the nodes of every shard. [cdk-data-tier::endpoint-of-other-mode]',
  ]);
  expect(faultsOf(() => enabled.readerEndpoint)).toEqual([
    'Data/Cache has 1 fault:',
    '- a cluster with cluster mode enabled has no reader end point (got `readerEndpoint`). '
    + 'Use `configurationEndpoint`, from which clients learn the nodes of every shard. [cdk-data-tier::endpoint-of-other-mode]',
  ]);
  expect(faultsOf(() => disabled.configurationEndpoint)).toEqual([
    'Data/Cache has 1 fault:',
    '- a cluster with cluster mode disabled has no configuration end point (got `configurationEndpoint`). '
    + 'Use `primaryEndpoint` to write, and `readerEndpoint` to read from the replicas. [cdk-data-tier::endpoint-of-other-mode]',
  ]);
});

test('clients are told the end point of the mode', () => {
  expect(Stack.of(enabled).resolve(enabled.environmentVariables())).toEqual({
    REDIS_HOST: attribute('ConfigurationEndPoint.Address'),
    REDIS_PORT: '7000',
    REDIS_TLS: 'true',
    REDIS_CLUSTER_MODE: 'enabled',
    REDIS_AUTH: 'user',
    REDIS_USER: 'app',
    REDIS_SECRET_ARN: { Ref: 'CacheSecret4CD6E2C3' },
    REDIS_NAME: 'data-cache-a610ade3',
    REDIS_ENGINE: 'redis',
  });
  expect(Stack.of(compatible).resolve(compatible.environmentVariables())).toMatchObject({
    REDIS_HOST: attribute('PrimaryEndPoint.Address'),
    REDIS_READER_HOST: attribute('ReaderEndPoint.Address'),
    REDIS_CLUSTER_MODE: 'compatible',
  });
});
