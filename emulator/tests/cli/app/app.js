// The stack that the CLI test deploys: a data stack and a client stack as a user would write them, with context for each variation.
const { App, CfnOutput, RemovalPolicy, Stack } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const ecs = require('aws-cdk-lib/aws-ecs');
const ecsPatterns = require('aws-cdk-lib/aws-ecs-patterns');
const elasticache = require('aws-cdk-lib/aws-elasticache');
const iam = require('aws-cdk-lib/aws-iam');
const kms = require('aws-cdk-lib/aws-kms');
const logs = require('aws-cdk-lib/aws-logs');
const secretsmanager = require('aws-cdk-lib/aws-secretsmanager');
const sns = require('aws-cdk-lib/aws-sns');

const app = new App();
const env = { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION };
const context = (name, fallback) => app.node.tryGetContext(name) ?? fallback;

const data = new Stack(app, 'Data', { env });
const vpc = new ec2.Vpc(data, 'Vpc', { maxAzs: 2, natGateways: 1 });
const key = new kms.Key(data, 'Key', { enableKeyRotation: true, removalPolicy: RemovalPolicy.DESTROY });
key.grantEncryptDecrypt(new iam.ServicePrincipal('logs.amazonaws.com'));
const slowLog = new logs.LogGroup(data, 'SlowLog', { encryptionKey: key, removalPolicy: RemovalPolicy.DESTROY });
const topic = new sns.Topic(data, 'Topic');
topic.addToResourcePolicy(new iam.PolicyStatement({
  actions: ['sns:Publish'], principals: [new iam.ServicePrincipal('elasticache.amazonaws.com')], resources: [topic.topicArn],
}));
const group = new ec2.SecurityGroup(data, 'Group', { vpc, allowAllOutbound: false });
const secret = new secretsmanager.Secret(data, 'Secret', {
  encryptionKey: key,
  generateSecretString: {
    secretStringTemplate: JSON.stringify({ username: 'app' }),
    generateStringKey: 'password',
    excludePunctuation: true,
    passwordLength: 40,
  },
});
const off = new elasticache.CfnUser(data, 'DefaultUser', {
  userId: 'cli-default', userName: 'default', engine: 'redis', accessString: 'off ~* -@all',
  authenticationMode: { Type: 'no-password-required' },
});
const user = new elasticache.CfnUser(data, 'User', {
  userId: 'cli-app', userName: 'app', engine: 'redis', accessString: 'on ~sess:* +get +set +ping +acl|whoami',
  authenticationMode: { Type: 'password', Passwords: [secret.secretValueFromJson('password').unsafeUnwrap()] },
});
const users = new elasticache.CfnUserGroup(data, 'UserGroup', {
  userGroupId: 'cli-users', engine: 'redis', userIds: [off.ref, user.ref],
});
const cache = new elasticache.CfnReplicationGroup(data, 'Cache', {
  replicationGroupId: 'cli-cache',
  replicationGroupDescription: 'deployed by the stock CLI',
  engine: 'redis',
  engineVersion: '7.1',
  cacheNodeType: 'cache.t4g.small',
  numCacheClusters: Number(context('nodes', 2)),
  automaticFailoverEnabled: true,
  multiAzEnabled: true,
  port: 6379,
  transitEncryptionEnabled: true,
  atRestEncryptionEnabled: true,
  kmsKeyId: key.keyArn,
  cacheSubnetGroupName: new elasticache.CfnSubnetGroup(data, 'Subnets', {
    description: 'private', subnetIds: vpc.privateSubnets.map((subnet) => subnet.subnetId),
  }).ref,
  cacheParameterGroupName: new elasticache.CfnParameterGroup(data, 'Parameters', {
    cacheParameterGroupFamily: 'redis7', description: 'parameters',
    properties: { 'maxmemory-policy': context('policy', 'volatile-ttl') },
  }).ref,
  securityGroupIds: [group.securityGroupId],
  userGroupIds: [users.ref],
  notificationTopicArn: topic.topicArn,
  logDeliveryConfigurations: [{
    destinationDetails: { cloudWatchLogsDetails: { logGroup: slowLog.logGroupName } },
    destinationType: 'cloudwatch-logs', logFormat: 'json', logType: 'slow-log',
  }],
});
cache.applyRemovalPolicy(RemovalPolicy.SNAPSHOT);
cache.cfnOptions.updatePolicy = { useOnlineResharding: true };
new CfnOutput(data, 'Primary', { value: cache.attrPrimaryEndPointAddress });
new CfnOutput(data, 'Reader', { value: `${cache.attrReaderEndPointAddress}:${cache.attrReaderEndPointPort}` });
new CfnOutput(data, 'SecretArn', { value: secret.secretArn });

const client = new Stack(app, 'Client', { env });
const service = new ecsPatterns.ApplicationLoadBalancedFargateService(client, 'Web', {
  vpc,
  desiredCount: 2,
  taskImageOptions: {
    image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/node:22'),
    environment: { CACHE_HOST: cache.attrPrimaryEndPointAddress, CACHE_SECRET_ARN: secret.secretArn },
  },
});
service.service.connections.allowToDefaultPort(new ec2.Connections({
  securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(client, 'Group', group.securityGroupId)],
  defaultPort: ec2.Port.tcp(6379),
}));
service.taskDefinition.addToTaskRolePolicy(new iam.PolicyStatement({
  actions: ['secretsmanager:GetSecretValue'], resources: [secret.secretArn],
}));
new CfnOutput(client, 'TaskDefinition', { value: service.taskDefinition.taskDefinitionArn });
