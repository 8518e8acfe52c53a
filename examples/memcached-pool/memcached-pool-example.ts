import { join } from 'path';
import { CfnOutput, Duration, Size, Stack, StackProps } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { AwsLogDriver, ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { MemcachedPool } from 'cdk-data-tier';

const SERVICE_PORT = 8080;

export interface MemcachedPoolExampleProps extends StackProps {
  /** Nodes of the pool. */
  readonly nodeCount: number;
  /** An image of `service/` that exists already; left out, Docker builds one. */
  readonly image?: string;
}

/** Rendered pages that two tasks share in a pool of Memcached nodes. */
export class MemcachedPoolExample extends Stack {
  constructor(scope: Construct, id: string, props: MemcachedPoolExampleProps) {
    super(scope, id, props);

    const vpc = new Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 });

    const pages = new MemcachedPool(this, 'Pages', {
      vpc,
      nodeCount: props.nodeCount,
      maxItemSize: Size.mebibytes(2),
    });

    const service = new ApplicationLoadBalancedFargateService(this, 'Service', {
      vpc,
      desiredCount: 2,
      minHealthyPercent: 100,
      circuitBreaker: { rollback: true },
      publicLoadBalancer: false,
      taskImageOptions: {
        image: props.image
          ? ContainerImage.fromRegistry(props.image)
          : ContainerImage.fromAsset(join(__dirname, 'service'), { platform: Platform.LINUX_AMD64 }),
        containerPort: SERVICE_PORT,
        logDriver: new AwsLogDriver({ streamPrefix: 'service', logRetention: RetentionDays.ONE_MONTH }),
      },
    });
    service.targetGroup.configureHealthCheck({ path: '/healthz', interval: Duration.seconds(10) });

    const container = service.taskDefinition.defaultContainer;
    if (container) pages.linkContainer(container, service.service);

    new CfnOutput(this, 'TaskDefinitionArn', { value: service.taskDefinition.taskDefinitionArn });
    new CfnOutput(this, 'PoolName', { value: pages.poolName });
  }
}
