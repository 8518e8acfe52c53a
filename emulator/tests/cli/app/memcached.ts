// A pool of this library in a network of its own, as the tests that change a running pool deploy it, with context for each variation.
import { App, CfnOutput, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnParameterGroup } from 'aws-cdk-lib/aws-elasticache';
import { MemcachedPool } from 'cdk-data-tier';

const app = new App();
const env = { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION };
const context = (name: string, fallback = ''): string => app.node.tryGetContext(name) ?? fallback;

const stack = new Stack(app, 'Pool', { env });
const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0, restrictDefaultSecurityGroup: false });
const pool = new MemcachedPool(stack, 'Pool', {
  vpc,
  poolName: 'cli-pool',
  nodeCount: Number(context('nodes', '2')),
  maxItemSize: Size.mebibytes(Number(context('item', '1'))),
  transitEncryption: context('tls', 'yes') === 'yes',
  removalPolicy: context('removal') === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
});
if (context('broken')) {
  // Fails after the nodes have changed.
  const broken = new CfnParameterGroup(stack, 'Broken', { cacheParameterGroupFamily: 'no-such-family', description: 'broken' });
  broken.node.addDependency(pool);
}

new CfnOutput(stack, 'Host', { value: pool.configurationEndpoint.hostname });
