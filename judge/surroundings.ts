import { App, Duration, Stack } from 'aws-cdk-lib';
import { IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerDefinition, ContainerImage, FargateService, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/** The account of stacks that have a Region. */
export const ACCOUNT = '123456789012';

/** A stack that may go anywhere, as most are; or one of a Region, for what differs there. */
export function newStack(scope: Construct, id: string, region?: string): Stack {
  return new Stack(scope, id, { env: region === undefined ? undefined : { region, account: ACCOUNT } });
}

/** A VPC of somebody else, in two zones: there is nothing of it to judge. */
export function existingVpc(scope: Construct): IVpc {
  const { region } = Stack.of(scope);
  return Vpc.fromVpcAttributes(scope, 'Vpc', {
    vpcId: 'vpc-0a1b2c3d4e5f60718',
    availabilityZones: [`${region}a`, `${region}b`],
    privateSubnetIds: ['subnet-0a1b2c3d4e5f60718', 'subnet-1a1b2c3d4e5f60718'],
  });
}

/** A function that can be a client. */
export function newFunction(scope: Construct, vpc: IVpc): LambdaFunction {
  return new LambdaFunction(scope, 'Function', {
    runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => {};'), vpc, timeout: Duration.seconds(10),
  });
}

/** A service that can be a client, with its only container. */
export function newService(scope: Construct, vpc: IVpc): { readonly service: FargateService; readonly container: ContainerDefinition } {
  const taskDefinition = new FargateTaskDefinition(scope, 'Task');
  const container = taskDefinition.addContainer('Web', { image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:stable') });
  const cluster = Cluster.fromClusterAttributes(scope, 'ServiceCluster', { clusterName: 'cluster', vpc });
  return { container, service: new FargateService(scope, 'Service', { cluster, taskDefinition, minHealthyPercent: 100 }) };
}

/** An app of one stack with an existing VPC. */
export function inStack(build: (stack: Stack, vpc: IVpc) => void, region?: string): (app: App) => void {
  return app => {
    const stack = newStack(app, 'Data', region);
    build(stack, existingVpc(stack));
  };
}
