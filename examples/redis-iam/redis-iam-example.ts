import { join } from 'path';
import { CfnOutput, Duration, Stack, StackProps } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { AwsLogDriver, ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AccessString, ClusterMode, RedisAuth, RedisCluster } from 'cdk-data-tier';

const CLIENT_PORT = 8080;

export interface RedisIamExampleProps extends StackProps {
  /** Whether the keys are spread over shards. */
  readonly mode: 'disabled' | 'enabled';
  /** An image of `client/` that exists already; left out, Docker builds one. */
  readonly image?: string;
}

/** Counters that two tasks share in a cache, to which they log in with the credentials of their role: there is no password anywhere. */
export class RedisIamExample extends Stack {
  /** The cache, for apps that build on this one. */
  public readonly cache: RedisCluster;

  constructor(scope: Construct, id: string, props: RedisIamExampleProps) {
    super(scope, id, props);

    const vpc = new Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 });

    this.cache = new RedisCluster(this, 'Cache', {
      vpc,
      auth: RedisAuth.iam({
        access: AccessString.of('on ~counter:* -@all +get +incr +ping +acl|whoami +asking +cluster|slots'),
      }),
      clusterMode: props.mode === 'enabled' ? ClusterMode.enabled({ shards: 2, replicasPerShard: 1 }) : ClusterMode.disabled({ replicas: 1 }),
    });

    const client = new ApplicationLoadBalancedFargateService(this, 'Client', {
      vpc,
      desiredCount: 2,
      minHealthyPercent: 100,
      circuitBreaker: { rollback: true },
      publicLoadBalancer: false,
      taskImageOptions: {
        image: props.image
          ? ContainerImage.fromRegistry(props.image)
          : ContainerImage.fromAsset(join(__dirname, 'client'), { platform: Platform.LINUX_AMD64 }),
        containerPort: CLIENT_PORT,
        environment: { AWS_REGION: this.region }, // tokens are signed for it
        logDriver: new AwsLogDriver({ streamPrefix: 'client', logRetention: RetentionDays.ONE_MONTH }),
      },
    });
    client.targetGroup.configureHealthCheck({ path: '/healthz', interval: Duration.seconds(10) });

    const container = client.taskDefinition.defaultContainer;
    if (container) this.cache.linkContainer(container, client.service);

    new CfnOutput(this, 'TaskDefinitionArn', { value: client.taskDefinition.taskDefinitionArn });
    new CfnOutput(this, 'ReplicationGroupId', { value: this.cache.replicationGroupName });
  }
}
