import { existsSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib';
import { changesBetween, hazardsOf, Resources } from './behavior';
import { CacheNodeType, ClusterMode, Encryption, MemcachedPoolProps, RedisAuth, RedisClusterProps, RedisEngine, SessionStoreProps } from '../../../src';
import { newCluster, newPool, newSessionStore, resourcesOf } from '../../helpers';

/** What the library made of the same props when it was last released or accepted. */
export const GOLDEN_FOLDER = join(__dirname, 'golden');

const cluster = (props: Partial<RedisClusterProps>) => () => resourcesOf(newCluster(props));
const pool = (props: Partial<MemcachedPoolProps>) => () => resourcesOf(newPool(props));
const store = (props: Partial<SessionStoreProps>) => () => resourcesOf(newSessionStore(props));

/** Every construct with its defaults and in its main variants. */
export const GOLDENS: { readonly [name: string]: () => Resources } = {
  'redis-cluster': cluster({}),
  'redis-cluster-compatible': cluster({ clusterMode: ClusterMode.compatible() }),
  'redis-cluster-enabled': cluster({ clusterMode: ClusterMode.enabled() }),
  'redis-cluster-development': cluster({
    engine: RedisEngine.VALKEY_8_1,
    nodeType: CacheNodeType.T4G_MICRO,
    clusterMode: ClusterMode.disabled({ replicas: 0 }),
    encryption: Encryption.awsManaged(),
    backupRetention: Duration.days(0),
    removalPolicy: RemovalPolicy.DESTROY,
  }),
  'redis-cluster-iam': cluster({ auth: RedisAuth.iam() }),
  'redis-cluster-none': cluster({ auth: RedisAuth.none() }),
  'redis-cluster-token': cluster({ auth: RedisAuth.token() }),
  'redis-cluster-retained': cluster({ removalPolicy: RemovalPolicy.RETAIN }),
  'redis-cluster-scaled': () => {
    const scaled = newCluster({ nodeType: CacheNodeType.R7G_LARGE, clusterMode: ClusterMode.enabled() });
    scaled.autoScaleShards({ maxCapacity: 8 }).scaleOnEngineCpuUtilization('Cpu', { targetUtilizationPercent: 60 });
    scaled.autoScaleReplicas({ maxCapacity: 3 });
    return resourcesOf(scaled);
  },
  'memcached-pool': pool({}),
  'memcached-pool-larger': pool({ nodeCount: 3, maxItemSize: Size.mebibytes(2), parameters: { idle_timeout: '600' } }),
  'memcached-pool-retained': pool({ removalPolicy: RemovalPolicy.RETAIN }),
  'session-store': store({}),
  'session-store-enabled': store({ clusterMode: ClusterMode.enabled() }),
};

/** The golden template of a name; undefined where there is none. */
export function readGolden(name: string, folder = GOLDEN_FOLDER): Resources | undefined {
  const file = fileOf(name, folder);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/**
 * Writes the golden templates that are new or that differ in place, and returns why others are left as they are: what replaces or removes data is
 * accepted by deleting the file first.
 */
export function writeGoldens(folder = GOLDEN_FOLDER, goldens = GOLDENS): string[] {
  return Object.entries(goldens).flatMap(([name, make]) => {
    const resources = make();
    const hazards = hazardsOf(changesBetween(readGolden(name, folder) ?? {}, resources));
    if (hazards.length === 0) writeFileSync(fileOf(name, folder), `${JSON.stringify(resources, undefined, 1)}\n`);
    return hazards.map(hazard => `${name}: ${hazard}`);
  });
}

function fileOf(name: string, folder: string): string {
  return join(folder, `${name}.json`);
}
