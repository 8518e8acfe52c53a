// A cache with cluster mode enabled in a network of its own, as the tests of its hard cases deploy it, with context for each variation.
const { App, CfnOutput, RemovalPolicies, RemovalPolicy, Stack } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const elasticache = require('aws-cdk-lib/aws-elasticache');

const app = new App();
const env = { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION };
const context = (name, fallback) => app.node.tryGetContext(name) ?? fallback;

const stack = new Stack(app, 'Cluster', { env });
const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0, restrictDefaultSecurityGroup: false });
const cache = new elasticache.CfnReplicationGroup(stack, 'Cache', {
  replicationGroupId: 'cli-cluster',
  replicationGroupDescription: 'resharded by the stock CLI',
  engine: 'redis',
  engineVersion: '7.1',
  cacheNodeType: 'cache.t4g.small',
  clusterMode: 'enabled',
  numNodeGroups: Number(context('shards', 2)),
  replicasPerNodeGroup: Number(context('replicas', 0)),
  automaticFailoverEnabled: true,
  transitEncryptionEnabled: true,
  cacheSubnetGroupName: new elasticache.CfnSubnetGroup(stack, 'Subnets', {
    description: 'isolated', subnetIds: vpc.isolatedSubnets.map((subnet) => subnet.subnetId),
  }).ref,
  cacheParameterGroupName: new elasticache.CfnParameterGroup(stack, 'Parameters', {
    cacheParameterGroupFamily: 'redis7', description: 'parameters', properties: { 'cluster-enabled': 'yes' },
  }).ref,
});
cache.cfnOptions.updatePolicy = { useOnlineResharding: true };
if (context('broken')) {
  // Fails after the shards have changed.
  const broken = new elasticache.CfnParameterGroup(stack, 'Broken', { cacheParameterGroupFamily: 'no-such-family', description: 'broken' });
  broken.addDependency(cache);
}
if (context('removal') === 'retain') {
  RemovalPolicies.of(stack).retain();
} else {
  cache.applyRemovalPolicy(RemovalPolicy.SNAPSHOT);
}
new CfnOutput(stack, 'Configuration', { value: cache.attrConfigurationEndPointAddress });
new CfnOutput(stack, 'VpcId', { value: vpc.vpcId });
