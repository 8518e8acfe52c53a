import { CfnOutput, Duration, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { CacheNodeType, RedisEngine, SessionCapacity, SessionStore, SessionStoreWhenFull } from 'cdk-data-tier';

/** A web application whose users stay logged in whichever task answers, and a small one beside it. */
export class SessionStoreStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    const vpc = new Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 });

    const capacity = SessionCapacity.of({ concurrentSessions: 50_000, averageSize: Size.kibibytes(2) });
    const sessions = new SessionStore(this, 'Sessions', {
      vpc,
      capacity,
      idleTimeout: Duration.minutes(20),
      absoluteTimeout: Duration.hours(8),
      whenFull: SessionStoreWhenFull.REFUSE_WRITES,
    });

    const web = new ApplicationLoadBalancedFargateService(this, 'Web', {
      vpc,
      desiredCount: 2,
      minHealthyPercent: 100,
      taskImageOptions: { image: ContainerImage.fromRegistry('shop/web'), containerPort: 8080 },
    });
    sessions.linkContainer(web.taskDefinition.defaultContainer!, web.service);

    const small = new SessionStore(this, 'Small', {
      vpc,
      nodeType: CacheNodeType.T4G_MICRO,
      engine: RedisEngine.VALKEY_8_1,
      removalPolicy: RemovalPolicy.DESTROY,
      whenFull: SessionStoreWhenFull.EVICT_SOONEST_TO_EXPIRE,
    });
    const variables = sessions.environmentVariables('OTHER');
    const fn = new Function(this, 'Function', {
      vpc,
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => {};'),
      environment: { WEB_SESSIONS_HOST: variables.OTHER_HOST, WEB_SESSIONS_PORT: variables.OTHER_PORT },
    });
    small.linkFunction(fn, { prefix: 'SESSIONS' });
    sessions.secret?.grantRead(fn);
    fn.connections.allowToDefaultPort(sessions.connections);

    const outputs = {
      ReplicationGroupId: sessions.cluster.replicationGroupName,
      KeyPrefix: sessions.keyPrefix,
      IdleTimeout: sessions.idleTimeout.toIsoString(),
      AbsoluteTimeout: sessions.absoluteTimeout.toIsoString(),
      NodeType: capacity.nodeType.toString(),
      Bytes: String(capacity.bytes),
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
