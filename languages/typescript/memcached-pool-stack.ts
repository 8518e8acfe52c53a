import { CfnOutput, Duration, Fn, RemovalPolicy, Size, Stack, Tokenization } from 'aws-cdk-lib';
import { Alarm, Dashboard, GraphWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { IpProtocol, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerImage, FargateService, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { CacheIpDiscovery, CacheNetworkType, CacheNodeType, MemcachedPool, MemcachedVersion, WeeklyWindow } from 'cdk-data-tier';

/** Pages in a pool that is told everything that a pool can be told, one with the defaults, and one that exists already. */
export class MemcachedPoolStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const vpc = new Vpc(this, 'Vpc', { ipProtocol: IpProtocol.DUAL_STACK, maxAzs: 2, natGateways: 1 });
    const pages = this.makePages(vpc);
    this.link(vpc, pages, new MemcachedPool(this, 'Fragments', { vpc }));
    this.watch(pages);
    this.import();
    this.tell(pages);
  }

  private makePages(vpc: Vpc): MemcachedPool {
    return new MemcachedPool(this, 'Pages', {
      vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      securityGroups: [new SecurityGroup(this, 'PagesSecurityGroup', { vpc, allowAllOutbound: false })],
      port: 11311,
      version: MemcachedVersion.V1_6_22,
      nodeCount: 3,
      nodeType: CacheNodeType.R7G_LARGE,
      transitEncryption: true,
      maxItemSize: Size.mebibytes(4),
      chunkSize: Size.bytes(96),
      parameters: { idle_timeout: '600', disable_flush_all: '1' },
      networkType: CacheNetworkType.DUAL_STACK,
      ipDiscovery: CacheIpDiscovery.IPV6,
      maintenanceWindow: WeeklyWindow.of('wed:03:30-wed:04:30'),
      notificationTopic: new Topic(this, 'PagesTopic'),
      poolName: 'shop-pages',
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  private link(vpc: Vpc, pages: MemcachedPool, fragments: MemcachedPool): void {
    const variables = fragments.environmentVariables();
    const fn = new Function(this, 'Function', {
      vpc,
      runtime: Runtime.PYTHON_3_13,
      handler: 'index.handler',
      code: Code.fromInline('def handler(event, context): pass'),
      environment: { FRAGMENTS_HOST: variables.MEMCACHED_HOST, FRAGMENTS_TLS: variables.MEMCACHED_TLS },
    });
    pages.linkFunction(fn, { prefix: 'PAGES' });
    fn.connections.allowToDefaultPort(fragments.connections);

    const task = new FargateTaskDefinition(this, 'Task');
    const container = task.addContainer('Web', { image: ContainerImage.fromRegistry('shop/web') });
    const cluster = new Cluster(this, 'Cluster', { vpc });
    const service = new FargateService(this, 'Service', { cluster, taskDefinition: task, minHealthyPercent: 100 });
    pages.linkContainer(container, service);
  }

  private watch(pool: MemcachedPool): void {
    new Alarm(this, 'Evicting', { metric: pool.metricEvictions({ period: Duration.minutes(1) }), threshold: 100.5, evaluationPeriods: 3 });
    new Dashboard(this, 'Dashboard', {
      widgets: [
        [new GraphWidget({
          title: 'Load',
          left: [pool.metricCpuUtilization(), pool.metricSwapUsage(), pool.metricFreeableMemory()],
          right: [pool.metricCurrConnections(), pool.metricNewConnections()],
        })],
        [new GraphWidget({
          title: 'Data',
          left: [pool.metricCacheHitRate(), pool.metricBytesUsedForCacheItems(), pool.metricUnusedMemory({ statistic: 'Average' })],
          right: [pool.metricCurrItems(), pool.metric('GetHits', { label: 'hits' }), pool.metricForNode(pool.nodeIds[0], 'CmdGet')],
        })],
      ],
    });
  }

  private import(): void {
    const legacy = MemcachedPool.fromMemcachedPoolAttributes(this, 'Legacy', {
      poolName: 'legacy',
      configurationEndpointAddress: 'legacy.abc123.cfg.euw1.cache.amazonaws.com',
      port: 11212,
      securityGroups: [SecurityGroup.fromSecurityGroupId(this, 'LegacySecurityGroup', 'sg-12345')],
      tls: false,
      nodeIds: ['0001', '0002'],
    });
    new CfnOutput(this, 'LegacyNode', { value: legacy.nodeEndpoints[1].socketAddress });
    new CfnOutput(this, 'LegacyTls', { value: legacy.environmentVariables('LEGACY').LEGACY_TLS });
  }

  private tell(pool: MemcachedPool): void {
    const version = MemcachedVersion.of({ version: '1.6.30', family: 'memcached1.6' });
    const outputs = {
      Name: pool.poolName,
      Nodes: Fn.join(',', pool.nodeIds),
      FirstNode: pool.nodeEndpoints[0].socketAddress,
      Address: pool.configurationEndpoint.hostname,
      Port: Tokenization.stringifyNumber(pool.configurationEndpoint.port),
      Parameters: pool.parameterGroupName,
      Subnets: pool.subnetGroupName,
      Version: `${version.version} of ${version.family}`,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
