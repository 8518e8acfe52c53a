// Caches of every kind with their alarms as they come, and topics that hear of them: what the tests that make alarms go off deploy.
import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CacheNodeType, ClusterMode, Encryption, MemcachedPool, RedisCluster, SessionStore, SessionStoreWhenFull } from 'cdk-data-tier';

const app = new App();
const stack = new Stack(app, 'Alarms', { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION } });
const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0, restrictDefaultSecurityGroup: false });

/** Hears of something; which of them does tells who was called. */
function heardBy(name: string): SnsAction[] {
  const topic = new Topic(stack, name);
  new CfnOutput(stack, `${name}Topic`, { value: topic.topicArn });
  return [new SnsAction(topic)];
}

const alarms = { actions: heardBy('Warnings'), criticalActions: heardBy('Criticals'), okActions: heardBy('Recoveries') };
const small = { vpc, nodeType: CacheNodeType.T4G_SMALL, removalPolicy: RemovalPolicy.DESTROY, alarms };
const redis = { encryption: Encryption.awsManaged(), clusterMode: ClusterMode.disabled({ replicas: 1 }), logs: { slowLog: false, engineLog: false } };

const sessions = new SessionStore(stack, 'Sessions', { ...small, ...redis });
const strict = new SessionStore(stack, 'Strict', { ...small, ...redis, whenFull: SessionStoreWhenFull.REFUSE_WRITES });
const cluster = new RedisCluster(stack, 'Cluster', {
  ...small,
  ...redis,
  // As many as the default are beyond the machines that tests run on.
  alarms: { ...alarms, connections: { threshold: 200 } },
});
const pool = new MemcachedPool(stack, 'Pool', { ...small, nodeCount: 2 });

// Nobody uses these.
const idle = new RedisCluster(stack, 'IdleCluster', { vpc, alarms, removalPolicy: RemovalPolicy.DESTROY });
new MemcachedPool(stack, 'IdlePool', { vpc, alarms, removalPolicy: RemovalPolicy.DESTROY });

for (const [name, cache] of Object.entries({ Sessions: sessions, Strict: strict, Cluster: cluster })) {
  new CfnOutput(stack, `${name}Link`, { value: stack.toJsonString(cache.environmentVariables('REDIS')) });
}
new CfnOutput(stack, 'ClusterId', { value: cluster.replicationGroupName });
new CfnOutput(stack, 'IdleClusterId', { value: idle.replicationGroupName });
new CfnOutput(stack, 'PoolHost', { value: pool.configurationEndpoint.hostname });
