import { CfnOutput, Duration, Fn, Stack, StackProps, Tokenization } from 'aws-cdk-lib';
import { Alarm, Dashboard, GraphWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerImage, FargateService, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { RedisClustersStack } from './redis-clusters-stack';
import { AccessString, CacheEndpoint, CacheNodeType, DailyWindow, RedisCluster, RedisEngine, WeeklyWindow } from 'cdk-data-tier';

export interface RedisClientsStackProps extends StackProps {
  readonly clusters: RedisClustersStack;
}

/** What is done with clusters that were made elsewhere: links, grants, metrics and imports. */
export class RedisClientsStack extends Stack {
  constructor(scope: Construct, id: string, props: RedisClientsStackProps) {
    super(scope, id, props);
    const { clusters } = props;
    this.link(clusters);
    this.grant(clusters);
    this.watch(clusters.orders);
    this.import();
    this.tell(clusters);
    this.tellValues();
  }

  private link({ vpc, orders, prices, moving }: RedisClustersStack): void {
    const variables = moving.environmentVariables();
    const fn = new Function(this, 'Function', {
      vpc,
      runtime: Runtime.PYTHON_3_13,
      handler: 'index.handler',
      code: Code.fromInline('def handler(event, context): pass'),
      environment: { MOVING_HOST: variables.REDIS_HOST, MOVING_TLS: variables.REDIS_TLS },
    });
    orders.linkFunction(fn, { prefix: 'ORDERS' });
    prices.linkFunction(fn);

    const task = new FargateTaskDefinition(this, 'Task');
    const container = task.addContainer('Web', { image: ContainerImage.fromRegistry('shop/web') });
    const cluster = new Cluster(this, 'Cluster', { vpc });
    const service = new FargateService(this, 'Service', { cluster, taskDefinition: task, minHealthyPercent: 100 });
    moving.linkContainer(container, service, { prefix: 'MOVING' });
    service.connections.allowToDefaultPort(prices.connections);
  }

  private grant({ orders, prices }: RedisClustersStack): void {
    const role = new Role(this, 'Role', { assumedBy: new AccountRootPrincipal() });
    orders.grantReadSecret(role);
    prices.grantConnect(role).assertSuccess();
  }

  private watch(cluster: RedisCluster): void {
    new Alarm(this, 'Evicting', { metric: cluster.metricEvictions({ period: Duration.minutes(1) }), threshold: 100.5, evaluationPeriods: 3 });
    new Dashboard(this, 'Dashboard', {
      widgets: [
        [new GraphWidget({
          title: 'Load',
          left: [
            cluster.metricCpuUtilization(), cluster.metricEngineCpuUtilization({ statistic: 'Maximum' }), cluster.metricSwapUsage(),
            cluster.metricFreeableMemory(), cluster.metricDatabaseMemoryUsagePercentage(),
          ],
          right: [cluster.metricCurrConnections(), cluster.metricNewConnections(), cluster.metricAuthenticationFailures()],
        })],
        [new GraphWidget({
          title: 'Data',
          left: [cluster.metricCacheHitRate(), cluster.metricReplicationLag({ period: Duration.seconds(30) })],
          right: [cluster.metric('BytesUsedForCache', { label: 'bytes' }), cluster.metricForNode(cluster.nodeIds[0], 'CurrItems')],
        })],
      ],
    });
  }

  private import(): void {
    const withPassword = RedisCluster.fromRedisClusterAttributes(this, 'WithPassword', {
      replicationGroupName: 'legacy',
      primaryEndpointAddress: 'primary.legacy.example.com',
      readerEndpointAddress: 'reader.legacy.example.com',
      port: 6380,
      securityGroups: [SecurityGroup.fromSecurityGroupId(this, 'LegacySecurityGroup', 'sg-12345')],
      secret: Secret.fromSecretNameV2(this, 'LegacyLogin', 'legacy/login'),
      encryptionKey: Key.fromKeyArn(this, 'LegacyKey', 'arn:aws:kms:eu-west-1:111122223333:key/legacy'),
      engine: RedisEngine.VALKEY_7_2,
      tls: false,
      nodeIds: ['legacy-001', 'legacy-002'],
    });
    const withIam = RedisCluster.fromRedisClusterAttributes(this, 'WithIam', {
      replicationGroupName: 'sharded',
      configurationEndpointAddress: 'clustercfg.sharded.example.com',
      iamUserId: 'reporter',
    });
    const withToken = RedisCluster.fromRedisClusterAttributes(this, 'WithToken', {
      replicationGroupName: 'old',
      primaryEndpointAddress: 'primary.old.example.com',
      authToken: Secret.fromSecretNameV2(this, 'OldToken', 'old/token'),
    });
    const byHand = RedisCluster.fromCfnReplicationGroup(new CfnReplicationGroup(this, 'ByHand', {
      replicationGroupId: 'by-hand',
      replicationGroupDescription: 'Made with the L1',
      engine: 'redis',
      cacheNodeType: 'cache.t4g.small',
      numCacheClusters: 2,
      automaticFailoverEnabled: true,
      transitEncryptionEnabled: true,
      atRestEncryptionEnabled: true,
    }));
    const readers = new Role(this, 'Readers', { assumedBy: new AccountRootPrincipal() });
    withPassword.grantReadSecret(readers);
    withToken.grantReadSecret(readers);
    withIam.grantConnect(readers);
    this.tellEndpoint('LegacyReader', withPassword.readerEndpoint);
    this.tellEndpoint('Sharded', withIam.configurationEndpoint);
    this.tellEndpoint('Old', withToken.primaryEndpoint);
    this.tellEndpoint('ByHand', byHand.endpoint);
    this.tellEndpoint('Elsewhere', new CacheEndpoint('elsewhere.example.com', 6379));
  }

  private tell({ orders, prices, moving, scratch }: RedisClustersStack): void {
    for (const [name, cluster] of Object.entries({ Orders: orders, Prices: prices, Moving: moving, Scratch: scratch })) {
      new CfnOutput(this, `${name}Name`, { value: cluster.replicationGroupName });
      new CfnOutput(this, `${name}Nodes`, { value: Fn.join(',', cluster.nodeIds) });
      this.tellEndpoint(name, cluster.endpoint);
    }
    new CfnOutput(this, 'OrdersUser', { value: orders.users[0].userName });
    new CfnOutput(this, 'OrdersUserId', { value: orders.users[0].userId });
    new CfnOutput(this, 'OrdersUserSecret', { value: orders.users[0].secret!.secretArn });
    new CfnOutput(this, 'OrdersSecret', { value: orders.secret!.secretArn });
    new CfnOutput(this, 'OrdersSlowLog', { value: orders.slowLog!.logGroupName });
    new CfnOutput(this, 'MovingEngineLog', { value: moving.engineLog!.logGroupName });
    new CfnOutput(this, 'MovingParameters', { value: moving.parameterGroupName });
    new CfnOutput(this, 'MovingSubnets', { value: moving.subnetGroupName });
    new CfnOutput(this, 'PricesKey', { value: prices.encryptionKey!.keyArn });
    this.tellEndpoint('OrdersPrimary', orders.primaryEndpoint);
    this.tellEndpoint('OrdersReader', orders.readerEndpoint);
    this.tellEndpoint('MovingConfiguration', moving.configurationEndpoint);
  }

  /** What is known at synthesis. */
  private tellValues(): void {
    const nodeType = CacheNodeType.R6GD_XLARGE;
    const engine = RedisEngine.VALKEY_8_0;
    const outputs = {
      NodeTypeName: nodeType.name,
      NodeTypeVcpu: String(nodeType.vcpu),
      NodeTypeMemory: String(nodeType.memoryGiB),
      NodeTypeDataTiering: nodeType.dataTiering ? 'tiered' : 'in memory',
      UnknownNodeTypeMemory: CacheNodeType.of('cache.x9z.large').memoryGiB === undefined ? 'unknown' : 'known',
      Engine: `${engine.engine} ${engine.version} of ${engine.family}`,
      AccessOfJobs: AccessString.of('on ~jobs:* resetchannels -@all +@list +ping').value,
      AccessToAll: AccessString.fullAccess().value,
      Daily: DailyWindow.of('23:30-00:30').value,
      Weekly: WeeklyWindow.of('sat:23:30-sun:00:30').value,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }

  private tellEndpoint(name: string, endpoint: CacheEndpoint): void {
    new CfnOutput(this, `${name}Address`, { value: endpoint.socketAddress });
    new CfnOutput(this, `${name}Host`, { value: endpoint.hostname });
    new CfnOutput(this, `${name}Port`, { value: Tokenization.stringifyNumber(endpoint.port) });
  }
}
