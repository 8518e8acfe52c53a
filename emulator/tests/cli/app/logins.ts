// A small cache for every combination of cluster mode, login, encryption and engine that this library lets through, one stack for each engine,
// and a task linked to each. What else is typed is spread over them; caches beside them have parameters at their bounds.
import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { extremes } from './parameter-extremes';
import {
  CacheIpDiscovery, CacheNetworkType, ClusterMode, Encryption, EvictionPolicy, RedisAuth, RedisCluster, RedisClusterProps, RedisEngine,
  RedisLogFormat, TransitEncryption,
} from 'cdk-data-tier';

const app = new App();
const env = { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION };

const MODES = {
  disabled: ClusterMode.disabled({ replicas: 0 }),
  compatible: ClusterMode.compatible({ replicas: 1 }),
  enabled: ClusterMode.enabled({ shards: 2, replicasPerShard: 0 }),
};
const LOGINS = { users: RedisAuth.users(), iam: RedisAuth.iam(), token: RedisAuth.token(), none: RedisAuth.none() };
const ENCRYPTIONS = { required: TransitEncryption.REQUIRED, preferred: TransitEncryption.PREFERRED, off: TransitEncryption.DISABLED };
const ENGINES = {
  redis: [RedisEngine.REDIS_7_1, RedisEngine.REDIS_6_2],
  valkey: [RedisEngine.VALKEY_8_1, RedisEngine.VALKEY_7_2, RedisEngine.VALKEY_9_0],
};

/** Sets of values that the combinations take in turn. */
const POLICIES = Object.values(EvictionPolicy).map(evictionPolicy => ({ evictionPolicy }));
const LOGS = Object.values(RedisLogFormat).map(format => ({ logs: { format } }));
const NETWORKS = [
  { networkType: CacheNetworkType.IPV4, ipDiscovery: CacheIpDiscovery.IPV4 },
  { networkType: CacheNetworkType.IPV6 },
  { networkType: CacheNetworkType.DUAL_STACK, ipDiscovery: CacheIpDiscovery.IPV4 },
  { networkType: CacheNetworkType.DUAL_STACK, ipDiscovery: CacheIpDiscovery.IPV6 },
  {},
];
const turn = <T>(values: T[], number: number): T => values[number % values.length];

for (const [name, [engine, ...others]] of Object.entries(ENGINES)) {
  const stack = new Stack(app, name, { env });
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0, restrictDefaultSecurityGroup: false });
  const client = new SecurityGroup(stack, 'Client', { vpc });
  // A stack takes 500 resources, and the alarms of so many clusters are more.
  const common = { vpc, alarms: { enabled: false }, encryption: Encryption.awsManaged(), removalPolicy: RemovalPolicy.DESTROY };
  const isRefused = refusalsIn(new Stack(new App({ autoSynth: false }), 'Scratch', { env }));
  const refused: string[] = [];
  let number = 0;

  for (const [mode, clusterMode] of Object.entries(MODES)) {
    for (const [login, auth] of Object.entries(LOGINS)) {
      for (const [tls, transitEncryption] of Object.entries(ENCRYPTIONS)) {
        const replicationGroupName = [mode, login, tls, name].join('-');
        const props = { ...common, engine, replicationGroupName, clusterMode, auth, transitEncryption };
        if (isRefused(props)) {
          refused.push(replicationGroupName);
          continue;
        }
        const spread = { ...turn(POLICIES, number), ...turn(LOGS, number), ...turn(NETWORKS, number) };
        const cluster = new RedisCluster(stack, replicationGroupName, { ...props, ...spread });
        const task = new FargateTaskDefinition(stack, `${replicationGroupName}-task`, { family: replicationGroupName });
        const container = task.addContainer('Client', { image: ContainerImage.fromRegistry('public.ecr.aws/docker/library/node:22') });
        cluster.linkContainer(container, client);
        number += 1;
      }
    }
  }
  new CfnOutput(stack, 'Refused', { value: refused.join(' ') });

  for (const version of [engine, ...others]) {
    for (const [bound, parameters] of Object.entries(extremes(version.family))) {
      const replicationGroupName = `${version.family}-${bound}`.replace('.', '-');
      new RedisCluster(stack, replicationGroupName, { ...common, engine: version, replicationGroupName, clusterMode: MODES.disabled, parameters });
    }
  }
}

/** In a stack that is thrown away: what a construct had made before it was refused would stay. */
function refusalsIn(scratch: Stack): (props: Omit<RedisClusterProps, 'vpc'>) => boolean {
  const vpc = new Vpc(scratch, 'Vpc');
  return props => {
    try {
      return !new RedisCluster(scratch, String(props.replicationGroupName), { ...props, vpc });
    } catch {
      return true;
    }
  };
}
