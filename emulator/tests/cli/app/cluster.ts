// A cache of this library in a network of its own, as the tests that change a running cluster deploy it, with context for each variation.
import { App, CfnOutput, RemovalPolicies, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnParameterGroup, CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { CacheNetworkType, ClusterMode, Encryption, RedisCluster, RedisEngine } from 'cdk-data-tier';

const app = new App();
const env = { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION };
const context = (name: string, fallback = ''): string => app.node.tryGetContext(name) ?? fallback;

const replicas = Number(context('replicas', '1'));
const modes: { [mode: string]: () => ClusterMode } = {
  disabled: () => ClusterMode.disabled({ replicas }),
  compatible: () => ClusterMode.compatible({ replicas }),
  enabled: () => ClusterMode.enabled({ shards: Number(context('shards', '2')), replicasPerShard: replicas }),
};

const stack = new Stack(app, 'Cluster', { env });
const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0, restrictDefaultSecurityGroup: false });
const cache = new RedisCluster(stack, 'Cache', {
  vpc,
  replicationGroupName: 'cli-cluster',
  clusterMode: modes[context('mode', 'enabled')](),
  engine: context('engine') === 'valkey' ? RedisEngine.VALKEY_8_1 : RedisEngine.REDIS_7_1,
  encryption: Encryption.awsManaged(),
  logs: { slowLog: false, engineLog: false },
  port: Number(context('port', '6379')),
  networkType: context('network', 'ipv4') as CacheNetworkType,
  removalPolicy: context('removal') === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.SNAPSHOT,
});
if (context('removal') === 'retain') RemovalPolicies.of(vpc).retain();
if (context('broken')) {
  // Fails after the shards have changed.
  const broken = new CfnParameterGroup(stack, 'Broken', { cacheParameterGroupFamily: 'no-such-family', description: 'broken' });
  broken.addDependency(cache.node.defaultChild as CfnReplicationGroup);
}
new CfnOutput(stack, 'Link', { value: stack.toJsonString(cache.environmentVariables()) });
if (context('mode') === 'compatible') new CfnOutput(stack, 'Configuration', { value: cache.configurationEndpoint.hostname });
new CfnOutput(stack, 'VpcId', { value: vpc.vpcId });
