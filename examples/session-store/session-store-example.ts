import { join } from 'path';
import { CfnOutput, Duration, Size, Stack, StackProps } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { AwsLogDriver, ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ClusterMode, SessionCapacity, SessionStore } from 'cdk-data-tier';

const WEB_PORT = 8080;

export interface SessionStoreExampleProps extends StackProps {
  /** An image of `web/` that exists already; left out, Docker builds one. */
  readonly image?: string;
  /** A certificate for HTTPS; left out, the page is served over HTTP, and its cookies travel in the clear. */
  readonly certificateArn?: string;
  /** Shards and replicas of the session store. */
  readonly clusterMode: ClusterMode;
}

/** A web application of two tasks behind a load balancer, whose users stay logged in whichever task answers. */
export class SessionStoreExample extends Stack {
  /** The session store, for apps that build on this one. */
  public readonly sessions: SessionStore;

  constructor(scope: Construct, id: string, props: SessionStoreExampleProps) {
    super(scope, id, props);

    const vpc = new Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 });

    this.sessions = new SessionStore(this, 'Sessions', {
      vpc,
      capacity: SessionCapacity.of({ concurrentSessions: 50_000, averageSize: Size.kibibytes(2) }),
      clusterMode: props.clusterMode,
    });

    const cookieSecret = new Secret(this, 'CookieSecret', {
      description: 'Signs the session cookies of all tasks',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
    });

    const web = new ApplicationLoadBalancedFargateService(this, 'Web', {
      vpc,
      desiredCount: 2,
      minHealthyPercent: 100,
      circuitBreaker: { rollback: true },
      certificate: props.certificateArn ? Certificate.fromCertificateArn(this, 'Certificate', props.certificateArn) : undefined,
      redirectHTTP: props.certificateArn !== undefined,
      taskImageOptions: {
        image: props.image
          ? ContainerImage.fromRegistry(props.image)
          : ContainerImage.fromAsset(join(__dirname, 'web'), { platform: Platform.LINUX_AMD64 }),
        containerPort: WEB_PORT,
        environment: { COOKIE_SECRET_ARN: cookieSecret.secretArn },
        logDriver: new AwsLogDriver({ streamPrefix: 'web', logRetention: RetentionDays.ONE_MONTH }),
      },
    });
    web.targetGroup.configureHealthCheck({ path: '/healthz', interval: Duration.seconds(10) });
    cookieSecret.grantRead(web.taskDefinition.taskRole);

    const container = web.taskDefinition.defaultContainer;
    if (container) this.sessions.linkContainer(container, web.service);

    new CfnOutput(this, 'PageAddress', { value: `${props.certificateArn ? 'https' : 'http'}://${web.loadBalancer.loadBalancerDnsName}` });
    new CfnOutput(this, 'TaskDefinitionArn', { value: web.taskDefinition.taskDefinitionArn });
    new CfnOutput(this, 'ReplicationGroupId', { value: this.sessions.cluster.replicationGroupName });
  }
}
